"""English months, seasons, quarters, years and the like: what each means beside an anchor."""

from __future__ import annotations

import datetime as dt
import re

from tui.analysis.anchors import Context, Value, month, shifted, week, weekday_near
from tui.analysis.edtf import edtf_bounds
from tui.analysis.english_counts import trailing
from tui.analysis.english_days import (
    capitalised,
    doubted,
    months_off,
    not_after,
    runs_till,
    steps_of,
)
from tui.analysis.numerals import ORDINALS
from tui.analysis.time_words import COUNTED, MONTH_NAMES, MONTHS, SEASON_START, SEASONS

_REPORTING = re.compile(
    r"\s+(?:said|says|told|was|is|has|had|and|who|reported|added|wrote|explained)\b"
)


def month_year(match: re.Match[str], context: Context) -> Value | None:
    """`November 2024`, `November last year`."""
    if not capitalised(match, 1, context):
        return None
    number = MONTHS[match[1].casefold()]
    if match[2]:
        return Value(month(int(match[2]), number), "a month in full")
    year = context.day.year + steps_of(match[3])
    return Value(month(year, number), f"the one of {match[3].casefold()} year")


_MONTH_BEFORE = re.compile(
    r"\b(?:in|since|until|till|by|of|during|from|between|to|and|before|after|through|early|mid|"
    r"late|around|last|next|this|or|as|for|-|–)[\s-]*(?:early|mid|late)?[\s-]*$",
    re.IGNORECASE,
)

# Before `by`, `of` or `and` it may be a person's.
_MONTH_SURELY = re.compile(
    r"\b(?:in|since|until|till|during|from|between|through|early|mid|late|around|last|next|this|"
    r"end\sof|start\sof|beginning\sof|middle\sof|month\sof)[\s-]*(?:early|mid|late)?[\s-]*$",
    re.IGNORECASE,
)


def month_alone(match: re.Match[str], context: Context) -> Value | None:
    """`last November`, `in March`; None where the word is no month."""
    which = (match[1] or "").casefold()
    name = match[2].casefold()
    if not context.typed and not which and not _stands_as_month(match):
        return None
    if not capitalised(match, 2, context):
        return None
    number = MONTHS[name]
    anchor = context.day
    back = (anchor.month - number) % 12 or (12 if which in ("last", "past", "this past") else 0)
    ahead = (number - anchor.month) % 12 or (12 if which in ("next", "coming") else 0)
    named = MONTH_NAMES[number]
    if which == "this":
        return Value(month(anchor.year, number), f"the {named} of the anchor's year")
    if which in ("last", "past", "this past"):
        return Value(months_off(anchor, -back), f"the last {named} before the anchor's month")
    if which in ("next", "coming"):
        return Value(months_off(anchor, ahead), f"the next {named} after the anchor's month")
    if context.future:
        rule = f"the nearest {named} ahead: the clause speaks of the future"
        return Value(months_off(anchor, ahead), rule, yearless=(number, None))
    doubt = back > 8
    mark = doubted(doubt, context)
    if doubt and (
        runs_till(match)
        or _ENDS_TILL.search(match.string, max(0, match.start() - 32), match.start())
    ):
        rule = f"the nearest {named}; it may be the one behind"
        return Value(months_off(anchor, ahead) + mark, rule, yearless=(number, None))
    rule = not_after(f"the nearest {named}", doubt)
    return Value(months_off(anchor, -back) + mark, rule, yearless=(number, None))


_ENDS_TILL = re.compile(
    r"\b(?:by|until|till|before)\sthe\s(?:end|middle|start)\sof\s$", re.IGNORECASE
)


def _stands_as_month(match: re.Match[str]) -> bool:
    text, start, end = match.string, match.start(), match.end()
    name = match[2].casefold()
    led = _MONTH_BEFORE.search(text, max(0, start - 16), start) is not None
    after = text[end : end + 24]
    strong = _MONTH_SURELY.search(text, max(0, start - 16), start) is not None
    if name in ("may", "march", "april", "june", "august") and not led:
        return False
    if (name == "may" or re.match(r"\s+[A-Z][a-z]", after)) and not strong:
        return False  # a person's name
    return led or not _REPORTING.match(after)


def last_unit(match: re.Match[str], context: Context) -> Value | None:
    """`last week`, `this year`, `next month`."""
    the, which, unit = match[1], match[2].casefold().rpartition(" ")[2], match[3].casefold()
    anchor = context.day
    steps = steps_of(which)
    if the and which in ("last", "past") and unit != "weekend":
        return trailing(context, 1, unit, -1)
    if the and which == "next":
        return Value("", "relative to a time told in the text")
    if which == "past":
        return trailing(context, 1, unit, -1)
    words = f"{which} {unit}, counted from the anchor"
    if unit == "week":
        return Value(week(anchor, steps), words)
    if unit == "weekend":
        return Value(_weekend(anchor, steps, which), words)
    if unit == "month":
        return Value(months_off(anchor, steps), words)
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


