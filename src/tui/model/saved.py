"""Searches and filters that an analyst keeps under names, to be used as `@NAME`."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

KINDS = ("search", "articles", "claims", "annotations", "tags")  # what the words were typed for
LONGEST = 40  # letters of a name
_NAME = re.compile(r"[^\W_][\w.-]*")
# A name where it is a word by itself; what stands in double quotes is passed over.
_USE = re.compile(r'"[^"]*"?|(?<![^\s(])@(?P<name>[^\s()"]*)')


class Saved(Struct, frozen=True):
    """A line of words and filters under a name; `kind` is one of KINDS."""

    name: str
    words: str
    kind: str = "search"


def saved_name(typed: str) -> str:
    """A name as it is kept; raises ValueError, with one sentence, for what is none."""
    name = typed.strip().removeprefix("@").casefold()
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise ValueError(
            f"{typed[:LONGEST]!r} is no name: letters, digits, - _ and . are, at most {LONGEST}, "
            "and a letter or digit first"
        )
    return name


def expanded(line: str, saved: Sequence[Saved]) -> str:
    """A line with the words of what is saved in the place of each `@NAME`.

    Raises ValueError, with one sentence, for a name that nothing is saved under.
    """
    known = {each.name: each.words for each in saved}
    alone = line.strip().startswith("@") and not line.split()[1:]

    def words(match: re.Match[str]) -> str:
        if match["name"] is None:
            return match[0]
        found = known.get(match["name"].casefold())
        if found is None:
            there = ", ".join(f"@{name}" for name in known) or "nothing is saved yet"
            raise ValueError(
                f"nothing is saved as @{match['name']} ({there}); a word that begins with @ goes "
                "into double quotes"
            )
        return found if alone or not _has_or(found) else _grouped(found)

    return _USE.sub(words, line)


def _has_or(words: str) -> bool:
    return "OR" in re.sub(r'"[^"]*"?', "", words).split()


def _grouped(words: str) -> str:
    """The words in parentheses, so that an OR in them does not reach beyond; filters behind them.

    A filter holds for the whole line, so it may not stand inside.
    """
    parts = re.findall(r'[\w-]+[:=](?:"[^"]*"?|[^\s()"]*)|"[^"]*"?\*?|[()]|[^\s()"]+', words)
    filters = [part for part in parts if re.match(r"[^\W\d][\w-]*[:=]", part)]
    rest = [part for part in parts if part not in filters]
    return " ".join([f"({' '.join(rest)})", *filters])
