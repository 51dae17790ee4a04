"""Which of many stretches reach into a place, where some of them come, go or move now and then."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate


class Ends:
    """The ends of stretches that are sorted by where they begin. Offsets are code points.

    Beside each stands the furthest end up to it, so that a search back from a place stops where
    nothing reaches so far. A change costs as much as what it changes of that.
    """

    def __init__(self, ends: Iterable[int] = ()) -> None:
        self._ends = list(ends)
        self._furthest = list(accumulate(self._ends, max))

    def splice(self, begin: int, end: int, ends: Sequence[int]) -> None:
        """Put other ends in place of those from `begin` to `end`."""
        self._ends[begin:end] = ends
        self._furthest[begin:end] = ends  # so many; what they are comes now
        furthest = self._furthest[begin - 1] if begin else 0
        for index in range(begin, len(self._ends)):
            furthest = max(furthest, self._ends[index])
            if index >= begin + len(ends) and self._furthest[index] == furthest:
                break  # from here on all are as they were
            self._furthest[index] = furthest

    def reaching(self, offset: int, before: int) -> Iterator[int]:
        """Those that end behind an offset, of the first `before` ones, the last one first."""
        index = before - 1
        while index >= 0 and self._furthest[index] > offset:
            if self._ends[index] > offset:
                yield index
            index -= 1
