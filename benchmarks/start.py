"""From the start of the process to the first article on the screen, beside a hello world.

    python -m benchmarks start [--news FOLDER] [--rounds 20]

Each program is started on a pseudo-terminal of 120 by 40 that answers nothing, in turn with the
others. It counts as painted when words of its text have come out of the terminal: of a hello
world in Textual its greeting, of the reader a word of the open article that stands in no list.
Every start is a first one: no state, no index, no annotations; Python's compiled files are there.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import hello
from benchmarks.made import command, copied, environment, trial_folder, word_in_body
from benchmarks.measuring import compare, heading, percentile, say
from benchmarks.terminal import Program

HOLD_START, HOLD_WORDS = 1.25, 5.0


class Case(NamedTuple):
    """What is started, the words that show it has painted, and what was found.

    `articles` counts different texts: two files of one text are one article.
    """

    name: str
    articles: int
    command: list[str]
    words: str
    times: list[float]
    works: list[float]
    peaks: list[float]


def cases(folder: Path, news: Path | None) -> list[Case]:
    """The hello world, the reader on one article, and on the news if there are any."""
    from tui.samples import sample_articles

    one = copied(sample_articles(), folder / "one", limit=1)
    found = [
        Case("hello world", 0, [sys.executable, hello.__file__], hello.WORDS, [], [], []),
        Case("one article", 1, command(str(folder / "one")), word_in_body(one[0]), [], [], []),
    ]
    if news is not None:
        many = copied(news, folder / "many")
        from tui.articles import read_article

        ids = {read_article(path.read_bytes(), path.name).id for path in many}
        name = f"{len(many):,} files, cold"
        found.append(
            Case(name, len(ids), command(str(folder / "many")), word_in_body(many[0]), [], [], [])
        )
    return found


def start(case: Case, folder: Path) -> None:
    """Start a program once more, and end it as soon as it has painted."""
    program = Program(case.command, environment(folder / "user"), folder=folder)
    try:
        case.times.append(program.painted(case.words))
        case.works.append(program.work())
        case.peaks.append(program.peak())
    finally:
        program.end()


def compare_starts(news: Path | None, rounds: int) -> None:
    with trial_folder("start") as folder:
        found = cases(folder, news)
        for number in range(rounds + 1):
            for case in found:
                start(case, folder)
                if number == 0:  # compiles, and warms the cache of the file system
                    for values in (case.times, case.works, case.peaks):
                        values.clear()
        hello_world, *readers = found
        for case in readers:
            hold = HOLD_START if case is readers[0] else None
            compare(f"first paint, {case.name}", case.times, hello_world.times, hold=hold)
            name = f"  of it at work, {case.name}"
            compare(name, case.works, hello_world.works, hold=None)
        for case in readers[1:]:
            compare(f"{case.name}, beside one article", case.times, readers[0].times, hold=None)
        for case in found:
            say(f"peak memory at first paint, {case.name}", f"{percentile(case.peaks, 50):9.1f} MB")
        if news is not None:
            read_all(readers[-1], folder)


def read_all(case: Case, folder: Path) -> None:
    """How long until all articles stand in the list, and the memory it takes."""
    program = Program(case.command, environment(folder / "user"), folder=folder)
    try:
        taken = program.painted(f"articles {case.articles:,} ", timeout=120)
        say(f"until all {case.articles:,} articles are listed", f"{taken * 1000:9.1f} ms")
        say(f"peak memory with all {case.articles:,}", f"{program.peak():9.1f} MB")
    except TimeoutError as error:
        say("until all are listed", str(error))
    finally:
        program.end()


def compare_words(rounds: int) -> None:
    """`--version` and `--help` beside an empty Python program."""
    with trial_folder("words") as folder:
        around = environment(folder)
        commands = {
            "python -c pass": [sys.executable, "-c", "pass"],
            "pressmark --version": command("--version"),
            "pressmark --help": command("--help"),
            "pressmark list --help": command("list", "--help"),
            "pressmark export --help": command("export", "--help"),
        }
        times: dict[str, list[float]] = {name: [] for name in commands}
        for number in range(rounds + 1):
            for name, line in commands.items():
                begun = time.perf_counter()
                subprocess.run(line, env=around, capture_output=True, check=True)
                if number:
                    times[name].append(time.perf_counter() - begun)
        empty = times.pop("python -c pass")
        for name, found in times.items():
            compare(name, found, empty, hold=HOLD_WORDS)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a large folder of articles")
    parser.add_argument("--rounds", type=int, default=20)
    given = parser.parse_args(arguments)
    heading(f"Start, {given.rounds} times each, in turn (beside a Textual hello world)")
    compare_starts(given.news, given.rounds)
    heading("What is printed without the reader (beside python -c pass)")
    compare_words(given.rounds)


if __name__ == "__main__":
    main()
