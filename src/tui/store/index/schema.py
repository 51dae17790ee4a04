"""Opening the index's file: tables, versions, and what happens where it cannot be used."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from pathlib import Path

VERSION = 5  # of the tables, and of how texts become words in them
PATIENCE = 10.0  # seconds that one process waits for another one's writing
_TABLES = """
create table meta(key text primary key, value) without rowid;
create table files(
    file integer primary key, path text, size integer, mtime integer, encoding text);
create table articles(
    row integer primary key autoincrement, article text unique, file integer, entry text,
    revision blob,
    length integer, title text, outlet text, byline text, url text, language text,
    published text, modified text, encoding text, replaced integer);
create index articles_by_file on articles(file);
create table article_keys(key integer, row integer, primary key(key, row)) without rowid;
create table others(article text, file integer, primary key(article, file)) without rowid;
create virtual table article_words using fts5(title, body, content='', tokenize='unicode61');
insert into article_words(article_words, rank) values('rank', 'bm25(4.0, 1.0)');
insert into article_words(article_words, rank) values('hashsize', 16777216);
create table shelves(
    shelf integer primary key, article text unique, stamp text, top text, done integer,
    highlights integer, claims integer, drafts integer, known integer, live integer, tags text,
    changed text, sets text);
create table shelf_keys(key integer, shelf integer, primary key(key, shelf)) without rowid;
create table shelf_links(article text, shelf integer, primary key(article, shelf)) without rowid;
create table tagged(number integer primary key, tags text unique, count integer);
create table notes(
    row integer primary key, shelf integer, record blob, kind integer, start integer, stop integer,
    revision integer, created text, modified text, words blob, facts text);
create index notes_by_shelf on notes(shelf);
create index notes_by_record on notes(record);
create table claims(row integer primary key, held blob);
create table revisions(mark integer primary key, revision blob);
create virtual table note_words using fts5(words, facts, content='', tokenize='unicode61');
insert into note_words(note_words, rank) values('rank', 'bm25(1.0, 0.0)');
insert into note_words(note_words, rank) values('hashsize', 16777216);
create table names(name integer primary key, kind text, words text, unique(kind, words));
"""
# File systems that lie on another machine, as /proc/self/mountinfo names them.
_FAR = frozenset(
    (
        *("9p", "afs", "beegfs", "ceph", "cifs", "coda", "davfs", "gfs2", "glusterfs", "lustre"),
        *("ncpfs", "nfs", "nfs4", "ocfs2", "orangefs", "smb3", "smbfs", "fuse.davfs2"),
        *("fuse.glusterfs", "fuse.rclone", "fuse.s3fs", "fuse.sshfs"),
    )
)


def has_fts5() -> bool:
    """Whether this Python's SQLite can search texts."""
    with contextlib.closing(sqlite3.connect(":memory:")) as connection:
        try:
            connection.execute("create virtual table t using fts5(a)")
        except sqlite3.Error:
            return False
    return True


def opened(file: Path) -> tuple[sqlite3.Connection, str]:
    """A connection to the index, made anew if it is not there, damaged or of another version.

    With a sentence if an old one had to go. Raises OSError or sqlite3.Error where there can be
    none.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    why = ""
    try:
        connection = connected(str(file))
        try:
            if _is_ours(connection):
                return connection, ""
            if not _is_empty(connection):
                why = "was of another version of Pressmark"
        except sqlite3.Error:
            connection.close()
            raise
        if not why:
            _make(connection)
            return connection, ""
        connection.close()
    except sqlite3.OperationalError:
        raise
    except sqlite3.DatabaseError:
        why = "was damaged"
    removed(file)
    connection = connected(str(file))
    _make(connection)
    return connection, f"the index for search {why} and is built anew"


def in_memory() -> sqlite3.Connection:
    """An index that goes with the session."""
    connection = connected(":memory:")
    _make(connection)
    return connection


def connected(name: str, cache: int = 8_000) -> sqlite3.Connection:
    """A connection that any thread may use, one at a time; transactions are begun by hand.

    It keeps so many kilobytes of what it read: those that only read leave that to the system.
    """
    connection = sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("pragma auto_vacuum = incremental")
        connection.execute("pragma journal_mode = wal")
        connection.execute("pragma synchronous = normal")
        connection.execute(f"pragma cache_size = -{cache}")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def removed(file: Path) -> None:
    """Take an index away. Raises OSError if it stays."""
    for name in (file, Path(f"{file}-wal"), Path(f"{file}-shm")):
        name.unlink(missing_ok=True)


def is_far(folder: Path, mounts: str | None = None) -> bool:
    """Whether a folder lies on a network drive, as far as that can be told.

    `mounts` is what Linux says in `/proc/self/mountinfo`; elsewhere nothing is known.
    """
    if mounts is None:
        try:
            mounts = Path("/proc/self/mountinfo").read_text("utf-8", "surrogateescape")
        except OSError:
            return False
    place = os.path.realpath(folder)
    best, kind = "", ""
    for line in mounts.splitlines():
        before, _, after = line.partition(" - ")
        parts = before.split(" ")
        if len(parts) < 5 or not after:
            continue
        mount = parts[4].replace("\\040", " ")
        inside = place == mount or place.startswith(mount.rstrip("/") + "/")
        if inside and len(mount) >= len(best):
            best, kind = mount, after.split(" ")[0]
    return kind in _FAR


def _is_ours(connection: sqlite3.Connection) -> bool:
    try:
        found = connection.execute("select value from meta where key = 'version'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such" in str(error):
            return False
        raise
    return found is not None and found[0] == VERSION


def _is_empty(connection: sqlite3.Connection) -> bool:
    return connection.execute("select count(*) from sqlite_master").fetchone()[0] == 0


def _make(connection: sqlite3.Connection) -> None:
    """Make the tables; another process may be at the same."""
    connection.execute("begin immediate")
    try:
        if _is_empty(connection):
            for statement in _TABLES.split(";\n"):
                if statement.strip():
                    connection.execute(statement)
            connection.execute("insert into meta values('version', ?)", (VERSION,))
        connection.execute("commit")
    except BaseException:
        connection.execute("rollback")
        raise
