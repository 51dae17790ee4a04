"""English expressions of time: what they look like, and what each means beside an anchor.

The rules follow what the TIMEX3 guidelines call dates, times and durations; the values are EDTF.
A name of a day or month without more is the nearest one that is not after the anchor, or, where
the clause speaks of the future, the nearest one that is not before it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from tui.analysis import anchors
from tui.analysis.anchors import Context, Value, month, shifted, week, weekday_near
from tui.analysis.edtf import edtf_bounds
from tui.analysis.numerals import DIGITS, ORDINALS, WORDS, count_value
from tui.analysis.time_words import (
    ALL_MONTHS,
    ALL_WEEKDAYS,
    COUNTED,
    FULL_MONTHS,
    FULL_WEEKDAYS,
    MONTH_NAMES,
    MONTHS,
    NO_DAY_AFTER,
    NO_DAY_BEFORE,
    SEASON_START,
    SEASONS,
    UNITS,
    WEEKDAY_NAMES,
    WEEKDAYS,
)

Rule = Callable[["re.Match[str]", Context], Value | None]

_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_SPAN = r"(?:(?:between|from) (?=\d{1,2}(?:st|nd|rd|th)? (?:and|to) ))?"
_SPAN_NAMED = rf"(?:(?:between|from) (?=(?:{ALL_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)? (?:and|to) \d))?"
_JOIN = r"(?:\s?(-|–|—|to|and|through|until)\s?(\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?:,?\s{1,2}(\d{4})\b(?![,.]?\d|\s?%))?"
_UNIT = r"(seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|centur(?:y|ies))"
_COUNT = rf"({DIGITS}|{WORDS}|an?|a\scouple\sof|several|a\sfew|few|many|some|half\san?)"
_ABOUT = r"(?:(about|around|roughly|approximately|nearly|almost|some|over|more\sthan|at\sleast|just\sover|just\sunder|less\sthan|up\sto)\s)?"
_PARTS_OF_DAY = r"(?:\s(?:early\s|late\s)?(morning|afternoon|evening|night|lunchtime|overnight)\b)?"
_SPACE = r"\s{1,3}"
_ZONES = {
    "gmt": "Z", "utc": "Z", "kst": "+09:00", "jst": "+09:00", "est": "-05:00", "edt": "-04:00",
    "cst": "-06:00", "pst": "-08:00", "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00",
    "cest": "+02:00", "eet": "+02:00",
}  # fmt: skip
_REPORTING = re.compile(
    r"\s+(?:said|says|told|was|is|has|had|and|who|Smith|reported|added|wrote|explained)\b"
)


def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", _SPACE), re.IGNORECASE)


def _capital(match: re.Match[str], group: int, context: Context) -> bool:
    return context.typed or match[group][:1].isupper()


# Days


def _iso(match: re.Match[str], _: Context) -> Value | None:
    value = match[0].replace(" ", "T")
    dt.date.fromisoformat(value[:10])
    if re.search(r"[+-]\d{4}$", value[10:]):
        value = f"{value[:-2]}:{value[-2:]}"
    return Value(value, "a date in full")


def _year_first(match: re.Match[str], _: Context) -> Value | None:
    return Value(_full(int(match[1]), int(match[3]), int(match[4])), "a date in full")


def _slashes(match: re.Match[str], _: Context) -> Value | None:
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    if first == second or second > 12:
        return Value(_full(year, first, second), "a date in full")
    if first > 12:
        return Value(_full(year, second, first), "a date in full")
    return Value("", "day and month cannot be told apart")


def _full(year: int, number: int, day: int) -> str:
    return dt.date(year, number, day).isoformat()


def _day_month(match: re.Match[str], context: Context) -> Value | None:
    if not _capital(match, 4, context):
        return None
    return _dated(context, match[5], match[4], match[1], match[2], match[3], match)


def _month_day(match: re.Match[str], context: Context) -> Value | None:
    if not _capital(match, 1, context) or int(match[2]) > 31:
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
        chosen, rule, mark = _near_date(context, number, int(day))
    else:
        chosen = dt.date(int(year), number, int(day))
    edtf = chosen.isoformat()
    if join and last:
        end = chosen.replace(day=int(last)).isoformat()
        if join.casefold() == "and" and not match[0].casefold().startswith("between"):
            return Value("{" + f"{edtf},{end}" + "}", rule, yearless=yearless)
        return Value(f"{edtf}{mark}/{end}{mark}", rule, yearless=yearless)
    return Value(edtf + mark, rule, yearless=yearless)


def _near_date(context: Context, number: int, day: int) -> tuple[dt.date, str, str]:
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
            return found, _not_after("the nearest one", doubt), _doubted(doubt, context)
    raise ValueError


def _not_after(what: str, doubt: bool) -> str:
    return f"{what} not after the anchor{'; it may be the one ahead' if doubt else ''}"


def _doubted(doubt: bool, context: Context) -> str:
    # An analyst who typed the words sees at once what they came out as.
    return "?" if doubt and not context.typed else ""


def _weekday(match: re.Match[str], context: Context) -> Value | None:
    which = (match[1] or "").casefold()
    of_week = (match[5] or "").casefold()
    if not _capital(match, 2, context) or _is_title(match, context):
        return None
    number = WEEKDAYS[match[2].casefold()]
    name = WEEKDAY_NAMES[number]
    if match[3] or which in ("every", "each"):
        return Value("", "recurring: no one day")
    anchor = context.day
    if of_week:
        day = dt.date.fromisoformat(week(anchor, _steps(of_week))[:10]) + dt.timedelta(number)
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


def _near_day(match: re.Match[str], context: Context) -> Value | None:
    word = " ".join(match[1].casefold().split())
    if match[1] == "Today" and not context.typed:
        before = match.string[max(0, match.start() - 16) : match.start()]
        if re.search(r"[A-Z]\w*['’]?\s$", before):  # a name: News Today
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


# Months, seasons, quarters, years


def _month_year(match: re.Match[str], context: Context) -> Value | None:
    if not _capital(match, 1, context):
        return None
    number = MONTHS[match[1].casefold()]
    if match[2]:
        return Value(month(int(match[2]), number), "a month in full")
    year = context.day.year + _steps(match[3])
    return Value(month(year, number), f"the one of {match[3].casefold()} year")


_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|during|from|between|to|and|before|after|through|early|mid|"
    r"late|around|last|next|this|or|as|for|-|–)[\s-]*(?:early|mid|late)?[\s-]*$",
    re.IGNORECASE,
)


def _month_alone(match: re.Match[str], context: Context) -> Value | None:
    which = (match[1] or "").casefold()
    name = match[2].casefold()
    if not context.typed and not which and not _stands_as_month(match):
        return None
    if not _capital(match, 2, context):
        return None
    number = MONTHS[name]
    anchor = context.day
    back = (anchor.month - number) % 12 or (12 if which in ("last", "past", "this past") else 0)
    ahead = (number - anchor.month) % 12 or (12 if which in ("next", "coming") else 0)
    named = MONTH_NAMES[number]
    if which == "this":
        return Value(month(anchor.year, number), f"the {named} of the anchor's year")
    if which in ("last", "past", "this past"):
        return Value(_months_off(anchor, -back), f"the last {named} before the anchor's month")
    if which in ("next", "coming"):
        return Value(_months_off(anchor, ahead), f"the next {named} after the anchor's month")
    if context.future:
        rule = f"the nearest {named} ahead: the clause speaks of the future"
        return Value(_months_off(anchor, ahead), rule, yearless=(number, None))
    doubt = back > 8
    rule = _not_after(f"the nearest {named}", doubt)
    return Value(_months_off(anchor, -back) + _doubted(doubt, context), rule, yearless=(number, None))


def _stands_as_month(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    name = match[2].casefold()
    led = _MONTH_BEFORE.search(text, max(0, start - 16), start) is not None
    after = text[end : end + 24]
    if name in ("may", "march", "april", "june", "august") and not led:
        return False
    if re.match(r"\s+[A-Z][a-z]", after) and not led:
        return False  # a person's name
    return led or not _REPORTING.match(after)


def _months_off(day: dt.date, months: int) -> str:
    moved = shifted(day.replace(day=1), months=months)
    return month(moved.year, moved.month)


def _steps(word: str) -> int:
    return {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(
        word.casefold().rpartition(" ")[2], 0
    )


def _last_unit(match: re.Match[str], context: Context) -> Value | None:
    the, which, unit = match[1], match[2].casefold().rpartition(" ")[2], match[3].casefold()
    anchor = context.day
    steps = _steps(which)
    if the and which in ("last", "past") and unit != "weekend":
        return _trailing(context, 1, unit, -1)
    if the and which == "next":
        return Value("", "relative to a time told in the text")
    if which == "past":
        return _trailing(context, 1, unit, -1)
    words = f"{which} {unit}, counted from the anchor"
    if unit == "week":
        return Value(week(anchor, steps), words)
    if unit == "weekend":
        return Value(_weekend(anchor, steps, which), words)
    if unit == "month":
        return Value(_months_off(anchor, steps), words)
    if unit == "quarter":
        moved = shifted(anchor.replace(day=1), months=3 * steps)
        return Value(f"{moved.year:04d}-{33 + (moved.month - 1) // 3}", words)
    if unit == "decade":
        return Value(f"{anchor.year // 10 + steps:03d}X", words)
    if unit == "century":
        return Value(f"{anchor.year // 100 + steps:02d}XX", words)
    return Value(f"{anchor.year + steps:04d}", words)


def _weekend(anchor: dt.date, steps: int, which: str) -> str:
    if steps > 0 or which == "this":
        saturday = weekday_near(weekday_near(anchor, 0, -1), 5, 1)
        saturday = shifted(saturday, weeks=max(steps, 0) if anchor > saturday else 0)
    else:
        saturday = weekday_near(shifted(anchor, days=-1), 5, -1)
        if anchor == shifted(saturday, days=1):  # on a Sunday the weekend before this one
            saturday = shifted(saturday, weeks=-1)
    return f"{saturday.isoformat()}/{shifted(saturday, days=1).isoformat()}"


def _the_weekend(match: re.Match[str], context: Context) -> Value | None:
    anchor = context.day
    if context.future:
        saturday = weekday_near(anchor, 5, 1)
        rule = "the nearest weekend ahead: the clause speaks of the future"
    else:
        saturday = weekday_near(anchor, 5, -1)
        rule = "the nearest weekend not after the anchor"
    return Value(f"{saturday.isoformat()}/{shifted(saturday, days=1).isoformat()}", rule)


def _the_unit(match: re.Match[str], context: Context) -> Value | None:
    """`the month`, which is the anchor's only with `end of` or `start of` before it."""
    before = match.string[max(0, match.start() - 16) : match.start()].casefold()
    if not re.search(r"\b(?:end|start|beginning)\sof\s$", before):
        return None
    anchor, unit = context.day, match[1].casefold()
    values = {"week": week(anchor), "month": _months_off(anchor, 0), "year": f"{anchor.year:04d}"}
    return Value(values[unit], f"the {unit} of the anchor")


