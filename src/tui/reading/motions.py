"""Where a key of reading takes the caret: pure functions from an offset to an offset.

Offsets are code points into the canonical text and always lie at a grapheme's begin (UAX #29) and
in text that is read: the header and the blanks between paragraphs are stepped over. A motion that
has nowhere to go returns the offset it was given. Motions by visual row need the layout and are
the article view's.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import itemgetter

from tui.model.articles import Outline, Sentence
from tui.model.spans import Extent

_Ranges = Sequence[Extent] | Sequence[Sentence]

_start = itemgetter(0)
_LONGEST = 256  # code points of a run without blanks that are read back for a word
_WINDOW = 64  # code points looked at for one grapheme before more are
_line_break = re.compile(r"[^\S\n]*\n\s*").match


# Characters


def next_grapheme(text: str, offset: int) -> int:
    """The offset behind the grapheme that begins at `offset`; the text's length at its end."""
    size = len(text)
    if offset >= size:
        return size
    pair = text[offset : offset + 2]
    if pair.isascii() and pair != "\r\n":
        return offset + 1
    from wcwidth import iter_graphemes  # takes 10 ms, and plain text never needs it

    window = _WINDOW
    while True:
        found = len(next(iter_graphemes(text[offset : offset + window])))
        if found < window or offset + window >= size:
            return offset + found
        window *= 8


def previous_grapheme(text: str, offset: int) -> int:
    """The begin of the grapheme before `offset`; 0 at the begin of the text."""
    if offset <= 0:
        return 0
    pair = text[max(0, offset - 2) : offset]
    if pair.isascii() and pair != "\r\n":
        return offset - 1
    from wcwidth import grapheme_boundary_before

    window = _WINDOW
    while True:
        low = max(0, offset - window)
        found = low + grapheme_boundary_before(text[low:offset], offset - low)
        if found > low or low == 0:
            return found
        window *= 8


def next_character(text: str, outline: Outline, offset: int, count: int = 1) -> int:
    """`l`: the next grapheme that is read; a line break with its blanks counts as one."""
    for _ in range(count):
        broken = _line_break(text, offset)
        following = readable(outline, broken.end() if broken else next_grapheme(text, offset))
        if following is None or following >= len(text):
            break
        offset = following
    return offset


def previous_character(text: str, outline: Outline, offset: int, count: int = 1) -> int:
    """`h`: the grapheme read before this one."""
    for _ in range(count):
        before = _readable_before(outline, offset)
        if before is None:
            break
        low = before
        while low > 0 and text[low - 1].isspace():
            low -= 1
        gap = text[low:before]
        inside = readable(outline, low) == low
        offset = low if "\n" in gap and inside else previous_grapheme(text, before)
    return offset


def readable(outline: Outline, offset: int) -> int | None:
    """The offset itself if it lies in text that is read, else where such text next begins."""
    starts: list[int] = []
    both: tuple[_Ranges, ...] = (outline.paragraphs, outline.sentences)
    for extents in both:
        index = bisect_right(extents, offset, key=_start) - 1
        if index >= 0 and offset < extents[index].end:
            return offset
        if index + 1 < len(extents):
            starts.append(extents[index + 1].start)
    return min(starts, default=None)


def _readable_before(outline: Outline, offset: int) -> int | None:
    """The end of what is read before `offset`, which is `offset` in the middle of it."""
    ends: list[int] = []
    both: tuple[_Ranges, ...] = (outline.paragraphs, outline.sentences)
    for extents in both:
        index = bisect_right(extents, offset - 1, key=_start) - 1
        if index >= 0:
            ends.append(min(offset, extents[index].end))
    return max(ends, default=None)


# Words


@lru_cache(maxsize=8192)
def _kind(char: str) -> str:
    """What a code point is to a word: `` none, `w` letter or digit, `m` mark, a script's name."""
    if "\u3041" <= char <= "\u30ff":
        return "kana"
    if "\u3400" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff":
        return "han"
    if char.isalnum() or char == "_":
        return "w"
    return "m" if char in "\u200c\u200d" or unicodedata.category(char)[0] == "M" else ""


def word_end_at(text: str, start: int, limit: int | None = None) -> int:
    """Where the word that begins at `start` ends; `start` itself if none begins there.

    A word is a run of letters, digits and their marks of one script; an apostrophe between
    letters and a point, comma or colon between digits belong to it ("haven't", "3,000").
    """
    limit = len(text) if limit is None else limit
    if start >= limit:
        return start
    kind = _kind(text[start])
    if kind in ("", "m"):
        return start
    at = start + 1
    while at < limit:
        other = _kind(text[at])
        if other not in (kind, "m"):
            joins = kind == "w" and other == "" and at + 1 < limit and _inner(text, at)
            if not joins:
                break
        at += 1
    return at


def _inner(text: str, at: int) -> bool:
    before, char, after = text[at - 1 : at + 2]
    if char in "'’":
        return before.isalpha() and after.isalpha()
    return char in ".,:" and before.isdigit() and after.isdigit()


