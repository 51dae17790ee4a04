"""Whether highlights stay where they belong when the news is edited, and how long that takes.

    python -m benchmarks anchors --news FOLDER [--news FOLDER ...] [--quotes 20000] [--seed 1]

FOLDERs hold articles as `.txt` files, or as `.json` files with a list of `sentences`. Each article
is edited as `anchors_edits` says, over three versions; quotes are taken from the first one, and
looked for in the second and in the fourth. A quote that is still there is found `right` if the
place overlaps the true one by 0.8 or more (shared code points by those of both), `wrong` if
it is given another place; `lost` if none. A quote that was taken out is right as an orphan. Quotes
of which less than half is left, or whose words were all replaced, have no one right answer and are
counted apart. `short` are quotes under 30 code points; `lies` is how many were called exact or
moved though a code point differs; ms are for all quotes of an article, both texts read included.

Beside ours run: its own answer without the old text (quote and context alone); the same words
nearest to where they stood; the best local match of rapidfuzz, from a ratio of 75 on; and difflib
over words, which takes a quote for there if half of its words are.
"""

from __future__ import annotations

import argparse
import difflib
import itertools
import random
import re
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.anchors_edits import Editor, Truth, load, truth, words_of
from benchmarks.measuring import heading, percentile, say
from tui.anchoring import Alignment, place_span
from tui.model.spans import Extent, Span, select

OVERLAP = 0.8
AN_ARTICLE = 25  # quotes
SHORT = 30  # code points

Found = tuple[Extent | None, str]
Method = Callable[[Sequence[str], Sequence[Span]], list[Found]]  # texts, first to today's


class Quote(NamedTuple):
    span: Span
    truth: Truth
    kind: str


class Trial(NamedTuple):
    """One article: its texts, first to today's, and quotes of the first."""

    texts: list[str]
    quotes: list[Quote]


# methods