def the_weekend(_: re.Match[str], context: Context) -> Value | None:
    """`over the weekend`."""
    anchor = context.day
    if context.future:
        saturday = weekday_near(anchor, 5, 1)
        rule = "the nearest weekend ahead: the clause speaks of the future"
    else:
        saturday = weekday_near(anchor, 5, -1)
        rule = "the nearest weekend not after the anchor"
    return Value(f"{saturday.isoformat()}/{shifted(saturday, days=1).isoformat()}", rule)


def the_unit(match: re.Match[str], context: Context) -> Value | None:
    """`the month`, which is the anchor's only with `end of` or `start of` before it."""
    before = match.string[max(0, match.start() - 16) : match.start()].casefold()
    if not re.search(r"\b(?:end|start|beginning)\sof\s$", before):
        return None
    anchor, unit = context.day, match[1].casefold()
    values = {"week": week(anchor), "month": months_off(anchor, 0), "year": f"{anchor.year:04d}"}
    return Value(values[unit], f"the {unit} of the anchor")


def earlier_this(match: re.Match[str], context: Context) -> Value | None:
    """`earlier this month`, `later in the year`: up to the anchor, or from it."""
    which, unit = match[1].casefold(), match[2].casefold()
    anchor = context.day
    whole = {"week": week(anchor), "month": months_off(anchor, 0), "year": f"{anchor.year:04d}"}
    first, last = edtf_bounds(whole[unit])
    today = anchor.isoformat()
    if which == "earlier":
        return Value(f"{first}/{today}", f"from the start of the anchor's {unit} to the anchor")
    return Value(f"{today}/{last}", f"from the anchor to the end of its {unit}")


def season(match: re.Match[str], context: Context) -> Value | None:
    """`last summer`, `winter 2024`; 21 to 24 after the year."""
    which, name = (match[1] or "").casefold(), match[2].casefold()
    code = SEASONS[name]
    if match[3]:
        return Value(f"{match[3]}-{code}", "a season in full")
    if match[4]:
        return Value(f"{context.day.year + steps_of(match[4])}-{code}", "the one of that year")
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


def year_season(match: re.Match[str], _: Context) -> Value | None:
    """`the 2024 autumn`."""
    return Value(f"{match[1]}-{SEASONS[match[2].casefold()]}", "a season in full")


def quarter(match: re.Match[str], context: Context) -> Value | None:
    """`the third quarter`, `Q1 2024`; 33 to 36 after the year."""
    number = int(match[1]) if match[1] else ORDINALS[match[2].casefold()]
    year = match[3]
    if year:
        return Value(f"{year}-{32 + number}", "a quarter in full")
    if match[4]:
        return Value(f"{context.day.year + steps_of(match[4])}-{32 + number}", "of that year")
    anchor = context.day
    current = (anchor.month - 1) // 3 + 1
    if context.future:
        wanted = anchor.year + (number < current)
        return Value(
            f"{wanted}-{32 + number}", "the nearest ahead: the clause speaks of the future"
        )
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
_COMPARED = re.compile(r"\b(?:than|about|over)\s*$")
_COUNTS = re.compile(rf"\s+(?:{'|'.join(COUNTED)})\b|\s+[a-z]+-|\s?%", re.IGNORECASE)


def one_year(match: re.Match[str], context: Context) -> Value | None:
    """`in 2024`; None where the number counts something."""
    text, start, end = match.string, match.start(), match.end()
    if context.typed:
        return Value(match[1], "a year")
    before = text[max(0, start - 12) : start]
    led = _YEAR_BEFORE.search(before) is not None
    bracketed = before.endswith("(") and text[end : end + 1] in ")–-"
    if not (led or bracketed) or _COUNTS.match(text[end : end + 16]):
        return None
    if _COMPARED.search(before) or not _YEAR_AFTER.match(text[end : end + 3]):
        return None
    return Value(match[1], "a year")


def span_of_years(match: re.Match[str], context: Context) -> Value | None:
    """`2019-2021`, `1998/99`."""
    first, last = match[1], match[2]
    last = first[: 4 - len(last)] + last
    if int(last) <= int(first) or (int(last) - int(first) > 150 and not context.typed):
        return None
    return Value(f"{first}/{last}", "years from and to")


def decade(match: re.Match[str], _: Context) -> Value | None:
    """`the 1990s`, `'90s`."""
    if match[1]:
        return Value(f"{match[1][:3]}X", "a decade")
    return Value(f"19{match[2][0]}X", "a decade of the twentieth century")


def century(match: re.Match[str], _: Context) -> Value | None:
    """`the 19th century`."""
    number = int(match[1])
    return Value(f"{number - 1:02d}XX", "a century") if 1 <= number <= 30 else None
