"""Times in a text and typed times, resolved against an anchor; values are EDTF (ISO 8601-2)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache, partial
from types import ModuleType
from typing import NamedTuple

from tui.analysis import english_times
from tui.analysis.anchors import (
    NO_DAY,
    Anchor,
    Value,
    approximate,
    bounded,
    end_of,
    part_of,
    read_anchor,
    resolved,
    start_of,
)
from tui.analysis.edtf import edtf_bounds, edtf_qualifier, is_edtf, sort_key
from tui.analysis.taken import Taken
from tui.analysis.time_words import BOUNDS, FULL_MONTHS, PARTS
from tui.model.records import When
from tui.model.spans import Extent, select

_HANGUL = re.compile(r"[가-힣]")
_LETTERS = re.compile(
    r"\d|\b(?:[jfmasond][a-z]{2}|[mtwfs][a-z]{1,5}day|to(?:day|night|morrow)|yesterday|last|past|"
    r"this|next|every|each|spring|summer|autumn|fall|winter|ago|year|month|week|quarter|decade|"
    r"century|days?|hours?|minutes?|weeks|months|years|decades|same|following|previous|noon|now|future|daily|"
    r"nightly|weekly|monthly|yearly|annually|"
    r"midday)",
    re.IGNORECASE,
)
_BOUND = "|".join(sorted(BOUNDS, key=len, reverse=True)).replace(" ", r"\s+")
_OF = (
    r"(?:very\s)?(?:beginning|start|middle|end|close|opening|first\shalf|second\shalf|latter\shalf|"
    r"latter\spart|early\spart)\sof"
)
_LEAD = re.compile(
    rf"(?:\b(?P<bound>{_BOUND}|between|as\searly\sas|as\slate\sas|on|in|at|during|over|for)\s+)?"
    r"(?:\b(?P<about>around|circa|roughly|approximately|about|some\s?time\sin)\s+)?"
    rf"(?:\bthe\s+)?(?:\b(?P<part>early|mid|late|earlier|later|{_OF})[\s-]+(?:(?:in|on)\s+)?"
    r"(?:the\s+)?)?$",
    re.IGNORECASE,
)
_UNTIL_THE_END = ("by", "before", "until", "till", "through", "up to", "no later than")
_WINDOW = 48
_JOIN = re.compile(
    r"\s*(?:(to|until|till|through|and|-|–|—|부터|에서|~)\s*)(?:the\s+)?", re.IGNORECASE
)
_BETWEEN_DAYS = re.compile(r",?\s*(?:on\s+|at\s+|the\s+)?\(?")
_FROM = re.compile(r"\b(?:from|between)\s+(?:the\s+)?(?:about\s+)?$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s+(?:on|onwards?|forwards?)\b")
_POSSESSIVE = re.compile(r"['’]s?\s+[a-z]")
_TYPED_LEAD = re.compile(
    r"(?:(?:on|in|at|during|for|over|within|as\sof|as\searly\sas|as\slate\sas)\s+)?(?:the\s+)?",
    re.IGNORECASE,
)

# A full stop behind a month's whole name ends the sentence.
_FULL_STOP = re.compile(rf"\b({FULL_MONTHS})\.$", re.IGNORECASE)
_SAYING = re.compile(r"\b(?:said|told|says|reported|announced|added|wrote)\b|[.;:“”\"]")
_WILL = (
    r"will|won['’]t|shall|['’]ll|going\sto|about\sto|plans?\sto|planned\sfor|schedul\w+|due|"
    r"set\sto|set\sfor|planning\sto|planned\s(?:an?|to)|as\ssoon\sas|deadline|would\sbe\s\w+ing|expect\w*|hop(?:e|es|ing)\s(?:to|for)|intends?|aims?\s(?:to|for)|"
    r"(?:is|are|yet)\sto|not\sbefore|upcoming|forthcoming|as\searly\sas|looms?|looming|"
    r"(?:may|might)(?!\s(?:not\s)?have\b)(?:\s|$)"
)
# Of the future or of the past: these decide only for what lies far back.
_COULD = r"(?:could|can|would|should|must)(?!\s(?:not\s)?have\b)(?:\s|$)|(?:was|were)\sto\s"
_FUTURE_BEFORE = re.compile(rf"\b(?:{_WILL})", re.IGNORECASE)
_COULD_BEFORE = re.compile(rf"\b(?:{_COULD})", re.IGNORECASE)
_FUTURE_AFTER = re.compile(rf",?\s+(?:[\w'’-]+\s+){{0,6}}?(?:{_WILL})\b", re.IGNORECASE)
_OPENING = re.compile(r"(?:^|[.;:,\n“”\"])\s*(?:(?:on|in|by|and|but|next)\s+)*$", re.IGNORECASE)
_AT_THE = re.compile(r"\s+at\sthe\s(?:earliest|latest)\b", re.IGNORECASE)


class _Piece(NamedTuple):
    start: int
    end: int
    value: Value
    clock: str = ""
    bound: str = ""


def _korean() -> ModuleType:
    """The Korean rules, which are compiled when the first Hangul is met."""
    from tui.analysis import korean_times

    return korean_times


def resolve_when(text: str, anchor: str, *, language: str = "") -> When:
    """The time that an expression or an EDTF value means, counted from an ISO date or time.

    A typed EDTF value is taken as it is (rule `typed`). What is relative without an anchor, a
    duration, or not understood keeps its words and says why in `rule`; `edtf` is then empty.
    """
    words = " ".join(text.split())
    value = _as_typed(words)
    if value is not None:
        earliest, latest = edtf_bounds(value)
        return When(words, None, value, earliest, latest, edtf_qualifier(value), rule="typed")
    anchors = read_anchor(anchor)
    korean = bool(_HANGUL.search(words)) or language == "ko"
    pieces = _pieces(words, Extent(0, len(words)), anchors, typed=True, korean=korean)
    lead = _TYPED_LEAD.match(words)
    starts = range(lead.end() + 1 if lead else 1)
    for piece in pieces:
        if piece.start in starts and not words[piece.end :].strip(" .,!"):
            return _when(words, piece.value, anchors)
    return When(words, rule="not understood")


def _as_typed(words: str) -> str | None:
    upper = words.upper()
    for value in (words, upper, re.sub(r"^(\d{4}-\d\d-\d\d) (\d\d:\d\d)", r"\1T\2", upper)):
        if is_edtf(value):
            return value
    return None


def find_times(text: str, extent: Extent, anchor: str) -> list[When]:
    """The times that stand in a range of a text, in order, each with its span.

    Durations and what cannot be placed are among them, unresolved. Offsets are code points.
    """
    anchors = read_anchor(anchor)
    korean = bool(_HANGUL.search(text, extent.start, extent.end))
    found: list[When] = []
    for piece in _pieces(text, extent, anchors, typed=False, korean=korean):
        when = _when(" ".join(text[piece.start : piece.end].split()), piece.value, anchors)
        found.append(_spanned(when, text, piece))
    return found


def _spanned(when: When, text: str, piece: _Piece) -> When:
    return When(
        when.text,
        select(text, piece.start, piece.end),
        when.edtf,
        when.earliest,
        when.latest,
        when.qualifier,
        when.anchor,
        when.rule,
    )


def _when(words: str, value: Value, anchors: tuple[Anchor, ...]) -> When:
    if not value.edtf:
        return When(words, rule=value.rule)
    try:
        earliest, latest = edtf_bounds(value.edtf)
    except ValueError:
        return When(words, rule="ends before it begins")
    qualifier = value.qualifier or edtf_qualifier(value.edtf)
    anchor = anchors[0].iso[:10] if value.anchored and anchors else ""
    return When(words, None, value.edtf, earliest, latest, qualifier, anchor, value.rule)


def _pieces(
    text: str, extent: Extent, anchors: tuple[Anchor, ...], *, typed: bool, korean: bool
) -> list[_Piece]:
    if not korean and not _LETTERS.search(text, extent.start, extent.end):
        return []
    chosen = _without_overlaps(_candidates(text, extent, anchors, typed=typed, korean=korean))
    chosen = _merged_days(text, chosen)
    chosen = [_led(text, extent, piece) for piece in chosen]
    chosen = _joined(text, chosen)
    return [_finished(text, piece, extent) for piece in chosen]


@lru_cache(maxsize=64)
def _matches(
    text: str, extent: Extent, korean: bool
) -> tuple[tuple[re.Pattern[str], english_times.Rule, tuple[re.Match[str], ...]], ...]:
    """Where the rules match; kept, since times are asked for with more than one anchor."""
    rules = [*english_times.RULES.items(), *(_korean().RULES.items() if korean else ())]
    gates: dict[re.Pattern[str], bool] = {}
    found: list[tuple[re.Pattern[str], english_times.Rule, tuple[re.Match[str], ...]]] = []
    for pattern, rule in rules:
        gate = english_times.GATES.get(rule)
        if gate is not None:
            if gate not in gates:
                gates[gate] = gate.search(text, *extent) is not None
            if not gates[gate]:
                continue
        matches = tuple(pattern.finditer(text, *extent))
        if matches:
            found.append((pattern, rule, matches))
    return tuple(found)


def _candidates(
    text: str, extent: Extent, anchors: tuple[Anchor, ...], *, typed: bool, korean: bool
) -> Iterator[_Piece]:
    for pattern, rule, found in _matches(text, extent, korean):
        for match in found:
            future = not typed and _speaks_of_future(text, extent, match.start(), match.end())
            value = resolved(anchors, partial(rule, match), future=future, typed=typed)
            if value is not None and value.edtf.endswith("?") and not future:
                value = _perhaps_ahead(text, extent, match, rule, anchors) or value
            if value is None:
                continue
            clock = ""
            if pattern is english_times.CLOCK:
                clock = english_times.clock_time(match) or ""
            elif korean and pattern is _korean().CLOCK:
                clock = _korean().clock_time(match) or ""
            tail = len(match[0]) - len(_FULL_STOP.sub(r"\1", match[0].rstrip()))
            yield _Piece(match.start(), match.end() - tail, value, clock)


def _perhaps_ahead(
    text: str,
    extent: Extent,
    match: re.Match[str],
    rule: english_times.Rule,
    anchors: tuple[Anchor, ...],
) -> Value | None:
    """What lies far back read as ahead, where the clause says `could` or `would`."""
    clause = _clause_before(text, extent, match.start())
    if not _COULD_BEFORE.search(clause):
        return None
    return resolved(anchors, partial(rule, match), future=True)


def _without_overlaps(pieces: Iterator[_Piece]) -> list[_Piece]:
    taken = Taken()
    found = [
        piece
        for piece in sorted(pieces, key=lambda p: (p.start - p.end, p.start))
        if taken.take(Extent(piece.start, piece.end))
    ]
    return sorted(found, key=lambda p: p.start)


def _speaks_of_future(text: str, extent: Extent, start: int, end: int) -> bool:
    if _POSSESSIVE.match(text, end):
        return False
    before = text[max(extent.start, start - 90) : start]
    if _FUTURE_BEFORE.search(_clause_before(text, extent, start)):
        return True
    after = text[end : min(extent.end, end + 70)]
    if _AT_THE.match(after):
        return True
    if (
        _HANGUL.search(after[:30])
        and _korean().FUTURE.search(after[:30])
        and not re.search(r"[.,]", after[:12])
    ):
        return True
    if not _OPENING.search(before) and start > extent.start + 4:
        return False
    found = _FUTURE_AFTER.match(after)
    return found is not None and not _SAYING.search(found.group())


def _clause_before(text: str, extent: Extent, start: int) -> str:
    before = text[max(extent.start, start - 90) : start]
    cut = 0
    for found in _SAYING.finditer(before):
        cut = found.end()
    return before[cut:]


def _merged_days(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Pieces that tell one time together: a weekday and its date, a day and its clock."""
    merged: list[_Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is None or not _BETWEEN_DAYS.fullmatch(text, last.end, piece.start):
            merged.append(piece)
            continue
        joined = _one_time(last, piece)
        if joined is None:
            merged.append(piece)
        else:
            merged[-1] = joined
    return merged


def _one_time(first: _Piece, second: _Piece) -> _Piece | None:
    start, end = first.start, second.end
    if first.value.rule == second.value.rule == NO_DAY and not (first.clock or second.clock):
        return _Piece(start, end, first.value)
    if first.clock and not second.clock:
        return _timed(second, first.clock, start, end)
    if second.clock and not first.clock:
        return _timed(first, second.clock, start, end)
    for day, date in ((first, second), (second, first)):
        if day.value.weekday is None or date.value.weekday is not None or date.clock:
            continue
        if date.value.yearless is None and date.value.rule != "a date in full":
            continue
        return _Piece(start, end, _checked_weekday(date.value, day.value.weekday))
    return None


def _timed(day: _Piece, clock: str, start: int, end: int) -> _Piece | None:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", day.value.edtf):
        return None if day.value.edtf else _Piece(start, end, day.value)
    value = day.value._replace(edtf=f"{day.value.edtf}T{clock}", weekday=None)
    return _Piece(start, end, value)


def _checked_weekday(value: Value, weekday: int) -> Value:
    import datetime as dt

    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}\??", value.edtf):
        return value
    day = dt.date.fromisoformat(value.edtf[:10])
    if day.weekday() == weekday:
        return value._replace(edtf=value.edtf[:10])
    for year in (day.year + 1, day.year - 1):
        with suppress(ValueError):  # 29 February
            other = day.replace(year=year)
            if value.yearless is not None and other.weekday() == weekday:
                rule = "the nearest one that is that day of the week"
                return value._replace(edtf=other.isoformat(), rule=rule)
    rule = f"{value.rule}; but that is another day of the week"
    return value._replace(edtf=f"{value.edtf[:10]}?", rule=rule)


