"""The annotation panel: what is marked in the article, in text order, with what is set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.filters import Filter
from tui.model.records import Record
from tui.model.sources import Registry
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.widgets.annotation_lines import lines_of
from tui.widgets.annotation_rows import (
    Other,
    OtherClaim,
    Row,
    Shelf,
    rows_of,
    rows_on,
    shelf_of,
)
from tui.widgets.cells import one_line
from tui.widgets.panel_sheet import Sheet
from tui.widgets.pieces import Line, Piece
from tui.widgets.proposal_rows import (
    HEIGHT,
    PROPOSAL,
    ProposalRows,
    Proposed,
    interleaved,
    proposal_lines,
)
from tui.widgets.proposed_link_rows import (
    PROPOSED_LINK,
    proposed_link_lines,
    proposed_link_rows,
)
from tui.widgets.rows import RowList, Splice

if TYPE_CHECKING:
    from tui.analysis.proposed_links import ProposedLink

NOTHING = Proposed()
_FEW = 32  # highlights that are replaced one by one rather than all rows made anew
EMPTY = "Nothing marked yet. m highlights the sentence, 1-9 tag it, c makes a claim of it."


class AnnotationPanel(RowList):
    """Highlights, their claims, and the links of these. Row ids are record ids.

    Kinds are `article highlight claim link proposal` and `proposed link`. A link between two claims
    of the article stands under each of them; `row` says under which, and what its other end is. The
    claim, link or proposal under the cursor shows its whole words.
    """

    EXPANDS = frozenset(("claim", "link", PROPOSAL, PROPOSED_LINK))

    class Moved(RowList.Moved):
        """The cursor went to another row: the article follows."""

    class Chosen(RowList.Chosen):
        """The analyst wants to open a highlight or claim, or to go to a link's other claim."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)  # without an article there is nothing to do
        self._sheet = Sheet()
        self._shelf: Shelf | None = None
        self._sources = Registry()
        self._filter = Filter()
        self._proposed = ProposalRows()
        self._links: Mapping[str, Sequence[ProposedLink]] = {}  # proposed, by claim
        self._built: dict[tuple[str, str], _Drawing] = {}

    def show(
        self,
        annotations: Annotations,
        article: Article,
        codebook: Codebook,
        sources: Registry | None = None,
        *,
        analyst: str = "",
        proposed: Proposed = NOTHING,
        other: Other | None = None,
        own: Mapping[str, str] | None = None,
    ) -> None:
        """Show an article's annotations; what others than `analyst` wrote says who did.

        `other` gives, for the id of a claim in another article, its words, source, article and
        date, or None if it is not known; it is asked when a link to it is drawn. What is `proposed`
        is shown whatever the filter is. `own` has the labels of the workspace's own fields. The
        cursor stays on its record.
        """
        before = self._shelf
        fresh = before is None or before.article.id != article.id
        changed = self._proposed.take(proposed.claims)
        linked, self._links = self._links, proposed.links
        if before is not None and linked == self._links:
            now = replace(
                before,
                annotations=annotations,
                article=article,
                codebook=codebook,
                analyst=analyst,
            )
            if self._replaced(before, now, changed):
                return
        shelf = shelf_of(annotations, codebook, analyst, article, other or _nothing_known, own)
        self._shelf, self._sources = shelf, sources or Registry()
        self._forget_drawings(before, shelf)
        self._sheet = self._whole()
        self._list(at_top=fresh)

    def _replaced(self, before: Shelf, shelf: Shelf, proposed: Collection[str]) -> bool:
        """Replace the rows of what changed; False if others may have to be as well.

        `proposed` are the proposals that came, went or are others now.
        """
        then, now = before.annotations, shelf.annotations
        if self._filter or not _of_one_kind(before, shelf) or not _alike(then, now):
            return False
        saved, changed = now.unsaved ^ then.unsaved, now.changed_since(then)
        undrawn = {decision.id for decision in now.decisions + then.decisions}
        if len(changed) + len(proposed) > _FEW or any(
            now.highlight(name) is None for name in saved - undrawn
        ):
            return False  # a claim or link was saved
        self._shelf = shelf
        splices: list[Splice] = []
        for name in changed - undrawn:
            self._built.pop((name, ""), None)
            placed = now.highlight(name)
            claims = now.claims.get(name, ())
            rows = self._with_links(rows_on(placed, claims, shelf)) if placed else ()
            splices += self._sheet.replace(name, tuple(rows))
        for name in proposed:
            self._built.pop((name, ""), None)
            row = self._proposed.rows.get(name)
            splices += self._sheet.replace(name, (row,) if row is not None else ())
        with self.at_once():
            self._say()
            self.replace_rows(splices)
        return True

    def _forget_drawings(self, before: Shelf | None, now: Shelf) -> None:
        """Forget how rows were drawn that may look different; a changed record is noticed."""
        if before is None or not _of_one_kind(before, now):
            self._built.clear()
            return
        touched = set(_touched(before, now))
        gone = [k for k, d in self._built.items() if k[0] in touched or d.row.kind == "link"]
        for key in gone:
            del self._built[key]

    def _whole(self) -> Sheet:
        """All rows that the filter leaves."""
        if self._shelf is None:
            return Sheet()
        rows = rows_of(self._shelf, self._filter, self._shelf.article, self._sources)
        rows = self._with_links(rows) if self._links else rows
        return Sheet(interleaved(rows, self._proposed.rows.values()))

    def _with_links(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows, and below each claim the links that are proposed for it."""
        for row in rows:
            yield row
            if row.kind == "claim" and row.highlight is not None and row.id in self._links:
                yield from proposed_link_rows(row.id, self._links[row.id], row.highlight)

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

    def index_of(self, record_id: str) -> int | None:
        """The index of the first row with this id."""
        return self._sheet.index_of(record_id)

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
        if self._shelf is None:
            return
        keys = [(row.id, row.kind) for row in self._sheet.rows]
        with self.at_once():
            self._say()
            at = keys[0][0] if at_top and keys else ""
            self.set_rows(keys, self._lines_at, heights=self._heights_at, at=at)

    def _say(self) -> None:
        """Say how much there is, and what to do where there is nothing."""
        self.set_heading(self._heading_line())
        filtered = f"Nothing marked here is {self._filter.describe()}. F changes the filter."
        self.set_empty(filtered if self._filter else EMPTY)

    def _heading_line(self) -> Line:
        kinds = self._sheet.kinds
        highlights, claims = kinds["highlight"], kinds["claim"]
        text = f" {counted(highlights, 'highlight')} · {counted(claims, 'claim')}"
        if kinds[PROPOSAL]:
            text = f"{text} · {kinds[PROPOSAL]} ?"
        if self._filter:
            text = f"{text} · {one_line(self._filter.describe())}"
        return (Piece(text, "dim"),)

    def _lines_at(self, index: int, width: int) -> Sequence[Line]:
        return self._drawing(index, width).lines

    def _heights_at(self, width: int) -> Iterator[int]:
        """Number of lines of each row; of thousands of proposals none is drawn for it."""
        for index, row in enumerate(self._sheet.rows):
            known = row.kind == PROPOSAL and index != self._cursor
            yield HEIGHT if known else len(self._drawing(index, width).lines)

    def _drawing(self, index: int, width: int) -> _Drawing:
        """A row as drawn, made anew only if its record is another one than it was."""
        assert self._shelf is not None
        row = self._sheet.rows[index]
        if index == self._cursor and row.kind in self.EXPANDS:
            return _Drawing(row, width, self._lines_for(row, width, whole=True))
        found = self._built.get((row.id, row.claim))
        if found is None or not found.row.like(row) or found.width != width:
            found = _Drawing(row, width, self._lines_for(row, width))
            self._built[row.id, row.claim] = found
        return found

    def _lines_for(self, row: Row, width: int, *, whole: bool = False) -> Sequence[Line]:
        assert self._shelf is not None
        if row.kind == PROPOSAL:
            return list(proposal_lines(row, width, whole=whole))
        if row.kind == PROPOSED_LINK:
            return list(proposed_link_lines(row, width, whole=whole))
        return lines_of(row, self._shelf, width, whole=whole)


def _nothing_known(_claim: str) -> OtherClaim | None:
    return None


class _Drawing(Struct, frozen=True):
    row: Row
    width: int
    lines: Sequence[Line]


def _alike(one: Annotations, other: Annotations) -> bool:
    """Whether the two have the same but for highlights and what is saved."""
    return (
        one.claims is other.claims
        and one.reviews is other.reviews
        and one.links is other.links
        and one.records is other.records
        and one.altered == other.altered
    )


def _of_one_kind(one: Shelf, other: Shelf) -> bool:
    """Whether rows of the same records look the same, as far as that hangs on something else."""
    return (one.codebook, one.analyst, one.article.id, one.article.revision) == (
        other.codebook,
        other.analyst,
        other.article.id,
        other.article.revision,
    )


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
