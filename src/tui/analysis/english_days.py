"""English dates and days: what each expression means beside an anchor.

A name of a day without more is the nearest one that is not after the anchor, or, where the
clause speaks of the future, the nearest one that is not before it.
"""

from __future__ import annotations

import datetime as dt
import re

from tui.analysis.anchors import Context, Value, month, shifted, week, weekday_near
from tui.analysis.time_words import (
    MONTHS,
    NO_DAY_AFTER,
    NO_DAY_BEFORE,
    WEEKDAY_NAMES,
    WEEKDAYS,
)


def capitalised(match: re.Match[str], group: int, context: Context) -> bool:
    """Whether a name begins with a capital, as it does outside of typed lines."""
    return context.typed or match[group][:1].isupper()


def steps_of(word: str) -> int:
    """-1 for last, 1 for next, 0 for this."""
    return {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(
        word.casefold().rpartition(" ")[2], 0
    )


def months_off(day: dt.date, months: int) -> str:
    """The month so many months from the day, as EDTF."""
    moved = shifted(day.replace(day=1), months=months)
    return month(moved.year, moved.month)


def iso_date_time(match: re.Match[str], _: Context) -> Value | None:
    """`2025-02-05`, `2025-02-05 15:53`."""
    value = match[0].replace(" ", "T")
    dt.date.fromisoformat(value[:10])
    if re.search(r"[+-]\d{4}$", value[10:]):
        value = f"{value[:-2]}:{value[-2:]}"
    return Value(value, "a date in full")


def year_first(match: re.Match[str], _: Context) -> Value | None:
    """`2025.02.05`, `2025/2/5`."""
    return Value(_full(int(match[1]), int(match[3]), int(match[4])), "a date in full")


def slashes(match: re.Match[str], _: Context) -> Value | None:
    """`13/02/2025`; `03/04/2025` can be read in two ways."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first == second or second > 12:
        return Value(_full(year, first, second), "a date in full")
    if first > 12:
        return Value(_full(year, second, first), "a date in full")
    return Value("", "day and month cannot be told apart")


def _full(year: int, number: int, day: int) -> str:
    return dt.date(year, number, day).isoformat()


def day_month(match: re.Match[str], context: Context) -> Value | None:
    """`5 February`, `3-5 May 2024`."""
    if not capitalised(match, 4, context):
        return None
    return _dated(context, match[5], match[4], match[1], match[2], match[3], match)


def month_day(match: re.Match[str], context: Context) -> Value | None:
    """`Feb. 5`, `March 5 to 7, 2024`."""
    if not capitalised(match, 1, context) or int(match[2]) > 31:
        return None
    return _dated(context, match[5], match[1], match[2], match[3], match[4], match)


def _dated(
    context: Context,
    year: str | None,
    name: str,
    day: str,
    join: str | None,
    last: str | None,
    match: re.Match[str],
) -> Value:
    number = MONTHS[name.casefold()]
    yearless = None
    rule = "a date in full"
    mark = ""
    if year is None:
        yearless = (number, int(day))
        chosen, rule, mark = _near_date(context, number, int(day), till=runs_till(match))
    else:
        chosen = dt.date(int(year), number, int(day))
    edtf = chosen.isoformat()
    if join and last:
        end = chosen.replace(day=int(last)).isoformat()
        if join.casefold() == "and" and not match[0].casefold().startswith("between"):
            return Value("{" + f"{edtf},{end}" + "}", rule, yearless=yearless)
        return Value(f"{edtf}{mark}/{end}{mark}", rule, yearless=yearless)
    return Value(edtf + mark, rule, yearless=yearless)


# What runs up to a day that the year is not said of runs more often ahead than back.
_TILL = re.compile(
    r"\b(?:by|until|till|before|through|no later than|for)\s+(?:the\s+)?$", re.IGNORECASE
)


def runs_till(match: re.Match[str]) -> bool:
    """Whether `by`, `until` or `before` stands before a day or month."""
    return _TILL.search(match.string, max(0, match.start() - 20), match.start()) is not None


def _near_date(context: Context, number: int, day: int, *, till: bool) -> tuple[dt.date, str, str]:
    anchor = context.day
    years = range(anchor.year, anchor.year + 9) if context.future else None
    for year in years or range(anchor.year, anchor.year - 9, -1):
        try:
            found = dt.date(year, number, day)
        except ValueError:  # 29 February
            continue
        if context.future and found >= anchor:
            return found, "the nearest one ahead: the clause speaks of the future", ""
        if not context.future and found <= anchor:
            doubt = (anchor - found).days > 273
            if doubt and till and (number, day) != (2, 29):
                ahead = found.replace(year=year + 1)
                return ahead, "the nearest one; it may be the one behind", doubted(doubt, context)
            return found, not_after("the nearest one", doubt), doubted(doubt, context)
    raise ValueError


def not_after(what: str, doubt: bool) -> str:
    """The rule for the nearest one behind, with a doubt if another lies nearer ahead."""
    return f"{what} not after the anchor{'; it may be the one ahead' if doubt else ''}"


def doubted(doubt: bool, context: Context) -> str:
    """The EDTF mark for a year that is in doubt."""
    # An analyst who typed the words sees at once what they came out as.
    return "?" if doubt and not context.typed else ""


def day_of_week(match: re.Match[str], context: Context) -> Value | None:
    """`Wednesday`, `last Friday`, `Monday of this week`."""
    which = (match[1] or "").casefold()
    of_week = (match[5] or "").casefold()
    if not capitalised(match, 2, context) or _is_title(match, context):
        return None
    number = WEEKDAYS[match[2].casefold()]
    name = WEEKDAY_NAMES[number]
    if match[3] or which in ("every", "each"):
        return Value("", "recurring: no one day")
    anchor = context.day
    if of_week:
        day = dt.date.fromisoformat(week(anchor, steps_of(of_week))[:10]) + dt.timedelta(number)
        return Value(day.isoformat(), f"the {name} of {of_week} week", weekday=number)
    if which in ("last", "past", "this past"):
        day = weekday_near(shifted(anchor, days=-1), number, -1)
        rule = f"the last {name} before the anchor"
    elif which in ("next", "coming", "this coming"):
        day = weekday_near(shifted(anchor, days=1), number, 1)
        rule = f"the next {name} after the anchor"
    elif which == "this":
        day = weekday_near(weekday_near(anchor, 0, -1), number, 1)
        rule = f"the {name} of the anchor's week"
    elif context.future:
        day = weekday_near(anchor, number, 1)
        rule = f"the nearest {name} ahead: the clause speaks of the future"
    else:
        day = weekday_near(anchor, number, -1)
        rule = f"the nearest {name} not after the anchor"
    return Value(day.isoformat(), rule + _part_note(match[4]), weekday=number)


def _part_note(part: str | None) -> str:
    return f" ({part.casefold()})" if part else ""


def _is_title(match: re.Match[str], context: Context) -> bool:
    if context.typed:
        return False
    before = match.string[max(0, match.start() - 12) : match.start()].split()
    after = match.string[match.end() : match.end() + 16].lstrip().casefold()
    if before and before[-1].casefold() in NO_DAY_BEFORE:
        return True
    return match.string[match.end() : match.end() + 1] == " " and after.startswith(NO_DAY_AFTER)


def near_day(match: re.Match[str], context: Context) -> Value | None:
    """`today`, `yesterday`, `last night`."""
    word = " ".join(match[1].casefold().split())
    if match[1] == "Today" and not context.typed:
        before = match.string[max(0, match.start() - 4) : match.start()].rstrip(" ")
        if before and before[-1] not in '.!?:“”"\n':  # a name: News Today
            return None
    steps = {
        "today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "last night": -1,
        "overnight": 0, "the day before yesterday": -2, "the day after tomorrow": 2,
    }  # fmt: skip
    days = steps.get(word, 0)
    day = shifted(context.day, days=days).isoformat()
    rules = {0: "the anchor's day", -1: "the day before the anchor", 1: "the day after the anchor"}
    part = match[2] or (word.rpartition(" ")[2] if word.startswith("this ") else None)
    if word in ("tonight", "last night"):
        part = "night"
    return Value(day, rules.get(days, f"{abs(days)} days from the anchor") + _part_note(part))