def ours(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    alignment = Alignment(texts[0], texts[-1])
    return [place_span(span, texts[-1], alignment)[:2] for span in spans]


def ours_chained(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    """Through every version in between; the words of the first decide the fit."""
    steps = [Alignment(one, other) for one, other in itertools.pairwise(texts)]
    found: list[Found] = []
    for span in spans:
        here: Span | None = span
        for step in steps:
            extent = place_span(here, step.new.text, step)[0] if here is not None else None
            here = select(step.new.text, *extent) if extent is not None else None
        same = here is not None and here.exact == span.exact
        found.append((here.extent, "moved" if same else "changed") if here else (None, "orphan"))
    return found


def ours_without(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    return [place_span(span, texts[-1])[:2] for span in spans]


def nearest(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    text = texts[-1]
    found: list[Found] = []
    for span in spans:
        starts = [m.start() for m in re.finditer(re.escape(span.exact), text)]
        start = min(starts, key=lambda s: abs(s - span.start), default=None)
        extent = None if start is None else Extent(start, start + len(span.exact))
        found.append((extent, "moved" if extent else "orphan"))
    return found


def local_match(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    from rapidfuzz import fuzz

    text = texts[-1]
    found: list[Found] = []
    for span in spans:
        best = fuzz.partial_ratio_alignment(span.exact, text, score_cutoff=75)
        extent = Extent(best.dest_start, best.dest_end) if best is not None else None
        same = extent is not None and extent.of(text) == span.exact
        found.append((extent, "orphan" if not extent else "moved" if same else "changed"))
    return found


def by_difflib(texts: Sequence[str], spans: Sequence[Span]) -> list[Found]:
    old, new = ([m.span() for m in re.finditer(r"\w+|[^\w\s]", t)] for t in (texts[0], texts[-1]))
    matcher = difflib.SequenceMatcher(
        None, [texts[0][a:b] for a, b in old], [texts[-1][a:b] for a, b in new], autojunk=False
    )
    to = {
        block.a + n: block.b + n
        for block in matcher.get_matching_blocks()
        for n in range(block.size)
    }
    found: list[Found] = []
    for span in spans:
        mine = [i for i, (a, b) in enumerate(old) if a < span.end and b > span.start]
        there = [to[i] for i in mine if i in to]
        if not there or len(there) < len(mine) / 2:
            found.append((None, "orphan"))
            continue
        extent = Extent(new[there[0]][0], new[there[-1]][1])
        found.append((extent, "moved" if extent.of(texts[-1]) == span.exact else "changed"))
    return found


# trials


def quotes_of(text: str, chance: random.Random, many: int) -> list[tuple[int, int, str]]:
    """Ranges as an analyst marks them: sentences, parts of one, names and figures, two at once."""
    ends = [m.end() for m in re.finditer(r"[.!?][\"'”’)]*(?=\s|$)", text)]
    starts = [0, *ends[:-1]]
    whole = [_trimmed(text, a, b) for a, b in zip(starts, ends, strict=True)]
    whole = [(a, b) for a, b in whole if b - a > 8]
    found: list[tuple[int, int, str]] = []
    for _ in range(many if whole else 0):
        n = chance.randrange(len(whole))
        a, b = whole[n]
        words = [(m.start() + a, m.end() + a) for m in re.finditer(r"\S+", text[a:b])]
        kind = chance.choices(("sentence", "part", "short", "two"), (40, 32, 18, 10))[0]
        if kind == "two" and n + 1 < len(whole):
            found.append((a, whole[n + 1][1], kind))
        elif kind in ("part", "short"):
            first = chance.randrange(len(words))
            length = chance.randint(4, 14) if kind == "part" else chance.randint(1, 3)
            last = min(len(words), first + length) - 1
            end = words[last][1]
            while end > words[first][0] + 1 and text[end - 1] in ".,;:":
                end -= 1
            found.append((words[first][0], end, kind))
        else:
            found.append((a, b, "sentence"))
    return found


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def trials(texts: Sequence[str], seed: int, quotes: int, versions: int) -> list[Trial]:
    editor = Editor(texts, seed)
    chance = random.Random(seed + 1)
    found: list[Trial] = []
    order = list(texts)
    chance.shuffle(order)
    count = 0
    while count < quotes:
        for text in order:
            paper = editor.first(text)
            first = words_of(paper.letters())
            papers = [paper]
            for _ in range(versions):
                papers.append(editor.version(papers[-1]))
            letters = papers[-1].letters()
            taken: list[Quote] = []
            for start, end, kind in quotes_of(first, chance, AN_ARTICLE):
                became = truth(letters, start, end, first[start:end])
                taken.append(Quote(select(first, start, end), became, kind))
            found.append(Trial([words_of(p.letters()) for p in papers], taken))
            count += len(taken)
            if count >= quotes:
                break
    return found


# scores


@dataclass
class Score:
    counts: Counter[str] = field(default_factory=Counter[str])
    lies: int = 0  # exact or moved, on words that are not the same
    samples: list[tuple[str, Quote, Found, Trial]] = field(
        default_factory=list[tuple[str, Quote, Found, Trial]]
    )
    seconds: list[float] = field(default_factory=list[float])

    def add(self, quote: Quote, found: Found, trial: Trial) -> None:
        extent, fit = found
        verdict = judge(quote.truth, extent)
        self.counts[f"{quote.truth.state} {verdict}"] += 1
        short = "short" if len(quote.span.exact) < SHORT else "long"
        self.counts[f"{short} {quote.truth.state} {verdict}"] += 1
        same = extent is not None and extent.of(trial.texts[-1]) == quote.span.exact
        self.lies += fit in ("exact", "moved") and not same
        if verdict != "right" and quote.truth.state in ("here", "gone"):
            self.samples.append((verdict, quote, found, trial))

    def share(self, state: str, verdict: str, size: str = "") -> float:
        key = f"{size} {state}".strip()
        verdicts = ("right", "wrong", "lost")
        total = sum(self.counts[f"{key} {each}"] for each in verdicts)
        return 100 * self.counts[f"{key} {verdict}"] / max(1, total)


def judge(true: Truth, extent: Extent | None) -> str:
    if true.state == "gone":
        return "right" if extent is None else "wrong"
    if extent is None:
        return "lost"
    shared = min(extent.end, true.end) - max(extent.start, true.start)
    both = max(extent.end, true.end) - min(extent.start, true.start)
    return "right" if shared / both >= OVERLAP else "wrong"


def measure(name: str, method: Method, given: Sequence[Trial]) -> Score:
    score = Score()
    for trial in given:
        spans = [quote.span for quote in trial.quotes]
        start = time.perf_counter()
        found = method(trial.texts, spans)
        score.seconds.append(time.perf_counter() - start)
        for quote, place in zip(trial.quotes, found, strict=True):
            score.add(quote, place, trial)
    times = [1000 * s for s in score.seconds]
    print(
        f"  {name:30}{score.share('here', 'right'):8.2f}{score.share('here', 'wrong'):8.3f}"
        f"{score.share('here', 'lost'):8.2f}{score.share('gone', 'right'):10.2f}"
        f"{score.share('here', 'right', 'short'):12.2f}{score.share('here', 'wrong', 'short'):8.3f}"
        f"{score.lies:6}{percentile(times, 50):8.2f}{percentile(times, 99):8.2f}",
        flush=True,
    )
    return score


METHODS: dict[str, Method] = {
    "ours": ours,
    "ours, the old text lost": ours_without,
    "the same words, the nearest": nearest,
    "rapidfuzz, best local match": local_match,
    "difflib over words": by_difflib,
}


def run(texts: Sequence[str], seed: int, quotes: int, versions: int, samples: int) -> None:
    given = trials(texts, seed, quotes, versions)
    states = Counter(quote.truth.state for trial in given for quote in trial.quotes)
    heading(
        f"Anchors over {versions} version{'s' * (versions > 1)}",
        {
            "quotes, articles": f"{sum(states.values()):,}, {len(given):,}",
            "still there, taken out": f"{states['here']:,}, {states['gone']:,}",
            "all words replaced, torn (not counted)": f"{states['replaced']}, {states['torn']}",
        },
    )
    print(
        f"  {'per cent':30}{'right':>8}{'wrong':>8}{'lost':>8}{'orphaned':>10}"
        f"{'short right':>12}{'wrong':>8}{'lies':>6}{'ms p50':>8}{'p99':>8}"
    )
    methods = METHODS | ({"ours, through each version": ours_chained} if versions > 1 else {})
    for name, method in methods.items():
        score = measure(name, method, given)
        if name == "ours":
            show(score, samples)


def show(score: Score, many: int) -> None:
    """Print some of the answers that were not right."""
    for verdict, quote, (extent, fit), trial in score.samples[:many]:
        state, start, end = quote.truth
        print(f"    {state} {verdict} {fit}: {quote.span.prefix!r} [{quote.span.exact!r}]")
        if state != "gone":
            print(f"      true  {trial.texts[-1][start:end]!r}")
        if extent is not None:
            print(f"      found {extent.of(trial.texts[-1])!r}")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--news", type=Path, action="append", required=True, metavar="FOLDER")
    parser.add_argument("--quotes", type=int, default=20_000, help="at least so many a run")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--versions", type=int, action="append", help="instead of 1 and 3")
    parser.add_argument("--samples", type=int, default=0, help="show so many that are not right")
    asked = parser.parse_args(arguments)
    texts = [text for folder in asked.news for text in load(folder)]
    if not texts:
        parser.error(f"{asked.news[0]} holds no articles: name a folder of .txt or .json files")
    say("articles read", f"{len(texts):,}")
    for versions in asked.versions or (1, 3):
        run(texts, asked.seed, asked.quotes, versions, asked.samples)


if __name__ == "__main__":
    main()
