"""Whether two texts can be versions of one story: how many of the words of one are in the other."""

from __future__ import annotations

from tui.anchoring.tokens import tokens

SHARED = 0.5  # share of the different words of the shorter text that the other one has as well
LONGEST = 100_000  # code points of a text that are looked at: versions of a story begin alike
FEWEST = 10  # different words below which nothing can be said


def alike(one: str, other: str, besides: str = "") -> bool:
    """Whether one of two texts has at least half of the words of the other.

    The words of `besides`, such as a title that both have, are not counted. Texts with fewer than
    ten other words are never alike: a heading alone does not tell a story.
    """
    one, other = one[:LONGEST], other[:LONGEST]
    table: dict[str, int] = {}
    common = set(tokens(besides, table).words)
    first, second = (set(tokens(text, table).words) - common for text in (one, other))
    fewer = min(len(first), len(second))
    return fewer >= FEWEST and len(first & second) >= SHARED * fewer
