"""Quantities in a text: what the words bound, of what, and what happened to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.analysis.bounds import Bounds, bounds_of, times_in
from tui.analysis.numerals import (
    DIGITS,
    SCALES,
    WORDS,
    digits_value,
    plain_number,
    words_value,
)
from tui.analysis.quantity_words import (
    ABOUT,
    ADDITIONAL,
    AFTER,
    AT_LEAST,
    BEFORE,
    CURRENCIES,
    EXACT,
    LOOSE,
    MEASURES,
    MODIFIERS,
    NAMED_ANYWAY,
    NAMED_BY_NUMBER,
    NOT_UNITS,
    SPEAKERS,
    STOPS,
    UNITS,
    Bound,
)
from tui.analysis.reading import is_korean
from tui.model.records import Quantity
from tui.model.spans import Extent, select


def _any(words: Sequence[str]) -> str:
    ordered = sorted(words, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,3}") for word in ordered)


_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|tn)\b|[mk]\b)"
_LOOSE = _any((*LOOSE, *EXACT))
_MONEY = r"(?:(?:US|HK|[AC])?\$|[£€¥₩₽₴₹])"
NUMBER = re.compile(
    rf"(?P<money>{_MONEY})?\s?(?<![\w.,:/'’-])(?P<digits>{DIGITS})(?P<scale>{_SCALE})?"
    rf"(?:\s?(?P<join>-|–|—|to|or)\s?(?:{_MONEY})?(?P<digits2>{DIGITS})(?P<scale2>{_SCALE})?)?"
    rf"|\b(?P<loose>{_LOOSE})\b|(?<![\w-])(?P<words>{WORDS})"
    rf"(?:\s{{1,3}}(?P<join2>to|or)\s{{1,3}}(?P<words2>{WORDS}))?",
    re.IGNORECASE,
)
_HINT = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|"
    r"forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|\w?illions?|dozens?|scores?|"
    r"[mbt]r?illions?)",
    re.IGNORECASE,
)
_BEFORE = re.compile(
    rf"(?:(?P<between>between)|(?P<bound>(?<![\w-])(?:{_any(tuple(BEFORE))})"
    rf"(?:\s{{1,3}}(?:{_any(('about', 'an estimated', 'estimated', 'some', 'at least', 'a'))}))?))"
    r"\s{0,3}(?:(?P<basis>another|an\s+additional|a\s+further|a\s+total\s+of|an\s+extra)\s{1,3})?$"
    r"|\b(?P<basis2>another|an\s+additional|a\s+further|a\s+total\s+of|an\s+extra|additional)"
    r"(?:\s{1,3}(?P<bound2>about|around|some|roughly|nearly|at\s+least|up\s+to))?\s{1,3}$",
    re.IGNORECASE,
)
_AFTER = re.compile(rf"\s{{1,3}}(?P<bound>{_any(tuple(AFTER))})\b|(?P<plus>\+)", re.IGNORECASE)
_AND = re.compile(
    rf"\s{{1,3}}and\s{{1,3}}(?:{_MONEY})?(?:(?P<digits>{DIGITS})(?P<scale>{_SCALE})?|(?P<words>{WORDS}))",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"\s?(?:%|per\s?cent\b|percent\b|pc\b)(?:age\spoints?)?", re.IGNORECASE)
_PENCE = re.compile(r"p\b(?!\.m)")
_RATE = re.compile(
    r"\s(?:per|a|an|each|every)\s(?:second|minute|hour|day|night|week|month|year|capita|person|head|"
    r"barrel|tonne|ton|kilo|litre|gallon|share)\b|\s(?:daily|weekly|monthly|annually|yearly)\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:in\s(?:total|all)|altogether|so\sfar|to\sdate|overall)\b", re.IGNORECASE)
_TOKEN = re.compile(r"\s{1,3}((?:[^\W\d_]|['’])(?:[\w'’]|-(?=\w))*)([,;:.)\"”]?)")
_OF = re.compile(r"\s{1,3}of(?:\s{1,3}(?:the|its|their|his|her|these|those))?(?=\s)", re.IGNORECASE)
_PARTITIVE = re.compile(
    r"\s{1,3}of\s+(?:the|them|us|those|these|its|their|his|her)\b", re.IGNORECASE
)
_WORD = re.compile(r"[^\W\d_]+")
_NO_COUNT_AFTER = re.compile(
    r"[-–](?:year|month|week|day|hour|minute)s?[-–]|(?:st|nd|rd|th)\b|:\d|/\d|[-–]\d|\.\d+\.|"
    r"\s?(?:[ap]\.?m\b|o['’]clock)|[-–]?(?:s\b|[A-Za-z]\d)",
    re.IGNORECASE,
)
# "Half a million", "a quarter of a million"; of other parts nothing is read.
_FRACTION = re.compile(
    r"\b(?:an?\s+)?(half|quarter|third|fifth|tenth|fraction|part)\s+(?:of\s+)?$", re.IGNORECASE
)
_FRACTIONS = {"half": 0.5, "quarter": 0.25}
_ONE_IN = re.compile(
    r"\b(?:one|two|three|four|nine|\d{1,2})\s+(?:\w+\s+)?(?:in|out\s+of)\s+(?:every\s+)?$",
    re.IGNORECASE,
)
_YEAR_OF = re.compile(r"(?:19|20)\d\d\s+[a-z]")
_OWNED = re.compile(r"\b(?:the|its|his|her|their|our|this)\s+$", re.IGNORECASE)
_ASIDE = re.compile(r",\s[^,.;:“”\"\d]{2,50},\s(?:were|was|are|is|have|has|had)\b")
# "Between 900 and 1,100 of the 4,000 were dead": what happened, happened to the first.
_PART_OF = re.compile(r"\s{1,3}of\s+(?:the|those|these|its|their)\s+(?=\d)", re.IGNORECASE)
_WHOLE_OF = re.compile(
    r"(?:\d|\b(?:hundreds?|thousands?|dozens?|million|half|most|some|many|several|third|quarter))"
    r"\s+of\s+(?:the|those|these)\s+$",
    re.IGNORECASE,
)
_DEFINITE = re.compile(r"\b(?:the|those|these)\s+$", re.IGNORECASE)
_MENTION = 4000  # code points back in which a number is looked for that `the 4,000` takes up
_HANGUL = re.compile(r"[가-힣]")
_REACH = 64  # code points of a clause before and behind a number that are looked at
_LEAD = 40  # code points before a number in which words bound it


def find_quantities(text: str, extent: Extent) -> list[Quantity]:
    """The quantities in a range of a text, in order, each with its span in code points.

    Dates, durations, ordinals, ages, scores and numbers that name something are left out.
    """
    found: list[Quantity] = []
    if _HANGUL.search(text, extent.start, extent.end):
        from tui.analysis.korean_quantities import find_korean_quantities

        found.extend(find_korean_quantities(text, extent))
    if _HINT.search(text, extent.start, extent.end):
        taken = [q.span.extent for q in found if q.span is not None]
        korean = is_korean(text[extent.start : extent.end])
        # A Korean number has its counter behind it: one without is a name or a year.
        found.extend(q for q in _english(text, extent, taken) if q.unit or not korean)
    return sorted(found, key=lambda q: q.span.start if q.span is not None else 0)


def _english(text: str, extent: Extent, taken: list[Extent]) -> Iterator[Quantity]:
    blocked = times_in(text, extent)
    for other in taken:
        blocked.take(other)
    done = extent.start
    for match in NUMBER.finditer(text, extent.start, extent.end):
        start, end = match.span()
        start += len(match[0]) - len(match[0].lstrip())
        here = Extent(start, end)
        if start < done or blocked.meets(here):
            continue
        quantity = _quantity(text, extent, match, start)
        if quantity is not None and quantity.span is not None:
            done = quantity.span.end
            yield quantity


class _Number(NamedTuple):
    """A number as it is read: its values, where it stands, and the words before that bound it."""

    values: tuple[float, float]
    start: int
    end: int
    lead: re.Match[str] | None

    @property
    def opening(self) -> int:
        """Where the words before it begin."""
        lead = self.lead
        return lead.start() if lead is not None and lead.group().strip() else self.start


def _quantity(text: str, extent: Extent, match: re.Match[str], start: int) -> Quantity | None:
    """What a number counts and how it is bound; None where it counts nothing."""
    number = _number(text, extent, match, start)
    if number is None:
        return None
    lead, start, end = number.lead, number.start, number.end
    bound, hedge = _bound(lead)
    percent = _PERCENT.match(text, end, extent.end)
    end = percent.end() if percent else end
    after = _AFTER.match(text, end, extent.end)
    if after is not None and bound is None:
        bound = AT_LEAST if after["plus"] else AFTER[_folded(after["bound"])]
        hedge = "or so" if bound is ABOUT else ""
        end = after.end()
    unit, unit_end, more = _unit(text, end, extent.end)
    sign, sign_end = _sign(text, extent, match, percent, end)
    if sign:
        unit, unit_end, more = sign, sign_end, more and not percent
    elif not _counts(text, extent, match, start, unit, bound):
        return None
    end = max(end, unit_end)
    here = Extent(number.opening, end)
    return Quantity(
        " ".join(here.of(text).split()),
        select(text, *here),
        *_bounds(match, number.values, bound),
        unit=unit,
        measure=_happened(text, extent, here, unit, text[start : match.end()]),
        basis=_basis(text, extent, lead, end, more),
        hedge=_folded(match["loose"]) if match["loose"] and match["loose"] not in EXACT else hedge,
    )


def _number(text: str, extent: Extent, match: re.Match[str], start: int) -> _Number | None:
    """The number of a match with what makes it another one: `between ... and`, `half a`."""
    values, end = _values(match), match.end()
    window = max(extent.start, start - _LEAD)
    if _ONE_IN.search(text, window, start) or _HANGUL.match(text, end, extent.end):
        return None
    if values is None or _NO_COUNT_AFTER.match(text, end, extent.end):
        return None
    lead = _BEFORE.search(text, window, start)
    if lead is not None and lead["between"]:
        second = _AND.match(text, end, extent.end)
        if second is None:
            return None
        values, end = _between(values[0], match, second), second.end()
    fraction = _FRACTION.search(text, window, start) if match["words"] else None
    if fraction is not None:
        part = _FRACTIONS.get(fraction[1].casefold())
        if part is None or text[window : fraction.start()].endswith("and "):
            return None
        values, start = (values[0] * part, values[1] * part), fraction.start()
        lead = _BEFORE.search(text, window, start)
    return _Number(values, start, end, lead)


def _between(first: float, match: re.Match[str], second: re.Match[str]) -> tuple[float, float]:
    if second["scale"] and not match["scale"] and first < digits_value(second["digits"]):
        first *= _scale(second["scale"])  # "between 1.1 and 1.5 million"
    return first, _value(second, "digits", "scale", "words")


def _sign(
    text: str, extent: Extent, match: re.Match[str], percent: re.Match[str] | None, end: int
) -> tuple[str, int]:
    """The unit that a sign beside the number tells, and where it ends: `%`, `£`, `80p`."""
    if percent is not None:
        return "%", end
    if match["money"]:
        return CURRENCIES[match["money"].casefold()], end
    pence = _PENCE.match(text, end, extent.end) if match["digits"] else None
    return ("pence", pence.end()) if pence is not None else ("", end)


def _folded(words: str) -> str:
    return " ".join(words.casefold().split())


def _bound(lead: re.Match[str] | None) -> tuple[Bound | None, str]:
    if lead is None:
        return None, ""
    words = _folded(lead["bound"] or lead["bound2"] or "")
    bound = BEFORE.get(words)
    while bound is None and " " in words:  # "more than an estimated"
        words = words.rpartition(" ")[0]
        bound = BEFORE.get(words)
    return bound, words if bound is not None and bound.hedge else ""


def _values(match: re.Match[str]) -> tuple[float, float] | None:
    if match["loose"]:
        loose = _folded(match["loose"])
        low = EXACT.get(loose) or LOOSE[loose][0]
        return (low, low)
    if match["words"]:
        first = words_value(match["words"])
        second = words_value(match["words2"]) if match["words2"] else first
        return None if first is None or second is None else (first, second)
    first = _value(match, "digits", "scale")
    if not match["digits2"]:
        return (first, first)
    second = _value(match, "digits2", "scale2")
    if match["scale2"] and not match["scale"]:
        first *= _scale(match["scale2"])
    return (first, second) if first < second else None


def _value(match: re.Match[str], digits: str, scale: str, words: str = "") -> float:
    if words and match[words]:
        return words_value(match[words]) or 0
    return digits_value(match[digits]) * _scale(match[scale])


def _scale(words: str | None) -> int:
    return SCALES[words.strip().casefold()] if words else 1


def _bounds(match: re.Match[str], numbers: tuple[float, float], bound: Bound | None) -> Bounds:
    loose = _folded(match["loose"] or "")
    if loose in LOOSE:
        low, high = LOOSE[loose]
        return Bounds(low, high, True, high is None)
    first, second = numbers
    if first == second:
        return bounds_of(first, bound)
    if bound is not None and not bound.hedge:  # "up to 30 or 40"
        return bounds_of(second if bound.upper else first, bound)
    return Bounds(plain_number(first), plain_number(second))


def _unit(text: str, start: int, end: int) -> tuple[str, int, bool]:
    """The counted thing behind a number, where it ends, and whether `more` stood before it."""
    position, more = start, False
    of = _OF.match(text, position, end)
    if of is not None:
        position = of.end()
    last = start
    for _ in range(6):
        token = _TOKEN.match(text, position, end)
        if token is None:
            break
        word = token[1].casefold().removesuffix("'s").removesuffix("’s")
        if word in ADDITIONAL and of is None:
            more, last = True, token.end(1)
        elif word in STOPS:
            break
        elif _is_unit(token[1], word):
            return token[1], token.end(1), more
        elif not _may_precede(token[1], word):
            break
        if token[2]:
            break
        position = token.end()
    return "", last, more


def _is_unit(word: str, folded: str) -> bool:
    if folded in UNITS:
        return True
    if word[0].isupper() or folded in NOT_UNITS or len(folded) < 4:
        return False
    return folded.endswith("s") and not folded.endswith(("ss", "us", "'s", "’s"))


def _may_precede(word: str, folded: str) -> bool:
    if word[0].isupper() or folded in MODIFIERS or "-" in word:
        return True
    return not folded.endswith("ly")


def _counts(
    text: str,
    extent: Extent,
    match: re.Match[str],
    start: int,
    unit: str,
    bound: Bound | None,
) -> bool:
    """Whether the number counts something, and is no name, score or pronoun."""
    if match["loose"]:
        return True
    end = match.end()
    ahead = text[max(extent.start, start - 16) : start].split()
    if match["digits"] and bound is None:
        if ahead and _names_by_number(ahead[-1]):
            return False
        owned = _OWNED.search(text, max(extent.start, start - 8), start)
        if owned and _YEAR_OF.match(text, start, extent.end):
            return False
    if match["words"]:
        if _PARTITIVE.match(text, end, extent.end):
            return bound is not None
        if words_value(match["words"]) == 1 and not match["words2"]:
            return bool(unit) and bound is not None
        return bool(unit) or bound is not None or (words_value(match["words"]) or 0) > 99
    if unit or bound is not None or match["scale"]:
        return True
    before = text[max(extent.start, start - 24) : start].split()
    previous = before[-1] if before else ""
    if previous[-1:] in ("#", "("):
        return False
    if previous[:1].isupper() and len(before) > 1:
        return False
    if re.match(r"\s+[A-Z]", text[end : min(end + 3, extent.end)]):
        return "," in match["digits"] or digits_value(match["digits"]) > 2100
    return match["digits2"] is None and digits_value(match["digits"]) >= 10


def _names_by_number(word: str) -> bool:
    last = re.split("[-–]", word)[-1]
    return last.casefold() in (NAMED_BY_NUMBER if last[:1].isupper() else NAMED_ANYWAY)


def _clause(text: str, extent: Extent, start: int, end: int) -> Extent:
    low, high = max(extent.start, start - _REACH), min(extent.end, end + _REACH)
    for found in re.compile(r"[.;:!?]\s|[“”\"]|,\s(?:and|but|while|which)\b").finditer(
        text, low, start
    ):
        low = found.end()
    aside = _ASIDE.match(text, end, min(extent.end, end + 90))
    if aside is not None:  # "million people, mainly soldiers, were killed"
        high = max(high, min(extent.end, aside.end() + 24))
    begun = aside.end() if aside is not None else end
    found = re.compile(r"[.;:!?](?:\s|$)|[“”\"]|,\s").search(text, begun, high)
    return Extent(low, found.start() if found else high)


def _happened(text: str, extent: Extent, here: Extent, unit: str, number: str) -> str:
    """What happened to those counted, or to those counted before that `the 4,000` takes up."""
    part = _PART_OF.match(text, here.end, extent.end)
    other = NUMBER.match(text, part.end(), extent.end) if part is not None else None
    end = other.end() if other is not None else here.end
    window = max(extent.start, here.start - 24)
    own = ""
    if not _WHOLE_OF.search(text, window, here.start):
        around = _clause(text, extent, here.start, end)
        own = _measure(text, around, here.start, end, unit)
    if own or len(number) < 3 or not _DEFINITE.search(text, window, here.start):
        return own
    low = max(0, here.start - _MENTION)
    at = text.rfind(number, low, here.start)
    if at < 0:
        return ""
    told = Extent(at, at + len(number))
    near = Extent(max(low, at - _REACH), min(here.start, told.end + _REACH))
    return _measure(text, _clause(text, near, *told), *told, "")


def _measure(text: str, clause: Extent, start: int, end: int, unit: str) -> str:
    if unit.casefold() in MEASURES:
        return MEASURES[unit.casefold()]
    if unit.casefold() in SPEAKERS or unit in ("dollars", "pounds", "euros"):
        return ""
    found: list[tuple[int, int, str]] = []
    for word in _WORD.finditer(text, clause.start, clause.end):
        measure = MEASURES.get(word[0].casefold())
        if measure is None:
            continue
        if word.start() >= end:
            between = text[end : word.start()]
            if not re.search(r"\d|^\s+(?:and|or)\b|\bthat\b", between):
                found.append((word.start() - end, word.start(), measure))
        elif word.end() <= start:
            between = text[word.end() : start]
            if not re.search(r"\d|\b(?:out of|among|from)\b", between):
                found.append((start - word.end() + 12, word.start(), measure))
    if not found:
        return ""
    found.sort()
    kinds = {measure for _, _, measure in found[:2]}
    places = sorted(place for _, place, _ in found[:2])
    if kinds == {"killed", "wounded"} and re.match(
        r"\w+\s(?:or|and)\s\w+", text[places[0] : places[1] + 8], re.IGNORECASE
    ):
        return "casualties"
    return found[0][2]


def _basis(text: str, extent: Extent, lead: re.Match[str] | None, end: int, more: bool) -> str:
    words = _folded((lead["basis"] or lead["basis2"] or "") if lead is not None else "")
    if more or (words and "total" not in words):
        return "additional"
    if words:
        return "total"
    tail = text[end : min(extent.end, end + 48)]
    if _RATE.match(tail):
        return "rate"
    clause = re.split(r"[.;,]", tail, maxsplit=1)[0]
    return "total" if _TOTAL.search(clause) else ""