def _earlier_this(match: re.Match[str], context: Context) -> Value | None:
    which, unit = match[1].casefold(), match[2].casefold()
    anchor = context.day
    whole = {"week": week(anchor), "month": _months_off(anchor, 0), "year": f"{anchor.year:04d}"}
    first, last = edtf_bounds(whole[unit])
    today = anchor.isoformat()
    if which == "earlier":
        return Value(f"{first}/{today}", f"from the start of the anchor's {unit} to the anchor")
    return Value(f"{today}/{last}", f"from the anchor to the end of its {unit}")


def _season(match: re.Match[str], context: Context) -> Value | None:
    which, name = (match[1] or "").casefold(), match[2].casefold()
    code = SEASONS[name]
    if match[3]:
        return Value(f"{match[3]}-{code}", "a season in full")
    if match[4]:
        return Value(f"{context.day.year + _steps(match[4])}-{code}", "the one of that year")
    if not which or (which == "in the" and name == "fall" and not context.typed):
        return None
    anchor = context.day
    now = anchor.year * 12 + anchor.month - 1
    begun = anchor.year if anchor.month >= SEASON_START[code] else anchor.year - 1
    age = now - (begun * 12 + SEASON_START[code] - 1)  # months since it began
    if which == "last":
        year, rule = begun - (age < 3), "the last one that had ended"
    elif which == "next":
        year, rule = begun + 1, "the next one to begin"
    elif which == "this":
        this_one = age < 6 if code == 24 else begun == anchor.year
        year, rule = (begun if this_one else begun + 1), "this year's"
    elif context.future:
        year, rule = begun + (age >= 3), "the nearest ahead: the clause speaks of the future"
    else:
        year, rule = begun, "the nearest that began not after the anchor"
    return Value(f"{year:04d}-{code}", rule)


