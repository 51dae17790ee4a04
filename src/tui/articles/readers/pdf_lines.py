"""The lines of a PDF's pages and the paragraphs that they make.

A page knows only where each piece of text stands. Pieces come in the order in which the program
that made the page drew them: columns one after the other, as a rule, which is the order of
reading.
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any

TITLE_SIZE = 1.15  # of the size of the body
_AROUND = 8  # lines before and after one that tell the width of its column
_ENDS = 2  # lines at the top and at the bottom of a page that may be its head or foot
_BULLET = re.compile(r"[•●○▪■□◆◇▶※*–—-]\s|\(?(?:\d{1,2}|[a-z])[.)]\s")
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"(?:page\s*)?[-–—|\s]*\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*(?:쪽|면)?$", re.IGNORECASE
)
_TERMINAL = (".", "!", "?", "…", "。", "”", '"', "’", ":")
_HYPHENS = "-\u2010"
_SOFT_HYPHEN = "\u00ad"
_NO_SPACES = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uff01-\uff60]")  # scripts written without
_HANGUL = re.compile(r"[\uac00-\ud7a3]")


@dataclass(slots=True)
class Line:
    """A line of a page: its words, its size, where it begins (points from the left, the foot)."""

    text: str
    page: int
    x: float
    y: float
    size: float

    @property
    def words(self) -> str:
        """The line without blanks around it."""
        return self.text.strip()


@dataclass(slots=True)
class LineMaker:
    """Takes the pieces of a page in the order of drawing and makes lines of them."""

    page: int
    lines: list[Line] = field(default_factory=list[Line])
    _open: Line | None = None
    _sizes: Counter[float] = field(default_factory=Counter[float])

    def piece(self, text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:  # noqa: ARG002
        """One piece, as pypdf's `visitor_text` is told it."""
        if not text:
            return
        x = float(tm[4] * cm[0] + tm[5] * cm[2] + cm[4])
        y = float(tm[4] * cm[1] + tm[5] * cm[3] + cm[5])
        points = abs(float(size) * float(tm[3] or tm[1]) * float(cm[3] or cm[1]))
        first, *others = text.split("\n")
        self._add(first, x, y, points)
        for part in others:
            self.close()
            self._add(part, x, y, points)

    def _add(self, words: str, x: float, y: float, size: float) -> None:
        if not words or (self._open is None and not words.strip()):
            return
        if self._open is None:
            self._open = Line("", self.page, x, y, size)
        self._open.text += words
        self._sizes[round(size, 1)] += len(words.strip())

    def close(self) -> None:
        """Ends the line that is being made; it has the size of most of its words."""
        if self._open is not None and self._open.words:
            self._open.size = self._sizes.most_common(1)[0][0]
            self.lines.append(self._open)
        self._open = None
        self._sizes.clear()


