"""Rows to records: what several replicas hold of one article, merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui.model.codec import MisshapenError, to_json
from tui.model.ids import folder_of, number_of_id
from tui.model.records import SCHEMA_VERSION, Record, record_from_json
from tui.store.lines import HISTORY, RECORDS, Reading, Row, Rows, lacks, merged
from tui.store.protocol import Shelf, StoreError


def doc_id(record_id: str) -> str:
    """The document id of a record or step: its ULID as a decimal integer; raises StoreError."""
    try:
        return str(number_of_id(record_id))
    except ValueError as error:
        raise StoreError(f"{error}, so it cannot be the id of an annotation") from error


def row_of(record: Record) -> Row:
    """The row of a record with its checksum; raises StoreError if JSON cannot hold it."""
    try:
        return Row.signed(doc_id(record.id), to_json(record))
    except ValueError as error:
        raise StoreError(f"annotation {record.id} cannot be kept as JSON: {error}") from error


def record_of(row: Row) -> Record:
    """The record of a row; raises MisshapenError."""
    if row.cache is None:
        row.cache = record_from_json(row.doc)
    return row.cache


def is_newer(doc: Mapping[str, Any]) -> bool:
    """Whether a later version of Pressmark wrote it in a schema that this one does not know."""
    version = doc.get("v")
    return isinstance(version, int) and version > SCHEMA_VERSION


def record_rows(reading: Reading) -> Iterator[tuple[str, Row]]:
    """Record id and row of everything in the table of records that has an id."""
    for row in reading.tables.get(RECORDS, {}).values():
        name = row.doc.get("id")
        if isinstance(name, str):
            yield name, row


def united(readings: Iterable[Reading]) -> Rows:
    """Of each record id in several replicas the version that wins; by record id."""
    found: Rows = {}
    for reading in readings:
        for name, row in record_rows(reading):
            found[name] = merged(found.get(name), row)
    return found


def shelf(
    article: str,
    replicas: Sequence[tuple[Path, Reading]],
    troubles: Iterable[str] = (),
    *,
    own: str = "",
) -> Shelf:
    """The records of one article from all its files, with what is wrong with them.

    `own` is the folder of the analyst who reads them.
    """
    sentences = list(troubles)
    for path, reading in replicas:
        sentences += _troubles_of(path, reading)
    rows = united(reading for _, reading in replicas)
    sentences += _given_back(rows, replicas, own)
    records: list[Record] = []
    altered: set[str] = set()
    newer: set[str] = set()
    for name in sorted(rows):
        row = rows[name]
        if is_newer(row.doc):
            newer.add(name)
        elif not row.fits:
            altered.add(name)
        try:
            records.append(record_of(row))
        except MisshapenError as error:
            where = next(p for p, r in replicas if any(row is found for _, found in record_rows(r)))
            sentences.append(_misshapen(where, name, row, error))
            altered.discard(name)
    if newer:
        sentences.append(
            f"{_count(len(newer), 'annotation')} of a newer Pressmark: shown as far as this one "
            "understands, never changed; install the newer one to edit"
        )
    return Shelf(
        article,
        tuple(records),
        frozenset(altered),
        frozenset(newer),
        tuple(dict.fromkeys(sentences)),
    )


def _given_back(rows: Rows, replicas: Sequence[tuple[Path, Reading]], own: str) -> Iterator[str]:
    """Have each id that several analysts' files bear mean what the one says whose it is.

    That is who is named in the record, of several oneself, else whose record is older: another's
    annotation is never edited. What the others have under it is left out, which is said.
    """
    folders: dict[str, list[tuple[Path, Reading]]] = {}
    for path, reading in replicas:
        folders.setdefault(path.parent.parent.name, []).append((path, reading))
    if len(folders) < 2:
        return
    sides = {name: united(r for _, r in there) for name, there in folders.items()}
    seen = Counter(name for side in sides.values() for name in side)
    usurped: Counter[tuple[str, str]] = Counter()
    for name in (name for name, count in seen.items() if count > 1):
        claims = [
            (
                _named(side[name]) != folder,
                folder != own,
                str(side[name].doc.get("created")),
                folder,
            )
            for folder, side in sides.items()
            if name in side
        ]
        owner, *others = (claim[-1] for claim in sorted(claims))
        rows[name] = sides[owner][name]
        usurped.update((folder, owner) for folder in others)
    for (folder, owner), count in usurped.items():
        yield (
            f"{folders[folder][0][0]}: {_count(count, 'annotation')} under an id that belongs to "
            f"{owner}, not shown; kept as it is"
        )


def _named(row: Row) -> str:
    """The folder of the analyst whom a record names as its author."""
    return folder_of(str(row.doc.get("by")))


def _misshapen(path: Path, name: str, row: Row, error: MisshapenError) -> str:
    if is_newer(row.doc):
        return f"{path}: {name} needs a newer Pressmark to be read; it is kept as it is"
    return f"{path}: {name} is not shown: {error}; correct that line, it is kept as it is till then"


def _troubles_of(path: Path, reading: Reading) -> Iterator[str]:
    if reading.damaged:
        size = sum(len(line) for line in reading.damaged)
        yield (
            f"{path}: {_count(len(reading.damaged), 'damaged line')} ({size} bytes) passed over; "
            "restore it from a copy, or go on: the bytes are set aside before the file is written"
        )
    if reading.conflicted:
        yield f"{path}: merge-conflict markers: both sides were read; the next save drops them"
    records = reading.tables.get(RECORDS, {}).values()
    steps = reading.tables.get(HISTORY, {}).values()
    if reading.cut:
        what = (
            "its end is missing" if reading.tables or reading.damaged else "nothing is left in it"
        )
        yield f"{path}: {what}; restore it from a copy, or go on with what is there"
    elif not reading.damaged and lacks(reading) and all(row.fits for row in records):
        yield (
            f"{path}: lines were taken out since it was saved last, or older ones put in their "
            "place; restore it from a copy, or go on with what is there"
        )
    changed = sum(not row.fits for row in steps)
    if changed:
        yield (
            f"{path}: {_count(changed, 'step')} of the history changed by something else, not "
            "offered for undo; kept as it is"
        )
    nameless = sum(not isinstance(row.doc.get("id"), str) for row in records)
    if nameless:
        yield f"{path}: {_count(nameless, 'object')} without an id, not shown; kept as it is"


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
