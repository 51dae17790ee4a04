"""Where a text quotes: the ranges between double quotation marks, straight or curly."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from tui.model.articles import Article, Outline
from tui.model.spans import Extent

_MARK = re.compile(r"[“”„\"「」]|``|''")
_OPENING = "“„「"
_INTRODUCED = re.compile(r"[:,]\s+$")
_END = re.compile(r"[.!?…](?=\s)")
# A Korean topic without a blank before its quotation: `교수는"...`
_FASTENED = re.compile(r"[은는도]\"(?!(?:이?라)?(?:고|며|면서|는|란)|[은는이가을를도의로에])\S")
_REACH = 6000  # code points of an overlong paragraph that are looked at on either side
_BLANKS = str.maketrans(dict.fromkeys("\n\t\r\xa0\u2028\u2029", " "))
MASK = "\x01"  # stands for quoted words where cues are looked for outside them


@lru_cache(maxsize=512)
def _ranges(paragraph: str) -> tuple[Extent, ...]:
    """Quoted ranges of one paragraph, marks included. One left open runs to its end.

    A mark that opens again where a sentence ended goes on with the same quotation; one that opens
    inside a sentence begins another, and the one before it ended with its last whole sentence.
    """
    found: list[Extent] = []
    opened = -1
    for match in _MARK.finditer(paragraph):
        mark, start = match.group(), match.start()
        opens = mark in _OPENING or mark == "``"
        if mark in ('"', "''"):
            before = paragraph[start - 1 : start]
            after = paragraph[match.end() : match.end() + 1]
            opens = (not before or before in " \t\n([{-–—‘'") and bool(after.strip())
            opens = opens or (opened < 0 and _FASTENED.match(paragraph, start - 1) is not None)
        if opens and opened >= 0:
            if _INTRODUCED.search(paragraph, max(opened, start - 3), start):
                ends = list(_END.finditer(paragraph, opened, start))
                found.append(Extent(opened, ends[-1].end() if ends else start))
                opened = start
        elif opens:
            opened = start
        elif not opens and opened >= 0:
            found.append(Extent(opened, match.end()))
            opened = -1
    if opened >= 0:
        found.append(Extent(opened, len(paragraph)))
    return tuple(found)


def paragraphs_around(outline: Outline, extent: Extent) -> Extent:
    """The range of the paragraphs that an extent touches, or the extent itself."""
    paragraphs = outline.paragraphs
    starts = _Starts(paragraphs)
    first = max(bisect_right(starts, extent.start) - 1, 0)
    last = max(bisect_right(starts, max(extent.end - 1, extent.start)) - 1, 0)
    if not paragraphs:
        return extent
    return Extent(min(paragraphs[first].start, extent.start), max(paragraphs[last].end, extent.end))


class _Starts:
    """The starts of paragraphs as a sequence for bisect, without a list of them."""

    def __init__(self, paragraphs: tuple[Extent, ...]) -> None:
        self._paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self._paragraphs)

    def __getitem__(self, index: int) -> int:
        return self._paragraphs[index].start


def quotations(article: Article, outline: Outline, extent: Extent) -> tuple[Extent, ...]:
    """The quoted ranges that meet an extent, marks included; a headline's own marks do not count.

    Both ends are looked for in the paragraphs that the extent touches.
    """
    headline = article.headline
    if headline is not None and headline.meets(extent):
        return ()
    around = paragraphs_around(outline, extent)
    start = max(around.start, extent.start - _REACH)
    end = min(around.end, extent.end + _REACH)
    moved = (Extent(q.start + start, q.end + start) for q in _ranges(article.text[start:end]))
    return tuple(q for q in moved if q.meets(extent))


def masked(text: str, extent: Extent, quoted: tuple[Extent, ...]) -> str:
    """The text of an extent with quoted words, but not their marks, blotted out.

    The length stays, and line breaks are blanks.
    """
    words = extent.of(text).translate(_BLANKS)
    for quote in quoted:
        before, behind = _marks(quote.of(text))
        start = max(quote.start + before - extent.start, 0)
        end = min(quote.end - behind - extent.start, len(words))
        if quote.end > extent.end:
            end = len(words)
        if start < end:
            words = words[:start] + MASK * (end - start) + words[end:]
    return words


def _marks(quoted: str) -> tuple[int, int]:
    """How long the marks are that a quotation begins and ends with."""
    return (
        2 if quoted.startswith(("``", "''")) else 1,
        2 if len(quoted) > 3 and quoted.endswith("''") else 1,
    )


def within(extent: Extent, quoted: tuple[Extent, ...], text: str) -> Extent | None:
    """The quotation that all letters of an extent lie in, or None."""
    words = extent.of(text)
    start = extent.start + len(words) - len(words.lstrip(" \t\n“\"„「'"))
    end = extent.end - (len(words) - len(words.rstrip(" \t\n”\"」.,'!?")))
    for quote in quoted:
        if quote.start <= start and end <= quote.end:
            return quote
    return None
