"""An article set for the terminal: its text, then each highlight with its claims."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tui.cli.typography import one_line, styled, terminal_width, wrapped
from tui.model.articles import decoding_words
from tui.model.spans import joined_quote
from tui.model.views import grade_of, said_of_whole
from tui.model.wording import format_chain, format_date, format_quantity, format_when

if TYPE_CHECKING:
    from tui.desk import Entry
    from tui.model.articles import Article, Outline
    from tui.model.records import Claim
    from tui.model.views import Annotations, Placed

_COLUMN = 76  # the text is set as wide as in the reader


def article_lines(
    entry: Entry, article: Article, outline: Outline, notes: Annotations
) -> Iterator[str]:
    """The article as it is read, then what is marked in it, line by line."""
    width = terminal_width()
    column = min(width, _COLUMN) if width else None
    if article.headline is None:
        yield from _bold(article.title, column)
    for line in wrapped(" · ".join(_about(entry, article)), width):
        yield styled(line, "dim")
    labels = {section.start: section.label for section in article.sections}
    pending = sorted(labels)
    for paragraph in outline.paragraphs:
        yield ""
        while pending and pending[0] <= paragraph.start:
            yield styled(one_line(labels[pending.pop(0)]), "dim")
        if article.headline is not None and paragraph.meets(article.headline):
            yield from _bold(paragraph.of(article.text), column)
        else:
            yield from wrapped(paragraph.of(article.text), column)
    for said in said_of_whole(notes):
        yield ""
        facts = ["the whole article", *said.tags, grade_of(said), said.by]
        yield styled(one_line(" · ".join(filter(None, facts))), "dim")
        yield from wrapped(said.note, width, "   ")
    for number, placed in enumerate(notes.highlights, 1):
        yield ""
        yield from _highlight(number, placed, notes, width)


def _bold(text: str, width: int | None) -> Iterator[str]:
    return (styled(line, "bold") for line in wrapped(text, width))


def _about(entry: Entry, article: Article) -> Iterator[str]:
    yield from filter(None, (article.outlet, article.byline))
    if article.published:
        yield format_date(article.published)
    if article.modified and article.modified != article.published:
        yield f"revised {format_date(article.modified)}"
    if read := decoding_words(article.encoding, article.replaced):
        yield read
    yield f"id {entry.id}"
    yield entry.path


def _highlight(number: int, placed: Placed, notes: Annotations, width: int | None) -> Iterator[str]:
    record = placed.record
    about = [*record.tags, record.by]
    about += [f"fit: {placed.fit}"] if placed.fit != "exact" else []
    about += ["altered outside Pressmark"] if record.id in notes.altered else []
    yield from wrapped(f"{number}  “{joined_quote(record.spans)}”", width)
    for line in wrapped(" · ".join(about), width, "   "):
        yield styled(line, "dim")
    yield from wrapped(record.note, width, "   ")
    for claim in notes.claims.get(record.id, ()):
        yield from _claim(claim, notes, width)


def _claim(claim: Claim, notes: Annotations, width: int | None) -> Iterator[str]:
    """A claim with the fields that are set."""
    status = notes.status(claim)
    more = {"flagged": status.flagged, "edited since": status.stale}
    more |= {"self-reviewed": status.self_reviewed}
    more |= {f"reviewed by {status.by}": bool(status.by) and not status.self_reviewed}
    yield from wrapped(claim.statement, width, "   ▸ ")
    for words in (
        _judged(claim, [status.name, *(k for k, v in more.items() if v)]),
        *_fields(claim),
    ):
        for line in wrapped(words, width, "     "):
            yield styled(line, "dim")


def _judged(claim: Claim, status: Sequence[str]) -> str:
    verdict = claim.assessment.verdict
    parts = [*status, grade_of(claim), claim.modality, "" if verdict == "unchecked" else verdict]
    return " · ".join(part for part in (*parts, claim.by) if part)


def _fields(claim: Claim) -> Iterator[str]:
    if claim.chain:
        yield format_chain(claim.chain)
    if claim.when is not None:
        yield f"when: {format_when(claim.when)}"
    for quantity in claim.quantities:
        yield f"quantity: {format_quantity(quantity)}"
    for name, phrase in (("place", claim.place), ("about", claim.about), ("hedge", claim.hedge)):
        if phrase is not None and phrase.text:
            yield f"{name}: {phrase.text}"
    for name, text in (("translation", claim.translation), ("note", claim.note)):
        if text:
            yield f"{name}: {text}"
    judged = claim.assessment
    for name, text in (
        ("rationale", judged.rationale),
        ("evidence", " ".join(judged.evidence)),
        ("likelihood", judged.likelihood),
        ("confidence", judged.confidence),
        ("basis", judged.confidence_basis),
    ):
        if text:
            yield f"{name}: {text}"
    for name, value in claim.fields.items():
        yield f"{name}: {value}"
