"""The list of articles: date, title, what was marked, new or done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.model.sequences import differing
from tui.model.wording import bar, counted
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList

if TYPE_CHECKING:
    from tui.desk.entries import Entry

DONE = "✓"
NEW = "new"
STATES = ("is:new", "is:open", "is:done", "is:drafts", "is:gone")  # words of the filter
GONE = "gone"  # no file holds it
OPEN = "›"  # the article that is being read
_WORTH = 6  # cells of a title that are worth a second line
_COUNTS = len("99 hl · 99 cl")


class ArticleList(RowList):
    """Articles in the order given, two lines each. Row ids are article ids, kind `article`.

    A long title goes on in the second line, before the counts. `›` is beside the article that is
    being read where the cursor is on another one.
    """

    class Moved(RowList.Moved):
        """The cursor went to another article."""

    class Chosen(RowList.Chosen):
        """The analyst wants to read an article."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(
            empty="No article here. Leave with q and name a folder: pressmark FOLDER",
            id=id,
            classes=classes,
        )
        self._entries: Sequence[Entry] = ()
        self._shown: Sequence[Entry] = ()
        self._open = ""
        self._words = ""
        self._year = ""
        self._progress: tuple[int, int] | None = None
        self._more = False
        self._passed = 0
        self._dated = False  # whether any article says when it was published

    def show(
        self,
        entries: Sequence[Entry],
        *,
        opened: str = "",
        more: bool = False,
        progress: tuple[int, int] | None = None,
        passed: int = 0,
    ) -> None:
        """Show these entries; `opened` is the id of the one being read.

        `more` says that files are still being read, `progress` how many of those found were,
        `passed` how many could not be. The cursor stays on its article.
        """
        opened, other = opened or self._open, bool(opened) and opened != self._open
        if self._replaced(entries, (more, progress, passed)):
            if other:
                self._open = opened
                self._lines.clear()
                self.renew()
            return
        self._progress, self._more, self._passed = progress, more, passed
        self._entries, self._open = entries, opened
        years = {entry.published[:4] for entry in entries if entry.published}
        self._dated = bool(years)
        self._year = years.pop() if len(years) == 1 else ""
        self._list()

    def _replaced(
        self, entries: Sequence[Entry], state: tuple[bool, tuple[int, int] | None, int]
    ) -> bool:
        """Draw entries anew that say something else now; False if more than that changed."""
        before = (self._more, self._progress, self._passed)
        if not self._entries or self._words or (state != before and entries is not self._entries):
            return False
        self._more, self._progress, self._passed = state
        self.set_heading(self._heading_line())
        then, now, begin = differing(self._entries, entries)
        if [(e.id, e.published) for e in then] != [(e.id, e.published) for e in now]:
            return False
        self._entries = self._shown = entries
        with self.at_once():
            for index in range(begin, begin + len(now)):
                self.row_changed(index)
        return True

    def set_open(self, article: str) -> None:
        """Say which article is being read, and put the cursor on it without a message."""
        self._open = article
        index = self.index_of(article)
        if index is not None:
            self._lines.clear()
            self.to(index, notify=False)
        self.renew()

    def set_filter(self, words: str) -> None:
        """Show only articles that have every word in title, outlet, path, date or state.

        `is:new`, `is:done`, `is:open` (not done), `is:drafts` and `is:gone` ask for a state.
        """
        self._words = " ".join(words.split())
        self._list()

    @property
    def shown(self) -> Sequence[Entry]:
        """The entries that the filter leaves, in order."""
        return self._shown

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def _list(self) -> None:
        wanted = self._words.casefold().split()
        if wanted:
            self._shown = [entry for entry in self._entries if matches(entry, wanted)]
        else:
            self._shown = self._entries
        self.set_empty(
            f"No article has “{self._words}”. F changes the filter."
            if self._words and self._entries
            else "Reading …"
            if self._more
            else "No article here. Leave with q and name a folder: pressmark FOLDER"
        )
        self.set_heading(self._heading_line())
        keys = [(entry.id, "article") for entry in self._shown]
        self.set_rows(keys, self._row, height=2)

    def _heading_line(self) -> Line:
        count = f"{len(self._entries):,}{'…' if self._more else ''}"
        if self._words:
            count = f"{len(self._shown):,} of {count} · {one_line(self._words)}"
        passed = f" · {self._passed:,} passed" if self._passed and not self._progress else ""
        return (Piece(f" articles {count}{self._bar()}{passed}", "dim"),)

    def _bar(self) -> str:
        """How far the reading of files is, where that takes long."""
        read, found = self._progress or (0, 0)
        if not found:
            return ""
        return f" {bar(read, found)}"

    def _row(self, index: int, width: int) -> Sequence[Line]:
        entry = self._shown[index]
        date = f"{short_date(entry.published, self._year)} " if self._dated else ""
        title = one_line(entry.title or entry.path or entry.id)
        role = "strong" if entry.id == self._open else ""
        indent = " " * min(2, max(0, width - 4))
        beside = width - cell_len(date)
        rows = wrapped(title, beside, 2) if beside > 0 else []
        rest = title[len(rows[0]) :].lstrip() if len(rows) > 1 else ""
        state = _state(entry, width - len(indent), bool(rest))
        room = width - len(indent) - _cells(state) - 2
        if not rest or room < _WORTH:
            return (
                (Piece(date, "dim"), Piece(title, role)),
                (Piece(indent), *_apart(state, width - len(indent))),
            )
        more = cut(rest, room)
        gap = " " * max(0, width - len(indent) - cell_len(more) - _cells(state))
        return (
            (Piece(date, "dim"), Piece(rows[0], role)),
            (Piece(indent), Piece(more, role), Piece(gap), *state),
        )

    def _sign(self, index: int) -> Piece:
        """A sign beside the article that is being read while the cursor is elsewhere."""
        opened = self._shown[index].id == self._open
        return Piece(OPEN, "accent strong") if opened else Piece(" ")


