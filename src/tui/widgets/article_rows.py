"""One row of the article view: what stands out in it, and the strip it is drawn as."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence
from itertools import count
from typing import NamedTuple

from msgspec import Struct, field
from rich.segment import Segment
from textual.strip import Strip

from tui.model.spans import Extent
from tui.widgets.article_ink import Ink, Standing
from tui.widgets.overlaps import Ends
from tui.widgets.wrapping import Passage

COLUMN = 76  # cells of text at most
CHANGED = "~"  # in place of the bar, where the words are not what was marked


class Mark(Struct, frozen=True):
    """A highlight or suggestion to be shown; one with several tags is a mark of the same id each.

    Its text is drawn in the colour of the first, underlined if there are more. `colour` is a name
    of the codebook's colours or `#rrggbb`, `slot` the digit of its tag or 0. `sign` is empty,
    `hollow` for one that is not saved yet, `changed` for one whose words are not what they were,
    `?` for a suggestion, or `whole` for a tag of the whole
    article: that is a digit in the gutter beside the headline, and leaves the text as it is.
    """

    id: str
    extents: tuple[Extent, ...]
    colour: str = ""
    slot: int = 0
    sign: str = ""


_Part = tuple[int, int, str, int, Mark]  # start, end below zero, id, order within the id


class Piece(NamedTuple):
    """A part of a mark on one row; `first` where the mark's extent begins on that row."""

    start: int
    end: int
    colour: str
    slot: int
    sign: str
    focus: bool
    first: bool
    id: str = ""


class Marks:
    """Marks found by place: those that meet a row, in text order, the longer first.

    At the same place they are in the order of their ids, those of one id as they were given.
    """

    def __init__(self, marks: Iterable[Mark] = ()) -> None:
        self._parts = sorted(_parts(marks))
        self._starts = [part[0] for part in self._parts]
        self._ends = Ends(-part[1] for part in self._parts)
        self._of: dict[str, list[_Part]] = {}
        for part in self._parts:
            self._of.setdefault(part[2], []).append(part)

    def replace(self, gone: Collection[str], marks: Iterable[Mark]) -> None:
        """Take the marks with these ids away and put others in; all others stay."""
        for name in gone:
            for part in self._of.pop(name, ()):
                index = bisect_left(self._parts, part)
                self._splice(index, index + 1, [])
        for part in _parts(marks):
            index = bisect_left(self._parts, part)
            self._splice(index, index, [part])
            self._of.setdefault(part[2], []).append(part)

    def _splice(self, begin: int, end: int, parts: Sequence[_Part]) -> None:
        self._parts[begin:end] = parts
        self._starts[begin:end] = [part[0] for part in parts]
        self._ends.splice(begin, end, [-part[1] for part in parts])

    def meeting(self, start: int, end: int, focus: str | None = None) -> tuple[Piece, ...]:
        """The parts of marks within a range."""
        found: list[Piece] = []
        for index in self._ends.reaching(start, bisect_left(self._starts, end)):
            low, negative, _, _, mark = self._parts[index]
            found.append(
                Piece(
                    max(low, start),
                    min(-negative, end),
                    mark.colour,
                    mark.slot,
                    mark.sign,
                    focus is not None and mark.id == focus,
                    low >= start,
                    mark.id,
                )
            )
        found.reverse()
        return tuple(found)


def _parts(marks: Iterable[Mark]) -> list[_Part]:
    numbers = count()
    return [(e.start, -e.end, mark.id, next(numbers), mark) for mark in marks for e in mark.extents]


class Shown(Struct):
    """What stands out in an article at the moment; offsets are canonical."""

    caret: int = 0
    caret_shown: bool = False
    sentence: Extent | None = None
    selection: tuple[Extent, ...] = ()
    focus: str | None = None
    marks: Marks = field(default_factory=Marks)
    hits: Sequence[Extent] = ()  # sorted, not overlapping
    hit: int = -1  # index of the one in hand


