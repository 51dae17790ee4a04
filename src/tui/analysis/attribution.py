"""Chains of attribution by plain cues: who a stretch of text says that something is from.

Nothing is guessed: where no rule is sure of the source, the chain ends at the outlet.
"""

from __future__ import annotations

import re
from itertools import pairwise

from msgspec import Struct

from tui.analysis.english_cues import Cue
from tui.analysis.hedges import modality_of
from tui.analysis.hops import agentless_hop, hops_of, outlet_hops
from tui.analysis.reading import HANGUL, Reading, is_korean, place_of
from tui.analysis.speakers import inherited
from tui.model.articles import Article, Outline
from tui.model.records import Hop, Phrase
from tui.model.sources import Registry
from tui.model.spans import Extent

_VERB_GROUP = 60  # code points that may lie between a source and its verb
_PARALLEL = re.compile(r"(?:,|;|\s[-–—])\s+(?:while|but|and|whereas|although|though)\s|;\s")


class Attribution(Struct, frozen=True):
    """What cues tell of a stretch of text: the chain, outlet outermost, and how it is put."""

    chain: tuple[Hop, ...]
    modality: str = ""
    hedge: Phrase | None = None


def find_chain(
    article: Article, outline: Outline, extent: Extent, registry: Registry
) -> Attribution:
    """The chain of hops that the text gives for an extent, its modality and its hedge.

    The outlet comes first, if it is known, with the article's time as `said`; an inner hop has
    a `said` only where the text dates the saying. Spans are selectors of the article's text.
    """
    reading = Reading(article, outline, registry)
    words = extent.of(article.text)
    start = extent.start + len(words) - len(words.lstrip())
    index = reading.sentence_at(start)
    outer = outlet_hops(reading)
    if index is None:
        return Attribution(outer, *modality_of(article.text, (extent,), "", None))
    sentence = outline.sentences[index]
    here = Extent(max(extent.start, sentence.start), min(extent.end, sentence.end))
    cues = _covering(reading.text_of(sentence), reading.cues(index), sentence.start, here)
    if is_korean(reading.text_of(sentence)):
        cues = _in_korean(reading.text_of(sentence), sentence.start, here)
    hops = hops_of(reading, index, cues)
    last = cues[-1] if cues else None
    if not hops:
        hops, last = inherited(reading, index, here, last)
    agentless = next((c for c in reading.cues(index) if c.agentless), None)
    place = place_of(agentless, sentence) if agentless is not None else None
    if not hops and agentless is not None:
        hops = (agentless_hop(reading, sentence, agentless),)
    marker = (agentless.modality, place) if agentless is not None and place is not None else None
    verb = last.verb if last is not None else ""
    content = _content(extent, cues, sentence.start)
    return Attribution((*outer, *hops), *modality_of(article.text, content, verb, marker))


def _in_korean(words: str, offset: int, extent: Extent) -> tuple[Cue, ...]:
    """The sure cues of the first statement of a Korean sentence that the extent is part of."""
    from tui.analysis.korean_cues import told_in

    for told in told_in(words):
        if any(Extent(p.start + offset, p.end + offset).meets(extent) for p in told.content):
            return tuple(c for c in told.cues if c.sure and (c.source or c.dropped))
    return ()


def _content(extent: Extent, cues: tuple[Cue, ...], offset: int) -> tuple[Extent, ...]:
    """The extent without the words of its sources and cues."""
    pieces = [extent]
    for cue in cues:
        source = cue.source
        holes = [Extent(cue.start, cue.end)]
        if source is not None:
            holes.append(Extent(source.first, source.end))
            near = 0 <= cue.start - source.end < _VERB_GROUP
            if near and not HANGUL.search(cue.words):
                holes = [Extent(source.first, cue.end)]
        for hole in holes:
            pieces = _without(pieces, Extent(hole.start + offset, hole.end + offset))
    return tuple(pieces)


def _without(extents: list[Extent], hole: Extent) -> list[Extent]:
    return [
        piece
        for whole in extents
        for piece in (
            Extent(whole.start, min(whole.end, hole.start)),
            Extent(max(whole.start, hole.end), whole.end),
        )
        if piece.start < piece.end
    ]


def _covering(words: str, cues: tuple[Cue, ...], offset: int, extent: Extent) -> tuple[Cue, ...]:
    """The cues whose content the extent is part of, outermost first."""
    sourced = [c for c in cues if c.source is not None]
    start, end = extent.start - offset, extent.end - offset
    sourced = _of_segment(words, sourced, start)
    outer = [c for c in sourced if c.position in ("mid", "tail") and _reaches(words, c, start)]
    leads = [c for c in sourced if c.position == "lead" and end > c.end]
    inner = [c for c in sourced if c.position == "inner"]
    return (*reversed(outer), *leads, *inner)


def _of_segment(words: str, cues: list[Cue], start: int) -> list[Cue]:
    """The cues of the extent's own half where two clauses attribute side by side."""
    leads = [c for c in cues if c.position == "lead"]
    for first, second in pairwise(leads):
        beginning = second.source.first if second.source is not None else second.start
        beginning = min(beginning, second.start)
        parts = list(_PARALLEL.finditer(words, first.end, beginning + 1))
        if not parts:
            continue
        parted = parts[-1]
        if start >= parted.start():
            return [c for c in cues if c.start >= parted.start()]
        return [c for c in cues if c.start < parted.start()]
    return cues


def _reaches(words: str, cue: Cue, start: int) -> bool:
    if start < cue.end:
        return True
    return re.match(r"[\s,]*(?:but|and|though|although)\b", words[cue.end :]) is None
