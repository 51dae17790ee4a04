"""Visual rows of canonical text: wrapped by terminal cells, never inside a grapheme.

Graphemes are the extended clusters of UAX #29 (wcwidth); cells are counted as rich counts them,
since Textual pads and crops with that measure. A line break in the source is drawn as a blank, so
hard-wrapped text reflows; offsets stay true because the drawn text is as long as the canonical.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from rich.cells import cell_len, get_character_cell_size

from tui.model.visible import visible

TAB = 8  # a tab goes to the next multiple of this column of its row
GAP = "\n"  # in drawn text: takes no cell and is not drawn
_ZWJ = "\u200d"
_FIRST_HAN = "\u2e80"  # no code point before it is Han, Kana, or as wide as these

_Search = Callable[..., re.Match[str] | None]

_BLANK = " \t\n\u3000"
_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_OPENING = "(\\[{「『【〔《〈（［｛“‘"
_CLOSING = (
    ")\\]}」』】〕》〉）］｝”’、。，．・：；？！…ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ!?,.:;%"
)

# Code points that are a grapheme each, whatever stands beside them in text made only of these.
_NARROW = (
    " -~\u00a0-\u00ac\u00ae-\u02ff\u0370-\u0377\u037a-\u0482"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2190-\u21ff\u2400-\u2426\u2500-\u25fc"
)
_WIDE = (
    "\uac00-\ud7a3\u3000-\u3029\u3031-\u303c\u3041-\u3096\u309b-\u30ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uff01-\uff60"
)
_plain = re.compile(f"[{_NARROW}\n]*").fullmatch
_line_break = re.compile(r"[ \t\u3000]*\n[ \t\n\u3000]*")
_blanks = re.compile(f"[{_BLANK}]*")

# Where a row may end, seen from the next character: after blanks, after a hyphen or slash between
# letters, after a dash, and around Han and Kana, but not before closing or after opening marks.
# Hangul breaks at its blanks.
_LATIN_BREAK = (
    f"(?<=[{_BLANK}])(?=[^{_BLANK}])"
    r"|(?<=[^\W\d_][-/\u2010])(?=[^\W\d_])"
    r"|(?<=\w[\u2013\u2014])(?=\w)"
)
_HAN_BREAK = (
    f"|(?<=[{_HAN}])(?=[^{_BLANK}{_CLOSING}])"
    f"|(?<=[^{_BLANK}{_OPENING}])(?=[{_HAN}])(?=[^{_CLOSING}])"
)
_latin_break = re.compile(f"(?s:.*)(?:{_LATIN_BREAK})").match


class _Wide(NamedTuple):
    """The patterns that only text with wide letters needs; see `_wide`."""

    simple: _Search
    uneven: _Search
    joined: _Search
    last_break: _Search


@cache
def _wide() -> _Wide:
    """Compiled at the first need: these classes take milliseconds, and the start waits for them."""
    return _Wide(
        simple=re.compile(f"[{_NARROW}{_WIDE}\n]*").fullmatch,
        uneven=re.compile(f"[{_WIDE}\n]").search,
        joined=re.compile(f"[{_HAN}{_CLOSING}{_OPENING}]{{2}}").match,
        last_break=re.compile(f"(?s:.*)(?:{_LATIN_BREAK}{_HAN_BREAK})").match,
    )


def _is_simple(text: str) -> bool:
    """Whether every code point is a grapheme, whatever stands beside it."""
    return _plain(text) is not None or (not text.isascii() and _wide().simple(text) is not None)


def _breaks(drawn: str) -> _Search:
    """What finds the last place of a row where it may end."""
    han = not drawn.isascii() and max(drawn) >= _FIRST_HAN
    return _wide().last_break if han else _latin_break


class Atom(NamedTuple):
    """One grapheme of a row: its range, the cell it begins at and the cells it takes (0 to 8)."""

    start: int
    end: int
    cell: int
    cells: int


def drawn_text(text: str) -> str:
    """The text as it is drawn, code point for code point.

    Harmful and invisible code points are replaced by `visible()`. A run of blanks with a line
    break in it becomes one blank and `GAP`s, or `GAP`s alone between Han or Kana; tabs stay.
    """
    drawn = visible(text, keep="\n\t")
    if "\n" in drawn:
        drawn = _line_break.sub(_closed_up, drawn)
    return drawn


def _closed_up(found: re.Match[str]) -> str:
    text, (start, end) = found.string, found.span()
    size = end - start
    between = text[start - 1 : start] + text[end : end + 1]
    if len(between) == 2 and min(between) >= _FIRST_HAN and _wide().joined(between):
        return GAP * size
    return " " + GAP * (size - 1)


class Passage:
    """A stretch of canonical text wrapped to `width` cells; its rows join without a gap.

    Blanks at the end of a row belong to it but take no cell beyond the width. Offsets are those of
    the canonical text, `start` being where the passage begins in it.
    """

    __slots__ = ("_whole", "drawn", "start", "starts", "text", "width")

    def __init__(self, start: int, text: str, width: int) -> None:
        self.start, self.text, self.width = start, text, max(1, width)
        self.drawn = drawn_text(text)
        # Whether every code point is a grapheme of its own.
        self._whole = _is_simple(self.drawn) and _is_simple(self.text)
        if not self._whole:
            self.drawn = _without_loose_joiners(self.text, self.drawn)
        # Where each row begins, relative to `start`.
        self.starts: Sequence[int] = (
            _wrap_whole(self.drawn, self.width)
            if self._whole
            else _wrap_graphemes(self.text, self.drawn, self.width)
        )

    @property
    def end(self) -> int:
        """Where the passage ends in the canonical text."""
        return self.start + len(self.text)

    def __len__(self) -> int:
        """Number of rows, at least one."""
        return len(self.starts)

    def row(self, index: int) -> tuple[int, int]:
        """The canonical range of a row, half-open."""
        starts = self.starts
        end = starts[index + 1] if index + 1 < len(starts) else len(self.text)
        return self.start + starts[index], self.start + end

    def row_at(self, offset: int) -> int:
        """The index of the row that an offset lies in; the nearest one for offsets outside."""
        return max(0, bisect_right(self.starts, offset - self.start) - 1)

    def body_end(self, index: int) -> int:
        """Where the drawn part of a row ends: blanks at its end are left out."""
        start, end = self.row(index)
        low, high = start - self.start, end - self.start
        while high > low and self.drawn[high - 1] in _BLANK:
            high -= 1
        return self.start + high

    def atoms(self, index: int) -> list[Atom]:
        """The graphemes of a row in order, with canonical offsets."""
        start, end = self.row(index)
        low, high = start - self.start, end - self.start
        if self._whole:
            pieces: Iterator[tuple[int, int]] = ((i, i + 1) for i in range(low, high))
        else:
            pieces = _graphemes(self.text, self.drawn, low, high, self.width)
        found: list[Atom] = []
        cell = 0
        for left, right in pieces:
            cells = _cells(self.drawn[left:right], cell)
            if cell + cells > self.width and self.drawn[left] in _BLANK:
                cells = max(0, self.width - cell)
            found.append(Atom(self.start + left, self.start + right, cell, cells))
            cell += cells
        return found

    def cell_of(self, offset: int) -> tuple[int, int]:
        """The row of an offset and the cell in it at which the offset's grapheme begins."""
        index = self.row_at(offset)
        if self._whole:
            low, high = self.starts[index], max(0, offset - self.start)
            return index, min(self.width, cell_len(self.drawn[low:high].replace(GAP, "")))
        for atom in reversed(self.atoms(index)):
            if atom.start <= offset:
                return index, atom.cell if offset < atom.end else atom.cell + atom.cells
        return index, 0

    def offset_at(self, index: int, cell: int) -> int:
        """The offset of the grapheme drawn at a cell of a row; its last one beyond the row."""
        last = self.row(index)[0]
        for atom in self.atoms(index):
            if atom.cells and atom.cell <= cell:
                last = atom.start
                if cell < atom.cell + atom.cells:
                    break
        return last

    def snapped(self, index: int, start: int, end: int) -> tuple[int, int]:
        """A range within the drawn part of a row, widened to whole graphemes."""
        low, high = max(start, self.row(index)[0]), min(end, self.body_end(index))
        if self._whole or low >= high:
            return low, high
        atoms = self.atoms(index)
        low = max((a.start for a in atoms if a.start <= low), default=low)
        return low, min((a.end for a in atoms if a.end >= high), default=high)

    def pictures(self, index: int, cuts: Sequence[int]) -> list[str]:
        """What is drawn between the cuts of a row, which are grapheme edges in rising order."""
        if self._whole:
            parts = [self.drawn[a - self.start : b - self.start] for a, b in pairwise(cuts)]
            return [part.replace(GAP, "") for part in parts] if GAP in self.drawn else parts
        found = [""] * (len(cuts) - 1)
        for atom in self.atoms(index):
            at = bisect_right(cuts, atom.start) - 1
            if 0 <= at < len(found):
                found[at] += self._picture(atom)
        return found

    def _picture(self, atom: Atom) -> str:
        drawn = self.drawn[atom.start - self.start : atom.end - self.start]
        if drawn[0] == "\t":
            return " " * atom.cells
        return drawn.replace(GAP, "")


