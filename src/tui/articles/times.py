"""Times in the heads of articles: English, Korean and ISO 8601 forms, to ISO 8601.

Only an expression that itself says year, month and day is one; nothing is filled in from today,
which is why dateutil's lenient parser is not asked. dateutil knows the zones.
"""

from __future__ import annotations

import functools
import re
from datetime import datetime, timedelta, timezone, tzinfo
from typing import NamedTuple

SEOUL = "+09:00"

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+)?"
_DATE = rf"""(?<![\w./-])(?:
      (?P<y1>\d{{4}})(?P<sep>\s?[-./]\s?)(?P<m1>\d{{1,2}})(?P=sep)(?P<d1>\d{{1,2}})(?!\d)\.?
    | (?P<y2>\d{{4}})년\s?(?P<m2>\d{{1,2}})월\s?(?P<d2>\d{{1,2}})일
    | {_WEEKDAY}(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})(?!\d)
    | {_WEEKDAY}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of\s+)?(?P<m4>{_MONTH}),?[ -]
      (?P<y4>\d{{4}})(?!\d)
    )(?:\s?\(?(?:[월화수목금토일]요일|\([월화수목금토일](?:요일)?)\)?)?"""
_CLOCK = r"""(?:
      (?:(?P<half>오전|오후)\s?)?(?P<h1>\d{1,2})시(?:\s?(?P<n1>\d{1,2})분(?:\s?(?P<s1>\d{1,2})초)?)?
    | (?:(?P<half2>오전|오후)\s?)?(?P<h2>\d{1,2}):(?P<n2>\d{2})(?::(?P<s2>\d{2})(?:[.,]\d{1,9})?)?
      (?:\s?(?P<ampm>[ap]\.?m\b\.?))?
    | (?P<h3>\d{1,2})(?:[.](?P<n3>\d{2}))?\s?(?P<ampm3>[ap]\.?m\b\.?)
    )"""
_ZONE = r"""(?:\s?(?:\(?(?P<zone>Z|UTC|GMT|KST|JST|MSK|EST|EDT|CDT|MDT|MST|PST|PDT|CET|CEST|EET|EEST
    |BST|ET|PT|AEST|AEDT|HKT|SGT|PHT)\b\)?)?\s?(?P<offset>[+-]\d{2}:?\d{2})?(?!\d))"""
_JOIN = r"(?:T|\s?[,·|∙]?\s{0,2}(?:(?:at|-|–|—)\s)?)"

_FLAGS = re.VERBOSE | re.IGNORECASE
# Verbose mode drops blanks: the few that count are written \s or in a class.
# Compiled at the first use, by the cache of `re`: it takes milliseconds.
_DATE_TIME = rf"{_DATE}(?:{_JOIN}{_CLOCK}{_ZONE})?"
_FIGURES, _YEAR = re.compile(r"\d"), re.compile(r"\d{4}")
_TIME_DATE = rf"(?<![\w:.]){_CLOCK}{_ZONE}(?:,|\son)?\s{_DATE}"

_OFFSETS = {
    "z": "+00:00",
    "utc": "+00:00",
    "gmt": "+00:00",
    "bst": "+01:00",
    "cet": "+01:00",
    "cest": "+02:00",
    "eet": "+02:00",
    "eest": "+03:00",
    "msk": "+03:00",
    "hkt": "+08:00",
    "sgt": "+08:00",
    "pht": "+08:00",
    "kst": "+09:00",
    "jst": "+09:00",
    "aest": "+10:00",
    "aedt": "+11:00",
    "est": "-05:00",
    "edt": "-04:00",
    "cdt": "-05:00",
    "mst": "-07:00",
    "mdt": "-06:00",
    "pst": "-08:00",
    "pdt": "-07:00",
}
_PLACES = {"et": "America/New_York", "pt": "America/Los_Angeles"}


class Moment(NamedTuple):
    """A time as written: where it stands, and ISO 8601 (a date, or a date with a time of day)."""

    start: int
    end: int
    iso: str


def find_moment(
    text: str, start: int = 0, end: int | None = None, *, zone: str = ""
) -> Moment | None:
    """The first date or date with a time in `text[start:end]` that says its year, month and day.

    `zone` is an offset such as `+09:00` or an IANA name, for a time of day that names none; an
    unknown one leaves the time without offset. A date that no calendar has is none.
    """
    end = len(text) if end is None else end
    if _YEAR.search(text, start, end) is None:
        return None
    found = _first(_DATE_TIME, text, start, end, zone)
    if found is None or "T" in found.iso or ":" not in text[start:end]:
        return found
    if _FIGURES.search(text, start, found.start) is None:  # no time of day in front
        return found
    other = _first(_TIME_DATE, text, start, end, zone)
    return other if other and other.start < found.start else found


def _first(pattern: str, text: str, start: int, end: int, zone: str) -> Moment | None:
    for match in re.compile(pattern, _FLAGS).finditer(text, start, end):
        iso = _iso(match, zone)
        if iso:
            return Moment(match.start(), match.end(), iso)
    return None


def _iso(match: re.Match[str], zone: str) -> str:
    parts = match.groupdict()
    month = parts["m3"] or parts["m4"]
    number = _MONTHS[month[:3].lower()] if month else int(parts["m1"] or parts["m2"])
    year = int(parts["y1"] or parts["y2"] or parts["y3"] or parts["y4"])
    day = int(parts["d1"] or parts["d2"] or parts["d3"] or parts["d4"])
    hour = parts["h1"] or parts["h2"] or parts["h3"]
    try:
        if not hour:
            return datetime(year, number, day).date().isoformat()  # noqa: DTZ001 - a calendar day
        minute = int(parts["n1"] or parts["n2"] or parts["n3"] or 0)
        second = parts["s1"] or parts["s2"]
        moment = datetime(year, number, day, _hour(parts), minute, int(second or 0))  # noqa: DTZ001
    except ValueError:
        return ""
    iso = moment.isoformat(timespec="seconds" if second else "minutes")
    return iso + (_written_offset(parts, moment) or offset_at(zone, moment))


def _hour(parts: dict[str, str | None]) -> int:
    """The hour of 24; raises ValueError for one that no clock has, such as 15 p.m."""
    hour = int(parts["h1"] or parts["h2"] or parts["h3"] or 0)
    half = parts["half"] or parts["half2"] or parts["ampm"] or parts["ampm3"] or ""
    if not half or (hour > 12 and half in ("오전", "오후")):
        return hour
    if not 1 <= hour <= 12 and half not in ("오전", "오후"):
        raise ValueError(hour)
    late = half == "오후" or half[0] in "pP"
    return hour % 12 + (12 if late else 0)


def _written_offset(parts: dict[str, str | None], moment: datetime) -> str:
    offset = parts["offset"]
    if offset:
        return offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    name = (parts["zone"] or "").lower()
    return _OFFSETS.get(name) or offset_at(_PLACES.get(name, ""), moment)


def offset_at(zone: str, moment: datetime) -> str:
    """The offset, as `+09:00`, of an IANA zone (or of an offset) at a local time, or ``""``."""
    if not zone or zone[0] in "+-":
        return zone
    found = _zone(zone)
    delta = moment.replace(tzinfo=found).utcoffset() if found else None
    if delta is None:
        return ""
    return datetime(2000, 1, 1, tzinfo=timezone(_minutes(delta))).isoformat()[-6:]


def _minutes(delta: timedelta) -> timedelta:
    return timedelta(minutes=round(delta.total_seconds() / 60))


@functools.cache
def _zone(name: str) -> tzinfo | None:
    from dateutil import tz

    return tz.gettz(name)
