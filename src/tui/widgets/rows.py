"""A list on Textual's line API: rows of one or more lines, of which only visible ones are built."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, islice
from typing import Any, NamedTuple

from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from tui.widgets.cells import one_line, wrapped
from tui.widgets.line_view import LineView
from tui.widgets.looks import look_of
from tui.widgets.pieces import AIR, GUTTER, Drawn, Line, Piece, strip_of
from tui.widgets.row_keys import Key, Places, RowKeys

CURSOR = "▸"
Build = Callable[[int, int], Sequence[Line]]  # row, cells -> its lines
Heights = Callable[[int], Iterable[int]]  # cells -> number of lines of each row


class Splice(NamedTuple):
    """Rows put in place of those from `begin` to `end`; each key is (record id, kind)."""

    begin: int
    end: int
    keys: Sequence[Key]


_NO_SIGN = Piece(" ")
_BLANK = Drawn(())
_UNKNOWN = -1  # number of lines of a row that was not built yet


class RowList(LineView[Drawn], can_focus=False, inherit_bindings=False):
    """A list with a cursor. It is driven by methods: what a key does is decided elsewhere.

    The first line may be a heading that stays where it is. `active` says that keys go to this
    list, and is set by whoever decides that: its cursor is then drawn strongly.
    """

    DEFAULT_CSS = """
    RowList {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size: 0 0;
        background: $background;
        color: $foreground;
    }
    """

    EXPANDS: frozenset[str] = frozenset()  # kinds of rows that say more while they have the cursor
    PASSIVE: frozenset[str] = frozenset()  # kinds of rows that the cursor passes over: headings
    active: reactive[bool] = reactive(False, repaint=False)

    class Moved(Message):
        """The analyst moved the cursor to a row, by key, wheel or mouse."""

        def __init__(self, rows: RowList, index: int, record_id: str, kind: str) -> None:
            super().__init__()
            self.rows, self.index, self.record_id, self.kind = rows, index, record_id, kind

        @property
        def control(self) -> RowList:
            """The list."""
            return self.rows

    class Chosen(Moved):
        """The analyst chose a row: Enter, or a click on the row that has the cursor."""

    def __init__(
        self,
        *,
        empty: str = "",
        id: str | None = None,  # noqa: A002, as Textual calls it
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._empty = empty
        self._heading: Line = ()
        self._keys: Sequence[Key] = ()
        self._build: Build = _no_lines
        self._height = 1
        self._heights: Heights | None = None
        self._cursor = 0
        self._sizes: list[int] = []  # lines of each row, if they differ
        self._tops: list[int] = []  # the line that each row begins with, and the one behind all
        self._lines: dict[int, Sequence[Line]] = {}
        self._width = -1
        self._plain: Style | None = None
        self._covered = 0  # lines at the bottom that something lies over
        self._uncovered = 0  # where the list was scrolled to before
        self._places: Places | RowKeys[Any] | None = None  # once a row is looked for among all

    # what it shows

    def set_rows(
        self,
        keys: Sequence[Key],
        build: Build,
        *,
        height: int = 0,
        heights: Heights | None = None,
        at: str = "",
    ) -> None:
        """Show one row for each key, which is (record id, kind).

        `build` gives the lines of a row for a width in cells. With a `height` every row has so
        many lines, with `heights` as many as that says for the width; then only visible rows are
        built. With neither, all are built, and each has as many lines as it gives.
        The cursor goes to the row with the id `at`, else stays on its row, else on its place.
        """
        kept = self.key
        self._keys, self._build, self._places = keys, build, None
        self._height, self._heights = height, heights
        wanted = (self.index_of(at) if at else None) if keys else None
        if wanted is None and kept is not None:
            wanted = self._index_of_key(kept)
        if wanted is None:
            wanted = min(self._cursor, len(keys) - 1)
        self._cursor = self._stop(max(0, wanted), 1)
        self._lay_out()

    def replace_rows(self, splices: Iterable[Splice]) -> None:
        """Put rows in place of some, one splice after the other; all others stay as they are.

        The cursor stays on its row, or where that was.
        """
        kept, keys = self.key, list(self._keys)
        first = len(keys)
        lost = False
        for begin, end, fresh in splices:
            keys[begin:end] = fresh
            self._sizes[begin:end] = [_UNKNOWN] * len(fresh)
            first = min(first, begin)
            if kept in fresh and (lost or begin <= self._cursor < end):
                self._cursor, lost = begin + fresh.index(kept), False
            elif kept is None:
                lost = True
            elif self._cursor >= end:
                self._cursor += len(fresh) - (end - begin)
            elif self._cursor >= begin:
                lost = True
        self._keys, self._places = keys, None
        self._lines.clear()
        if lost:
            self._cursor = self._stop(max(0, min(self._cursor, len(keys) - 1)), 1)
            self._sizes[self._cursor : self._cursor + 1] = [_UNKNOWN] * bool(keys)
            first = min(first, self._cursor)
        self._place_rows(first)
        self._extend()
        self._show_cursor()
        self.renew()

    def add_rows(self, keys: Sequence[Key]) -> None:
        """Put rows at the end of a list whose rows all have one height."""
        self._keys, self._places = [*self._keys, *keys], None
        self._extend()
        self.renew()

    def set_heading(self, heading: Line) -> None:
        """The line above the rows; none if empty."""
        if heading == self._heading:
            return
        as_before = bool(heading) == bool(self._heading)
        self._heading = heading
        # The rows may be about to change as well: nothing of them is built here.
        if as_before:
            self.look_later(Region(0, 0, self.size.width, 1))
        else:
            self._extend()
            self._show_cursor()
            self.look_later()

    def set_empty(self, sentence: str) -> None:
        """What stands there when there is no row: what to do next."""
        if sentence != self._empty:
            self._empty = sentence
            if not self._keys:
                self.look_later()

    def row_changed(self, index: int) -> None:
        """Build a row anew."""
        self._lines.pop(index, None)
        if not self._height:
            self._lay_out()
        else:
            self.renew()

    def cover(self, lines: int) -> None:
        """Something lies over so many lines at the bottom; 0: no more.

        The list stays where it is, unless the row of the cursor would be under them.
        """
        if lines == self._covered:
            return
        if not self._covered:
            self._uncovered = round(self.scroll_offset.y)
        self._covered = lines
        self._extend()
        self.scroll_to(y=self._uncovered, animate=False, force=True, immediate=True)
        self._show_cursor()

    # where the cursor is

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self._keys)

    @property
    def cursor(self) -> int:
        """Index of the row that has the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def key(self) -> Key | None:
        """(record id, kind) of the row that has the cursor."""
        return self._keys[self._cursor] if self._cursor < len(self._keys) else None

    def index_of(self, record_id: str) -> int | None:
        """The row with this id, of several the one nearest to the cursor."""
        return self._nearest(record_id, lambda _: True)

    def _index_of_key(self, wanted: Key) -> int | None:
        return self._nearest(wanted[0], lambda key: key == wanted)

    def _nearest(self, record_id: str, fits: Callable[[Key], bool]) -> int | None:
        here, keys = self._cursor, self._keys
        for index in (here, here - 1, here + 1):  # mostly it is there, and nothing is gone through
            if 0 <= index < len(keys) and keys[index][0] == record_id and fits(keys[index]):
                return index
        if self._places is None:
            self._places = keys if isinstance(keys, RowKeys) else Places(keys)
        found = (index for index in self._places.of(record_id) if fits(keys[index]))
        return min(found, key=lambda index: abs(index - here), default=None)

    def to(self, index: int, *, notify: bool = True) -> bool:
        """Put the cursor on a row, the nearest there is; whether it moved. Posts Moved."""
        index = self._stop(max(0, min(index, len(self._keys) - 1)), index - self._cursor)
        before, self._cursor = self._cursor, index
        moved = index != before
        if not self._keys:
            return False
        if moved:
            self._resize_rows(before, index)
        self._show_cursor()
        if moved:
            self.renew()
            if notify:
                self.post_message(self.Moved(self, index, *self._keys[index]))
        return moved

    def _stop(self, index: int, way: int) -> int:
        """The nearest row that takes the cursor, first in the way it is going."""
        if not (self.PASSIVE and self._keys):
            return index
        down, up = range(index, len(self._keys)), range(index, -1, -1)
        ways = (*down, *up) if way >= 0 else (*up, *down)
        return next((i for i in ways if self._keys[i][1] not in self.PASSIVE), index)

    def _resize_rows(self, *indices: int) -> None:
        """Build rows anew that say more, or no more so much, and move those below them."""
        changed = [i for i in indices if i < len(self._keys) and self._keys[i][1] in self.EXPANDS]
        for index in changed:
            self._lines.pop(index, None)
        if not changed or self._height or len(self._sizes) < len(self._keys):
            return
        for index in changed:
            self._sizes[index] = _UNKNOWN
        self._place_rows(min(changed))
        self._extend()

    def _place_rows(self, first: int) -> None:
        """Work out where the rows begin from one of them on; those not built yet are."""
        if self._height:
            return
        index = first
        while _UNKNOWN in self._sizes[index:]:
            index = self._sizes.index(_UNKNOWN, index)
            self._sizes[index] = len(self._lines_of(index))
        begin = self._tops[first] if first else 0
        self._tops[first:] = accumulate(islice(self._sizes, first, None), initial=begin)

    def move(self, rows: int) -> bool:
        """Move the cursor by so many rows; whether it moved."""
        return self.to(self._cursor + rows)

    def page(self, pages: float) -> bool:
        """Move the cursor by so much of what fits the screen; whether it moved."""
        lines = max(1, self._room) * pages
        target = self._row_at(round(self._top(self._cursor) + lines))
        if target == self._cursor:
            target += 1 if pages > 0 else -1
        return self.to(target)

    def first(self) -> bool:
        """Move the cursor to the first row; whether it moved."""
        return self.to(0)

    def last(self) -> bool:
        """Move the cursor to the last row; whether it moved."""
        return self.to(len(self._keys) - 1)

    def choose(self) -> bool:
        """Post Chosen for the row that has the cursor; whether there is one."""
        if self.key is None:
            return False
        self.post_message(self.Chosen(self, self._cursor, *self.key))
        return True

    # where the rows are

    @property
    def _head(self) -> int:
        return 1 if self._heading else 0

    @property
    def _room(self) -> int:
        return max(0, self.size.height - self._head - self._covered)

    def _lay_out(self) -> None:
        """Work out where every row begins, and how far the list can scroll."""
        self._lines.clear()
        self._width = self.size.width
        self._sizes = [] if self._height else list(self._all_heights())
        self._tops = []
        self._place_rows(0)
        self._extend()
        self._show_cursor()
        self.renew()

    def _extend(self) -> None:
        """Say how far the list can scroll. Nothing else hangs on that: there are no scrollbars.

        Setting it the ordinary way would have the whole screen laid out and painted anew.
        """
        lines = self._top(len(self._keys)) + self._head + self._covered
        size = Size(max(1, self._width), lines)
        self.set_reactive(ScrollView.virtual_size, size)  # pyright: ignore[reportArgumentType]

    def _all_heights(self) -> Iterable[int]:
        if self._heights is not None:
            return self._heights(self._cells)
        return (len(self._lines_of(i)) for i in range(len(self._keys)))

    @property
    def _cells(self) -> int:
        """How wide the lines of a row may be."""
        return max(0, self._width - GUTTER - AIR)

    def _top(self, index: int) -> int:
        if self._height:
            return index * self._height
        return self._tops[min(index, len(self._tops) - 1)] if self._tops else 0

    def _row_at(self, line: int) -> int:
        """The row that a line of the list belongs to; the first or last one outside."""
        if self._height:
            return max(0, min(line // self._height, len(self._keys) - 1))
        return max(0, min(bisect_right(self._tops, line) - 1, len(self._keys) - 1))

    def _lines_of(self, index: int) -> Sequence[Line]:
        found = self._lines.get(index)
        if found is None:
            if (self._height or self._heights) and len(self._lines) > 512:
                self._lines.clear()
            found = self._build(index, self._cells) or ((),)
            self._lines[index] = found
        return found

    def _show_cursor(self) -> None:
        """Scroll as little as needed for the whole row that has the cursor, its top first."""
        if not self._keys or self._room <= 0:
            return
        begin = self._cursor
        while begin and self._keys[begin - 1][1] in self.PASSIVE:
            begin -= 1  # a heading is seen with its first row
        top, bottom = self._top(begin), self._top(self._cursor + 1)
        seen = round(self.scroll_offset.y)
        if bottom > seen + self._room:
            seen = bottom - self._room
        seen = max(0, min(seen, top, self._top(len(self._keys)) - self._room))
        if seen != self.scroll_offset.y:
            self.scroll_to(y=seen, animate=False, force=True, immediate=True)

    # drawing

    def _theme_changed(self, _theme: Theme) -> None:
        self.forget_rows()
        self.refresh()

    def on_mount(self) -> None:
        """Draw anew in other colours."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new width."""
        if event.size.width != self._width:
            self._lay_out()
        else:
            self._show_cursor()
            self.renew()

    def watch_active(self) -> None:
        """Draw the cursor strongly or softly."""
        self.renew()

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Show what the list was scrolled to, by whatever it was."""
        super().watch_scroll_y(old_value, new_value)
        self.renew()

    def looks_now(self) -> Sequence[Drawn]:
        """What the lines of the screen show."""
        width, height = self.size
        seen = round(self.scroll_offset.y)
        return [self._line(y, seen, width) for y in range(height if width else 0)]

    def draw(self, look: Drawn) -> Strip:
        """One line of the screen: the heading, a line of a row, or what to do in an empty list."""
        width = self.size.width
        theme = look_of(self.app.current_theme)
        return strip_of(look.pieces(width), width, theme, look.background).apply_style(self._page())

    def _line(self, y: int, seen: int, width: int) -> Drawn:
        """What a line of the screen shows where the list is scrolled to `seen`."""
        if self._heading and y == 0:
            return Drawn(tuple(self._heading))
        y -= self._head
        if not self._keys:
            return Drawn(tuple(self._empty_line(y, width)))
        line = y + seen
        index = self._row_at(line)
        lines = self._lines_of(index)
        within = line - self._top(index)
        if not 0 <= within < len(lines):
            return _BLANK
        here = index == self._cursor
        sign = self._sign(index) if within == 0 else _NO_SIGN
        if here and within == 0:
            sign = Piece(CURSOR, "accent strong" if self.active else "dim")
        background = "soft" if here and self.active else ""
        return Drawn(tuple(lines[within]), sign, background)

    def _sign(self, _index: int) -> Piece:
        """What stands in the first cell of a row that has no cursor."""
        return _NO_SIGN

    def _page(self) -> Style:
        """The style under everything; asking for it goes through all that the list lies in."""
        if self._plain is None:
            self._plain = self.rich_style
        return self._plain

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._plain = None

    def _empty_line(self, y: int, width: int) -> Line:
        found = wrapped(one_line(self._empty), width - GUTTER - AIR, 100) if y < 100 else []
        return (Piece(" "), Piece(found[y], "dim")) if 0 <= y < len(found) else ()

    # the mouse

    def row_under(self, y: int) -> int | None:
        """The row drawn at a line of the widget, or None."""
        line = y - self._head
        if line < 0 or y >= self.size.height or not self._keys:
            return None
        line += round(self.scroll_offset.y)
        return self._row_at(line) if line < self._top(len(self._keys)) else None

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row; a click on the row that has it chooses it."""
        index = self.row_under(event.y)
        if index is None:
            return
        event.stop()
        if self._keys[index][1] in self.PASSIVE:
            return
        if not self.to(index):
            self.choose()


def _no_lines(_index: int, _width: int) -> Sequence[Line]:
    return ((),)
