"""Claims by the time they are about: one order for all of them, under periods of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from tui.model.ordering import AT_ONCE, in_steps
from tui.model.rows import Picked, Row
from tui.model.steps import Far, Steps, through
from tui.model.told import BEGIN, Moment, Position, time_order
from tui.model.wording import format_date

UNRESOLVED = "time not resolved"  # the heading of what has no place in the calendar
FEW = 8  # claims of a year that stand together; more are parted by months
MANY = 12  # claims of a month that are parted by days


T = TypeVar("T", bound=Row)


class Period(Struct, Generic[T], frozen=True):
    """Claims that begin in one year, month or day (`iso`), in order; the empty one is unresolved.

    A claim of a whole year stands under the year, also where its other claims are parted by months;
    that of a whole month likewise.
    """

    iso: str
    rows: Sequence[T]

    @property
    def name(self) -> str:
        """The period in words."""
        return format_date(self.iso) if self.iso else UNRESOLVED


def timeline(told: Iterable[T]) -> tuple[Period[T], ...]:
    """The claims under the periods that they begin in, those without a resolved time at the end.

    Claims are in order of where their time begins, of equal ones the longest first; then of when
    they were said, when their article was published, where they stand in it, and their id: the
    order is the same however they came. No claim is left out or stands twice.
    """
    found = through(periods(list(told)))
    return tuple(Period(period.iso, tuple(period.rows)) for period in found)


def periods(told: Sequence[T], at_once: int = AT_ONCE) -> Steps[tuple[Period[T], ...]]:
    """The same in steps, of so many claims each."""
    rows = yield from in_steps(told, _order, at_once=at_once)
    runs: list[_Run] = []
    for number, row in enumerate(rows):
        if row.place is None:
            return (*_by_years(rows, runs), Period("", rows[number:]))
        branch = _branch(row.place)
        begin = number
        if runs and runs[-1].branch == branch:
            begin = runs.pop().begin
        runs.append(_Run(branch, begin, number + 1))
        if not number % at_once:
            yield Far("sorting", number, len(rows), "claims")
    return tuple(_by_years(rows, runs))


def _order(row: Row) -> tuple[Moment, tuple[int, int, int, int], str, str, str, int, str]:
    said = row.said or row.published
    return *time_order(row.place), said, row.published, row.article, row.at, row.id


class _Branch(NamedTuple):
    """Year, month and day that a claim stands under; 0 for one that is longer than those."""

    year: int
    month: int
    day: int


class _Run(NamedTuple):
    """Claims one behind the other that stand under the same year, month and day."""

    branch: _Branch
    begin: int
    end: int


def _branch(place: Position) -> _Branch:
    start, end = place
    whole = start.seconds == BEGIN  # it begins with its day, and not at an hour
    if whole and start.day == 1 and end[:3] > start[:3]:
        longer = start.month == 1 and end[:2] > start[:2]
        return _Branch(start.year, 0 if longer else start.month, 0)
    return _Branch(*start[:3])


def _by_years(rows: Picked[T], runs: Iterable[_Run]) -> Iterator[Period[T]]:
    for year, among in groupby(runs, key=lambda run: run.branch.year):
        inside = list(among)
        if _count(inside) <= FEW and len({run.branch.month for run in inside}) > 1:
            yield _period(rows, (year,), inside)
        else:
            yield from _by_months(rows, year, inside)


def _by_months(rows: Picked[T], year: int, inside: Iterable[_Run]) -> Iterator[Period[T]]:
    for month, among in groupby(inside, key=lambda run: run.branch.month):
        runs = list(among)
        if not month:
            yield _period(rows, (year,), runs)
        elif _count(runs) <= MANY or len({run.branch.day for run in runs}) == 1:
            yield _period(rows, (year, month), runs)
        else:
            for day, those in groupby(runs, key=lambda run: run.branch.day):
                yield _period(rows, (year, month, day) if day else (year, month), list(those))


def _count(runs: Sequence[_Run]) -> int:
    return runs[-1].end - runs[0].begin


def _period(rows: Picked[T], parts: tuple[int, ...], runs: Sequence[_Run]) -> Period[T]:
    year, *others = parts
    sign = "-" if year < 0 else ""
    iso = "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in others)])
    return Period(iso, rows[runs[0].begin : runs[-1].end])