def _state(entry: Entry, width: int, beside_title: bool) -> list[Piece]:
    """Counts or `new`, and the tick; beside a title no more than about half of the line."""
    drafts = counted(entry.drafts, "draft") if entry.drafts else ""
    parts = [GONE if entry.gone else "", f"{entry.highlights} hl" if entry.highlights else ""]
    parts += [f"{entry.claims} cl" if entry.claims else "", drafts]
    tick = DONE if entry.done else ""
    room = max(0, width - 2 if tick else width)
    found = [part for part in parts if part]
    limit = min(room, max(_COUNTS, room // 2)) if beside_title else room
    while len(found) > 1 and cell_len(" · ".join(found)) > limit:
        found.pop()
    left, role = " · ".join(found), "dim"
    if not found and entry.new:
        left, role = NEW, "accent"
    elif not found and not beside_title:
        left = one_line(entry.outlet)
    left = cut(left, room)
    pieces = [Piece(left, role)] if left else []
    if tick:
        pieces += [Piece(" " if left else ""), Piece(tick, "accent")]
    return pieces


def _cells(pieces: Sequence[Piece]) -> int:
    return sum(cell_len(piece.text) for piece in pieces)


def _apart(state: list[Piece], width: int) -> Line:
    """Counts on the left, the tick on the right."""
    if not state or state[-1].text != DONE:
        return state
    left = state[:-2]
    gap = " " * max(0, width - _cells(left) - cell_len(DONE))
    return (*left, Piece(gap), state[-1])


def short_date(published: str, year: str) -> str:
    """Month and day of an ISO time, five cells; with the year in front if `year` is not its own."""
    day = published[5:10] if len(published) >= 10 else published[:7]
    if not published:
        return "  –  "
    return one_line(day if published[:4] == year or len(published) < 10 else published[:10])


def matches(entry: Entry, wanted: Sequence[str]) -> bool:
    """Whether an entry has every one of the words, which are case folded."""
    text = " ".join((entry.title, entry.outlet, entry.path, entry.published)).casefold()
    true = (entry.new, not entry.done, entry.done, entry.drafts > 0, entry.gone)
    states: dict[str, bool] = dict(zip(STATES, true, strict=True))
    return all(states.get(word, word in text) for word in wanted)
