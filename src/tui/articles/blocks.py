"""Paragraphs: which line breaks and blank lines part the text, and which only break it up.

Texts come with a paragraph a line, or wrapped at some width, or with a sentence broken by blank
lines. A break is soft where wrapping explains it (the next word would not have fitted) or where
the words show that the sentence goes on.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from msgspec import Struct

from tui.articles.words import OPEN
from tui.model.spans import Extent

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_NARROWEST, _WIDEST = 40, 132  # columns that people wrap at
_SAMPLE = 1 << 16  # code points looked at to find the width
_FIRST_HANGUL, _LAST_HANGUL = "가", "힣"
_HANGUL = r"[가-힣]"  # compiled at the first use: it takes a millisecond

_FIRST_WORD = re.compile(r"\S{1,200}")

_CLOSERS = "\"'”’)]}»」』》〉*_"
_TERMINAL = frozenset(".!?…:;。！？")
_OPENERS = "\"'“‘([«「『《〈"
_BULLETS = frozenset("-*•·▲△■□◆◇○●▶※#>|=~")
_NUMBERED = re.compile(r"\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{2,4})[.)]\s|(?i:https?://|www\.)")
_DASHED = re.compile(r"[-–—] [a-z]")  # a dash within a sentence, more often than a list item
_ADDRESS = re.compile(r"(?:https?://|www\.|@)\S*$", re.IGNORECASE)
# Korean particles and connective endings, after which a sentence goes on.
_OPEN_KOREAN = (
    *"은는을를의와과며,",
    *("에서", "으로", "에게", "지만", "면서", "도록", "위해", "대한", "하는", "했던"),
)


def _cells(line: str) -> int:
    """Columns of a line that may hold Hangul."""
    return len(line) + len(re.findall(_HANGUL, line))


class Wrapping(Struct, frozen=True):
    """How a text is wrapped: at `width` columns, or 0 if its lines do not look wrapped."""

    width: int
    measure: Callable[[str], int] = len


def wrapping_of(text: str) -> Wrapping:
    """Finds out, from its beginning, at which width a text was wrapped, if it was."""
    sample = text[:_SAMPLE]
    measure = _cells if max(sample, default="") >= _FIRST_HANGUL else len
    lines = [line.strip() for line in sample.split("\n")]
    broken = [(a, b) for a, b in pairwise(lines) if a and b]
    if len(broken) < 4:
        return Wrapping(0, measure)
    inner = sorted(measure(a) for a, _ in broken)
    width = inner[int(0.97 * (len(inner) - 1))]
    full = sum(1 for size in inner if size >= width - width // 4)
    # Short lines may as well be a list or verse: most must begin in the middle of a sentence.
    small = sum(1 for _, b in broken if b[0].islower())
    narrowest = _NARROWEST if small * 2 < len(broken) else _NARROWEST // 2
    wrapped = narrowest <= width <= _WIDEST and full >= 0.6 * len(inner)
    return Wrapping(width if wrapped else 0, measure)


def paragraphs(
    text: str, start: int = 0, end: int | None = None, wrapping: Wrapping | None = None
) -> Iterator[Extent]:
    """The paragraphs in `text[start:end]`, in order, trimmed of white space.

    A paragraph may hold line breaks, and blank lines where a sentence runs across them.
    """
    end = len(text) if end is None else end
    how = wrapping_of(text[start:end]) if wrapping is None else wrapping
    first = line_start = line_end = -1
    for match in _LINE.finditer(text, start, end):
        a, b = match.span()
        if first < 0:
            first = a
        elif not is_joined(text, (line_start, line_end), (a, b), line_start == first, how):
            yield Extent(first, line_end)
            first = a
        line_start, line_end = a, b
    if first >= 0:
        yield Extent(first, line_end)


def is_joined(
    text: str, line: tuple[int, int], following: tuple[int, int], alone: bool, how: Wrapping
) -> bool:
    """Whether the line after another belongs to the same paragraph.

    `alone`: the first of the two is all there is of its paragraph so far, so it may be a heading.
    """
    blank = text.count("\n", line[1], following[0]) > 1
    if not blank and _explained_by_wrapping(text, line, following, how):
        return True
    return _runs_on(text, line, following[0], alone and blank)


def _explained_by_wrapping(
    text: str, line: tuple[int, int], following: tuple[int, int], how: Wrapping
) -> bool:
    """Whether the next word would not have fitted on the line."""
    start, end = line
    if end - start > _WIDEST or (how.width and end - start < how.width // 3):
        return False
    if _is_item(text, following[0]) and not (how.width and _DASHED.match(text, following[0])):
        return False
    size = how.measure(text[start:end])
    word = _FIRST_WORD.match(text, following[0], following[1])
    needed = size + 1 + how.measure(word.group() if word else "")
    if how.width:
        return needed > how.width
    if not _NARROWEST <= size <= _WIDEST or text[end - 1] in _TERMINAL:
        return False
    other = how.measure(text[following[0] : min(following[1], following[0] + _WIDEST + 1)])
    return other <= _WIDEST and needed > max(size, other)


def _runs_on(text: str, line: tuple[int, int], following: int, alone: bool) -> bool:
    """Whether a sentence that breaks off at the end of a line goes on at `following`.

    `alone`: the line may be a heading, after which none goes on.
    """
    start, end = line
    last = end - 1
    while last > start and text[last] in _CLOSERS:
        last -= 1
    if text[last] in _TERMINAL or _is_item(text, following):
        return False
    head = following
    while head < len(text) - 1 and text[head] in _OPENERS:
        head += 1
    if text[head].islower() and not text[head + 1 : head + 2].isupper():
        return not _ADDRESS.search(text, max(start, end - 80), end) and not (
            alone and _is_heading(text[start:end])
        )
    if head > following:
        return False
    if text[last] == ",":
        return True
    tail = text[max(start, end - 24) : end]
    if any(_FIRST_HANGUL <= letter <= _LAST_HANGUL for letter in tail[-2:]):
        return end - start >= 25 and tail.endswith(_OPEN_KOREAN)
    words = tail.split()
    return len(words) > 1 and words[-1] in OPEN and not (alone and _is_heading(tail))


def _is_item(text: str, at: int) -> bool:
    """Whether an item of a list, or an address, begins at a place."""
    return text[at] in _BULLETS or _NUMBERED.match(text, at) is not None


def _is_heading(line: str) -> bool:
    """Whether a line without a full stop looks like a heading of its own."""
    if line.startswith("#") or len(line) > 90:
        return line.startswith("#")
    words = [w for w in re.split(r"[\s/–—-]+", line) if w[:1].isalpha()]
    if len(words) <= 3:
        return True
    big = [w for w in words if len(w) > 3]
    return all(w[0].isupper() for w in big) if big else False
