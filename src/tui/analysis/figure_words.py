"""Words beside figures that tell what sort of figure they are. Data only."""

from __future__ import annotations

import re


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Of people: what happened to them tells the figure's kind, whatever they are called.
PEOPLE_MEASURES = _words(
    """
    killed wounded casualties captured detained missing deployed displaced evacuated infected
    hospitalised questioned
    """
)
SAME_UNITS = {
    "troops": "soldiers", "servicemen": "soldiers", "us dollars": "dollars", "percent": "%",
    "per cent": "%", "퍼센트": "%", "％": "%", "persons": "people", "달러": "dollars",
    "유로": "euros", "엔": "yen", "위안": "yuan", "rubles": "roubles", "루블": "roubles",
    "원": "won", "톤": "tonnes", "tons": "tonnes", "㎞": "km", "kilometres": "km",
    "kilometers": "km", "㎏": "kg", "kilograms": "kg", "meters": "metres",
    "liters": "litres", "여명": "명",
}  # fmt: skip
# Units that say no more of people than that they are counted.
GENERIC = _words(
    "명 casualties dead deaths fatalities wounded injured lives others personnel prisoners"
)
CURRENCIES = _words("dollars pounds euros yen won yuan pence cents roubles rupees hryvnias")
# Units that no people are counted in: `fell` beside them is no death.
NO_PEOPLE = CURRENCIES | _words("% points times")
RISING = _words(
    """
    rise rises rose risen rising increase increases increased increasing grow grows grew grown
    growing growth jump jumps jumped climb climbs climbed gain gains gained soar soared surge
    surged up higher expand expanded
    """
)
FALLING = _words(
    """
    fall falls fell fallen falling drop drops dropped decline declines declined declining
    decrease decreased down lower plunge plunged slump slumped shrink shrank shrunk slide slid
    dip dipped contracted
    """
)
# Words beside figures that tell nothing of what they are of.
NO_SUBJECT = (
    RISING | FALLING | _words("expected expect forecast predicted about over just only total")
)
KOREAN_RISING = ("증가", "늘어", "늘었", "상승", "올라", "올랐", "급증", "오른")
KOREAN_FALLING = ("감소", "줄어", "줄었", "하락", "떨어", "급감", "내린", "내려")
REACHED = _words("to at reached hit reaching hitting total totalled totaled stands stood")
FORMER = _words("from than with against versus")
AHEAD = re.compile(
    r"\b(?:will|would|could|might|forecasts?|expect(?:s|ed|ing)?|predict(?:s|ed)?|set\sto|"
    r"plan(?:s|ned|ning)?|target(?:s|ed)?|aim(?:s|ed|ing)?|by\s(?:the\send\sof\s)?20\d\d)\b|전망|예상|목표",
    re.IGNORECASE,
)
# What stretch of time a figure is of, by the words beside it.
SPELLS = {
    "day": re.compile(r"\b(?:days?|daily|overnight)\b|하루", re.IGNORECASE),
    "week": re.compile(r"\b(?:week(?:end)?s?|weekly)\b|주간|일주일", re.IGNORECASE),
    "month": re.compile(
        r"\b(?:months?|monthly)\b|\bin\s(?:January|February|March|April|May|June|July|August|"
        r"September|October|November|December)\b|(?:한|지난|이번)\s?달|\d월",
        re.IGNORECASE,
    ),
    "quarter": re.compile(r"\bquarter(?:ly)?\b|분기", re.IGNORECASE),
    "year": re.compile(
        r"\b(?:years?|annual(?:ly)?|(?:in|of)\s(?:19|20)\d\d)\b|연간|지난해|\d년", re.IGNORECASE
    ),
}
SAMPLES = _words("poll polling pollster survey 여론 론조 조사 설문")
