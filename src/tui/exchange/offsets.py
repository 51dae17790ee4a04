"""Offsets between Unicode code points, UTF-16 code units and UTF-8 bytes: the one place for it.

Pressmark counts code points everywhere; a format's module converts at its edge, and only here.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate

CODE_POINTS, UTF16, UTF8 = "code points", "UTF-16 units", "UTF-8 bytes"
UNITS = (CODE_POINTS, UTF16, UTF8)


class Offsets:
    """What the offsets of one text are in another unit, and back.

    Lone surrogates count as one UTF-16 unit and three bytes, as `surrogatepass` has them.
    """

    def __init__(self, text: str, unit: str) -> None:
        """`unit` is one of UNITS; raises ValueError for another."""
        if unit not in UNITS:
            raise ValueError(f"{unit!r} is not one of: {', '.join(UNITS)}")
        self.length = len(text)
        wide = [] if unit == CODE_POINTS else _wide(text, unit)
        # Where a code point takes more than one unit: its offset, and the units more up to there.
        self._places = [place for place, _ in wide]
        self._more = [0, *accumulate(more for _, more in wide)]
        # The same seen from the other side: the unit that each of them begins at.
        self._units = [place + self._more[i] for i, place in enumerate(self._places)]

    @property
    def size(self) -> int:
        """How many units the whole text has."""
        return self.length + self._more[-1]

    def out(self, offset: int) -> int:
        """An offset in code points as one in units. Raises ValueError if it is outside the text."""
        if not 0 <= offset <= self.length:
            raise ValueError(f"{offset} is outside the text, which has {self.length} code points")
        return offset + self._more[bisect_right(self._places, offset - 1)]

    def back(self, offset: int) -> int:
        """An offset in units as one in code points.

        Raises ValueError if it is outside the text, or in the middle of a code point.
        """
        if not 0 <= offset <= self.size:
            raise ValueError(f"{offset} is outside the text, which has {self.size} units")
        count = bisect_right(self._units, offset)
        found = offset - self._more[count]
        if count and found <= self._places[count - 1]:
            if offset == self._units[count - 1]:
                return self._places[count - 1]
            raise ValueError(f"{offset} is in the middle of a character")
        return found


class ForeignText:
    """A text as another program has it, and what its offsets are in our canonical text of it."""

    def __init__(self, raw: str, unit: str) -> None:
        """`unit` is what that program counts, one of UNITS."""
        self.raw = raw
        self.text = canonical(raw)
        self._offsets = Offsets(raw, unit)
        self._dropped = _dropped(raw) if len(raw) != len(self.text) else []

    def back(self, offset: int) -> int:
        """An offset of that program as one in the canonical text, in code points.

        Raises ValueError like `Offsets.back`.
        """
        found = self._offsets.back(offset)
        return found - bisect_left(self._dropped, found)


def canonical(text: str) -> str:
    """A text as Pressmark has it: without byte-order mark, lines ended by LF."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def _dropped(raw: str) -> list[int]:
    """Where the code points stand that a canonical text has not."""
    marks = [0] if raw.startswith("\ufeff") else []
    return [*marks, *(i for i in range(len(raw)) if raw.startswith("\r\n", i))]


def _wide(text: str, unit: str) -> list[tuple[int, int]]:
    """The code points that take more than one unit, each with how many more."""
    if text.isascii():
        return []
    if unit == UTF16:
        return [(i, 1) for i, char in enumerate(text) if char > "\uffff"]
    return [
        (i, 1 if char < "\u0800" else 2 if char < "\U00010000" else 3)
        for i, char in enumerate(text)
        if char > "\x7f"
    ]
