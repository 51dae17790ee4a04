"""Reading a large folder through the desk, beside reading and decoding its files.

    python -m benchmarks scan --news FOLDER [--rounds 5]

The reader reads files in slices of 12 ms between two looks at the keyboard: the longest slice is
how long a key may have to wait for it.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.made import ANALYST, copied, trial_folder
from benchmarks.measuring import compare, heading, percentile, say

SLICE = 0.012  # as the screen asks for


def bare_read(folder: Path) -> float:
    """Seconds to read and decode all files, and nothing else."""
    begun = time.perf_counter()
    for path in sorted(folder.rglob("*.txt")):
        path.read_bytes().decode("utf-8", errors="replace")
    return time.perf_counter() - begun


def desk_read(folder: Path) -> tuple[float, list[float], list[float]]:
    """Seconds in all, and of each slice; and of each list of entries asked for after a slice."""
    from tui.desk import Desk

    slices: list[float] = []
    lists: list[float] = []
    begun = time.perf_counter()
    desk = Desk.open([folder], root=folder, analyst=ANALYST, locks=folder.parent / "locks")
    more = True
    while more:
        at = time.perf_counter()
        more = desk.scan(SLICE)
        slices.append(time.perf_counter() - at)
        at = time.perf_counter()
        desk.entries()
        lists.append(time.perf_counter() - at)
    taken = time.perf_counter() - begun - sum(lists)
    desk.close()
    return taken, slices, lists


def compare_reads(news: Path, rounds: int) -> None:
    with trial_folder("scan") as folder:
        count = len(copied(news, folder / "news"))
        ours: list[float] = []
        theirs: list[float] = []
        slices: list[float] = []
        lists: list[float] = []
        listing = 0.0
        for number in range(rounds + 1):
            bare = bare_read(folder / "news")
            taken, some, asked = desk_read(folder / "news")
            if number:
                theirs.append(bare)
                ours.append(taken)
                slices += some
                lists += asked
                listing = sum(asked)
        compare(f"reading {count:,} articles", ours, theirs, hold=None)
        rate = count / percentile(ours, 50)
        say("articles a second", f"{rate:9.0f}")
        say("slices: p50, p99, longest", _three(slices))
        say("entries() after a slice: p50, p99, longest", _three(lists))
        say("entries() in all, once a slice", f"{listing * 1000:9.1f} ms")


def _three(values: list[float]) -> str:
    found = percentile(values, 50), percentile(values, 99), max(values)
    return ", ".join(f"{value * 1000:.1f}" for value in found) + " ms"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a large folder of articles")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args(arguments)
    heading("Reading a folder (beside reading and decoding its files)")
    if given.news is None:
        say("left out", "name a folder of articles with --news")
        return
    compare_reads(given.news, given.rounds)


if __name__ == "__main__":
    main()
