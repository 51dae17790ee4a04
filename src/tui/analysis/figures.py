"""Figures put beside each other: what they count, and whether both can be true.

A figure is compared only with one of the same kind: the same unit or, of people, the same measure,
and the same basis. Its bounds are loosened by what its words leave open: half a unit of the last
digit that tells something, a tenth where it is hedged.
"""

from __future__ import annotations

import math
import re
from typing import NamedTuple

from msgspec import Struct

from tui.analysis.content_words import terms
from tui.analysis.figure_words import (
    AHEAD,
    CURRENCIES,
    FALLING,
    FORMER,
    GENERIC,
    KOREAN_FALLING,
    KOREAN_RISING,
    NO_PEOPLE,
    NO_SUBJECT,
    PEOPLE_MEASURES,
    REACHED,
    RISING,
    SAME_UNITS,
    SPELLS,
)
from tui.model.records import Quantity

_HEDGED = 0.1  # of a figure with `about`
_BESIDE = 10  # code points beside a figure that tell its place in a sentence
_TELLING = 2  # digits of a round number that are taken at their word: 3,000 is 2,950 to 3,050
_SCALED = re.compile(
    r"\d\s?(?:mn|bn|tn|m|k)\b|\b(?:hundred|thousand|million|billion|trillion)\b|[만억조천]",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]+")
_OTHER = re.compile(r"\d|[.;:!?]\s|[“”\"()]")  # what ends the words that belong to a figure


class Range(NamedTuple):
    """A range of numbers; an end that is not included is one the numbers only come close to."""

    low: float
    high: float
    low_in: bool = True
    high_in: bool = True

    def meets(self, other: Range) -> bool:
        """Whether a number lies in both."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        if low != high:
            return low < high
        ends = (self, other)
        return all((r.low < low or r.low_in) and (r.high > high or r.high_in) for r in ends)


class Figure(Struct, frozen=True):
    """A quantity as it can be compared.

    `stated` are its bounds, `loose` the same with what its words leave open. `near` are the terms
    beside it, but for its unit. `turn` is `up` or `down` where it is told as a rise or fall, `part`
    is `level` or `change` where the words say which, `spell` whether it is of a month, a year and
    so on; `ahead` says that it is expected only, `former` that the true figure is compared with it.
    """

    quantity: Quantity
    kind: tuple[str, str]
    unit: str
    stated: Range
    loose: Range
    near: frozenset[str]
    turn: str
    part: str
    spell: frozenset[str]
    ahead: bool
    former: bool

    def stands_as(self, other: Figure) -> bool:
        """Whether the same letters stand right before or right behind both."""
        one, two = self.quantity.span, other.quantity.span
        if one is None or two is None:
            return False
        before, behind = one.prefix[-_BESIDE:], one.suffix[:_BESIDE]
        return (len(before) == _BESIDE and two.prefix.endswith(before)) or (
            len(behind) == _BESIDE and two.suffix.startswith(behind)
        )

    @property
    def measured(self) -> bool:
        """Whether it tells what happened to people."""
        return self.kind[0] in PEOPLE_MEASURES

    def says_as(self, other: Figure) -> bool:
        """Whether two figures are of one kind and say the same number, or the same bounds."""
        return self.kind == other.kind and self.stated == other.stated

    def contradicts(self, other: Figure) -> bool:
        """Whether the two cannot both be true, if they are about the same at the same time."""
        return not self.loose.meets(other.loose)


def figure_of(quantity: Quantity) -> Figure | None:
    """The figure of a quantity; None without a bound."""
    if quantity.lower is None and quantity.upper is None:
        return None
    span = quantity.span
    before = _last_part(span.prefix) if span is not None else ""
    behind = _OTHER.split(span.suffix, maxsplit=1)[0] if span is not None else ""
    unit = _unit(quantity)
    people = quantity.measure in PEOPLE_MEASURES and unit not in NO_PEOPLE
    unit = "" if people and unit in GENERIC else unit
    measure = quantity.measure if people or quantity.measure not in PEOPLE_MEASURES else ""
    basis = "" if quantity.basis == "total" else quantity.basis
    stated = Range(
        -math.inf if quantity.lower is None else quantity.lower,
        math.inf if quantity.upper is None else quantity.upper,
        quantity.lower_inclusive,
        quantity.upper_inclusive,
    )
    return Figure(
        quantity,
        (measure if people else f"{measure} {unit}".strip(), basis),
        unit,
        stated,
        _loosened(stated, quantity),
        terms(f"{before} {behind}") - NO_SUBJECT - terms(quantity.unit),
        _turn(before, behind),
        _part(before, behind),
        _spell(f"{span.prefix} {span.suffix}" if span is not None else ""),
        AHEAD.search(f"{before} {behind}") is not None,
        _is_former(span.prefix if span is not None else "", behind, unit),
    )


def comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures count the same, in the same way.

    The unit of people may be missing in one: `4,000 (killed)` beside `3,000 soldiers (killed)`.
    """
    if one.kind != other.kind or one.former != other.former or one.ahead != other.ahead:
        return False
    if one.unit != other.unit and "" not in (one.unit, other.unit):
        return False
    if one.spell and other.spell and one.spell != other.spell:
        return False
    parts, turns = {one.part, other.part} - {""}, {one.turn, other.turn} - {""}
    return len(parts) < 2 and len(turns) < 2


