"""Times in the heads of articles: English, Korean and ISO 8601 forms, to ISO 8601.

Only an expression that itself says year, month and day is one; nothing is filled in from today,
which is why dateutil's lenient parser is not asked. dateutil knows the zones.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from datetime import datetime, timedelta, timezone, tzinfo

from msgspec import Struct

SEOUL = "+09:00"

_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTHS = {name: number for number, name in enumerate(_NAMES, 1)}
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?"
    r"|Aug(?:ust|\.)?|Sep(?:tember|t\.?|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WEEKDAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]{0,6}\.?,?\s+)?"
# Verbose mode drops blanks: the few that count are written \s or in a class.
_NUMERIC_DATE = r"(?P<y1>\d{4})(?P<sep>\s?[-./]\s?)(?P<m1>\d{1,2})(?P=sep)(?P<d1>\d{1,2})(?!\d)\.?"
_KOREAN_DATE = r"(?P<y2>\d{4})년\s?(?P<m2>\d{1,2})월\s?(?P<d2>\d{1,2})일"
_ENGLISH_DATE = rf"""
      {_WEEKDAY}(?P<m3>{_MONTH})\s+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y3>\d{{4}})(?!\d)
    | {_WEEKDAY}(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[ -](?:of\s+)?(?P<m4>{_MONTH}),?[ -]
      (?P<y4>\d{{4}})(?!\d)"""
_DAYS = "월화수목금토일"
_WEEKDAY_BEHIND = rf"(?:\s?\(?(?:[{_DAYS}]요일|\([{_DAYS}](?:요일)?)\)?)?"
_CLOCK = r"""(?P<h2>\d{1,2}):(?P<n2>\d{2})(?::(?P<s2>\d{2})(?:[.,]\d{1,9})?)?
      (?:\s?(?P<ampm>[ap]\.?m\b\.?))?
    | (?P<h3>\d{1,2})(?:[.](?P<n3>\d{2}))?\s?(?P<ampm3>[ap]\.?m\b\.?)"""
_KOREAN_CLOCK = r"""
      (?:(?P<half>오전|오후)\s?)?(?P<h1>\d{1,2})시(?:\s?(?P<n1>\d{1,2})분(?:\s?(?P<s1>\d{1,2})초)?)?
    | (?:(?P<half2>오전|오후)\s?)?"""
_ZONE = r"""(?:\s?(?:\(?(?P<zone>Z|UTC|GMT|KST|JST|MSK|EST|EDT|CDT|MDT|MST|PST|PDT|CET|CEST|EET|EEST
    |BST|ET|PT|AEST|AEDT|HKT|SGT|PHT)\b\)?)?\s?(?P<offset>[+-]\d{2}:?\d{2})?(?!\d))"""
_JOIN = r"(?:T|\s?[,·|∙]?\s{0,2}(?:(?:at|-|–|—)\s)?)"
_FLAGS = re.VERBOSE | re.IGNORECASE
_FIGURES, _YEAR = re.compile(r"\d"), re.compile(r"\d{4}")


class _Forms(Struct, frozen=True):
    """Which forms of dates and times a text may hold, by signs that each of them has."""

    named: bool  # a month by its name
    korean: bool  # 년 월 일
    weekday: bool  # a Korean one behind the date
    clock: bool  # 시 분 초, 오전, 오후


def _forms_in(text: str) -> _Forms:
    lowered = text.lower()
    return _Forms(
        named=any(name in lowered for name in _NAMES),
        korean="년" in text,
        weekday="요일" in text or any(f"({day}" in text for day in _DAYS),
        clock="시" in text or "오전" in text or "오후" in text,
    )


@functools.cache
def _pattern(forms: _Forms, clock_first: bool) -> re.Pattern[str]:
    """A date with perhaps a time of day behind it, or a time of day and a date.

    It holds these forms alone, since all of them together take milliseconds to compile.
    """
    dates = [_NUMERIC_DATE]
    dates += [_KOREAN_DATE] if forms.korean else []
    dates += [_ENGLISH_DATE] if forms.named else []
    weekday = _WEEKDAY_BEHIND if forms.weekday else ""
    date = rf"(?<![\w./-])(?:{'|'.join(dates)}){weekday}"
    clock = rf"(?:{_KOREAN_CLOCK if forms.clock else ''}{_CLOCK}){_ZONE}"
    if clock_first:
        return re.compile(rf"(?<![\w:.]){clock}(?:,|\son)?\s{date}", _FLAGS)
    return re.compile(rf"{date}(?:{_JOIN}{clock})?", _FLAGS)


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


class Moment(Struct, frozen=True):
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
    forms = _forms_in(text[start:end])
    found = _first(_pattern(forms, clock_first=False), text, start, end, zone)
    if found is None or "T" in found.iso or ":" not in text[start:end]:
        return found
    if _FIGURES.search(text, start, found.start) is None:  # no time of day in front
        return found
    other = _first(_pattern(forms, clock_first=True), text, start, end, zone)
    return other if other and other.start < found.start else found


def _first(pattern: re.Pattern[str], text: str, start: int, end: int, zone: str) -> Moment | None:
    for match in pattern.finditer(text, start, end):
        iso = _iso(match, zone)
        if iso:
            return Moment(match.start(), match.end(), iso)
    return None


def _iso(match: re.Match[str], zone: str) -> str:
    # `y1` and `y2` are the year in two forms of which one was found.
    parts = {name.rstrip("1234"): part for name, part in match.groupdict().items() if part}
    month = parts["m"]
    number = int(month) if month.isdecimal() else _MONTHS[month[:3].lower()]
    year, day, second = int(parts["y"]), int(parts["d"]), parts.get("s")
    try:
        if "h" not in parts:
            return datetime(year, number, day).date().isoformat()  # noqa: DTZ001 - a calendar day
        minute = int(parts.get("n", 0))
        moment = datetime(year, number, day, _hour(parts), minute, int(second or 0))  # noqa: DTZ001
    except ValueError:
        return ""
    iso = moment.isoformat(timespec="seconds" if second else "minutes")
    return iso + (_written_offset(parts, moment) or offset_at(zone, moment))


def _hour(parts: Mapping[str, str]) -> int:
    """The hour of 24; raises ValueError for one that no clock has, such as 15 p.m."""
    hour = int(parts["h"])
    half = parts.get("half") or parts.get("ampm") or ""
    if not half or (hour > 12 and half in ("오전", "오후")):
        return hour
    if not 1 <= hour <= 12 and half not in ("오전", "오후"):
        raise ValueError(hour)
    late = half == "오후" or half[0] in "pP"
    return hour % 12 + (12 if late else 0)


def _written_offset(parts: Mapping[str, str], moment: datetime) -> str:
    offset = parts.get("offset")
    if offset:
        return offset if ":" in offset else f"{offset[:3]}:{offset[3:]}"
    name = parts.get("zone", "").lower()
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
