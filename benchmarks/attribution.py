"""Attributions proposed by plain rules, against PolNeAR's gold annotation.

    python -m benchmarks attribution --polnear FOLDER [--part dev|train] [--every N] [--misses N]

FOLDER holds PolNeAR (`data/dev/text`, `data/dev/attributions`), which is not part of this project.

A *sentence* (as the desk cuts them) has an attribution if a code point of some cue, source or
content lies in it, in the gold and among the proposals alike; F is over all sentences.

*Cue*, *source* and *content* are measured by overlap: each hop of a proposal that has a cue in the
text is one attribution (hops that share a cue are one, with the spans of all their proposals as
content); a role of ours and a role of the gold fit if they share a code point, and no role is
counted twice. Roles are paired in text order. Precision is the part of ours that has a gold one,
recall the part of the gold that has one of ours. The columns behind (`by code point`) count the
code points that are not blank instead, which asks for the right edges too.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.brat import ROLES, Annotated, Gold, read_folder
from tui.analysis import suggest
from tui.analysis.suggestions import Suggestions
from tui.articles import outline
from tui.model.articles import Article, Sentence
from tui.model.sources import Registry
from tui.model.spans import Extent, merged

HOLDS = {"sentence": (0.80, 0.86), "cue": (0.68, 0.74), "source": (0.64, 0.74),
         "content": (0.72, 0.80)}  # fmt: skip


class Counts(NamedTuple):
    """What fits, what is proposed, what is in the gold."""

    fits: int
    ours: int
    gold: int

    @property
    def figures(self) -> tuple[float, float, float]:
        """Precision, recall, F."""
        precision, recall = self.fits / max(1, self.ours), self.fits / max(1, self.gold)
        return precision, recall, 2 * self.fits / max(1, self.ours + self.gold)


class Tally:
    """Counts by name, added up over articles."""

    def __init__(self) -> None:
        self._sums: dict[str, Counter[str]] = {}

    def add(self, name: str, counts: Counts) -> None:
        self._sums.setdefault(name, Counter()).update(counts._asdict())

    def of(self, name: str) -> Counts:
        return Counts(**self._sums[name])


def attributions(found: Suggestions) -> tuple[Gold, ...]:
    """The proposals as attributions: one for each cue, with all that rests on it as content."""
    by_cue: dict[Extent, tuple[set[Extent], set[Extent]]] = {}
    for proposal in found.proposals:
        for hop in proposal.chain:
            if hop.cue is None or hop.cue.span is None:
                continue
            sources, contents = by_cue.setdefault(hop.cue.span.extent, (set(), set()))
            if hop.source.span is not None:
                sources.add(hop.source.span.extent)
            contents.update(span.extent for span in proposal.spans)
    return tuple(
        Gold((cue,), tuple(sorted(sources)), tuple(sorted(contents)))
        for cue, (sources, contents) in sorted(by_cue.items())
    )


def read(annotated: Annotated) -> tuple[tuple[Sentence, ...], Suggestions]:
    """The sentences of a text and what is proposed in it."""
    article = Article("a" * 16, annotated.text, "", published="2016-10-01")
    stops = outline(article)
    return stops.sentences, suggest(article, stops, Registry(()))


def covered(extents: Iterable[Extent], text: str) -> set[int]:
    """The code points in the ranges that are not blank."""
    return {i for e in extents for i in range(e.start, e.end) if not text[i].isspace()}


def paired(
    ours: Sequence[tuple[Extent, ...]], gold: Sequence[tuple[Extent, ...]]
) -> list[int | None]:
    """Which of the gold each of ours fits, one to one: it takes the first free one it meets."""
    free = [index for index, pieces in enumerate(gold) if pieces]
    found: list[int | None] = []
    for pieces in ours:
        match = next(
            (i for i in free if any(a.meets(b) for a in pieces for b in gold[i])),
            None,
        )
        if match is not None:
            free.remove(match)
        found.append(match)
    return found


def overlap(ours: Sequence[tuple[Extent, ...]], gold: Sequence[tuple[Extent, ...]]) -> Counts:
    """How many roles fit one to one; those without pieces are none."""
    given = [pieces for pieces in ours if pieces]
    fits = sum(match is not None for match in paired(given, gold))
    return Counts(fits, len(given), sum(map(bool, gold)))


def measure(annotated: Annotated, tally: Tally, misses: list[str]) -> None:
    """Add one text's counts."""
    sentences, found = read(annotated)
    ours = attributions(found)
    for role in ROLES:
        mine = sorted(getattr(a, role) for a in ours)
        gold = sorted(getattr(a, role) for a in annotated.gold)
        tally.add(role, overlap(mine, gold))
        one = covered((e for pieces in mine for e in pieces), annotated.text)
        other = covered((e for pieces in gold for e in pieces), annotated.text)
        tally.add(f"{role} by code point", Counts(len(one & other), len(one), len(other)))
    spans = merged(s.extent for p in found.proposals for s in p.spans)
    mine = merged([*spans, *(e for a in ours for role in a for e in role)])
    gold = merged(e for a in annotated.gold for role in a for e in role)
    counts = Counter[str]()
    for sentence in sentences:
        here = any(sentence.extent.meets(e) for e in mine)
        there = any(sentence.extent.meets(e) for e in gold)
        counts.update(fits=here and there, ours=here, gold=there)
        if here != there:
            words = " ".join(sentence.extent.of(annotated.text).split())
            misses.append(f"{'ours' if here else 'gold'}: {words}")
    tally.add("sentence", Counts(**counts))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--polnear", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth text only")
    parser.add_argument(
        "--misses", type=int, default=0, metavar="N", help="print N wrong sentences"
    )
    asked = parser.parse_args(arguments)
    folder = asked.polnear / "data" / asked.part
    texts = list(read_folder(folder))[:: asked.every]
    if not texts:
        parser.error(f"{folder} holds no attributions/*.ann: name the folder of PolNeAR")
    tally, misses = Tally(), list[str]()
    for annotated in texts:
        measure(annotated, tally, misses)
    print(f"{len(texts)} annotated texts of PolNeAR's part {asked.part}\n")
    print(f"{'':10}{'P':>7}{'R':>7}{'F':>7}   {'hold':>5}{'aim':>6}   by code point: P, R, F")
    for name, (hold, aim) in HOLDS.items():
        figures = "".join(f"{each:7.3f}" for each in tally.of(name).figures)
        edges = ""
        if name in ROLES:
            edges = "".join(f"{each:7.3f}" for each in tally.of(f"{name} by code point").figures)
        verdict = "held" if tally.of(name).figures[2] >= hold else "BEHIND"
        print(f"{name:10}{figures}   {hold:5.2f}{aim:6.2f}   {edges:21}   {verdict}")
    for miss in misses[:: max(1, len(misses) // asked.misses)] if asked.misses else ():
        sys.stdout.write(miss + "\n")


if __name__ == "__main__":
    main()
