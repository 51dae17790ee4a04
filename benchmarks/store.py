"""One durable annotation beside a bare durable write, and its growth with the corpus.

    python -m benchmarks store [FOLDER] [--shards 10000] [--rounds 60]

Each row compares a save through the store with write, fsync, os.replace and fsync of the folder
of the very same bytes, in turn, in the same folder. FOLDER (a temporary one by default) says on
which disk. The exponent is the slope of log time over log number of shards; 0 is no growth.
"""

from __future__ import annotations

import argparse
import math
import os
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui.model.ids import article_id, new_id
from tui.model.records import Change, Highlight, Step
from tui.model.spans import Span
from tui.store import Store, open_store

RECORDS = (1, 100, 1_000)
WORDS = "The intelligence service reports that troops are not currently in combat. "


def highlight(article: str) -> Highlight:
    return Highlight(
        id=new_id(),
        article=article,
        rev=1,
        by="kim",
        created="2025-02-05T10:00:00.000Z",
        modified="2025-02-05T10:00:00.000Z",
        revision="0" * 64,
        spans=(Span(120, 194, WORDS, WORDS[:32], WORDS[-32:]),),
        tags=("military/deployment",),
    )


def step(article: str, count: int = 1) -> Step:
    changes = tuple(Change(None, highlight(article)) for _ in range(count))
    return Step(new_id(), "tag military/deployment", "2025-02-05T10:00:00.000Z", changes)


def bare_save(path: Path, data: bytes) -> None:
    temporary = path.with_suffix(".bare")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.write(handle, data)
    os.fsync(handle)
    os.close(handle)
    temporary.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def milliseconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    call()
    return (time.perf_counter() - start) * 1_000


def opened(folder: Path) -> Store:
    return open_store(folder / "annotations", "kim", locks=folder / "locks")


def compare(folder: Path, records: int, rounds: int) -> tuple[int, float, float, float]:
    """Bytes of the shard, milliseconds bare and through the store (p50), and their ratio."""
    store = opened(folder)
    article = article_id(f"{records} records")
    path = folder / "annotations" / "kim" / article[-2:] / f"{article}.json"
    # As an analyst makes them: one a step, so that the history has its usual length.
    known = [step(article) for _ in range(records)]
    for one in known:
        store.put(one)
    copy = path.with_suffix(".copy")
    bare_save(copy, path.read_bytes())
    record = known[-1].changes[0].after
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(rounds):
        after = replace(record, rev=record.rev + 1)
        edit = Step(new_id(), "note", after.modified, (Change(record, after),))
        ours.append(milliseconds(lambda edit=edit: store.put(edit)))
        data = path.read_bytes()
        bare.append(milliseconds(lambda data=data: bare_save(copy, data)))
        record = after
    p50 = statistics.median(bare), statistics.median(ours)
    return path.stat().st_size, *p50, p50[1] / p50[0]


def growth(folder: Path, sizes: Sequence[int], rounds: int) -> list[tuple[int, float]]:
    """Milliseconds (p50) to save one annotation in workspaces with this many shards."""
    found: list[tuple[int, float]] = []
    source = folder / "annotations" / "kim"
    made = 0
    store = opened(folder)
    target = article_id("the article at hand")
    store.put(step(target, 10))
    [shard] = source.rglob("*.json")
    data = shard.read_bytes()
    for size in sizes:
        while made < size - 1:
            made += 1
            article = article_id(f"article {made}")
            place = source / article[-2:]
            place.mkdir(exist_ok=True)
            (place / f"{article}.json").write_bytes(data)
        os.sync()
        shard.write_bytes(data)  # the same shard each time
        found.append((size, statistics.median(saves(folder, target, rounds))))
    return found


def saves(folder: Path, article: str, rounds: int) -> list[float]:
    """Milliseconds of each of `rounds` saves, the first one of the process left out."""
    store = opened(folder)
    store.put(step(article))
    return [milliseconds(lambda: store.put(step(article))) for _ in range(rounds)]


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the line through the points, both axes logarithmic (least squares)."""
    if len(points) < 2:
        return 0.0
    xs = [math.log(size) for size, _ in points]
    ys = [math.log(value) for _, value in points]
    return statistics.linear_regression(xs, ys).slope


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, help="where to write (a temporary folder)")
    parser.add_argument("--shards", type=int, default=10_000, help="the largest workspace")
    parser.add_argument("--rounds", type=int, default=60, help="saves timed a row")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(dir=given.folder, prefix="pressmark-bench-") as name:
        print("One durable annotation; hold: at most 2.0 times the bare save")
        print("  records      bytes   bare ms  store ms   ratio")
        for records in RECORDS:
            place = Path(name) / f"records-{records}"
            place.mkdir()
            size, bare, ours, ratio = compare(place, records, given.rounds)
            print(f"  {records:7,} {size:10,} {bare:9.2f} {ours:9.2f} {ratio:7.2f}")
        sizes = [10**power for power in range(9) if 10**power <= given.shards]
        place = Path(name) / "growth"
        place.mkdir()
        points = growth(place, sizes, given.rounds)
        print("Growth with the workspace; hold: exponent below 0.05")
        print("   shards  store ms")
        for size, value in points:
            print(f"  {size:7,} {value:9.2f}")
        print(f"  exponent {exponent(points):.3f}")


if __name__ == "__main__":
    main()