def _quarter(match: re.Match[str], context: Context) -> Value | None:
    number = int(match[1]) if match[1] else ORDINALS[match[2].casefold()]
    year = match[3]
    if year:
        return Value(f"{year}-{32 + number}", "a quarter in full")
    if match[4]:
        return Value(f"{context.day.year + _steps(match[4])}-{32 + number}", "of that year")
    anchor = context.day
    current = (anchor.month - 1) // 3 + 1
    if context.future:
        wanted = anchor.year + (number < current)
        return Value(f"{wanted}-{32 + number}", "the nearest ahead: the clause speaks of the future")
    return Value(
        f"{anchor.year - (number > current)}-{32 + number}",
        "the nearest that began not after the anchor",
    )


_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|from|until|till|of|before|after|during|early|mid|late|around|circa|year|to|"
    r"and|between|through|the|for|summer|winter|spring|autumn|or|back|as|than|-|–)[\s-]*$",
    re.IGNORECASE,
)
_YEAR_AFTER = re.compile(r"\s*(?:$|[,.;:)\]”\"'’]|[-–](?!\d)|\s(?!\d))")
_COUNTS = re.compile(rf"\s+(?:{'|'.join(COUNTED)})\b|\s+[a-z]+-|\s?%", re.IGNORECASE)


