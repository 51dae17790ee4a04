"""From a key to its painted answer in the whole application, beside a bare line-API text.

    python -m benchmarks keys [--keys 200] [--megabytes 1] [--highlights 2000]

The reader and a ScrollView that only hands out lines (benchmarks/bare.py) run on a pseudo-terminal
of 120 by 40 each, on texts of the same size; keys go to them in turn, and one is answered when the
terminal has been told that the frame is over. Once in an ordinary article (6 kB, 24 highlights),
once in a large one. Texts and highlights are made from a seed number, the highlights by the desk.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import bare
from benchmarks.made import ANALYST, command, environment, sample, trial_folder, wrapped
from benchmarks.measuring import compare, heading, say
from benchmarks.terminal import Program

HOLD = 1.5
ORDINARY = 0.006, 24  # megabytes, highlights
TAGS = ("military/deployment", "military/casualties", "diplomacy", "economy")


class Pair(NamedTuple):
    """The reader and the bare text, and the motions that each of them has room for."""

    reader: Program
    bare: Program
    motions: Iterator[str]
    scrolls: Iterator[str]

    def read(self, key: str = "") -> float:
        """Seconds for a key of the reader; the next motion without one. Does not wait for quiet."""
        return self.reader.press(key or next(self.motions))[0]

    def scroll(self) -> float:
        """Seconds for a line more or less of the bare text."""
        taken = self.bare.press(next(self.scrolls))[0]
        self.bare.settle()
        return taken


def marked(folder: Path, megabytes: float, highlights: int) -> str:
    """A workspace with one article that has so many highlights; returns its text."""
    from tui.desk import Desk
    from tui.model.spans import Extent

    folder.mkdir(parents=True)
    text = sample(megabytes)
    (folder / "article.txt").write_text(text, encoding="utf-8")
    desk = Desk.open([folder], root=folder, analyst=ANALYST, locks=folder.parent / "locks")
    try:
        desk.scan()
        article = desk.entries()[0].id
        chance = random.Random(11)
        for _ in range(highlights):
            at = chance.randrange(len(text) - 200)
            extent = Extent(at, at + chance.randint(5, 160))
            desk.highlight(article, [extent], [chance.choice(TAGS)])
        desk.flush()
    finally:
        desk.close()
    return text


def opened(folder: Path, megabytes: float, highlights: int) -> Pair:
    """Both programs, started and quiet."""
    from tui.articles import sentences

    begun = time.perf_counter()
    text = marked(folder / "news", megabytes, highlights)
    say("highlights made by the desk", f"{highlights} in {time.perf_counter() - begun:.1f} s")
    lines = wrapped(text)
    file = folder / "lines.txt"
    file.write_text("\n".join(lines), encoding="utf-8")
    around = environment(folder / "user")
    pair = Pair(
        Program(command(str(folder / "news")), around, folder=folder, synchronized=True),
        Program([sys.executable, bare.__file__, str(file)], around, synchronized=True),
        to_and_fro(len(sentences(text))),
        to_and_fro(len(lines) - 40),
    )
    for program, name in ((pair.reader, "the reader"), (pair.bare, "bare")):
        program.painted(lines[0].split()[0], timeout=120)
        program.settle(2.5)
        say(f"processor time to open it, {name}", f"{program.work() * 1000:9.1f} ms")
    return pair


def to_and_fro(limit: int) -> Iterator[str]:
    """Forward as often as there is room for it, then back, for ever."""
    while True:
        for key in ("j", "k"):
            yield from [key] * max(1, limit - 2)


def sentence_keys(pair: Pair, count: int, name: str) -> None:
    """The next sentence, beside the next line."""
    ours: list[float] = []
    theirs: list[float] = []
    for _ in range(count):
        ours.append(pair.read())
        pair.reader.settle()
        theirs.append(pair.scroll())
    compare(f"next sentence, {name}", ours, theirs, hold=HOLD, percents=(50, 99))


def tag_keys(pair: Pair, count: int, name: str) -> None:
    """A digit on one sentence after the other; every other time a motion while that is saved."""
    ours: list[float] = []
    busy: list[float] = []
    theirs: list[float] = []
    for number in range(count):
        ours.append(pair.read(str(1 + number % 3)))
        if number % 2:
            pair.reader.settle(0.5)
            pair.read()
        else:
            busy.append(pair.read())
        pair.reader.settle(0.5)
        theirs.append(pair.scroll())
    compare(f"tag with a digit, {name}", ours, theirs, hold=HOLD, percents=(50, 99))
    compare(f"next sentence, a save under way, {name}", busy, theirs, hold=None, percents=(50, 99))


def compare_keys(name: str, megabytes: float, highlights: int, keys: int) -> None:
    with trial_folder("keys") as folder:
        pair = opened(folder, megabytes, highlights)
        try:
            sentence_keys(pair, keys, name)
            tag_keys(pair, max(10, keys // 2), name)
            say(f"peak memory, {name}", f"{pair.reader.peak():9.1f} MB")
            say("peak memory, bare", f"{pair.bare.peak():9.1f} MB")
        finally:
            pair.reader.end()
            pair.bare.end()


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--keys", type=int, default=200)
    parser.add_argument("--megabytes", type=float, default=1)
    parser.add_argument("--highlights", type=int, default=2000)
    given = parser.parse_args(arguments)
    heading(f"Keys, ordinary article: {ORDINARY[0] * 1000:g} kB, {ORDINARY[1]} highlights")
    compare_keys("ordinary article", *ORDINARY, given.keys)
    heading(f"Keys, large article: {given.megabytes:g} MB, {given.highlights} highlights")
    compare_keys("large article", given.megabytes, given.highlights, given.keys)


if __name__ == "__main__":
    main()
