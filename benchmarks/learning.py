"""What the learner makes of an analyst's decisions, simulated with PolNeAR's gold annotation.

    python -m benchmarks learning --polnear FOLDER [--part dev|train] [--seeds 20] [--every N]

The articles are shuffled. Proposals are decided on one after the other, article by article, in
each by the rank that the rules give, taken if they are right by the gold and dropped if not. After
0, 50, 100, 200 and 400 decisions the proposals of all articles not begun yet are ranked, together,
by the rules and by the learner. Average precision is the mean, over the right ones, of the part of
right ones among all down to it; equal scores are put in an order by lot. Of a text that several
people annotated the first annotation counts.

Beside them stands what could be had without any decision: the rank of the rules and fixed points
for how surely and how fully something is said (`LIKELY`). The rank is to say what is worth
checking, and does not ask whether a proposal is right; a learner has to be worth more than this.

What is right is measured twice. By *content*, as in the part `attribution`: the attribution that a
proposal belongs to shares a code point of its content with one of the gold, one to one. By *cue and
content*: the proposal's innermost cue and its content each meet those of one and the same gold
attribution; it is what an analyst would call the right claim.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.attribution import attributions, paired, read
from benchmarks.brat import Annotated, Gold, read_folder
from tui.analysis.features import Features, features_of
from tui.analysis.learning import Learner
from tui.analysis.suggestions import Suggestion, Suggestions
from tui.model.spans import Extent

STEPS = (50, 100, 200, 400)  # decisions after which is measured
HOLD, AIM, GAIN = 0.88, 0.90, 0.03  # average precision after 200; above the rules after 100
LIKELY = {
    "cue is sure": 0.15,
    "has a verb": 0.15,
    "quoted": 0.10,
    "cue stands amid or behind": 0.10,
}


class Judged(NamedTuple):
    """A proposal: its id, what the learner sees of it, and whether it is right."""

    id: str
    features: Features
    right: bool


Articles = list[list[Judged]]
Judge = Callable[[Suggestions, Sequence[Gold]], list[bool]]


def innermost(proposal: Suggestion) -> Extent | None:
    """The place of a proposal's innermost cue that stands in the text."""
    cues = (hop.cue.span for hop in reversed(proposal.chain) if hop.cue is not None)
    return next((span.extent for span in cues if span is not None), None)


def by_content(found: Suggestions, gold: Sequence[Gold]) -> list[bool]:
    """Whether the attribution of each proposal is one whose content fits the gold, one to one."""
    ours = sorted(attributions(found), key=lambda each: each.content)
    fits = paired([each.content for each in ours], sorted(each.content for each in gold))
    right = {ours[i].cue[0] for i, match in enumerate(fits) if match is not None}
    return [innermost(proposal) in right for proposal in found.proposals]


def by_cue_and_content(found: Suggestions, gold: Sequence[Gold]) -> list[bool]:
    """Whether cue and content of each proposal meet those of one gold attribution."""

    def meets(places: Iterable[Extent], others: Sequence[Extent]) -> bool:
        return any(a.meets(b) for a in places for b in others)

    right: list[bool] = []
    for proposal in found.proposals:
        cue, content = innermost(proposal), [span.extent for span in proposal.spans]
        right.append(
            cue is not None
            and any(meets([cue], each.cue) and meets(content, each.content) for each in gold)
        )
    return right


JUDGES: dict[str, Judge] = {"content": by_content, "cue and content": by_cue_and_content}


def average_precision(scored: Iterable[tuple[float, bool]], lot: random.Random) -> float:
    """Of proposals by their scores, the highest first."""
    drawn = list(scored)
    lot.shuffle(drawn)
    drawn.sort(key=lambda each: -each[0])
    right, total = 0, 0.0
    for place, (_, is_right) in enumerate(drawn, start=1):
        if is_right:
            right += 1
            total += right / place
    return total / right if right else 0.0


class Measured(NamedTuple):
    """Average precision of the rules, with points too, and of the learner on the same proposals."""

    rules: float
    likely: float
    learner: float


