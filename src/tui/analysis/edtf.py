"""Extended Date/Time Format (ISO 8601-2:2019, annex A): what a value allows at its edges.

Understood are level 0 and level 1 but years of more than four digits, and of level 2 the sets
`[a,b..c]` and `{a,b}`, the parts of the year 25 to 41, `?~%` beside a part of a date, and `X` in
any place of a year, month or day.
"""

from __future__ import annotations

import re
from typing import NamedTuple

QUALIFIERS = {"~": "approximate", "?": "uncertain", "%": "uncertain"}

_DATE = re.compile(
    r"(-?[0-9X]{4})(?:-([0-9X]{2})(?:-([0-9X]{2})"
    r"(?:T(\d{2}):(\d{2})(?::(\d{2}))?(Z|[+-]\d{2}(?::\d{2})?)?)?)?)?"
)
_MARKED = re.compile(r"[?~%]?-?[0-9X]{4}[?~%]?(?:-[?~%]?[0-9X]{2}[?~%]?){0,2}")
_MARKS = re.compile(r"[?~%]")
# First and last month; a winter ends in the year after. Seasons are those of the northern half of
# the earth where the value does not say which (21-24), and as meteorologists count them.
_PARTS = {
    21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14),
    25: (3, 5), 26: (6, 8), 27: (9, 11), 28: (12, 14),
    29: (9, 11), 30: (12, 14), 31: (3, 5), 32: (6, 8),
    33: (1, 3), 34: (4, 6), 35: (7, 9), 36: (10, 12),
    37: (1, 4), 38: (5, 8), 39: (9, 12),
    40: (1, 6), 41: (7, 12),
}  # fmt: skip


class _Bounds(NamedTuple):
    earliest: str
    latest: str


def edtf_bounds(edtf: str) -> tuple[str, str]:
    """The earliest and the latest ISO 8601 date or time that an EDTF value allows, both included.

    An open or unknown end is the empty string; `?`, `~` and `%` do not widen the bounds. Raises
    ValueError with a sentence if the value is no EDTF of the kinds that are understood.
    """
    value = edtf.strip()
    if not value:
        raise ValueError("An empty text is no EDTF value.")
    if value[0] in "[{":
        return _set_bounds(value)
    if "/" not in value:
        return _date_bounds(value)
    start, _, end = value.partition("/")
    if start in ("", "..") and end in ("", ".."):
        raise ValueError(f"{value!r} has neither a beginning nor an end.")
    low = _Bounds("", "") if start in ("", "..") else _date_bounds(start)
    high = _Bounds("", "") if end in ("", "..") else _date_bounds(end)
    if low.earliest and high.latest and sort_key(low.earliest) > sort_key(high.latest):
        raise ValueError(f"{value!r} ends before it begins.")
    return low.earliest, high.latest


def edtf_qualifier(edtf: str) -> str:
    """The qualifier that the marks of an EDTF value amount to: approximate, uncertain or none."""
    found = _MARKS.search(edtf)
    if found is not None:
        return QUALIFIERS[found.group()]
    if edtf.endswith(("/..", "/")):
        return "since"
    return "until" if edtf.startswith(("../", "/")) else ""


def is_edtf(text: str) -> bool:
    """Whether the text is an EDTF value that is understood."""
    try:
        edtf_bounds(text)
    except ValueError:
        return False
    return True


def sort_key(iso: str) -> tuple[int, str]:
    """Orders ISO dates, those before the year 0 too; a date sorts with the start of its day."""
    year = int(iso[:5] if iso.startswith("-") else iso[:4])
    return year, iso[5:] if iso.startswith("-") else iso[4:]


def _set_bounds(value: str) -> tuple[str, str]:
    closing = "]" if value[0] == "[" else "}"
    if not value.endswith(closing):
        raise ValueError(f"{value!r} lacks its closing {closing!r}.")
    bounds: list[_Bounds] = []
    for member in value[1:-1].split(","):
        first, dots, last = member.strip().partition("..")
        low = _date_bounds(first) if first else _Bounds("", "")
        high = (_date_bounds(last) if last else _Bounds("", "")) if dots else low
        if not first and not last:
            raise ValueError(f"{value!r} has an empty member.")
        bounds.append(_Bounds(low.earliest, high.latest))
    earliest = min((b.earliest for b in bounds), key=_open_first)
    latest = max((b.latest for b in bounds), key=_open_last)
    return earliest, latest


def _open_first(iso: str) -> tuple[int, str]:
    return sort_key(iso) if iso else (-(10**6), "")


def _open_last(iso: str) -> tuple[int, str]:
    return sort_key(iso) if iso else (10**6, "")


def _date_bounds(value: str) -> _Bounds:
    plain = value
    if _MARKED.fullmatch(value):
        plain = _MARKS.sub("", value)
    elif value[-1:] in QUALIFIERS:
        plain = value[:-1]
    found = _DATE.fullmatch(plain)
    if found is None:
        raise ValueError(f"{value!r} is no EDTF date; write it like 2025-02-05, 2025-02 or 202X.")
    year, month, day, hour, minute, second, _zone = found.groups()
    if hour is not None:
        return _time_bounds(plain, (year, month, day), (hour, minute, second))
    low_year = int(year.replace("X", "0"))
    high_year = int(year.replace("X", "9"))
    if low_year > high_year:  # digits count backwards before the year 0
        low_year, high_year = high_year, low_year
    if month is not None and day is None and month.isdigit() and int(month) in _PARTS:
        return _part_bounds(low_year, high_year, _PARTS[int(month)])
    months = _matching(month, 1, 12)
    if not months:
        raise ValueError(f"{value!r} has no month {month}.")
    first = _first_day(low_year, months[0], day)
    for last_month in reversed(months):
        days = _matching(day, 1, days_in_month(high_year, last_month))
        if days and first is not None:
            return _Bounds(iso_date(*first), iso_date(high_year, last_month, days[-1]))
    raise ValueError(f"{value!r} has no day {day}.")


def _first_day(year: int, month: int, day: str | None) -> tuple[int, int, int] | None:
    days = _matching(day, 1, days_in_month(year, month))
    return (year, month, days[0]) if days else None


def _part_bounds(low_year: int, high_year: int, months: tuple[int, int]) -> _Bounds:
    end_year, end_month = high_year + (months[1] > 12), (months[1] - 1) % 12 + 1
    return _Bounds(
        iso_date(low_year, months[0], 1),
        iso_date(end_year, end_month, days_in_month(end_year, end_month)),
    )


def _time_bounds(
    value: str, date: tuple[str, str, str], clock: tuple[str, str, str | None]
) -> _Bounds:
    if "X" in "".join(date):
        raise ValueError(f"{value!r} has a time of day on a day that is not known.")
    _date_bounds("-".join(date))
    hour, minute, second = clock
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 60:
        raise ValueError(f"{value!r} has no such time of day.")
    return _Bounds(value, value)


def _matching(pattern: str | None, first: int, last: int) -> list[int]:
    if pattern is None or pattern == "XX":
        return list(range(first, last + 1))
    rule = re.compile(pattern.replace("X", r"\d"))
    return [n for n in range(first, last + 1) if rule.fullmatch(f"{n:02d}")]


def days_in_month(year: int, month: int) -> int:
    """How many days the month has in the proleptic Gregorian calendar."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def iso_date(year: int, month: int, day: int) -> str:
    """`YYYY-MM-DD`, with a sign before the year 0."""
    return f"{'-' if year < 0 else ''}{abs(year):04d}-{month:02d}-{day:02d}"
