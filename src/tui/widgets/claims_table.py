"""All claims as a table: columns fitted to the width, headings with counts, selected rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from tui.model.ordering import Group
from tui.model.told import Told
from tui.widgets.cells import one_line
from tui.widgets.claims_columns import (
    Columns,
    Used,
    columns_of,
    label_line,
    row_line,
    used_by,
    whole_lines,
)
from tui.widgets.pieces import Drawn, Line, Piece
from tui.widgets.row_keys import RowKeys
from tui.widgets.rows import RowList
from tui.widgets.told_pieces import heading_lines


class ClaimsTable(RowList):
    """Row ids are ids of claims, kind `claim`; a heading is of kind `group`.

    The claim under the cursor says all of itself. Only visible rows are built.
    """

    EXPANDS = frozenset(("claim",))
    PASSIVE = frozenset(("group",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="")
        self._shown: Sequence[Group | Told] = ()
        self._heads: list[int] = []  # rows that are headings
        self._rows: RowKeys[Group | Told] = RowKeys((), _key_of)
        self._used = Used(frozenset())
        self._sort = ""
        self._columns: tuple[int, Columns] | None = None  # width, and what fits it
        self._selected: Collection[str] = ()

    def show(
        self,
        claims: Sequence[Told] | Sequence[Group],
        sort: str,
        selected: Collection[str],
        *,
        used: Used | None = None,
        at: str = "",
    ) -> None:
        """Show claims, or groups of them under headings; `selected` are ids of claims.

        `used` says what they need columns for, where that is known.

        The cursor goes to the claim with the id `at`, else stays where it is.
        """
        shown: Sequence[Group | Told] = claims
        heads: list[int] = []
        if claims and isinstance(claims[0], Group):
            shown = []
            for each in claims:
                heads.append(len(shown))
                shown.append(each)
                shown += each.rows if isinstance(each, Group) else ()
        self._shown, self._selected, self._sort = shown, selected, sort
        self._heads = heads
        told = (each for each in shown if isinstance(each, Told))
        self._used = used_by(list(told)) if used is None else used
        self._columns = None
        self._rows = RowKeys(shown, _key_of)
        self.set_rows(self._rows, self._row, heights=self._row_heights, at=at)

    def index_of(self, record_id: str) -> int | None:
        """The index of a row of a claim, or of a heading."""
        return self._rows.place_of(record_id, self.cursor)

    def _index_of_key(self, wanted: tuple[str, str]) -> int | None:
        return self.index_of(wanted[0])

    def select(self, selected: Collection[str]) -> None:
        """Mark other claims as selected."""
        self._selected = selected
        self._lines.clear()
        self.renew()

    def say(self, title: str, facts: Sequence[str], empty: str) -> None:
        """The line above the rows, and what stands there where there is none."""
        words = "".join(f" · {one_line(fact)}" for fact in facts if fact)
        self.set_heading((Piece(f" {title}", "strong"), Piece(words, "dim")))
        self.set_empty(empty)

    @property
    def told(self) -> Told | None:
        """The claim under the cursor."""
        return self._told(self.cursor)

    def _told(self, index: int) -> Told | None:
        found = self._shown[index] if index < len(self._shown) else None
        return found if isinstance(found, Told) else None

    @property
    def place(self) -> tuple[int, int]:
        """Which of the rows with claims has the cursor, from 1 on, and how many there are."""
        before = bisect_left(self._heads, self.cursor)
        return self.cursor + 1 - before, len(self._shown) - len(self._heads)

    @property
    def claims(self) -> Sequence[str]:
        """Ids of the claims that are shown, each once, from the first to the last."""
        return tuple(dict.fromkeys(name for name, kind in self._keys if kind == "claim"))

    @property
    def group(self) -> Sequence[str]:
        """Ids of the claims under the heading that the cursor is under; of all without one."""
        before = bisect_left(self._heads, self.cursor)
        found = self._shown[self._heads[before - 1]] if before else None
        return (
            tuple(row.claim.id for row in found.rows) if isinstance(found, Group) else self.claims
        )

    def after(self, gone: Collection[str]) -> str:
        """The next claim from the cursor on that is not among some, else the last before it."""
        below = range(self.cursor, len(self._keys))
        for index in (*below, *range(self.cursor - 1, -1, -1)):
            name, kind = self._keys[index]
            if kind == "claim" and name not in gone:
                return name
        return ""

    def next_group(self, step: int) -> bool:
        """Move the cursor to the first claim of the next heading, or of the one before."""
        firsts = [index + 1 for index in self._heads]  # there is no heading without a claim
        ahead = [i for i in firsts if (i > self.cursor if step > 0 else i < self.cursor)]
        return bool(ahead) and self.to(ahead[0] if step > 0 else ahead[-1])

    # building rows

    @property
    def _head(self) -> int:
        """The title, and below it what the columns hold."""
        return 1 + bool(self._keys) if self._heading else 0

    def _line(self, y: int, seen: int, width: int) -> Drawn:
        if y == 1 and self._keys and self._heading:
            labels = label_line(self._columns_for(self._cells), self._sort)
            return Drawn(tuple(labels), Piece(" "))
        return super()._line(y, seen, width)

    def _columns_for(self, width: int) -> Columns:
        if self._columns is None or self._columns[0] != width:
            self._columns = width, columns_of(self._used, width)
        return self._columns[1]

    def _row(self, index: int, width: int) -> Sequence[Line]:
        shown = self._shown[index]
        if isinstance(shown, Group):
            lines = heading_lines(shown.name, len(shown.rows))
            return lines if index else lines[1:]
        columns, selected = self._columns_for(width), shown.claim.id in self._selected
        if index == self.cursor:
            return whole_lines(shown, columns, width, selected)
        return (row_line(shown, columns, selected),)

    # Where the rows are: a line each, but that of the cursor, and headings with a blank line above

    def _row_heights(self, _width: int) -> Iterator[int]:
        return iter(())

    def _resize_rows(self, *indices: int) -> None:
        super()._resize_rows(*indices)
        self._extend()

    def _top(self, index: int) -> int:
        blank = max(0, bisect_left(self._heads, index) - 1)
        more = len(self._lines_of(self.cursor)) - 1 if index > self.cursor else 0
        return index + blank + more

    def _row_at(self, line: int) -> int:
        rows = len(self._keys)
        return max(0, min(bisect_right(range(rows), line, key=self._top) - 1, rows - 1))


def _key_of(row: Group | Told) -> tuple[str, str]:
    return (row.claim.id, "claim") if isinstance(row, Told) else (row.key, "group")