def _cells(drawn: str, column: int) -> int:
    if len(drawn) == 1:
        if drawn == GAP:
            return 0
        if drawn == "\t":
            return TAB - column % TAB
        return get_character_cell_size(drawn)
    if drawn[0] == "\t":
        return TAB - column % TAB
    return cell_len(drawn.replace(GAP, "") if GAP in drawn else drawn)


def _graphemes(text: str, drawn: str, low: int, high: int, width: int) -> Iterator[tuple[int, int]]:
    """Ranges of graphemes; one that is wider than a whole row is given in pieces that are not."""
    from wcwidth import iter_graphemes  # takes 10 ms, and plain text never needs it

    left = right = low
    inside = _inside_graphemes(text[low:high], drawn[low:high])
    for cluster in iter_graphemes(text[low:high]):
        right += len(cluster)
        if right - low in inside:
            continue
        if right - left > 1 and cell_len(drawn[left:right]) > width:
            inner = left
            for piece in iter_graphemes(drawn[left:right]):
                # As drawn it may be one all the same, such as a wide blank with a Thai vowel.
                for part in (piece,) if cell_len(piece) <= width else piece:
                    yield inner, inner + len(part)
                    inner += len(part)
        else:
            yield left, right
        left = right


def _inside_graphemes(text: str, drawn: str) -> frozenset[int]:
    """The offsets that are inside a grapheme only as it is drawn.

    A mark behind an invisible code point stands on nothing, and is drawn on what replaces that.
    """
    if text == drawn:
        return frozenset()
    from wcwidth import iter_graphemes

    edges = frozenset(accumulate(map(len, iter_graphemes(drawn))))
    return frozenset(range(1, len(text))) - edges