def _led(text: str, extent: Extent, piece: _Piece) -> _Piece:
    """The piece with the words before it that narrow, loosen or bound it."""
    lead = _LEAD.search(text, max(extent.start, piece.start - _WINDOW), piece.start)
    if lead is None or (lead["part"] is None and lead["bound"] is None and lead["about"] is None):
        return piece
    value, start = piece.value, piece.start
    if lead["part"]:
        part = " ".join(lead["part"].casefold().split())
        narrowed = _narrowed(value, part)
        bound = (lead["bound"] or "").casefold()
        if part.endswith(("end of", "close of")) and bound in _UNTIL_THE_END and value.edtf:
            return _Piece(lead.start("bound"), piece.end, value, "", "until")
        if narrowed is None:
            return piece
        value, start = narrowed, lead.start("part")
    if lead["about"] and _may_be_about(text, piece, lead["about"].casefold()):
        value, start = approximate(value), min(start, lead.start("about"))
    bound = BOUNDS.get(" ".join((lead["bound"] or "").casefold().split()), "")
    if (lead["bound"] or "").casefold() in ("from", "between"):
        return _Piece(start, piece.end, value, piece.clock, lead["bound"].casefold())
    if bound and value.edtf and not _POSSESSIVE.match(text, piece.end):
        start = lead.start("bound")
        return _Piece(start, piece.end, value, piece.clock, bound)
    return _Piece(start, piece.end, value, piece.clock)


