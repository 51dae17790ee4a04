"""Two revisions of an article as one text: what was removed and added, the annotations in place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from textual import events

from tui.model.wording import counted
from tui.widgets.article_rows import COLUMN
from tui.widgets.cells import one_line
from tui.widgets.flowing import Word, flowed, pieces_of, words_of
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList

GUTTER = 3  # cells: slot, bar, blank
_AT_ONCE = 300  # lines that are worked out before the keyboard has a chance, ...
_PAUSE = 0.01  # ... for so many seconds


class Stretch(NamedTuple):
    """A part of the two texts that is all `same`, `removed` or `added`, and in one paragraph.

    `change` numbers the changes from 1; 0 is none. `paragraph` grows by one where a new line of
    the text begins, and by two where a blank one lies between. `slot` and `colour` are those of
    the highlight that covers it; `begins` says that it begins here.
    """

    kind: str
    text: str
    change: int
    paragraph: int
    colour: str = ""
    slot: int = 0
    begins: bool = False


class _Row(NamedTuple):
    """One line: its words, how many go before them, the paragraph that it is of."""

    words: tuple[Word, ...]
    before: int
    paragraph: int


class DifferencesList(RowList):
    """The lines of a comparison, a row each. Row ids are numbers of lines, kind `line`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="There is no text to compare")
        self._stretches: Sequence[Stretch] = ()
        self._rows: list[_Row] = []
        self._first: dict[int, int] = {}  # change -> the line it begins on
        self._title = ""
        self._flowed_for = 0  # cells of width; none before the list is laid out
        self._coming: Iterator[_Row] = iter(())  # lines that are not worked out yet

    def show(self, stretches: Sequence[Stretch], title: str) -> None:
        """Show a comparison from its beginning; `title` says of what."""
        self._stretches, self._title = stretches, title
        self._flow()
        self.to(0, notify=False)

    @property
    def changes(self) -> int:
        """How many changes there are."""
        return max((stretch.change for stretch in self._stretches), default=0)

    @property
    def change(self) -> int:
        """The change on the cursor's line, else the last one before it; 0 before all of them."""
        starts = sorted(self._first.values())
        return bisect_right(starts, self.cursor)

    def next_change(self, step: int) -> bool:
        """Move the cursor to the line of the next change, or the one before; whether it could."""
        while step > 0 and self._later_change() is None and self._flow_on():
            pass  # it is said that there is none only when all lines are there
        lines = sorted(set(self._first.values()))
        ahead = [line for line in lines if (line > self.cursor if step > 0 else line < self.cursor)]
        if not ahead:
            return False
        self.to(ahead[0] if step > 0 else ahead[-1])
        self._say()
        return True

    def _later_change(self) -> int | None:
        return next((line for line in self._first.values() if line > self.cursor), None)

    def next_paragraph(self, step: int) -> bool:
        """Move the cursor to where the next paragraph, or the one before, begins."""
        starts = [
            n
            for n, row in enumerate(self._rows)
            if row.words and (not n or self._rows[n - 1].paragraph != row.paragraph)
        ]
        ahead = [n for n in starts if (n > self.cursor if step > 0 else n < self.cursor)]
        return bool(ahead) and self.to(ahead[0] if step > 0 else ahead[-1])

    # laying out: long texts bit by bit, so that keys are answered meanwhile

    def on_resize(self, event: events.Resize) -> None:
        """Break the lines anew for another width, the cursor staying at its words."""
        super().on_resize(event)
        if event.size.width != self._flowed_for:
            here = self._rows[self.cursor].before if self.cursor < len(self._rows) else 0
            self._flow()
            while self._rows and self._rows[-1].before < here and self._flow_on():
                pass
            at = bisect_right(self._rows, here, key=lambda row: row.before) - 1
            self.to(max(0, at), notify=False)

    def _flow(self) -> None:
        """Break the stretches into lines, with the blank ones of the texts between paragraphs."""
        self._flowed_for = self.size.width
        self._rows, self._first = [], {}
        self._coming = self._lines_to_come() if self._flowed_for else iter(())
        self._say()
        self.set_rows([], self._line_at, height=1)
        self._go_on()

    def _go_on(self) -> None:
        """Work out some more lines, and the rest in a while."""
        coming = self._coming
        if self._flow_on():
            self.screen.set_timer(_PAUSE, lambda: self._go_on() if coming is self._coming else None)

    def _flow_on(self) -> bool:
        """Work out some more lines; whether there may be more."""
        start = len(self._rows)
        self._rows += islice(self._coming, _AT_ONCE)
        for line in range(start, len(self._rows)):
            for word in self._rows[line].words:
                change = self._stretches[word.at].change
                if change:
                    self._first.setdefault(change, line)
        self.add_rows([(str(n), "line") for n in range(start, len(self._rows))])
        return len(self._rows) - start == _AT_ONCE

    def _lines_to_come(self) -> Iterator[_Row]:
        cells = max(4, min(COLUMN, self._flowed_for - 2) - GUTTER)
        count, last = 0, -1
        for start, stretches in _paragraphs(self._stretches):
            paragraph = stretches[0].paragraph
            if 0 <= last < paragraph - 1:
                yield _Row((), count, paragraph - 1)
            roles = [f"tag:{s.colour}" if s.colour else "" for s in stretches]
            at = range(start, start + len(stretches))
            for words in flowed(words_of(stretches, at, roles), cells):
                yield _Row(tuple(words), count, paragraph)
                count += len(words)
            last = paragraph

    def _say(self) -> None:
        count = counted(self.changes, "change")
        title = f" {one_line(self._title)}"
        self.set_heading((Piece(title, "strong"), Piece(f" · {count} · n N · q", "dim")))

    def _line_at(self, index: int, _width: int) -> Sequence[Line]:
        row = self._rows[index]
        if not row.words:
            return ((),)
        here = dict.fromkeys(word.at for word in row.words)
        noted = {at: self._stretches[at] for at in here if self._stretches[at].colour}
        if not noted:
            return ((Piece(" " * GUTTER), *pieces_of(row.words)),)
        going_on = {word.at for word in self._rows[index - 1].words} if index else set[int]()
        begun = [s for at, s in noted.items() if s.begins and at not in going_on]
        first = begun[0] if begun else next(iter(noted.values()))
        slot = str(first.slot) if first.slot and begun else " "
        sign = f"sign:{first.colour}"
        return ((Piece(slot, sign), Piece("▌", sign), Piece(" "), *pieces_of(row.words)),)


def _paragraphs(stretches: Sequence[Stretch]) -> Iterator[tuple[int, Sequence[Stretch]]]:
    """(index of the first stretch, the stretches) of each paragraph that has words."""
    start = 0
    for end in range(1, len(stretches) + 1):
        if end == len(stretches) or stretches[end].paragraph != stretches[start].paragraph:
            if any(stretch.text.strip() for stretch in stretches[start:end]):
                yield start, stretches[start:end]
            start = end
