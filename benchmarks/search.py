"""Search: the index beside bare FTS5 on the same texts, its size, and what keeping it up costs.

    python -m benchmarks search [--news FOLDER] [--articles 10000] [--annotated 400]

The articles are made by a seed number: sentences of the texts in FOLDER (or made ones), in other
orders; in every tenth article made Korean ones. Bare FTS5 is a table without content that holds the
same words, in a file of its own, asked for row numbers and ranks: what is between the two is what
a list of hits needs. Annotations are saved by a desk, 24 an article.
"""

from __future__ import annotations

import argparse
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.made import ANALYST, sample, trial_folder
from benchmarks.measuring import compare, heading, percentile, say
from tui.desk import Desk
from tui.model.articles import Article
from tui.model.ids import new_id
from tui.model.records import Change, Claim, Highlight, Hop, Phrase, Step
from tui.model.spans import select
from tui.store.index import Index, Lying, Shelved, meaning_of, notes_of, parse_query
from tui.store.index.bigrams import spaced
from tui.store.index.writing import Pen, give_back, settle

HOLD = 3.0
BEST = 50
ROUNDS = 30
RARE, SYLLABLES = "quokkaville", "뷁궯"
MARKED = 12  # highlights of an annotated article, each with a claim
_SYLLABLES = (
    "가나다라마바사아자차고노도로모보소오조기니디리미비시이지"
    "한국군정부북남대통령회의원전투병력사상자보도"
)
_PARTICLES = ("은", "는", "이", "가", "을", "를", "에", "의", "에서", "으로", "했다", "한다고")


def sentences(news: Path | None) -> list[str]:
    """The sentences that articles are made of."""
    if news is None:
        return [line for line in sample(1.0).replace("\n\n", " ").split(". ") if line]
    files = sorted(news.rglob("*.txt"))
    lines = [line for file in files for line in file.read_text("utf-8", "replace").split("\n")]
    return [line.strip() for line in lines if len(line) > 40]


def korean(chance: random.Random, count: int) -> list[str]:
    """Made sentences of words with particles, some words much more frequent than others."""
    words = ["".join(chance.choices(_SYLLABLES, k=chance.randint(2, 4))) for _ in range(3000)]
    weights = [1 / (rank + 3) for rank in range(len(words))]
    found: list[str] = []
    for _ in range(count):
        chosen = chance.choices(words, weights, k=chance.randint(6, 14))
        found.append(" ".join(word + chance.choice(_PARTICLES) for word in chosen) + ".")
    return found


def make(folder: Path, news: Path | None, count: int) -> int:
    """Write so many articles; the bytes of all of them."""
    chance = random.Random(11)
    pool, other = sentences(news), korean(chance, 2000)
    size = 0
    for number in range(count):
        kind = other if number % 10 == 3 else pool
        lines = chance.choices(kind, k=chance.randint(6, 16))
        if number == count // 2:
            lines.insert(3, f"A word like {RARE} stands nowhere else, nor does {SYLLABLES}.")
        day = f"2025-{number % 12 + 1:02}-{number % 28 + 1:02}"
        title = " ".join(lines[0].split()[:8]).rstrip(".,")
        text = f"{title}\nHarbor Wire\n{day} 10:00\n\n" + "\n\n".join(lines) + "\n"
        data = text.encode()
        size += len(data)
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
        os.utime(path, (1_740_000_000, 1_740_000_000))  # a fresh file would be read again
    return size


def opened(root: Path) -> Desk:
    """A desk on the workspace, nothing read."""
    base = root.parent
    return Desk.open(root=root, analyst=ANALYST, locks=base / "locks", cache=base / "cache")


def seconds(run: Callable[[], object], rounds: int = ROUNDS) -> list[float]:
    """How long something takes each time."""
    found: list[float] = []
    for _ in range(rounds):
        begun = time.perf_counter()
        run()
        found.append(time.perf_counter() - begun)
    return found