def _may_be_about(text: str, piece: _Piece, word: str) -> bool:
    first = text[piece.start : piece.start + 4].casefold()
    if word == "about":  # "talked about last year"
        return first[:1].isdigit() or first == "noon"
    return piece.value.weekday is None and first not in ("last", "this", "next", "the ")


def _narrowed(value: Value, part: str) -> Value | None:
    """The early, mid or late part of a value, or up to or from the anchor; None if it has none."""
    if not value.edtf:
        return value
    if part in ("earlier", "later"):
        return value if len(value.edtf) in (10, 16) else None
    word = part.removeprefix("very ").removesuffix(" of")
    mark = value.edtf[-1:] if value.edtf[-1:] == "?" else ""
    narrowed = part_of(value.edtf.removesuffix("?"), PARTS[word])
    if narrowed == value.edtf:  # a day has no parts
        return value if len(narrowed) == len("2025-02-05") else approximate(value)
    if mark:
        narrowed = "/".join(f"{edge.rstrip('~')}%" for edge in narrowed.split("/"))
    qualifier = "approximate" if "~" in narrowed else value.qualifier
    return value._replace(
        edtf=narrowed,
        rule=f"{value.rule}; its {PARTS[word]} part",
        qualifier="uncertain" if mark else qualifier,
    )


