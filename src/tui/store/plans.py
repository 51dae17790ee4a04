"""What a step makes of the shards it touches, worked out before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.model.records import Change, Step
from tui.store.lines import RECORDS, Reading, Row, Rows, merged, revs_of
from tui.store.pasts import step_row, step_rows, too_old
from tui.store.protocol import StoreError
from tui.store.shelves import doc_id, is_newer, row_of, united

if TYPE_CHECKING:
    from tui.store.storage import ShardDB


class Plan(Struct, frozen=True):
    """What one shard is to become: rows that are put in, checked before anything is written."""

    db: ShardDB
    rows: Rows
    steps: Rows
    conflicts: frozenset[str]

    def commit(self) -> None:
        """Write records and history, both in one replace of the file."""
        with self.db.file.transaction():
            self.db.records.replace(self.rows)
            self.db.steps.replace(self.steps)
            old = too_old(self.db.steps.rows(), self.db.file.size)
            if old:
                self.db.steps.replace({}, old)


def plan(
    db: ShardDB,
    others: Sequence[Reading],
    step: Step,
    changes: Sequence[Change],
    named: Sequence[str],
) -> Plan:
    """What to write into a shard for these changes of a step, which names these articles there.

    What its other replicas hold and it does not is taken in on the way. Raises StoreError for a
    record of a newer Pressmark, or one that JSON cannot hold.
    """
    main = db.file.reading()
    rows, steps = _taken_in(main, others) if others else ({}, {})
    conflicts: set[str] = set()
    for change in changes:
        key = doc_id(change.after.id)
        now = rows.get(key) or main.tables.get(RECORDS, {}).get(key)
        row = row_of(change.after)
        if now is not None and is_newer(now.doc):
            raise StoreError(
                f"annotation {change.after.id} in {db.file.path} was written by a newer "
                "Pressmark; install that one to change it"
            )
        if not _expected(now, change, row):
            conflicts.add(change.after.id)
        rows[key] = row
    after = main.tables.get(RECORDS, {}) | rows
    steps[doc_id(step.id)] = step_row(step, changes, revs_of(after.values()), named)
    return Plan(db, rows, steps, frozenset(conflicts))


def by_article(changes: Iterable[Change]) -> Mapping[str, list[Change]]:
    """The changes of a step by the article whose shard they belong to."""
    found: dict[str, list[Change]] = {}
    for article, group in groupby(changes, key=lambda change: change.after.article):
        found.setdefault(article, []).extend(group)
    return found


def _expected(now: Row | None, change: Change, after: Row) -> bool:
    """Whether the change was made from the record on the disk, or from a later one.

    A later one comes from another folder, an older one (or none) out of a backup. Or it is already
    what it is to become: then a save that failed late is being repeated.
    """
    if now is None or now.line == after.line:
        return True
    if change.before is None:
        return False
    before = row_of(change.before)
    return _version(now) == _version(before) or merged(now, before) is before


def _version(row: Row) -> tuple[object, object]:
    return row.doc.get("rev"), row.doc.get("modified")


def _taken_in(main: Reading, others: Sequence[Reading]) -> tuple[Rows, Rows]:
    """Rows of records and steps by document id that other replicas have and the shard lacks."""
    mine = united([main])
    rows: Rows = {}
    for name, row in united([main, *others]).items():
        if mine.get(name) is not row:
            key = row.line.partition(b":")[0].strip(b'"').decode()
            rows[key] = row
    known = step_rows([main])
    steps = {doc_id(name): row for name, row in step_rows(others).items() if name not in known}
    return rows, steps


def second_copies(shard: Path, replicas: Sequence[tuple[Path, Reading]]) -> Iterator[str]:
    """A word about each second copy that a sync tool made: what it is worth."""
    mine = united(reading for path, reading in replicas if path == shard)
    for path, reading in replicas:
        if path == shard or path.name.startswith(f"{shard.stem}.from-"):
            continue
        theirs = united([reading])
        if all(
            name in mine and merged(row, mine[name]) is mine[name] for name, row in theirs.items()
        ):
            yield f"{path}: a second copy that holds nothing new; delete it"
        else:
            yield f"{path}: a second copy, read as well; the next save of its analyst takes it in"