def _unit(quantity: Quantity) -> str:
    unit = " ".join(quantity.unit.casefold().split())
    return SAME_UNITS.get(unit, unit)


def _loosened(stated: Range, quantity: Quantity) -> Range:
    """One number with what its roundness and its hedge leave open; other bounds as they are."""
    if stated.low != stated.high:
        if not quantity.hedge or math.inf in (-stated.low, stated.high):
            return stated
        low, high = (abs(end) * _HEDGED for end in (stated.low, stated.high))
        return Range(stated.low - low, stated.high + high, stated.low_in, stated.high_in)
    value = stated.low
    half = _last_unit(value, scaled=_SCALED.search(quantity.text) is not None) / 2
    if quantity.hedge:
        half = max(half, abs(value) * _HEDGED)
    low, high = value - half, value + half  # equal to the value where floats are too coarse
    return Range(low, high, low_in=low == value, high_in=high == value)


def _last_unit(value: float, *, scaled: bool) -> float:
    """What one more in the last digit that tells something would add.

    In `3,000` that is the second digit, in `3 thousand` the first.
    """
    digits = f"{abs(value):.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else ""
    whole, _, fraction = digits.partition(".")
    if not whole.strip("0") and not fraction:
        return 0.0
    if fraction:
        return 10.0 ** -len(fraction)
    zeros = len(whole) - len(whole.rstrip("0"))
    if not scaled:
        zeros = min(zeros, max(0, len(whole) - _TELLING))
    return 10.0**zeros


def _last_part(prefix: str) -> str:
    """The words right before a figure, without one that the selector cut in two."""
    words = _OTHER.split(prefix)[-1]
    return words.partition(" ")[2] if words == prefix and len(prefix) >= 32 else words


def _turn(before: str, behind: str) -> str:
    """Whether the words beside a figure tell of a rise or a fall; those before it count more."""
    for words in (_WORD.findall(before.casefold())[::-1], _WORD.findall(behind.casefold())[:4]):
        for word in words:
            if word in RISING or word.startswith(KOREAN_RISING):
                return "up"
            if word in FALLING or word.startswith(KOREAN_FALLING):
                return "down"
    return ""


def _part(before: str, behind: str) -> str:
    ahead, follows = _WORD.findall(before.casefold()), _WORD.findall(behind.casefold())
    last, first = (ahead or [""])[-1], (follows or [""])[0]
    if last in REACHED:
        return "level"
    turns = RISING | FALLING
    return "change" if last == "by" or last in turns or first in turns else ""


def _spell(words: str) -> frozenset[str]:
    return frozenset(name for name, pattern in SPELLS.items() if pattern.search(words))


def _is_former(prefix: str, behind: str, unit: str) -> bool:
    """Whether a figure is what another is compared with, or the same in another currency."""
    words = _WORD.findall(prefix.casefold())
    if words and words[-1] in FORMER:
        return True
    if unit in CURRENCIES and "(" in prefix and ")" not in prefix.rpartition("(")[2]:
        return True
    return behind.startswith(("에서 ", "보다"))