def words(text: str, start: int, end: int) -> Iterator[Extent]:
    """The words that begin in a range, in order."""
    at = start
    while at < end:
        after = word_end_at(text, at)
        if after > at:
            yield Extent(at, after)
            at = after
        else:
            at += 1


def next_word(text: str, outline: Outline, offset: int, count: int = 1) -> int:
    """`w`: the begin of the next word."""
    for _ in range(count):
        offset = _word_after(text, outline, offset).start
    return offset


def word_end(text: str, outline: Outline, offset: int, count: int = 1) -> int:
    """`e`: the last grapheme of this word, or of the next if the caret is there already."""
    for _ in range(count):
        here = _word_around(text, outline, offset)
        if here is None or next_grapheme(text, offset) >= here.end:
            here = _word_after(text, outline, offset)
        if here.start < here.end:
            offset = previous_grapheme(text, here.end)
    return offset


def previous_word(text: str, outline: Outline, offset: int, count: int = 1) -> int:
    """`b`: the begin of this word, or of the one before if the caret is there already."""
    for _ in range(count):
        index = bisect_right(outline.sentences, offset, key=_start) - 1
        while index >= 0:
            stop = outline.sentences[index]
            found = _last_word(text, stop.start, min(stop.end, offset))
            if found is not None:
                offset = found.start
                break
            index -= 1
    return offset


def _last_word(text: str, low: int, high: int) -> Extent | None:
    """The last word that begins in a range."""
    while low < high:
        start = _run_start(text, low, high)
        found = None
        for word in words(text, start, high):
            found = word
        if found is not None:
            return found
        high = start - 1 if start > low else low
    return None


def _run_start(text: str, low: int, high: int) -> int:
    """Where the run without blanks that ends at `high` begins, looked for a little way back."""
    start = high
    low = max(low, high - _LONGEST)
    while start > low and not text[start - 1].isspace():
        start -= 1
    return start


def _word_around(text: str, outline: Outline, offset: int) -> Extent | None:
    index = bisect_right(outline.sentences, offset, key=_start) - 1
    if index < 0 or offset >= outline.sentences[index].end:
        return None
    start = _run_start(text, outline.sentences[index].start, offset)
    return next((w for w in words(text, start, offset + 1) if w.covers(offset)), None)


def _word_after(text: str, outline: Outline, offset: int) -> Extent:
    """The first word that begins behind `offset`; an empty extent at `offset` if there is none."""
    here = _word_around(text, outline, offset)
    at = max(offset + 1, here.end if here else 0)
    for stop in _stops_from(outline, offset):
        for word in words(text, max(stop.start, at), stop.end):
            return word
    return Extent(offset, offset)


def _stops_from(outline: Outline, offset: int) -> Iterator[Extent]:
    index = max(0, bisect_right(outline.sentences, offset, key=_start) - 1)
    while index < len(outline.sentences):
        yield outline.sentences[index].extent
        index += 1


def find_word(text: str, outline: Outline, offset: int, letters: str) -> int | None:
    """`f`: the next word that begins with the letters, in either case; None if there is none."""
    if not letters:
        return None
    for found in re.compile(re.escape(letters), re.IGNORECASE).finditer(text, offset + 1):
        at = found.start()
        if readable(outline, at) != at:
            continue
        word = _word_around(text, outline, at)
        if word is not None and word.start == at:
            return at
    return None


# Sentences, paragraphs, ends


def next_sentence(outline: Outline, offset: int, count: int = 1) -> int:
    """`j`: the begin of the next stop: sentence, headline or caption."""
    return _step(outline.sentences, offset, count)


def previous_sentence(outline: Outline, offset: int, count: int = 1) -> int:
    """`k`: the begin of the stop before the one that the caret is in."""
    return _step(outline.sentences, offset, -count)


def next_paragraph(outline: Outline, offset: int, count: int = 1) -> int:
    """`}`: the begin of the next paragraph; in the last one its last sentence."""
    found = _step(outline.paragraphs, offset, count)
    return found if found > offset else max(offset, last_stop(outline, offset))


def previous_paragraph(outline: Outline, offset: int, count: int = 1) -> int:
    """`{`: the begin of this paragraph, or of the one before if the caret is there already."""
    index = bisect_right(outline.paragraphs, offset, key=_start) - 1
    if index >= 0 and outline.paragraphs[index].start < offset:
        count -= 1
        offset = outline.paragraphs[index].start
    found = _step(outline.paragraphs, offset, -count) if count else offset
    return min(offset, found)


def first_stop(outline: Outline, offset: int = 0) -> int:
    """`gg`: the begin of the first stop; `offset` where there is none."""
    return outline.sentences[0].start if outline.sentences else offset


def last_stop(outline: Outline, offset: int = 0) -> int:
    """`G`: the begin of the last stop; `offset` where there is none."""
    return outline.sentences[-1].start if outline.sentences else offset


def _step(extents: _Ranges, offset: int, count: int) -> int:
    """The begin of the extent `count` after the one around or before `offset` (else the first)."""
    if not extents:
        return offset
    index = max(0, bisect_right(extents, offset, key=_start) - 1)
    index = max(0, min(index + count, len(extents) - 1))
    return extents[index].start
