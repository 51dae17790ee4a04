"""All claims as a table: columns fitted to the width, headings with counts, selected rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import cast

from tui.model.ordering import Group
from tui.model.rows import Row, ids_of
from tui.model.told import Told
from tui.widgets.claims_columns import (
    Columns,
    Used,
    columns_of,
    label_line,
    row_line,
    whole_lines,
)
from tui.widgets.headed_list import HeadedList
from tui.widgets.headed_rows import HeadedRows, claim_places, ids_from
from tui.widgets.pieces import Drawn, Line, Piece
from tui.widgets.row_keys import RowKeys
from tui.widgets.told_pieces import heading_lines

Tell = Callable[[Row], Told]


class ClaimsTable(HeadedList):
    """Row ids are ids of claims, kind `claim`; a heading is of kind `group`.

    The claim under the cursor says all of itself. Only visible rows are built, and only what they
    say has to be known.
    """

    EXPANDS = frozenset(("claim",))
    PASSIVE = frozenset(("group",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown = HeadedRows[Group[Row], Row]()
        self._tell: Tell | None = None
        self._used = Used(frozenset())
        self._sort = ""
        self._columns: tuple[int, Columns] | None = None  # width, and what fits it
        self._selected: Collection[str] = ()

    def show(
        self,
        claims: Sequence[Row] | Sequence[Group[Row]],
        sort: str,
        selected: Collection[str],
        used: Used,
        *,
        tell: Tell,
        at: str = "",
    ) -> None:
        """Show claims, or groups of them under headings; `selected` are ids of claims.

        `used` says what they need columns for, `tell` tells one that is seen. The cursor goes to
        the claim with the id `at`, else stays where it is.
        """
        shown = HeadedRows(_parts(claims))
        self._shown, self._selected, self._sort = shown, selected, sort
        self._used, self._columns, self._tell = used, None, tell
        keys = RowKeys(shown, _key_of, partial(claim_places, shown))
        self.set_headed(keys, shown.heads, self._row, at=at)

    def select(self, selected: Collection[str]) -> None:
        """Mark other claims as selected."""
        self._selected = selected
        self._lines.clear()
        self.renew()

    @property
    def told(self) -> Told | None:
        """The claim under the cursor."""
        found = self._shown[self.cursor] if self.cursor < len(self._shown) else None
        if found is None or isinstance(found, Group) or self._tell is None:
            return None
        return self._tell(found)

    @property
    def claims(self) -> Sequence[str]:
        """Ids of the claims that are shown, each once, from the first to the last."""
        return tuple(dict.fromkeys(chain.from_iterable(map(ids_of, self._shown.parts))))

    @property
    def group(self) -> Sequence[str]:
        """Ids of the claims under the heading that the cursor is under; of all without one."""
        before = bisect_left(self._heads, self.cursor)
        found = self._shown[self._heads[before - 1]] if before else None
        return tuple(ids_of(found.rows)) if isinstance(found, Group) else self.claims

    def after(self, gone: Collection[str]) -> str:
        """The next claim from the cursor on that is not among some, else the last before it."""
        return next((name for name in ids_from(self._shown, self.cursor) if name not in gone), "")

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
        assert self._tell is not None
        told = self._tell(shown)
        columns, selected = self._columns_for(width), told.id in self._selected
        if index == self.cursor:
            return whole_lines(told, columns, width, selected)
        return (row_line(told, columns, selected),)


def _parts(
    claims: Sequence[Row] | Sequence[Group[Row]],
) -> Iterator[tuple[Group[Row] | None, Sequence[Row]]]:
    """Groups with their claims, or claims without groups."""
    if claims and isinstance(claims[0], Group):
        yield from ((group, group.rows) for group in cast("Sequence[Group[Row]]", claims))
    else:
        yield None, cast("Sequence[Row]", claims)


def _key_of(row: Group[Row] | Row) -> tuple[str, str]:
    return (row.key, "group") if isinstance(row, Group) else (row.id, "claim")
