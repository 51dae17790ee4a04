"""The rows of the annotation panel side by side with what is asked of all of them at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from tui.model.views import Placed, text_order
from tui.widgets.annotation_rows import Row

UNKNOWN = -1  # the height of a row that was not drawn yet


class Sheet:
    """Rows in text order, those of the article first. Offsets are code points.

    The rows of one highlight can be replaced at the cost of that highlight: the sheet is then the
    same as one made of all rows anew.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows: list[Row] = list(rows)
        self.keys = [(row.id, row.kind) for row in self.rows]
        self.heights = [UNKNOWN] * len(self.rows)
        self._starts = [row.start for row in self.rows]
        self._ends = [row.end for row in self.rows]
        self._furthest = list(accumulate(self._ends, max))  # the largest end of all up to each
        self._heads = sum(row.highlight is None for row in self.rows)

    def replace(self, highlight: str, rows: Sequence[Row]) -> None:
        """Put these rows, all of one highlight or none, in place of those it has here."""
        if (highlight, "highlight") in self.keys:
            begin = self.keys.index((highlight, "highlight"))
            placed = self.rows[begin].highlight
            end = next(
                (i for i in range(begin, len(self.rows)) if self.rows[i].highlight is not placed),
                len(self.rows),
            )
            self._splice(begin, end, ())
        if rows and rows[0].highlight is not None:
            place = text_order(rows[0].highlight)
            begin = bisect_left(self.rows, place, lo=self._heads, key=_order)
            self._splice(begin, begin, rows)
        self._furthest = list(accumulate(self._ends, max))

    def _splice(self, begin: int, end: int, rows: Sequence[Row]) -> None:
        self.rows[begin:end] = rows
        self.keys[begin:end] = [(row.id, row.kind) for row in rows]
        self.heights[begin:end] = [UNKNOWN] * len(rows)
        self._starts[begin:end] = [row.start for row in rows]
        self._ends[begin:end] = [row.end for row in rows]

    def nearest(self, offset: int, end: int) -> int:
        """The highlight row for a range: the shortest that meets it, else the last before it."""
        index = bisect_right(self._starts, end - 1) - 1
        best: int | None = None
        while index >= 0 and self._furthest[index] > offset:
            row = self.rows[index]
            if row.kind == "highlight" and row.end > offset:
                size = row.end - row.start
                if best is None or size <= self.rows[best].end - self.rows[best].start:
                    best = index
            index -= 1
        if best is not None:
            return best
        before = bisect_right(self._starts, offset) - 1
        while before > 0 and self.rows[before].kind in ("claim", "link"):
            before -= 1
        return max(0, before)


def _order(row: Row) -> tuple[int, int, str]:
    placed: Placed | None = row.highlight
    return text_order(placed) if placed is not None else (-1, 0, "")
