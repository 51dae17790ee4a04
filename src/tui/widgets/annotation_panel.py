"""The annotation panel: what is marked in the article, in text order, with what is set."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple

from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.filters import Filter
from tui.model.records import Record
from tui.model.sources import Registry
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.widgets.annotation_rows import (
    Other,
    OtherClaim,
    Row,
    Shelf,
    lines_of,
    rows_of,
    rows_on,
    shelf_of,
)
from tui.widgets.cells import one_line
from tui.widgets.panel_sheet import UNKNOWN, Sheet
from tui.widgets.rows import Line, Piece, RowList

_FEW = 32  # highlights that are replaced one by one rather than all rows made anew
EMPTY = "Nothing marked yet. m highlights the sentence, 1-9 tag it, c makes a claim of it."


class AnnotationPanel(RowList):
    """Highlights, their claims, and the links of these. Row ids are record ids.

    Kinds are `article highlight claim link`. A link between two claims of the article stands under
    each of them; `row` says under which one, and which claim is at its other end. The claim or link
    under the cursor shows its whole words.
    """

    EXPANDS = frozenset(("claim", "link"))

    class Moved(RowList.Moved):
        """The cursor went to another row: the article follows."""

    class Chosen(RowList.Chosen):
        """The analyst wants to open a highlight or claim, or to go to a link's other claim."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)  # without an article there is nothing to do
        self._sheet = Sheet()
        self._shelf: Shelf | None = None
        self._article: Article | None = None
        self._sources = Registry()
        self._filter = Filter()
        self._for_width = -1  # cells that the heights in the sheet are for
        self._built: dict[tuple[str, str], _Drawing] = {}

    def show(
        self,
        annotations: Annotations,
        article: Article,
        codebook: Codebook,
        sources: Registry | None = None,
        *,
        analyst: str = "",
        other: Other | None = None,
        own: Mapping[str, str] | None = None,
    ) -> None:
        """Show an article's annotations; what others than `analyst` wrote says who did.

        `other` gives, for the id of a claim in another article, its words, source, article and
        date, or None if it is not known; it is asked when a link to it is drawn. `own` has the
        labels of the workspace's own fields. The cursor stays on its record.
        """
        shelf = shelf_of(annotations, codebook, analyst, article, other or _nothing_known, own)
        before, self._shelf = self._shelf, shelf
        fresh = self._article is None or self._article.id != article.id
        same = before is not None and (before.codebook, before.analyst) == (codebook, analyst)
        if before is not None and before.article.revision != article.revision:
            same = False
        if before is None or fresh or not same:
            self._built.clear()
        else:
            touched = set(_touched(before, shelf))
            for key in [
                k for k, d in self._built.items() if k[0] in touched or d.row.kind == "link"
            ]:
                del self._built[key]
        self._article, self._sources = article, sources or Registry()
        if before is None or fresh or not same or not self._replaced(before.annotations, shelf):
            self._sheet = self._whole()
        self._list(at_top=fresh)

    def _replaced(self, before: Annotations, shelf: Shelf) -> bool:
        """Replace the rows of the highlights that changed; False if others may have to as well."""
        now = shelf.annotations
        alike = (
            now.claims is before.claims
            and now.reviews is before.reviews
            and now.links is before.links
            and now.records is before.records
            and now.altered == before.altered
        )
        changed = now.changed_since(before)
        if not alike or self._filter or len(changed) > _FEW:
            return False
        there = {p.record.id: p for p in now.highlights if p.record.id in changed}
        if any(name not in there for name in now.unsaved ^ before.unsaved):
            return False  # a claim or link was saved
        for name in changed:
            placed = there.get(name)
            claims = now.claims.get(name, ())
            self._sheet.replace(name, rows_on(placed, claims, shelf) if placed else ())
        return True

    def _whole(self) -> Sheet:
        """All rows that the filter leaves."""
        if self._shelf is None or self._article is None:
            return Sheet()
        return Sheet(rows_of(self._shelf, self._filter, self._article, self._sources))

    def set_filter(self, wanted: Filter) -> None:
        """Show only what the filter wants; an empty Filter shows everything."""
        self._filter = wanted
        self._sheet = self._whole()
        self._list()

    @property
    def filter(self) -> Filter:
        """The filter in force."""
        return self._filter

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        rows = self._sheet.rows
        return rows[self.cursor] if self.cursor < len(rows) else None

    def row_of(self, record_id: str) -> Row | None:
        """The row of a record, if the filter shows it."""
        index = self.index_of(record_id)
        return None if index is None else self._sheet.rows[index]

    def focus_record(self, record_id: str) -> bool:
        """Put the cursor on a record without a message; whether it is shown."""
        index = self.index_of(record_id)
        if index is not None:
            self.to(index, notify=False)
        return index is not None

    def follow(self, offset: int, end: int | None = None) -> None:
        """Put the cursor, without a message, on what is marked at an offset or in a range.

        Of several the innermost is taken; where nothing is marked, the last highlight before. A
        cursor that is on something marked there stays. While the panel is active, the analyst
        moves in it and the article follows: the cursor stays where it is.
        """
        if not self._sheet.rows or self.active:
            return
        end = offset + 1 if end is None else max(end, offset + 1)
        here = self.row
        if here is not None and here.kind != "article" and here.start < end and offset < here.end:
            return
        self.to(self._sheet.nearest(offset, end), notify=False)

    def _list(self, *, at_top: bool = False) -> None:
        if self._shelf is None or self._article is None:
            return
        self.set_heading(self._heading_line())
        filtered = f"Nothing marked here is {self._filter.describe()}. F changes the filter."
        self.set_empty(filtered if self._filter else EMPTY)
        keys = list(self._sheet.keys)
        at = keys[0][0] if at_top and keys else ""
        self.set_rows(keys, self._lines_at, heights=self._heights_at, at=at)

    def _heading_line(self) -> Line:
        shown = list(map(itemgetter(1), self._sheet.keys))
        highlights, claims = shown.count("highlight"), shown.count("claim")
        text = f" {counted(highlights, 'highlight')} · {counted(claims, 'claim')}"
        if self._filter:
            text = f"{text} · {one_line(self._filter.describe())}"
        return (Piece(text, "dim"),)

    def _lines_at(self, index: int, width: int) -> Sequence[Line]:
        return self._drawing(index, width).lines

    def _heights_at(self, width: int) -> list[int]:
        """Number of lines of each row; only those are counted that are not known yet."""
        heights = self._sheet.heights
        if width != self._for_width:
            self._for_width = width
            heights[:] = [UNKNOWN] * len(heights)
        if UNKNOWN in heights:
            for index, height in enumerate(heights):
                if height == UNKNOWN:
                    heights[index] = len(self._drawing(index, width, short=True).lines)
        if self._cursor >= len(heights):
            return heights
        here = len(self._drawing(self._cursor, width).lines)
        return [*heights[: self._cursor], here, *heights[self._cursor + 1 :]]

    def _drawing(self, index: int, width: int, *, short: bool = False) -> _Drawing:
        """A row as drawn, made anew only if its record is another one than it was."""
        assert self._shelf is not None
        row = self._sheet.rows[index]
        if index == self._cursor and row.kind in self.EXPANDS and not short:
            return _Drawing(row, width, lines_of(row, self._shelf, width, whole=True))
        found = self._built.get((row.id, row.claim))
        if found is None or not found.row.like(row) or found.width != width:
            found = _Drawing(row, width, lines_of(row, self._shelf, width))
            self._built[row.id, row.claim] = found
        return found


def _nothing_known(_claim: str) -> OtherClaim | None:
    return None


class _Drawing(NamedTuple):
    row: Row
    width: int
    lines: Sequence[Line]


def _touched(old: Shelf, new: Shelf) -> Iterator[str]:
    """Ids of records that look different although they are the same: reviewed, linked, saved."""
    before, after = old.annotations, new.annotations
    yield from before.unsaved ^ after.unsaved
    yield from before.altered ^ after.altered
    if before.reviews is not after.reviews:
        yield from _differing(old.reviews, new.reviews)
    if before.links is not after.links:
        yield from _differing(old.links, new.links)


def _differing(
    old: Mapping[str, Sequence[Record]], new: Mapping[str, Sequence[Record]]
) -> Iterator[str]:
    yield from (key for key, records in new.items() if old.get(key) != records)
    yield from (key for key in old if key not in new)
