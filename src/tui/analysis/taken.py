"""Extents that are taken: what stands in one of them is not read again."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable

from tui.model.spans import Extent


class Taken:
    """Extents that do not overlap, in order; a new one is refused where one of them lies."""

    def __init__(self, extents: Iterable[Extent] = ()) -> None:
        self._extents: list[Extent] = []
        for extent in extents:
            self.take(extent)

    def meets(self, extent: Extent) -> bool:
        """Whether one of them shares a code point with the extent."""
        index = bisect_left(self._extents, extent)
        near = self._extents[max(index - 1, 0) : index + 1]
        return any(other.meets(extent) for other in near)

    def take(self, extent: Extent) -> bool:
        """Adds the extent if it is free, and says whether it was."""
        if self.meets(extent):
            return False
        insort(self._extents, extent)
        return True
