"""The places of what is looked for: a sequence of extents that takes little room for many."""

from __future__ import annotations

from array import array
from collections.abc import Collection, Sequence

from tui.model.made import Made
from tui.model.spans import Extent


class Hits(Made[Extent]):
    """Extents in text order, without overlap: where each begins, and where it ends.

    `complete`: there are no others in the text.
    """

    __slots__ = ("complete", "ends", "starts")

    def __init__(self, spans: Sequence[tuple[int, int]] = (), complete: bool = True) -> None:
        self.starts = array("q", [start for start, _ in spans])
        self.ends = array("q", [end for _, end in spans])
        self.complete = complete

    def __len__(self) -> int:
        return len(self.starts)

    def _made(self, index: int) -> Extent:
        return Extent(self.starts[index], self.ends[index])

    def without(self, indexes: Collection[int]) -> Hits:
        """All but those with these indexes."""
        gone = frozenset(indexes)
        kept = [index for index in range(len(self)) if index not in gone]
        return Hits([(self.starts[index], self.ends[index]) for index in kept], self.complete)
