"""Figures over time: what is comparable as series, and bounds drawn as text on one scale."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from msgspec import Struct

from tui.model.records import Quantity
from tui.model.told import Told
from tui.model.wording import format_bounds, format_date, format_edtf, format_number, format_time

POINT = "◆"
FROM, LINE, TO = "┣", "━", "┫"
BELOW, ABOVE = "◀", "▶"
ARROW = 3  # cells behind the highest number for what has no upper bound, before the lowest likewise
_PERCENT = ("%", "percent", "per cent")
Number = int | float


class Point(Struct, frozen=True):
    """One quantity of a claim."""

    told: Told
    quantity: Quantity

    @property
    def words(self) -> str:
        """Its bounds, or the words of the text if it has none."""
        return format_bounds(self.quantity) or " ".join(self.quantity.text.split())

    @property
    def time(self) -> str:
        """The time that its claim is about; where that is not resolved, when it was said.

        `said 5 February 2025`, else `published 5 February 2025`, says which of these it is; empty
        if nothing of it is known.
        """
        when = self.told.claim.when
        found = format_time(when) if when is not None and self.told.place is not None else ""
        if found:
            return found
        said, published = self.told.said.partition("T")[0], self.told.published[:10]
        return f"said {format_edtf(said)}" if said else _published(published)


def _published(day: str) -> str:
    return f"published {format_date(day)}" if day else ""


class Series(Struct, frozen=True):
    """Quantities of the same unit, measure and basis, of claims about the same, in their order.

    The words are those of the first that has them. What claims are about is compared by its words:
    where none are given, it is not known that they are about something else.
    """

    unit: str
    measure: str
    basis: str
    about: str
    points: tuple[Point, ...]

    @property
    def name(self) -> str:
        """What is counted, in words."""
        parts = (self.about, self.measure, self.unit, self.basis)
        return " · ".join(dict.fromkeys(filter(None, parts))) or "no unit"


def series_of(told: Iterable[Told]) -> tuple[Series, ...]:
    """The quantities of claims as series, each in the order in which they come.

    The longest series is the first, of equal ones that which comes first by its name. No quantity
    is left out: one that nothing compares with is a series of its own.
    """
    found: dict[_Kind, tuple[_Kind, list[Point]]] = {}
    for row in told:
        about = row.claim.about.text if row.claim.about is not None else ""
        for quantity in row.claim.quantities:
            unit = "%" if quantity.unit in _PERCENT else quantity.unit
            words = (unit, quantity.measure, quantity.basis, about)
            kind = _Kind(*(" ".join(part.split()) for part in words))
            same = _Kind(*(part.casefold() for part in kind))
            found.setdefault(same, (kind, []))[1].append(Point(row, quantity))
    all_series = (Series(*kind, tuple(points)) for kind, points in found.values())
    return tuple(sorted(all_series, key=lambda s: (-len(s.points), s.name.casefold(), s.name)))


class _Kind(NamedTuple):
    unit: str
    measure: str
    basis: str
    about: str


class Scale(Struct, frozen=True):
    """A straight scale from the lowest to the highest bound of a series, 0 on it.

    `below` and `above` say that something has no lower or upper bound: there is room for an arrow.
    """

    low: Number = 0
    high: Number = 0
    below: bool = False
    above: bool = False

    def bar(self, quantity: Quantity, cells: int) -> str:
        """Its bounds in at most so many cells: `┣━━┫`, `┣━━▶`, `◀━━┫`, or `◆` for one number.

        Empty for a quantity without bounds.
        """
        lower, upper = _finite(quantity.lower), _finite(quantity.upper)
        if lower is None and upper is None:
            return ""
        if lower is None or upper is None:
            there = self._cell(lower if lower is not None else upper, cells)
            if lower is None:
                return BELOW + LINE * max(0, there - 1) + TO
            return " " * there + FROM + LINE * max(0, cells - there - 2) + ABOVE
        begin, end = sorted((self._cell(lower, cells), self._cell(upper, cells)))
        if begin == end:
            return " " * begin + POINT
        return " " * begin + FROM + LINE * (end - begin - 1) + TO

    def axis(self, cells: int) -> str:
        """The lowest and the highest number, each where it stands."""
        low, high = format_number(self.low), format_number(self.high)
        first, last = self._cell(self.low, cells), self._cell(self.high, cells)
        gap = last + 1 - len(high) - first - len(low)
        if gap < 1:
            return high.rjust(last + 1)
        return " " * first + low + " " * gap + high

    def _cell(self, number: Number | None, cells: int) -> int:
        room = max(1, cells - ARROW * (self.below + self.above))
        begin = ARROW if self.below else 0
        if number is None or self.high <= self.low:
            return begin
        from fractions import Fraction  # numbers of a text may be larger than floats are

        part = (Fraction(number) - Fraction(self.low)) / (Fraction(self.high) - Fraction(self.low))
        return begin + round(part * (room - 1))


def scale_of(points: Iterable[Point]) -> Scale:
    """The scale that all bounds of a series have room on."""
    numbers: list[Number] = [0]
    below = above = False
    for point in points:
        lower, upper = _finite(point.quantity.lower), _finite(point.quantity.upper)
        numbers += [number for number in (lower, upper) if number is not None]
        below |= lower is None and upper is not None
        above |= upper is None and lower is not None
    return Scale(min(numbers), max(numbers), below, above)


def _finite(number: Number | None) -> Number | None:
    """The number, if it is one."""
    return None if isinstance(number, float) and not math.isfinite(number) else number
