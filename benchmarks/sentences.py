"""Sentence ends of our rules and of pysbd against a treebank, in one run.

    python -m benchmarks sentences CORPUS_DIR [--wrap 72] [--genre news] [--half 0|1]

CORPUS_DIR holds the GUM corpus (its `dep/*.conllu` files), which is not part of this project.
A document's text is made of its `# text` lines: sentences joined as `SpaceAfter` says, paragraphs
(`# newpar`) by a blank line; with `--wrap`, every paragraph is filled to that many columns.

What counts is the offset behind the last character of each sentence: a true positive is an end that
stands at the same offset in the treebank. P, R and F leave out the ends of paragraphs, which every
splitter finds in plain text; `all F` counts them too. Speed is UTF-8 bytes a second:
the best of three runs for ours, one run for pysbd, which is given one paragraph at a time,
which is kinder to it than the whole text.
"""

from __future__ import annotations

import argparse
import textwrap
import time
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from tui.articles import sentences

REPEATS = 40  # documents are small: the speed of ours is measured on so many copies


class Document(NamedTuple):
    name: str
    paragraphs: list[str]
    ends: list[int]

    @property
    def paragraph_ends(self) -> set[int]:
        found: set[int] = set()
        at = -2
        for paragraph in self.paragraphs:
            at += len(paragraph) + 2
            found.add(at)
        return found

    @property
    def text(self) -> str:
        return "\n\n".join(self.paragraphs)


class Score(NamedTuple):
    precision: float
    recall: float

    @property
    def f(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def read_paragraphs(path: Path) -> list[list[tuple[str, bool]]]:
    """Sentences by paragraph, each with whether a blank follows it."""
    found: list[list[tuple[str, bool]]] = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line == "# newpar" or (line.startswith("# text = ") and not found):
            found.append([])
        if line.startswith("# text = "):
            found[-1].append((line.removeprefix("# text = "), True))
        elif line[:1].isdigit() and found and found[-1]:
            found[-1][-1] = (found[-1][-1][0], "SpaceAfter=No" not in line.split("\t")[9])
    return [sentences for sentences in found if sentences]


def load(path: Path, wrap: int) -> Document:
    paragraphs: list[str] = []
    ends: list[int] = []
    at = 0
    for listed in read_paragraphs(path):
        text = ""
        inner: list[int] = []
        for sentence, spaced in listed:
            text += sentence
            inner.append(len(text))
            text += " " if spaced else ""
        text = text.rstrip()
        if wrap:
            filled = textwrap.fill(text, wrap, break_on_hyphens=False, break_long_words=False)
            text = filled if len(filled) == len(text) else text
        paragraphs.append(text)
        ends.extend(at + end for end in inner)
        at += len(text) + 2
    return Document(path.stem, paragraphs, ends)


def score(documents: list[Document], found: list[list[int]], *, inner: bool) -> Score:
    hits = given = wanted = 0
    for document, ends in zip(documents, found, strict=True):
        left_out = document.paragraph_ends if inner else set[int]()
        got, gold = set(ends) - left_out, set(document.ends) - left_out
        hits += len(got & gold)
        given += len(got)
        wanted += len(gold)
    return Score(hits / max(1, given), hits / max(1, wanted))


def ours(document: Document) -> list[int]:
    return [extent.end for extent in sentences(document.text)]


def pysbd_ends(document: Document, segmenter: Any) -> list[int]:
    ends: list[int] = []
    at = 0
    for paragraph in document.paragraphs:
        spans = segmenter.segment(paragraph)
        ends.extend(at + span.start + len(span.sent.rstrip()) for span in spans)
        at += len(paragraph) + 2
    return ends


def our_speed(documents: list[Document]) -> float:
    text = "\n\n".join(d.text for d in documents)
    text = "\n\n".join([text] * REPEATS)
    size = len(text.encode())
    best = 0.0
    for _ in range(3):
        start = time.perf_counter()
        sentences(text)
        best = max(best, size / (time.perf_counter() - start))
    return best / 1e6


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("corpus", type=Path, metavar="CORPUS_DIR")
    parser.add_argument("--wrap", type=int, default=0, help="columns; 0 leaves paragraphs whole")
    parser.add_argument("--genre", default="news")
    parser.add_argument("--half", type=int, choices=(0, 1), help="only every other document")
    asked = parser.parse_args(arguments)
    paths = sorted((asked.corpus / "dep").glob(f"GUM_{asked.genre}_*.conllu"))
    if asked.half is not None:
        paths = paths[asked.half :: 2]
    if not paths:
        parser.error(f"{asked.corpus} holds no dep/GUM_{asked.genre}_*.conllu: name the GUM folder")
    documents = [load(path, asked.wrap) for path in paths]
    size = sum(len(d.text.encode()) for d in documents)
    layout = f"wrapped at {asked.wrap}" if asked.wrap else "plain"
    count = sum(len(d.ends) for d in documents)
    print(f"{len(documents)} documents, {count} sentences, {size / 1e3:.0f} kB, {layout}\n")
    print(f"{'rules':8} {'P':>6} {'R':>6} {'F':>6} {'all F':>6} {'MB/s':>8} {'ratio':>7}")

    mine, speed = [ours(document) for document in documents], our_speed(documents)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", SyntaxWarning)
        import pysbd
    segmenter = pysbd.Segmenter(language="en", clean=False, char_span=True)
    start = time.perf_counter()
    theirs = [pysbd_ends(document, segmenter) for document in documents]
    slow = size / (time.perf_counter() - start) / 1e6
    for name, ends, rate in (("ours", mine, speed), ("pysbd", theirs, slow)):
        inner, every = score(documents, ends, inner=True), score(documents, ends, inner=False)
        figures = f"{inner.precision:6.3f} {inner.recall:6.3f} {inner.f:6.3f} {every.f:6.3f}"
        print(f"{name:8} {figures} {rate:8.2f} {rate / slow:6.0f}x")


if __name__ == "__main__":
    main()
