"""English expressions of time: what they look like, and what each means beside an anchor.

The rules follow what the TIMEX3 guidelines call dates, times and durations; the values are EDTF.
A name of a day or month without more is the nearest one that is not after the anchor, or, where
the clause speaks of the future, the nearest one that is not before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from tui.analysis.anchors import Context, Value
from tui.analysis.english_counts import (
    ago,
    duration,
    from_now,
    past_units,
    present,
    recurring,
    told,
)
from tui.analysis.english_days import (
    day_month,
    day_of_week,
    iso_date_time,
    month_day,
    near_day,
    slashes,
    year_first,
)
from tui.analysis.english_periods import (
    century,
    decade,
    earlier_this,
    last_unit,
    month_alone,
    month_year,
    one_year,
    quarter,
    season,
    span_of_years,
    the_unit,
    the_weekend,
    year_season,
)
from tui.analysis.numerals import DIGITS, WORDS
from tui.analysis.time_words import ALL_MONTHS, ALL_WEEKDAYS, FULL_MONTHS, FULL_WEEKDAYS

Rule = Callable[["re.Match[str]", Context], Value | None]

_DAY = r"(\d{1,2})(?:st|nd|rd|th)?"
_SPAN = r"(?:(?:between|from) (?=\d{1,2}(?:st|nd|rd|th)? (?:and|to) ))?"
_SPAN_NAMED = (
    rf"(?:(?:between|from) (?=(?:{ALL_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)? (?:and|to) \d))?"
)
_JOIN = r"(?:\s?(-|–|—|to|and|through|until)\s?(\d{1,2})(?:st|nd|rd|th)?)?"
_YEAR = r"(?:,?\s{1,2}(\d{4})\b(?![,.]?\d|\s?%))?"
_UNIT = (
    r"(seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|fortnights?|months?|years?|decades?|"
    r"centur(?:y|ies))"
)
_COUNT = rf"({DIGITS}|{WORDS}|an?|a\scouple\sof|several|a\sfew|few|many|some|half\san?)"
_ABOUT = (
    r"(?:(about|around|roughly|approximately|nearly|almost|some|over|more\sthan|at\sleast|"
    r"just\sover|just\sunder|less\sthan|up\sto)\s)?"
)
_PARTS_OF_DAY = r"(?:\s(?:early\s|late\s)?(morning|afternoon|evening|night|lunchtime|overnight)\b)?"
_SPACE = r"\s{1,3}"
_ZONES = {
    "gmt": "Z", "utc": "Z", "kst": "+09:00", "jst": "+09:00", "est": "-05:00", "edt": "-04:00",
    "cst": "-06:00", "pst": "-08:00", "pdt": "-07:00", "bst": "+01:00", "cet": "+01:00",
    "cest": "+02:00", "eet": "+02:00",
}  # fmt: skip


def _regex(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern.replace(" ", _SPACE), re.IGNORECASE)


# Times of day


def _clock(match: re.Match[str], _: Context) -> Value | None:
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
        r"(?<![\d-])\d{4}-\d{2}-\d{2}"
        r"(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
    ): iso_date_time,
    re.compile(r"(?<![\d.])(\d{4})([./])\s?(\d{1,2})[./]\s?(\d{1,2})(?![\d])\.?"): year_first,
    re.compile(r"(?<![\d/.])(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)"): slashes,
    _regex(rf"(?<![\d.,$£€])\b{_SPAN}(?:the )?{_DAY}{_JOIN} (?:of )?({ALL_MONTHS})\b\.?{_YEAR}"): (
        day_month
    ),
    _regex(
        rf"\b{_SPAN_NAMED}({ALL_MONTHS})\b\.? (?:the )?{_DAY}\b{_JOIN}"
        rf"(?![,.:]?\d|\s?%|[-–]\d){_YEAR}"
    ): (month_day),
    _regex(
        rf"\b({ALL_MONTHS})\b\.?,? (?:of )?(?:(\d{{4}})\b(?![,.]?\d)|(?:of )?(last|this|next) year)"
    ): (month_year),
    _regex(rf"\b{_LAST}({FULL_MONTHS})\b"): month_alone,
    _regex(
        rf"\b{_LAST}({FULL_WEEKDAYS})(s)?\b(?:'s|’s)?{_PARTS_OF_DAY}"
        r"(?: (?:of )?(last|this|next) week\b)?"
    ): day_of_week,
    _regex(
        r"\b(the day before yesterday|the day after tomorrow|today|yesterday|tomorrow|tonight|"
        rf"last night|this (?:morning|afternoon|evening)){_PARTS_OF_DAY}\b"
    ): near_day,
    _regex(
        r"\b(the )?(last|past|this past|this coming|this|next|coming|current)"
        r" (week|weekend|month|quarter|year|decade|century)\b"
    ): last_unit,
    _regex(r"\b(earlier|later) (?:this|(?:in )?the) (week|month|year)\b"): earlier_this,
    _regex(r"\b(?:(?:at|over|during|on) )?the weekend\b"): the_weekend,
    _regex(r"\bthe (week|month|year)\b"): the_unit,
    _regex(
        r"\b(?:(last|this|next|in the) )?(spring|summer|autumn|fall|winter)\b"
        r"(?:,? (?:of )?(?:(\d{4})\b|(last|this|next) year))?"
    ): season,
    _regex(r"(?<![\d.,$£€/-])\b((?:19|20)\d\d) (spring|summer|autumn|winter)\b"): year_season,
    _regex(
        r"\b(?:q([1-4])|(?:the )?(first|second|third|fourth|1st|2nd|3rd|4th)[-\s]quarter)\b"
        r"(?: (?:of )?(?:(\d{4})\b|(last|this|next) year))?"
    ): quarter,
    re.compile(r"(?<![\w.,$£€-])(\d{4})\s?[-–/]\s?(\d{4}|\d{2})(?![\w-])"): span_of_years,
    re.compile(
        r"(?:(?<=mid-)|(?<=Mid-)|(?<![\d.,$£€/-]))((?:1[0-9]|20)\d\d)(?![\d/]|[.,]\d|-\d)"
    ): one_year,
    _regex(r"\b(?:the )?(?:(1\d\d0|20\d0)['’]?s|['’]([1-9]0)s)\b"): decade,
    _regex(r"\b(?:the )?(\d{1,2})(?:st|nd|rd|th)[-\s]century\b"): century,
    _regex(rf"\b{_ABOUT}{_COUNT} {_UNIT} ago\b"): ago,
    _regex(rf"\b{_ABOUT}{_COUNT} {_UNIT}(?:['’]s?)? (?:from now|hence|time)\b"): from_now,
    _regex(rf"\b(?:the )?(last|past|previous|next|coming) (about )?{_COUNT} {_UNIT}\b"): (
        past_units
    ),
    _regex(
        rf"\b{_ABOUT}(?<![$£€.,\d]){_COUNT}(?: |-){_UNIT}\b(?![-\s]old\b|['’]s\s)"
        r"( (?:later|earlier|before|after)\b)?"
    ): duration,
    _regex(
        r"\b(?:the )?(?:same|following|previous|preceding) "
        r"(?:day|week|month|year|morning|evening|night|weekend|spring|summer|autumn|winter)\b"
        r"|\bthe next (?:day|morning|evening|night)\b|\bthe day (?:before|after)\b"
    ): told,
    _regex(rf"\b(?:every|each) (?:day|week|month|year|night|morning|weekend|{ALL_WEEKDAYS})\b"): (
        recurring
    ),
    _regex(r"\b(?:daily|nightly|weekly|monthly|quarterly|yearly|annually)\b(?!-)"): recurring,
    _regex(r"\b(?:right )?now\b(?!-)|\b(?:in )?the (?:near |foreseeable |distant )?future\b"): (
        present
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
    **dict.fromkeys(
        (iso_date_time, year_first, slashes, span_of_years, one_year, decade, century), _DIGIT
    ),
    **dict.fromkeys((day_month, month_day, month_year, month_alone), _MONTH),
    **dict.fromkeys((ago, from_now, past_units, duration, told, the_unit), _A_UNIT),
    **dict.fromkeys((earlier_this, the_weekend), _A_UNIT),
    recurring: re.compile(
        r"every|each|(?:dai|night|week|month|quarter|year|annual)ly", re.IGNORECASE
    ),
    present: re.compile(r"now|future", re.IGNORECASE),
    day_of_week: _A_DAY,
    season: _A_SEASON,
    year_season: _A_SEASON,
    quarter: re.compile(r"quarter|\bq\d", re.IGNORECASE),
    _clock: re.compile(r"\d|noon|midday", re.IGNORECASE),
}
