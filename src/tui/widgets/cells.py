"""Text cut to cells: one visible line, shortened with an ellipsis, never inside a grapheme."""

from __future__ import annotations

from rich.cells import cell_len

from tui.model.visible import visible

ELLIPSIS = "…"


def one_line(text: str) -> str:
    """The text as one row may show it: white space closed up, nothing that acts on a terminal."""
    return visible(" ".join(text.split()))


def cut(text: str, cells: int) -> str:
    """The text in at most `cells` cells; what does not fit gives way to an ellipsis."""
    if cells <= 0:
        return ""
    if len(text) <= cells and text.isascii():
        return text
    if len(text) < 4 * cells + 64 and cell_len(text) <= cells:
        return text
    return _beginning(text, cells - 1).rstrip() + ELLIPSIS


def _beginning(text: str, cells: int) -> str:
    """As many whole graphemes from the beginning as fit."""
    # A grapheme may have many code points, but a line is not read to its end to find that out.
    head = text[: 8 * max(cells, 0) + 64]
    if head.isascii():
        return head[:cells]
    from wcwidth import iter_graphemes  # takes 10 ms, and plain text never needs it

    used, end = 0, 0
    for cluster in iter_graphemes(head):
        used += cell_len(cluster)
        if used > cells:
            break
        end += len(cluster)
    return head[:end]


def wrapped(text: str, cells: int, lines: int) -> list[str]:
    """The text, already one line, in at most so many lines broken at blanks; the last is cut."""
    found: list[str] = []
    rest = text.strip()
    while rest and len(found) < lines - 1:
        if cells <= 0 or cell_len(rest) <= cells:
            break
        head = _beginning(rest, cells)
        blank = head.rfind(" ")
        if rest[len(head) : len(head) + 1] != " " and blank > 0:
            head = head[:blank]
        if not head:
            break
        found.append(head.rstrip())
        rest = rest[len(head) :].lstrip()
    return [*found, cut(rest, cells)] if rest else found
