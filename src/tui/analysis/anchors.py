"""What relative times are counted from, and the arithmetic of dateutil's relativedelta."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from tui.analysis.edtf import days_in_month, edtf_bounds, edtf_qualifier

# Thirds of a month, as newspapers use the words.
_EARLY_DAY, _MID_DAY, _LATE_DAY = 1, 11, 21


class Value(NamedTuple):
    """A time as understood. Without an EDTF value the rule says why there is none."""

    edtf: str
    rule: str
    qualifier: str = ""
    anchored: bool = False  # the value depends on the anchor
    yearless: tuple[int, int | None] | None = None  # month and day where the year was worked out
    weekday: int | None = None  # 0 is Monday, where only the name of a day stood there


NO_DAY = "relative, and the day it counts from is not known"


class AnchorError(Exception):
    """A relative expression met no anchor, or one that is not exact enough."""


class Anchor(NamedTuple):
    """The day and, if known, the clock that relative expressions count from."""

    iso: str
    day: dt.date
    clock: str = ""


class Context:
    """What a rule may look at beside the words: the anchor, and what the sentence speaks of."""

    __slots__ = ("_anchor", "future", "typed", "used")

    def __init__(self, anchor: Anchor | None, *, future: bool = False, typed: bool = False) -> None:
        self._anchor = anchor
        self.future = future
        self.typed = typed
        self.used = False

    @property
    def day(self) -> dt.date:
        """The anchor's day. Raises AnchorError if there is none."""
        if self._anchor is None:
            raise AnchorError
        self.used = True
        return self._anchor.day

    @property
    def clock(self) -> str:
        """The anchor's time of day, `HH:MM`. Raises AnchorError if there is none."""
        if self._anchor is None or not self._anchor.clock:
            raise AnchorError
        self.used = True
        return self._anchor.clock


_ISO = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}).*)?", re.DOTALL)


def read_anchor(text: str) -> tuple[Anchor, ...]:
    """The anchor of an ISO date or time, or the edges of a coarser EDTF value; empty if unknown.

    An expression that comes out differently from the two edges cannot be resolved.
    """
    bare = text.strip()
    found = _ISO.fullmatch(bare)
    try:
        if found is not None:
            return (Anchor(bare, dt.date.fromisoformat(found[1]), found[2] or ""),)
        edges = edtf_bounds(bare) if bare else ("", "")
        if not all(edges):
            return ()
        days = [dt.date.fromisoformat(edge[:10]) for edge in edges]
    except ValueError:
        return ()
    return tuple(Anchor(bare, day) for day in dict.fromkeys(days))


def shifted(day: dt.date, **amounts: int) -> dt.date:
    """The day moved by whole `years`, `months`, `weeks` and `days`.

    Raises ValueError or OverflowError outside the years 1 to 9999.
    """
    from dateutil.relativedelta import relativedelta

    return day + relativedelta(
        years=amounts.get("years", 0),
        months=amounts.get("months", 0),
        weeks=amounts.get("weeks", 0),
        days=amounts.get("days", 0),
    )


def weekday_near(day: dt.date, weekday: int, direction: int) -> dt.date:
    """The nearest day with that name, the day itself included; -1 looks back, 1 ahead."""
    from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

    return day + relativedelta(weekday=(MO, TU, WE, TH, FR, SA, SU)[weekday](direction))


def week(day: dt.date, weeks: int = 0) -> str:
    """The week, Monday to Sunday, that the day moved by so many weeks lies in, as an interval."""
    monday = weekday_near(shifted(day, weeks=weeks), 0, -1)
    return f"{monday.isoformat()}/{shifted(monday, days=6).isoformat()}"


def month(year: int, number: int) -> str:
    """The month as EDTF."""
    return f"{year:04d}-{number:02d}"


def part_of(edtf: str, part: str) -> str:
    """The `early`, `mid` or `late` part of a month, year, decade or week, about.

    `first` and `second` are its halves, `start` and `end` its edges. What has no such parts is
    given back as it is.
    """
    year = re.fullmatch(r"(\d{4})", edtf)
    year_month = re.fullmatch(r"(\d{4})-(0\d|1[0-2])", edtf)
    decade = re.fullmatch(r"(\d{3})X", edtf)
    if not year:
        part = {"start": "early", "end": "late"}.get(part, part)
    if year_month:
        return _part_of_month(int(year_month[1]), int(year_month[2]), part)
    if year:
        halves = {"first": "40", "second": "41"}
        if part in halves:
            return f"{year[1]}-{halves[part]}"
        if part in ("start", "end"):
            return f"{year[1]}-{'01' if part == 'start' else '12'}~"
        first, last = {"early": (1, 4), "mid": (5, 8), "late": (9, 12)}[part]
        return f"{year[1]}-{first:02d}~/{year[1]}-{last:02d}~"
    if decade:
        parts = {"early": (0, 3), "mid": (4, 6), "late": (7, 9), "first": (0, 4), "second": (5, 9)}
        return f"{decade[1]}{parts[part][0]}~/{decade[1]}{parts[part][1]}~"
    return _part_of_interval(edtf, part)