def bare_table(file: Path, index: Path) -> sqlite3.Connection:
    """FTS5 alone, with the words of the articles of an index in the same order."""
    connection = sqlite3.connect(file, isolation_level=None)
    connection.execute("pragma journal_mode = wal")
    connection.execute("pragma synchronous = normal")
    connection.execute(
        "create virtual table bare using fts5(title, body, content='', tokenize='unicode61')"
    )
    connection.execute("insert into bare(bare, rank) values('rank', 'bm25(4.0, 1.0)')")
    root = file.parent / "news"
    with sqlite3.connect(index) as known:
        rows = known.execute(
            "select a.row, f.path from articles a join files f on f.file = a.file order by a.row"
        ).fetchall()
    known.close()
    connection.execute("begin")
    for row, path in rows:
        head, _, body = (root / path).read_text("utf-8").partition("\n\n")
        connection.execute(
            "insert into bare(rowid, title, body) values(?, ?, ?)",
            (row, spaced(head.partition("\n")[0]), spaced(body)),
        )
    connection.execute("commit")
    connection.execute("insert into bare(bare) values('optimize')")
    return connection


def measure_build(root: Path) -> None:
    """From nothing, with nothing to do, and with one file that changed."""
    for name in ("built", "asked again, nothing changed", "one file changed"):
        desk = opened(root)
        if name == "one file changed":
            path = next(root.rglob("*.txt"))
            path.write_bytes(path.read_bytes() + b"More.\n")
        begun, work = time.perf_counter(), time.process_time()
        desk.index()
        taken, work = time.perf_counter() - begun, time.process_time() - work
        each = work / desk.index_progress[1] * 1000
        say(name, f"{taken:9.2f} s   {work:6.2f} s of work, {each:6.3f} ms an article")
        desk.close()


