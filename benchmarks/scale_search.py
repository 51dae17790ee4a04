"""Search of a workspace by a desk in a process of its own: seconds for each question, as JSON.

    python -m benchmarks.scale_search WORKSPACE

Each question is asked until a second is over, three times at least, with the fifty best hits and
their snippets. The index is brought up to date before, which is a figure of its own.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import corpus_texts
from benchmarks.growth import Figures
from benchmarks.made import ANALYST
from tui.config import places
from tui.desk import Desk
from tui.store.index import Index, meaning_of, parse_query

QUESTIONS = {
    "rare word": corpus_texts.RARE,
    "phrase": f'"{corpus_texts.PHRASE}"',
    "two Korean syllables": corpus_texts.SYLLABLES,
    "common word": "that",
}
BEST = 50
LONG, LEAST = 1.0, 3  # seconds a question, and times that it is asked


def timed(run: Callable[[], object]) -> list[float]:
    """Seconds for each time something is done; the first one, which warms, left out."""
    run()
    found: list[float] = []
    while sum(found) < LONG or len(found) < LEAST:
        begun = time.perf_counter()
        run()
        found.append(time.perf_counter() - begun)
    return found[:200]


def ranked(desk: Desk, index: Index, words: str) -> list[float]:
    """The same of the index of articles alone: ids, titles and ranks, no snippets."""
    query = parse_query(words)
    meaning = meaning_of(query.filter, desk.codebook, desk.sources)
    return timed(lambda: index.ask(query, meaning, kinds=("article",), limit=BEST))


def main() -> None:
    root, user = Path(sys.argv[1]), places()
    desk = Desk.open(root=root, analyst=ANALYST, locks=user.locks, cache=user.cache)
    begun, work = time.perf_counter(), time.process_time()
    desk.index()
    figures: Figures = {
        "index, up to date": [time.perf_counter() - begun],
        "index, work": [time.process_time() - work],
    }
    index = Index(desk.index_file)
    for name, words in QUESTIONS.items():
        figures[f"search, {name}"] = timed(lambda words=words: desk.search(words, limit=BEST))
        figures[f"ranked, {name}"] = ranked(desk, index, words)
    index.close()
    desk.close()
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
