"""Rows on Textual's line API that are drawn once: where a row moves to, its strip goes along.

Textual keeps the strips of a widget by where they stand, and puts padding round and filters over
each of them anew when it stands elsewhere. Here they are kept by what they show.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from typing import Generic, TypeVar

from rich.segment import Segment
from rich.style import Style
from textual.cache import LRUCache
from textual.color import Color
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip

_KEPT = 256  # rows: some pages
_NO_SIZE = Size(-1, -1)
Look = TypeVar("Look", bound=Hashable)


class LineView(ScrollView, Generic[Look], can_focus=False, inherit_bindings=False):
    """A view that says what each of its rows shows, its look; rows of equal looks are alike.

    After a change `renew` finds out which rows look different, and only these are painted.
    """

    FOCUS_ON_CLICK = False  # a text field that is open keeps the keys

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self.drawn_rows = 0  # rows drawn since the start, for whoever counts
        self._looks: Sequence[Look] = ()  # of the rows on the screen, as they are painted
        self._looked = _NO_SIZE  # the size that those are for
        self._strips: LRUCache[tuple[Look | None, int, bool], Strip] = LRUCache(_KEPT)
        self._background: Color | None = None
        self._changes = 0  # blocks of changes that are under way
        self._stale = False

    def looks_now(self) -> Sequence[Look]:
        """The looks of the rows on the screen from the first one on; what is below is blank."""
        raise NotImplementedError  # no ABC: widgets have a metaclass of their own

    def draw(self, look: Look) -> Strip:
        """The strip of a row, as wide as the content."""
        raise NotImplementedError  # no ABC: widgets have a metaclass of their own

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Several changes, after which it is found out once what looks different."""
        self._changes += 1
        try:
            yield
        finally:
            self._changes -= 1
            if self._stale and not self._changes:
                self.renew()

    def renew(self) -> None:
        """Find out how the rows on the screen look now, and have those painted that changed."""
        self._stale = bool(self._changes)
        if self._stale or not self.is_attached:
            return
        before, self._looks, self._looked = self._looks, self.looks_now(), self.size
        if len(before) != len(self._looks):
            self.refresh()
            return
        changed = [
            Region(0, y, self.size.width, 1)
            for y, (old, new) in enumerate(zip(before, self._looks, strict=True))
            if old != new
        ]
        if changed:
            self.refresh(*changed)

    def look_later(self, *regions: Region) -> None:
        """Have rows painted, all of them without a region; what they show is found out then."""
        self._looked = _NO_SIZE
        self.refresh(*regions)

    def forget_rows(self) -> None:
        """Have every row drawn anew: colours changed."""
        self._strips.clear()
        self._background = None

    def notify_style_update(self) -> None:
        """Forget what was drawn in other colours."""
        super().notify_style_update()
        self.forget_rows()

    def render_line(self, y: int) -> Strip:
        """The strip of a row of the content, as Textual's line API asks for it."""
        self._look_again()
        return self._drawn(self._looks[y] if y < len(self._looks) else None)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The strips of a part of the widget, padding and filters of the application included."""
        self._look_again()
        top, width, kept = self.gutter.top, self.outer_size.width, self._strips
        looks = [*[None] * top, *self._looks]
        inside = range(top, top + self.size.height)
        strips: list[Strip] = []
        for y in crop.line_range:
            key = looks[y] if y < len(looks) else None, width, y in inside
            strip = kept.get(key)
            if strip is None:
                strip = kept[key] = self._finished(self._drawn(key[0]) if y in inside else None)
            strips.append(strip)
        begin, end = crop.column_span
        whole = (begin, end) == (0, width)
        return strips if whole else [strip.crop(begin, end) for strip in strips]

    def _look_again(self) -> None:
        """Find out what the rows show in a new size, if its event is still to come."""
        if self.size != self._looked:
            self._looks, self._looked = self.looks_now(), self.size

    def _drawn(self, look: Look | None) -> Strip:
        self.drawn_rows += look is not None
        if look is None or self.size.width <= 0:
            return Strip.blank(self.size.width, self.visual_style.rich_style)
        return self.draw(look)

    def _finished(self, row: Strip | None) -> Strip:
        """A row as it goes to the terminal; one of the padding without it."""
        if self._background is None:  # goes through all that the view lies in
            self._background = self.background_colors[1]
        background = self._background
        paper = Style(bgcolor=background.rich_color)
        left, right = self.gutter.left, self.gutter.right
        if row is None:
            row = Strip.blank(self.outer_size.width, paper)
        elif left or right:
            row = Strip([Segment(" " * left, paper), *row, Segment(" " * right, paper)])
        for line_filter in self.get_line_filters():
            row = row.apply_filter(line_filter, background)
        return row
