"""Figures over time: what is comparable as series, and bounds drawn as text on one scale."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, cast

from msgspec import Struct
from msgspec.structs import replace

from tui.model.made import Made
from tui.model.records import Quantity
from tui.model.rows import Row, found_in, numbers, places_in
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


Tell = Callable[[Row], Told]
Measure = Callable[[Point], tuple[int, ...]]


def _published(day: str) -> str:
    return f"published {format_date(day)}" if day else ""


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

    def reaching(self, quantity: Quantity) -> Scale:
        """The scale that has room for the bounds of one more."""
        lower, upper = _finite(quantity.lower), _finite(quantity.upper)
        known = [number for number in (lower, upper) if number is not None]
        return Scale(
            min((self.low, *known)),
            max((self.high, *known)),
            self.below or (lower is None and upper is not None),
            self.above or (upper is None and lower is not None),
        )

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
    found = Scale()
    for point in points:
        found = found.reaching(point.quantity)
    return found


class Series(Struct, frozen=True):
    """Quantities of the same unit, measure and basis, of claims about the same, in their order.

    The words are those of the first that has them. What claims are about is compared by its words:
    where none are given, it is not known that they are about something else. `cells` are the most
    that its points take of what was measured.
    """

    unit: str
    measure: str
    basis: str
    about: str
    points: Points
    scale: Scale
    cells: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        """What is counted, in words."""
        parts = (self.about, self.measure, self.unit, self.basis)
        return " · ".join(dict.fromkeys(filter(None, parts))) or "no unit"


class Points(Made[Point]):
    """Quantities of claims, each made when it is asked for: what `tell` tells may be large."""

    def __init__(self, rows: Sequence[Row], tell: Tell) -> None:
        self._rows = rows
        self._tell = tell
        self._at = numbers()  # the place of its claim among the rows, ...
        self._which = numbers()  # ... and which of its quantities it is

    def add(self, place: int, which: int) -> None:
        """Put one more at the end."""
        self._at.append(place)
        self._which.append(which)

    def __len__(self) -> int:
        return len(self._at)

    def _made(self, index: int) -> Point:
        told, which = self._tell(self._rows[self._at[index]]), self._which[index]
        quantities = told.claim.quantities
        return Point(told, quantities[which] if which < len(quantities) else Quantity())

    def claim(self, index: int) -> str:
        """The id of the claim of one."""
        return self._rows[self._at[index]].id

    def places(self, claim: str) -> Iterator[int]:
        """Which of them are of a claim."""
        for place in found_in(self._rows, claim):
            yield from places_in(self._at, place)


class Counting:
    """Gathers the figures of claims into series, of each figure no more than where it stands.

    `measure` says how many cells the parts of one take.
    """

    def __init__(self, rows: Sequence[Row], tell: Tell, measure: Measure) -> None:
        self._rows = rows
        self._tell = tell
        self._measure = measure
        self._found: dict[_Kind, Series] = {}

    def take(self, place: int, told: Told) -> None:
        """Take the quantities of the claim that stands at a place among the rows."""
        about = told.claim.about.text if told.claim.about is not None else ""
        for which, quantity in enumerate(told.claim.quantities):
            unit = "%" if quantity.unit in _PERCENT else quantity.unit
            words = (unit, quantity.measure, quantity.basis, about)
            kind = _Kind(*(" ".join(part.split()) for part in words))
            same = _Kind(*(part.casefold() for part in kind))
            there = self._found.get(same)
            if there is None:
                there = Series(*kind, Points(self._rows, self._tell), Scale())
            there.points.add(place, which)
            cells = self._measure(Point(told, quantity))
            self._found[same] = replace(
                there,
                scale=there.scale.reaching(quantity),
                cells=tuple(map(max, cells, there.cells)) if there.cells else cells,
            )

    def series(self) -> tuple[Series, ...]:
        """The longest is the first, of equal ones that which comes first by its name.

        No quantity is left out: one that nothing compares with is a series of its own.
        """

        def order(series: Series) -> tuple[int, str, str]:
            return -len(series.points), series.name.casefold(), series.name

        return tuple(sorted(self._found.values(), key=order))


def series_of(told: Iterable[Told], measure: Measure = lambda _: ()) -> tuple[Series, ...]:
    """The quantities of claims as series, each in the order in which they come; see Counting."""
    rows = list(told)
    counting = Counting(rows, lambda row: cast("Told", row), measure)
    for place, row in enumerate(rows):
        counting.take(place, row)
    return counting.series()


class _Kind(NamedTuple):
    unit: str
    measure: str
    basis: str
    about: str


def _finite(number: Number | None) -> Number | None:
    """The number, if it is one."""
    return None if isinstance(number, float) and not math.isfinite(number) else number
