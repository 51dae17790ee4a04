"""The far part of a long text: stretches in which paragraphs and sentences are found when needed.

A stretch ends where a paragraph ends, whatever is found out about its lines later, so that it can
be cut by itself and comes out as if the whole text had been cut at once. Only a paragraph that is
very long is taken apart before that: where its sentences seem to end.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from tui.articles.blocks import Wrapping, is_joined, paragraphs, wrapping_of
from tui.articles.sentences import split_paragraph
from tui.model.articles import ROUGH, Article, Outline, Sentence
from tui.model.spans import Extent

_STRETCH = 6_000  # code points that a stretch has at least
_REACH = 12_000  # code points behind these in which it ends, and of a line that may be in one
WHOLE = _STRETCH + 2 * _REACH  # code points that a stretch may so have; else it is one long line
_PIECE = 12_000  # code points that a piece of such a line has at most
_WINDOW = 600  # code points at its end in which that of a sentence is looked for
_LINE = re.compile(r"\S(?:[^\n]*\S)?")


def far_part(
    text: str, start: int, end: int, how: Wrapping
) -> Iterator[tuple[Extent, list[Sentence]]]:
    """The stretches of `text[start:end]`, trimmed, each with its rough stops."""
    while start < end:
        stop = paragraph_end(text, start, min(start + _STRETCH, end), end, how)
        for stretch in _trimmed(text, start, stop):
            yield stretch, [Sentence(*piece, ROUGH) for piece in _pieces(text, stretch)]
        start = stop


def paragraph_end(text: str, start: int, least: int, end: int, how: Wrapping) -> int:
    """Where a line begins, at or behind `least`, that goes on no paragraph; else `end`.

    In a paragraph of more than 12,000 code points behind `least` it is any line, and a longer line
    is by itself. `start` is where a line begins before that.
    """
    before: tuple[int, int] | None = None
    for match in _LINE.finditer(text, text.rfind("\n", start, least) + 1 or start, end):
        line = match.span()
        far = line[0] > least + _REACH or line[1] - line[0] > _REACH
        if before is None and far and line[0] > start:
            return line[0]
        if before is not None and (far or not is_joined(text, before, line, False, how)):
            return line[0]
        before = line
    return end


def refined(article: Article, outline: Outline, near: Extent) -> Outline:
    """The outline with the paragraphs and sentences of all rough stops that meet an extent.

    The very same one where there are none.
    """
    if not outline.rough:
        return outline
    stops = outline.sentences
    low = outline.index_at(near.start)
    high = bisect_left(stops, near.end, key=_start)
    meant = stops[low:high]
    done = sum(stop.kind == ROUGH for stop in meant)
    if not done:
        return outline
    text, how = article.text, wrapping_of(article.text)
    found: list[Sentence] = []
    finer: dict[Extent, list[Extent]] = {}
    whole = outline.paragraphs
    for stop in meant:
        if stop.kind != ROUGH:
            found.append(stop)
            continue
        parts = [stop.extent]
        index = bisect_left(whole, stop.extent)
        if index < len(whole) and whole[index] == stop.extent:
            parts = finer[stop.extent] = list(paragraphs(text, *stop.extent, how))
        found += (Sentence(*each) for part in parts for each in split_paragraph(text, *part))
    first, last = bisect_left(whole, (meant[0].start,)), bisect_left(whole, (meant[-1].end,))
    cut = (part for each in whole[first:last] for part in finer.get(each, (each,)))
    return Outline(
        (*whole[:first], *cut, *whole[last:]),
        (*stops[:low], *found, *stops[high:]),
        outline.rough - done,
    )


def _start(stop: Sentence) -> int:
    return stop.start


def _pieces(text: str, stretch: Extent) -> Iterator[Extent]:
    """A stretch, or the pieces of one that is too long for a stop."""
    start, end = stretch
    if end - start <= WHOLE:
        yield stretch
        return
    while end - start > _PIECE:
        stop = _sentence_end(text, start + _PIECE - _WINDOW, start + _PIECE)
        if stop <= start:
            stop = text.rfind(" ", start, start + _PIECE)
        stop = stop if stop > start else start + _PIECE
        yield from _trimmed(text, start, stop)
        start = stop
    yield from _trimmed(text, start, end)


def _sentence_end(text: str, low: int, high: int) -> int:
    """Where a sentence begins in a part of a paragraph, seen from the one before; 0 if none does.

    The first end that is found may be none: it is looked for from the middle of a sentence.
    """
    found = split_paragraph(text, low, high)
    return found[2].start if len(found) > 2 else 0


def _trimmed(text: str, start: int, end: int) -> Iterator[Extent]:
    """A range without its outer white space, unless that is all."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Extent(start, end)
