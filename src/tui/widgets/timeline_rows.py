"""A claim, a figure and a period of the timeline as lines of so many cells."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from rich.cells import cell_len

from tui.model.figures import Point, Scale
from tui.model.records import Claim
from tui.model.told import Told
from tui.model.wording import format_quantity
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.told_pieces import (
    DOT,
    apart,
    cells_of,
    facts_of,
    heading_lines,
    sources_of,
    standing,
    time_of,
)

WIDE = 56  # cells from which a claim has two lines, ...
ROOMY = 92  # ... and a figure one
NO_TIME = "no time known"
_INDENT = "  "
_STATEMENT = 12  # lines of the statement of the claim under the cursor
_ASIDE = 3  # lines of where it stands
_LEAST = 24  # cells that a statement keeps beside a figure
_LABEL = 26  # cells of the time of a figure on one line with its bar
_BAR = 8  # cells that a bar has at least
_BARS = 36  # and at most


def claim_height(width: int) -> int:
    """Lines of a claim that has no cursor."""
    return 2 if width >= WIDE else 3


def claim_lines(row: Told, width: int, *, whole: bool = False) -> Sequence[Line]:
    """A claim: time, source, status, grade; what it says; its figures where there is room.

    The `whole` one says all of that, when it was said, and where it stands.
    """
    wide = width >= WIDE
    sources = sources_of(row)
    time = time_of(row.claim.when)
    status = standing(row)
    head = [Piece(time, "strong")] if time else []
    if wide and sources:
        head += [Piece(DOT, "dim"), Piece(sources)] if time else [Piece(sources)]
    found = [apart(head, status, width)]
    cut_short = sources and cells_of(head) + cells_of(status) >= width
    room = width - len(_INDENT)
    statement = one_line(row.claim.statement)
    if not whole:
        found.append(_said_and_counted(row.claim, statement, room))
    else:
        lines = wrapped(statement, room, _STATEMENT) or [""]
        found += [(Piece(_INDENT), Piece(line)) for line in lines]
    if not wide or (whole and cut_short):
        lines = wrapped(sources, room, _ASIDE) if whole else [cut(sources, room)]
        found += [(Piece(_INDENT), Piece(line, "dim")) for line in lines or [""]]
    if whole:
        for fact in filter(None, facts_of(row, time)):
            found += [(Piece(_INDENT), Piece(line, "dim")) for line in wrapped(fact, room, _ASIDE)]
    return found


def _said_and_counted(claim: Claim, statement: str, room: int) -> Line:
    """What a claim says, on one line, and what it counts at the end of it."""
    figures = [one_line(text) for text in map(format_quantity, claim.quantities) if text]
    more = f" +{len(figures) - 1}" if len(figures) > 1 else ""
    figure = f"{cut(figures[0], room // 2 - len(more))}{more}" if figures else ""
    if not figure or room - cell_len(figure) - 2 < _LEAST:
        return (Piece(_INDENT), Piece(cut(statement, room)))
    words = cut(statement, room - cell_len(figure) - 2)
    gap = " " * (room - cell_len(words) - cell_len(figure))
    return (Piece(_INDENT), Piece(words), Piece(gap), Piece(figure, "accent"))


class Columns(Struct, frozen=True):
    """How the figures of a series stand: the cells of their times, numbers and bars.

    Without a cell for times these stand on a line of their own below.
    """

    time: int
    number: int
    bar: int


def figure_height(width: int) -> int:
    """Lines of a figure."""
    return 1 if width >= ROOMY else 2


def figure_cells(point: Point) -> tuple[int, int]:
    """Cells of the number of a figure, and of its time."""
    return cell_len(one_line(point.words)), cell_len(_time(point))


def columns_of(most: Sequence[int], width: int) -> Columns:
    """The columns of a series for a width in cells; `most` are the `figure_cells` that it has."""
    number, time = most
    if width < ROOMY:
        number = min(number, max(1, width - len(_INDENT) - 2 - _BAR))
        return Columns(0, number, max(0, min(_BARS, width - len(_INDENT) - number - 2)))
    time = min(_LABEL, time)
    number = min(number, width // 3)
    rest = width - len(_INDENT) - time - number - 6
    return Columns(time, number, max(_BAR, min(_BARS, rest * 2 // 5)))


def series_lines(name: str, count: int, scale: Scale, columns: Columns) -> Sequence[Line]:
    """The heading of a series: what is counted, how many there are, and the scale of its bars."""
    before = len(_INDENT) + columns.number + 2 + (columns.time + 2 if columns.time else 0)
    axis = Piece(f"{' ' * before}{scale.axis(columns.bar)}", "dim")
    return (*heading_lines(name, count), (axis,))


def figure_lines(point: Point, scale: Scale, columns: Columns, width: int) -> Sequence[Line]:
    """One figure: its number and bar, the time it is for, who said it, and its status."""
    number = cut(one_line(point.words), columns.number)
    number = f"{' ' * (columns.number - cell_len(number))}{number}"
    bar = scale.bar(point.quantity, columns.bar)
    row = point.told
    sources = sources_of(row)
    time = _time(point)
    if not columns.time:
        first = (Piece(_INDENT), Piece(number, "strong"), Piece("  "), Piece(bar, "accent"))
        return (first, _figure_aside(f"{time}{DOT}{sources}", row, width))
    label = cut(time, columns.time)
    begin = (
        Piece(_INDENT),
        Piece(f"{label}{' ' * (columns.time - cell_len(label))}  "),
        Piece(f"{number}  ", "strong"),
        Piece(f"{bar}{' ' * (columns.bar - cell_len(bar))}  ", "accent"),
    )
    return (apart([*begin, Piece(sources, "dim")], standing(row), width),)


def _time(point: Point) -> str:
    return one_line(point.time) or NO_TIME


def _figure_aside(words: str, row: Told, width: int) -> Line:
    """Time and source below a figure, and its status if that is no mere draft."""
    begin = (Piece(_INDENT), Piece(words, "dim"))
    return begin if row.status.name == "draft" else apart(begin, standing(row), width)