def simulated(articles: Articles, seed: int) -> Iterator[Measured]:
    """The figures before the first decision and after each of `STEPS`."""
    lot = random.Random(seed)
    order = list(articles)
    lot.shuffle(order)
    shown = (
        (begun, judged)
        for begun, article in enumerate(order, start=1)
        for judged in sorted(article, key=lambda each: -each.features.rank)
    )
    learner = Learner()
    yield _measured(order, learner, lot)
    for made, (begun, judged) in enumerate(shown, start=1):
        learner = learner.decided(judged.id, judged.features, judged.right)
        if made in STEPS:
            yield _measured(order[begun:], learner, lot)
        if made == STEPS[-1]:
            return


def _measured(articles: Articles, learner: Learner, lot: random.Random) -> Measured:
    left = [judged for article in articles for judged in article]
    ways: tuple[Callable[[Features], float], ...] = (lambda f: f.rank, likely, learner.score)
    return Measured(
        *(average_precision(((score(j.features), j.right) for j in left), lot) for score in ways)
    )


def likely(features: Features) -> float:
    """The rank of the rules and what speaks for a proposal by itself."""
    return features.rank + sum(LIKELY.get(name, 0) for name in features.names)


def report(name: str, articles: Articles, seeds: int) -> None:
    """Print a table for one way of being right, and what is held."""
    every = [judged for article in articles for judged in article]
    right = sum(judged.right for judged in every) / len(every)
    print(f"\nright by {name}: {right:.3f} of {len(every)} proposals")
    print(f"{'decisions':>10}{'rules':>8}{'points':>8}{'learner':>9}{'':8}{'gain':>8}")
    runs = [list(simulated(articles, seed)) for seed in range(seeds)]
    means: dict[int, Measured] = {}
    for made, column in zip((0, *STEPS), zip(*runs, strict=True), strict=True):
        gains = [m.learner - m.rules for m in column]
        found = means[made] = Measured(*map(statistics.mean, zip(*column, strict=True)))
        print(
            f"{made:10}{found.rules:8.3f}{found.likely:8.3f}{found.learner:9.3f}"
            f"  ±{statistics.pstdev(m.learner for m in column):.3f}{statistics.mean(gains):+8.3f}"
            f"  ±{statistics.pstdev(gains):.3f}"
        )
    after, gain = means[200].learner, means[100].learner - means[100].rules
    print(f"  after 200: {after:.3f}  (hold {HOLD}, aim {AIM}: {_verdict(after, HOLD, AIM)})")
    print(f"  gain after 100: {gain:+.3f}  (hold +{GAIN}: {'held' if gain >= GAIN else 'BEHIND'})")


def _verdict(value: float, hold: float, aim: float) -> str:
    if value >= aim:
        return "above the aim"
    return "held" if value >= hold else "BEHIND"


def first_of_each(texts: Iterable[Annotated]) -> Iterator[Annotated]:
    """The first annotation of each text."""
    seen: set[str] = set()
    for annotated in texts:
        name = annotated.name.rpartition("_")[0]
        if name not in seen:
            seen.add(name)
            yield annotated


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("--polnear", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--part", choices=("dev", "train"), default="dev")
    parser.add_argument("--seeds", type=int, default=20, metavar="N", help="shuffles, 20")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="each Nth text only")
    asked = parser.parse_args(arguments)
    folder = asked.polnear / "data" / asked.part
    texts = list(first_of_each(read_folder(folder)))[:: asked.every]
    if not texts:
        parser.error(f"{folder} holds no attributions/*.ann: name the folder of PolNeAR")
    found = [(annotated.gold, read(annotated)[1]) for annotated in texts]
    print(f"{len(texts)} texts of PolNeAR's part {asked.part}, {asked.seeds} shuffles")
    for name, judge in JUDGES.items():
        articles = [
            [
                Judged(proposal.id, features_of(proposal), right)
                for proposal, right in zip(
                    suggestions.proposals, judge(suggestions, gold), strict=True
                )
            ]
            for gold, suggestions in found
        ]
        report(name, articles, asked.seeds)


if __name__ == "__main__":
    main()