class RowLook(Struct, frozen=True):
    """All that stands out in one row: equal looks of a row are drawn alike."""

    sentence: Extent | None = None
    pieces: tuple[Piece, ...] = ()
    hits: tuple[tuple[int, int, int], ...] = ()
    selection: tuple[Extent, ...] = ()
    caret: int = -1


PLAIN = RowLook()


def row_look(shown: Shown, start: int, end: int) -> RowLook:
    """What stands out in the row of a range."""
    sentence = shown.sentence
    if sentence is not None:
        sentence = _clipped(sentence, start, end)
    hits: list[tuple[int, int, int]] = []
    if shown.hits:
        index = bisect_left(shown.hits, (start + 1,))
        for at in range(max(0, index - 1), len(shown.hits)):
            hit = shown.hits[at]
            if hit.start >= end:
                break
            if hit.end > start:
                hits.append((hit.start, hit.end, 2 if at == shown.hit else 1))
    return RowLook(
        sentence,
        shown.marks.meeting(start, end, shown.focus),
        tuple(hits),
        tuple(c for e in shown.selection if (c := _clipped(e, start, end)) is not None),
        shown.caret if shown.caret_shown and start <= shown.caret < max(end, start + 1) else -1,
    )


def _clipped(extent: Extent, start: int, end: int) -> Extent | None:
    low, high = max(extent.start, start), min(extent.end, end)
    return Extent(low, high) if low < high else None


