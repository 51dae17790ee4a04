"""Claims by the time they are about: one order for all of them, under periods of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby
from typing import Generic, NamedTuple, TypeVar

from msgspec import Struct

from tui.model.ordering import AT_ONCE, Row, in_steps
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
    rows: tuple[T, ...]

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
    return through(periods(list(told)))


def periods(told: Sequence[T], at_once: int = AT_ONCE) -> Steps[tuple[Period[T], ...]]:
    """The same in steps, of so many claims each."""
    rows = yield from in_steps(told, _order, at_once=at_once)
    runs: list[_Run[T]] = []
    for number, row in enumerate(rows):
        if row.place is None:
            return (*_by_years(runs), Period("", tuple(rows[number:])))
        branch = _branch(row.place)
        if not (runs and runs[-1].branch == branch):
            runs.append(_Run(branch, []))
        runs[-1].rows.append(row)
        if not number % at_once:
            yield Far("sorting", number, len(rows), "claims")
    return tuple(_by_years(runs))


def _order(row: Row) -> tuple[Moment, tuple[int, int, int, int], str, str, str, int, str]:
    said = row.said or row.published
    return *time_order(row.place), said, row.published, row.article, row.at, row.id


class _Branch(NamedTuple):
    """Year, month and day that a claim stands under; 0 for one that is longer than those."""

    year: int
    month: int
    day: int


class _Run(NamedTuple, Generic[T]):
    """Claims one behind the other that stand under the same year, month and day."""

    branch: _Branch
    rows: list[T]


def _branch(place: Position) -> _Branch:
    start, end = place
    whole = start.seconds == BEGIN  # it begins with its day, and not at an hour
    if whole and start.day == 1 and end[:3] > start[:3]:
        longer = start.month == 1 and end[:2] > start[:2]
        return _Branch(start.year, 0 if longer else start.month, 0)
    return _Branch(*start[:3])


def _by_years(runs: Iterable[_Run[T]]) -> Iterator[Period[T]]:
    for year, among in groupby(runs, key=lambda run: run.branch.year):
        inside = list(among)
        if _count(inside) <= FEW and len({run.branch.month for run in inside}) > 1:
            yield _period((year,), inside)
        else:
            yield from _by_months(year, inside)


def _by_months(year: int, inside: Iterable[_Run[T]]) -> Iterator[Period[T]]:
    for month, among in groupby(inside, key=lambda run: run.branch.month):
        runs = list(among)
        if not month:
            yield _period((year,), runs)
        elif _count(runs) <= MANY or len({run.branch.day for run in runs}) == 1:
            yield _period((year, month), runs)
        else:
            for day, those in groupby(runs, key=lambda run: run.branch.day):
                yield _period((year, month, day) if day else (year, month), list(those))


def _count(runs: Iterable[_Run[T]]) -> int:
    return sum(len(run.rows) for run in runs)


def _period(parts: tuple[int, ...], runs: Iterable[_Run[T]]) -> Period[T]:
    year, *others = parts
    sign = "-" if year < 0 else ""
    iso = "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in others)])
    return Period(iso, tuple(chain.from_iterable(run.rows for run in runs)))
