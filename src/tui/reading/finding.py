"""Finding in the open article: plain words, or a regular expression between slashes.

Offsets are code points into the canonical text.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from operator import methodcaller
from typing import TYPE_CHECKING

from tui.model.articles import Outline
from tui.model.spans import Extent
from tui.reading.hits import Hits
from tui.reading.motions import readable

if TYPE_CHECKING:
    from regex import Pattern

SECONDS = 0.3  # of the processor, that a regular expression of the analyst may take
LONGEST = 1000  # code points of a regular expression; more than anybody types
MOST = 20_000  # places that are all found and counted
_AROUND = 2_000  # where there are more, so many of them are found at a time ...
_BACK = 10_000  # ... from this many code points before the caret on
_QUOTES = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class QueryError(ValueError):
    """A regular expression that cannot be used; says why, and what to do about it."""


def find_all(text: str, outline: Outline, query: str, around: int = 0, most: int = MOST) -> Hits:
    r"""Where a query stands in what is read, in text order, without overlap.

    The query is literal; case counts only if it has a capital (smart case). A blank in it matches
    any run of blanks and line breaks, a quotation mark every form of that mark. Between slashes
    (`/troops?|soldiers/`) it is a regular expression, `^` and `$` are at lines, and capitals in
    escapes (`\S`) do not count. Raises QueryError for one that is none or takes too long.

    Where there are more than `most` places, or a regular expression has come to no end in 0.3 s,
    the hits are not `complete`: they are some of those from a little before the offset `around` on.
    """
    wanted = expression(query)
    pattern = _expression(wanted) if wanted else _words(query)
    if pattern is None:
        return Hits()
    found = _collected(text, pattern, wanted, 0, most)
    complete, back = found.complete, _BACK
    while not complete:
        start = max(0, around - back)
        found = _collected(text, pattern, wanted, start, _AROUND)
        if start == 0 or (found and found.starts[0] < around):
            break
        back *= 8
    found = _read(found, outline)
    found.complete = complete
    return found


def expression(query: str) -> str:
    """The regular expression that a query is, without its slashes; empty if it is plain words."""
    return query[1:-1] if len(query) > 2 and query[0] == query[-1] == "/" else ""


def next_hit(hits: Sequence[Extent], offset: int) -> int | None:
    """The index of the first hit behind `offset`, going on at the top; None without hits."""
    index = bisect_right(hits, offset, key=_start)
    return (index if index < len(hits) else 0) if hits else None


def previous_hit(hits: Sequence[Extent], offset: int) -> int | None:
    """The index of the last hit before `offset`, going on at the end; None without hits."""
    index = bisect_left(hits, offset, key=_start) - 1
    return (index if index >= 0 else len(hits) - 1) if hits else None


def _start(hit: Extent) -> int:
    return hit.start


def _words(query: str) -> Pattern[str] | None:
    """What matches plain words; None if there are none."""
    import regex  # of both the quicker one where case does not count

    parts = query.split()
    if not parts:
        return None
    literal = r"\s+".join(
        "".join(_QUOTES.get(char, re.escape(char)) for char in part) for part in parts
    )
    minds_case = any(c.isupper() for c in query) or query.lower() == query.upper()
    return regex.compile(literal, regex.VERSION0 if minds_case else regex.IGNORECASE)


def _expression(wanted: str) -> Pattern[str]:
    """A regular expression of the analyst. Raises QueryError if it is none."""
    import regex

    if len(wanted) > LONGEST:
        raise QueryError(f"this expression is longer than {LONGEST} characters: shorten it")
    minds_case = any(c.isupper() for c in _ESCAPED.sub("", wanted))
    try:
        return regex.compile(wanted, regex.MULTILINE | (0 if minds_case else regex.IGNORECASE))
    except regex.error as error:
        raise QueryError(f"/{wanted}/ is no regular expression: {error}") from error
    except _TOO_MUCH as error:
        raise QueryError(f"/{wanted}/ is too much to look for: make it simpler") from error


_span = methodcaller("span")
_TOO_MUCH = (RecursionError, MemoryError, OverflowError, ValueError)


def _collected(text: str, pattern: Pattern[str], wanted: str, start: int, most: int) -> Hits:
    """Where a pattern matches at least one character, from an offset on. Raises QueryError."""
    spans: list[tuple[int, int]] = []
    complete = True
    found = map(_span, pattern.finditer(text, start, timeout=SECONDS if wanted else None))
    if wanted:
        found = (span for span in found if span[1] > span[0])
    try:
        spans.extend(islice(found, most + 1))
    except TimeoutError as error:
        complete = False
        if not spans:
            words = f"/{wanted}/ takes longer than {SECONDS} s: make it simpler"
            raise QueryError(words) from error
    except _TOO_MUCH as error:
        raise QueryError(f"/{wanted}/ is too much to look for: make it simpler") from error
    return Hits(spans[:most], complete and len(spans) <= most)


def _read(hits: Hits, outline: Outline) -> Hits:
    """The hits that begin in text that is read, which the lines of a head are not."""
    starts, gone = hits.starts, list[int]()
    if len(hits) <= len(outline.paragraphs):
        doubted: Iterator[range] = iter((range(len(hits)),))
    else:
        doubted = _between(starts, outline)
    for indexes in doubted:
        gone += (index for index in indexes if readable(outline, starts[index]) != starts[index])
    return hits.without(gone) if gone else hits


def _between(starts: Sequence[int], outline: Outline) -> Iterator[range]:
    """Indexes of the places that lie in no paragraph, in order."""
    end = low = 0
    for paragraph in outline.paragraphs:
        if paragraph.start > end:
            low = bisect_left(starts, end, low)
            high = bisect_left(starts, paragraph.start, low)
            if high > low:
                yield range(low, high)
                low = high
        end = paragraph.end
    yield range(bisect_left(starts, end, low), len(starts))