def measure_questions(root: Path, phrase: str, common: str, rounds: int) -> None:
    (file,) = (root.parent / "cache" / "index").glob("*.db")
    bare = bare_table(root.parent / "bare.db", file)
    desk = opened(root)
    index = Index(file)
    sql = "select rowid, rank from bare where bare match ? order by rank limit ?"
    questions = {
        "rare word": RARE,
        "phrase": f'"{phrase}"',
        "two Korean syllables, rare": SYLLABLES,
        "two Korean syllables, common": "군정",
        f"common word ({common!r}), best {BEST}": common,
    }
    for name, typed in questions.items():
        expression = parse_query(typed).words

        def ours(typed: str = typed) -> object:
            query = parse_query(typed)
            meaning = meaning_of(query.filter, desk.codebook, desk.sources)
            return index.ask(query, meaning, kinds=("article",), limit=BEST)

        def theirs(expression: str = expression) -> object:
            return bare.execute(sql, (expression, BEST)).fetchall()

        for run in (ours, theirs):
            run()
        one, other = list[float](), list[float]()
        for _ in range(rounds):  # one after the other: the load is the same for both
            one += seconds(ours, 1)
            other += seconds(theirs, 1)
        compare(name, one, other, hold=HOLD)
        micros = [percentile(each, 50) * 1e6 for each in (one, other)]
        say("", f"{micros[0]:9.0f} µs  beside {micros[1]:8.0f} µs")
        found = desk.search(typed, limit=BEST)
        whole = seconds(lambda typed=typed: desk.search(typed, limit=BEST), max(3, rounds // 5))
        say(f"  with its snippets ({len(found)})", f"{percentile(whole, 50) * 1000:9.1f} ms")
    desk.close()
    measure_added(index, bare, root)
    index.close()
    bare.close()


def measure_added(index: Index, bare: sqlite3.Connection, root: Path) -> None:
    """One article more, durable as far as SQLite's log is."""
    texts = [path.read_text("utf-8") for path in sorted(root.rglob("*.txt"))[:60]]
    ours, theirs, caller = list[float](), list[float](), list[float]()
    for number, text in enumerate(texts):
        article = Article(f"new{number:013}", text, f"{number:064x}", path=f"new/{number}.txt")
        begun = time.perf_counter()
        index.put_file(Lying(article.path, 1, 1), [article])
        caller.append(time.perf_counter() - begun)
        index.wait()
        ours.append(time.perf_counter() - begun)
        begun = time.perf_counter()
        bare.execute("insert into bare(title, body) values('', ?)", (spaced(text),))
        theirs.append(time.perf_counter() - begun)
    compare("an article added, until it is written", ours, theirs, hold=HOLD)
    say("  of it in the caller's thread", f"{percentile(caller, 50) * 1000:9.3f} ms")


def annotate(desk: Desk, article: str, chance: random.Random) -> None:
    """Highlights with claims on an article, in one step."""
    opened_article, outline = desk.article(article), desk.outline(article)
    changes: list[Change] = []
    for number, sentence in enumerate(outline.sentences[:MARKED]):
        span = select(opened_article.text, sentence.start, sentence.end)
        tags = tuple(chance.sample(("military/losses", "diplomacy", "economy", "trade"), 1))
        highlight = Highlight(
            id=new_id(),
            article=article,
            revision=opened_article.revision,
            spans=(span,),
            tags=tags,
            note="look again" if number % 4 == 0 else "",
        )
        claim = Claim(
            id=new_id(),
            article=article,
            highlight=highlight.id,
            revision=opened_article.revision,
            statement=" ".join(span.exact.split()),
            chain=(
                Hop(Phrase("Harbor Wire"), "document"),
                Hop(Phrase(f"Source {number}"), "named"),
            ),
            modality="reported",
        )
        changes += [Change(None, highlight), Change(None, claim)]
    desk.apply(Step("", "annotate", "", tuple(changes)))


def shards(root: Path) -> Iterator[Path]:
    """The files of annotations."""
    return (
        path for path in (root / "annotations").rglob("*.json") if "revisions" not in path.parts
    )


def measure_annotations(root: Path, count: int) -> None:
    """The size of the index of annotations beside their shards, and one annotation changed."""
    chance = random.Random(5)
    desk = opened(root)
    desk.index()
    paths = sorted(root.rglob("*.txt"))[:count]
    articles = [desk.find(str(path)) for path in paths]
    for article in articles:
        annotate(desk, article, chance)
    desk.flush()
    size = sum(path.stat().st_size for path in shards(root))
    file = root.parent / "notes.db"
    index = Index(file)
    total = 0
    for article in articles:
        notes = tuple(notes_of(desk.annotations(article)))
        total += len(notes)
        index.put_notes(Shelved(article), notes)
    index.wait()
    heading("Annotations", {"annotated articles": len(articles), "annotations": total})
    changed: list[float] = []
    for article in articles[:60]:
        notes = desk.annotations(article)
        first = notes.highlights[0].record
        only = {first.id}
        desk.note(first.id, f"note {chance.random()}")
        begun = time.perf_counter()
        rows = tuple(notes_of(desk.annotations(article), only))
        index.put_notes(Shelved(article), rows, only)
        index.wait()
        changed.append(time.perf_counter() - begun)
    say("one changed, until it is written", f"{percentile(changed, 50) * 1000:9.2f} ms")
    index.close()
    _compact(file)
    _size("index of annotations beside the shards", file.stat().st_size, size, 0.6)
    desk.close()


def _compact(file: Path) -> None:
    """What `Index.settle` does after much was written."""
    with sqlite3.connect(file, isolation_level=None) as connection:
        pen = Pen(connection)
        settle(pen)
        pen.finish()
        give_back(connection)
    connection.close()


def _size(name: str, size: int, of: int, hold: float) -> None:
    ratio = size / of
    kept = "held" if ratio <= hold else "BEHIND"
    figures = f"{size / 1e6:9.1f} MB beside {of / 1e6:8.1f} MB"
    say(name, f"{figures}  {ratio:.2f}x  (hold {hold:g}x: {kept})")


def frequent(news: Path | None) -> tuple[str, str]:
    """A phrase of two words that is neither rare nor frequent, and the commonest word."""
    return ("prime minister", "the") if news is not None else ("service said", "the")


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks search")
    parser.add_argument("--news", type=Path, help="a folder of texts that sentences are taken from")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--annotated", type=int, default=400, help="articles with 24 annotations")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args(arguments)
    with trial_folder("search") as folder:
        root = folder / "news"
        size = make(root, asked.news, asked.articles)
        heading("Search", {"articles": f"{asked.articles:,}", "text": f"{size / 1e6:.1f} MB"})
        measure_build(root)
        (file,) = (folder / "cache" / "index").glob("*.db")
        _compact(file)
        _size("index of articles beside their text", file.stat().st_size, size, 0.8)
        measure_questions(root, *frequent(asked.news), asked.rounds)
        measure_annotations(root, asked.annotated)
