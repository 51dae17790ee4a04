"""A long article in the whole application: opened, found in, paged through; and what it holds.

    python -m benchmarks long [--megabytes 10] [--keys 40]

Articles of so many megabytes are made by a seed number: paragraphs, a single line, Korean. The
application runs on a pseudo-terminal of 120 by 40, and `J` opens one such article after the other,
each for the first time; in turn with it this process reads, decodes, folds line ends and hashes
the same file. Memory is what the application held at most, less what it held with an article of
one line. Finding is measured beside `str.find` for all places of the same words, and keys beside
a bare line-API text (benchmarks/bare.py) of the same size.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.bare import __file__ as bare_lines
from benchmarks.made import KOREAN, command, environment, sample, trial_folder, wrapped
from benchmarks.measuring import compare, heading, percentile, say, verdict
from benchmarks.terminal import Program

OPENED, HELD, FOUND, KEYS = 3.0, 12.0, 3.0, 1.5  # holds
OPENS = 6  # articles of a kind that are opened, each once
RARE, MIDDLE = "Zanzibar", "Halfway"  # words that stand at the end and in the middle only
MOTIONS = (("page", " ", "d"), ("sentence", "j", "j"), ("word", "w", "j"))  # ours, beside a bare
_CONTROLS = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


class Kind(NamedTuple):
    """A kind of long article: how it is made, and words to be found in it."""

    name: str
    made: Callable[[float], str]
    queries: tuple[str, ...]


def _as_line(megabytes: float) -> str:
    return sample(megabytes).replace("\n", " ")


ENGLISH = (RARE.lower(), RARE, "said", "officials reported", "/casualt\\w+/")
KINDS = (
    Kind("paragraphs", sample, ENGLISH),
    Kind("a single line", _as_line, ENGLISH),
    Kind("Korean", lambda megabytes: sample(megabytes / 2.4, words=KOREAN), ("쿠르스크", "정부가")),
)


def bare_reading(path: Path) -> str:
    """The text of a file: read, decoded, line ends folded; and hashed, as whoever keeps it must."""
    data = path.read_bytes()
    text = data.decode("utf-8").replace("\r\n", "\n").replace("\r", "\n")
    hashlib.sha256(data).hexdigest()
    return text


def timed(run: Callable[[], object]) -> float:
    """Seconds on the clock."""
    begun = time.perf_counter()
    run()
    return time.perf_counter() - begun


# opening


def written(folder: Path, kind: Kind, megabytes: float) -> list[Path]:
    """A short article, then long ones behind it in the list that differ in their title."""
    folder.mkdir(parents=True)
    (folder / "a.txt").write_text("Before\n\nA short article to begin with.\n", encoding="utf-8")
    body = kind.made(megabytes)
    found: list[Path] = []
    for number in range(OPENS + 1):  # the last one was read last, and is at hand
        found.append(folder / f"b{number}.txt")
        text = f"Opening{number}\n\n{body}\n\nThe end names {RARE} once, {number}.\n"
        found[-1].write_text(text, encoding="utf-8")
    return found


def started(folder: Path, around: Path) -> Program:
    """The application on a folder, quiet."""
    program = Program(command(str(folder)), environment(around), folder=folder, synchronized=True)
    program.painted("short article", timeout=120)
    program.settle(3, timeout=120)
    return program


def opened(program: Program, words: str) -> float:
    """Seconds from `J` until a frame that has the words is over."""
    taken, answer = program.press("J", timeout=60)
    begun = time.perf_counter()
    while words.encode() not in _CONTROLS.sub(b"", answer):
        answer = program.frame(60)
        if not answer:
            raise TimeoutError(f"{words!r} was not painted")
        taken += time.perf_counter() - begun
        begun = time.perf_counter()
    return taken


def measure_opening(kind: Kind, megabytes: float) -> None:
    with trial_folder("long") as folder:
        files = written(folder / "news", kind, megabytes)
        ours: list[float] = []
        theirs: list[float] = []
        settled: list[float] = []
        program = started(folder / "news", folder / "user")
        try:
            for number, file in enumerate(files[:OPENS]):
                theirs.append(timed(lambda file=file: bare_reading(file)))
                ours.append(opened(program, f"Opening{number}"))
                before = program.work()
                program.settle(0.4, timeout=60)
                settled.append(program.work() - before)
        finally:
            program.end()
    compare(f"key to first screen, {kind.name}", ours, theirs, hold=OPENED)
    say("  work of the application behind that", f"{percentile(settled, 50) * 1000:9.1f} ms")


# memory


def measure_memory(kind: Kind, megabytes: float) -> None:
    """What the application holds at most with one long article: opened, gone through, found in."""
    peaks: list[float] = []
    for size in (0.0, megabytes):
        with trial_folder("long") as folder:
            news = folder / "news"
            news.mkdir()
            (news / "a.txt").write_text("Before\n\nA short article.\n", encoding="utf-8")
            text = f"Opening0\n\n{kind.made(size)}\n\nThe end names {RARE} once.\n"
            (news / "b.txt").write_text(text, encoding="utf-8")
            program = started(news, folder / "user")
            try:
                opened(program, "Opening0")
                program.settle(1, timeout=60)
                for key in ("G", "g", "g", " ", "/", *kind.queries[0], "\r", "m"):
                    program.press(key, timeout=60)
                program.settle(2, timeout=60)
                peaks.append(program.peak())
            finally:
                program.end()
    bytes_ = len(text.encode()) / 1024**2
    held = peaks[1] - peaks[0]
    say(f"memory held for it, {kind.name}", f"{held:9.1f} MB of {bytes_:.1f}")
    say("  beside the text", verdict(held / bytes_, HELD))


# finding


def bare_found(text: str, words: str) -> int:
    """In how many places the words stand, by `str.find`."""
    count, at = 0, text.find(words)
    while at >= 0:
        count, at = count + 1, text.find(words, at + len(words))
    return count


def measure_finding(kind: Kind, megabytes: float) -> None:
    """All places of a query, beside all of its words, in the case they stand in, by `str.find`."""
    from tui.articles import outline, read_article
    from tui.reading.finding import find_all

    text = f"{kind.made(megabytes)}\n\nThe end names {RARE} once.\n"
    article = read_article(text.encode(), "a.txt")
    stops = outline(article)
    find_all(article.text[:1000], stops, "/a/")  # what it imports
    for query in kind.queries:
        words = RARE if query == RARE.lower() else query.strip("/").partition("\\")[0]
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(9):
            ours.append(timed(lambda query=query: find_all(article.text, stops, query)))
            theirs.append(timed(lambda words=words: bare_found(article.text, words)))
        compare(f"find {query}, {kind.name}", ours, theirs, hold=FOUND)


# keys


def measure_keys(kind: Kind, megabytes: float, keys: int) -> None:
    """Motions at the begin and in the middle, the ends, a mark; finding as it is typed."""
    with trial_folder("long") as folder:
        news = folder / "news"
        news.mkdir()
        text = kind.made(megabytes)
        half = text.index(" ", len(text) // 2)
        text = f"{text[:half]} {MIDDLE}{text[half:]}"
        whole = f"Opening0\n\n{text}\n\nThe end names {RARE} once.\n"
        (news / "b.txt").write_text(whole, encoding="utf-8")
        lines = wrapped(text)
        file = folder / "lines.txt"
        file.write_text("\n".join(lines), encoding="utf-8")
        around = environment(folder / "user")
        reader = Program(command(str(news)), around, folder=news, synchronized=True)
        bare = Program([sys.executable, bare_lines, str(file)], around, synchronized=True)
        try:
            reader.painted("Opening0", timeout=120)
            bare.painted(lines[0].split()[0], timeout=120)
            for program in (reader, bare):
                program.settle(3, timeout=120)
            for motion in MOTIONS:
                _compare_motion(reader, bare, motion, keys, kind.name)
            for key in ("G", "gg", "m", "]"):
                say(f"{key}, {kind.name}", f"{max(_pressed(reader, key)) * 1000:9.1f} ms")
            for query in kind.queries:
                typed = _pressed(reader, f"/{query}\r")
                say(f"/{query}: a key of it, the slowest", f"{max(typed) * 1000:9.1f} ms")
                say("  then n", f"{_pressed(reader, 'n')[0] * 1000:9.1f} ms")
        finally:
            reader.end()
            bare.end()


def _compare_motion(
    reader: Program, bare: Program, motion: tuple[str, str, str], keys: int, kind: str
) -> None:
    """A motion of the reader beside one of the bare lines, in turn, at two places of the text."""
    name, key, beside = motion
    for place in ("begin", "middle"):
        _go(reader, place)
        ours: list[float] = []
        theirs: list[float] = []
        for _ in range(keys):
            ours += _pressed(reader, key)
            theirs.append(bare.press(beside)[0])
            bare.settle()
        compare(f"{name}, {place}, {kind}", ours, theirs, hold=KEYS, percents=(50, 99))


def _go(reader: Program, place: str) -> None:
    """Put the caret at the begin, or in the middle by the word that stands there."""
    _pressed(reader, "gg" if place == "begin" else f"/{MIDDLE}\r")


def _pressed(reader: Program, keys: str) -> list[float]:
    """Seconds for each of the keys, one after the other."""
    found: list[float] = []
    for key in keys:
        found.append(reader.press(key, timeout=60)[0])
        reader.settle(0.05, timeout=60)
    return found


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=10)
    parser.add_argument("--keys", type=int, default=40)
    parser.add_argument("--only", choices=("opening", "memory", "finding", "keys"))
    given = parser.parse_args(arguments)
    for kind in KINDS:
        heading(f"A long article: {given.megabytes:g} MB, {kind.name}")
        for name, measure in _parts(kind, given.megabytes, given.keys):
            if given.only in (None, name):
                measure()


def _parts(kind: Kind, megabytes: float, keys: int) -> Iterator[tuple[str, Callable[[], None]]]:
    yield "opening", lambda: measure_opening(kind, megabytes)
    yield "memory", lambda: measure_memory(kind, megabytes)
    yield "finding", lambda: measure_finding(kind, megabytes)
    yield "keys", lambda: measure_keys(kind, megabytes, keys)


if __name__ == "__main__":
    main()