def without_heads_and_feet(lines: Sequence[Line]) -> list[Line]:
    """The lines without page numbers and without what stands on most pages at the top or bottom.

    All of them where nothing would be left: then they are what the document says.
    """
    pages = [list(page) for _, page in groupby(lines, key=lambda line: line.page)]
    if len(pages) < 2:
        return list(lines)
    edges = [_edges(page) for page in pages]
    often: Counter[str] = Counter()
    for edge in edges:
        often.update({_DIGITS.sub("#", line.words) for line in edge})
    least = max(2, len(pages) // 2)
    large = TITLE_SIZE * body_size(lines)
    dropped = {
        id(line)
        for edge in edges
        for line in edge
        if (line.page > lines[0].page or line.size < large)  # the title may be the head as well
        and (_PAGE_NUMBER.match(line.words) or often[_DIGITS.sub("#", line.words)] >= least)
    }
    return [line for line in lines if id(line) not in dropped] or list(lines)


def _edges(page: Sequence[Line]) -> list[Line]:
    """The highest and the lowest lines of a page."""
    ordered = sorted(page, key=lambda line: -line.y)
    return ordered[:_ENDS] + ordered[max(_ENDS, len(ordered) - _ENDS) :]


def body_size(lines: Iterable[Line]) -> float:
    """The size that most words are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def paragraphs_of(lines: Sequence[Line]) -> Iterator[str]:
    """The paragraphs that lines make, in their order, each one line of text.

    A hyphen that parts a word at the end of a line is dropped, unless the word has it elsewhere.
    """
    if not lines:
        return
    text = "\n".join(line.words for line in lines)
    glued = _is_glued(lines)
    leading = _leading(lines)
    lengths = [len(line.words) for line in lines]
    before: list[str] = []  # of the paragraph, up to its last line: a long one is joined once
    run = lines[0].words
    begun = lines[0]
    for number, (above, line) in enumerate(pairwise(lines)):
        around = _usual_length(lengths[max(0, number - _AROUND) : number + _AROUND])
        if _goes_on(above, line, begun, leading, around):
            before.append(_joint(run, above, line, text, glued=glued))
            run = line.words
        else:
            yield "".join((*before, run))
            before, run, begun = [], line.words, line
    yield "".join((*before, run))


def _leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next."""
    gaps = [
        round(a.y - b.y, 1)
        for a, b in pairwise(lines)
        if a.page == b.page and abs(a.size - b.size) < 0.6 and 0 < a.y - b.y < 5 * a.size
    ]
    return statistics.mode(gaps) if gaps else 0.0


def _usual_length(lengths: Sequence[int]) -> int:
    """The length of a full line among some that stand together, such as those of a column."""
    lengths = sorted(lengths)
    return lengths[int(0.8 * (len(lengths) - 1))]


def _goes_on(above: Line, line: Line, begun: Line, leading: float, full: int) -> bool:
    """Whether a line belongs to the paragraph that the one above it is in."""
    if abs(above.size - line.size) > 0.08 * above.size or _BULLET.match(line.words):
        return False
    ended = above.words.endswith(_TERMINAL)
    short = len(above.words) < 0.75 * full
    if len(above.words) < 0.5 * full and not line.words[:1].islower():
        return False
    gap = above.y - line.y
    if above.page != line.page or gap < 0:  # the next page or column
        return not ended and (not short or line.words[:1].islower())
    if abs(gap) < 0.2 * above.size:  # goes on at the same height
        return True
    if gap > 1.3 * (leading or 1.3 * above.size):
        return False
    if line.x - above.x > 0.6 * line.size and begun is not above:  # a first line set in
        return False
    if begun is above and above.x - line.x > 0.6 * line.size:  # the second line of such a one
        return True
    return not (ended and short)


def _joint(run: str, above: Line, line: Line, text: str, *, glued: bool) -> str:
    """A line of a paragraph as it stands before the next one: with a blank, or without a hyphen."""
    words = line.words
    if run.endswith(_SOFT_HYPHEN):
        return run[:-1]
    if run[-1:] in _HYPHENS and run[-2:-1].isalpha() and words[:1].islower():
        start = re.search(r"[^\W\d_]+.$", run)
        end = re.match(r"[^\W\d_]+", words)
        whole = f"{start.group()}{end.group()}" if start and end else ""
        return run if whole and whole in text else run[:-1]
    if _NO_SPACES.match(run[-1:]) and _NO_SPACES.match(words[:1]):
        return run
    blank = above.text[-1:].isspace() or line.text[:1].isspace()
    if glued and not blank and _HANGUL.match(run[-1:]) and _HANGUL.match(words[:1]):
        return run
    return f"{run} "


def _is_glued(lines: Sequence[Line]) -> bool:
    """Whether Korean lines end with a blank where words end, so that others part a word."""
    ends = [line.text for line in lines if _HANGUL.search(line.words[-1:])]
    return len(ends) > 4 and sum(text[-1:].isspace() for text in ends) * 5 >= len(ends)
