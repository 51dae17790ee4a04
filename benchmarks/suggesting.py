"""How long reading an article ahead takes, beside what only looks for dates or only splits.

    python -m benchmarks suggest [--news FOLDER] [--texts 30]

Texts of 5,000 code points: of a large folder of articles, or of our own samples one behind the
other. Each is read once by each, in turn, so that nothing is remembered from the time before. Ours
finds all proposals, dates and quantities, the outline counted too. dateparser's `search_dates`, if
it is installed, finds dates; it looks for the language by itself, or is told. The regular
expression splits at ends of sentences.
"""

from __future__ import annotations

import argparse
import importlib
import re
import time
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.measuring import compare, percentile, say
from tui.analysis import suggest
from tui.articles import outline
from tui.model.articles import Article
from tui.model.sources import Registry
from tui.samples import sample_articles

SIZE = 5_000  # code points of a text
_ENDS = re.compile(r"(?<=[.!?])\s+")


def texts_of(folder: Path | None, count: int) -> list[str]:
    """So many different texts; fewer if there is not enough to read."""
    paths = sorted((folder or sample_articles()).rglob("*.txt"))
    whole = "\n\n".join(p.read_text(encoding="utf-8", errors="replace") for p in paths[:2000])
    found = [whole[at : at + SIZE] for at in range(0, len(whole) - SIZE, SIZE)]
    return found[:: max(1, len(found) // count)][:count]


def ours(text: str) -> None:
    article = Article("a" * 16, text, "", published="2025-02-05")
    suggest(article, outline(article), Registry(()))


def split(text: str) -> None:
    _ENDS.split(text)


def seconds(read: Callable[[str], object], text: str) -> float:
    start = time.perf_counter()
    read(text)
    return time.perf_counter() - start


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--news", type=Path, metavar="FOLDER", help="a large folder of articles")
    parser.add_argument("--texts", type=int, default=30, metavar="N")
    asked = parser.parse_args(arguments)
    first, *texts = texts_of(asked.news, asked.texts + 1)
    readers: dict[str, Callable[[str], Any]] = {"ours": ours, "split": split}
    if find_spec("dateparser"):
        warnings.simplefilter("ignore")
        search = importlib.import_module("dateparser.search").search_dates
        readers["dateparser"] = search
        readers["dateparser, told English"] = partial(search, languages=["en"])
    taken: dict[str, list[float]] = {name: [] for name in readers}
    for read in readers.values():
        read(first)  # imports and patterns
    for text in texts:
        for name, read in readers.items():
            taken[name].append(seconds(read, text))
    say("texts of 5,000 code points", str(len(texts)))
    for percent in (50, 90):
        figures = (f"{name} {percentile(t, percent) * 1000:.2f} ms" for name, t in taken.items())
        say(f"p{percent}", ", ".join(figures))
    if "dateparser" in taken:
        for name in ("dateparser", "dateparser, told English"):
            compare(f"ours beside {name}", taken["ours"], taken[name], hold=1.0)
    else:
        say("dateparser", "is not installed: left out")
    compare("ours beside a split", taken["ours"], taken["split"], hold=None)


if __name__ == "__main__":
    main()
