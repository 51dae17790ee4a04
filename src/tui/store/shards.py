"""The store of a workspace: one TinyDB file per analyst and article."""

from __future__ import annotations

import errno
import os
import threading
from collections import OrderedDict
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.model.ids import folder_of, sha256
from tui.model.records import Record, Step
from tui.model.steps import through
from tui.store.altered import accepting, dropping
from tui.store.durable import Signature, read_whole, sentence, sweep
from tui.store.lines import RECORDS, Reading, Rows, merged
from tui.store.locks import held
from tui.store.parsing import parse
from tui.store.pasts import named_in, past_step, step_rows
from tui.store.places import (
    REVISIONS,
    Beside,
    analysts,
    article_of,
    beside,
    replica_path,
    shard_folders,
    shard_path,
)
from tui.store.plans import Plan, by_article, plan, second_copies
from tui.store.protocol import Conflict, Kind, PastChange, PastStep, Shelf, StoreError
from tui.store.shelves import doc_id, record_of, row_of, shelf, united
from tui.store.watching import Seen, looking, stamps

if TYPE_CHECKING:
    from tui.store.storage import ShardDB

_CACHED = 128  # files and shelves kept parsed
# What stands in the row of a link, in that of an article (or alias), and in that of any record.
_ONLY = {"link": b'"link"', "article": b'"type":"a', "": b'"by"'}

Replicas = list[tuple[Path, Reading]]


