"""One annotation into many, until it is on the disk: ours, stock TinyDB, bare SQLite.

Stock TinyDB writes its file and calls fsync; SQLite commits with `synchronous = full` and no log
ahead, or with one. The records are those of ours, ten an article.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tinydb import TinyDB

from benchmarks import corpus
from benchmarks.annotate import Workspace
from tui.store.lines import RECORDS
from tui.store.parsing import parse

ROUNDS, LEAST, LONG = 60, 5, 10.0  # times, times at the least, seconds at most


def saves(folder: Path, records: int) -> dict[str, list[float]]:
    """Seconds for one more annotation, by who saves it; the first one of each is left out."""
    root = folder / "news"
    many = max(records, corpus.EACH)
    corpus.make(root, many // corpus.EACH, many)
    workspace = Workspace(root)
    documents = _documents(root)[:records]
    stock = TinyDB(folder / "stock.json")
    stock.insert_multiple(documents)
    plain = _sqlite(folder / "plain.db", documents, "delete")
    logged = _sqlite(folder / "logged.db", documents, "wal")
    text = json.dumps(documents[0], ensure_ascii=False)

    def insert(connection: sqlite3.Connection) -> None:
        connection.execute("insert into records(json) values(?)", (text,))

    who: dict[str, Callable[[], object]] = {
        "pressmark": workspace.highlight,
        "stock TinyDB": lambda: stock.insert(documents[0]),
        "SQLite": lambda: insert(plain),
        "SQLite, log ahead": lambda: insert(logged),
    }
    times: dict[str, list[float]] = {name: [] for name in who}
    begun = time.perf_counter()
    for number in range(ROUNDS + 1):
        if number > LEAST and time.perf_counter() - begun > LONG:
            break
        for name, call in who.items():
            before = time.perf_counter()
            call()
            times[name].append(time.perf_counter() - before)
    workspace.desk.close()
    for database in (stock, plain, logged):
        database.close()
    return {name: found[1:] for name, found in times.items()}


def _documents(root: Path) -> list[dict[str, Any]]:
    """The records of all shards, without those on articles as a whole."""
    found: list[dict[str, Any]] = []
    for shard in sorted((root / "annotations").glob("*/??/*.json")):
        rows = parse(shard.read_bytes()).tables[RECORDS].values()
        found += [row.doc for row in rows if row.doc["type"] != "article"]
    return found


def _sqlite(file: Path, documents: list[dict[str, Any]], journal: str) -> sqlite3.Connection:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute(f"pragma journal_mode = {journal}")
    connection.execute("pragma synchronous = full")
    connection.execute("create table records(number integer primary key, json text)")
    rows = [(json.dumps(document, ensure_ascii=False),) for document in documents]
    connection.execute("begin")
    connection.executemany("insert into records(json) values(?)", rows)
    connection.execute("commit")
    return connection
