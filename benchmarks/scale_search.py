"""Search of a workspace by a desk in a process of its own: seconds for each question, as JSON.

    python -m benchmarks.scale_search WORKSPACE

Each question is asked until a second is over, three times at least, with the fifty best hits and
their snippets. The index is brought up to date before, which is a figure of its own.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from benchmarks import corpus
from benchmarks.growth import Figures
from benchmarks.made import ANALYST
from tui.config import places
from tui.desk import Desk

QUESTIONS = {
    "rare word": corpus.RARE,
    "phrase": f'"{corpus.PHRASE}"',
    "two Korean syllables": corpus.SYLLABLES,
    "common word": "that",
}
BEST = 50
LONG, LEAST = 1.0, 3  # seconds a question, and times that it is asked


def asked(desk: Desk, words: str) -> list[float]:
    """Seconds for each time a question is asked; the first one, which warms, left out."""
    desk.search(words, limit=BEST)
    found: list[float] = []
    while sum(found) < LONG or len(found) < LEAST:
        begun = time.perf_counter()
        desk.search(words, limit=BEST)
        found.append(time.perf_counter() - begun)
    return found[:200]


def main() -> None:
    root, user = Path(sys.argv[1]), places()
    desk = Desk.open(root=root, analyst=ANALYST, locks=user.locks, cache=user.cache)
    begun, work = time.perf_counter(), time.process_time()
    desk.index()
    figures: Figures = {
        "index, up to date": [time.perf_counter() - begun],
        "index, work": [time.process_time() - work],
    }
    for name, words in QUESTIONS.items():
        figures[f"search, {name}"] = list(asked(desk, words))
    desk.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
