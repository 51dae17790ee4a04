"""Import of a whole corpus of another program: PolNeAR's brat standoff, span by span.

    python -m benchmarks exchange --polnear FOLDER [--part NAME]

FOLDER holds PolNeAR (`data/dev/text`, `data/dev/attributions`), which is not part of this project.

It is imported into an empty workspace as the command line would. Then every span line of every
`.ann` file, read by a pattern of this module alone, is looked for on its article: a highlight with
these very ranges and this type as a tag, whose quotes are the text there; and its words in the
corpus have to be that text.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.measuring import heading, say
from tui.desk import Desk

_SPAN = re.compile(r"T\d+\t(\S+) (\d+ \d+(?:;\d+ \d+)*)(?:\t(.*))?")


class Marked(NamedTuple):
    """A span line of the corpus."""

    text: str
    tag: str
    ranges: tuple[tuple[int, int], ...]
    words: str


def marked(data: Path) -> Iterator[Marked]:
    """Every span line below a folder, with the name of its text."""
    for path in sorted(data.rglob("*.ann")):
        for line in path.read_text(encoding="utf-8").split("\n"):
            found = _SPAN.match(line)
            if found is not None:
                pieces = (piece.split() for piece in found[2].split(";"))
                ranges = tuple((int(start), int(end)) for start, end in pieces)
                yield Marked(path.stem.rpartition("_")[0], found[1], ranges, found[3] or "")


def texts_of(data: Path) -> dict[str, str]:
    """The texts below a folder by name, line ends as LF."""
    return {
        path.stem: path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
        for path in sorted(data.rglob("*.txt"))
    }


def placed_in(desk: Desk) -> tuple[set[tuple[str, str, tuple[tuple[int, int], ...]]], Counter[str]]:
    """Highlights as text, tag and ranges; how many there are, and how many quotes are wrong."""
    found: set[tuple[str, str, tuple[tuple[int, int], ...]]] = set()
    counts: Counter[str] = Counter()
    for entry in desk.entries():
        text = desk.article(entry.id).text
        for placed in desk.annotations(entry.id).highlights:
            ranges = tuple((extent.start, extent.end) for extent in placed.extents)
            quotes = [span.exact for span in placed.record.spans]
            counts["highlights"] += 1
            counts[f"fit {placed.fit}"] += 1
            counts["pieces"] += len(ranges)
            counts["wrong quotes"] += quotes != [text[start:end] for start, end in ranges]
            found |= {(text, tag, ranges) for tag in placed.record.tags}
    return found, counts


def imported(data: Path, base: Path) -> None:
    """Import the folder, check each span, print what came of it."""
    root = base / "news"
    root.mkdir()
    desk = Desk.open((), root=root, analyst="bench", locks=base / "locks")
    try:
        start = time.perf_counter()
        done = desk.import_(data)
        took = time.perf_counter() - start
        found, counts = placed_in(desk)
        again = desk.import_(data, dry_run=True)
    finally:
        desk.close()
    say("import", f"{took:9.1f} s: {done.words}")
    for refusal in done.refused:
        say(f"  refused, line {refusal.line}", refusal.reason[:100])
    texts = texts_of(data)
    spans = list(marked(data))
    right = sum((texts[span.text], span.tag, tuple(sorted(span.ranges))) in found for span in spans)
    read = sum(
        " ".join(span.words.split())
        == " ".join(" ".join(texts[span.text][a:b] for a, b in span.ranges).split())
        for span in spans
    )
    say("texts", f"{len(texts):9,}")
    for name, count in sorted(counts.items()):
        say(name, f"{count:9,}")
    say("span lines of the corpus", f"{len(spans):9,}")
    say("  whose words are the text there", f"{read:9,}")
    verdict = "all" if right == len(spans) else "NOT ALL"
    say("  found with their very ranges and type", f"{right:9,} ({verdict})")
    say("a second import would add", f"{again.added:9,}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--polnear", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--part", default="", help="dev or train; all if it is not given")
    asked = parser.parse_args(arguments)
    data = asked.polnear / "data" / asked.part
    if not data.is_dir():
        parser.error(f"{data} is no folder: name the folder of PolNeAR")
    heading(f"Import of PolNeAR's brat standoff ({asked.part or 'all parts'})")
    with TemporaryDirectory() as folder:
        imported(data, Path(folder))


if __name__ == "__main__":
    main()
