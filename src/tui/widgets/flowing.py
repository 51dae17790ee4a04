"""Words of two revisions in lines: what was removed and added, by signs and by style.

Removed words stand between `[-` and `-]`, added ones between `{+` and `+}`, as in GNU wdiff, so
that nothing rests on a colour or on what a terminal can draw.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace
from rich.cells import cell_len

from tui.model.visible import visible
from tui.widgets.cells import wrapped
from tui.widgets.pieces import Piece

SIGNS = {"removed": ("[-", "-]"), "added": ("{+", "+}")}
_ALL = 10_000  # lines that a single word may take


class Compared(Protocol):
    """A part of a comparison: `same`, `removed` or `added`, and its text."""

    @property
    def kind(self) -> str:
        """What became of it."""
        ...

    @property
    def text(self) -> str:
        """Its text."""
        ...


class Word(Struct, frozen=True):
    """A word as it is drawn; `gap`: a blank stands before it. `at` is for whoever made it."""

    text: str
    role: str = ""
    gap: bool = True
    at: int = 0


def words_of(
    bits: Iterable[Compared], at: Iterable[int] = (), roles: Iterable[str] = ()
) -> list[Word]:
    """The words of a comparison, the first and last of a change with its signs.

    `at` and `roles` give for each bit the `at` and a role more of its words.
    """
    found: list[Word] = []
    before, spaced = "", False
    numbers, more = iter(at), iter(roles)
    for bit in bits:
        number, role = next(numbers, 0), next(more, "")
        texts = bit.text.split()
        gap = bit.text[:1].isspace() or spaced or (before == "removed" and bit.kind == "added")
        if texts and bit.kind in SIGNS:
            opening, closing = SIGNS[bit.kind]
            texts[0] = opening + texts[0]
            texts[-1] += closing
        style = bit.kind if bit.kind in SIGNS else ""
        for n, text in enumerate(texts):
            found.append(Word(visible(text), f"{role} {style}".strip(), gap or n > 0, number))
        before, spaced = bit.kind, bit.text[-1:].isspace()
    return found


def flowed(words: Iterable[Word], cells: int) -> Iterator[list[Word]]:
    """The words in lines of at most so many cells; a longer word is broken between graphemes."""
    line: list[Word] = []
    used = 0
    for whole in words:
        word = whole
        size = cell_len(word.text)
        blank = 1 if word.gap and line else 0
        if line and used + blank + size > cells:
            yield line
            line, used, blank = [], 0, 0
        if size > max(1, cells):
            *full, rest = wrapped(word.text, max(1, cells), _ALL)
            yield from ([replace(word, text=part)] for part in full)
            word, size = replace(word, text=rest), cell_len(rest)
        line.append(word)
        used += blank + size
    if line:
        yield line


def pieces_of(line: Sequence[Word]) -> list[Piece]:
    """A line of words as it is drawn: a blank between two of one style has that style too."""
    found: list[Piece] = []
    for role, group in groupby(line, key=lambda word: word.role):
        words = list(group)
        if found and words[0].gap:
            found.append(Piece(" "))
        text = words[0].text + "".join(" " * word.gap + word.text for word in words[1:])
        found.append(Piece(text, role))
    return found