def _without_loose_joiners(text: str, drawn: str) -> str:
    """The drawn text with each joiner that ends its grapheme taken out.

    Rich takes what follows a joiner for joined and would count it as no cell.
    """
    if _ZWJ not in drawn:
        return drawn
    from wcwidth import iter_graphemes

    chars = list(drawn)
    left = 0
    for cluster in iter_graphemes(text):
        right = left + len(cluster)
        for index in range(right - 1, left - 1, -1):
            if chars[index] != _ZWJ:
                break
            chars[index] = GAP
        left = right
    return "".join(chars)


def _wrap_whole(drawn: str, width: int) -> list[int]:
    """Row starts of a text in which every code point is a grapheme."""
    starts = [0]
    size = len(drawn)
    narrow = _plain(drawn) is not None
    even = "\n" not in drawn if narrow else _wide().uneven(drawn) is None
    last_break = _latin_break if narrow else _breaks(drawn)
    at = 0
    while True:
        fit = at + width if even else max(at + 1, _fitting(drawn, at, width))
        if fit >= size:
            return starts
        at = _break_before(drawn, at, fit, last_break)
        if at >= size:
            return starts
        starts.append(at)


def _fitting(drawn: str, at: int, width: int) -> int:
    """The first index from `at` on that does not fit a row."""
    cells = 0
    for index in range(at, len(drawn)):
        char = drawn[index]
        if char != GAP:
            cells += get_character_cell_size(char)
            if cells > width:
                return index
    return len(drawn)


def _break_before(drawn: str, at: int, fit: int, last_break: _Search) -> int:
    """Where the next row begins, if `fit` is the first index that this row has no room for."""
    found = last_break(drawn, at, fit + 1)
    blank = drawn[fit] in _BLANK
    if found is None and not blank:
        return fit
    start = fit if found is None or blank else found.end()
    end = _blanks.match(drawn, start).end() if blank else start  # type: ignore[union-attr]
    return end if end > at else fit


def _wrap_graphemes(text: str, drawn: str, width: int) -> list[int]:
    """Row starts of any text."""
    pieces = list(_graphemes(text, drawn, 0, len(text), width))
    edges = {left for left, _ in pieces}
    starts = [0]
    last_break = _breaks(drawn)
    at = cells = index = 0
    while index < len(pieces):
        left, right = pieces[index]
        size = _cells(drawn[left:right], cells)
        if cells + size <= width or left == at:
            cells += size
            index += 1
            continue
        following = _break_before(drawn, at, left, last_break)
        if following not in edges or following <= at:
            following = left
        if following >= len(text):
            break
        starts.append(following)
        at, cells = following, 0
        index = bisect_right(pieces, (following,))
    return starts
