"""Words of quantities: comparatives as bounds, hedges, units, measures. Data only."""

from __future__ import annotations

from typing import NamedTuple


class Bound(NamedTuple):
    """What a comparative makes of a number: which sides it bounds, and whether it is included."""

    lower: bool
    upper: bool
    inclusive: bool
    hedge: bool = False  # it loosens the number instead of bounding it


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


MORE = Bound(True, False, False)
AT_LEAST = Bound(True, False, True)
LESS = Bound(False, True, False)
AT_MOST = Bound(False, True, True)
ABOUT = Bound(True, True, True, True)

BEFORE = {
    "more than": MORE, "over": MORE, "above": MORE, "in excess of": MORE, "upwards of": MORE,
    "upward of": MORE, "greater than": MORE, "exceeding": MORE, "higher than": MORE,
    "just over": MORE, "just above": MORE, "a little over": MORE, "well over": MORE,
    "well above": MORE, "slightly more than": MORE, "a little more than": MORE, "beyond": MORE,
    "far more than": MORE, "much more than": MORE, "bigger than": MORE, ">": MORE,
    "at least": AT_LEAST, "no fewer than": AT_LEAST, "no less than": AT_LEAST,
    "not fewer than": AT_LEAST, "not less than": AT_LEAST, "a minimum of": AT_LEAST,
    "minimum": AT_LEAST, "≥": AT_LEAST, ">=": AT_LEAST,
    "fewer than": LESS, "less than": LESS, "under": LESS, "below": LESS, "lower than": LESS,
    "just under": LESS, "just below": LESS, "well under": LESS, "well below": LESS,
    "short of": LESS, "just short of": LESS, "slightly less than": LESS, "<": LESS,
    "up to": AT_MOST, "at most": AT_MOST, "as many as": AT_MOST, "as much as": AT_MOST,
    "no more than": AT_MOST, "not more than": AT_MOST, "a maximum of": AT_MOST,
    "maximum": AT_MOST, "≤": AT_MOST, "<=": AT_MOST,
    "about": ABOUT, "around": ABOUT, "roughly": ABOUT, "approximately": ABOUT, "some": ABOUT,
    "an estimated": ABOUT, "estimated": ABOUT, "circa": ABOUT, "nearly": ABOUT, "almost": ABOUT,
    "close to": ABOUT, "approaching": ABOUT, "near": ABOUT, "perhaps": ABOUT, "maybe": ABOUT,
    "probably": ABOUT, "possibly": ABOUT, "roughly about": ABOUT, "something like": ABOUT,
    "in the region of": ABOUT, "in the order of": ABOUT, "of the order of": ABOUT,
    "the best part of": ABOUT, "ca.": ABOUT, "~": ABOUT, "≈": ABOUT, "around about": ABOUT,
}  # fmt: skip
AFTER = {
    "or more": AT_LEAST, "or above": AT_LEAST, "or over": AT_LEAST, "and above": AT_LEAST,
    "or fewer": AT_MOST, "or less": AT_MOST, "or under": AT_MOST, "or so": ABOUT,
    "at least": AT_LEAST, "at most": AT_MOST, "at the most": AT_MOST, "at the very least": AT_LEAST,
}  # fmt: skip
KOREAN_BEFORE = {
    "최소": AT_LEAST, "최소한": AT_LEAST, "적어도": AT_LEAST, "최대": AT_MOST, "많게는": AT_MOST,
    "약": ABOUT, "대략": ABOUT, "거의": ABOUT, "어림잡아": ABOUT, "줄잡아": AT_LEAST,
}  # fmt: skip
KOREAN_AFTER = {
    "이상": AT_LEAST, "이하": AT_MOST, "초과": MORE, "미만": LESS, "이 넘는": MORE, "넘는": MORE,
    "을 넘는": MORE, "를 넘는": MORE, "이 넘게": MORE, "넘게": MORE, "을 웃도는": MORE,
    "를 웃도는": MORE, "가량": ABOUT, "정도": ABOUT, "안팎": ABOUT, "쯤": ABOUT, "내외": ABOUT,
    "이 넘었": MORE, "이 넘어": MORE, "이 넘고": MORE, "이 넘기": MORE, "이 넘": MORE,
    "을 넘었": MORE, "를 넘었": MORE, "을 넘어": MORE, "를 넘어": MORE, "을 넘기": MORE,
    "을 넘긴": MORE, "를 넘긴": MORE, "을 초과": MORE, "를 초과": MORE, "을 밑도는": LESS,
    "를 밑도는": LESS, "에 못 미치는": LESS, "에 못 미친": LESS,
    "남짓": MORE, "가까이": ABOUT, "에 가까운": ABOUT, "에 달하는": ABOUT, "에 육박하는": ABOUT,
}  # fmt: skip

# Loose nouns of number: the least and the most they can stand for (below the most).
LOOSE = {
    "dozens": (24, None), "scores": (40, None), "hundreds": (200, None), "thousands": (2_000, None),
    "millions": (2_000_000, None), "billions": (2_000_000_000, None),
    "tens of thousands": (20_000, None), "hundreds of thousands": (200_000, None),
    "tens of millions": (20_000_000, None), "hundreds of millions": (200_000_000, None),
    "several dozen": (24, 100), "a few dozen": (24, 100), "several hundred": (200, 1_000),
    "a few hundred": (200, 1_000), "several thousand": (2_000, 10_000),
    "a few thousand": (2_000, 10_000), "several million": (2_000_000, 10_000_000),
    "a few million": (2_000_000, 10_000_000), "several hundred thousand": (200_000, 1_000_000),
    "several tens of thousands": (20_000, 100_000),
}  # fmt: skip
EXACT = {"half a dozen": 6, "a dozen": 12, "two dozen": 24, "three dozen": 36, "a score": 20}

