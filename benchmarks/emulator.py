"""The screen that a terminal would show, of what a Textual program writes.

It knows what such a program uses: cursor positions, colours and styles, erasing. Everything else is
passed over. Rows come out as runs of cells of one style, which `recording` draws.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wcwidth import wcwidth

_TOKENS = re.compile(
    r"\x1b\[(?P<private>[?<>=]?)(?P<numbers>[0-9;:]*)[ -/]*(?P<final>[@-~])"
    r"|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)|\x1b[PX^_].*?\x1b\\|\x1b[()][0-9A-B]|\x1b."
    r"|(?P<text>[^\x00-\x1f\x1b]+)|(?P<control>[\x00-\x1f])",
    re.DOTALL,
)
_UNFINISHED = re.compile(r"\x1b(?:[\[\]PX^_()][^\x07\x40-\x5a\x61-\x7e]*)?$")
_BASIC = (
    *("#000000", "#cd3131", "#0dbc79", "#e5e510", "#2472c8", "#bc3fbc", "#11a8cd", "#e5e5e5"),
    *("#666666", "#f14c4c", "#23d18b", "#f5f543", "#3b8eea", "#d670d6", "#29b8db", "#ffffff"),
)


class Style(NamedTuple):
    """Colours as `#rrggbb`, empty for those of the terminal."""

    ink: str = ""
    paper: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    dim: bool = False
    reverse: bool = False


class Run(NamedTuple):
    """Cells of one style beside each other."""

    column: int
    cells: int
    text: str
    style: Style


PLAIN = Style()
_FLAGS = {1: "bold", 2: "dim", 3: "italic", 4: "underline", 7: "reverse"}
_OFF = {22: ("bold", "dim"), 23: ("italic",), 24: ("underline",), 27: ("reverse",)}


class Screen:
    """Cells by row and column; a wide letter's second cell is empty."""

    def __init__(self, columns: int, rows: int) -> None:
        self.columns, self.rows = columns, rows
        self._cells = [[(" ", PLAIN)] * columns for _ in range(rows)]
        self._row = self._column = 0
        self._style = PLAIN
        self._left = ""

    def feed(self, text: str) -> None:
        """Take what a program writes; what is cut in the middle goes on with the next."""
        text = self._left + text
        cut = _UNFINISHED.search(text)
        self._left = cut[0] if cut else ""
        for token in _TOKENS.finditer(text[: cut.start()] if cut else text):
            if token["text"]:
                self._write(token["text"])
            elif token["control"]:
                self._control(token["control"])
            elif token["final"] and not token["private"]:
                self._sequence(token["final"], token["numbers"])

    def runs(self, row: int) -> Iterator[Run]:
        """A row from left to right; blanks on the terminal's own paper are left out."""
        cells = self._cells[row]
        start = 0
        for column in range(1, self.columns + 1):
            if column == self.columns or cells[column][1] != cells[start][1]:
                text = "".join(letter for letter, _ in cells[start:column])
                style = cells[start][1]
                if text.strip() or style.paper or style.reverse:
                    yield Run(start, column - start, text, style)
                start = column

    def words(self) -> str:
        """What can be read on it, a line a row."""
        return "\n".join("".join(letter for letter, _ in row).rstrip() for row in self._cells)

    def _write(self, text: str) -> None:
        for letter in text:
            width = wcwidth(letter)
            if width <= 0:
                self._combine(letter)
                continue
            if self._column + width > self.columns or self._row >= self.rows:
                return
            row = self._cells[self._row]
            row[self._column] = (letter, self._style)
            if width == 2:
                row[self._column + 1] = ("", self._style)
            self._column += width

    def _combine(self, letter: str) -> None:
        if self._column and self._row < self.rows:
            before, style = self._cells[self._row][self._column - 1]
            self._cells[self._row][self._column - 1] = (before + letter, style)

    def _control(self, control: str) -> None:
        if control == "\r":
            self._column = 0
        elif control == "\n":
            self._row += 1
        elif control == "\b":
            self._column = max(0, self._column - 1)

    def _sequence(self, final: str, given: str) -> None:
        numbers = [int(n) if n else 0 for n in given.replace(":", ";").split(";")]
        first = numbers[0] or 1
        if final in "Hf":
            self._row = first - 1
            self._column = (numbers[1] or 1) - 1 if len(numbers) > 1 else 0
        elif final == "m":
            self._style = styled(self._style, numbers)
        elif final == "K" or (final == "J" and numbers[0] == 0):
            self._erase(self._row, self._column if numbers[0] == 0 else 0)
        elif final == "J":
            self._cells = [[(" ", PLAIN)] * self.columns for _ in range(self.rows)]
        elif final in "ABCD":
            down, right = {"A": (-1, 0), "B": (1, 0), "C": (0, 1), "D": (0, -1)}[final]
            self._row = max(0, self._row + down * first)
            self._column = max(0, self._column + right * first)
        elif final == "G":
            self._column = first - 1
        elif final == "d":
            self._row = first - 1

    def _erase(self, row: int, column: int) -> None:
        if row < self.rows:
            self._cells[row][column:] = [(" ", PLAIN)] * (self.columns - column)


def styled(style: Style, numbers: list[int]) -> Style:
    """A style after the numbers of one `m`."""
    at = 0
    while at < len(numbers):
        number = numbers[at]
        at += 1
        if number == 0:
            style = PLAIN
        elif number in _FLAGS:
            style = style._replace(**{_FLAGS[number]: True})
        elif number in _OFF:
            style = style._replace(**dict.fromkeys(_OFF[number], False))
        elif number in (38, 48):
            colour, taken = _colour(numbers[at:])
            at += taken
            style = style._replace(**{"ink" if number == 38 else "paper": colour})
        elif number in (39, 49):
            style = style._replace(**{"ink" if number == 39 else "paper": ""})
        elif 30 <= number <= 37 or 90 <= number <= 97:
            style = style._replace(ink=_BASIC[number % 10 + (8 if number >= 90 else 0)])
        elif 40 <= number <= 47 or 100 <= number <= 107:
            style = style._replace(paper=_BASIC[number % 10 + (8 if number >= 100 else 0)])
    return style


def _colour(numbers: list[int]) -> tuple[str, int]:
    """The colour behind a 38 or 48, and how many numbers it took."""
    if numbers[:1] == [2] and len(numbers) >= 4:
        return "#{:02x}{:02x}{:02x}".format(*numbers[1:4]), 4
    if numbers[:1] == [5] and len(numbers) >= 2:
        return _of_256(numbers[1]), 2
    return "", len(numbers)


def _of_256(number: int) -> str:
    if number < 16:
        return _BASIC[number]
    if number >= 232:
        return "#{0:02x}{0:02x}{0:02x}".format(8 + (number - 232) * 10)
    number -= 16
    steps = (0, 95, 135, 175, 215, 255)
    return f"#{steps[number // 36]:02x}{steps[number // 6 % 6]:02x}{steps[number % 6]:02x}"
