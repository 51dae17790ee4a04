"""The body of an article out of its page: our reader, plain trafilatura and all text, in one run.

    python -m benchmarks extraction --pages FOLDER [--half 0|1]

FOLDER holds the article extraction benchmark of Scrapinghub (`ground-truth.json` and
`html/ID.html.gz`), which is not part of this project. Scored as its own README says: runs of four
words, each as often as it occurs; precision and recall are means over pages, F1 is that of the
two means. Ours is the text of the article without its headline.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import statistics
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.measuring import heading, percentile, say
from tui.articles import Document, Passed, UnreadableError, read_document

HOLD = 0.95
RUN = 4  # words in a row
_WORD = re.compile(r"\w+")


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def runs_of(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words of a text, and how often it occurs; a shorter text is one run."""
    words = _WORD.findall(text)
    last = max(1, len(words) - RUN + 1) if words else 0
    return Counter(tuple(words[at : at + RUN]) for at in range(last))


def score(truth: Mapping[str, str], found: Mapping[str, str]) -> Score:
    precisions: list[float] = []
    recalls: list[float] = []
    for key, true in truth.items():
        wanted, given = runs_of(true), runs_of(found[key])
        hits = (wanted & given).total()
        if given:
            precisions.append(hits / given.total())
        if wanted:
            recalls.append(hits / wanted.total())
    return Score(statistics.mean(precisions or [0.0]), statistics.mean(recalls))


def ours(page: bytes) -> str:
    try:
        found = next(iter(read_document(Document(page, "page.html"))))
    except UnreadableError:
        return ""
    if isinstance(found, Passed):
        return ""
    return found.text[found.headline.end :] if found.headline else found.text


def trafilatura_as_it_is(page: bytes, **options: Any) -> str:
    import trafilatura

    return trafilatura.extract(page.decode(), include_comments=False, **options) or ""


def precise(page: bytes) -> str:
    return trafilatura_as_it_is(page, favor_precision=True)


def all_text(page: bytes) -> str:
    import lxml.html

    tree = lxml.html.document_fromstring(page)
    for silent in tree.xpath("//script | //style | //noscript"):
        silent.drop_tree()
    return " ".join(tree.xpath("//body//text()"))


READERS: dict[str, Callable[[bytes], str]] = {
    "ours": ours,
    "trafilatura, precision": precise,
    "trafilatura, default": trafilatura_as_it_is,
    "all text of the page": all_text,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--pages", type=Path, metavar="FOLDER", required=True)
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other page")
    asked = parser.parse_args(arguments)
    listed = asked.pages / "ground-truth.json"
    if not listed.is_file():
        parser.error(f"{asked.pages} holds no ground-truth.json: name the benchmark's folder")
    keys = json.loads(listed.read_bytes())
    keys = {key: keys[key]["articleBody"] for key in sorted(keys)}
    if asked.half is not None:
        keys = dict(list(keys.items())[asked.half :: 2])
    pages = {
        key: gzip.decompress((asked.pages / f"html/{key}.html.gz").read_bytes()) for key in keys
    }
    heading("Extraction (beside trafilatura as it is)", {"pages": len(pages)})
    found: dict[str, dict[str, str]] = {name: {} for name in READERS}
    times: dict[str, list[float]] = {name: [] for name in READERS}
    for reader in READERS.values():
        reader(next(iter(pages.values())))  # imports and patterns
    for key, page in pages.items():
        for name, reader in READERS.items():
            start = time.perf_counter()
            found[name][key] = reader(page)
            times[name].append(time.perf_counter() - start)
    for name, texts in found.items():
        result = score(keys, texts)
        figures = f"F1 {result.f1:.3f}  P {result.precision:.3f}  R {result.recall:.3f}"
        middle, slowest = 1000 * percentile(times[name], 50), 1000 * max(times[name])
        held = f"  (hold {HOLD}: {'held' if result.f1 >= HOLD else 'BEHIND'})"
        taken = f"{middle:4.0f} ms p50, {slowest:4.0f} ms slowest"
        say(name, f"{figures}  {taken}{held if name == 'ours' else ''}")


if __name__ == "__main__":
    main()
