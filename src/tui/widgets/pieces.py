"""Lines of the screen made of pieces of text, each in a style role of `looks`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from rich.segment import Segment
from textual.strip import Strip

from tui.widgets.cells import cut
from tui.widgets.looks import Look

GUTTER = 1  # the cell of a list that the cursor's sign stands in
AIR = 1  # cells of it left free at the right


class Piece(NamedTuple):
    """Text with one style role of `looks`; it must be one visible line already."""

    text: str
    role: str = ""


Line = Sequence[Piece]


def fitted(line: Line, cells: int) -> list[Piece]:
    """The pieces that have room in so many cells, the last one shortened."""
    found: list[Piece] = []
    left = cells
    for piece in line:
        text = cut(piece.text, left)
        if text:
            found.append(Piece(text, piece.role))
            left -= Segment(text).cell_length
        if left <= 0 or text != piece.text:
            break
    return found


def strip_of(line: Line, cells: int, look: Look, background: str = "") -> Strip:
    """One line of the screen, exactly so many cells wide; `background` is a role below all."""
    segments = [
        Segment(piece.text, look.style(f"{background} {piece.role}" if background else piece.role))
        for piece in fitted(line, cells)
    ]
    return Strip(segments).adjust_cell_length(cells, look.style(background) if background else None)


class Drawn(NamedTuple):
    """What a line of the screen shows: equal ones look alike.

    `sign` stands in front of a row's line; `background` is a role below all.
    """

    line: tuple[Piece, ...]
    sign: Piece | None = None
    background: str = ""

    def pieces(self, width: int) -> Line:
        """The pieces that have room in so many cells, the sign among them."""
        if self.sign is None:
            return self.line
        return (self.sign, *fitted(self.line, width - GUTTER - AIR))
