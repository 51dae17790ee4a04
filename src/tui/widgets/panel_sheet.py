"""The rows of the annotation panel side by side with what is asked of all of them at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence

from tui.model.views import Placed, text_order
from tui.widgets.annotation_rows import Row
from tui.widgets.overlaps import Ends
from tui.widgets.proposal_rows import PROPOSAL, row_order
from tui.widgets.proposed_link_rows import PROPOSED_LINK
from tui.widgets.rows import Splice

LINKING = ("link", PROPOSED_LINK)


class Sheet:
    """Rows in text order, those of the article first. Offsets are code points.

    The rows of one highlight can be replaced at the cost of that highlight: the sheet is then the
    same as one made of all rows anew.
    """

    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self.rows: list[Row] = list(rows)
        self.kinds = Counter(row.kind for row in self.rows)
        self._starts = [row.start for row in self.rows]
        self._ends = Ends(row.end for row in self.rows)
        self._heads = self.kinds["article"]
        self._highlights: dict[str, Placed] = {}  # of the rows of highlights and claims, by id
        self._enter(self.rows)

    def _enter(self, rows: Iterable[Row]) -> None:
        for row in rows:
            if row.highlight is not None and row.kind not in LINKING:  # may be under two of them
                self._highlights[row.id] = row.highlight

    def index_of(self, record_id: str) -> int | None:
        """The index of the first row with this id."""
        placed = self._highlights.get(record_id)
        begin, end = (0, len(self.rows)) if placed is None else self._rows_of(placed)
        return next((i for i in range(begin, end) if self.rows[i].id == record_id), None)

    def _rows_of(self, placed: Placed) -> tuple[int, int]:
        """Where the rows of a highlight begin and end; where they would, if it has none."""
        begin = end = bisect_left(self.rows, text_order(placed), lo=self._heads, key=row_order)
        while end < len(self.rows) and self.rows[end].highlight is placed:
            end += 1
        return begin, end

    def replace(self, highlight: str, rows: Sequence[Row]) -> list[Splice]:
        """Put these rows, all of one highlight or none, in place of those it has here.

        Says what was done to the rows, in order.
        """
        before = self._highlights.get(highlight)
        now = rows[0].highlight if rows else None
        if before is not None and now is not None and text_order(before) == text_order(now):
            return [self._splice(*self._rows_of(before), rows)]
        found: list[Splice] = []
        if before is not None:
            found.append(self._splice(*self._rows_of(before), ()))
        if now is not None:
            begin, _ = self._rows_of(now)
            found.append(self._splice(begin, begin, rows))
        return found

    def _splice(self, begin: int, end: int, rows: Sequence[Row]) -> Splice:
        gone = self.rows[begin:end]
        for row in gone:
            self._highlights.pop(row.id, None)
        self._enter(rows)
        self.kinds.subtract(row.kind for row in gone)
        self.kinds.update(row.kind for row in rows)
        self.rows[begin:end] = rows
        self._starts[begin:end] = [row.start for row in rows]
        self._ends.splice(begin, end, [row.end for row in rows])
        return Splice(begin, end, [(row.id, row.kind) for row in rows])

    def nearest(self, offset: int, end: int) -> int:
        """The highlight row for a range: the shortest that meets it, else the last before it."""
        best: int | None = None
        for index in self._ends.reaching(offset, bisect_right(self._starts, end - 1)):
            row = self.rows[index]
            if row.kind in ("highlight", PROPOSAL):
                size = row.end - row.start
                if best is None or size <= self.rows[best].end - self.rows[best].start:
                    best = index
        if best is not None:
            return best
        before = bisect_right(self._starts, offset) - 1
        while before > 0 and self.rows[before].kind in ("claim", *LINKING):
            before -= 1
        return max(0, before)
