"""Exports of many annotations: how many a second in each format, and how much memory it takes.

    python -m benchmarks export [--annotations 20000,100000] [--formats jsonl,csv,...] [--kept DIR]

For each number a workspace with ten annotations an article is made (benchmarks/corpus.py) and its
index built; with `--kept` below that folder, where the next run finds both. Then each format is
exported in a process of its own, with the index warm: its memory is looked at before the first
article is read, and at most while it writes. Beside it, in the same process, the format alone: the
first articles held in memory and written to nowhere; and what `json.dumps` and msgspec's encoder
make of the very records of those articles, one by one. Where there are several numbers it is said
what grew from the first to the last.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from benchmarks import corpus
from benchmarks.made import ANALYST, trial_folder
from benchmarks.measuring import heading, say
from tui.desk import Desk
from tui.exchange import FORMATS, Bundle, export_text, write_out

COUNTS = "20000,100000"  # of more than 1,000 articles each: both go by the index
ALONE = 200  # articles whose records are written by the format alone, and by the encoders


class Figures(NamedTuple):
    """What one process measured; rates are annotations a second, memory is MB.

    `busy` is a rate too, but of the seconds that a processor took for it.
    """

    annotations: int
    whole: float
    busy: float
    alone: float
    dumps: float
    encode: float
    before: float
    most: float


def opened(root: Path, cache: Path) -> Desk:
    """A desk on the workspace that has looked at everything, as `pressmark export` has it."""
    desk = Desk.open((), root=root, analyst=ANALYST, locks=cache / "locks", cache=cache)
    desk.take_up()
    while desk.scan(1.0):
        pass
    return desk


def memory(name: str) -> float:
    """`VmRSS` or `VmHWM` of this process in MB."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").split("\n")
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith(name))


def seconds(do: Callable[[], object]) -> float:
    """How long it takes."""
    begun = time.perf_counter()
    do()
    return time.perf_counter() - begun


def measured(root: Path, cache: Path, name: str, folder: Path) -> Figures:
    """Export in one format, and what is to be seen beside it."""
    desk = opened(root, cache)
    try:
        before = memory("VmRSS")
        Path("/proc/self/clear_refs").write_text("5", encoding="utf-8")  # VmHWM begins anew
        begun, busy = time.perf_counter(), time.process_time()
        done = desk.export(name, output=folder / "out")
        took, busy = time.perf_counter() - begun, time.process_time() - busy
        most = memory("VmHWM")
        bundle = desk.bundle(articles=[entry.id for entry in desk.listed()[:ALONE]])
    finally:
        desk.close()
    records = records_of(bundle)
    count = sum(each["type"] in ("highlight", "claim", "review", "link") for each in records)
    alone = seconds(lambda: write_out(bundle, name, folder / "alone"))
    dumps = seconds(lambda: [json.dumps(each) for each in records])
    encode = seconds(lambda: [msgspec.json.encode(each) for each in records])
    total = done.counts["articles"] * corpus.EACH
    rates = (total / took, total / busy, count / alone, count / dumps, count / encode)
    return Figures(total, *rates, before, most)


def records_of(bundle: Bundle) -> list[dict[str, Any]]:
    """The records of the articles as the objects that the native format writes."""
    bare = replace(bundle, codebook=type(bundle.codebook)(), sources=type(bundle.sources)())
    return [json.loads(line) for line in export_text(bare, "jsonl").split("\n") if line]


def compare(root: Path, cache: Path, formats: Sequence[str]) -> Mapping[str, Figures]:
    """Measure each format in a process of its own, and print it."""
    measured: dict[str, Figures] = {}
    begun = time.perf_counter()
    opened(root, cache).close()
    say("first look, which makes the index", f"{time.perf_counter() - begun:9.1f} s")
    say("", "a second: exported / by processor time / format alone / json.dumps / msgspec; memory")
    for name in formats:
        with TemporaryDirectory(dir=root.parent) as folder:
            line = [sys.executable, "-m", "benchmarks.export", "--child", name]
            line += [str(root), str(cache), folder]
            found = subprocess.run(line, capture_output=True, text=True, check=False)
        if found.returncode:
            say(name, f"failed: {found.stderr.strip().rpartition(chr(10))[2][:100]}")
            continue
        got = measured[name] = Figures(*json.loads(found.stdout))
        rates = " / ".join(
            f"{each:9,.0f}" for each in (got.whole, got.busy, got.alone, got.dumps, got.encode)
        )
        say(f"  {name}", f"{rates}   {got.before:6.0f} MB, {got.most:6.0f} MB")
    return measured


def say_growth(small: Mapping[str, Figures], large: Mapping[str, Figures]) -> None:
    """Print what an export of more annotations costs beside one of fewer."""
    heading("Growth: rate by processor time beside the smaller one's, memory that each took")
    for name in small.keys() & large.keys():
        one, other = small[name], large[name]
        took = f"{one.most - one.before:6.1f} MB, {other.most - other.before:6.1f} MB"
        more = (other.most - other.before - one.most + one.before) * 1_000_000
        articles = (other.annotations - one.annotations) / corpus.EACH
        rate = f"{other.busy / one.busy:6.2f}x"
        say(f"  {name}", f"{rate}   {took}   {more / articles:,.0f} bytes an article")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks export", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument("--annotations", default=COUNTS, help=f"numbers; {COUNTS} if not given")
    written = [f.name for f in FORMATS.values() if f.writes and not f.codebook]
    parser.add_argument("--formats", default=",".join(written), help="names; all if not given")
    parser.add_argument("--kept", type=Path, help="where workspaces are left and found again")
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    asked = parser.parse_args(arguments)
    if asked.child:
        name, root, cache, folder = asked.child
        print(json.dumps(measured(Path(root), Path(cache), name, Path(folder))))
        return
    done: list[Mapping[str, Figures]] = []
    formats = [name for name in asked.formats.split(",") if name]
    for count in map(int, asked.annotations.split(",")):
        kept = asked.kept and asked.kept / str(count)
        with nullcontext(kept) if kept else trial_folder("export") as base:
            heading(f"Export of {count:,} annotations")
            if not (base / "made").exists():
                corpus.make(base / "news", count // corpus.EACH, count)
                (base / "made").touch()
            done.append(compare(base / "news", base / "cache", formats))
    if len(done) > 1:
        say_growth(done[0], done[-1])


if __name__ == "__main__":
    main()