def _year(match: re.Match[str], context: Context) -> Value | None:
    text, start, end = match.string, match.start(), match.end()
    if not context.typed:
        before = text[max(0, start - 12) : start]
        led = _YEAR_BEFORE.search(before) is not None
        bracketed = before.endswith("(") and text[end : end + 1] in ")–-"
        if _COUNTS.match(text[end : end + 16]) or re.search(r"[$£€₩#.,:/\w]\s?$", before[-2:]):
            if not led or _COUNTS.match(text[end : end + 16]):
                return None
        if not (led or bracketed):
            return None
        if re.search(r"\b(?:than|about|over)\s*$", before) or not _YEAR_AFTER.match(text[end:][:3]):
            return None
    return Value(match[1], "a year")


def _years(match: re.Match[str], context: Context) -> Value | None:
    first, last = match[1], match[2]
    last = first[: 4 - len(last)] + last
    if int(last) <= int(first) or (int(last) - int(first) > 150 and not context.typed):
        return None
    return Value(f"{first}/{last}", "years from and to")


def _decade(match: re.Match[str], context: Context) -> Value | None:
    if match[1]:
        return Value(f"{match[1][:3]}X", "a decade")
    return Value(f"19{match[2][0]}X", "a decade of the twentieth century")


def _century(match: re.Match[str], _: Context) -> Value | None:
    number = int(match[1])
    return Value(f"{number - 1:02d}XX", "a century") if 1 <= number <= 30 else None


# Counted from the anchor, durations, what recurs


def _ago(match: re.Match[str], context: Context) -> Value | None:
    count = _count(match[2])
    unit = UNITS[match[3].casefold().rstrip("s") if match[3][-1:] in "sS" else match[3].casefold()]
    if count is None:
        return Value("", "how many is not said")
    value = _moved(context, count, unit, -1)
    hedged = match[1] is not None
    return anchors.approximate(value) if hedged or unit in ("weeks", "fortnights") else value


def _from_now(match: re.Match[str], context: Context) -> Value | None:
    count = _count(match[2])
    unit = UNITS[match[3].casefold().rstrip("s")]
    if count is None:
        return Value("", "how many is not said")
    return anchors.approximate(_moved(context, count, unit, 1))


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
        return Value(_months_off(anchor, int(count)), rule)
    days = {"days": 1, "weeks": 7, "fortnights": 14, "weekends": 7}.get(unit, 1)
    return Value(shifted(anchor, days=int(count * days)).isoformat(), rule)


