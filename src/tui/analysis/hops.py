"""Hops of a chain: from the cues of one sentence to sources, cues and days of saying."""

from __future__ import annotations

import re

from msgspec.structs import replace

from tui.analysis.affiliations import NONE, Standing, standing_behind, standing_between
from tui.analysis.anchors import NO_DAY
from tui.analysis.antecedents import antecedent, full_name
from tui.analysis.english_cues import Cue
from tui.analysis.reading import Reading, is_korean, phrase_at, place_of
from tui.analysis.times import find_times, resolve_when
from tui.model.articles import Caption, Sentence
from tui.model.records import Hop, Phrase, When
from tui.model.sources import folded
from tui.model.spans import Extent, select


def outlet_hops(reading: Reading) -> tuple[Hop, ...]:
    """The outermost hop: who published it, and when."""
    outlet, published = reading.article.outlet, reading.article.published
    if not outlet:
        return ()
    said = None
    if published:
        when = resolve_when(published, "")
        said = replace(when, rule="published") if when.edtf else None
    return (Hop(Phrase(outlet), "named", Phrase("reported"), said),)


def hops_of(
    reading: Reading, index: int, cues: tuple[Cue, ...], *, in_doubt: bool = False
) -> tuple[Hop, ...]:
    """The hops of a sentence's cues, outermost first; a source that repeats is one hop.

    A pronoun that could mean anybody is no source, unless those `in_doubt` are wanted too: then
    it stays as it stands, without a kind.
    """
    found: list[Hop] = []
    for cue in cues:
        hop = _hop(reading, index, cue, in_doubt=in_doubt)
        if hop is None:
            continue
        if folded(hop.source.text) == folded(reading.article.outlet):
            continue
        if any(folded(hop.source.text) == folded(other.source.text) for other in found):
            continue
        found.append(hop)
    return tuple(found)


def speaker_hop(reading: Reading, caption: Caption) -> Hop:
    """The hop of a speaker's caption."""
    text = reading.article.text
    start = text.find(caption.name, caption.start, caption.end)
    name, kind, known = reading.named(caption.name)
    span = select(text, start, start + len(caption.name)) if start >= 0 else None
    hop = Hop(Phrase(name, span), kind if known else "named", None, None, resolved=True)
    return _placed(reading, replace(hop, affiliation=" ".join(caption.affiliation.split())))


def _placed(reading: Reading, hop: Hop) -> Hop:
    """The hop with the role and affiliation that the registry knows, where the text says none."""
    known = reading.known(hop.source.text) if hop.kind != "anonymous" else None
    if known is None or hop.role or hop.affiliation:
        return hop
    return replace(hop, role=known.role, affiliation=known.affiliation)


def _standing(text: str, source: Extent, cue: Extent, stop: int) -> Standing:
    """What the text says of a source beside its name."""
    if source.end <= cue.start:
        return standing_between(text[source.end : cue.start])
    return standing_behind(text[source.end : stop])


def agentless_hop(reading: Reading, sentence: Sentence, cue: Cue) -> Hop:
    """The hop of what somebody says, and the text does not tell who."""
    return Hop(Phrase(""), "none", phrase_at(reading.article.text, place_of(cue, sentence)))


def _hop(reading: Reading, index: int, cue: Cue, *, in_doubt: bool) -> Hop | None:
    if is_korean(reading.text_of(reading.outline.sentences[index])):
        from tui.analysis.korean_hops import korean_hop

        return korean_hop(reading, index, cue, in_doubt=in_doubt)
    hop = _cited(reading, index, cue, in_doubt=in_doubt)
    if hop is None or cue.source is None or hop.kind != "named":
        return hop
    sentence = reading.outline.sentences[index]
    place = Extent(sentence.start + cue.source.start, sentence.start + cue.source.end)
    verb = Extent(sentence.start + cue.start, sentence.start + cue.end)
    said = (
        NONE if cue.source.pronoun else _standing(reading.article.text, place, verb, sentence.end)
    )
    return _placed(reading, replace(hop, role=said.role, affiliation=said.affiliation))


def _cited(reading: Reading, index: int, cue: Cue, *, in_doubt: bool) -> Hop | None:
    source = cue.source
    if source is None:
        return None
    text, sentence = reading.article.text, reading.outline.sentences[index]
    place = Extent(sentence.start + source.start, sentence.start + source.end)
    phrase = phrase_at(text, place)
    said = _said(reading, sentence, cue)
    words = phrase_at(text, place_of(cue, sentence))
    if source.pronoun:
        named = antecedent(reading, index, cue)
        if named is None:
            return Hop(phrase, "", words, said) if in_doubt else None
        return Hop(replace(phrase, text=named[0]), named[1], words, said, resolved=True)
    stands_for = " ".join(source.text.split())
    if stands_for != phrase.text:  # "who"
        name, kind, _ = reading.named(stands_for)
        return Hop(replace(phrase, text=name), kind, words, said, resolved=True)
    name, kind, known = reading.named(phrase.text)
    if not known and kind == "named":
        full = full_name(reading, index, name)
        if full is not None:
            return Hop(replace(phrase, text=full), kind, words, said, resolved=True)
    return Hop(replace(phrase, text=name), kind, words, said)


def _said(reading: Reading, sentence: Sentence, cue: Cue) -> When | None:
    """When the text dates the saying: a day beside the cue."""
    text = reading.article.text
    start, end = sentence.start + cue.start, sentence.start + cue.end
    if cue.verb in ("according to", "account"):
        return None
    anchor = reading.article.published[:10]
    ahead = Extent(end, min(sentence.end, end + 90))
    for when in find_times(text, ahead, anchor):
        if when.span is not None and _dates_saying(text, cue, end, when, sentence.end):
            return when if _dated(when) and ".." not in when.edtf else None
    low = max(sentence.start, start - 28)
    for when in find_times(text, Extent(low, start), anchor):
        gap = text[when.span.end : start].strip() if when.span is not None else "-"
        if gap in ("", "has", "had", "also", ","):
            before = text[low : when.span.start].rstrip() if when.span else ""
            return when if _dated(when) and not before.endswith("since") else None
    return None


def _dated(when: When) -> bool:
    """Whether a time is on the calendar, or would be if the day it counts from were known."""
    return bool(when.edtf) or when.rule == NO_DAY


_TO_SAYING = re.compile(
    r"\s*(?:,?\s*(?:also|earlier|again|late|early)\s+)?(?:(?:on|in|at)\s+)?", re.IGNORECASE
)
_NO_CLAUSE = re.compile(r"[,;:.“”\"]|\b(?:that|is|are|was|were|has|have|had|will|would|could)\b")


def _dates_saying(text: str, cue: Cue, end: int, when: When, stop: int) -> bool:
    assert when.span is not None
    if when.qualifier in ("since", "until", "before", "after") or when.rule.startswith("duration"):
        return False
    between = text[end : when.span.start]
    after = text[when.span.end : min(stop, when.span.end + 6)]
    if _TO_SAYING.fullmatch(between):
        return True
    if _NO_CLAUSE.search(between) or len(between) > 70:
        return False
    if re.match(r"\s+that\b", after):
        return True
    return cue.position == "mid" and re.match(r"\s*[.,”\"]|\s*$", after) is not None
