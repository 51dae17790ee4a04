"""A list on Textual's line API: rows of one or more lines, of which only visible ones are built."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import accumulate, pairwise
from operator import itemgetter
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.cache import LRUCache
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.theme import Theme

from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.looks import Look, look_of

CURSOR = "▸"
_GUTTER = 1  # the cell that the cursor's sign stands in
_AIR = 1  # cells left free at the right


class Piece(NamedTuple):
    """Text with one style role of `looks`; it must be one visible line already."""

    text: str
    role: str = ""


Line = Sequence[Piece]
Build = Callable[[int, int], Sequence[Line]]  # row, cells -> its lines
Heights = Callable[[int], Sequence[int]]  # cells -> number of lines of each row

_NO_SIGN = Piece(" ")


def fitted(line: Line, cells: int) -> list[Piece]:
    """The pieces that have room in so many cells, the last one shortened."""
    found: list[Piece] = []
    left = cells
    for piece in line:
        text = cut(piece.text, left)
        if text:
            found.append(Piece(text, piece.role))
            left -= Segment(text).cell_length
        if left <= 0 or text != piece.text:
            break
    return found


def strip_of(line: Line, cells: int, look: Look, background: str = "") -> Strip:
    """One line of the screen, exactly so many cells wide; `background` is a role below all."""
    segments = [
        Segment(piece.text, look.style(f"{background} {piece.role}" if background else piece.role))
        for piece in fitted(line, cells)
    ]
    return Strip(segments).adjust_cell_length(cells, look.style(background) if background else None)


class Drawn(NamedTuple):
    """What a line of the screen shows: equal ones look alike.

    `sign` stands in front of a row's line; `background` is a role below all.
    """

    line: tuple[Piece, ...]
    sign: Piece | None = None
    background: str = ""

    def pieces(self, width: int) -> Line:
        """The pieces that have room in so many cells, the sign among them."""
        if self.sign is None:
            return self.line
        return (self.sign, *fitted(self.line, width - _GUTTER - _AIR))


_BLANK = Drawn(())


class RowList(ScrollView, can_focus=True, inherit_bindings=False):
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

    FOCUS_ON_CLICK = False  # a text field that is open keeps the keys
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
        self._keys: Sequence[tuple[str, str]] = ()
        self._build: Build = _no_lines
        self._height = 1
        self._heights: Heights | None = None
        self._cursor = 0
        self._tops: list[int] = []
        self._lines: dict[int, Sequence[Line]] = {}
        self._width = -1
        self._plain: Style | None = None
        self._covered = 0  # lines at the bottom that something lies over
        self._uncovered = 0  # where the list was scrolled to before
        self._places: dict[str, int] | None = None  # id -> its first row, once asked for
        self._drawn: list[Drawn] = []  # the lines of the screen, as they were drawn last
        self._strips: LRUCache[Drawn, Strip] = LRUCache(512)

    # What it shows

    def set_rows(
        self,
        keys: Sequence[tuple[str, str]],
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

    def add_rows(self, keys: Sequence[tuple[str, str]]) -> None:
        """Put rows at the end of a list whose rows all have one height."""
        self._keys, self._places = [*self._keys, *keys], None
        self._extend()
        self._renew()

    def set_heading(self, heading: Line) -> None:
        """The line above the rows; none if empty."""
        if heading == self._heading:
            return
        # The rows may be about to change as well: nothing of them is built here.
        as_before = bool(heading) == bool(self._heading)
        self._heading = heading
        if as_before:
            self.refresh(Region(0, 0, self.size.width, 1))
        else:
            self._extend()
            self._show_cursor()
            self.refresh()

    def set_empty(self, sentence: str) -> None:
        """What stands there when there is no row: what to do next."""
        if sentence != self._empty:
            self._empty = sentence
            if not self._keys:
                self.refresh()

    def row_changed(self, index: int) -> None:
        """Build a row anew."""
        self._lines.pop(index, None)
        if not self._height:
            self._lay_out()
        else:
            self._renew()

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

    # Where the cursor is

    @property
    def count(self) -> int:
        """Number of rows."""
        return len(self._keys)

    @property
    def cursor(self) -> int:
        """Index of the row that has the cursor; 0 in an empty list."""
        return self._cursor

    @property
    def key(self) -> tuple[str, str] | None:
        """(record id, kind) of the row that has the cursor."""
        return self._keys[self._cursor] if self._cursor < len(self._keys) else None

    def index_of(self, record_id: str) -> int | None:
        """The index of the first row with this id."""
        if self._places is None:
            ids = map(itemgetter(0), reversed(self._keys))  # so that of several the first stays
            self._places = dict(zip(ids, range(len(self._keys) - 1, -1, -1), strict=True))
        return self._places.get(record_id)

    def _index_of_key(self, wanted: tuple[str, str]) -> int | None:
        if self._cursor < len(self._keys) and self._keys[self._cursor] == wanted:
            return self._cursor
        found = (i for i, key in enumerate(self._keys) if key == wanted)
        return min(found, key=lambda i: abs(i - self._cursor), default=None)

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
            self._renew()
            if notify:
                self.post_message(self.Moved(self, index, *self._keys[index]))
        return moved

    def _stop(self, index: int, way: int) -> int:
        """The nearest row that takes the cursor, first in the way it is going."""
        if not self.PASSIVE:
            return index
        down, up = range(index, len(self._keys)), range(index, -1, -1)
        ways = (*down, *up) if way >= 0 else (*up, *down)
        return next((i for i in ways if self._keys[i][1] not in self.PASSIVE), index)

    def _resize_rows(self, *indices: int) -> None:
        """Build rows anew that say more, or no more so much, and move those below them."""
        changed = [i for i in indices if i < len(self._keys) and self._keys[i][1] in self.EXPANDS]
        for index in changed:
            self._lines.pop(index, None)
        if not changed or self._height or len(self._tops) <= len(self._keys):
            return
        first = min(changed)
        sizes = [b - a for a, b in pairwise(self._tops[first:])]
        for index in changed:
            sizes[index - first] = len(self._lines_of(index))
        self._tops[first:] = accumulate(sizes, initial=self._tops[first])
        self._extend()

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

    # Where the rows are

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
        self._tops = [] if self._height else list(accumulate(self._all_heights(), initial=0))
        self._extend()
        self._show_cursor()
        self._renew()

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
        return max(0, self._width - _GUTTER - _AIR)

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

    # Drawing

    def _theme_changed(self, _theme: Theme) -> None:
        self._strips.clear()
        self.refresh()

    def on_mount(self) -> None:
        """Draw anew in other colours."""
        self.app.theme_changed_signal.subscribe(self, self._theme_changed)

    def on_resize(self, event: events.Resize) -> None:
        """Lay the rows out for the new width."""
        if event.size.width != self._width:
            self._strips.clear()
            self._lay_out()
        else:
            self._show_cursor()
            self._renew()

    def watch_active(self) -> None:
        """Draw the cursor strongly or softly."""
        self._renew()

    def _renew(self) -> None:
        """Find out what the lines on the screen show now, and have those drawn that changed."""
        width, height = self.size
        before, self._drawn = self._drawn, [self._line(y) for y in range(height if width else 0)]
        if len(before) != len(self._drawn):
            self.refresh()
            return
        changed = [
            Region(0, y, width, 1)
            for y, (old, new) in enumerate(zip(before, self._drawn, strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def render_line(self, y: int) -> Strip:
        """One line of the screen: the heading, a line of a row, or what to do in an empty list."""
        width = self.size.width
        if width <= 0:
            return Strip([])
        line = self._line(y)
        strip = self._strips.get(line)
        if strip is None:
            look = look_of(self.app.current_theme)
            pieces = line.pieces(width)
            strip = strip_of(pieces, width, look, line.background).apply_style(self._page())
            self._strips[line] = strip
        return strip

    def _line(self, y: int) -> Drawn:
        """What a line of the screen shows."""
        if self._heading and y == 0:
            return Drawn(tuple(self._heading))
        y -= self._head
        if not self._keys:
            return Drawn(tuple(self._empty_line(y, self.size.width)))
        line = y + round(self.scroll_offset.y)
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
        self._strips.clear()

    def _empty_line(self, y: int, width: int) -> Line:
        found = wrapped(one_line(self._empty), width - _GUTTER - _AIR, 100) if y < 100 else []
        return (Piece(" "), Piece(found[y], "dim")) if 0 <= y < len(found) else ()

    # Mouse

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
