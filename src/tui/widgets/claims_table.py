"""All claims as a table: columns fitted to the width, headings with counts, selected rows."""

from __future__ import annotations

from bisect import bisect_left
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
        at: str = "",
    ) -> None:
        """Show claims, or groups of them under headings; `selected` are ids of claims.

        The cursor goes to the claim with the id `at`, else stays where it is.
        """
        shown: list[Group | Told] = []
        keys: list[tuple[str, str]] = []
        for each in claims:
            shown.append(each)
            if isinstance(each, Told):
                keys.append((each.claim.id, "claim"))
            else:
                keys.append((each.key, "group"))
                shown += each.rows
                keys += [(row.claim.id, "claim") for row in each.rows]
        self._shown, self._selected, self._sort = shown, selected, sort
        self._heads = [index for index, (_, kind) in enumerate(keys) if kind == "group"]
        self._used = used_by([each for each in shown if isinstance(each, Told)])
        self._columns = None
        self.set_rows(keys, self._row, heights=self._row_heights, at=at)

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
        return self.cursor + 1 - before, len(self._keys) - len(self._heads)

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

    def _row_heights(self, _width: int) -> Iterator[int]:
        for index, (_, kind) in enumerate(self._keys):
            if kind == "group":
                yield 2 if index else 1
            else:
                yield len(self._lines_of(index)) if index == self.cursor else 1
