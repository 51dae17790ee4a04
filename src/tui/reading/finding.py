"""Finding in the open article: plain words, or a regular expression between slashes.

Offsets are code points into the canonical text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.model.articles import Outline
from tui.model.spans import Extent
from tui.reading.motions import readable

SECONDS = 0.3  # of the processor, that a regular expression of the analyst may take
LONGEST = 1000  # code points of a regular expression; more than anybody types
_QUOTES = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", '"': '["“”]', "“": '["“”]', "”": '["“”]'}
_ESCAPED = re.compile(r"\\.", re.DOTALL)


class QueryError(ValueError):
    """A regular expression that cannot be used; says why, and what to do about it."""


def find_all(text: str, outline: Outline, query: str) -> list[Extent]:
    r"""Where a query stands in what is read, in text order, without overlap.

    The query is literal; case counts only if it has a capital (smart case). A blank in it matches
    any run of blanks and line breaks, a quotation mark every form of that mark. Between slashes
    (`/troops?|soldiers/`) it is a regular expression, `^` and `$` are at lines, and capitals in
    escapes (`\S`) do not count. Raises QueryError for one that is none or takes too long.
    """
    wanted = expression(query)
    found = _matches(wanted, text) if wanted else _words(query, text)
    return [extent for extent in found if readable(outline, extent.start) == extent.start]


def expression(query: str) -> str:
    """The regular expression that a query is, without its slashes; empty if it is plain words."""
    return query[1:-1] if len(query) > 2 and query[0] == query[-1] == "/" else ""


def next_hit(hits: Sequence[Extent], offset: int) -> int | None:
    """The index of the first hit behind `offset`, going on at the top; None without hits."""
    behind = (index for index, hit in enumerate(hits) if hit.start > offset)
    return next(behind, 0 if hits else None)


def previous_hit(hits: Sequence[Extent], offset: int) -> int | None:
    """The index of the last hit before `offset`, going on at the end; None without hits."""
    last = len(hits) - 1
    before = (last - index for index, hit in enumerate(reversed(hits)) if hit.start < offset)
    return next(before, last if hits else None)


def _words(query: str, text: str) -> Iterable[Extent]:
    parts = query.split()
    if not parts:
        return ()
    literal = r"\s+".join(
        "".join(_QUOTES.get(char, re.escape(char)) for char in part) for part in parts
    )
    pattern = re.compile(literal, 0 if any(c.isupper() for c in query) else re.IGNORECASE)
    return (Extent(*match.span()) for match in pattern.finditer(text))


def _matches(wanted: str, text: str) -> list[Extent]:
    """Where a regular expression matches at least one character. Raises QueryError."""
    import regex

    if len(wanted) > LONGEST:
        raise QueryError(f"this expression is longer than {LONGEST} characters: shorten it")
    minds_case = any(c.isupper() for c in _ESCAPED.sub("", wanted))
    try:
        flags = regex.MULTILINE | (0 if minds_case else regex.IGNORECASE)
        found = regex.compile(wanted, flags).finditer(text, timeout=SECONDS)
        return [Extent(*match.span()) for match in found if match.end() > match.start()]
    except TimeoutError as error:
        raise QueryError(f"/{wanted}/ takes longer than {SECONDS} s: make it simpler") from error
    except regex.error as error:
        raise QueryError(f"/{wanted}/ is no regular expression: {error}") from error
    except (RecursionError, MemoryError, OverflowError, ValueError) as error:
        raise QueryError(f"/{wanted}/ is too much to look for: make it simpler") from error
