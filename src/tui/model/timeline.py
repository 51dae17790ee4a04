"""Claims by the time they are about: one order for all of them, under periods of the calendar."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from msgspec import Struct

from tui.model.records import Claim, When
from tui.model.views import Status
from tui.model.wording import format_date

UNRESOLVED = "time not resolved"  # the heading of what has no place in the calendar
FEW = 8  # claims of a year that stand together; more are parted by months
MANY = 12  # claims of a month that are parted by days
_ISO = re.compile(
    r"(-?\d{4})(?:-(\d\d)(?:-(\d\d)"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)
_BEGIN, _END = -(10**9), 10**9  # seconds of a day that is meant whole: its begin, its end


class Moment(NamedTuple):
    """A day of the calendar, and seconds of that day counted in UTC."""

    year: int
    month: int
    day: int
    seconds: int


class Position(NamedTuple):
    """Where a time stands among others: where it begins, then how long it lasts.

    A time that has only an end stands at it, behind all that begins on that day.
    """

    start: Moment
    end: Moment


class Told(Struct, frozen=True):
    """One claim, with what a timeline says of it beside its own fields.

    `place` is where its time stands (`position_of`), `article` the id in use, `at` where its words
    began in the text they were marked in, in code points. `tags` are paths of today.
    """

    claim: Claim
    place: Position | None = None
    article: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
    path: str = ""
    status: Status = Status()
    grade: str = ""
    tags: tuple[str, ...] = ()
    at: int = 0

    @property
    def said(self) -> str:
        """When the source said it, as EDTF; empty if that is not known, or the outlet says it."""
        chain = self.claim.chain
        said = chain[-1].said if len(chain) > 1 else None
        return said.edtf if said is not None else ""


_OPEN = Moment(10**6, 12, 31, _END)


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


def position_of(when: When | None) -> Position | None:
    """Where a time stands; None if it was not resolved, or its bounds are no ISO dates."""
    if when is None:
        return None
    begins = _moment(when.earliest, last=False) if when.earliest else None
    ends = _moment(when.latest, last=True) if when.latest else None
    if begins is not None:
        return Position(begins, ends if ends is not None else _OPEN)
    return Position(ends, ends) if ends is not None else None


def _moment(iso: str, *, last: bool) -> Moment | None:
    """The first or last moment of an ISO date or time, which may be cut short; else None."""
    found = _ISO.fullmatch(iso)
    if found is None:
        return None
    year, month, day, hour, minute, second, zone = found.groups()
    there = Moment(
        int(year),
        int(month) if month else 12 if last else 1,
        int(day) if day else 31 if last else 1,
        _END if last else _BEGIN,
    )
    if not (1 <= there.month <= 12 and 1 <= there.day <= 31):
        return None
    if hour is None:
        return there
    clock = int(hour) * 3600 + int(minute) * 60 + int(second or 0)
    return there._replace(seconds=clock - _offset(zone or "Z"))


def _offset(zone: str) -> int:
    """Seconds that a clock with this offset is ahead of UTC."""
    if zone == "Z":
        return 0
    digits = zone[1:].replace(":", "")
    ahead = int(digits[:2]) * 3600 + int(digits[2:] or 0) * 60
    return -ahead if zone[0] == "-" else ahead


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
    start, end = row.place or (_OPEN, _OPEN)
    longest_first = (-end.year, -end.month, -end.day, -end.seconds)
    said = row.said or row.published
    return start, longest_first, said, row.published, row.article, row.at, row.claim.id


class _Branch(NamedTuple):
    """Year, month and day that a claim stands under; 0 for one that is longer than those."""

    year: int
    month: int
    day: int


def _branch(place: Position) -> _Branch:
    start, end = place
    whole = start.seconds == _BEGIN  # it begins with its day, and not at an hour
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