def _joined(text: str, pieces: list[_Piece]) -> list[_Piece]:
    """Ranges: `from X to Y`, `between X and Y`, `X-Y`."""
    joined: list[_Piece] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        join = _JOIN.fullmatch(text, last.end, piece.start) if last else None
        if last is None or join is None or not _may_join(last, piece, join[1].casefold()):
            joined.append(piece)
            continue
        value = _from_to(last.value, piece.value)
        if value is None:
            joined.append(piece)
            continue
        start = last.start
        if last.bound in ("from", "between"):
            led = _FROM.search(text, max(0, start - 20), start)
            start = led.start() if led else start
        joined[-1] = _Piece(start, piece.end, value, bound="range")
    return joined


def _may_join(first: _Piece, second: _Piece, word: str) -> bool:
    if first.bound in ("since", "until", "before", "after") or ".." in first.value.edtf:
        return False
    if second.bound not in ("", "until"):
        return False
    if word == "and":
        return first.bound == "between"
    return True


def _from_to(first: Value, second: Value) -> Value | None:
    if not first.edtf or not second.edtf or "T" in first.edtf:
        return None
    low, high = start_of(first.edtf), end_of(second.edtf)
    low = _same_year(low, high, first)
    earliest, _ = edtf_bounds(low)
    _, latest = edtf_bounds(high)
    if sort_key(earliest) > sort_key(latest):
        low = _weekday_before(low, first)
        if low is None:
            return None
    return Value(
        f"{low}/{high}",
        f"from and to: {first.rule}; {second.rule}",
        anchored=first.anchored or second.anchored,
    )


