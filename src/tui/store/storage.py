"""A TinyDB storage that writes a file whole or not at all, one record a line."""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from tinydb import TinyDB
from tinydb.storages import Storage
from tinydb.table import Table

from tui.store.durable import (
    Signature,
    read_whole,
    sentence,
    set_aside,
    signature,
    write_whole,
)
from tui.store.lines import (
    HISTORY,
    RECORDS,
    Reading,
    Row,
    all_rows,
    as_rows,
    serialise,
)
from tui.store.parsing import parse
from tui.store.protocol import StoreError

__all__ = ["HISTORY", "RECORDS", "ShardDB", "ShardStorage", "ShardTable"]

Tables = dict[str, dict[str, Any]]


class ShardStorage(Storage):
    """Reads and writes the file of one shard; `TinyDB(path, storage=ShardStorage)` works as ever.

    The file is made at the first write, its folders too. Every write replaces it durably. Inside
    `transaction()` all writes are one, and rows that did not change are not made anew. Damaged
    lines are set aside in a file of their own before anything is written over them.
    """

    def __init__(self, path: Path | str) -> None:
        super().__init__()
        self.path = Path(path)
        # One attribute, so that a thread that reads never sees the half of an update.
        self._known: tuple[Signature | None, Reading] = (None, Reading({}))
        self._open = False
        self._pending: Tables | None = None
        self.written: Signature | None = None  # of the file, as it was written last
        self.reread = False  # whether the file was parsed; for whoever sets it back
        self.familiar: tuple[Signature | None, ...] = ()  # as which parsing it tells nothing new

    def reading(self) -> Reading:
        """What the file holds now, from the cache if it is the same file still.

        Raises StoreError if it is there but cannot be read.
        """
        at, reading = self._known
        try:
            if signature(self.path.stat()) == at:
                return reading
            found = read_whole(self.path)
        except (FileNotFoundError, NotADirectoryError):
            found = None
        except OSError as error:
            raise StoreError(sentence("read", self.path, error)) from error
        reading = parse(found[0]) if found is not None else Reading({})
        self._known = (found[1] if found is not None else None, reading)
        if found is not None and found[1] not in self.familiar:
            self.reread = True
        return reading

    def let_go(self) -> None:
        """Keep nothing of what was read; it is read again when it is asked for."""
        self._known = (None, Reading({}))

    @property
    def size(self) -> int:
        """Bytes of the file as it was last read or written."""
        at = self._known[0]
        return at.size if at is not None else 0

    def read(self) -> Tables | None:
        """The tables by name, documents by id; None if there are none (TinyDB's protocol)."""
        if self._pending is not None:
            return self._pending or None
        reading = self.reading()
        if self._open:
            shared = {name: dict(rows) for name, rows in reading.tables.items()}
            return cast("Tables | None", shared or None)
        # Stock tables change documents in place: they get copies.
        return json.loads(serialise(reading.tables)) or None

    def write(self, data: Tables) -> None:
        """Replace all tables (TinyDB's protocol); raises StoreError, the old file then stays."""
        if self._open:
            self._pending = data
        else:
            self._commit(data, self.reading())

    @contextmanager
    def transaction(self) -> Generator[None]:
        """All writes inside are one replace of the file, at the end; none if it raises.

        Documents are given out as Rows, which are not to be changed but replaced.
        """
        self._open, self._pending = True, None
        try:
            yield
            if self._pending is not None:
                self._commit(self._pending, self.reading())
        finally:
            self._open, self._pending = False, None

    def _commit(
        self, data: Mapping[str, Mapping[str, Mapping[str, Any]]], replaced: Reading
    ) -> None:
        try:
            rows = {n: docs if all_rows(docs) else as_rows(docs) for n, docs in data.items()}
            content = serialise(rows)
        except ValueError as error:
            raise StoreError(f"{self.path} was not written: {error}") from error
        if replaced.damaged:
            set_aside(self.path, b"\n".join(replaced.damaged) + b"\n")
        self.written = write_whole(self.path, content)
        self._known = (self.written, Reading(rows))


class ShardTable(Table):
    """A table that can replace documents, all in one go, and takes ids as they stand in JSON."""

    document_id_class = str  # pyright: ignore[reportAssignmentType, reportUnannotatedClassAttribute]

    def _update_table(self, updater: Callable[[dict[Any, Any]], None]) -> None:
        # As TinyDB does it, but for the way of all ids to numbers and back: with two thousand
        # 128-bit ones it takes longer than the fsync.
        tables = self._storage.read() or {}
        table = tables.setdefault(self.name, {})
        updater(table)
        self._storage.write(tables)
        self.clear_cache()

    def replace(self, rows: Mapping[str, Row], drop: Iterable[str] = ()) -> None:
        """Put these rows in place of those with the same ids, or add them; take others away."""

        def updater(table: dict[Any, Any]) -> None:
            table.update(rows)
            for doc_id in drop:
                table.pop(doc_id, None)

        self._update_table(updater)

    def rows(self) -> Mapping[str, Row]:
        """The documents by id, as Rows; only inside a transaction of the storage."""
        return cast("Mapping[str, Row]", self._read_table())  # pyright: ignore[reportUnknownMemberType]


class ShardDB(TinyDB):
    """One shard as a TinyDB: the default table holds the records, `history` the steps."""

    table_class = ShardTable

    def __init__(self, path: Path) -> None:
        super().__init__(path, storage=ShardStorage)  # pyright: ignore[reportUnknownMemberType]

    @property
    def file(self) -> ShardStorage:
        """Its storage."""
        return cast(ShardStorage, self.storage)

    @property
    def records(self) -> ShardTable:
        """The table of records."""
        return cast(ShardTable, self.table(RECORDS))  # pyright: ignore[reportUnknownMemberType]

    @property
    def steps(self) -> ShardTable:
        """The table of past steps."""
        return cast(ShardTable, self.table(HISTORY))  # pyright: ignore[reportUnknownMemberType]
