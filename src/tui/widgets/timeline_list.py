"""The claims of a timeline under their periods, or what they count as bars over time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from tui.model.figures import Points, Series
from tui.model.made import Made
from tui.model.rows import Row
from tui.model.timeline import Period
from tui.model.told import Gist, Told
from tui.widgets.headed_list import HeadedList
from tui.widgets.headed_rows import HeadedRows, claim_places
from tui.widgets.pieces import Line
from tui.widgets.row_keys import RowKeys
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

_SERIES = 2  # lines of the heading of a series


class _Head(NamedTuple):
    """What stands over claims or figures: words, how many there are, the series if it is one."""

    key: str
    name: str
    rows: int
    series: int = -1


class _Figure(NamedTuple):
    """One of a series, by its number."""

    points: Points
    number: int
    series: int


class _Figures(Made[_Figure]):
    """All of a series."""

    def __init__(self, points: Points, series: int) -> None:
        self.points = points
        self._series = series

    def __len__(self) -> int:
        return len(self.points)

    def _made(self, index: int) -> _Figure:
        return _Figure(self.points, index, self._series)


class TimelineList(HeadedList):
    """Row ids are ids of claims, kind `claim` or `figure`; a heading is of kind `period`.

    The claim under the cursor says all of itself. Only visible rows are built.
    """

    EXPANDS = frozenset(("claim",))
    PASSIVE = frozenset(("period",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._shown: Sequence[_Head | Row | _Figure] = ()
        self._tell: Callable[[Row], Told] | None = None
        self._series: Sequence[Series] = ()
        self._columns: dict[tuple[int, int], Columns] = {}  # by series and width

    def show(
        self, periods: Sequence[Period[Row]], *, tell: Callable[[Row], Told], at: str = ""
    ) -> None:
        """Show claims, of which `tell` tells those that are seen.

        The cursor goes to the one with the id `at`, else stays where it is.
        """
        shown = HeadedRows(
            (_Head(f"period {period.iso}", period.name, len(period.rows)), period.rows)
            for period in periods
        )
        self._shown, self._tell = shown, tell
        rows = RowKeys(shown, _key_of, partial(claim_places, shown))
        self.set_headed(rows, shown.heads, self._claim_at, plain=claim_height, at=at)

    def show_figures(self, series: Sequence[Series], *, at: str = "") -> None:
        """Show figures, those of a series on one scale; the cursor goes to the first of claim `at`.

        If that has none it goes to the first of all; without an `at` it stays where it is.
        """
        self._series = series
        self._columns.clear()
        self._shown = shown = HeadedRows(
            (
                _Head(f"series {number}", each.name, len(each.points), number),
                _Figures(each.points, number),
            )
            for number, each in enumerate(series)
        )
        keys = RowKeys(shown, _key_of, partial(_figure_places, shown))
        self.set_headed(
            keys, shown.heads, self._figure_at, plain=figure_height, head_lines=_SERIES, at=at
        )
        if at and self.index_of(at) is None:
            self.to(0, notify=False)

    # building rows

    def _claim_at(self, index: int, width: int) -> Sequence[Line]:
        shown = self._shown[index]
        if isinstance(shown, _Head):
            return _heading(heading_lines(shown.name, shown.rows), index)
        assert isinstance(shown, (Gist, Told))
        assert self._tell is not None
        return claim_lines(self._tell(shown), width, whole=index == self.cursor)

    def _figure_at(self, index: int, width: int) -> Sequence[Line]:
        shown = self._shown[index]
        if isinstance(shown, _Head):
            series = self._series[shown.series]
            columns = self._columns_of(shown.series, width)
            return _heading(series_lines(shown.name, shown.rows, series.scale, columns), index)
        assert isinstance(shown, _Figure)
        series, columns = self._series[shown.series], self._columns_of(shown.series, width)
        return figure_lines(shown.points[shown.number], series.scale, columns, width)

    def _columns_of(self, series: int, width: int) -> Columns:
        found = self._columns.get((series, width))
        if found is None:
            found = columns_of(self._series[series].cells, width)
            self._columns[series, width] = found
        return found


def _key_of(row: _Head | Row | _Figure) -> tuple[str, str]:
    if isinstance(row, _Head):
        return row.key, "period"
    if isinstance(row, _Figure):
        return row.points.claim(row.number), "figure"
    return row.id, "claim"


def _figure_places(shown: HeadedRows[_Head, _Figure], claim: str) -> Iterator[int]:
    """Where the figures of a claim stand."""
    for part, figures in enumerate(shown.parts):
        assert isinstance(figures, _Figures)
        for inside in figures.points.places(claim):
            yield shown.place(part, inside)


def _heading(lines: Sequence[Line], index: int) -> Sequence[Line]:
    """The lines of a heading, the first one of all without a blank line above it."""
    return lines if index else lines[1:]
