"""Words that are looked for: side by side, in phrases, with AND, OR, NOT and parentheses.

One language for search, filters of claims and the list of articles: what is typed becomes a tree,
and whoever looks for it decides what a single word is found in.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec import Struct

DEEPEST, MOST = 16, 64  # parentheses in each other; words, phrases and filters
OPERATORS = ("AND", "OR", "NOT")
BESIDE = (
    "a filter holds for the whole query: write it beside the words, not within "
    "parentheses or beside OR or NOT"
)
TOO_LONG = f"the query is too long: at most {MOST} words and phrases"
_TOKEN = re.compile(r'"(?P<phrase>[^"]*)"?(?P<starred>\*)?|(?P<bracket>[()])|(?P<word>[^\s()"]+)')


class Leaf(Struct, frozen=True):
    """A word or phrase, as typed; `starred` is the beginning of one."""

    words: str
    starred: bool = False


class Every(Struct, frozen=True):
    """All `parts` have to be there, and none of `without`."""

    parts: tuple[Node, ...]
    without: tuple[Node, ...] = ()


class Either(Struct, frozen=True):
    """One of `parts` has to be there."""

    parts: tuple[Node, ...]


Node = Leaf | Every | Either


class Token(NamedTuple):
    """A word (`kind` is `word`), an operator or a parenthesis."""

    kind: str
    leaf: Leaf | None = None


@lru_cache(maxsize=64)
def parse_words(typed: str) -> Node | None:
    """The tree of words without filters; None where there is none.

    Raises ValueError, with one sentence, for what makes no query.
    """
    tokens = [
        token
        for match in _TOKEN.finditer(typed)
        for token in token_of(match["bracket"], match["word"], match["phrase"], match["starred"])
    ]
    if sum(token.kind == "word" for token in tokens) > MOST:
        raise ValueError(TOO_LONG)
    return tree(tokens)


def token_of(
    bracket: str | None, word: str | None, phrase: str | None, starred: str | None
) -> Iterator[Token]:
    """The token of one match, of which one of bracket, word and phrase was found; or none."""
    if bracket:
        yield Token(bracket)
    elif word in OPERATORS:
        yield Token(word)
    elif phrase is not None:
        if phrase.strip():
            yield Token("word", Leaf(phrase, bool(starred)))
    elif word and word.strip("*"):
        yield Token("word", Leaf(word.rstrip("*"), word.endswith("*")))


def tree(tokens: Sequence[Token]) -> Node | None:
    """The tree of tokens; None for one without words. Raises ValueError, with one sentence.

    Words side by side all have to be there; AND binds more than OR; NOT leaves out what has the
    next word or parenthesis.
    """
    return _Parser(tokens).whole() if any(token.kind == "word" for token in tokens) else None


def leaves(node: Node | None) -> Iterator[Leaf]:
    """The words and phrases of a tree, those to be left out too."""
    if isinstance(node, Leaf):
        yield node
    elif node is not None:
        for part in node.parts:
            yield from leaves(part)
        for part in node.without if isinstance(node, Every) else ():
            yield from leaves(part)


def holds(node: Node | None, found: Callable[[Leaf], bool]) -> bool:
    """Whether a tree is found where single words and phrases are, as `found` says."""
    match node:
        case None:
            return True
        case Leaf():
            return found(node)
        case Either(parts):
            return any(holds(part, found) for part in parts)
        case Every(parts, without):
            return all(holds(part, found) for part in parts) and not any(
                holds(part, found) for part in without
            )


class _Parser:
    """Recursive descent over tokens."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def whole(self) -> Node | None:
        found = self._any()
        if self._at < len(self._tokens):
            raise ValueError("a parenthesis is closed that was not opened: take it away")
        return found

    @property
    def _next(self) -> str:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else ""

    def _any(self) -> Node | None:
        """Parts of which one has to be there."""
        parts = [self._all()]
        while self._next == "OR":
            self._at += 1
            parts.append(self._all())
        found = tuple(part for part in parts if part is not None)
        return Either(found) if len(found) > 1 else found[0] if found else None

    def _all(self) -> Node | None:
        """Parts that all have to be there, but for those to be left out."""
        parts: list[Node] = []
        without: list[Node] = []
        while self._next not in ("", ")", "OR"):
            negative = False
            while self._next in ("AND", "NOT"):
                negative = self._next == "NOT"
                self._at += 1
            if self._next not in ("word", "("):
                break
            part = self._one()
            if part is not None:
                (without if negative else parts).append(part)
        if without and not parts:
            raise ValueError(
                "NOT leaves out of what is found: write before it what to find, "
                "such as: troops NOT kursk"
            )
        if without or len(parts) > 1:
            return Every(tuple(parts), tuple(without))
        return parts[0] if parts else None

    def _one(self) -> Node | None:
        """A word or phrase, or what stands in parentheses."""
        token = self._tokens[self._at]
        self._at += 1
        if token.kind == "word":
            return token.leaf
        self._depth += 1
        if self._depth > DEEPEST:
            raise ValueError(f"at most {DEEPEST} parentheses may stand in each other")
        found = self._any()
        if self._next != ")":
            raise ValueError("a parenthesis is opened and not closed: close it")
        self._at += 1
        self._depth -= 1
        return found
