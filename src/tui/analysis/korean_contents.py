"""The words that a Korean cue attributes: quotations with marks, clauses without particles."""

from __future__ import annotations

import re

from tui.analysis.quotations import MASK
from tui.model.spans import Extent

_QUOTED = re.compile(rf"[“\"「]?{MASK}+[”\"」]?")
_JOINT = re.compile(
    r"[”\"」](?:이?라)?(?:며|면서)(?:도)?,?\s+|(?<=[다라자냐])(?:며|면서)(?:도)?,?\s+"
)
_QUOTE_JOINT = re.compile(r"(?:이?라)?(?:며|면서|고|는데)(?:도|는)?[,\s]")
# Behind words that end so a quotation is a sentence of its own.
_ASIDE = re.compile(
    r"(?:대해|대하여|대해서도|대해서는|관련해|관련|통해|에서|에서는|에서도|에|에게|로|으로|위해|며|고|면서|서|뒤|후|때|중|"
    r"따라|대한|묻자|가운데|가진|[,:])$"
)
_EDGES = " \t\n,;.!?…:·"


def pieces_of(words: str, start: int, end: int, *, quoted: bool) -> tuple[Extent, ...]:
    """What is said in a range; `quoted`: it ends with a mark, and is a quotation or several.

    Pieces that `-며` joins are pieces of one statement. Nothing if there is no letter in it.
    """
    found = _quotations(words, start, end) if quoted else _clauses(words, start, end)
    return tuple(
        piece
        for each in found
        if (piece := _trimmed(words, each))
        and any(c.isalnum() or c == MASK for c in piece.of(words))
    )


def _quotations(words: str, start: int, end: int) -> list[Extent]:
    quotes = [Extent(*m.span()) for m in _QUOTED.finditer(words, start, end)]
    if not quotes:
        return _clauses(words, start, end)
    before = words[start : quotes[0].start].strip()
    if before and not _ASIDE.search(before) and words[end : end + 1] in ("라", "이"):
        return [Extent(start, end)]  # `이 기술이 “혁명”이라고`
    found: list[Extent] = []
    at = quotes[0].start
    for quote in quotes:
        if found and not _QUOTE_JOINT.match(words, at):
            found[-1] = Extent(found[-1].start, quote.end)
        else:
            between = words[at : quote.start] if found else ""
            clause = re.search(r"(?<=[다라자냐])(?:며|면서)도?,?\s", between)
            joint = _QUOTE_JOINT.match(words, at) if found else None
            if clause is not None and joint is not None:
                found.append(Extent(joint.end(), at + clause.start()))
            found.append(quote)
        at = quote.end
    return found


def _clauses(words: str, start: int, end: int) -> list[Extent]:
    found: list[Extent] = []
    for joint in _JOINT.finditer(words, start, end):
        stop = joint.start() + (words[joint.start()] in '”"」')
        found.append(Extent(start, stop))
        start = joint.end()
    return [*found, Extent(start, end)]


def _trimmed(words: str, piece: Extent) -> Extent | None:
    start, end = piece
    while start < end and words[start] in _EDGES:
        start += 1
    while end > start and words[end - 1] in _EDGES:
        end -= 1
    kept = words[start:end]
    if kept[:1] in "“「" and "”" not in kept and "」" not in kept:
        start += 1
    if kept[-1:] in ("”", "」") and "“" not in kept and "「" not in kept:
        end -= 1
    if kept[-1:] == '"' and kept.count('"') == 1:
        end -= 1
    return Extent(start, end) if start < end else None