def _part_of_month(year: int, number: int, part: str) -> str:
    last = days_in_month(year, number)
    first_day, last_day, mark = {
        "early": (_EARLY_DAY, _MID_DAY - 1, "~"),
        "mid": (_MID_DAY, _LATE_DAY - 1, "~"),
        "late": (_LATE_DAY, last, "~"),
        "first": (1, 15, ""),
        "second": (16, last, ""),
    }[part]
    stem = month(year, number)
    return f"{stem}-{first_day:02d}{mark}/{stem}-{last_day:02d}{mark}"


def _part_of_interval(edtf: str, part: str) -> str:
    earliest, latest = edtf_bounds(edtf)
    if not earliest or not latest or "T" in earliest:
        return edtf
    first, last = dt.date.fromisoformat(earliest), dt.date.fromisoformat(latest)
    length = (last - first).days + 1
    if length < 6 or length > 4000:
        return edtf
    pieces = {"early": (0, 3), "mid": (1, 3), "late": (2, 3), "first": (0, 2), "second": (1, 2)}
    index, count = pieces[part]
    low = shifted(first, days=length * index // count)
    high = shifted(first, days=max(length * (index + 1) // count - 1, 0))
    mark = "~" if count == 3 else ""
    return f"{low.isoformat()}{mark}/{high.isoformat()}{mark}"


def start_of(edtf: str) -> str:
    """The value that an interval begins with; of anything else the value itself."""
    return edtf.partition("/")[0]


def end_of(edtf: str) -> str:
    """The value that an interval ends with; of anything else the value itself."""
    return edtf.rpartition("/")[2]


def bounded(value: Value, bound: str) -> Value:
    """The value with `since`, `until`, `before` or `after` in front of it, as an open interval."""
    if not value.edtf or ".." in value.edtf:
        return value
    if bound == "since":
        edtf, rule = f"{start_of(value.edtf)}/..", "open from there on"
    elif bound == "until":
        edtf, rule = f"../{end_of(value.edtf)}", "open up to there"
    elif bound == "before":
        edtf, rule = f"../{_neighbour(start_of(value.edtf), -1)}", "all before"
    else:
        edtf, rule = f"{_neighbour(end_of(value.edtf), 1)}/..", "all after"
    return value._replace(edtf=edtf, rule=f"{value.rule}; {rule}", qualifier=bound)


def _neighbour(edtf: str, step: int) -> str:
    earliest, latest = edtf_bounds(edtf)
    edge = earliest if step < 0 else latest
    mark = "~" if edtf_qualifier(edtf) == "approximate" else ""
    if "T" in edge:
        return edge
    return shifted(dt.date.fromisoformat(edge), days=step).isoformat() + mark


def approximate(value: Value) -> Value:
    """The value marked as approximate."""
    if not value.edtf or value.edtf[-1] in "~?%." or "T" in value.edtf:
        return value
    marked = "/".join(part if part == ".." else f"{part}~" for part in value.edtf.split("/"))
    return value._replace(edtf=marked, qualifier=value.qualifier or "approximate")


def resolved(
    anchors: tuple[Anchor, ...],
    rule: Callable[[Context], Value | None],
    *,
    future: bool = False,
    typed: bool = False,
) -> Value | None:
    """What a rule makes of the anchor; unresolved if it lacks one or its edges disagree."""
    found: list[Value | None] = []
    for anchor in anchors or (None,):
        context = Context(anchor, future=future, typed=typed)
        try:
            value = rule(context)
        except AnchorError:
            return Value("", _no_anchor(anchors))
        except (ValueError, OverflowError):
            return Value("", "outside the calendar, or no such day")
        found.append(value._replace(anchored=context.used) if value is not None else None)
    if len({value.edtf if value is not None else None for value in found}) > 1:
        return Value("", "the anchor is not exact enough")
    return found[0]


def _no_anchor(anchors: tuple[Anchor, ...]) -> str:
    if not anchors:
        return NO_DAY
    return "relative, and the hour it counts from is not known"
