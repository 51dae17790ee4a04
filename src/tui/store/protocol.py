"""What a store is to the rest of Pressmark, and the words it answers with."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Literal, NamedTuple, Protocol

from msgspec import Struct

from tui.model.records import Record, Step


class StoreError(Exception):
    """Something could not be read or written; the text is one sentence: file, reason, mend."""


class Conflict(StoreError):  # noqa: N818 - the plain word is the one used everywhere
    """Records changed since they were read; `ids` names them. Nothing was written."""

    def __init__(self, ids: Iterable[str]) -> None:
        self.ids = frozenset(ids)
        count = len(self.ids)
        what = "an annotation was" if count == 1 else f"{count} annotations were"
        super().__init__(f"{what} changed meanwhile by another Pressmark; look again, then repeat")


class Shelf(Struct, frozen=True):
    """All records of one article, of all analysts and replicas, merged; in the order of their ids.

    `records` holds live ones and tombstones. `altered` are ids of records that something else
    than Pressmark changed; `newer` ids of records with a newer schema, never to be edited (one
    that this version cannot read at all is in `newer` without being in `records`). `troubles`
    are sentences about what could not be read or wants a look.
    """

    article: str
    records: tuple[Record, ...] = ()
    altered: frozenset[str] = frozenset()
    newer: frozenset[str] = frozenset()
    troubles: tuple[str, ...] = ()


Kind = Literal["", "article", "link"]  # of records that are read: all, article and alias, links


class PastChange(NamedTuple):
    """One record in a past step: what it was before (None: it was not there), its `rev` after."""

    record: str
    article: str
    before: Record | None
    rev: int


class PastStep(Struct, frozen=True):
    """A step as the history remembers it. `kind` is `do`, `undo` or `redo`, of the step `of`.

    `articles` are all the articles that the step was to touch; `missing` are those among them
    whose shard was not asked, or does not know the step: it was interrupted there, or is too long
    ago.
    """

    id: str
    label: str
    time: str
    kind: str
    of: str
    articles: tuple[str, ...]
    changes: tuple[PastChange, ...]
    missing: tuple[str, ...] = ()


class Store(Protocol):
    """Where annotations are kept. Reading may go on in one thread while another one writes."""

    @property
    def troubles(self) -> tuple[str, ...]:
        """Sentences about folders that could not be read; those of an article are on its shelf."""
        ...

    def put(self, step: Step) -> None:
        """Keep a step; it is durable when this returns. Putting the same step again is harmless.

        The records in `step.changes` carry their final `rev`, `by` and `modified`. Raises
        Conflict if a record is a later one than `change.before` (nothing is written then),
        StoreError with a sentence if it could not be written.
        """
        ...

    def get(self, article: str, record_id: str) -> Record | None:
        """The record with this id, live or a tombstone, or None."""
        ...

    def of_article(self, article: str) -> Shelf:
        """All records of one article; an empty shelf if there are none."""
        ...

    def read_once(self, article: str, kind: Kind = "") -> tuple[Record, ...]:
        """The records of one article, or those of a kind alone, for whoever keeps nothing of them.

        Raises StoreError if a part cannot be read: its shelf has the others, and says so.
        """
        ...

    def history(self, article: str) -> tuple[PastStep, ...]:
        """The analyst's own steps that touched the article, oldest first, as they lie there.

        What they changed in other articles is left out.
        """
        ...

    def whole(self, article: str, step_id: str) -> Generator[None, None, PastStep | None]:
        """A step of an article's history with what it changed elsewhere; None if it is not there.

        Bit by bit: a step over many articles lies in as many shards.
        """
        ...

    def heads(self) -> Iterator[Shelf]:
        """The shelves of all articles that have a shard, always in the same order."""
        ...

    def since(self, token: object, *, own: bool = True) -> tuple[object, frozenset[str]]:
        """A new token, and the ids of articles whose shards changed since `token` was given.

        By whomever: this store too. Without `own` those are left out that only this store wrote,
        and nobody else before it did. None as token means since ever.
        """
        ...

    def looking(
        self, token: object, *, own: bool = True
    ) -> Generator[None, None, tuple[object, frozenset[str]]]:
        """What `since` tells, bit by bit, so that a key can be answered between two."""
        ...

    def stamps(self, token: object) -> Iterator[Mapping[str, str]]:
        """For each article with annotations a text that changes when these do, by a token.

        It can be kept: whoever made something of them knows later what has to be made again. They
        come in parts; an article is in one of them.
        """
        ...

    def receive(self, records: Sequence[Record]) -> int:
        """Bring in records as they are, `rev` and all; returns how many of them were news.

        Another analyst's go into a replica beside their shard; no history is written.
        """
        ...

    def accept_altered(self, article: str, record_id: str) -> Step:
        """Keep what something else made of an own record, as a new `rev`; returns the step."""
        ...

    def drop_altered(self, article: str, record_id: str) -> Step:
        """Put back the newest version that Pressmark wrote, or delete; returns the step."""
        ...

    def alone(self) -> AbstractContextManager[None]:
        """Keeps other threads, and other processes of the analyst, from writing meanwhile.

        What is read inside is still so when it is put there. For files beside shards too. Raises
        StoreError if they do not let go.
        """
        ...

    def close(self) -> None:
        """Let go of what is cached. Everything put is on the disk already."""
        ...
