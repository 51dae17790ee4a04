"""What lists of claims say of one, in pieces: its time, its standing, its source, its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from tui.model.records import When
from tui.model.told import Told
from tui.model.wording import (
    format_date,
    format_edtf,
    format_quantity,
    format_sources,
    format_time,
    format_when,
)
from tui.widgets.annotation_lines import status_words
from tui.widgets.cells import cut, one_line
from tui.widgets.pieces import Line, Piece

DOT = " · "


def time_of(when: When | None) -> str:
    """A time in a few words; one that was not resolved in its own, which its heading says too."""
    return one_line(format_time(when) or format_when(when)) if when is not None else ""


def sources_of(row: Told) -> str:
    """Who said it, innermost first; the outlet where nobody else is named."""
    return one_line(format_sources(row.claim.chain, row.outlet)) or one_line(row.outlet)


def standing(row: Told) -> Sequence[Piece]:
    """Status, flag and grade of a claim; without a grade the first two."""
    words, role = status_words(row.status)
    found = [Piece(words, role)]
    if row.status.flagged:
        found.append(Piece(" !", "warn"))
    return [*found, Piece(DOT, "dim"), Piece(row.grade, "strong")] if row.grade else found


def apart(left: Sequence[Piece], right: Sequence[Piece], width: int) -> Line:
    """Pieces at the left, shortened if need be, and pieces at the right edge."""
    room = width - cells_of(right) - 1
    if room < 1:
        return (*left,)
    found: list[Piece] = []
    used = 0
    for piece in left:
        text = cut(piece.text, room - used)
        found.append(Piece(text, piece.role))
        used += cell_len(text)
        if text != piece.text:
            break
    return (*found, Piece(" " * (room - used + 1)), *right)


def cells_of(pieces: Sequence[Piece]) -> int:
    """Cells that pieces take one behind the other."""
    return sum(cell_len(piece.text) for piece in pieces)


def facts_of(row: Told, time: str) -> Iterator[str]:
    """What the claim under the cursor says beside its first lines, of which `time` is a part."""
    when = one_line(row.claim.when.text) if row.claim.when is not None else ""
    words = f"“{when}”" if when and when.casefold() not in time.casefold() else ""
    figures = (one_line(format_quantity(quantity)) for quantity in row.claim.quantities)
    yield DOT.join(filter(None, (words, *figures)))
    said = f"said {format_edtf(row.said)}" if row.said else ""
    published = f"published {format_date(row.published[:10])}" if row.published else ""
    yield one_line(DOT.join(filter(None, (said, published, row.outlet, row.title or row.path))))


def heading_lines(name: str, count: int) -> Sequence[Line]:
    """A heading with a blank line above it, and how many claims are under it."""
    return ((), (Piece(one_line(name), "accent"), Piece(f"{DOT}{count:,}", "dim")))
