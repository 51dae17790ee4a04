"""What an import brings: records, documents, codebook, sources, and what was refused."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from msgspec import Struct, field

from tui.model.codebook import Codebook
from tui.model.records import Record
from tui.model.sources import Registry


class Refused(NamedTuple):
    """What could not be read: its line from 1 (0: it has none), and why, as a sentence's end."""

    line: int
    reason: str


class Text(NamedTuple):
    """The canonical text of one revision of an article."""

    article: str
    revision: str
    text: str


class Document(Struct, frozen=True):
    """An article as another program's file has it; its records have `key` as their article.

    `key` has the form of an article id: ours where the file tells it, else one made from the text
    or the name. `text` is canonical, None if the file has none. `name` is a file name, if known.
    """

    key: str
    text: str | None = None
    revision: str = ""  # SHA-256 of the canonical text that offsets are in, if it is known
    name: str = ""
    title: str = ""
    url: str = ""
    outlet: str = ""
    published: str = ""


class Incoming(Struct, frozen=True):
    """Everything read from one file. `ignored` counts what there is not here, by what it is.

    `changed` counts what was changed elsewhere on a highlight of ours: it is among the records, as
    a highlight of its own. `whole` says that the codebook is all of a workspace's, and not only the
    tags in use.
    `documents` are there if the file is another program's: then records without `by` are to be the
    importing analyst's, and what they rest on is looked for by text, address and name.
    """

    name: str
    records: tuple[Record, ...] = ()
    codebook: Codebook = field(default_factory=Codebook)
    sources: Registry = field(default_factory=Registry)
    texts: tuple[Text, ...] = ()
    refused: tuple[Refused, ...] = ()
    ignored: Mapping[str, int] = field(default_factory=dict[str, int])
    changed: int = 0
    whole: bool = False
    documents: tuple[Document, ...] = ()


def joined(name: str, parts: Iterable[Incoming]) -> Incoming:
    """What the documents of one file or folder bring, each read by itself."""
    records: dict[str, Record] = {}
    documents: dict[str, Document] = {}
    refused: list[Refused] = []
    ignored: Counter[str] = Counter()
    changed = 0
    for part in parts:
        records |= {record.id: record for record in part.records}
        for document in part.documents:
            documents.setdefault(document.key, document)
        refused += part.refused
        ignored.update(part.ignored)
        changed += part.changed
    return Incoming(
        name,
        tuple(records.values()),
        refused=tuple(refused),
        ignored=+ignored,
        changed=changed,
        documents=tuple(documents.values()),
    )
