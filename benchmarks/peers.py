"""Beside the programs that people would use instead, in turn with them in the same run.

    python -m benchmarks peers [--peers FOLDER] [--only PART ...] [--results FILE] [--into FILE]

Peers are installed into FOLDER (by default below TMPDIR; see benchmarks/peer_programs.py); one that
cannot be had is named. Each runs on a pseudo-terminal of 120 by 40 with an empty home folder.
Painted is what has come out of the terminal; an answer to a key is over with the last that is
written before a pause of 60 ms, for all of them alike. Parts: long (less and vim on a text of
10 MB), feeds (newsboat and 10,000 articles), search (rg, FTS5 and tantivy on 10,000 articles),
saving (stock TinyDB and SQLite), textual (the start of other Textual programs), annotating (slate).
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import hello, peer_programs
from benchmarks.growth import Figures, measured_on, put_into, save
from benchmarks.made import command, environment, sample, trial_folder, word_in_body
from benchmarks.measuring import heading, machine, percentile, say
from benchmarks.peer_records import saves
from benchmarks.peer_search import searches
from benchmarks.terminal import Program

RESULTS = Path("benchmarks/results/peers.json")
STARTS, KEYS = 5, 40
PAUSE, PATIENCE = 0.06, 60.0  # seconds
LISTED = 240.0  # seconds, at most, until ten thousand articles are listed
ENTER = "\r"
MEGABYTES = 10
FEEDS, ITEMS = 10, 1000


class Result(NamedTuple):
    """One thing that was done, by whom, and how long it took each time, in seconds."""

    what: str
    who: str
    times: Sequence[float]


class Way(NamedTuple):
    """How a program is started, and the words that show that it has painted."""

    who: str
    line: Sequence[str]
    words: str


class Bench:
    """What was found, which peers are missing, and the folder of this run."""

    def __init__(self, folder: Path, peers: Path) -> None:
        self.folder, self.peers = folder, peers
        self.results: list[Result] = []
        self.missing: dict[str, str] = {}
        self.around = {**environment(folder / "user"), "HOME": str(folder / "home")}
        (folder / "home").mkdir()

    def found(self, name: str) -> str:
        """The path of a peer; empty, and noted, if it is missing."""
        path = peer_programs.find(name, self.peers)
        if not path:
            self.missing.setdefault(name, f"{name} is missing")
        return path

    def add(self, what: str, who: str, times: Sequence[float]) -> None:
        """Keep a result, and print it beside ours of the same kind."""
        self.results.append(Result(what, who, times))
        value = percentile(times, 50) * 1000
        say(f"{what}: {who}", f"{value:9.1f} ms   p99 {percentile(times, 99) * 1000:9.1f}")

    def start(self, way: Way, folder: Path | None = None) -> Program:
        """A program, not yet painted."""
        ours = way.who == "pressmark"
        return Program(way.line, self.around, folder=folder, synchronized=ours)

    def starts(self, what: str, ways: Sequence[Way], folder: Path | None = None) -> None:
        """Start each several times, in turn, until its words are painted."""
        times: dict[str, list[float]] = {way.who: [] for way in ways}
        for _ in range(STARTS + 1):
            for way in ways:
                program = self.start(way, folder)
                try:
                    times[way.who].append(program.painted(way.words, PATIENCE))
                except TimeoutError as error:
                    self.missing[f"{way.who}: {what}"] = f"{way.who}, {_first_line(error)}"
                finally:
                    program.end()
        for who, found in times.items():
            if len(found) > STARTS:
                self.add(what, who, found[1:])

    def keys(self, what: str, programs: Mapping[str, tuple[Program, str]]) -> None:
        """A key several times, in turn, until nothing more is written."""
        times: dict[str, list[float]] = {who: [] for who in programs}
        for number in range(KEYS):
            for who, (program, key) in programs.items():
                with contextlib.suppress(TimeoutError):  # no answer: its end is reached
                    pressed = key[number % len(key)]
                    times[who].append(program.answer(pressed, PAUSE, 2.0).last)
        for who, found in times.items():
            if found:
                self.add(what, who, found)


def _first_line(error: Exception) -> str:
    return str(error).partition(";")[0].partition("\n")[0]


# less and vim


def long_text(bench: Bench) -> None:
    """Open a text of 10 MB, page through it, and go to its end."""
    text = f"Opening words\n\n{sample(MEGABYTES)}\n\nThe end names Zanzibar.\n"
    news = bench.folder / "long"
    news.mkdir()
    file = news / "long.txt"
    file.write_text(text, encoding="utf-8")
    ways = [Way("pressmark", command(str(news)), "Opening words")]
    if less := bench.found("less"):
        ways.append(Way("less", [less, str(file)], "Opening words"))
    if vim := bench.found("vim"):
        ways.append(Way("vim", [vim, "-R", "-n", str(file)], "Opening words"))
    bench.starts(f"start with {MEGABYTES} MB to its first screen", ways)
    programs = {way.who: bench.start(way) for way in ways}
    try:
        for program, way in zip(programs.values(), ways, strict=True):
            program.painted(way.words, PATIENCE)
            program.settle(1.5, PATIENCE)
        pages = {who: (p, "\x06" if who == "vim" else " ") for who, p in programs.items()}
        bench.keys(f"a page down in {MEGABYTES} MB", pages)
        for who, program in programs.items():
            answer = program.answer("G", 0.5, PATIENCE, mark="Zanzibar")
            bench.add(f"to the end of {MEGABYTES} MB", who, [answer.marked or answer.last])
        for who, program in programs.items():
            say(f"peak memory: {who}", f"{program.peak():9.1f} MB")
    finally:
        for program in programs.values():
            program.end()


# newsboat


def feeds(bench: Bench) -> None:
    """Start with 10,000 articles that are known already, and open one."""
    from benchmarks import corpus

    news = bench.folder / "feeds"
    corpus.make(news, FEEDS * ITEMS, 0)
    ours = Way("pressmark", command(str(news)), _opened(bench, news))
    ways = [ours]
    if newsboat := bench.found("newsboat"):
        ways.append(_newsboat(bench, newsboat, news))
    bench.starts(f"start with {FEEDS * ITEMS:,} articles to the first screen", ways)
    program = bench.start(ours)
    try:
        bench.add(
            f"start until all {FEEDS * ITEMS:,} are listed",
            "pressmark",
            [program.painted(f"articles {FEEDS * ITEMS:,} ", LISTED)],
        )
        program.settle(1.5, PATIENCE)
        bench.keys("next article, opened", {"pressmark": (program, "JJJJJKKKKK")})
        say("peak memory: pressmark", f"{program.peak():9.1f} MB")
    finally:
        program.end()
    if newsboat:
        _read_newsboat(bench, ways[1])


def _opened(bench: Bench, news: Path) -> str:
    """Start ours once, so that what it keeps is kept; a word of the article that is open then."""
    first = bench.start(Way("pressmark", command("search", "zzzz", str(news)), ""))
    while not first.ended():
        first.read(0.2)
    first.end()
    program = bench.start(Way("pressmark", command(str(news)), ""))
    try:
        program.painted(f"articles {FEEDS * ITEMS:,} ", LISTED)
        program.settle(1.5, PATIENCE)
        program.leave("ZZ")
    except TimeoutError:
        program.end()
        raise
    states = (bench.folder / "user" / "state" / "pressmark").glob("*.json")
    paths = [json.loads(state.read_text("utf-8")).get("path", "") for state in states]
    return word_in_body(next(news / path for path in paths if path and (news / path).exists()))


def _newsboat(bench: Bench, newsboat: str, news: Path) -> Way:
    """Its cache filled with the same articles, in ten feeds."""
    place = bench.folder / "newsboat"
    place.mkdir()
    urls: list[str] = []
    for number, folder in enumerate(sorted(news.glob("[0-9]*"))):
        items = "".join(_item(file) for file in sorted(folder.iterdir()))
        feed = place / f"{number}.xml"
        feed.write_text(
            '<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>Feed number {number}</title>{items}</channel></rss>\n",
            encoding="utf-8",
        )
        urls.append(f"file://{feed}\n")
    (place / "urls").write_text("".join(urls), encoding="utf-8")
    (place / "config").write_text("", encoding="utf-8")
    line = [newsboat, "-u", f"{place}/urls", "-c", f"{place}/cache.db", "-C", f"{place}/config"]
    subprocess.run(
        [*line, "-x", "reload"], env=bench.around, capture_output=True, timeout=300, check=True
    )
    return Way("newsboat", line, f"Feed number {len(urls) - 1}")


def _item(file: Path) -> str:
    """An article as an item of a feed."""
    import html

    title, _, body = file.read_text("utf-8").partition("\n")
    return (
        f"<item><title>{html.escape(title)}</title><guid>{file.name}</guid>"
        f"<description>{html.escape(body)}</description></item>"
    )


def _read_newsboat(bench: Bench, way: Way) -> None:
    """The list of a feed, an article of it, and the next ones."""
    program = bench.start(way)
    try:
        program.painted(way.words, PATIENCE)
        program.settle(1.0, PATIENCE)
        bench.add("the list of a feed of 1,000", "newsboat", [program.answer(ENTER, 0.3).last])
        program.answer(ENTER, 0.3)
        bench.keys("next article, opened", {"newsboat": (program, "JJJJJKKKKK")})
        say("peak memory: newsboat", f"{program.peak():9.1f} MB")
    finally:
        program.end()


# search


def search(bench: Bench) -> None:
    """The same words in the same 10,000 articles."""
    found = searches(bench.folder, bench.found("rg"), bench.found("tantivy"), bench.around)
    for what, who, times in found:
        bench.add(what, who, times)


# saving


def saving(bench: Bench) -> None:
    """One annotation until it is on the disk, into 1, 100 and 10,000."""
    for records in (1, 100, 10_000):
        for who, times in saves(bench.folder / f"records-{records}", records).items():
            bench.add(f"one annotation into {records:,}, durable", who, times)


# programs in Textual


def textual(bench: Bench) -> None:
    """The start of other programs made with Textual."""
    from tui.samples import sample_articles

    place = bench.folder / "textual"
    place.mkdir()
    first = min(sample_articles().glob("*.txt"))
    (place / "one").mkdir()
    (place / "one" / first.name).write_bytes(first.read_bytes())
    (place / "page.md").write_text("# Heading\n\nSome Zanzibar words.\n", encoding="utf-8")
    ways = [
        Way("hello world in Textual", [sys.executable, hello.__file__], hello.WORDS),
        Way("pressmark", command(str(place / "one")), word_in_body(first)),
    ]
    for name, arguments, words in (
        ("posting", ["--collection", str(place)], "Send"),
        ("harlequin", [], "Data Catalog"),
        ("frogmouth", [str(place / "page.md")], "Zanzibar"),
    ):
        if path := bench.found(name):
            ways.append(Way(name, [path, *arguments], words))
    bench.starts("start of a Textual program to its first screen", ways, place)


# slate


def annotating(bench: Bench) -> None:
    """Another annotator for terminals: its start, and a motion in an article."""
    from tui.samples import sample_articles

    place = bench.folder / "slate"
    place.mkdir()
    first = min(sample_articles().glob("*.txt"))
    (place / first.name).write_bytes(first.read_bytes())
    words = word_in_body(first)
    ways = [Way("pressmark", command(str(place)), words)]
    if python := bench.found("slate"):
        copy = place.parent / "slate.txt"
        copy.write_bytes(first.read_bytes())
        ways.append(Way("slate", [python, "-m", "slate", str(copy)], words))
    bench.starts("start of an annotator with one article", ways, place)
    programs = {way.who: bench.start(way, place) for way in ways}
    try:
        for program, way in zip(programs.values(), ways, strict=True):
            with contextlib.suppress(TimeoutError):
                program.painted(way.words, PATIENCE)
            program.settle(1.0, PATIENCE)
        bench.keys("a motion", {who: (program, "jk") for who, program in programs.items()})
    finally:
        for program in programs.values():
            program.end()


PARTS: dict[str, Callable[[Bench], None]] = {
    "long": long_text,
    "feeds": feeds,
    "search": search,
    "saving": saving,
    "textual": textual,
    "annotating": annotating,
}


def table(results: Sequence[Result]) -> list[str]:
    """Lines of Markdown: each peer beside ours; more than 1x is where ours is behind."""
    lines = ["| what, ms | pressmark | beside | |", "|---|---|---|---|"]
    for what in dict.fromkeys(result.what for result in results):
        of_it = {r.who: percentile(r.times, 50) * 1000 for r in results if r.what == what}
        ours = {who: value for who, value in of_it.items() if who.startswith("pressmark")}
        theirs = {who: value for who, value in of_it.items() if who not in ours}
        lines += [
            f"| {what} | | {who} {_ms(value)} | |" for who, value in theirs.items() if not ours
        ]
        for name, own in ours.items():
            label = f"{what} ({name})" if len(ours) > 1 else what
            lines += [f"| {label} | {_ms(own)} | | |"] * (not theirs)
            for who, value in theirs.items():
                behind = " **behind**" if own > value else ""
                ratio = f"{own / value:.2f}x{behind}"
                lines.append(f"| {label} | {_ms(own)} | {who} {_ms(value)} | {ratio} |")
    return lines


def _ms(value: float) -> str:
    return f"{value:,.1f}" if value >= 1 else f"{value:.3f}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks peers", description=(__doc__ or "").partition("\n")[0]
    )
    cache = Path(tempfile.gettempdir()) / "pressmark-peers"
    parser.add_argument("--peers", type=Path, default=cache, metavar="FOLDER")
    parser.add_argument("--only", nargs="*", choices=PARTS, default=list(PARTS))
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="FILE")
    parser.add_argument("--into", type=Path, metavar="FILE", help="a document for the table")
    given = parser.parse_args(arguments)
    load = os.getloadavg()[0]  # before anything of ours runs
    heading("Beside other programs", {"peers": given.peers})
    given.peers.mkdir(parents=True, exist_ok=True)
    missing = peer_programs.install(given.peers)
    with trial_folder("peers") as folder:
        bench = Bench(folder, given.peers)
        bench.missing |= missing
        for name in given.only:
            try:
                PARTS[name](bench)
            except (TimeoutError, OSError, subprocess.SubprocessError) as error:
                bench.missing[name] = f"the part {name} was broken off, {_first_line(error)}"
                print(f"    {bench.missing[name]}", file=sys.stderr)
    lines = [measured_on(machine(), load, ""), "", *table(bench.results)]
    if bench.missing:
        lines += ["", "Missing: " + "; ".join(bench.missing.values()) + "."]
    print("", *lines, sep="\n")
    if given.into:
        put_into(given.into, "peers", lines)
    figures: Figures = {f"{r.what}: {r.who}": list(r.times) for r in bench.results}
    save(given.results, {"machine": machine(), "missing": bench.missing}, {1: figures})


if __name__ == "__main__":
    main()