def _moved_hours(context: Context, count: float, unit: str, rule: str) -> Value:
    hours, minutes = map(int, context.clock.split(":"))
    start = dt.datetime.combine(context.day, dt.time(hours, minutes))
    moved = start + dt.timedelta(**{unit: count})
    return Value(moved.isoformat(timespec="minutes"), rule)


def _past_units(match: re.Match[str], context: Context) -> Value | None:
    which = match[1].casefold()
    count = _count(match[3])
    unit = match[4].casefold()
    if count is None:
        return Value("", "how many is not said")
    return _trailing(context, count, unit, 1 if which in ("next", "coming") else -1)


def _trailing(context: Context, count: float, unit: str, direction: int) -> Value:
    unit = UNITS.get(unit.rstrip("s"), unit)
    anchor = context.day
    if unit in ("seconds", "minutes", "hours"):
        return Value("", "duration: shorter than a day")
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


def _told(_match: re.Match[str], _: Context) -> Value | None:
    return Value("", "relative to a time told in the text")


def _recurring(_match: re.Match[str], _: Context) -> Value | None:
    return Value("", "recurring: no one day")


_PLACED = re.compile(r"\b(?:for|in|within|after|over|under|about|around|nearly|almost)\s$", re.I)


def _duration(match: re.Match[str], context: Context) -> Value | None:
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
    return Value("", "duration: no place on the calendar")


# Times of day


def _clock(match: re.Match[str], context: Context) -> Value | None:
    if clock_time(match) is None:
        return None
    return Value("", "a time of day without its day")


def clock_time(match: re.Match[str]) -> str | None:
    """`HH:MM` with its zone, if one is written, of a match of the rule for times of day."""
    words = match[0].casefold()
    if words.startswith(("noon", "midday")):
        return "12:00"
    if match[1]:
        hour = int(match[1])
        if not 1 <= hour <= 12 or int(match[2] or 0) > 59:
            return None
        hour = hour % 12 + (12 if match[3].casefold().startswith("p") else 0)
        return f"{hour:02d}:{match[2] or '00'}{_ZONES.get((match[4] or '').casefold(), '')}"
    return f"{int(match[5]):02d}:{match[6]}{_ZONES.get((match[7] or '').casefold(), '')}"


_ZONE = r"(?:\s?(gmt|utc|kst|jst|est|edt|cst|pst|pdt|bst|cest|cet|eet|local\stime)\b)?"
CLOCK = _regex(
    rf"\b(\d{{1,2}})(?:[:.](\d{{2}}))?\s?([ap]\.m\.|[ap]m\b){_ZONE}"
    rf"|(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?![\d:]){_ZONE}|\bnoon\b|\bmidday\b"
)
_LAST = r"(?:(last|past|this past|this coming|this|next|coming|every|each) )?"
_OF_YEAR = r"(?: (?:of )?(last|this|next) year)"

