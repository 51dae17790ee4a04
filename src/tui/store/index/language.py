"""The query language: words, "phrases", prefix*, AND OR NOT, parentheses, and filters.

What is typed never reaches FTS5: it is read here, and the expression is written anew from words in
double quotes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from msgspec import Struct

from tui.model.filters import KEYS, Filter, with_part
from tui.model.wording import format_list
from tui.store.index.bigrams import asked

FILTERS = ("tag", "source", "status", "by", "after", "before")
_UNFINISHED = frozenset(f"{name}:" for name in FILTERS)  # asks for nothing yet
DEEPEST, MOST = 16, 64  # parentheses in each other; words, phrases and filters
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


class _Token(NamedTuple):
    kind: str  # "word", "AND", "OR", "NOT", "(", ")"
    expression: str = ""


def parse_query(typed: str) -> Query:
    """The query of a typed line: `"per cent" (kursk* OR 쿠르스크) NOT denied tag:military`.

    Words side by side all have to be there; AND binds more than OR; NOT leaves out what has the
    next word or parenthesis. `AND OR NOT` are words when written small. A filter holds for the
    whole query, so it stands beside words, not within parentheses or after OR or NOT.

    Raises ValueError, with one sentence, for what makes no query.
    """
    tokens, wanted, places = list[_Token](), Filter(), list[int]()
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
            raise ValueError(f"the query is too long: at most {MOST} words and phrases")
    if sum(token.kind == "word" for token in tokens) > MOST:
        raise ValueError(f"the query is too long: at most {MOST} words and phrases")
    _refuse_inside(tokens, places)
    words = _Parser(tokens).whole() if any(t.kind == "word" for t in tokens) else ""
    if not words and not wanted:
        raise ValueError(
            "nothing to search for: write words, a phrase in double quotes, or a filter "
            f"({format_list([f'{name}:' for name in FILTERS], 'or')})"
        )
    return Query(words, wanted)


def _token(match: re.Match[str]) -> Iterator[_Token]:
    if match["bracket"]:
        yield _Token(match["bracket"])
        return
    if match["word"] in ("AND", "OR", "NOT"):
        yield _Token(match["word"])
        return
    starred = bool(match["starred"])
    words = match["phrase"]
    if words is None:
        words = match[0]
        starred = words.endswith("*")
    if any(letter.isalnum() for letter in words):
        yield _Token("word", asked(words, starred))


def _refuse_inside(tokens: list[_Token], places: list[int]) -> None:
    """Raises ValueError for a filter in parentheses, or beside OR or after NOT."""
    depth = 0
    for place, token in enumerate([*tokens, _Token("")]):
        if place in places:
            before = tokens[place - 1].kind if place else ""
            if depth or before in ("NOT", "OR") or token.kind == "OR":
                raise ValueError(
                    "a filter holds for the whole query: write it beside the words, not within "
                    "parentheses or beside OR or NOT"
                )
        depth += (token.kind == "(") - (token.kind == ")")


class _Parser:
    """Recursive descent; its results are FTS5 expressions that no longer need precedence."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> str:
        found = self._any()
        if self._at < len(self._tokens):
            raise ValueError("a parenthesis is closed that was not opened: take it away")
        return found

    @property
    def _next(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _any(self) -> str:
        """Parts of which one has to be there."""
        parts = [self._all()]
        while self._next == "OR":
            self._at += 1
            parts.append(self._all())
        parts = [part for part in parts if part]
        return parts[0] if len(parts) == 1 else f"({' OR '.join(parts)})" if parts else ""

    def _all(self) -> str:
        """Parts that all have to be there, but for those to be left out."""
        parts: list[str] = []
        without: list[str] = []
        while self._next not in ("", ")", "OR"):
            negative = False
            while self._next in ("AND", "NOT"):
                negative = self._next == "NOT"
                self._at += 1
            if self._next not in ("word", "("):
                break
            part = self._one()
            if part:
                (without if negative else parts).append(part)
        if without and not parts:
            raise ValueError(
                "NOT leaves out of what is found: write before it what to find, "
                "such as: troops NOT kursk"
            )
        found = parts[0] if len(parts) == 1 else f"({' AND '.join(parts)})" if parts else ""
        if without:
            found = f"({found} NOT ({' OR '.join(without)}))"
        return found

    def _one(self) -> str:
        """A word or phrase, or what stands in parentheses."""
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "word":
            return token.expression
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"at most {DEEPEST} parentheses may stand in each other")
        found = self._any()
        if self._next != ")":
            raise ValueError("a parenthesis is opened and not closed: close it")
        self._at += 1
        self._depth -= 1
        return found
