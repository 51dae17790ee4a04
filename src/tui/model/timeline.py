"""Claims by the time they are about: one order for all of them, under periods of the calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from tui.model.told import BEGIN, Moment, Position, Told, time_order
from tui.model.wording import format_date

UNRESOLVED = "time not resolved"  # the heading of what has no place in the calendar
FEW = 8  # claims of a year that stand together; more are parted by months
MANY = 12  # claims of a month that are parted by days


class Period(Struct, frozen=True):
    """Claims that begin in one year, month or day (`iso`), in order; the empty one is unresolved.

    A claim of a whole year stands under the year, also where its other claims are parted by months;
    that of a whole month likewise.
    """

    iso: str
    rows: tuple[Told, ...]

    @property
    def name(self) -> str:
        """The period in words."""
        return format_date(self.iso) if self.iso else UNRESOLVED


def timeline(told: Iterable[Told]) -> tuple[Period, ...]:
    """The claims under the periods that they begin in, those without a resolved time at the end.

    Claims are in order of where their time begins, of equal ones the longest first; then of when
    they were said, when their article was published, where they stand in it, and their id: the
    order is the same however they came. No claim is left out or stands twice.
    """
    ordered = sorted(told, key=_order)
    rest = tuple(row for row in ordered if row.place is None)
    dated = [(_branch(row.place), row) for row in ordered if row.place is not None]
    return (*_by_years(dated), *((Period("", rest),) if rest else ()))


def _order(row: Told) -> tuple[Moment, tuple[int, int, int, int], str, str, str, int, str]:
    said = row.said or row.published
    return *time_order(row.place), said, row.published, row.article, row.at, row.claim.id


class _Branch(NamedTuple):
    """Year, month and day that a claim stands under; 0 for one that is longer than those."""

    year: int
    month: int
    day: int


def _branch(place: Position) -> _Branch:
    start, end = place
    whole = start.seconds == BEGIN  # it begins with its day, and not at an hour
    if whole and start.day == 1 and end[:3] > start[:3]:
        longer = start.month == 1 and end[:2] > start[:2]
        return _Branch(start.year, 0 if longer else start.month, 0)
    return _Branch(*start[:3])


def _by_years(rows: Sequence[tuple[_Branch, Told]]) -> Iterator[Period]:
    for year, among in groupby(rows, key=lambda pair: pair[0].year):
        inside = list(among)
        months = {branch.month for branch, _ in inside}
        if len(inside) <= FEW and len(months) > 1:
            yield _period((year,), inside)
        else:
            yield from _by_months(year, inside)


def _by_months(year: int, inside: Iterable[tuple[_Branch, Told]]) -> Iterator[Period]:
    for month, among in groupby(inside, key=lambda pair: pair[0].month):
        rows = list(among)
        days = {branch.day for branch, _ in rows}
        if not month:
            yield _period((year,), rows)
        elif len(rows) <= MANY or len(days) == 1:
            yield _period((year, month), rows)
        else:
            for day, those in groupby(rows, key=lambda pair: pair[0].day):
                yield _period((year, month, day) if day else (year, month), list(those))


def _period(parts: tuple[int, ...], rows: Sequence[tuple[_Branch, Told]]) -> Period:
    year, *others = parts
    sign = "-" if year < 0 else ""
    iso = "-".join([f"{sign}{abs(year):04d}", *(f"{part:02d}" for part in others)])
    return Period(iso, tuple(row for _, row in rows))
