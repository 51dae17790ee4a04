"""The bytes of a shard to its rows. Pure functions, no files.

Reading is line by line, so that damage costs one line. Documented in docs/file-format.md.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn, cast

from tui.model.ids import number_of_id
from tui.store.lines import HISTORY, RECORDS, Reading, Row, Rows, canonical, merged

_HEADER = re.compile(rb'[\s{},]*"([^"\\]*[^"\\0-9][^"\\]*)"\s*:\s*\{[\s{},]*')
_ROW = re.compile(rb'[\s,]*"([0-9]{1,60})"\s*:\s*(\{.*\})[\s,]*', re.DOTALL)
_BEGUN = re.compile(rb'[\s,]*"[0-9]{1,60}"\s*:')  # a row does so
_FRAME = re.compile(rb"[\s{},]*")
_MARKER = re.compile(rb"(<{7}|={7}|>{7}|\|{7})(\s.*)?", re.DOTALL)
_START = re.compile(r'[0-9]"\s*:\s*\{')  # what is left of a document id; not `before` in a step
_BOM = b"\xef\xbb\xbf"
_ATTEMPTS = 30  # at rows in one damaged line, so that no line takes long


def parse(data: bytes, only: bytes = b"") -> Reading:
    """Read the bytes of a shard. Never raises: what is no row is in `damaged`, byte for byte.

    With `only`, rows without these bytes are passed over, where each row is a line.
    """
    data = data.removeprefix(_BOM)
    if not data.strip():
        return Reading({}, cut=True)  # we write whole files only: another tool left this
    first = data.lstrip().partition(b"\n")[0]
    if not _HEADER.fullmatch(first):
        try:
            whole = _parse_whole(data)
        except ValueError:  # nested too deeply to be written again
            whole = None
        if whole is not None:
            return whole
    return _parse_lines(data, only)


def _parse_whole(data: bytes) -> Reading | None:
    """A file that stock TinyDB, or somebody's editor, wrote in a layout of its own."""
    found = _object(data)
    if found is None:
        return None
    tables: dict[str, Rows] = {}
    damaged: list[bytes] = []
    for name, rows in found.items():
        if not isinstance(rows, dict):
            damaged.append(canonical({name: rows}))
            continue
        table = tables.setdefault(name, {})
        for key, doc in cast(dict[str, Any], rows).items():
            if isinstance(doc, dict) and re.fullmatch(r"[0-9]{1,60}", key):
                doc_id = str(int(key))
                row = Row.of(doc_id, cast(dict[str, Any], doc))
                table[doc_id] = merged(table.get(doc_id), row)
            else:
                damaged.append(canonical({key: doc}))
    return Reading(tables, tuple(damaged))


