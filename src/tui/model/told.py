"""One claim as lists of claims tell it, where its time stands among others, and in which order."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

from tui.model.articles import instant
from tui.model.records import Claim, When
from tui.model.views import Status

_ISO = re.compile(
    r"(-?\d{4})(?:-(\d\d)(?:-(\d\d)"
    r"(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?",
    re.ASCII,
)
BEGIN, _END = -(10**9), 10**9  # seconds of a day that is meant whole: its begin, its end


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
    """One claim, with what a list of claims says of it beside its own fields.

    `place` is where its time stands (`position_of`), `article` the id in use, `at` where its words
    began in the text they were marked in, in code points. `tags` are paths of today. `source` is
    the original source by the name it is known under; it is `nameless` where the words may mean
    another one in the next article.
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
    source: str = ""
    nameless: bool = False

    @property
    def id(self) -> str:
        """The id of the claim."""
        return self.claim.id

    @property
    def changed(self) -> float:
        """When the claim or the decision on it was written last, in seconds since 1970."""
        return changed_last(self.claim, self.status)

    @property
    def timed(self) -> bool:
        """Whether it is about a time, resolved or not."""
        return self.claim.when is not None

    @property
    def counts(self) -> bool:
        """Whether it has figures."""
        return bool(self.claim.quantities)

    @property
    def said(self) -> str:
        """When the source said it, as EDTF; empty if that is not known, or the outlet says it."""
        return said_of(self.claim)


def said_of(claim: Claim) -> str:
    """When the source of a claim said it, as EDTF; empty if not known, or the outlet says it."""
    said = claim.chain[-1].said if len(claim.chain) > 1 else None
    return said.edtf if said is not None else ""


def changed_last(claim: Claim, status: Status) -> float:
    """When a claim or the decision on it was written last, in seconds since 1970; 0 if unknown."""
    last = max(claim.modified, status.time)
    return instant(last) if last else 0.0


class Gist(Struct, frozen=True, gc=False):
    """Of a claim what it is put in order and under headings by; the fields are as in Told.

    Of the status only its name and the flag are there. Of a large workspace a list keeps no more
    (`model.rows`), and has those told that are seen; `desk.gists` makes them.
    """

    id: str
    place: Position | None
    article: str
    published: str
    path: str
    status: Status
    grade: str
    tags: tuple[str, ...]
    at: int
    source: str
    nameless: bool
    said: str
    changed: float
    timed: bool
    counts: bool


_OPEN = Moment(10**6, 12, 31, _END)


def position_of(when: When | None) -> Position | None:
    """Where a time stands; None if it was not resolved, or its bounds are no ISO dates."""
    if when is None:
        return None
    begins = _moment(when.earliest, last=False) if when.earliest else None
    ends = _moment(when.latest, last=True) if when.latest else None
    if begins is not None:
        return Position(begins, ends if ends is not None else _OPEN)
    return Position(ends, ends) if ends is not None else None


@lru_cache(maxsize=4096)
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
        _END if last else BEGIN,
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


def time_order(place: Position | None) -> tuple[Moment, tuple[int, int, int, int]]:
    """Where a time comes among others: by its begin, of equal ones the longest first.

    What was not resolved comes last.
    """
    start, end = place or (_OPEN, _OPEN)
    return start, (-end.year, -end.month, -end.day, -end.seconds)
