"""From the annotations of an article to what is indexed of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from msgspec.structs import replace

from tui.model.filters import FLAGS
from tui.model.records import ArticleRecord, Claim, Highlight
from tui.model.sources import folded
from tui.model.spans import joined_quote
from tui.model.views import STATUSES, Annotations
from tui.store.index.kinds import Held, Note

STATUS_FACTS = {name: f"s{name.replace('-', '')}" for name in (*STATUSES, *FLAGS)}


def notes_of(annotations: Annotations, only: Collection[str] | None = None) -> Iterator[Note]:
    """What is to be found of the annotations of an article, as its analyst sees them.

    With `only`, of the records with these ids and of claims that rest on one, or are reviewed in
    one. Every live highlight has its row, with words or without.
    """
    if only is not None:
        only = {*only, *(r.claim for r in annotations.reviews if r.id in only)}
    for placed in annotations.highlights:
        highlight = placed.record
        if only is None or highlight.id in only:
            words = _joined(joined_quote(highlight.spans), highlight.note)
            yield _note(highlight, "highlight", highlight, words, highlight.tags)
        for claim in annotations.claims.get(highlight.id, ()):
            if only is None or claim.id in only or highlight.id in only:
                yield _claim(claim, highlight, annotations)
    for record in annotations.records:
        if (only is None or record.id in only) and (record.note or record.tags):
            yield _note(record, "note", None, record.note, record.tags)


def _claim(claim: Claim, highlight: Highlight, annotations: Annotations) -> Note:
    status = annotations.status(claim)
    named = {
        status.name: True,
        "flagged": status.flagged,
        "stale": status.stale,
        "self-reviewed": status.self_reviewed,
    }
    facts = tuple(STATUS_FACTS[name] for name, so in named.items() if so and name in STATUS_FACTS)
    phrases = (claim.about, claim.place)
    words = _joined(
        claim.statement,
        claim.translation,
        *(hop.source.text for hop in claim.chain[1:] or claim.chain),
        *(phrase.text for phrase in phrases if phrase is not None),
        claim.note,
        claim.assessment.rationale,
    )
    sources = tuple(dict.fromkeys(folded(hop.source.text) for hop in claim.chain))
    # Of the highlight what lists and filters of claims ask for.
    spans = tuple(replace(span, prefix="", suffix="") for span in highlight.spans)
    marked = Highlight(id=highlight.id, spans=spans, tags=highlight.tags, note=highlight.note)
    held = Held(claim, marked, status)
    return _note(claim, "claim", highlight, words, highlight.tags, facts, sources, held)


def _note(
    record: Highlight | Claim | ArticleRecord,
    kind: str,
    highlight: Highlight | None,
    words: str,
    tags: tuple[str, ...],
    facts: tuple[str, ...] = (),
    sources: tuple[str, ...] = (),
    held: Held | None = None,
) -> Note:
    spans = highlight.spans if highlight is not None else ()
    return Note(
        record.id,
        kind,
        spans[0].start if spans else 0,
        spans[0].end if spans else 0,
        highlight.revision if highlight is not None else "",
        record.created,
        record.modified,
        folded(record.by),
        words,
        facts,
        tags,
        tuple(source for source in sources if source),
        held,
    )


def _joined(*parts: str) -> str:
    return "\n".join(" ".join(part.split()) for part in parts if part.strip())
