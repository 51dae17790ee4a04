"""Text fitted to a terminal: tables without a frame, wrapped lines, a dim voice for what is aside.

Widths are cells (a Hangul syllable has two). Into a pipe nothing is cut, wrapped or coloured.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

from msgspec import Struct
from wcwidth import iter_graphemes, wcswidth

from tui.cli.output import on_terminal
from tui.model.visible import visible

GAP = "  "
READABLE = 100  # running text is not set wider than this
_NARROWEST = 20
_LEAST = 12  # cells that a flexible column keeps as long as there is something else to leave out
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
    room = max(2, min(width, READABLE) - len(indent))
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


class Column(Struct, frozen=True):
    """One column of a table.

    Where the terminal is narrow a flexible one gives way; then spare ones are left out.
    """

    title: str
    flexible: bool = False
    spare: bool = False
    right: bool = False
    dim: bool = False


def table(columns: Sequence[Column], rows: Sequence[Sequence[object]]) -> str:
    """The rows under their titles, fitted to the terminal; columns that are all empty are left out.

    The empty string if there are no rows.
    """
    lines = [[one_line(value) for value in row] for row in rows]
    if not lines:
        return ""
    everything = [[column.title for column in columns], *lines]
    widths = {
        i: max(cells(line[i]) for line in everything)
        for i in range(len(columns))
        if any(line[i] for line in lines)
    }
    width = terminal_width()
    if width is not None:
        widths = _fitted(columns, widths, width)
    shown = [columns[i] for i in widths]
    drawn = [[line[i] for i in widths] for line in everything]
    head = styled(_row(shown, drawn[0], [*widths.values()], plain=True), "dim")
    drawn_rows = (_row(shown, line, [*widths.values()]) for line in drawn[1:])
    return "".join(f"{line}\n" for line in (head, *drawn_rows))


def _fitted(columns: Sequence[Column], widths: dict[int, int], width: int) -> dict[int, int]:
    """Widths that fit, by number of column: the widest flexible one gives way first."""
    found = dict(widths)
    while (over := sum(found.values()) + len(GAP) * (len(found) - 1) - width) > 0:
        flexible = [i for i in found if columns[i].flexible and found[i] > _LEAST]
        spare = [i for i in found if columns[i].spare]
        if flexible:
            widest = max(flexible, key=lambda i: found[i])
            found[widest] -= 1
        elif spare:
            del found[spare[0]]
            # What is left may have its room back.
            found |= {i: widths[i] for i in found}
        else:
            last = max(found, key=lambda i: found[i])
            found[last] = max(1, found[last] - over)
            break
    return found


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
