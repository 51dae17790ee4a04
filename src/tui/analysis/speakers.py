"""Whose a quotation is: who introduces it, who follows it in its own sentence, who spoke before.

A speaker who comes after the sentence in which a quotation closes is never taken.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from tui.analysis.cue_words import DENYING
from tui.analysis.english_cues import Cue
from tui.analysis.hops import hops_of, speaker_hop
from tui.analysis.quotations import paragraphs_around, quotations, within
from tui.analysis.reading import HANGUL, LOOK_BACK, Reading
from tui.model.records import Hop
from tui.model.spans import Extent

_CLOSED = re.compile(r"[”\"」]['’]?\s*$|''\s*$")


def inherited(
    reading: Reading, index: int, extent: Extent, last: Cue | None
) -> tuple[tuple[Hop, ...], Cue | None]:
    """The hops of a quotation's speaker or a caption's, for a sentence without a source."""
    sentence = reading.outline.sentences[index]
    caption = reading.caption_of(sentence)
    if caption is not None:
        return (speaker_hop(reading, caption),), last
    quoted = quotations(reading.article, reading.outline, sentence.extent)
    quote = within(extent, quoted, reading.article.text)
    if quote is None:
        return (), last
    if HANGUL.search(quote.of(reading.article.text)):
        return _in_korean(reading, quote) or ((), last)
    speaking = _speaking(reading, quote, LOOK_BACK)
    if speaking is None:
        return (), last
    other, cues = speaking
    found = hops_of(reading, other, cues)
    verb = next((c for c in reversed(cues) if other == index or c.verb not in DENYING), None)
    return tuple(replace(hop, resolved=True) for hop in found), verb


def _in_korean(reading: Reading, quote: Extent) -> tuple[tuple[Hop, ...], Cue | None] | None:
    from tui.analysis.korean_hops import speaking_in_korean

    first = reading.sentence_at(_inside(reading, quote))
    last = reading.sentence_at(max(quote.end - 2, quote.start))
    speaking = (
        None if first is None or last is None else speaking_in_korean(reading, quote, first, last)
    )
    if speaking is None:
        return None
    return tuple(replace(hop, resolved=True) for hop in speaking[0]), speaking[1]


def _speaking(reading: Reading, quote: Extent, reach: int) -> tuple[int, tuple[Cue, ...]] | None:
    """The sentence that says whose the quotation is, and its cues that do."""
    first = reading.sentence_at(_inside(reading, quote))
    last = reading.sentence_at(max(quote.end - 2, quote.start))
    if first is None or last is None:
        return None
    sentence = reading.outline.sentences[first]
    opening = quote.start - sentence.start
    before = reading.article.text[sentence.start : quote.start].strip(" \n\t“”\"'—–-…")
    introducing = tuple(c for c in reading.cues(first) if c.source is not None and c.end <= opening)
    leading = tuple(c for c in introducing if c.position == "lead")
    if leading:
        return first, leading
    closing = quote.end - reading.outline.sentences[last].start
    following = tuple(
        c
        for c in reading.cues(last)
        if c.source is not None and c.position == "mid" and c.end >= closing
    )
    if following:
        return last, tuple(reversed(following))
    if introducing:
        return first, tuple(reversed(introducing))
    if before:
        return None
    return _before(reading, first, quote, reach)


def _inside(reading: Reading, quote: Extent) -> int:
    """Where the quoted words begin."""
    words = quote.of(reading.article.text)
    bare = words.lstrip("“”„\"「' \n\t`")
    return quote.start + len(words) - len(bare)


def _before(
    reading: Reading, first: int, quote: Extent, reach: int
) -> tuple[int, tuple[Cue, ...]] | None:
    """Who spoke just before a quotation that a sentence begins with."""
    if first == 0 or reach <= 0:
        return None
    index = first - 1
    sentence = reading.outline.sentences[index]
    if sentence.kind != "sentence" or reading.caption_of(sentence) is not None:
        return None
    text = reading.article.text
    around = paragraphs_around(reading.outline, Extent(quote.start, quote.start + 1))
    words = sentence.extent.of(text).rstrip()
    ending = quotations(reading.article, reading.outline, sentence.extent)
    quoted = bool(ending) and ending[-1].end >= sentence.start + len(words)
    cues = tuple(c for c in reading.cues(index) if c.source is not None)
    if sentence.start >= around.start or words.endswith(":"):
        if quoted:
            return _speaking(reading, ending[-1], reach - 1)
        outer = tuple(reversed([c for c in cues if c.position != "lead"]))
        return (index, outer or cues) if cues else None
    if quoted and not _CLOSED.search(words):
        return _speaking(reading, ending[-1], reach - 1)
    return None
