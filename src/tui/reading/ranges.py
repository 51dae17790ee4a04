"""Ranges around the caret: word, clause, sentence, paragraph, quotation; larger and smaller.

Pure functions; ranges are half-open in code points, without blanks at their ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import islice

from tui.model.articles import Outline
from tui.model.spans import Extent
from tui.reading.motions import words

# Clause boundaries lie behind punctuation that is followed by a blank or a quote, around dashes
# between blanks, before words that open a clause, and behind Korean connective endings.
_BOUNDARY = r"""
      [,;:，；、][”’"')\]]*(?=\s+[^\s\d]) \s*
    | \s+(?:[-–—]{1,3})\s+ | [—](?=\w)
    | \s*[()\[\]]\s*
    | \s+(?=(?:but|because|although|though|while|whereas|which|who|whom|whose|unless|if|when
              |where|that)\b)
    | \s+(?=(?:and|or|so|yet)\s+(?:I|we|he|she|it|they|there|this|these|those|the|an?|that|who|which
              |could|would|will|can|may|might|must|should|has|have|had|is|are|was|were|not)\b)
    | (?<=[가-힣](?:지만|면서|으며|다며|라며|는데|으나|거나|도록|므로|다고|라고|냐고|자고))\s+
    """
_opener = re.compile(r"(?:and|but|or|so|yet|that)\b\s*", re.IGNORECASE).match


@cache
def _boundary() -> re.Pattern[str]:
    """Compiled at the first need: it takes milliseconds that the start does without."""
    return re.compile(_BOUNDARY, re.VERBOSE | re.IGNORECASE)


_REACH = 20_000  # code points of an overlong paragraph that are looked at on either side
_EDGE = " \t\n\u3000,;:，；、—–-"

_PAIRS = {"“": "”", "‘": "’", "「": "」", "『": "』", "«": "»", "‹": "›", "„": "“", "《": "》"}
_OPENERS = {close: mark for mark, close in _PAIRS.items()}
_MARKS = frozenset((*_PAIRS, *_OPENERS, '"'))


def sentence(outline: Outline, offset: int) -> Extent | None:
    """The stop that an offset is in, else the last one before it, else the first."""
    stop = outline.stop_at(offset)
    return stop.extent if stop is not None else None


def paragraph(outline: Outline, offset: int) -> Extent | None:
    """The paragraph that an offset is in; outside of all the stop there."""
    index = bisect_right(outline.paragraphs, offset, key=lambda p: p.start) - 1
    if index >= 0 and outline.paragraphs[index].covers(offset):
        return outline.paragraphs[index]
    return sentence(outline, offset)


def word_at(text: str, outline: Outline, offset: int) -> Extent | None:
    """The word under an offset, else the next one of its sentence (for `*`)."""
    around = sentence(outline, offset)
    if around is None:
        return None
    found = words(text, around.start, around.end)
    return next((word for word in found if word.end > offset), None)


def clause(text: str, outline: Outline, offset: int) -> Extent | None:
    """The clause that an offset is in, without a conjunction that opens it.

    Clauses end at punctuation and at words that join clauses; one of a single word goes with the
    one behind it.
    """
    around = sentence(outline, offset)
    if around is None:
        return None
    found = _clauses(text, around)
    return next((c for c in reversed(found) if c.start <= offset), found[0])


def _clauses(text: str, around: Extent) -> list[Extent]:
    pieces: list[Extent] = []
    start = around.start
    for match in _boundary().finditer(text, around.start, around.end):
        alone = next(islice(words(text, start, match.start()), 1, None), None) is None
        if alone and match[0].strip() not in ("(", ")"):
            continue
        pieces.append(_bare(text, start, match.start(), start > around.start))
        start = match.end()
    pieces.append(_bare(text, start, around.end, start > around.start))
    return [piece for piece in pieces if piece.start < piece.end] or [around]


def _bare(text: str, start: int, end: int, inner: bool) -> Extent:
    """A clause without blanks, commas and half a pair of quotation marks at its ends.

    An `inner` one, which is not the first of its sentence, also loses the conjunction before it.
    """
    while start < end and text[start] in _EDGE:
        start += 1
    opener = _opener(text, start, end) if inner else None
    if opener and opener.end() < end:
        start = opener.end()
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    first, last = text[start : start + 1], text[end - 1 : end]
    if first in _MARKS and not _paired(text, first, start + 1, end):
        start += 1
    elif last in _MARKS and not _paired(text, last, start, end - 1):
        end -= 1
    return Extent(start, end)


def _paired(text: str, mark: str, start: int, end: int) -> bool:
    """Whether a range has the other mark of a pair."""
    others = (mark, _PAIRS.get(mark, ""), _OPENERS.get(mark, ""))
    return any(other and text.find(other, start, end) >= 0 for other in others)


def rungs(text: str, outline: Outline, offset: int) -> list[Extent]:
    """Clause, sentence and paragraph around an offset, each larger than the one before."""
    found: list[Extent] = []
    for extent in (
        clause(text, outline, offset),
        sentence(outline, offset),
        paragraph(outline, offset),
    ):
        if extent is not None and (not found or _within(found[-1], extent)):
            found.append(extent)
    return found


def _within(inner: Extent, outer: Extent) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end and inner != outer


def grow(text: str, outline: Outline, offset: int, selected: Extent | None) -> Extent | None:
    """`s`: the smallest of clause, sentence, paragraph that is larger than what is selected.

    `selected` again where nothing is larger, None where there is nothing to select.
    """
    found = rungs(text, outline, offset)
    if selected is None:
        return found[0] if found else None
    return next((rung for rung in found if _within(selected, rung)), selected)


def shrink(text: str, outline: Outline, offset: int, selected: Extent | None) -> Extent | None:
    """`S`: the largest of clause, sentence, paragraph that is smaller; None below the clause."""
    if selected is None:
        return None
    found = rungs(text, outline, offset)
    return next((rung for rung in reversed(found) if _within(rung, selected)), None)


def quotation(
    text: str, outline: Outline, offset: int, selected: Extent | None = None
) -> Extent | None:
    """`"`: what stands between the quotation marks around an offset, the marks left out.

    The innermost one; with `selected` the next around it. Straight, curly, angled and Korean
    marks, nested. One that is opened at the begin of its paragraph and never closed runs to its
    end (the convention for speech over several paragraphs); other unbalanced marks are passed
    over. None if the offset is in no quotation.
    """
    around = paragraph(outline, offset)
    if around is None:
        return None
    around = Extent(max(around.start, offset - _REACH), min(around.end, offset + _REACH))
    found = [
        quote
        for quote in _quotations(text, around)
        if quote.start - 1 <= offset <= quote.end and (selected is None or _within(selected, quote))
    ]
    return min(found, key=lambda quote: quote.end - quote.start, default=None)


def _quotations(text: str, around: Extent) -> list[Extent]:
    found: list[Extent] = []
    open_marks: list[tuple[str, int]] = []  # (the mark that closes it, where its content begins)
    for at in range(around.start, around.end):
        char = text[at]
        if char not in "\"'" and char not in _PAIRS and char not in _OPENERS:
            continue
        before = text[at - 1] if at > around.start else " "
        after = text[at + 1] if at + 1 < around.end else " "
        if char in "'’" and before.isalnum() and after.isalnum():
            continue  # an apostrophe
        index = _closes(open_marks, char, before, after)
        if index is not None:
            content = Extent(open_marks[index][1], at)
            del open_marks[index:]
            if content.start < content.end:
                found.append(content)
        elif char in _PAIRS:
            open_marks.append((_PAIRS[char], at + 1))
        elif char in "\"'" and not after.isspace() and not before.isalnum():
            open_marks.append((char, at + 1))
    if open_marks and open_marks[0][1] == around.start + 1 < around.end:
        found.append(Extent(around.start + 1, around.end))
    return found


def _closes(
    open_marks: Sequence[tuple[str, int]], char: str, before: str, after: str
) -> int | None:
    """Index of the open mark that `char` closes, the innermost; None if it closes none."""
    straight = char in "\"'"
    if straight and (before.isspace() or (after.isalnum() and not before.isalnum())):
        return None
    for index in range(len(open_marks) - 1, -1, -1):
        if open_marks[index][0] == char:
            return index
    return None