CURRENCIES = {
    "$": "dollars", "us$": "US dollars", "a$": "Australian dollars", "c$": "Canadian dollars",
    "hk$": "Hong Kong dollars", "£": "pounds", "€": "euros", "¥": "yen", "₩": "won", "₽": "roubles",
    "₴": "hryvnias", "₹": "rupees",
}  # fmt: skip
UNITS = _words(
    """
    people men women children troops police casualties dead wounded injured personnel aircraft
    tonnes tons kilometres kilometers kilograms km kg mm cm metres meters miles feet inches
    acres hectares litres liters gallons barrels degrees watts megawatts mw gw kw mph kph
    dollars euros pounds won yen yuan roubles rubles hryvnias rupees francs cents pence
    fatalities staff crew cattle sheep fish cavalry infantry militia points percentage basis
    lives others square cubic prisoners households
    """
)
# Words that end in s and are no things that one counts.
NOT_UNITS = _words(
    """
    overseas as is was has its his this thus us plus across always perhaps hers ours theirs
    yours does versus besides towards afterwards less unless whereas sometimes nowadays says
    gives takes makes comes goes needs wants shows remains includes years
    """
)
# People whom a text cites: what is told of others did not happen to them.
SPEAKERS = _words(
    """
    officials sources diplomats lawmakers analysts experts witnesses spokesmen aides advisers
    reporters researchers scientists estimates accounts reports observers
    """
)
# Words after which no counted thing follows any more.
STOPS = _words(
    """
    of in on to at by for from with and or but nor than that which who whom whose were was are
    is be been have has had do did does will would could may might can should must said says
    say told as if when while because since until after before during under over into onto
    between among per about against through without within not it they he she we i you there
    also still already only ago apart so then this these those the a an his her its their our
    my your
    """
)
MODIFIERS = _words(
    """
    overseas biggest largest more additional extra further other new old young dead wounded
    injured missing armed foreign local military civilian human north south east west northern
    southern eastern western special combat elite fresh small large heavy light regular senior
    junior
    """
)
MEASURES = {
    "killed": "killed", "dead": "killed", "died": "killed", "deaths": "killed", "death": "killed",
    "dying": "killed", "fatalities": "killed", "kill": "killed", "killing": "killed",
    "kills": "killed", "slain": "killed", "lives": "killed", "fell": "killed",
    "wounded": "wounded", "injured": "wounded", "injuries": "wounded", "hurt": "wounded",
    "wounding": "wounded", "injuring": "wounded", "casualties": "casualties",
    "casualty": "casualties", "losses": "casualties", "captured": "captured",
    "prisoners": "captured", "taken prisoner": "captured", "detained": "detained",
    "arrested": "detained", "arrests": "detained", "missing": "missing", "deployed": "deployed",
    "deployment": "deployed", "deploying": "deployed", "deploy": "deployed", "sent": "deployed",
    "send": "deployed", "sending": "deployed", "dispatched": "deployed", "displaced": "displaced",
    "evacuated": "evacuated", "fled": "displaced", "infected": "infected", "infections": "infected",
    "hospitalised": "hospitalised", "hospitalized": "hospitalised", "destroyed": "destroyed",
    "damaged": "damaged", "withdrawn": "withdrawn", "questioned": "questioned",
}  # fmt: skip
KOREAN_MEASURES = {
    "사상자": "casualties", "사상": "casualties", "전사": "killed", "사망": "killed",
    "숨졌": "killed", "숨진": "killed", "숨지": "killed", "부상": "wounded", "다쳤": "wounded",
    "다친": "wounded", "실종": "missing", "포로": "captured", "생포": "captured",
    "파병": "deployed", "파견": "deployed", "투입": "deployed", "배치": "deployed",
    "체포": "detained", "대피": "evacuated", "확진": "infected",
}  # fmt: skip
KOREAN_COUNTERS = (
    "명", "여명", "대", "발", "건", "곳", "개", "척", "기", "마리", "가구", "차례", "번",
    "원", "달러", "유로", "엔", "위안", "루블", "톤", "t", "kg", "mg", "cm", "mm",
    "km", "㎞", "m", "㎏", "%",
    "퍼센트",
    "％", "포인트", "표", "석", "채", "동", "문", "정", "여단", "개월",
    "가지", "도", "g", "종", "편", "쌍", "벌", "권", "그루", "통", "잔", "점", "배",
)  # fmt: skip
# A number after one of these is a name, not a count.
NAMED_BY_NUMBER = _words(
    """
    no no. nos number article articles chapter section page pages figure table act part
    version phase round level grade class type model route highway room flight channel group
    division regiment battalion brigade unit station gate line resolution apollo boeing airbus
    windows covid gaza-2 world war ii psalm verse top aged age ftse dax cac nikkei nasdaq stoxx
    fortune russell topix g
    """
)
# Of these only the capitalised word names: `FTSE 100`, but not `the group 100 years ago`.
NAMED_ANYWAY = _words("no no. nos number article page pages chapter section figure aged age")
ADDITIONAL = ("more", "additional", "extra", "further", "another", "other")
