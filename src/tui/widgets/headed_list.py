"""A long list of rows of one height under headings: where a row is, is worked out, not kept."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from tui.widgets.cells import one_line
from tui.widgets.pieces import Piece
from tui.widgets.row_keys import Key
from tui.widgets.rows import Build, RowList


class HeadedList(RowList):
    """Rows are of one height but for that of the cursor; headings are of a kind of `PASSIVE`.

    A record may have several rows. There is no heading without a row below it, and all but the
    first have a blank line above them.
    """

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="")
        self._heads: Sequence[int] = ()  # rows that are headings
        self._row_lines: Callable[[int], int] = _one
        self._head_lines = 1

    def set_headed(
        self,
        rows: Sequence[Key],
        heads: Sequence[int],
        build: Build,
        *,
        plain: Callable[[int], int] | None = None,
        head_lines: int = 1,
        at: str = "",
    ) -> None:
        """Show rows, of which `heads` are headings of so many lines, without the blank one.

        `plain` gives the lines of any other row for a width in cells, one if it is not given. The
        cursor goes to the row with the id `at`, else stays where it is.
        """
        self._heads = heads
        self._row_lines, self._head_lines = plain or _one, head_lines
        self.set_rows(rows, build, height=1, at=at)  # which it has one by one is known here

    def say(self, title: str, facts: Sequence[str], empty: str) -> None:
        """The line above the rows, and what stands there where there is none."""
        words = "".join(f" · {one_line(fact)}" for fact in facts if fact)
        self.set_heading((Piece(f" {title}", "strong"), Piece(words, "dim")))
        self.set_empty(empty)

    @property
    def place(self) -> tuple[int, int]:
        """Which of the rows that are no headings has the cursor, from 1 on, and how many are."""
        before = bisect_left(self._heads, self.cursor)
        return self.cursor + 1 - before, len(self._keys) - len(self._heads)

    def next_heading(self, step: int) -> bool:
        """Move the cursor to the first row under the next heading, or under the one before."""
        here = self.cursor - 1  # the heading of the cursor's row, if it is the first one below it
        if step > 0:
            ahead = self._heads[bisect_right(self._heads, here) :][:1]
        else:
            ahead = self._heads[: bisect_left(self._heads, here)][-1:]
        return bool(ahead) and self.to(ahead[0] + 1)

    def _resize_rows(self, *indices: int) -> None:
        super()._resize_rows(*indices)
        self._extend()

    def _more(self) -> int:
        """The lines that the row of the cursor has more than another one."""
        if not self._keys:
            return 0
        return len(self._lines_of(self.cursor)) - self._row_lines(self._cells)

    def _top(self, index: int) -> int:
        heads = bisect_left(self._heads, index)
        top = (index - heads) * self._row_lines(self._cells)
        top += heads * (self._head_lines + 1) - bool(heads)
        return top + self._more() if index > self.cursor else top

    def _row_at(self, line: int) -> int:
        plain, last = self._row_lines(self._cells), len(self._keys) - 1
        behind = line - self._top(self.cursor) - plain  # as if that row were like all others
        if behind >= 0:
            line -= min(behind + 1, self._more())
        heads = bisect_right(range(len(self._heads)), line, key=self._plain_top)
        if not heads:
            return max(0, min(line // plain, last))
        inside = line - self._plain_top(heads - 1) - self._head_lines - (heads > 1)
        return max(0, min(self._heads[heads - 1] + max(0, inside // plain + 1), last))

    def _plain_top(self, head: int) -> int:
        """The line that a heading begins with, its blank one, if no row had the cursor."""
        rows = (self._heads[head] - head) * self._row_lines(self._cells)
        return rows + head * (self._head_lines + 1) - bool(head)


def _one(_width: int) -> int:
    return 1
