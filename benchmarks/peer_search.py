"""The same words in the same articles: ours, ripgrep, bare FTS5 and tantivy.

Ours is asked with its snippets, and without them, as the others are. FTS5 is a table without
content, with its tokenizer `unicode61` and nothing else, asked for row
numbers, ranks and titles; tantivy is asked likewise (benchmarks/peer_tantivy.py).
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import corpus, corpus_texts, peer_tantivy, scale_search
from benchmarks.made import command

ARTICLES = 10_000
BEST = 50
ROUNDS = 5
Found = tuple[str, str, list[float]]


def searches(folder: Path, rg: str, tantivy: str, around: Mapping[str, str]) -> list[Found]:
    """What was asked, of whom, and seconds each time; peers with an empty path are left out."""
    root = folder / "search"
    corpus.make(root, ARTICLES, 0)
    found = _ours(root, around)
    if rg:
        found += _ripgrep(root, rg)
    found += _fts5(root, folder / "bare.db")
    if tantivy:
        line = [tantivy, peer_tantivy.__file__, str(root), str(folder / "tantivy")]
        done = subprocess.run(
            [*line, json.dumps(scale_search.QUESTIONS)], capture_output=True, check=True
        )
        figures: dict[str, list[float]] = json.loads(done.stdout)
        found.append((INDEXED, "tantivy", figures["index"]))
        found += [(_asked(n), "tantivy", figures[n]) for n in scale_search.QUESTIONS]
    return found


INDEXED = "index built, work an article"


def _asked(name: str) -> str:
    return f"search {ARTICLES:,} articles, {name}"


def _ours(root: Path, around: Mapping[str, str]) -> list[Found]:
    line = [sys.executable, "-m", scale_search.__name__, str(root)]
    done = subprocess.run(line, env=dict(around), capture_output=True, check=True)
    figures: dict[str, list[float]] = json.loads(done.stdout)
    found: list[Found] = [
        (_asked(name), who, figures[f"{figure}, {name}"])
        for name in scale_search.QUESTIONS
        for who, figure in (("pressmark", "search"), ("pressmark, no snippets", "ranked"))
    ]
    work = figures["index, work"][0] / ARTICLES
    found.append((INDEXED, "pressmark", [work]))
    typed = command("search", corpus_texts.RARE, str(root))
    return [*found, (COMMAND, "pressmark", _runs(typed, around))]


COMMAND = f"a command that looks for a rare word in {ARTICLES:,} articles"


def _ripgrep(root: Path, rg: str) -> list[Found]:
    found: list[Found] = []
    for name, words in scale_search.QUESTIONS.items():
        line = [rg, "-F", "-i", "-l", words.strip('"'), str(root)]
        found.append((_asked(name), "rg", _runs(line)))
        if words == corpus_texts.RARE:
            found.append((COMMAND, "rg", found[-1][2]))
    return found


def _runs(line: Sequence[str], around: Mapping[str, str] | None = None) -> list[float]:
    """Seconds of a command, several times after a first one."""
    times: list[float] = []
    for _ in range(ROUNDS + 1):
        begun = time.perf_counter()
        subprocess.run(
            line, env=dict(around) if around else None, stdout=subprocess.DEVNULL, check=False
        )
        times.append(time.perf_counter() - begun)
    return times[1:]


def _fts5(root: Path, file: Path) -> list[Found]:
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("create table titles(number integer primary key, title text)")
    connection.execute(
        "create virtual table bare using fts5(title, body, content='', tokenize='unicode61')"
    )
    work = time.process_time()
    connection.execute("begin")
    for number, path in enumerate(sorted(root.glob("[0-9]*/*.txt"))):
        title, _, body = path.read_text("utf-8").partition("\n")
        connection.execute("insert into titles values(?, ?)", (number, title))
        connection.execute(
            "insert into bare(rowid, title, body) values(?, ?, ?)", (number, title, body)
        )
    connection.execute("commit")
    connection.execute("insert into bare(bare) values('optimize')")
    found: list[Found] = [(INDEXED, "FTS5", [(time.process_time() - work) / ARTICLES])]
    sql = (
        "select b.rowid, b.rank, t.title from bare b join titles t on t.number = b.rowid "
        "where bare match ? order by b.rank limit ?"
    )
    for name, words in scale_search.QUESTIONS.items():
        times: list[float] = []
        while sum(times) < scale_search.LONG or len(times) < scale_search.LEAST:
            begun = time.perf_counter()
            connection.execute(sql, (words, BEST)).fetchall()
            times.append(time.perf_counter() - begun)
        found.append((_asked(name), "FTS5", times[1:200]))
    connection.close()
    return found
