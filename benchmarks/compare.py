"""Comparing two revisions of a text: what it costs, and what is reckoned that it will.

    python -m benchmarks compare [--rounds 3]

Texts made by a seed number, one sentence in thirty changed, gone or new. The desk compares where it
is asked what is reckoned to take no more than 20 ms, and the rest in a child process.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Sequence

from benchmarks.made import sample
from benchmarks.measuring import heading, percentile, say

SIZES = (5_000, 20_000, 100_000, 1_000_000)  # code points
PASSAGES = 100


def edited(text: str, chance: random.Random) -> str:
    """The text with a sentence in thirty gone, new, or with another word."""
    found: list[str] = []
    for sentence in text.split(". "):
        kind = chance.randrange(90)
        if kind == 0:
            continue
        if kind == 1:
            found.append("A sentence came in between here")
        found.append(sentence.replace(" the ", " some ", 1) if kind == 2 else sentence)
    return ". ".join(found)


def measure(size: int, rounds: int) -> None:
    """Print what one comparison of a text of that size takes, here and in a child."""
    from tui.anchoring import Passage
    from tui.anchoring.comparing import Question, answered, asked_apart
    from tui.apart.worker import Worker
    from tui.model.spans import select

    chance = random.Random(7)
    old = sample(size / 1e6)
    new = edited(old, chance)
    places = [chance.randrange(len(old) - 200) for _ in range(PASSAGES)]
    passages = tuple(Passage.of(select(old, at, at + 100), "old") for at in places)
    texts = {"old": old, "new": new}
    cases = {
        "placing": Question(texts, ("new",), passages),
        "differences": Question(texts, ("old", "new"), (), ("old", "new")),
        "placing, the old text lost": Question({"new": new}, ("new",), passages),
    }
    for name, question in cases.items():
        here: list[float] = []
        for _ in range(rounds):
            begun = time.perf_counter()
            answered(question)
            here.append(time.perf_counter() - begun)
        reckoned = f"reckoned {question.cost:8.1f} ms"
        say(f"{size:,}: {name}", f"{percentile(here, 50) * 1000:9.1f} ms  {reckoned}")
    worker = Worker(60, 2 * 1024**3)
    begun = time.perf_counter()
    asked_apart(worker, cases["differences"])
    worker.stop()
    say(f"{size:,}: differences, in a new child", f"{(time.perf_counter() - begun) * 1000:9.1f} ms")


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args(arguments)
    heading("Comparing two revisions", {"passages": str(PASSAGES)})
    for size in SIZES:
        measure(size, given.rounds)
