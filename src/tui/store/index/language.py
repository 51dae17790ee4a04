"""The query language: words, "phrases", prefix*, AND OR NOT, parentheses, and filters.

What is typed never reaches FTS5: it is read here, and the expression is written anew from words in
double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tui.model.filters import KEYS, Filter, with_part
from tui.model.queries import (
    BESIDE,
    MOST,
    TOO_LONG,
    Either,
    Every,
    Leaf,
    Node,
    Token,
    token_of,
    tree,
)
from tui.model.wording import format_list
from tui.store.index.bigrams import asked

FILTERS = ("tag", "source", "status", "by", "after", "before")
_UNFINISHED = frozenset(f"{name}:" for name in FILTERS)  # asks for nothing yet
_TOKEN = re.compile(
    r'(?P<key>[A-Za-z]+):(?:"(?P<quoted>[^"]*)"?|(?P<value>[^\s()"]+))'
    r'|"(?P<phrase>[^"]*)"?(?P<starred>\*)?'
    r"|(?P<bracket>[()])"
    r'|(?P<word>[^\s()"]+)'
)


class Query(Struct, frozen=True):
    """What is looked for. `words` is an FTS5 expression, empty where only the filter asks."""

    words: str = ""
    filter: Filter = Filter()


def parse_query(typed: str) -> Query:
    """The query of a typed line: `"per cent" (kursk* OR 쿠르스크) NOT denied tag:military`.

    Words side by side all have to be there; AND binds more than OR; NOT leaves out what has the
    next word or parenthesis. `AND OR NOT` are words when written small. A filter holds for the
    whole query, so it stands beside words, not within parentheses or after OR or NOT.

    Raises ValueError, with one sentence, for what makes no query.
    """
    tokens, wanted, places = list[Token](), Filter(), list[int]()
    for match in _TOKEN.finditer(typed):
        key = (match["key"] or "").lower()
        if key in FILTERS:
            value = match["quoted"] if match["quoted"] is not None else match["value"]
            wanted = with_part(wanted, key, value) if value.strip() else wanted
            places.append(len(tokens))
        elif key in KEYS:
            raise ValueError(f"search has no filter {key!r}: there are {format_list(FILTERS)}")
        elif (match["word"] or "").lower() not in _UNFINISHED:
            tokens += _token(match)
        if len(tokens) + len(places) > 4 * MOST:
            raise ValueError(TOO_LONG)
    if sum(token.kind == "word" for token in tokens) > MOST:
        raise ValueError(TOO_LONG)
    _refuse_inside(tokens, places)
    found = tree(tokens)
    words = expression(found) if found is not None else ""
    if not words and not wanted:
        raise ValueError(
            "nothing to search for: write words, a phrase in double quotes, or a filter "
            f"({format_list([f'{name}:' for name in FILTERS], 'or')})"
        )
    return Query(words, wanted)


def expression(node: Node) -> str:
    """The FTS5 expression of a tree, written anew from words in double quotes."""
    match node:
        case Leaf(words, starred):
            return asked(words, starred)
        case Either(parts):
            return f"({' OR '.join(map(expression, parts))})"
        case Every(parts, without):
            wanted = [expression(part) for part in parts]
            found = wanted[0] if len(wanted) == 1 else f"({' AND '.join(wanted)})"
            if without:
                found = f"({found} NOT ({' OR '.join(map(expression, without))}))"
            return found


def _token(match: re.Match[str]) -> Iterator[Token]:
    """The token of a match; words without a letter or digit are none: nothing of them is kept."""
    word = match["word"] if match["key"] is None else match[0]
    for token in token_of(match["bracket"], word, match["phrase"], match["starred"]):
        if token.leaf is None or any(letter.isalnum() for letter in token.leaf.words):
            yield token


def _refuse_inside(tokens: list[Token], places: list[int]) -> None:
    """Raises ValueError for a filter in parentheses, or beside OR or after NOT."""
    depth = 0
    for place, token in enumerate([*tokens, Token("")]):
        if place in places:
            before = tokens[place - 1].kind if place else ""
            if depth or before in ("NOT", "OR") or token.kind == "OR":
                raise ValueError(BESIDE)
        depth += (token.kind == "(") - (token.kind == ")")
