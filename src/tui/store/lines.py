"""The rows of a shard and its bytes: a TinyDB file with one record a line. No files are touched.

Documented in docs/file-format.md. `parsing` reads what `serialise` writes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, TypeGuard, cast

from msgspec import Struct

from tui.model.ids import sha256

RECORDS = "_default"  # the table that stock TinyDB opens first
HISTORY = "history"

Rows = dict[str, "Row"]

_SUM_DIGITS = 16
_ENCODER = json.JSONEncoder(
    ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
)
# Some tools take these for ends of lines: one record is one line for them too.
_BREAKS = {0x85: "\\u0085", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_PAIR = "[\ud800-\udbff][\udc00-\udfff]"


class Row(Mapping[str, Any]):
    """One JSON object of a shard as it stands in the file; never changes."""

    __slots__ = ("_doc", "_fits", "cache", "known_rev", "line")

    def __init__(
        self, line: bytes, doc: dict[str, Any] | None = None, *, fits: bool | None = None
    ) -> None:
        self.line = line  # `"<doc id>":{...}`
        self.cache: Any = None  # whatever the object was turned into
        self._doc = doc
        self._fits = fits
        self.known_rev: int | None = None  # what `rev` found

    @classmethod
    def of(cls, doc_id: str, doc: Mapping[str, Any]) -> Row:
        """The row of an object as it is; raises ValueError if JSON cannot say it."""
        return cls(b'"%s":%s' % (doc_id.encode(), canonical(doc)))

    @classmethod
    def signed(cls, doc_id: str, doc: Mapping[str, Any]) -> Row:
        """The row of an object with its checksum put in as `sum`."""
        # The checksum is of the object without it: its two halves are made once for both.
        before = canonical({key: value for key, value in doc.items() if key < "sum"})[1:-1]
        after = canonical({key: value for key, value in doc.items() if key > "sum"})[1:-1]
        plain = b"{%s}" % b",".join(filter(None, (before, after)))
        signed = b'"sum":"%s"' % sha256(plain)[:_SUM_DIGITS].encode()
        whole = b",".join(filter(None, (before, signed, after)))
        return cls(b'"%s":{%s}' % (doc_id.encode(), whole), fits=True)

    @property
    def doc(self) -> dict[str, Any]:
        """The object; not to be changed."""
        if self._doc is None:
            self._doc = cast("dict[str, Any]", json.loads(self.line.partition(b":")[2]))
        return self._doc

    @property
    def fits(self) -> bool:
        """Whether the object has a `sum` and is what it was computed from."""
        if self._fits is None:
            self._fits = self._check()
        return self._fits

    @property
    def rev(self) -> int:
        """The revision of a record; 0 if it names none."""
        if self.known_rev is None:
            rev = self.doc.get("rev")
            self.known_rev = rev if isinstance(rev, int) else 0
        return self.known_rev

    def _check(self) -> bool:
        given = self.doc.get("sum")
        if not isinstance(given, str) or len(given) != _SUM_DIGITS:
            return False
        # As we write it, the line without its sum is the canonical JSON: no need to make it anew.
        body = self.line.partition(b":")[2].replace(b',"sum":"%s"' % given.encode(), b"", 1)
        if sha256(body)[:_SUM_DIGITS] == given:
            return True
        try:
            return checksum({k: v for k, v in self.doc.items() if k != "sum"}) == given
        except ValueError:
            return False

    def __getitem__(self, key: str) -> Any:
        return self.doc[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self.doc)

    def __len__(self) -> int:
        return len(self.doc)


line_of: Callable[[Any], bytes] = attrgetter("line")
_rev: Callable[[Any], int] = attrgetter("rev")
_known_rev: Callable[[Any], int] = attrgetter("known_rev")


class Reading(Struct, frozen=True):
    """What the bytes of a shard hold: tables of rows by document id, and what is no row."""

    tables: dict[str, Rows]
    damaged: tuple[bytes, ...] = ()
    conflicted: bool = False  # it held merge-conflict markers; every side of them was read
    cut: bool = False  # its end is missing


def canonical(doc: Mapping[str, Any]) -> bytes:
    """Canonical JSON: keys sorted by code point, no white space, UTF-8.

    A lone surrogate is written as an escape, which JSON allows. A high one followed by a low one
    would be read back as another character, so each of such a pair becomes U+FFFD. Raises
    ValueError for what JSON cannot say (NaN, infinity, objects of other kinds, cycles).
    """
    try:
        text = _ENCODER.encode(doc)
    except (TypeError, RecursionError) as error:
        raise ValueError(str(error)) from error
    if "\x85" in text or "\u2028" in text or "\u2029" in text:
        text = text.translate(_BREAKS)
    try:
        return text.encode()
    except UnicodeEncodeError:
        return re.sub(_PAIR, "\ufffd\ufffd", text).encode("utf-8", "backslashreplace")


def checksum(doc: Mapping[str, Any]) -> str:
    """The first 16 hexadecimal digits of SHA-256 over the canonical JSON."""
    return sha256(canonical(doc))[:_SUM_DIGITS]


def winner(rows: Iterable[Row]) -> Row:
    """Of several versions of one record the one with the highest (rev, modified, fits, bytes)."""
    return max(rows, key=_rank)


def _rank(row: Row) -> tuple[int, str, bool, bytes]:
    modified = row.doc.get("modified")
    try:
        data = canonical(row.doc)  # so that another layout of the same object is the same
    except ValueError:
        data = row.line
    return (
        row.rev,
        modified if isinstance(modified, str) else "",
        row.fits,  # of two with one revision, the one that nothing else has changed
        data,
    )


def merged(one: Row | None, other: Row) -> Row:
    """The winner of a row that may be there and another one."""
    if one is None or one.line == other.line:
        return other
    return winner((one, other))


def revs_of(rows: Iterable[Row]) -> int:
    """The sum of the revisions of records. It never falls, whatever is merged."""
    found = list(rows)
    try:
        return sum(map(_known_rev, found))
    except TypeError:  # one was not asked for yet
        return sum(map(_rev, found))


def lacks(reading: Reading) -> bool:
    """Whether records are gone, or are older, than when the newest step was written.

    A step has the sum of all revisions as `revs`; one of an older Pressmark has not.
    """
    steps = reading.tables.get(HISTORY, {})
    newest = steps[max(steps, key=lambda key: (len(key), key))] if steps else None
    revs = newest.doc.get("revs") if newest is not None and newest.fits else None
    return isinstance(revs, int) and revs_of(reading.tables.get(RECORDS, {}).values()) < revs


def serialise(tables: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> bytes:
    """The bytes of a shard: one row a line, a leading comma, in the order of the document ids.

    Rows are written as they are, other mappings as canonical JSON (ValueError if impossible).
    """
    # One join over everything: copying a megabyte again costs as much as a small fsync.
    lines: list[bytes] = []
    frame = b"{"
    for name in sorted(tables, key=_table_order):
        frame += json.dumps(name, ensure_ascii=False).encode() + b":{\n"
        if tables[name]:
            first = len(lines)
            lines += _lines(tables[name])
            if first:
                lines[first - 1] += b"\n" + frame + lines.pop(first)
            else:
                lines[0] = frame + lines[0]
            frame = b""
        frame += b"},"
    ending = frame.removesuffix(b",") + b"}\n"
    if not lines:
        return ending
    lines[-1] += b"\n" + ending
    return b"\n,".join(lines)


def _lines(rows: Mapping[str, Mapping[str, Any]]) -> Iterable[bytes]:
    """The lines of a table in the order of the document ids."""
    keys = sorted(rows)
    if len(set(map(len, keys))) > 1:
        keys.sort(key=len)  # a stable sort: those of one length stay in order
    if not all_rows(rows):
        rows = as_rows(rows)
    if keys == list(rows):  # as it is but for a hand-made or merged file
        return map(line_of, rows.values())
    return map(line_of, map(rows.__getitem__, keys))


def as_rows(table: Mapping[str, Mapping[str, Any]]) -> Rows:
    """A table with every document as a Row; raises ValueError if JSON cannot say one."""
    return {k: doc if isinstance(doc, Row) else Row.of(k, doc) for k, doc in table.items()}


def all_rows(table: Mapping[str, Mapping[str, Any]]) -> TypeGuard[Rows]:
    """Whether every document of a table is a Row."""
    return set(map(type, table.values())) <= {Row}


def _table_order(name: str) -> tuple[int, str]:
    return ({RECORDS: 0, HISTORY: 1}.get(name, 2), name)