def _same_year(low: str, high: str, first: Value) -> str:
    if first.yearless is None or not re.match(r"\d{4}-\d\d", high) or not low[:4].isdigit():
        return low
    year = int(high[:4]) - (low[5:7] > high[5:7])
    return f"{year:04d}{low[4:].rstrip('?')}"


def _weekday_before(low: str, first: Value) -> str | None:
    import datetime as dt

    if first.weekday is None or len(low) != 10:
        return None
    return (dt.date.fromisoformat(low) - dt.timedelta(days=7)).isoformat()


def _finished(text: str, piece: _Piece, extent: Extent) -> _Piece:
    """The piece with its bound applied, and a Korean particle behind it read."""
    value, end, bound = piece.value, piece.end, piece.bound
    if bound == "from":
        onwards = _ONWARDS.match(text, piece.end, extent.end)
        lead = re.compile(r"\bfrom\s+(?:the\s+)?$", re.IGNORECASE).search(
            text, max(extent.start, piece.start - 12), piece.start
        )
        if onwards and lead:
            return _Piece(lead.start(), onwards.end(), bounded(value, "since"))
        bound = ""
    after = Extent(piece.end, min(extent.end, piece.end + 12)).of(text)
    suffix = None
    if _HANGUL.search(after):
        suffix = _korean().SUFFIXES.match(text, piece.end, extent.end)
    if suffix is not None and suffix.group():
        if suffix[1]:
            value, end = approximate(value), suffix.end(1)
        if suffix[2] and bound == "range":
            end = suffix.end(2)
        elif suffix[2]:
            value, end = bounded(value, _korean().BOUNDS[suffix[2]]), suffix.end(2)
    if bound in ("since", "until", "before", "after"):
        value = bounded(value, bound)
    return _Piece(piece.start, end, value)
