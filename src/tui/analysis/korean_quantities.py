"""Quantities in Korean text: `3천여 명`, `1만1000명`, `2만 명 이상`, `3000명이 넘는`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from tui.analysis.bounds import Bounds, bounds_of, times_in
from tui.analysis.numerals import KOREAN, KOREAN_NATIVE, korean_value, plain_number
from tui.analysis.quantity_words import (
    AT_LEAST,
    KOREAN_AFTER,
    KOREAN_BEFORE,
    KOREAN_COUNTERS,
    KOREAN_MEASURES,
)
from tui.model.records import Quantity
from tui.model.spans import Extent, select


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))


_COUNTERS = _any(KOREAN_COUNTERS)
# Before these counters nobody says 서, 석 or 넉: `서명` is a signature.
_NATIVE = tuple(word for word in KOREAN_NATIVE if word not in ("서", "석", "넉"))
_NUMBER = re.compile(
    rf"(?:(?P<before>{_any(tuple(KOREAN_BEFORE))})\s?)?"
    rf"(?<![\d.,A-Za-z])(?:(?P<first>{KOREAN})\s?[~∼–-]\s?)?"
    rf"(?:(?P<number>{KOREAN})(?P<more>여|남짓)?|"
    rf"(?<![가-힣])(?P<native>{_any(_NATIVE)})(?=\s?(?:명|곳|마리|차례|가지)|\s(?:대|척|개)))"
    rf"\s?(?P<unit>{_COUNTERS})(?!(?<=[a-z])[A-Za-z])(?P<after>\s?(?:{_any(tuple(KOREAN_AFTER))}))?"
)
_MEASURE = re.compile(_any(tuple(KOREAN_MEASURES)))
_ADDITIONAL = re.compile(r"추가")
_HANGUL_AFTER = re.compile(r"[가-힣]{2}")


def find_korean_quantities(text: str, extent: Extent) -> Iterator[Quantity]:
    """The quantities in a range of Korean text, in order, with their spans in code points."""
    blocked = times_in(text, extent)
    for match in _NUMBER.finditer(text, extent.start, extent.end):
        start, end = match.span()
        if blocked.meets(Extent(start, end)):
            continue
        value = korean_value(match["number"] or match["native"])
        if value is None:
            continue
        bounds, hedge = _bounds(match, value)
        low, high = max(extent.start, start - 12), min(extent.end, end + 24)
        measures = [
            (abs(found.start() - end), KOREAN_MEASURES[found[0]])
            for found in _MEASURE.finditer(text, low, high)
        ]
        yield Quantity(
            " ".join(match[0].split()),
            select(text, start, end),
            *bounds,
            unit="%" if match["unit"] in ("%", "퍼센트", "％") else match["unit"],
            measure=min(measures)[1] if measures else "",
            basis="additional" if _ADDITIONAL.search(text, max(low, start - 6), high) else "",
            hedge=hedge,
        )


def _bounds(match: re.Match[str], value: float) -> tuple[Bounds, str]:
    before, after = match["before"], " ".join((match["after"] or "").split())
    if match["first"]:
        first = korean_value(match["first"])
        if first is not None and first < value:
            return Bounds(plain_number(first), plain_number(value)), before or ""
    bound = KOREAN_BEFORE.get(before or "") or KOREAN_AFTER.get(after)
    if before and after and KOREAN_BEFORE[before].hedge:
        bound = KOREAN_AFTER[after]
    hedge = (before or after) if bound is not None and bound.hedge else ""
    if match["more"] and (bound is None or bound.hedge):
        # The particle says: that many and somewhat more.
        return bounds_of(value, AT_LEAST), match["more"]
    return bounds_of(value, bound), hedge
