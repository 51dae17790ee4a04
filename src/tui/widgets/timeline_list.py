"""The claims of a timeline under their periods, or what they count as bars over time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from tui.model.figures import Point, Scale, Series, scale_of
from tui.model.timeline import Period
from tui.model.told import Told
from tui.widgets.cells import one_line
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList
from tui.widgets.timeline_rows import (
    Columns,
    claim_height,
    claim_lines,
    columns_of,
    figure_height,
    figure_lines,
    series_lines,
)
from tui.widgets.told_pieces import heading_lines


class _Head(NamedTuple):
    """What stands over claims or figures: words, how many there are, the series if it is one."""

    name: str
    rows: int
    series: int = -1


class _Figure(NamedTuple):
    point: Point
    series: int


class TimelineList(RowList):
    """Row ids are ids of claims, kind `claim` or `figure`; a heading is of kind `period`.

    The claim under the cursor says all of itself. Only visible rows are built.
    """

    EXPANDS = frozenset(("claim",))
    PASSIVE = frozenset(("period",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="")
        self._shown: Sequence[_Head | Told | _Figure] = ()
        self._series: Sequence[Series] = ()
        self._scales: Sequence[Scale] = ()
        self._columns: dict[tuple[int, int], Columns] = {}  # by series and width
        self._heads: list[int] = []  # rows that are headings

    def show(self, periods: Sequence[Period], *, at: str = "") -> None:
        """Show claims; the cursor goes to the one with the id `at`, else stays where it is."""
        shown: list[_Head | Told | _Figure] = []
        keys: list[tuple[str, str]] = []
        for period in periods:
            shown.append(_Head(period.name, len(period.rows)))
            keys.append((f"period {period.iso}", "period"))
            shown += period.rows
            keys += [(row.claim.id, "claim") for row in period.rows]
        self._shown, self._heads = shown, _heads_of(keys)
        self.set_rows(keys, self._claim_at, heights=self._claim_heights, at=at)

    def show_figures(self, series: Sequence[Series], *, at: str = "") -> None:
        """Show figures, those of a series on one scale; the cursor goes to the first of claim `at`.

        If that has none it goes to the first of all; without an `at` it stays where it is.
        """
        self._series = series
        self._scales = [scale_of(each.points) for each in series]
        self._columns.clear()
        shown: list[_Head | Told | _Figure] = []
        keys: list[tuple[str, str]] = []
        for number, each in enumerate(series):
            shown.append(_Head(each.name, len(each.points), number))
            keys.append((f"series {number}", "period"))
            shown += [_Figure(point, number) for point in each.points]
            keys += [(point.told.claim.id, "figure") for point in each.points]
        self._shown, self._heads = shown, _heads_of(keys)
        self.set_rows(keys, self._figure_at, heights=self._figure_heights, at=at)
        if at and self.index_of(at) is None:
            self.to(0, notify=False)

    def say(self, title: str, facts: Sequence[str], empty: str) -> None:
        """The line above the rows, and what stands there where there is none."""
        words = "".join(f" · {one_line(fact)}" for fact in facts if fact)
        self.set_heading((Piece(f" {title}", "strong"), Piece(words, "dim")))
        self.set_empty(empty)

    @property
    def place(self) -> tuple[int, int]:
        """Which of the claims or figures has the cursor, from 1 on, and how many there are."""
        before = bisect_left(self._heads, self.cursor)
        return self.cursor + 1 - before, len(self._keys) - len(self._heads)

    def next_period(self, step: int) -> bool:
        """Move the cursor to the first row of the next period or series, or the one before."""
        firsts = [index + 1 for index in self._heads]  # there is no heading without a row
        ahead = [i for i in firsts if (i > self.cursor if step > 0 else i < self.cursor)]
        return bool(ahead) and self.to(ahead[0] if step > 0 else ahead[-1])

    # building rows

    def _claim_at(self, index: int, width: int) -> Sequence[Line]:
        shown = self._shown[index]
        if isinstance(shown, _Head):
            return _heading(heading_lines(shown.name, shown.rows), index)
        assert isinstance(shown, Told)
        return claim_lines(shown, width, whole=index == self.cursor)

    def _claim_heights(self, width: int) -> Iterator[int]:
        plain = claim_height(width)
        for index, (_, kind) in enumerate(self._keys):
            if kind == "period":
                yield 2 if index else 1
            else:
                yield len(self._lines_of(index)) if index == self.cursor else plain

    def _figure_at(self, index: int, width: int) -> Sequence[Line]:
        shown = self._shown[index]
        if isinstance(shown, _Head):
            scale = self._scales[shown.series]
            columns = self._columns_of(shown.series, width)
            return _heading(series_lines(shown.name, shown.rows, scale, columns), index)
        assert isinstance(shown, _Figure)
        scale, columns = self._scales[shown.series], self._columns_of(shown.series, width)
        return figure_lines(shown.point, scale, columns, width)

    def _figure_heights(self, width: int) -> Iterator[int]:
        plain = figure_height(width)
        for index, (_, kind) in enumerate(self._keys):
            yield plain if kind == "figure" else 3 if index else 2

    def _columns_of(self, series: int, width: int) -> Columns:
        found = self._columns.get((series, width))
        if found is None:
            found = columns_of(self._series[series].points, width)
            self._columns[series, width] = found
        return found


def _heads_of(keys: Sequence[tuple[str, str]]) -> list[int]:
    return [index for index, (_, kind) in enumerate(keys) if kind == "period"]


def _heading(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """The lines of a heading, the first one of all without a blank line above it."""
    return lines if index else lines[1:]