class Frame(Struct, frozen=True):
    """Where things stand in a row, in cells: air at the left, gutter, text column."""

    width: int
    left: int
    gutter: int
    column: int

    @classmethod
    def of(cls, width: int) -> Frame:
        """A centred column; on narrow screens the gutter shrinks, then goes."""
        gutter = 6 if width >= 40 else 4 if width >= 16 else 0
        air = 2 if width >= 40 else 1 if width > 1 else 0
        column = max(1, min(COLUMN, width - gutter - air))
        left = max(0, min((width - column) // 2 - gutter, width - gutter - column))
        return cls(width, left, gutter, column)

    @property
    def text(self) -> int:
        """The first cell of the text."""
        return self.left + self.gutter


class _Layers(NamedTuple):
    """What stands out in a row of text, each in the ranges of whole cells that it is drawn in."""

    pieces: Sequence[tuple[int, int, Piece]]
    hits: Sequence[tuple[int, int, int]]
    selection: Sequence[tuple[int, int]]
    sentence: Sequence[tuple[int, int]]
    caret: Sequence[tuple[int, int]]

    def edges(self, start: int, end: int) -> list[int]:
        """Where the row is cut, its ends included: between two edges all looks alike."""
        cuts = {start, end}
        for layer in self:
            cuts.update(edge for low, high, *_ in layer if low < high for edge in (low, high))
        return sorted(cuts)

    def standing(self, kind: str, at: int) -> Standing:
        """How the text from an edge on stands out."""
        over = [piece for low, high, piece in self.pieces if low <= at < high]
        tags = [piece for piece in over if piece.sign not in ("?", "whole")]
        firsts = {piece.id: piece.colour for piece in reversed(tags)}  # of each its first tag
        return Standing(
            kind,
            sentence=_covers(self.sentence, at),
            marks=tuple(reversed(firsts.values())),
            guessed=any(piece.sign == "?" for piece in over),
            focus=any(piece.focus for piece in over),
            hit=max((hit for low, high, hit in self.hits if low <= at < high), default=0),
            selected=_covers(self.selection, at),
            caret=_covers(self.caret, at),
            several=len({(p.id, p.colour, p.slot) for p in tags}) > len(firsts),
        )


def _layers(passage: Passage, index: int, look: RowLook, start: int, end: int) -> _Layers:
    def snapped(*extents: tuple[int, int]) -> list[tuple[int, int]]:
        return [passage.snapped(index, low, high) for low, high in extents]

    return _Layers(
        [(*passage.snapped(index, p.start, p.end), p) for p in look.pieces],
        [(*passage.snapped(index, low, high), hit) for low, high, hit in look.hits],
        snapped(*look.selection),
        snapped(look.sentence) if look.sentence else [],
        snapped((look.caret, look.caret + 1)) if start <= look.caret < end else [],
    )


def _covers(extents: Iterable[tuple[int, int]], at: int) -> bool:
    return any(low <= at < high for low, high in extents)


class RowPainter:
    """Makes strips of one width with one ink."""

    def __init__(self, ink: Ink, frame: Frame) -> None:
        self.ink = ink
        self.frame = frame
        self._margin = Segment(" " * frame.text, ink.blank)

    def aside(self, kind: str, words: str) -> Strip:
        """A row that is no text: a blank one, the title, outlet and times, a section label."""
        if not words:
            return self._strip([self._margin])
        return self._strip([self._margin, Segment(words, self.ink.text(Standing(kind)))])

    def row(self, passage: Passage, index: int, kind: str, look: RowLook) -> Strip:
        """A row of text."""
        segments = self._gutter(look) if look != PLAIN else [self._margin]
        start, end = passage.row(index)[0], passage.body_end(index)
        if look == PLAIN:
            words = passage.pictures(index, (start, end))[0]
            segments.append(Segment(words, self.ink.text(Standing(kind))))
        else:
            segments += self._spans(passage, index, kind, look, start, end)
        return self._strip(segments)

    def _strip(self, segments: list[Segment]) -> Strip:
        return Strip(segments).adjust_cell_length(self.frame.width, self.ink.blank)

    def _spans(
        self, passage: Passage, index: int, kind: str, look: RowLook, start: int, end: int
    ) -> list[Segment]:
        layers = _layers(passage, index, look, start, end)
        edges = layers.edges(start, end)
        found = [
            Segment(words, self.ink.text(layers.standing(kind, at)))
            for at, words in zip(edges, passage.pictures(index, edges), strict=False)
            if words
        ]
        if look.caret >= end:
            found.append(Segment(" ", self.ink.text(Standing(kind, caret=True))))
        return found

    def _gutter(self, look: RowLook) -> list[Segment]:
        frame, ink = self.frame, self.ink
        if not frame.gutter:
            return [self._margin]
        room = frame.gutter - 3
        signs = list(
            dict.fromkeys(
                (str(p.slot) if p.sign != "?" else "?", p.colour, p.focus)
                for p in look.pieces
                if p.first and (p.slot or p.sign == "?")
            )
        )[-room:]
        segments = [Segment(" " * (frame.left + room - len(signs)), ink.blank)]
        segments += [Segment(s, ink.sign(c)) for s, c, _ in signs]
        segments.append(self._bar(look.pieces))
        segments.append(
            Segment("▎" if look.sentence else " ", ink.bar if look.sentence else ink.blank)
        )
        segments.append(Segment(" ", ink.blank))
        return segments

    def _bar(self, pieces: Sequence[Piece]) -> Segment:
        """The bar of the marks on a row: two colours for two, hollow for what is not saved."""
        ink = self.ink
        pieces = [p for p in pieces if p.sign != "whole"]
        if not pieces:
            return Segment(" ", ink.blank)
        focus = next((p for p in pieces if p.focus), None)
        if focus is not None:
            return Segment("▶", ink.sign(focus.colour))
        solid = [p for p in pieces if p.sign != "?"]
        if not solid:
            return Segment("┊", ink.sign(pieces[0].colour))
        hollow = any(p.sign == "hollow" for p in solid)
        colours = list(dict.fromkeys(p.colour for p in solid))
        if hollow:
            return Segment("▯", ink.sign(colours[0]))
        if any(p.sign == "changed" for p in solid):
            return Segment(CHANGED, ink.sign(colours[0]))
        return Segment("▌", ink.sign(colours[0], colours[1] if len(colours) > 1 else ""))
