"""English times counted from the anchor, durations, and what has no place on the calendar."""

from __future__ import annotations

import datetime as dt
import re

from tui.analysis.anchors import Context, Value, approximate, shifted
from tui.analysis.english_days import months_off
from tui.analysis.numerals import count_value
from tui.analysis.time_words import UNITS


def ago(match: re.Match[str], context: Context) -> Value | None:
    """`two years ago`: a year, a month or a day; weeks are about that day."""
    count = _count(match[2])
    unit = UNITS[match[3].casefold().rstrip("s")]
    if count is None:
        return Value("", "how many is not said")
    value = _moved(context, count, unit, -1)
    hedged = match[1] is not None
    return approximate(value) if hedged or unit in ("weeks", "fortnights") else value


def from_now(match: re.Match[str], context: Context) -> Value | None:
    """`two weeks from now`, `in two weeks' time`."""
    count = _count(match[2])
    unit = UNITS[match[3].casefold().rstrip("s")]
    if count is None:
        return Value("", "how many is not said")
    return approximate(_moved(context, count, unit, 1))


def _count(words: str) -> int | float | None:
    return count_value(words)


def _moved(context: Context, count: float, unit: str, direction: int) -> Value:
    counted = _counted(count, unit)
    rule = f"{counted} {'before' if direction < 0 else 'after'} the anchor"
    count *= direction
    if unit in ("seconds", "minutes", "hours"):
        return _moved_hours(context, count, unit, rule)
    anchor = context.day
    if unit == "years" and not float(count).is_integer():
        unit, count = "months", count * 12
    if unit == "centuries":
        return Value(f"{anchor.year + int(count * 100):04d}", rule)
    if unit == "decades":
        return Value(f"{anchor.year + int(count * 10):04d}", rule)
    if unit == "years":
        return Value(f"{shifted(anchor, years=int(count)).year:04d}", rule)
    if unit == "months":
        return Value(months_off(anchor, int(count)), rule)
    days = {"days": 1, "weeks": 7, "fortnights": 14, "weekends": 7}.get(unit, 1)
    return Value(shifted(anchor, days=int(count * days)).isoformat(), rule)


def _moved_hours(context: Context, count: float, unit: str, rule: str) -> Value:
    hours, minutes = map(int, context.clock.split(":"))
    start = dt.datetime.combine(context.day, dt.time(hours, minutes))
    moved = start + dt.timedelta(**{unit: count})
    return Value(moved.isoformat(timespec="minutes"), rule)


def past_units(match: re.Match[str], context: Context) -> Value | None:
    """`the past two weeks`, `the next three days`: up to the anchor, or from it."""
    which = match[1].casefold()
    count = _count(match[3])
    unit = match[4].casefold()
    if count is None:
        return Value("", "how many is not said")
    return trailing(context, count, unit, 1 if which in ("next", "coming") else -1)


def trailing(context: Context, count: float, unit: str, direction: int) -> Value:
    """An interval of so many units that ends (-1) or begins (1) at the anchor."""
    unit = UNITS.get(unit.rstrip("s"), unit)
    anchor = context.day
    if unit in ("seconds", "minutes", "hours"):
        return lasting(count, unit)
    amounts = {
        "days": {"days": count}, "weeks": {"days": count * 7}, "fortnights": {"days": count * 14},
        "weekends": {"days": count * 7}, "months": {"months": count},
        "quarters": {"months": count * 3}, "years": {"months": count * 12},
        "decades": {"years": count * 10}, "centuries": {"years": count * 100},
    }[unit]  # fmt: skip
    far = shifted(anchor, **{key: int(n * direction) for key, n in amounts.items()}).isoformat()
    near = anchor.isoformat()
    edtf = f"{far}~/{near}" if direction < 0 else f"{near}/{far}~"
    return Value(edtf, f"{_counted(count, unit)} {'up to' if direction < 0 else 'from'} the anchor")


def _counted(count: float, unit: str) -> str:
    return f"{count:g} {unit if count != 1 else unit.removesuffix('s')}"


def told(_match: re.Match[str], _: Context) -> Value | None:
    """`the next day`: what it counts from is told elsewhere in the text."""
    return Value("", "relative to a time told in the text")


_EACH = {"dai": "P1D", "nig": "P1D", "wee": "P1W", "mon": "P1M", "qua": "P3M", "yea": "P1Y"}


def recurring(match: re.Match[str], _: Context) -> Value | None:
    """`every week`, `daily`: how often, as an ISO 8601 duration; the days of a week are `P1W`."""
    words = match[0].casefold().split()
    if match[0][0].isupper() and len(words) == 1:
        return None  # The Daily Mail
    unit = words[-1]
    often = {"annually": "P1Y", "day": "P1D", "morning": "P1D", "weekend": "P1W"}.get(unit)
    often = often or ("P1W" if unit.endswith("day") else _EACH.get(unit[:3], ""))
    return Value("", f"recurring: {often}, no one day")


def present(_match: re.Match[str], _: Context) -> Value | None:
    """`now`, `the future`: no day of the calendar."""
    return Value("", "present or future: no one day")


_ISO_UNITS = {
    "seconds": ("PT", "S", 1), "minutes": ("PT", "M", 1), "hours": ("PT", "H", 1),
    "days": ("P", "D", 1), "weeks": ("P", "W", 1), "fortnights": ("P", "W", 2),
    "weekends": ("P", "D", 2), "months": ("P", "M", 1), "quarters": ("P", "M", 3),
    "years": ("P", "Y", 1), "decades": ("P", "Y", 10), "centuries": ("P", "Y", 100),
}  # fmt: skip


def lasting(count: float | None, unit: str) -> Value:
    """A duration: no value on the calendar, but one by ISO 8601 in the rule (`P2W`)."""
    if count is None:
        return Value("", "duration: how many is not said")
    before, letter, times = _ISO_UNITS[unit]
    return Value("", f"duration: {before}{count * times:g}{letter}, no place on the calendar")


_PLACED = re.compile(
    r"\b(?:for|in|within|after|over|under|about|around|nearly|almost)\s$",
    re.IGNORECASE,
)


def duration(match: re.Match[str], context: Context) -> Value | None:
    """`two weeks`: without a place on the calendar; None where it is no time at all."""
    hedge, count, unit, tail = match[1], match[2].casefold(), match[3].casefold(), match[4]
    single = count in ("a", "an", "one", "some", "many", "few")
    before = match.string[max(0, match.start() - 9) : match.start()]
    if tail:
        return Value("", "relative to a time told in the text")
    if single and not hedge and not _PLACED.search(before) and not context.typed:
        return None
    if match[3][0].isupper() and not match[3].isupper():
        return None
    if unit.rstrip("s") in ("second", "night") and single:
        return None
    return lasting(_count(count), UNITS[unit.rstrip("s")])
