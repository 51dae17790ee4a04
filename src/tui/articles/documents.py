"""What a reader is given and what it yields: a document in, readings out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from msgspec import Struct, field

from tui.articles.layout import Layout


class Document(Struct, frozen=True):
    """The bytes of one file and what is known about them before they are read.

    `path` names the file in messages, tells its kind by the suffix, and its stem is the title of
    last resort. `encoding` is the one the analyst named, or empty. `timezone` (IANA name or
    offset) is for times that say none. `fields` maps a field of Article to the key that holds it
    in a JSON dump, dots leading inward (`body` names the text), as `pressmark.toml` says.
    """

    data: bytes
    path: str
    encoding: str = ""
    timezone: str = ""
    fields: Mapping[str, str] = field(default_factory=dict[str, str])


class Reading(Struct):
    """One article as a reader found it, before it has an id.

    `text` is canonical: LF line ends, offsets of `layout` are code points into it. `entry` is its
    key in a file that holds many: it stays the same when entries are added before it. `guid` is
    what the publisher names it by. `replaced` counts bytes that could not be decoded. `reader` is
    set where a module tells kinds of its format apart, such as wire copy. `whole` says that the
    text in UTF-8 is the document's very bytes. `basis` is what the encoding was known by, see
    `Decoded`.
    """

    text: str
    layout: Layout
    entry: str = ""
    guid: str = ""
    language: str = ""
    encoding: str = ""
    replaced: int = 0
    reader: str = ""
    whole: bool = False
    basis: str = ""


class Passed(NamedTuple):
    """An entry of a file that could not be read, and why, in the words after its name."""

    entry: str
    why: str


class Step(NamedTuple):
    """A part of a long article has been read, such as a page: the time for one begins anew."""


class Read(Protocol):
    """A reader: what stands in a document, entry by entry.

    Raises UnreadableError if the document as a whole is not what it seems to be.
    """

    def __call__(self, document: Document, /) -> Iterator[Reading | Passed | Step]:
        """What stands in the document, in its order."""
        ...
