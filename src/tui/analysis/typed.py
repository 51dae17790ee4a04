"""What an analyst types on one line, read: chains and quantities.

The counterpart of `tui.model.wording`, which writes such lines.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from tui.analysis.bounds import Bounds, bounds_of
from tui.analysis.kinds import kind_of
from tui.analysis.numerals import DIGITS, SCALES, WORDS, digits_value, words_value
from tui.analysis.quantities import find_quantities
from tui.analysis.quantity_words import (
    ABOUT,
    ADDITIONAL,
    BEFORE,
    CURRENCIES,
    KOREAN_COUNTERS,
    MEASURES,
)
from tui.model.records import NO_OUTLET, Hop, Phrase, Quantity
from tui.model.spans import Extent

_QUOTED = r'"(?:[^"\\]|\\.)*"'
_NAME = re.compile(rf'\s*({_QUOTED}|[^/>"]*)\s*')
_BASES = ("total", "additional", "rate")


def parse_chain(line: str, outlet: str) -> tuple[Hop, ...]:
    """The hops of a line such as `KBS/reported > NYT/reported > unnamed officials/said`.

    The outermost hop comes first; where it is not the outlet, a hop for the outlet is put before
    it, nameless if that is not known. A source or cue in which `/`, `>` or `"` stands is written in
    double quotes, with `"` and the backslash escaped by a backslash. An empty line has no hops.
    Raises ValueError with a sentence for a line that cannot be read.
    """
    hops: list[Hop] = []
    position = 0
    while position < len(line) and line.strip():
        source, position = _name(line, position)
        cue = ""
        if line[position : position + 1] == "/":
            cue, position = _name(line, position + 1)
        if not source and not cue:
            raise ValueError(
                f"The chain {line!r} has an empty step; write source/cue > source/cue."
            )
        hops.append(_hop(source, cue))
        if position < len(line):
            if line[position] != ">":
                raise ValueError(f"The chain {line!r} has a stray {line[position]!r}.")
            position += 1
            if not line[position:].strip():
                raise ValueError(f"The chain {line!r} ends in '>'; the source after it is missing.")
    if not outlet:
        hops.insert(0, NO_OUTLET)
    elif not hops or hops[0].source.text.casefold() != outlet.casefold():
        hops.insert(0, Hop(Phrase(outlet), "named"))
    return tuple(hops) if line.strip() else ()


def _hop(source: str, cue: str) -> Hop:
    kind = kind_of(source) if source else "none"
    return Hop(Phrase(source), kind, Phrase(cue) if cue else None)


def _name(line: str, position: int) -> tuple[str, int]:
    found = _NAME.match(line, position)
    if found is None:
        return "", position
    text = found[1]
    if text.startswith('"'):
        text = re.sub(r"\\(.)", r"\1", text[1:-1])
        return text, found.end()
    return text.strip(), found.end()


_UNIT_SCALE = r"(?:\s?(?:hundred|thousand|million|billion|trillion|mn|bn|tn|k|m)\b)"
_NUMBER = rf"-?(?:(?:{DIGITS})(?:e[+-]?\d+)?(?:{_UNIT_SCALE})?|(?:{WORDS}))"
_MONEY = r"(?P<money>(?:US|HK|A|C)?\$|[£€¥₩₽₴₹])?"
_MORE = "|".join(sorted(map(re.escape, BEFORE), key=len, reverse=True))
_SIGN = rf"(?P<sign>{_MORE})?"
_LINE = re.compile(
    rf"{_SIGN}\s*{_MONEY}\s*(?P<number>{_NUMBER})(?P<plus>\+)?"
    rf"(?:\s*(?P<join>to|-|–|—|~|,)\s*(?P<sign2>≤|<=|<)?\s*(?P<number2>{_NUMBER}))?"
    r"(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_HANGUL_NUMBER = re.compile(r"[십백천만억조여]|(?:명|대|곳)\s?(?:이상|이하|미만|초과)")
_NOTES = re.compile(r"\s*\(([^()]*)\)\s*$")


def parse_quantity(typed: str) -> Quantity:
    """The quantity of a typed line: `> 3,000 soldiers`, `3000-4000`, `about 11000 troops`.

    In brackets behind it stand what happened to them and `total`, `additional` or `rate`. What
    cannot be read as a number is kept as words, without bounds.
    """
    words = " ".join(typed.split())
    notes = _NOTES.search(words)
    line = words[: notes.start()] if notes else words
    found = None if _HANGUL_NUMBER.search(line) else _LINE.fullmatch(line)
    bounds = _bounds(found) if found is not None else None
    if found is None or bounds is None:
        return _as_in_text(words)
    unit, basis = _unit(found)
    measure = MEASURES.get(unit.casefold(), "")
    for note in (part.strip() for part in (notes[1] if notes else "").split(",")):
        if note in _BASES:
            basis = note
        elif note:
            measure = note
    sign = BEFORE.get(" ".join((found["sign"] or "").casefold().split()))
    hedge = ""
    if sign is ABOUT:
        hedge = "about" if found["sign"] in ("≈", "~") else found["sign"].casefold()
    return Quantity(words, None, *bounds, unit=unit, measure=measure, basis=basis, hedge=hedge)


def _as_in_text(words: str) -> Quantity:
    """The one quantity that the whole line is, read as in a text: `dozens`, `3천여 명`."""
    read = find_quantities(words, Extent(0, len(words))) if words else []
    if len(read) == 1 and read[0].text == words:
        return replace(read[0], span=None)
    return Quantity(words)


def _bounds(found: re.Match[str]) -> Bounds | None:
    first = _value(found["number"])
    sign = BEFORE.get(" ".join((found["sign"] or "").casefold().split()))
    if first is None:
        return None
    if not found["number2"]:
        return bounds_of(first, BEFORE["at least"] if found["plus"] else sign)
    second = _value(found["number2"])
    if second is None or second < first:
        return None
    lower_inclusive = sign is None or sign.hedge or sign.inclusive
    return Bounds(first, second, lower_inclusive, found["sign2"] != "<")


def _value(words: str) -> int | float | None:
    scaled = re.fullmatch(rf"(-?)({DIGITS})(e[+-]?\d+)?({_UNIT_SCALE})?", words, re.IGNORECASE)
    if scaled is None:
        return words_value(words)
    sign = -1 if scaled[1] else 1
    if scaled[3]:
        return float(words)
    value = digits_value(scaled[2]) * (SCALES[scaled[4].strip().casefold()] if scaled[4] else 1)
    return sign * value


def _unit(found: re.Match[str]) -> tuple[str, str]:
    rest = found["rest"].strip()
    basis = ""
    first, _, others = rest.partition(" ")
    if first.casefold() in ADDITIONAL:
        basis, rest = "additional", others
    if re.fullmatch(r"%|per\s?cent", rest, re.IGNORECASE):
        return "%", basis
    if found["money"]:
        return CURRENCIES[found["money"].casefold()], basis
    for counter in sorted(KOREAN_COUNTERS, key=len, reverse=True):
        if rest == counter:
            return counter, basis
    return rest, basis
