"""What goes into the index, and what it answers."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from tui.model.records import Claim, Highlight
from tui.model.views import Status

KINDS = ("article", "highlight", "claim", "note")  # a note is one on an article as a whole


def kind_of(number: int) -> str:
    """One of KINDS by its number in the index."""
    return KINDS[number]


class Lying(Struct, frozen=True):
    """A file as it was read: its path as records have it, size, mtime, the encoding it was given.

    `mtime` is in nanoseconds, or -1 where the file was too fresh for it to tell a later change.
    """

    path: str
    size: int
    mtime: int
    encoding: str = ""


class Held(Struct, frozen=True, array_like=True):
    """A claim as a list of claims needs it: with the highlight it rests on, and its status."""

    claim: Claim
    highlight: Highlight
    status: Status


class Note(Struct, frozen=True):
    """One annotation to be found. `start` and `end` are code points of the revision it is on.

    `facts` are those that need no number: its kind and status; `tags` are paths as given, `sources`
    folded names.
    """

    record: str
    kind: str  # one of KINDS, not `article`
    start: int
    end: int
    revision: str
    created: str
    modified: str
    by: str
    words: str
    facts: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    held: Held | None = None  # of a claim


class Shelved(Struct, frozen=True):
    """The annotations of an article as they are indexed: what its list entry counts.

    `members` are stamps of the shards by article id; of an article that goes by several, several.
    `known`: the analyst annotated it; `live`: there is a record that is not deleted. `changed` is
    when the analyst's newest record was written. By `keys` the article is found again, `linked` are
    the articles that its links lead to. `tagged` counts what carries the same tags.
    """

    article: str
    members: tuple[tuple[str, str], ...] = ()
    done: bool = False
    highlights: int = 0
    claims: int = 0
    drafts: int = 0
    known: bool = False
    live: bool = False
    tags: tuple[str, ...] = ()
    changed: str = ""
    keys: frozenset[int] = frozenset()
    linked: frozenset[str] = frozenset()
    tagged: Mapping[tuple[str, ...], int] = {}


class Answer(Struct, frozen=True):
    """A row that was found. `score` is bm25, larger is better; 0 where no words were asked for.

    Of an article `record` is its id, and `start` and `end` are 0: its text tells. `current` says
    that the offsets are of the text that `revision` names, which is the one in `path`.
    """

    kind: str
    article: str
    record: str
    score: float
    words: str = ""  # of an annotation
    start: int = 0
    end: int = 0
    current: bool = True
    path: str = ""  # empty if no file is known to hold the article
    entry: str = ""
    revision: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""
