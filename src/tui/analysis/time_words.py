"""Words of time expressions, English and Korean: data only."""

from __future__ import annotations

MONTHS = {
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sept": 9, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
FULL_MONTHS = "|".join(name for name in MONTHS if len(name) > 4 or name in ("may", "june", "july"))
ALL_MONTHS = "|".join(sorted(MONTHS, key=len, reverse=True))
MONTH_NAMES = (
    "", "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
WEEKDAYS = {
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5,
    "sunday": 6, "mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3,
    "fri": 4, "sat": 5, "sun": 6,
}  # fmt: skip
FULL_WEEKDAYS = "|".join(name for name in WEEKDAYS if name.endswith("day"))
ALL_WEEKDAYS = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
WEEKDAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
SEASON_START = {21: 3, 22: 6, 23: 9, 24: 12}
UNITS = {
    "minute": "minutes", "hour": "hours", "day": "days", "night": "days", "week": "weeks",
    "fortnight": "fortnights", "weekend": "weekends", "month": "months", "quarter": "quarters",
    "year": "years", "decade": "decades", "century": "centuries", "centurie": "centuries",
    "second": "seconds",
}  # fmt: skip
PARTS = {
    "early": "early", "mid": "mid", "middle": "mid", "late": "late", "beginning": "start",
    "start": "start", "opening": "start", "end": "end", "close": "end", "first half": "first",
    "second half": "second", "latter half": "second", "latter part": "second",
    "early part": "early",
}  # fmt: skip
BOUNDS = {
    "since": "since", "from": "since", "starting": "since", "beginning": "since",
    "as of": "since", "until": "until", "till": "until", "til": "until", "up to": "until",
    "through": "until", "up until": "until", "by": "until", "no later than": "until",
    "not later than": "until", "before": "before", "prior to": "before", "ahead of": "before",
    "after": "after", "following": "after", "not before": "since",
}  # fmt: skip
# What a day's or month's name is part of when it is no time.
NO_DAY_AFTER = (
    "times", "telegraph", "mirror", "express", "mail", "herald", "night live", "agreement",
    "prayers", "school", "best", "star", "post", "independent", "night football", "league",
)  # fmt: skip
NO_DAY_BEFORE = ("good", "black", "bloody", "holy", "ash", "palm", "easter", "cyber", "super")
# A four-digit number before one of these counts them.
COUNTED = (
    "people", "men", "women", "children", "troops", "soldiers", "police", "percent", "dollars",
    "euros", "pounds", "won", "yen", "yuan", "metres", "meters", "miles", "feet", "km", "kg",
    "tonnes", "tons", "votes", "jobs", "homes", "cases", "deaths", "casualties", "refugees",
    "workers", "times", "hours", "days", "years", "points", "seats", "employees", "prisoners",
    "civilians", "fighters", "north", "south", "russian", "ukrainian", "korean", "more",
    "others", "additional", "square", "cubic", "per",
)  # fmt: skip

KOREAN_WEEKDAYS = {"월": 0, "화": 1, "수": 2, "목": 3, "금": 4, "토": 5, "일": 6}
KOREAN_YEARS = {
    "재작년": -2, "지지난해": -2, "작년": -1, "지난해": -1, "지난 해": -1, "전년": -1,
    "올해": 0, "금년": 0, "이번 해": 0, "올": 0, "내년": 1, "다음 해": 1, "오는 해": 1,
}  # fmt: skip
KOREAN_MONTHS = {
    "지지난달": -2, "지난달": -1, "지난 달": -1, "전달": -1, "이달": 0, "이번 달": 0,
    "이번달": 0, "금월": 0, "다음 달": 1, "다음달": 1, "내달": 1, "오는 달": 1,
}  # fmt: skip
KOREAN_WEEKS = {
    "지지난주": -2, "지난주": -1, "지난 주": -1, "이번 주": 0, "이번주": 0, "금주": 0,
    "다음 주": 1, "다음주": 1, "내주": 1,
}  # fmt: skip
KOREAN_DAYS_NEAR = {
    "그저께": -2, "그제": -2, "엊그제": -2, "어제": -1, "어젯밤": -1, "오늘": 0, "금일": 0,
    "내일": 1, "모레": 2,
}  # fmt: skip
KOREAN_SEASONS = {"봄": 21, "여름": 22, "가을": 23, "겨울": 24}
KOREAN_PARTS = {
    "초": "early", "초순": "early", "상순": "early", "중순": "mid", "중반": "mid", "말": "late",
    "하순": "late", "후반": "late", "초반": "early", "상반기": "first", "하반기": "second",
}  # fmt: skip
KOREAN_UNITS = {
    "년": "years", "해": "years", "개월": "months", "달": "months", "주일": "weeks",
    "주": "weeks", "일": "days", "시간": "hours", "분": "minutes",
}  # fmt: skip
