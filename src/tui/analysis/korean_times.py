"""Korean expressions of time. A day or month without more is the nearest not after the anchor."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping

from tui.analysis import anchors
from tui.analysis.anchors import Context, Value, month, part_of, shifted, week, weekday_near
from tui.analysis.english_counts import lasting
from tui.analysis.numerals import KOREAN_DAYS, KOREAN_NATIVE
from tui.analysis.time_words import (
    KOREAN_DAYS_NEAR,
    KOREAN_MONTHS,
    KOREAN_PARTS,
    KOREAN_SEASONS,
    KOREAN_UNITS,
    KOREAN_WEEKDAYS,
    KOREAN_WEEKS,
    KOREAN_YEARS,
)

Rule = Callable[["re.Match[str]", Context], Value | None]


def _any(words: Mapping[str, object]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_YEARS = _any({word: 0 for word in KOREAN_YEARS if word != "올"})
_NATIVE = _any({**KOREAN_NATIVE, **KOREAN_DAYS})
_PART = rf"(?:\s?({_any(KOREAN_PARTS)})(?![가-힣]*(?:기지|했|하))?)?"
_FRONT = r"(?<![가-힣\d.,])"
_COUNTED = rf"((?:\d{{1,4}}|{_NATIVE})(?=여?\s?\D))여?\s?({_any(KOREAN_UNITS)})"
_DURATION_AFTER = (
    r"(?:\s?(?:간|동안|째|넘게|가까이|이상|이내|만에|만의|만이(?=다|었|라)|여|남짓)|\s?내내)"
)
_RELATIVE_DAY = {"지난": -1, "오는": 1, "이번": 0, "다음": 1}

# A bare day so long ago would be called one of last month: it may well lie ahead.
_DAYS_IN_DOUBT = 14
_MONTHS_IN_DOUBT = 9


def _doubted(value: Value, doubt: bool, context: Context) -> Value:
    if not doubt or context.typed:
        return value
    return value._replace(
        edtf=f"{value.edtf}?", rule=f"{value.rule}; it may be the one ahead", qualifier="uncertain"
    )


def _full(match: re.Match[str], _: Context) -> Value | None:
    year, number, day, part = int(match[1]), match[2], match[3], match[4]
    if number is None:
        edtf = f"{year:04d}"
    elif day is None:
        edtf = month(year, _month_number(number))
    else:
        return Value(dt.date(year, int(number), int(day)).isoformat(), "a date in full")
    return _with_part(edtf, part, "a date in full")


def _month_number(digits: str) -> int:
    number = int(digits)
    if not 1 <= number <= 12:
        raise ValueError
    return number


def _with_part(edtf: str, part: str | None, rule: str) -> Value:
    return Value(part_of(edtf, KOREAN_PARTS[part]) if part else edtf, rule)


def _of_year(match: re.Match[str], context: Context) -> Value | None:
    year = context.day.year + KOREAN_YEARS[match[1]]
    rule = f"{match[1]}: the year {year}"
    if match[2] is None:
        return _with_part(f"{year:04d}", match[4], rule)
    if match[3] is None:
        return _with_part(month(year, _month_number(match[2])), match[4], rule)
    return Value(dt.date(year, int(match[2]), int(match[3])).isoformat(), rule)


def _of_month(match: re.Match[str], context: Context) -> Value | None:
    moved = shifted(context.day.replace(day=1), months=KOREAN_MONTHS[match[1]])
    rule = f"{match[1]}: counted from the anchor's month"
    if match[2]:
        return Value(moved.replace(day=int(match[2])).isoformat(), rule)
    return _with_part(month(moved.year, moved.month), match[3], rule)


def _of_week(match: re.Match[str], context: Context) -> Value | None:
    weeks = KOREAN_WEEKS[match[1]]
    rule = f"{match[1]}: counted from the anchor's week"
    if match[2]:
        monday = weekday_near(shifted(context.day, weeks=weeks), 0, -1)
        return Value(shifted(monday, days=KOREAN_WEEKDAYS[match[2]]).isoformat(), rule)
    return _with_part(week(context.day, weeks), match[3], rule)


def _near_day(match: re.Match[str], context: Context) -> Value | None:
    day = shifted(context.day, days=KOREAN_DAYS_NEAR[match[1]])
    return Value(day.isoformat(), f"{match[1]}: counted from the anchor's day")


def _month_day(match: re.Match[str], context: Context) -> Value | None:
    which, number, day, part = match[1], _month_number(match[2]), match[3], match[4]
    anchor = context.day
    ahead = which in ("오는", "다음") or (which is None and context.future)
    rule = "the nearest one ahead" if ahead else "the nearest one not after the anchor"
    if day is None:
        away = (number - anchor.month) % 12 if ahead else -((anchor.month - number) % 12)
        if away == 0 and which in ("지난", "다음", "오는"):
            away = 12 if ahead else -12
        moved = shifted(anchor.replace(day=1), months=away)
        value = _with_part(month(moved.year, moved.month), part, rule)
        doubt = which is None and -away > _MONTHS_IN_DOUBT and not part
        return _doubted(value, doubt, context)._replace(yearless=(number, None))
    for years in range(9):
        try:
            found = dt.date(anchor.year + (years if ahead else -years), number, int(day))
        except ValueError:  # 29 February
            continue
        if (found >= anchor) if ahead else (found <= anchor):
            doubt = which is None and (anchor - found).days > 30 * _MONTHS_IN_DOUBT
            value = Value(found.isoformat(), rule, yearless=(number, int(day)))
            return _doubted(value, doubt, context)
    raise ValueError


def _day(match: re.Match[str], context: Context) -> Value | None:
    which, wanted = match[1], int(match[2])
    if not 1 <= wanted <= 31:
        return None
    anchor = context.day
    ahead = which in ("오는", "다음") or (which is None and context.future)
    for months in range(4):
        first = shifted(anchor.replace(day=1), months=months if ahead else -months)
        try:
            found = first.replace(day=wanted)
        except ValueError:
            continue
        if (found >= anchor) if ahead else (found <= anchor):
            rule = "the nearest one ahead" if ahead else "the nearest one not after the anchor"
            doubt = which is None and (anchor - found).days > _DAYS_IN_DOUBT
            return _doubted(Value(found.isoformat(), rule), doubt, context)
    raise ValueError


def _weekday(match: re.Match[str], context: Context) -> Value | None:
    which, number = match[1], KOREAN_WEEKDAYS[match[2]]
    anchor = context.day
    if which in ("매주", "매"):
        return Value("", "recurring: no one day")
    if which == "지난":
        day, rule = weekday_near(shifted(anchor, days=-1), number, -1), "the last before the anchor"
    elif which in ("오는", "다음") or (which is None and context.future):
        day, rule = weekday_near(shifted(anchor, days=1), number, 1), "the next after the anchor"
    elif which == "이번":
        monday = weekday_near(anchor, 0, -1)
        day, rule = weekday_near(monday, number, 1), "of the anchor's week"
    else:
        day, rule = weekday_near(anchor, number, -1), "the nearest one not after the anchor"
    return Value(day.isoformat(), rule, weekday=number)


def _ago(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _counted(match, 2)
    back = match[match.re.groups] == "전"
    direction = -1 if back else 1
    rule = f"{count} {unit} {'before' if back else 'after'} the anchor"
    anchor = context.day
    if unit in ("hours", "minutes"):
        return Value("", "relative, and shorter than a day")
    if unit == "years":
        value = Value(f"{shifted(anchor, years=count * direction).year:04d}", rule)
    elif unit == "months":
        moved = shifted(anchor.replace(day=1), months=count * direction)
        value = Value(month(moved.year, moved.month), rule)
    else:
        days = count * (7 if unit == "weeks" else 1) * direction
        value = Value(shifted(anchor, days=days).isoformat(), rule)
    return anchors.approximate(value) if match[1] or unit == "weeks" else value


def _counted(match: re.Match[str], group: int) -> tuple[int, str]:
    if match[group] in KOREAN_DAYS and not match[group + 1]:
        return KOREAN_DAYS[match[group]], "days"
    count = match[group]
    number = int(count) if count.isdigit() else KOREAN_NATIVE.get(count, 0)
    return number, KOREAN_UNITS[match[group + 1]]


def _trailing(match: re.Match[str], context: Context) -> Value | None:
    count, unit = _counted(match, 2)
    anchor = context.day
    if unit in ("hours", "minutes"):
        return lasting(count, unit)
    amounts = {
        "days": {"days": -count}, "weeks": {"weeks": -count},
        "months": {"months": -count}, "years": {"years": -count},
    }[unit]  # fmt: skip
    far = shifted(anchor, **amounts).isoformat()
    return Value(f"{far}~/{anchor.isoformat()}", f"{count} {unit} up to the anchor")


def _duration(match: re.Match[str], _: Context) -> Value | None:
    if match[1] is None:
        named = next((n for word, n in KOREAN_DAYS.items() if word in match[0]), None)
        return lasting(named, "days")
    return lasting(*_counted(match, 1))


def _season(match: re.Match[str], context: Context) -> Value | None:
    which, code = match[1], KOREAN_SEASONS[match[2]]
    anchor = context.day
    first = {21: 3, 22: 6, 23: 9, 24: 12}[code]
    begun = anchor.year - (anchor.month < first)
    age = (anchor.year - begun) * 12 + anchor.month - first
    if which in ("올", "이번"):
        same = age < 6 if code == 24 else begun == anchor.year
        return Value(f"{begun if same else begun + 1}-{code}", "this year's")
    return Value(f"{begun - (age < 3)}-{code}", "the last one that had ended")


def _quarter(match: re.Match[str], context: Context) -> Value | None:
    year = int(match[1]) if match[1] else None
    if year is None and match[2]:
        year = context.day.year + KOREAN_YEARS[match[2]]
    code = 32 + int(match[3]) if match[3] else (40 if match[4] == "상" else 41)
    if year is None:
        anchor = context.day
        begins = (int(match[3]) - 1) * 3 + 1 if match[3] else (1 if match[4] == "상" else 7)
        year = anchor.year - (anchor.month < begins and not context.future)
    return Value(f"{year:04d}-{code}", "of that year")


def _decade(match: re.Match[str], _: Context) -> Value | None:
    return Value(f"{match[1][:3]}X", "a decade")


def _told(_match: re.Match[str], _: Context) -> Value | None:
    return Value("", "relative to a time told in the text")


def _clock(match: re.Match[str], _: Context) -> Value | None:
    return Value("", "a time of day without its day") if clock_time(match) else None


def clock_time(match: re.Match[str]) -> str | None:
    """`HH:MM` of a match of the rule for times of day."""
    if match[5]:
        return f"{int(match[5]) % 24:02d}:{int(match[6] or 0):02d}"
    hour = int(match[2])
    if hour > 24 or (match[1] in ("오전", "오후") and hour > 12):
        return None
    if match[1] in ("오후", "저녁", "밤") and hour < 12:
        hour += 12
    if match[1] in ("오전", "새벽") and hour == 12:
        hour = 0
    minute = "30" if match[4] else f"{int(match[3] or 0):02d}"
    return f"{hour % 24:02d}:{minute}" if match[1] else None


CLOCK = re.compile(
    rf"{_FRONT}(?:(오전|오후|새벽|저녁|밤|낮)\s?(\d{{1,2}})시(?:\s?(?:(\d{{1,2}})분|(반)))?|"
    r"(0\d|1[3-9]|2[0-4])시(?:\s?(\d{1,2})분)?(?!간))"
)
_MONTH_DAY = r"(\d{1,2})월(?:\s?(\d{1,2})일)?"

RULES: Mapping[re.Pattern[str], Rule] = {
    re.compile(
        rf"(?<!\d)(\d{{4}})년(?:\s?(\d{{1,2}})월(?:\s?(\d{{1,2}})일)?)?(?!\s?(?:간|동안|대)){_PART}"
    ): _full,
    re.compile(rf"{_FRONT}({_YEARS})(?:\s?{_MONTH_DAY})?{_PART}"): _of_year,
    # 전달 is also to hand over.
    re.compile(
        rf"{_FRONT}(?!전달(?!보다|\s?대비|에\s비해))({_any(KOREAN_MONTHS)})(?:\s?(\d{{1,2}})일)?{_PART}"
    ): _of_month,
    re.compile(rf"{_FRONT}({_any(KOREAN_WEEKS)})(?:\s?([월화수목금토일])요일)?{_PART}"): _of_week,
    re.compile(rf"{_FRONT}({_any(KOREAN_DAYS_NEAR)})(?![가-힣]*날)"): _near_day,
    re.compile(rf"{_FRONT}(?:(지난|오는|이번|다음)\s?)?{_MONTH_DAY}(?!\s?(?:간|동안)){_PART}"): (
        _month_day
    ),
    re.compile(
        rf"{_FRONT}(?:(지난|오는|이번)\s)?(\d{{1,2}})일(?!{_DURATION_AFTER}|\s?[전뒤후]|\d)"
    ): (_day),
    re.compile(rf"{_FRONT}(?:(지난|오는|이번|다음|매주|매)\s?)?([월화수목금토일])요일"): _weekday,
    re.compile(rf"{_FRONT}(약\s|대략\s)?{_COUNTED}(?:여)?\s?(전|뒤|후)(?![가-힣]*쟁)"): _ago,
    re.compile(rf"{_FRONT}(약\s|대략\s)?({_any(KOREAN_DAYS)})()\s?(전|뒤|후)"): _ago,
    re.compile(rf"{_FRONT}(지난|최근)\s?(?:약\s)?{_COUNTED}\s?(?:간|동안|새)"): _trailing,
    re.compile(
        rf"{_FRONT}(?:(?:약|거의|최소|최대|지난|최근)\s)?(?:{_COUNTED}|{_any(KOREAN_DAYS)})"
        rf"{_DURATION_AFTER}"
    ): _duration,
    re.compile(rf"{_FRONT}(올|지난|이번|지난해\s|작년\s)\s?(봄|여름|가을|겨울)"): _season,
    re.compile(
        rf"(?:(?<!\d)(\d{{4}})년\s?|{_FRONT}({_YEARS})\s?)?(?<!\d)(?:([1-4])분기|(상|하)반기)"
    ): _quarter,
    re.compile(r"(?<!\d)((?:1\d|20)\d0)년대"): _decade,
    re.compile(rf"{_FRONT}(?:전날|당일|이튿날|다음\s?날|같은\s?날|이날)(?=[\s은에의,.]|$)"): _told,
    CLOCK: _clock,
}
SUFFIXES = re.compile(r"\s?(?:(께|경|쯤|무렵)\s?)?(부터|이후|이래|까지|이전)?")
BOUNDS = {"부터": "since", "이후": "since", "이래": "since", "까지": "until", "이전": "before"}
FUTURE = re.compile(r"예정|계획|할\s것|방침|전망|앞두")
