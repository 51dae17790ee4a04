"""Files that somebody else made, opened so that they can do nothing: zip, XML and SQLite.

No name leads out of an archive, nothing in it is a link, and it does not unfold to more than it may
hold. XML has no document type, so no entities, and reaches for nothing. A database is only read.
"""

from __future__ import annotations

import re
import sqlite3
import stat
import zipfile
import zlib
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import quote

from tui.exchange.files import LARGEST, ExchangeError, read_bytes

MEMBERS = 200_000
LARGEST_MEMBER = 256_000_000  # bytes of one file of an archive
RATIO = 200  # times that a file may unfold to of what it takes up, once it is large at all
SMALL = 1_000_000  # bytes that any file may unfold to

USUAL_XML = 10_000_000  # bytes of what libxml2 reads as it is
_NO_XML = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_DECLARED = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)", re.IGNORECASE)
_OUTSIDE = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)|\0")


class Archive:
    """A zip archive of somebody else, of which files are read by name."""

    def __init__(self, path: Path) -> None:
        """Raises ExchangeError, with one sentence, if it is no archive or may not be trusted."""
        self._path = path
        self._left = LARGEST
        read_bytes(path, 1)
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ExchangeError(f"{path} is no zip archive, or damaged: export it again") from error
        try:
            self._check()
        except ExchangeError:
            self._zip.close()
            raise
        self.names = tuple(self._zip.namelist())

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._zip.close()

    def read(self, name: str) -> bytes:
        """The bytes of one of `names`; raises ExchangeError if it is damaged or too large."""
        info = self._zip.getinfo(name)
        most = min(LARGEST_MEMBER, self._left, max(SMALL, RATIO * info.compress_size))
        try:
            with self._zip.open(info) as file:
                data = file.read(most + 1)  # what the archive says of its sizes may be a lie
        except (
            *(zipfile.BadZipFile, zlib.error, OSError, EOFError),
            *(ValueError, RuntimeError, NotImplementedError),  # the last: packed in a way unknown
        ) as error:
            raise ExchangeError(f"{self._path}: {name} is damaged: export it again") from error
        if len(data) > most:
            raise self._refused(name, "unfolds to more than it may")
        self._left -= len(data)
        return data

    def _check(self) -> None:
        infos = self._zip.infolist()
        if len(infos) > MEMBERS:
            raise ExchangeError(
                f"{self._path} holds {len(infos):,} files and no more than {MEMBERS:,} are read: "
                "export it in parts"
            )
        seen: set[str] = set()
        for info in infos:
            if _OUTSIDE.search(info.filename) or _OUTSIDE.search(info.orig_filename):
                raise self._refused(info.filename, "leads out of it")
            if stat.S_ISLNK(info.external_attr >> 16):
                raise self._refused(info.filename, "is a link")
            if info.flag_bits & 1:
                raise self._refused(info.filename, "is encrypted")
            if info.filename in seen:
                raise self._refused(info.filename, "is in it twice")
            seen.add(info.filename)
            if info.file_size > max(SMALL, RATIO * info.compress_size):
                raise self._refused(info.filename, "unfolds to more than it may")
        if sum(info.file_size for info in infos) > LARGEST:
            raise ExchangeError(
                f"{self._path} unfolds to more than {LARGEST:,} bytes: export it in parts"
            )

    def _refused(self, name: str, why: str) -> ExchangeError:
        shown = name[:60] if name.isprintable() else ascii(name[:60])
        return ExchangeError(f"{self._path} is not opened: {shown} {why}; export it again")


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive, whatever its name."""
    return path.is_file() and zipfile.is_zipfile(path)


def xml_root(data: bytes, name: str, extra: str) -> Any:
    """The root element (lxml) of an XML document, without comments and instructions.

    Characters that XML has no place for are passed over: QualCoder writes those of its texts.
    `extra` is the extra of ours that brings lxml. Raises ExchangeError, with one sentence, if it is
    missing, or the document is no XML or has a document type.
    """
    if b"\0" not in data[:4]:  # else it is UTF-16
        data = _NO_XML.sub(b"", data)
    try:
        return parsed_xml(data)
    except ImportError as error:
        raise ExchangeError(
            f"{name} needs lxml to be read: pip install 'pressmark[{extra}]'"
        ) from error
    except ValueError as error:
        raise ExchangeError(f"{name} is not read: {error}; export it again") from error


def parsed_xml(data: bytes) -> Any:
    """The same of a document that has no name.

    Raises ImportError where there is no lxml, and ValueError with the end of a sentence.
    """
    large = len(data) > USUAL_XML
    if large:
        _check_large(data)
    etree: Any = import_module("lxml.etree")
    parser = etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        dtd_validation=False,
        no_network=True,
        huge_tree=large,  # else a text of ten megabytes is refused, as what entities make is
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        reason = str(getattr(error, "msg", error)).partition("\n")[0]
        raise ValueError(f"it is no XML: {reason}") from error
    if root.getroottree().docinfo.doctype or root.getroottree().docinfo.internalDTD is not None:
        raise ValueError("it has a document type, which it must not have")
    return root


def _check_large(data: bytes) -> None:
    """That a large document has no document type, which is seen before it is parsed.

    Raises ValueError, with the end of a sentence.
    """
    if len(data) > LARGEST_MEMBER:
        raise ValueError(f"it has more than {LARGEST_MEMBER:,} bytes: write it in parts")
    head = data[:1_000].removeprefix(b"\xef\xbb\xbf").lstrip()
    named = _DECLARED.match(head)
    utf8 = named is None or named[1].lower() in (b"utf-8", b"us-ascii", b"ascii")
    if not utf8 or not head.startswith(b"<") or b"\0" in data:
        raise ValueError("it is large and not UTF-8: write it as UTF-8")
    if b"<!DOCTYPE" in data:
        raise ValueError("it has a document type, which it must not have")


def local_name(element: Any) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


@contextmanager
def database(path: Path, tables: Sequence[str]) -> Generator[sqlite3.Connection]:
    """A SQLite database that has these tables, only to be read, with rows by name.

    Raises ExchangeError, with one sentence, if it is none, or damaged.
    """
    head = read_bytes(path, 16)
    if head != b"SQLite format 3\0":
        raise ExchangeError(f"{path} is no SQLite database: export it again")
    if path.stat().st_size > LARGEST:
        raise ExchangeError(f"{path} has more than {LARGEST:,} bytes: export it in parts")
    for side in ("-wal", "-journal"):
        beside = path.with_name(path.name + side)
        if beside.exists() and beside.stat().st_size:
            raise ExchangeError(
                f"{path} is open in another program ({beside.name}): close it first"
            )
    where = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    try:
        connection = sqlite3.connect(where, uri=True)
        try:
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_MEMBER)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for pragma in ("trusted_schema=off", "query_only=on", "cell_size_check=on"):
                connection.execute(f"pragma {pragma}")
            connection.row_factory = sqlite3.Row
            _check_tables(connection, path, tables)
            yield connection
        finally:
            connection.close()
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise ExchangeError(f"{path} cannot be read: {said(error)}; export it again") from error


def said(error: Exception) -> str:
    """What SQLite says of a database, without the part of it that it may say it of."""
    return re.split(r" with text|\n", str(error))[0][:100]


def _check_tables(connection: sqlite3.Connection, path: Path, tables: Sequence[str]) -> None:
    """No view and no virtual table may stand where a table is read."""
    found = {
        str(row["name"]): f"{row['type']} {row['sql'] or ''}".lower().split()
        for row in connection.execute("select type, name, sql from sqlite_master")
    }
    for table in tables:
        if found.get(table, [])[:3] != ["table", "create", "table"]:
            raise ExchangeError(f"{path} is no such project: it has no table {table}")
