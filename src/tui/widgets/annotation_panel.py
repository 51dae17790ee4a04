"""The annotation panel: what is marked in the article, in text order, with what is set."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.filters import Filter
from tui.model.records import Record
from tui.model.sources import Registry
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.widgets.annotation_rows import Row, Shelf, lines_of, rows_of, shelf_of
from tui.widgets.cells import one_line
from tui.widgets.rows import Line, Piece, RowList

EMPTY = "Nothing marked yet. m highlights the sentence, 1-9 tag it, c makes a claim of it."


class AnnotationPanel(RowList):
    """Highlights and their claims. Row ids are record ids; kinds `article highlight claim`."""

    class Moved(RowList.Moved):
        """The cursor went to another highlight or claim: the article follows."""

    class Chosen(RowList.Chosen):
        """The analyst wants to open a highlight or a claim."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(empty=EMPTY, id=id, classes=classes)
        self._rows: Sequence[Row] = ()
        self._shelf: Shelf | None = None
        self._article: Article | None = None
        self._sources = Registry()
        self._filter = Filter()
        self._starts: list[int] = []
        self._built: dict[str, tuple[tuple[object, ...], Sequence[Line]]] = {}

    def show(
        self,
        annotations: Annotations,
        article: Article,
        codebook: Codebook,
        sources: Registry | None = None,
        *,
        analyst: str = "",
    ) -> None:
        """Show an article's annotations; what others than `analyst` wrote says who did.

        The cursor stays on its record.
        """
        before = self._shelf
        if before is None or before.codebook != codebook or before.analyst != analyst:
            self._built.clear()
        other = self._article is None or self._article.id != article.id
        if other:
            self._built.clear()
        self._article, self._sources = article, sources or Registry()
        self._shelf = shelf_of(annotations, codebook, analyst)
        self._list(at_top=other)

    def set_filter(self, wanted: Filter) -> None:
        """Show only what the filter wants; an empty Filter shows everything."""
        self._filter = wanted
        self._list()

    @property
    def filter(self) -> Filter:
        """The filter in force."""
        return self._filter

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        return self._rows[self.cursor] if self.cursor < len(self._rows) else None

    def row_of(self, record_id: str) -> Row | None:
        """The row of a record, if the filter shows it."""
        index = self.index_of(record_id)
        return None if index is None else self._rows[index]

    def focus_record(self, record_id: str) -> bool:
        """Put the cursor on a record without a message; whether it is shown."""
        index = self.index_of(record_id)
        if index is not None:
            self.to(index, notify=False)
        return index is not None

    def follow(self, offset: int, end: int | None = None) -> None:
        """Put the cursor, without a message, on what is marked at an offset or in a range.

        Of several the innermost is taken; where nothing is marked, the last highlight before. A
        cursor that is on something marked there stays, so that moving here does not jump.
        """
        if not self._rows:
            return
        end = offset + 1 if end is None else max(end, offset + 1)
        here = self.row
        if here is not None and here.kind != "article" and here.start < end and offset < here.end:
            return
        index = self._nearest(offset, end)
        if index is not None:
            self.to(index, notify=False)

    def _nearest(self, offset: int, end: int) -> int | None:
        """The highlight row for a range: the shortest that meets it, else the last before it."""
        reach = bisect_right(self._starts, end - 1)
        met = [
            index
            for index in range(reach)
            if self._rows[index].kind == "highlight" and self._rows[index].end > offset
        ]
        if met:
            return min(met, key=lambda i: self._rows[i].end - self._rows[i].start)
        before = bisect_right(self._starts, offset) - 1
        while before > 0 and self._rows[before].kind == "claim":
            before -= 1
        return max(0, before)

    def _list(self, *, at_top: bool = False) -> None:
        if self._shelf is None or self._article is None:
            return
        self._rows = rows_of(self._shelf, self._filter, self._article, self._sources)
        self._starts = [row.start for row in self._rows]
        self.set_heading(self._heading_line())
        filtered = f"Nothing marked here is {self._filter.describe()}. F changes the filter."
        self.set_empty(filtered if self._filter else EMPTY)
        keys = [(row.id, row.kind) for row in self._rows]
        self.set_rows(keys, self._lines_at, at=keys[0][0] if at_top and keys else "")

    def _heading_line(self) -> Line:
        shown = [row.kind for row in self._rows]
        highlights, claims = shown.count("highlight"), shown.count("claim")
        text = f" {counted(highlights, 'highlight')} · {counted(claims, 'claim')}"
        if self._filter:
            text = f"{text} · {one_line(self._filter.describe())}"
        return (Piece(text, "dim"),)

    def _lines_at(self, index: int, width: int) -> Sequence[Line]:
        """The lines of a row, made anew only if something they are made of is another object."""
        assert self._shelf is not None
        row = self._rows[index]
        shelf = self._shelf
        made_of = (
            width,
            row.record,
            _fit(row, shelf),
            row.id in shelf.annotations.unsaved,
            row.id in shelf.annotations.altered,
            *shelf.reviews.get(row.id, ()),
            *shelf.links.get(row.id, ()),
            *_highlight_of(row, shelf),
        )
        known = self._built.get(row.id)
        if known is not None and _unchanged(known[0], made_of):
            return known[1]
        lines = lines_of(row, shelf, width)
        self._built[row.id] = (made_of, lines)
        return lines


def _fit(row: Row, shelf: Shelf) -> str:
    placed = shelf.placed.get(row.highlight)
    return placed.fit if placed else ""


def _highlight_of(row: Row, shelf: Shelf) -> tuple[Record, ...]:
    placed = shelf.placed.get(row.highlight)
    return (placed.record,) if placed and row.kind == "claim" else ()


def _unchanged(known: tuple[object, ...], made_of: tuple[object, ...]) -> bool:
    """Whether plain values are equal and records the very same objects."""
    return len(known) == len(made_of) and all(
        one is other or (not isinstance(one, Record) and one == other)
        for one, other in zip(known, made_of, strict=True)
    )