class _Lines:
    """Collects the rows of a file line by line, and what is no row."""

    def __init__(self) -> None:
        self.tables: dict[str, Rows] = {}
        self.damaged: list[bytes] = []
        self.conflicted = False
        self._section = RECORDS
        self._headers: dict[str, bytes] = {}  # lines that begin a table, by its name
        self._strays: list[tuple[Rows, str, Row]] = []

    def take(self, line: bytes) -> None:
        """Take in one line of the file."""
        match = _ROW.fullmatch(line)
        doc = _object(match[2]) if match else None
        if match and doc is not None:
            self._add(match[1], match[2], doc)
        elif header := _HEADER.fullmatch(line):
            self._section = header[1].decode("utf-8", "replace")
            self._headers[self._section] = line
            self.tables.setdefault(self._section, {})
        elif _MARKER.fullmatch(line):
            self.conflicted = True
        elif not _FRAME.fullmatch(line):
            self.damaged.append(line)
            for row in _rescued(line):
                self._put(self._table_of(row.doc), row)

    def _add(self, key: bytes, body: bytes, doc: dict[str, Any]) -> None:
        doc_id = _number(doc)
        row = Row(b'"%s":%s' % (str(int(key)).encode(), body), doc)
        if doc_id is None or row.line.startswith(b'"%s"' % doc_id.encode()):
            self._put(self._table_of(doc), row)
        else:
            self._strays.append((self._table_of(doc), doc_id, row))

    def _table_of(self, doc: Mapping[str, Any]) -> Rows:
        """The table of a row by what is in it, since the line that names the table may be lost."""
        name = self._section
        if name in (RECORDS, HISTORY):
            name = RECORDS if "type" in doc else HISTORY if "changes" in doc else name
        return self.tables.setdefault(name, {})

    def _put(self, table: Rows, row: Row) -> None:
        """Put a row in; of two with one id the loser is set aside if something changed it or won.

        An older version that nothing changed is what a merge conflict is made of: it may go.
        """
        key = row.line.partition(b":")[0].strip(b'"').decode()
        there = table.get(key)
        table[key] = best = merged(there, row)
        if there is not None and there.line != row.line and not (there.fits and row.fits):
            self.damaged.append((there if best is row else row).line)

    def settle(self) -> None:
        """Put the rows in whose document id is not the number of their own id.

        Under the number, where a change of the record is looked for; but where there is another
        one under it, it is the id in the row that was changed.
        """
        for table, doc_id, row in self._strays:
            moved = Row(b'"%s":%s' % (doc_id.encode(), row.line.partition(b":")[2]), row.doc)
            self._put(table, moved if row.fits or doc_id not in table else row)
        for name, mark in ((RECORDS, "type"), (HISTORY, "changes")):
            if name not in self._headers:
                self._take_back(name, mark)

    def _take_back(self, name: str, mark: str) -> None:
        """Find the rows of a table that is not there by its name: the name may have been changed.

        Only what its checksum proves; another's table stays as it is.
        """
        for other in self.tables.keys() - {RECORDS, HISTORY}:
            table = self.tables[other]
            ours = {k: r for k, r in table.items() if mark in r.doc and r.fits}
            for key, row in ours.items():
                del table[key]
                self._put(self.tables.setdefault(name, {}), row)
            if ours and not table:
                del self.tables[other]
                self.damaged.append(self._headers[other])


def _parse_lines(data: bytes, only: bytes) -> Reading:
    found = _Lines()
    lines = data.split(b"\n")
    for line in lines:
        if only in line or not _BEGUN.match(line):
            found.take(line)
    found.settle()
    last = next(line for line in reversed(lines) if line.strip())
    cut = not (_FRAME.fullmatch(last) and b"}}" in last.replace(b" ", b""))
    return Reading(found.tables, tuple(found.damaged), found.conflicted, cut)


def _number(doc: Mapping[str, Any]) -> str | None:
    """The document id of a row by the id in it, if that is a ULID."""
    name = doc.get("id")
    try:
        return str(number_of_id(name)) if isinstance(name, str) else None
    except ValueError:
        return None


def _rescued(line: bytes) -> Iterator[Row]:
    """Whole rows in a damaged line that are proven by their checksum: lines that were joined."""
    text = line.decode("utf-8", "surrogateescape")
    place, attempts = 0, 0
    while attempts < _ATTEMPTS and (start := _START.search(text, place)):
        place = start.end()
        attempts += 1
        try:
            found, end = _DECODER.raw_decode(text, place - 1)
            body = text[place - 1 : end].encode()
        except (ValueError, RecursionError):
            continue
        doc = cast("dict[str, Any]", found)
        doc_id = _number(doc)
        row = Row(b'"%s":%s' % ((doc_id or "").encode(), body), doc)
        if doc_id is not None and row.fits:
            place, attempts = end, 0
            yield row


def _refuse(word: str) -> NoReturn:
    raise ValueError(f"{word} is no JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    return number if math.isfinite(number) else _refuse(digits)


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite)


def _object(data: bytes) -> dict[str, Any] | None:
    try:
        found = _DECODER.decode(data.decode())
    except (ValueError, RecursionError):
        return None
    return cast(dict[str, Any], found) if isinstance(found, dict) else None
