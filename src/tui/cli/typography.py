"""Text fitted to a terminal: tables without a frame, wrapped lines, a dim voice for what is aside.

Widths are cells (a Hangul syllable has two). Into a pipe nothing is cut, wrapped or coloured.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass

from wcwidth import iter_graphemes, wcswidth

from tui.cli.output import on_terminal
from tui.model.visible import visible

GAP = "  "
READABLE = 100  # running text is not set wider than this
_NARROWEST = 20
_STYLES = {"dim": "2", "bold": "1"}


def terminal_width() -> int | None:
    """Cells across the terminal, or None where there is none and nothing need be fitted."""
    return max(_NARROWEST, shutil.get_terminal_size().columns) if on_terminal() else None


def styled(text: str, style: str) -> str:
    """The text in a style (`dim`, `bold`) where colours are welcome, else as it is."""
    plain = not on_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain or not text else f"\x1b[{_STYLES[style]}m{text}\x1b[0m"


def one_line(text: object) -> str:
    """A value as one line: white space closed up, nothing in it that acts on a terminal."""
    return visible(" ".join(str(text).split()))


def cells(text: str) -> int:
    """Cells that a visible line takes."""
    return len(text) if text.isascii() else max(0, wcswidth(text))


def cut(text: str, width: int) -> str:
    """A visible line in at most `width` cells, an ellipsis in place of what does not fit."""
    if cells(text) <= width:
        return text
    used, end = 1, 0
    for cluster in iter_graphemes(text):
        used += cells(cluster)
        if used > width:
            break
        end += len(cluster)
    return (text[:end].rstrip() + "…")[: max(width, 0)]


def wrapped(text: str, width: int | None, indent: str = "") -> list[str]:
    """A text as lines of at most `width` cells, each after `indent`, broken at blanks.

    A word wider than a line is cut into pieces between graphemes.
    """
    line = one_line(text)
    if width is None:
        return [indent + line] if line else []
    room = max(8, min(width, READABLE) - len(indent))
    found: list[str] = []
    current = ""
    for word in line.split(" "):
        if current and cells(current) + 1 + cells(word) <= room:
            current += " " + word
            continue
        if current:
            found.append(current)
        *whole, current = _pieces(word, room)
        found += whole
    return [indent + part for part in (*found, current) if part]


def _pieces(word: str, room: int) -> list[str]:
    if cells(word) <= room:
        return [word]
    found = [""]
    for cluster in iter_graphemes(word):
        if found[-1] and cells(found[-1]) + cells(cluster) > room:
            found.append("")
        found[-1] += cluster
    return found


@dataclass(frozen=True)
class Column:
    """One column of a table. A flexible one gives way where the terminal is narrow."""

    title: str
    flexible: bool = False
    right: bool = False
    dim: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> str:
    """The rows under their titles, fitted to the terminal; columns that are all empty are left out.

    The empty string if there are no rows.
    """
    lines = [[one_line(value) for value in row] for row in rows]
    kept = [i for i in range(len(columns)) if any(line[i] for line in lines)]
    shown = [columns[i] for i in kept]
    lines = [[line[i] for i in kept] for line in lines]
    if not shown:
        return ""
    everything = [[column.title for column in shown], *lines]
    natural = [max(cells(line[i]) for line in everything) for i in range(len(shown))]
    widths = _fitted(shown, natural, terminal_width())
    head = styled(_row(shown, everything[0], widths, plain=True), "dim")
    return "".join(f"{line}\n" for line in (head, *(_row(shown, x, widths) for x in lines)))


def _fitted(columns: Sequence[Column], natural: list[int], width: int | None) -> list[int]:
    """Widths that fit: the widest flexible column gives way first, down to eight cells."""
    widths = list(natural)
    if width is None:
        return widths
    over = sum(widths) + len(GAP) * (len(widths) - 1) - width
    flexible = [i for i, column in enumerate(columns) if column.flexible]
    while over > 0 and flexible:
        widest = max(flexible, key=lambda i: widths[i])
        if widths[widest] <= 8:
            break
        widths[widest] -= 1
        over -= 1
    return widths


def _row(
    columns: Sequence[Column], line: Sequence[str], widths: Sequence[int], *, plain: bool = False
) -> str:
    found: list[str] = []
    for i, (column, text, width) in enumerate(zip(columns, line, widths, strict=True)):
        shown = cut(text, width)
        blanks = " " * (width - cells(shown))
        if column.dim and not plain:
            shown = styled(shown, "dim")
        last = i == len(columns) - 1
        found.append(blanks + shown if column.right else shown if last else shown + blanks)
    return GAP.join(found).rstrip()
