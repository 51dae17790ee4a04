"""The original source of a statement, and whether two statements go back to the same one.

Only what can be told from others is ever the same: two unnamed officials, two groups of analysts or
two reports are never taken for one, whatever they are called.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from tui.analysis.content_words import read_words
from tui.analysis.cue_words import TITLES
from tui.model.records import Hop
from tui.model.sources import Registry, folded

_SHORTEST = 3  # letters of an abbreviation
_NEVER = ("anonymous", "collective", "none", "")


class Origin(Struct, frozen=True):
    """Who said it first. `key` is the name as compared, empty for one that cannot be told."""

    name: str = ""
    key: str = ""
    initials: str = ""


def origin_of(chain: Sequence[Hop], registry: Registry) -> Origin:
    """The original source of a chain: its innermost hop."""
    if not chain:
        return Origin()
    hop = chain[-1]
    name = " ".join(hop.source.text.split())
    if not name:
        return Origin()
    known = registry.find(name)
    if known is not None:
        kind = known.kind or hop.kind
        bare = not (known.aliases or known.affiliation)  # a role that anybody may have
        if kind in _NEVER or (kind == "role" and bare):
            return Origin(name)
        return Origin(known.name, folded(known.name), _initials(known.name))
    if hop.kind in _NEVER or hop.kind == "role" or (hop.kind == "document" and _nameless(name)):
        return Origin(name)
    return Origin(name, _untitled(folded(name)), _initials(name))


def _nameless(document: str) -> bool:
    """Whether the words for a document hold no name: `A report`, `official figures`."""
    words = document.split()
    return not any(word[0].isupper() for word in words[1:]) and not words[0].isupper()


def same_origin(one: Origin, other: Origin) -> str:
    """Why two statements go back to the same source, in words; empty if that cannot be said."""
    if not one.key or not other.key:
        return ""
    if one.key == other.key:
        return f"same source: {one.name}"
    for short, long in ((one, other), (other, one)):
        if short.name.isupper() and short.key == long.initials:
            return f"same source: {short.name}, read as the initials of {long.name}"
    return ""


def known_apart(one: Origin, other: Origin) -> bool:
    """Whether two sources are different for sure: names without a word in common.

    `Gordon Brown` and `Mr Brown` may be one, `Marsh` and `a Marsh spokesman` are; a capital may
    stand for anybody in it.
    """
    if not one.key or not other.key or same_origin(one, other):
        return False
    mine, theirs = read_words(one.name), read_words(other.name)
    return not (mine.terms & theirs.terms or mine.countries or theirs.countries)


def _untitled(name: str) -> str:
    """A folded name without titles before it: `president volodymyr zelensky`."""
    words = name.split()
    while len(words) > 1 and words[0] in _TITLES:
        del words[0]
    return " ".join(words)


_TITLES = TITLES | {"prime", "foreign", "defence", "defense", "home", "vice", "former"}


def _initials(name: str) -> str:
    """The first letters of the capitalised words of a name; empty where they are too few."""
    letters = "".join(word[0] for word in name.split() if word[0].isupper())
    return letters.casefold() if len(letters) >= _SHORTEST else ""
