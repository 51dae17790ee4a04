"""What an import brings: records, codebook, sources, and the lines that were refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from msgspec import Struct, field

from tui.model.codebook import Codebook
from tui.model.records import Record
from tui.model.sources import Registry


class Refused(NamedTuple):
    """A line that could not be read: its number from 1, and why, as a sentence's end."""

    line: int
    reason: str


class Text(NamedTuple):
    """The canonical text of one revision of an article."""

    article: str
    revision: str
    text: str


class Incoming(Struct, frozen=True):
    """Everything read from one file. `ignored` counts lines of types that there are not here.

    `whole` says that the codebook is all of a workspace's, and not only the tags in use.
    """

    name: str
    records: tuple[Record, ...] = ()
    codebook: Codebook = field(default_factory=Codebook)
    sources: Registry = field(default_factory=Registry)
    texts: tuple[Text, ...] = ()
    refused: tuple[Refused, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict[str, int])
    whole: bool = False
