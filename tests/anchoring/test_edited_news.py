"""Many quotes on the sample articles, edited by known edits: what was reached is held.

Whoever changes the articles or the edits counts anew; whoever changes the anchoring does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pytest
from benchmarks.anchors import Trial, judge, ours, ours_without, trials
from benchmarks.anchors_edits import load

from tui.samples import sample_articles


@pytest.fixture(scope="module", params=[(1, 1200), (3, 800)], ids=["one version", "three versions"])
def edited(request: pytest.FixtureRequest) -> tuple[int, list[Trial]]:
    versions, quotes = request.param
    return versions, trials(load(sample_articles()), 1, quotes, versions)


def verdicts(given: Sequence[Trial], answers: Sequence[list]) -> Counter[str]:
    """How many quotes that are still there were given their place (`whole`: to the code point)."""
    counts: Counter[str] = Counter()
    for trial, found in zip(given, answers, strict=True):
        for quote, (extent, _) in zip(trial.quotes, found, strict=True):
            true = quote.truth
            if true.state in ("here", "gone"):
                counts[f"{true.state} {judge(true, extent)}"] += 1
                counts["whole"] += extent == (true.start, true.end)
    return counts


# Of each: right, whole, gone and said to be so at least; wrong, lost, gone and placed at most.
HELD = {
    ("the old text kept", 1): (1084, 1083, 74, 2, 6, 0),
    ("the old text lost", 1): (983, 981, 74, 7, 102, 0),
    ("the old text kept", 3): (565, 558, 128, 7, 13, 6),
    ("the old text lost", 3): (437, 433, 129, 7, 141, 5),
}


@pytest.mark.parametrize(
    ("how", "method"), [("the old text kept", ours), ("the old text lost", ours_without)]
)
def test_quotes_on_edited_news_are_placed_as_well_as_ever(edited, how, method):
    versions, given = edited
    answers = [method(trial.texts, [quote.span for quote in trial.quotes]) for trial in given]
    counts = verdicts(given, answers)
    right, whole, gone, wrong, lost, placed = HELD[how, versions]
    assert counts["here right"] >= right
    assert counts["whole"] >= whole
    assert counts["gone right"] >= gone
    assert counts["here wrong"] <= wrong
    assert counts["here lost"] <= lost
    assert counts["gone wrong"] <= placed
