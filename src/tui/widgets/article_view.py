"""The article as it is read: text column, gutter, highlights, cursor sentence, selection.

Drawn on the line API. A key lays out only what is on the screen, and draws of that only the rows
that look different from before.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui.model.articles import Article, Outline, Sentence
from tui.model.spans import Extent, merged
from tui.reading.motions import next_grapheme
from tui.widgets.article_ink import Ink
from tui.widgets.article_layout import Layout, Line
from tui.widgets.article_rows import (
    COLUMN,
    PLAIN,
    Frame,
    Mark,
    Marks,
    RowLook,
    RowPainter,
    Shown,
    row_look,
)
from tui.widgets.line_view import LineView

__all__ = ["COLUMN", "ArticleView", "Mark"]

_SCROLLOFF = 3  # rows kept between the cursor sentence and the edges of the screen
_WHEEL = 3  # rows that a turn of the wheel moves
_EMPTY = Article(id="", text="", revision="")


class ArticleView(LineView[tuple[Line, RowLook]], can_focus=False, inherit_bindings=False):
    """Shows one article and what stands out in it; the screen that owns it moves the caret.

    Offsets are code points into the canonical text. Nothing is laid out but what is looked at.
    """

    ALLOW_SELECT = False  # the mouse selects text of the article, not of the screen
    DEFAULT_CSS = """
    ArticleView {
        width: 1fr;
        height: 1fr;
        overflow: hidden;
        background: $background;
        color: $foreground;
    }
    """

    class Pointed(Message):
        """The mouse was clicked on the text at `offset`."""

        def __init__(self, view: ArticleView, offset: int) -> None:
            super().__init__()
            self.view = view
            self.offset = offset

        @property
        def control(self) -> ArticleView:
            """The view it happened in."""
            return self.view

    class Dragged(Message):
        """The mouse was dragged over `extent`, whole graphemes."""

        def __init__(self, view: ArticleView, extent: Extent) -> None:
            super().__init__()
            self.view = view
            self.extent = extent

        @property
        def control(self) -> ArticleView:
            """The view it happened in."""
            return self.view

    class Scrolled(Message):
        """Another part of the text is on the screen, through the wheel or a motion."""

        def __init__(self, view: ArticleView) -> None:
            super().__init__()
            self.view = view

        @property
        def control(self) -> ArticleView:
            """The view it happened in."""
            return self.view

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._outline = Outline((), ())
        self._layout = Layout(_EMPTY, self._outline)
        self._shown = Shown()
        self._pieces: tuple[Extent, ...] = ()
        self._anchor: int | None = None
        self._top = Line(0, 0)
        self._left: dict[str, tuple[int, tuple[int, int]]] = {}  # caret and top of what was left
        self._covered = 0  # rows at the bottom that something lies over
        self._lift = 0  # rows that the text is moved up by meanwhile
        self._fitted = Size(0, 0)  # the size that the text was last fitted to
        self._taller: tuple[int, Line, Line] | None = None  # height, top; top since it is less
        self._goal = (-1, 0)  # the cell that motions by row keep to, while the caret is there
        self._painter: RowPainter | None = None
        self._pressed: int | None = None
        self._dragging: Extent | None = None

    # what is shown

    def show(self, article: Article, outline: Outline, *, caret: int = 0) -> None:
        """Show an article at its caret, scrolled as it was left there; all marks are forgotten."""
        self._left[self._layout.article.id] = self.caret, self._layout.place_of(self._top)
        self._outline = outline
        self._layout = Layout(article, outline, self._frame.column)
        self._shown = Shown()
        self._pieces, self._anchor, self._goal = (), None, (-1, 0)
        self._pressed = self._dragging = None
        self._top = self._layout.first
        self.forget_rows()
        self._looks = ()
        self.move_to(caret)
        left, place = self._left.get(article.id, (-1, (0, 0)))
        self._top = self._layout.line_at(place) if left == caret else self._top
        self._reveal()
        self.renew()

    def set_outline(self, outline: Outline) -> None:
        """The same outline with more of it found; where things lie on the screen stays."""
        self._outline = outline

    def set_marks(self, marks: Sequence[Mark]) -> None:
        """The highlights and suggestions to show; overlapping ones are all seen."""
        self._shown.marks = Marks(marks)
        self.renew()

    def replace_marks(self, gone: Collection[str], marks: Sequence[Mark]) -> None:
        """Show these marks in place of those with the ids in `gone`; all others stay."""
        self._shown.marks.replace(gone, marks)
        self.renew()

    def set_selection(self, extents: Sequence[Extent]) -> None:
        """The selected ranges, beside the one between anchor and caret."""
        pieces = tuple(extents)
        if pieces != self._pieces:
            self._pieces = pieces
            self._select()
            self.renew()

    def set_focus_mark(self, id: str | None) -> None:  # noqa: A002
        """The mark that stands out from the others, or None."""
        if self._shown.focus != (id or None):
            self._shown.focus = id or None
            self.renew()

    def set_hits(self, extents: Sequence[Extent], current: int | None = None) -> None:
        """What a search found, in text order, and the index of the one in hand."""
        self._shown.hits = extents
        self._shown.hit = -1 if current is None else current
        self.renew()

    def move_to(
        self, caret: int, *, anchor: int | None = None, caret_shown: bool | None = None
    ) -> None:
        """Put the caret at an offset and its sentence on the screen.

        With an anchor, all between the two is selected, both graphemes included. The caret itself
        is drawn if `caret_shown`; without a word on it, if there is an anchor.
        """
        self._place(caret, anchor, caret_shown)

    @property
    def caret(self) -> int:
        """The offset of the caret."""
        return self._shown.caret

    @property
    def sentence(self) -> Sentence | None:
        """The stop that the caret is in, else the last before it; None if there is none."""
        return self._outline.stop_at(self.caret)

    # motions that need the layout

    def _caret_cell(self) -> tuple[Line, int]:
        """The row of the caret, and the cell that motions by row keep to."""
        line, cell = self._layout.cell_of(self.caret)
        offset, goal = self._goal
        return line, goal if offset == self.caret else cell

    def _aimed(self, line: Line, cell: int) -> int:
        """The offset at a cell of a row; the next motion by row keeps to that cell."""
        offset = self._layout.offset_at(line, cell)
        self._goal = (offset, cell)
        return offset

    def _text_line(self, line: Line, step: int) -> Line | None:
        """The row itself or the nearest row of text in the direction of `step`."""
        layout = self._layout
        while layout.text_of(line) is None:
            following = layout.moved(line, step)
            if following == line:
                return None
            line = following
        return line

    def page_moved(self, pages: float) -> int:
        """Scroll by pages (negative: back) and say where the caret belongs on the new page."""
        rows = max(1, round(abs(pages) * max(1, self.size.height - self._covered - 1)))
        rows = rows if pages > 0 else -rows
        layout = self._layout
        line, cell = self._caret_cell()
        target = layout.moved(line, rows)
        step = 1 if pages > 0 else -1
        target = self._text_line(target, step) or self._text_line(target, -step) or line
        self._top = self._held(layout.moved(self._top, rows))
        self.renew()
        return self._aimed(target, cell)

    def row_extent(self) -> Extent:
        """The range of the row that the caret is on, for motions to its ends."""
        return self._layout.extent_of(self._layout.line_of(self.caret))

    def cover(self, rows: int) -> None:
        """Something lies over so many rows at the bottom; 0: no more.

        The text stays where it is, unless the cursor sentence would be under them: then it is
        lifted by as little as needed, and comes back.
        """
        if rows != self._covered:
            self.on_resize()
            self._covered = rows
            self._lift = self._needed_lift()
            self.renew()

    @property
    def top(self) -> Line:
        """The row that the text began with before anything lay over it, for `back_to`."""
        return self._top

    def back_to(self, caret: int, top: Line) -> None:
        """Put the caret and the text where they were, for whoever looked elsewhere meanwhile."""
        self._place(caret, None, None)
        self._top = self._held(top)
        self._lift = self._needed_lift()
        self.renew()

    @property
    def visible_extent(self) -> Extent:
        """The range of text on the screen."""
        rows = [self._layout.extent_of(line) for line, _ in self._looks]
        if not rows:
            return Extent(0, 0)
        return Extent(rows[0].start, max(row.end for row in rows))

    # placing

    def _place(self, caret: int, anchor: int | None, caret_shown: bool | None) -> None:
        self.on_resize()  # a new size may be there before its event: then what was seen is known
        shown = self._shown
        before = shown.caret, shown.caret_shown, shown.sentence, shown.selection
        caret = max(0, min(caret, len(self._layout.article.text)))
        moved, shown.caret = caret != shown.caret, caret
        shown.caret_shown = anchor is not None if caret_shown is None else caret_shown
        stop = self.sentence
        shown.sentence = stop.extent if stop is not None else None
        self._anchor = anchor
        self._select()
        if moved:  # else whoever turned the wheel would be called back by every save
            self._reveal()
        if before != (shown.caret, shown.caret_shown, shown.sentence, shown.selection):
            self.renew()

    def _select(self) -> None:
        pieces = self._pieces
        if self._anchor is not None:
            low, high = sorted((self._anchor, self.caret))
            pieces += (Extent(low, next_grapheme(self._layout.article.text, high)),)
        if self._dragging is not None:
            pieces += (self._dragging,)
        self._shown.selection = merged(pieces)

    def _cursor_rows(self, room: int) -> tuple[Line, int]:
        """(first row, number of rows) of the sentence, or of the caret where it has no room."""
        layout, caret = self._layout, self._layout.line_of(self.caret)
        sentence = self._shown.sentence
        if sentence is not None and sentence.covers(self.caret):
            first = layout.line_of(sentence.start)
            last = layout.line_of(max(sentence.start, sentence.end - 1))
            size = layout.distance(first, last, room) + 1
            if size <= room:
                return first, size
        return caret, 1

    def _needed_lift(self) -> int:
        """How many rows the text has to move up for the cursor sentence to be seen whole."""
        height = self.size.height
        room = max(1, height - self._covered)
        if room >= height:
            return 0
        first, size = self._cursor_rows(room)
        above = self._layout.distance(self._top, first, height)
        if above >= height:  # whoever turned the wheel looks at something else
            return 0
        return max(0, above + size - room)

    def _reveal(self) -> None:
        """Scroll as little as needed to have the cursor sentence on the screen, with a margin."""
        height = self.size.height
        if height <= 0:
            return
        layout = self._layout
        first, size = self._cursor_rows(height)
        margin = min(_SCROLLOFF, (height - 1) // 2)
        margin = min(margin, (height - size) // 2)
        above = layout.distance(self._top, first, 2 * height)
        if above < margin:
            back = margin if above > -height else height // 3
            self._top = layout.moved(first, -back)
        elif above + size + margin > height:
            if above < 2 * height:
                self._top = layout.moved(self._top, above + size + margin - height)
            else:
                self._top = layout.moved(first, -(height // 3))
        self._top = self._held(self._top)
        self._lift = self._needed_lift()

    def _held(self, top: Line) -> Line:
        """The top row held back so that there is but one blank row below the end."""
        layout = self._layout
        lowest = layout.moved(layout.last, 2 - max(2, self.size.height))
        return min(layout.clamped(top), lowest)

    # drawing

    @property
    def _frame(self) -> Frame:
        return Frame.of(max(1, self.size.width))

    def renew(self) -> None:
        """Find out which rows look different; say so if they are those of another place."""
        before = self._looks[0][0] if self._looks else None
        super().renew()
        if before is not None and self._looks and self._looks[0][0] != before:
            self.post_message(self.Scrolled(self))

    def looks_now(self) -> Sequence[tuple[Line, RowLook]]:
        """The rows of the layout on the screen, and what stands out in them."""
        if self.size.width <= 0 or self.size.height <= 0:
            return ()
        layout, shown = self._layout, self._shown
        now: list[tuple[Line, RowLook]] = []
        for line in layout.lines(layout.moved(self._top, self._lift), self.size.height):
            found = layout.text_of(line)
            look = PLAIN if found is None else row_look(shown, *found[0].row(found[1]))
            now.append((line, look))
        return now

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a part of the screen; a new size is painted before its event comes."""
        self._fit()
        return super().render_lines(crop)

    def draw(self, look: tuple[Line, RowLook]) -> Strip:
        """The strip of a row of the layout."""
        painter = self._painter
        if painter is None or painter.frame.width != self.size.width:
            painter = self._painter = RowPainter(Ink(self), self._frame)
        line, standing = look
        found = self._layout.text_of(line)
        if found is None:
            return painter.aside(*self._layout.above_of(line))
        return painter.row(*found, self._layout.blocks[line.block].kind, standing)

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self._painter = None

    def on_resize(self) -> None:
        """Fit the text to the new size, if it was not painted in it yet."""
        if self._fit():
            self.refresh()

    def _fit(self) -> bool:
        """Wrap to a new width, what is being read kept on the screen; says whether it was new."""
        if self.size == self._fitted:
            return False
        if self._frame.column != self._layout.width:
            top = self._layout.extent_of(self._layout.clamped(self._top)).start
            above = self._top.row == 0
            self._layout.resize(self._frame.column)
            line = self._layout.line_of(top)
            self._top = Line(line.block, 0) if above else line
            self._taller = None
            self._reveal()
        else:
            self._new_height(self._fitted.height, self.size.height)
        self._fitted = self.size
        self.forget_rows()
        self._looks, self._looked = self.looks_now(), self.size
        return True

    def _new_height(self, before: int, now: int) -> None:
        """Keep the sentence in sight; a view as tall as it was shows what it did, if not moved."""
        height, top, since = self._taller or (before, self._top, self._top)
        if now >= height and since == self._top:
            self._top = top
        self._reveal()
        self._taller = (height, top, self._top) if now < height else None

    # the mouse

    def _offset_at(self, x: int, y: int) -> int:
        """The offset drawn at a cell of the widget; the nearest one beyond the text."""
        if not self._looks:
            return self.caret
        if y >= len(self._looks):
            return self._layout.extent_of(self._looks[-1][0]).end
        line = self._looks[max(0, y)][0]
        return self._layout.offset_at(line, x - self._frame.text)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Remember where a click or a drag begins."""
        if event.button == 1:
            event.stop()
            self._pressed = self._offset_at(event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Show what a drag has selected so far; scroll at the edges."""
        if self._pressed is None:
            return
        event.stop()
        if event.y < 0 or event.y >= self.size.height:
            self.scroll_rows(-1 if event.y < 0 else 1)
        low, high = sorted((self._pressed, self._offset_at(event.x, event.y)))
        if low == high and self._dragging is None:
            return
        self._dragging = Extent(low, next_grapheme(self._layout.article.text, high))
        self._select()
        self.renew()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """Say what was pointed at or dragged over."""
        if self._pressed is None:
            return
        event.stop()
        self.release_mouse()
        pressed, dragged = self._pressed, self._dragging
        self._pressed = self._dragging = None
        if dragged is None:
            self.post_message(self.Pointed(self, pressed))
            return
        self._select()
        self.renew()
        self.post_message(self.Dragged(self, dragged))

    def scroll_rows(self, count: int) -> None:
        """Scroll by rows, the caret staying where it is in the text."""
        count += self._lift
        self._top = self._held(self._layout.moved(self._layout.clamped(self._top), count))
        self._lift = 0
        self.renew()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll on."""
        event.stop()
        self.scroll_rows(_WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll back."""
        event.stop()
        self.scroll_rows(-_WHEEL)
