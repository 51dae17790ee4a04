"""What a search found, a row each: what and where it is, and the words around it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.widgets.cells import ELLIPSIS, cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList
from tui.widgets.told_pieces import apart

if TYPE_CHECKING:
    from tui.model.spans import Extent
    from tui.store.index import Answer, Snippet

WIDE = 72  # cells from which a row says its outlet
_INDENT = "  "
_WHOLE = 6  # lines of the snippet under the cursor, at most
_KIND = 9  # cells of a kind
_OUTLET = 22  # cells of an outlet, at most
_KINDS = {"article": "dim", "highlight": "accent", "claim": "accent", "note": "accent"}


def _nothing() -> None:
    return None


class SearchResults(RowList):
    """Row ids are ids of articles and annotations; a row is of the kind of what was found.

    The one under the cursor shows all of its snippet. Snippets come later: `lacking` is called
    when a row on the screen has none, `ended` when the cursor comes to the last row.
    """

    EXPANDS = frozenset(_KINDS)

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes, empty="")
        self.lacking: Callable[[], object] = _nothing
        self.ended: Callable[[], object] = _nothing
        self._answers: Sequence[Answer] = ()
        self._snippets: dict[tuple[str, str], Snippet] = {}

    def show(self, answers: Sequence[Answer], *, anew: bool) -> None:
        """Show answers. Those of another query (`anew`) from the first one on, without snippets."""
        self._answers = answers
        if anew:
            self._snippets = {}
        keys = [(answer.record, answer.kind) for answer in answers]
        with self.at_once():
            self.set_rows(keys, self._row, heights=self._row_heights)
            if anew:
                super().to(0, notify=False)

    def say(self, title: str, facts: Sequence[str], empty: str) -> None:
        """The line above the rows, and what stands there where there is none."""
        words = "".join(f" · {one_line(fact)}" for fact in facts if fact)
        self.set_heading((Piece(f" {title}", "strong"), Piece(words, "dim")) if title else ())
        self.set_empty(empty)

    @property
    def answer(self) -> Answer | None:
        """What the row under the cursor stands for."""
        return self._answers[self.cursor] if self.cursor < len(self._answers) else None

    def snippet_of(self, answer: Answer) -> Snippet | None:
        """The snippet of a row, if it is there."""
        return self._snippets.get((answer.record, answer.kind))

    def bare(self) -> Answer | None:
        """A row on the screen that has no snippet yet, that under the cursor first."""
        if not self._answers:
            return None
        seen = round(self.scroll_offset.y)
        last = self._row_at(seen + max(0, self._room - 1))
        rows = (self.cursor, *range(self._row_at(seen), last + 1))
        shown = (self._answers[row] for row in rows)
        return next((each for each in shown if self.snippet_of(each) is None), None)

    def quote(self, answer: Answer, snippet: Snippet) -> None:
        """Give a row its snippet."""
        key = answer.record, answer.kind
        self._snippets[key] = snippet
        index = self.index_of(answer.record)
        if index is None or self._keys[index] != key:
            index = self._index_of_key(key)
        if index is None:
            return
        self._lines.pop(index, None)
        if index == self.cursor:
            self._resize_rows(index)
            self._show_cursor()
        self.renew()

    def to(self, index: int, *, notify: bool = True) -> bool:
        """Put the cursor on a row, see `RowList`; at the last one more may be wanted."""
        moved = super().to(index, notify=notify)
        if self._keys and self.cursor == len(self._keys) - 1:
            self.call_later(self.ended)
        return moved

    # building rows

    def _row(self, index: int, width: int) -> Sequence[Line]:
        answer = self._answers[index]
        snippet = self.snippet_of(answer)
        found: list[Line] = [_head(answer, width)]
        if snippet is None:
            self.call_later(self.lacking)
            return (*found, (Piece(_INDENT),))
        lines = _WHOLE if index == self.cursor else 1
        room = width - len(_INDENT)
        words = marked_lines(snippet.text, snippet.marks, room, lines) or [()]
        return [*found, *((Piece(_INDENT), *line) for line in words)]

    def _row_heights(self, _width: int) -> Iterator[int]:
        for index in range(len(self._keys)):
            yield len(self._lines_of(index)) if index == self.cursor else 2


def _head(answer: Answer, width: int) -> Line:
    """What it is, when and where it was published, and the title."""
    date, wide = answer.published[:10], width >= WIDE
    title = one_line(answer.title) or one_line(answer.path)
    begin = [Piece(f"{answer.kind:<{_KIND if wide else 0}} ", _KINDS.get(answer.kind, "dim"))]
    begin += [Piece(f"{one_line(date)} ", "dim")] if date else []
    outlet = cut(one_line(answer.outlet), _OUTLET) if wide else ""
    return apart([*begin, Piece(title, "strong")], (Piece(outlet, "dim"),), width)


def marked_lines(
    text: str, marks: Sequence[Extent], cells: int, lines: int
) -> Sequence[Sequence[Piece]]:
    """A snippet in at most so many lines, the words that were found in it standing out."""
    shown = one_line(text)
    if len(shown) != len(text):  # white space that is no blank: where the marks are is not known
        return [(Piece(line),) for line in wrapped(shown, cells, lines)]
    found: list[Sequence[Piece]] = []
    end = 0
    for line in wrapped(shown, cells, lines):
        words = line if shown.find(line, end) >= 0 else line.removesuffix(ELLIPSIS)
        start = shown.index(words, end)
        end = start + len(words)
        pieces = [*_pieces(shown, marks, start, end)]
        pieces += [Piece(ELLIPSIS)] if words != line else []
        found.append(pieces)
    return found


def _pieces(shown: str, marks: Sequence[Extent], start: int, end: int) -> Iterator[Piece]:
    """A part of a snippet, cut where something that was found begins or ends."""
    for mark in marks:
        a, b = max(mark.start, start), min(mark.end, end)
        if a < b:
            yield Piece(shown[start:a])
            yield Piece(shown[a:b], "key")
            start = b
    yield Piece(shown[start:end])