class ShardStore:
    """Keeps annotations as shards under `annotations`, those of one analyst being its own.

    Nothing is made on the disk before the first write.
    """

    def __init__(self, annotations: Path, analyst: str, *, locks: Path) -> None:
        self._root = annotations
        self._analyst = analyst
        self._folder = folder_of(analyst)
        if self._folder == REVISIONS:
            raise StoreError(
                f"an analyst cannot be called {analyst!r}: annotations/{REVISIONS} keeps the "
                "texts; choose another name with --analyst"
            )
        try:
            if annotations.exists() and not annotations.is_dir():
                raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        except OSError as error:
            raise StoreError(sentence("opened", annotations, error)) from error
        self._locks = locks
        real = os.path.realpath(annotations)  # which a loop of links does not stop
        self._lock_name = sha256(f"{real}\n{self._folder}")[:16]
        self._writing = threading.RLock()
        self._locked = False  # by whoever is in `_writing`
        self._caching = threading.Lock()
        self._open: OrderedDict[Path, ShardDB] = OrderedDict()
        self._wrote_as: dict[Path, Signature] = {}  # each file as this store wrote it last
        self._reread: set[Path] = set()  # files that are no longer open, and told something new
        self._seen = Seen()  # what `since` told last
        self._shelves: OrderedDict[str, tuple[list[Reading], list[str], Shelf]] = OrderedDict()
        self._troubles: tuple[str, ...] = ()

    @property
    def troubles(self) -> tuple[str, ...]:
        """Sentences about folders that could not be read."""
        return self._troubles

    # reading

    def of_article(self, article: str) -> Shelf:
        """All records of one article, of all analysts and replicas, merged."""
        troubles: list[str] = []
        owners = analysts(self._root, troubles)
        return self._shelf(article, owners, troubles, keep=True)

    def get(self, article: str, record_id: str) -> Record | None:
        """The record with this id, live or a tombstone, or None."""
        return next((r for r in self.of_article(article).records if r.id == record_id), None)

    def read_once(self, article: str, kind: Kind = "") -> tuple[Record, ...]:
        """The records of one article, or those of a kind alone; no other rows are read for it.

        Raises StoreError if a file cannot be read: its shelf has the others, and says so.
        """
        replicas: Replicas = []
        for owner in analysts(self._root):
            shard = shard_path(self._root, owner, article)
            try:
                for path in beside(shard).files:
                    found = read_whole(path)
                    if found is not None:
                        replicas.append((path, parse(found[0], only=_ONLY[kind])))
            except OSError as error:
                raise StoreError(sentence("read", shard, error)) from error
        return shelf(article, replicas, own=self._folder).records

    def heads(self) -> Iterator[Shelf]:
        """The shelves of all articles that have a shard, by the end of the article id, then by it.

        Folders are looked into one by one, as that order has them.
        """
        troubles: list[str] = []
        folders: dict[str, list[tuple[str, Path]]] = {}
        for analyst in analysts(self._root, troubles):
            for folder in shard_folders(self._root, analyst, troubles):
                folders.setdefault(folder.name, []).append((analyst, folder))
        self._troubles = tuple(troubles)
        for ending in sorted(folders):
            owners = self._owners(folders[ending])
            for article in sorted(owners):
                yield self._shelf(article, owners[article], [], keep=False)

    def _owners(self, folders: Iterable[tuple[str, Path]]) -> dict[str, list[str]]:
        """Who has a shard of the articles in some folders, each with the analyst it is of."""
        owners: dict[str, list[str]] = {}
        for analyst, folder in folders:
            try:
                with os.scandir(folder) as entries:
                    names = {article_of(entry.name) for entry in entries}
            except OSError as error:
                self._troubles = (*self._troubles, sentence("read", folder, error))
                continue
            for article in names - {""}:
                if article.endswith(folder.name):
                    owners.setdefault(article, []).append(analyst)
        return owners

    def history(self, article: str) -> tuple[PastStep, ...]:
        """The analyst's own steps that touched the article, oldest first, as they lie there."""
        rows = self._steps(article)
        found = (past_step(article, rows[name]) for name in sorted(rows))
        return tuple(step for step in found if step is not None)

    def whole(self, article: str, step_id: str) -> Generator[None, None, PastStep | None]:
        """A step of an article's history with what lies in other shards, a shard at a time.

        None if it is not there. A row names other articles, and the rows there may name more.
        """
        first: PastStep | None = None
        found: dict[str, tuple[PastChange, ...]] = {}
        named, waiting = {article: None}, [article]
        while waiting:
            name = waiting.pop()
            row = self._steps(name).get(step_id)
            part = past_step(name, row) if row is not None else None
            if part is not None:
                first, found[name] = first or part, part.changes
                more = [other for other in part.articles if other not in named]
                named |= dict.fromkeys(more)
                waiting += reversed(more)
            yield
        if first is None:
            return None
        changes = chain.from_iterable(found[name] for name in named if name in found)
        missing = tuple(name for name in named if name not in found)
        return replace(first, articles=tuple(named), changes=tuple(changes), missing=missing)

    def since(self, token: object, *, own: bool = True) -> tuple[object, frozenset[str]]:
        """A new token, and the ids of articles whose shards changed since the old one (or None).

        Without `own` those are left out that only this store wrote since.
        """
        return through(self.looking(token, own=own))

    def looking(
        self, token: object, *, own: bool = True
    ) -> Generator[None, None, tuple[object, frozenset[str]]]:
        """What `since` tells, bit by bit: a large workspace has a thousand folders of shards."""
        troubles: list[str] = []
        # Asked before looking: what is read from now on is told the next time.
        taken_in = frozenset[str]() if own else self._taken_in()
        seen = token if isinstance(token, Seen) else Seen()
        found, changed = yield from looking(
            self._root, seen, troubles, None if own else self._wrote
        )
        self._troubles = tuple(troubles)
        self._seen = found
        return found, changed | taken_in

    def stamps(self, token: object) -> Iterator[Mapping[str, str]]:
        """For each article with a shard a text that changes when one does, as `token` was given.

        In parts; an article is in one of them.
        """
        return stamps(token) if isinstance(token, Seen) else iter(())

    def _taken_in(self) -> frozenset[str]:
        """Articles of which a file was read since this was asked last.

        A save reads what another process wrote before it writes: then the file is as this store
        left it, and yet holds what this process does not know.
        """
        with self._caching:
            open_ones = [path for path, db in self._open.items() if db.file.reread]
            for path in open_ones:
                self._open[path].file.reread = False
            found, self._reread = {*open_ones, *self._reread}, set()
        return frozenset(article_of(path.name) for path in found)

    def _wrote(self, path: Path, at: Signature) -> bool:
        """Whether a file is as this store wrote it."""
        with self._caching:
            return self._wrote_as.get(path) == at

    def _written(self, db: ShardDB) -> None:
        """Keep as what a file was written; so many may be at once that none stays open."""
        if db.file.written is not None:
            with self._caching:
                self._wrote_as[db.file.path] = db.file.written

    def _shelf(
        self, article: str, owners: Iterable[str], troubles: list[str], *, keep: bool
    ) -> Shelf:
        replicas: Replicas = []
        for owner in owners:
            replicas += self._replicas(owner, article, troubles, keep=keep)
        # Readings stay the same objects while their files do.
        readings = [reading for _, reading in replicas]
        known = self._shelves.get(article)
        if known is not None and known[1] == troubles and _same(known[0], readings):
            return known[2]
        found = shelf(article, replicas, troubles, own=self._folder)
        if keep:
            with self._caching:
                self._shelves[article] = (readings, troubles, found)
                while len(self._shelves) > _CACHED:
                    self._shelves.popitem(last=False)
        return found

    def _replicas(
        self, owner: str, article: str, troubles: list[str], *, keep: bool = True
    ) -> Replicas:
        """What the files of one analyst and article hold; those that cannot be read add a word."""
        try:
            shard = shard_path(self._root, owner, article)
        except StoreError as error:
            troubles.append(str(error))
            return []
        try:
            found = beside(shard)
        except OSError as error:
            troubles.append(sentence("read", shard.parent, error))
            return []
        replicas: Replicas = []
        for path in found.files:
            try:
                replicas.append((path, self._db(path, keep=keep).file.reading()))
            except StoreError as error:
                troubles.append(str(error))
        troubles += [
            f"{path}: set aside from a damaged shard; rescue what you need from it, then delete it"
            for path in found.damaged
        ]
        troubles += second_copies(shard, replicas)
        return replicas

    def _steps(self, article: str) -> Rows:
        return step_rows(r for _, r in self._replicas(self._folder, article, [], keep=False))

    def _db(self, path: Path, *, keep: bool = True) -> ShardDB:
        with self._caching:
            found = self._open.get(path)
            if found is None:  # not `or`: an empty TinyDB counts as false
                from tui.store.storage import ShardDB  # TinyDB, once there is a shard

                found = ShardDB(path)
                found.file.familiar = (self._wrote_as.get(path), self._seen.of(path))
            if keep:
                self._open[path] = found
                self._open.move_to_end(path)
                while len(self._open) > _CACHED:
                    old, db = self._open.popitem(last=False)
                    if db.file.reread:
                        self._reread.add(old)
            return found

    # writing

    def put(self, step: Step) -> None:
        """Keep a step; it is durable when this returns. Raises Conflict or StoreError."""
        for change in step.changes:
            if folder_of(change.after.by) != self._folder:
                raise StoreError(
                    f"annotation {change.after.id} is by {change.after.by!r}, so {self._analyst!r} "
                    "cannot save it; make a copy of your own"
                )
        with self.alone():
            self._put(step)

    def _put(self, step: Step) -> None:
        plans: list[Plan] = []
        articles = step.articles
        for article, changes in by_article(step.changes).items():
            db = self._db(shard_path(self._root, self._folder, article))
            own = self._own_files(db.file.path)
            for leftover in own.leftovers:
                sweep(leftover)
            others = [path for path in own.files if path != db.file.path]
            readings = [self._db(other).file.reading() for other in others]
            plans.append(plan(db, readings, step, changes, named_in(article, articles)))
            if len(plans) > _CACHED:
                db.file.let_go()
        # All shards are looked at before the first one is written.
        conflicts = frozenset[str]().union(*(p.conflicts for p in plans))
        if conflicts:
            raise Conflict(conflicts)
        plans.reverse()
        while plans:  # and let go of when it is written
            ready = plans.pop()
            ready.commit()
            self._written(ready.db)

    def _own_files(self, path: Path) -> Beside:
        try:
            return beside(path)
        except OSError as error:
            raise StoreError(sentence("read", path.parent, error)) from error

    def receive(self, records: Sequence[Record]) -> int:
        """Bring in records as they are; returns how many won over what was there."""
        places: dict[tuple[str, str], list[Record]] = {}
        for record in records:
            places.setdefault((folder_of(record.by), record.article), []).append(record)
        news = 0
        with self.alone():
            for (owner, article), found in places.items():
                news += self._receive(owner, article, found)
        return news

    def _receive(self, owner: str, article: str, records: Sequence[Record]) -> int:
        shard = shard_path(self._root, owner, article)
        own = shard if owner == self._folder else replica_path(shard, self._folder)
        db = self._db(own)
        there = united(self._db(path).file.reading() for path in self._own_files(shard).files)
        rows: Rows = {}
        for record in records:
            row = row_of(record)
            now = rows.get(doc_id(record.id)) or there.get(record.id)
            if now is None or (now.line != row.line and merged(now, row) is row):
                rows[doc_id(record.id)] = row
        if rows:
            with db.file.transaction():
                db.records.replace(rows)
            self._written(db)
        return len(rows)

    def accept_altered(self, article: str, record_id: str) -> Step:
        """Keep what something else made of an own record, as a new `rev`; returns the step."""
        with self.alone():
            record = self._altered(article, record_id)
            step = accepting(record, self._analyst, _now())
            self._put(step)
        return step

    def drop_altered(self, article: str, record_id: str) -> Step:
        """Put back the newest version that Pressmark wrote, or delete; returns the step."""
        with self.alone():
            record = self._altered(article, record_id)
            replicas = self._replicas(self._folder, article, [])
            good = [
                record_of(row)
                for _, reading in replicas
                for row in reading.tables.get(RECORDS, {}).values()
                if row.doc.get("id") == record_id and row.fits
            ]
            past = [
                change.before
                for step in self.history(article)
                for change in step.changes
                if change.record == record_id and change.before is not None
            ]
            step = dropping(record, [*past, *good], self._analyst, _now())
            self._put(step)
        return step

    def _altered(self, article: str, record_id: str) -> Record:
        found = self._shelf(article, [self._folder], [], keep=False)
        for record in found.records:
            if record.id == record_id and record_id in found.altered:
                return record
        raise StoreError(
            f"annotation {record_id} is not one of {self._analyst}'s that something else changed; "
            "only whoever made it can accept or drop that"
        )

    @contextmanager
    def alone(self) -> Generator[None]:
        """Keeps other threads, and other processes of the analyst, from writing meanwhile."""
        with self._writing:
            if self._locked:  # by this very thread, further out
                yield
                return
            with held(self._locks, self._lock_name):
                self._locked = True
                try:
                    yield
                finally:
                    self._locked = False

    def close(self) -> None:
        """Let go of what is cached. Everything put is on the disk already."""
        with self._caching:
            self._open.clear()
            self._shelves.clear()


def _same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(a is b for a, b in zip(some, others, strict=True))


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