RULES: Mapping[re.Pattern[str], Rule] = {
    re.compile(
        r"(?<![\d-])\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
    ): _iso,
    re.compile(r"(?<![\d.])(\d{4})([./])\s?(\d{1,2})[./]\s?(\d{1,2})(?![\d])\.?"): _year_first,
    re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)"): _slashes,
    _regex(rf"(?<![\d.,$£€])\b{_SPAN}(?:the )?{_DAY}{_JOIN} (?:of )?({ALL_MONTHS})\b\.?{_YEAR}"): (
        _day_month
    ),
    _regex(rf"\b{_SPAN_NAMED}({ALL_MONTHS})\b\.? (?:the )?{_DAY}\b{_JOIN}(?![,.:]?\d|\s?%|[-–]\d){_YEAR}"): (
        _month_day
    ),
    _regex(rf"\b({ALL_MONTHS})\b\.?,? (?:of )?(?:(\d{{4}})\b(?![,.]?\d)|(?:of )?(last|this|next) year)"): (
        _month_year
    ),
    _regex(rf"\b{_LAST}({FULL_MONTHS})\b"): _month_alone,
    _regex(
        rf"\b{_LAST}({FULL_WEEKDAYS})(s)?\b(?:'s|’s)?{_PARTS_OF_DAY}(?: (?:of )?(last|this|next) week\b)?"
    ): _weekday,
    _regex(
        r"\b(the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|"
        rf"last night|this (?:morning|afternoon|evening)){_PARTS_OF_DAY}\b"
    ): _near_day,
    _regex(
        r"\b(the )?(last|past|this past|this coming|this|next|coming|current)"
        r" (week|weekend|month|quarter|year|decade|century)\b"
    ): _last_unit,
    _regex(r"\b(earlier|later) (?:this|(?:in )?the) (week|month|year)\b"): _earlier_this,
    _regex(r"\b(?:(?:at|over|during|on) )?the weekend\b"): _the_weekend,
    _regex(r"\bthe (week|month|year)\b"): _the_unit,
    _regex(
        r"\b(?:(last|this|next|in the) )?(spring|summer|autumn|fall|winter)\b"
        r"(?:,? (?:of )?(?:(\d{4})\b|(last|this|next) year))?"
    ): _season,
    _regex(
        r"\b(?:q([1-4])|(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)[-\s]quarter)\b"
        r"(?: (?:of )?(?:(\d{4})\b|(last|this|next) year))?"
    ): _quarter,
    re.compile(r"(?<![\w.,$£€-])(\d{4})\s?[-–/]\s?(\d{4}|\d{2})(?![\w-])"): _years,
    re.compile(r"(?<![\d.,$£€/-])((?:1[0-9]|20)\d\d)(?![\d/]|[.,]\d|-\d)"): _year,
    _regex(r"\b(?:the )?(?:(1\d\d0|20\d0)['’]?s|['’]([1-9]0)s)\b"): _decade,
    _regex(r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)[-\s]century\b"): _century,
    _regex(rf"\b{_ABOUT}{_COUNT} {_UNIT} ago\b"): _ago,
    _regex(rf"\b{_ABOUT}{_COUNT} {_UNIT}(?:['’]s?)? (?:from now|hence|time)\b"): _from_now,
    _regex(rf"\b(?:the )?(last|past|previous|next|coming) (about )?{_COUNT} {_UNIT}\b"): (
        _past_units
    ),
    _regex(
        rf"\b{_ABOUT}(?<![$£€.,\d]){_COUNT}(?: |-){_UNIT}\b(?![-\s]old\b|['’]s\s)"
        r"( (?:later|earlier|before|after)\b)?"
    ): _duration,
    _regex(
        r"\b(?:the )?(?:same|following|previous|preceding) "
        r"(?:day|week|month|year|morning|evening|night|weekend|spring|summer|autumn|winter)\b"
        r"|\bthe next (?:day|morning|evening|night)\b|\bthe day (?:before|after)\b"
    ): _told,
    _regex(rf"\b(?:every|each) (?:day|week|month|year|night|morning|weekend|{ALL_WEEKDAYS})\b"): (
        _recurring
    ),
    CLOCK: _clock,
}

_DIGIT = re.compile(r"\d")
_MONTH = re.compile(r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)", re.IGNORECASE)
_A_DAY = re.compile(r"day", re.IGNORECASE)
_A_UNIT = re.compile(r"second|minute|hour|day|night|week|month|year|decade|centur", re.IGNORECASE)
_A_SEASON = re.compile(r"spring|summer|autumn|fall|winter", re.IGNORECASE)
# What must stand somewhere in a sentence for a rule to be worth trying.
GATES: Mapping[Rule, re.Pattern[str]] = {
    **dict.fromkeys((_iso, _year_first, _slashes, _years, _year, _decade, _century), _DIGIT),
    **dict.fromkeys((_day_month, _month_day, _month_year, _month_alone), _MONTH),
    **dict.fromkeys((_ago, _from_now, _past_units, _duration, _told, _the_unit), _A_UNIT),
    **dict.fromkeys((_recurring, _earlier_this, _the_weekend), _A_UNIT),
    _weekday: _A_DAY,
    _season: _A_SEASON,
    _quarter: re.compile(r"quarter|\bq\d", re.IGNORECASE),
    _clock: re.compile(r"\d|noon|midday", re.IGNORECASE),
}
