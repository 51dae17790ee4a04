"""Files of strangers do nothing: not to the disk, not to memory, not over the network."""

from __future__ import annotations

import sqlite3
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.exchange import ExchangeError, read_in
from tui.exchange.guarded import RATIO, SMALL, Archive, database, xml_root

BILLION = b"""<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;&b;&b;">
<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><a>&d;</a>"""


def zipped(path: Path, *entries: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return path


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def encrypted(path: Path) -> Path:
    data = bytearray(zipped(path, ("a", b"text")).read_bytes())
    data[data.index(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("../../etc/cron.d/x", "leads out of it"),
        ("/etc/passwd", "leads out of it"),
        ("sources/../../x", "leads out of it"),
        ("C:\\x", "leads out of it"),
        ("..\\x", "leads out of it"),
        ("a\x00b", "leads out of it"),
        (link("sources/a.txt"), "is a link"),
    ],
)
def test_no_name_of_an_archive_leads_elsewhere(
    name: zipfile.ZipInfo | str, reason: str, tmp_path: Path
) -> None:
    path = zipped(tmp_path / "evil.qdpx", (zipfile.ZipInfo("project.qde"), b"<Project/>"))
    raw = name if isinstance(name, str) else None
    if raw == "a\x00b":  # the writer itself cuts such a name
        path = zipped(path, ("a_b", b"x"))
        path.write_bytes(path.read_bytes().replace(b"a_b", raw.encode()))
    else:
        path = zipped(path, (name, b"x"))
    with pytest.raises(ExchangeError, match=reason) as caught:
        read_in(path)
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == [path]


def test_a_bomb_is_not_unfolded(tmp_path: Path) -> None:
    path = zipped(tmp_path / "bomb.qdpx", ("project.qde", bytes(SMALL * 2)))
    with pytest.raises(ExchangeError, match="unfolds to more"):
        read_in(path)
    # One that lies: what the archive says of the size is small, in both places.
    data = bytearray(path.read_bytes())
    size = struct.pack("<I", SMALL * 2)
    while size in data:
        at = data.index(size)
        data[at : at + 4] = struct.pack("<I", 100)
    path.write_bytes(data)
    with pytest.raises(ExchangeError, match=r"unfolds to more|is damaged"):
        read_in(path)
    assert RATIO < 1000  # what deflate can reach


@pytest.mark.parametrize("make", [encrypted, lambda p: p.write_bytes(b"PK\x03\x04 no") and p])
def test_an_archive_that_cannot_be_read_is_one_sentence(
    make: Callable[[Path], Path], tmp_path: Path
) -> None:
    path = make(tmp_path / "x.qdpx")
    with pytest.raises(ExchangeError, match=r"is encrypted|no zip archive") as caught:
        read_in(path)
    assert str(path) in str(caught.value)


def test_one_name_twice_is_not_read(tmp_path: Path) -> None:
    path = zipped(tmp_path / "x.qdpx", ("a", b"1"), ("b", b"2"))
    path.write_bytes(path.read_bytes().replace(b"b", b"a"))
    with pytest.raises(ExchangeError, match="twice"), Archive(path):
        pass


@pytest.mark.parametrize(
    "document",
    [
        BILLION,
        b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd"><a/>',
        b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>',
        b'<!DOCTYPE a [<!ENTITY % x SYSTEM "file:///etc/hostname"> %x;]><a/>',
        BILLION.decode()
        .replace('version="1.0"', 'version="1.0" encoding="utf-16"')
        .encode("utf-16"),
    ],
)
def test_xml_has_no_document_type(document: bytes) -> None:
    with pytest.raises(ExchangeError, match="document type"):
        xml_root(document, "x.qdc", "refi")


def test_xml_reaches_for_nothing() -> None:
    root = xml_root(
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><?php x?><!-- y -->'
        b'<xi:include href="file:///etc/hostname" parse="text"/></a>',
        "x",
        "refi",
    )
    assert "".join(root.itertext()) == ""
    assert len(root) == 1
    with pytest.raises(ExchangeError, match="no XML"):
        xml_root(b"<a>" * 400, "deep", "refi")


def test_a_database_is_only_read_and_no_view_stands_for_a_table(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    with sqlite3.connect(path) as made:
        made.execute("create table projects (id)")
        made.execute("create view documents as select 1 as id")
    made.close()
    before = path.read_bytes()
    with database(path, ("projects",)) as there:
        for statement in ("insert into projects values (1)", "attach '/tmp/y' as y"):
            with pytest.raises(sqlite3.Error):
                there.execute(statement)
    with pytest.raises(ExchangeError, match="no table documents"), database(path, ("documents",)):
        pass
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_a_database_that_is_none_or_in_use_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 4000)
    with pytest.raises(ExchangeError, match="cannot be read"), database(path, ("a",)):
        pass
    path.write_bytes(b"PK")
    with pytest.raises(ExchangeError, match="no SQLite database"), database(path, ("a",)):
        pass
    path.write_bytes(b"SQLite format 3\0")
    path.with_name("x.sqlite3-wal").write_bytes(b"x")
    with pytest.raises(ExchangeError, match="open in another program"), database(path, ("a",)):
        pass
