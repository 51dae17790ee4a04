"""What sets two long sequences apart that have almost everything in common."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")


def differing(
    one: Sequence[Item], other: Sequence[Item]
) -> tuple[Sequence[Item], Sequence[Item], int]:
    """Two tuples without what they have in common at begin and end; and where they begin to differ.

    Whole stretches are compared at once, so that what is the same is as good as free.
    """
    if one is other:
        return (), (), len(one)
    begin = _common(one, other)
    one, other = one[begin:], other[begin:]
    end = _common(one[::-1], other[::-1])
    return one[: len(one) - end], other[: len(other) - end], begin


def _common(one: Sequence[object], other: Sequence[object]) -> int:
    """With how many equal items two tuples begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low
