"""How an article lies on the screen: its blocks with their rows, laid out only where looked at.

A block is the headline, a caption, or a stretch of a paragraph, with the rows that stand above it:
blank ones, the line with outlet and times, section labels. No row number is absolute: a line is
named by its block and its row there, so that a huge article opens and scrolls like a short one. In
the far part of such an article a block is a rough stop of the outline: its paragraphs are found
when it is looked at.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from msgspec import Struct

from tui.articles import refined
from tui.model.articles import ROUGH, Article, Outline, Sentence, decoding_words
from tui.model.spans import Extent
from tui.widgets.wrapping import Passage

CHUNK = 4096  # code points; a longer paragraph is laid out in stretches of about that size
_KEPT = 1024  # blocks whose rows are remembered

_NO_TEXT = "There is no text in this article. J goes on to the next one."
_NO_ARTICLE = (
    "No article is open. Put texts into the folder, they appear at once;"
    " or leave with q and name another: pressmark FOLDER"
)


class Line(NamedTuple):
    """The name of one row of the screen: index of its block, index of the row in the block."""

    block: int
    row: int


class Block(Struct, frozen=True):
    """A stretch of text and what stands above it. `kind` is `text`, `headline` or `caption`.

    `rough`: paragraphs were not looked for in it yet.
    """

    start: int
    end: int
    kind: str
    above: tuple[tuple[str, str], ...]  # (kind, text): `blank`, `title`, `meta`, `label`
    rough: bool = False


class _Part(NamedTuple):
    """A paragraph of a block, or a chunk of one, with what stands above it."""

    first: int  # row of the block that it begins with
    above: tuple[tuple[str, str], ...]  # wrapped: a row each
    passage: Passage


class _Rows:
    """The rows of a block, which has one part unless it is rough."""

    def __init__(self, parts: Iterable[tuple[tuple[tuple[str, str], ...], Passage]]) -> None:
        self._parts: list[_Part] = []
        self._size = 0
        for above, passage in parts:
            self._parts.append(_Part(self._size, above, passage))
            self._size += len(above) + len(passage)

    def __len__(self) -> int:
        return self._size

    def row_of(self, offset: int) -> int:
        """The row that an offset is drawn on; for text that is not drawn, the next that is."""
        index = max(0, bisect_right(self._parts, offset, key=_begin) - 1)
        if offset >= self._parts[index].passage.end and index + 1 < len(self._parts):
            index += 1
        part = self._parts[index]
        return part.first + len(part.above) + part.passage.row_at(offset)

    def at(self, row: int) -> tuple[_Part, int]:
        """The part of a row, and the row's index in its passage; below 0 for rows above that."""
        part = self._parts[bisect_right(self._parts, row, key=_first) - 1]
        return part, row - part.first - len(part.above)


def _first(part: _Part) -> int:
    return part.first


def _begin(part: _Part) -> int:
    return part.passage.start


class Layout:
    """The rows of one article at one width. The width may be changed at any time."""

    def __init__(self, article: Article, outline: Outline, width: int = 76) -> None:
        self.article = article
        self.width = max(1, width)
        self.blocks = _blocks(article, outline)
        self._starts = [block.start for block in self.blocks]
        self._rows: OrderedDict[int, _Rows] = OrderedDict()

    def resize(self, width: int) -> None:
        """Take another width, in cells."""
        if max(1, width) != self.width:
            self.width = max(1, width)
            self._rows.clear()

    @property
    def first(self) -> Line:
        """The first row."""
        return Line(0, 0)

    @property
    def last(self) -> Line:
        """The last row."""
        index = len(self.blocks) - 1
        return Line(index, len(self._block(index)) - 1)

    def line_of(self, offset: int) -> Line:
        """The row that an offset is drawn on; for text that is not drawn, the next that is."""
        index = max(0, bisect_right(self._starts, offset) - 1)
        if offset >= self.blocks[index].end and index + 1 < len(self.blocks):
            index += 1
        return Line(index, self._block(index).row_of(offset))

    def cell_of(self, offset: int) -> tuple[Line, int]:
        """The row of an offset, and the cell in it."""
        line = self.line_of(offset)
        return line, self._block(line.block).at(line.row)[0].passage.cell_of(offset)[1]

    def text_of(self, line: Line) -> tuple[Passage, int] | None:
        """The passage of a row and the row's index in it; None for rows that are no text."""
        part, index = self._block(line.block).at(line.row)
        return (part.passage, index) if index >= 0 else None

    def above_of(self, line: Line) -> tuple[str, str]:
        """Kind and words of a row that is no text."""
        part, index = self._block(line.block).at(line.row)
        return part.above[index]

    def extent_of(self, line: Line) -> Extent:
        """The canonical range of a row; an empty one for rows that are no text."""
        part, index = self._block(line.block).at(line.row)
        start = part.passage.start
        return Extent(*part.passage.row(index)) if index >= 0 else Extent(start, start)

    def offset_at(self, line: Line, cell: int) -> int:
        """The offset drawn at a cell of a row; for a row that is no text, the next text below."""
        part, index = self._block(line.block).at(line.row)
        return part.passage.offset_at(index, max(0, cell)) if index >= 0 else part.passage.start

    def place_of(self, line: Line) -> tuple[int, int]:
        """An offset, and how many rows a row is above it, for a layout of the same text."""
        start = self.extent_of(self.clamped(line)).start
        return start, self.distance(line, self.line_of(start), CHUNK)

    def line_at(self, place: tuple[int, int]) -> Line:
        """The row in a place."""
        return self.moved(self.line_of(place[0]), -place[1])

    def moved(self, line: Line, count: int) -> Line:
        """The row `count` rows below (above, if negative), or the last or first there is."""
        index, row = line[0], line[1] + count
        while row < 0 and index > 0:
            index -= 1
            row += len(self._block(index))
        while index < len(self.blocks) - 1 and row >= len(self._block(index)):
            row -= len(self._block(index))
            index += 1
        return Line(index, max(0, min(row, len(self._block(index)) - 1)))

    def distance(self, line: Line, other: Line, limit: int) -> int:
        """How many rows `other` is below `line`, but no more than `limit` either way."""
        if other < line:
            return -self.distance(other, line, limit)
        found, index, row = 0, line[0], line[1]
        while index < other.block and found <= limit:
            found += len(self._block(index)) - row
            index, row = index + 1, 0
        return min(limit, found + other.row - row) if index == other.block else limit

    def lines(self, line: Line, count: int) -> Iterator[Line]:
        """Up to `count` rows from a row on."""
        index, row = line
        while count > 0 and index < len(self.blocks):
            size = len(self._block(index))
            while row < size and count > 0:
                yield Line(index, row)
                row += 1
                count -= 1
            index, row = index + 1, 0

    def clamped(self, line: Line) -> Line:
        """The same row if it is still there, else the nearest one of its block."""
        index = max(0, min(line.block, len(self.blocks) - 1))
        return Line(index, max(0, min(line.row, len(self._block(index)) - 1)))

    def _block(self, index: int) -> _Rows:
        found = self._rows.get(index)
        if found is not None:
            return found
        found = _Rows(self._parts_of(self.blocks[index]))
        self._rows[index] = found
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return found

    def _parts_of(self, block: Block) -> Iterator[tuple[tuple[tuple[str, str], ...], Passage]]:
        """What stands above a block and its text; of a rough one a paragraph after the other."""
        above = tuple(self._wrapped(block.above))
        stretches = [_Stretch(block.start, block.end, block.kind)]
        if block.rough:
            extent = Extent(block.start, block.end)
            rough = Outline((extent,), (Sentence(*extent, ROUGH),), 1)
            stretches = _stretches(self.article, refined(self.article, rough, extent), *extent)
        for number, stretch in enumerate(stretches):
            if number:
                above = () if stretch.joined else (("blank", ""),)
            text = self.article.text[stretch.start : stretch.end]
            yield above, Passage(stretch.start, text, self.width)

    def _wrapped(self, above: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        """What stands above a block, a row each."""
        for kind, words in above:
            if kind == "blank":
                yield kind, ""
                continue
            passage = Passage(0, words, self.width)
            for row in range(len(passage)):
                cuts = (passage.row(row)[0], passage.body_end(row))
                yield kind, passage.pictures(row, cuts)[0]


def meta_words(article: Article) -> str:
    """The line below the headline: byline, outlet, published, revised, an encoding to mind."""
    published, modified = _clock(article.published), _clock(article.modified)
    day = published[:10]
    if modified == published:
        modified = ""
    elif modified[:10] == day and len(modified) > 10:
        modified = modified[11:]
    revised = f"revised {modified}" if modified else ""
    read = decoding_words(article.encoding, article.replaced)
    parts = (article.byline, article.outlet, published, revised, read)
    return " · ".join(" ".join(part.split()) for part in parts if part)


def _clock(time: str) -> str:
    """An ISO time as read: the day, and hour and minute if it has them."""
    return f"{time[:10]} {time[11:16]}" if len(time) > 10 else time


class _Stretch(Struct, frozen=True):
    start: int
    end: int
    kind: str
    joined: bool = False  # goes on where the stretch before it ended
    rough: bool = False


def _blocks(article: Article, outline: Outline) -> list[Block]:
    """The blocks of an article; at least one, so that there is always a row."""
    stretches = _stretches(article, outline, 0, len(article.text))
    labels = [(section.start, section.label) for section in article.sections if section.label]
    labels.reverse()
    above = [("blank", "")]
    meta = [("meta", words)] if (words := meta_words(article)) else []
    leads = bool(stretches) and stretches[0].kind == "headline"
    if not leads:
        title = "" if article.headline else " ".join(article.title.split())
        above += [("title", title), *meta] if title else meta
    found: list[Block] = []
    for stretch in stretches:
        if not stretch.joined and (found or len(above) > 1) and not _captioned(found):
            above.append(("blank", ""))
        while labels and labels[-1][0] <= stretch.start:
            above += [("label", labels.pop()[1]), ("blank", "")]
        found.append(Block(stretch.start, stretch.end, stretch.kind, tuple(above), stretch.rough))
        above = list(meta) if leads and len(found) == 1 else []
    while labels:
        above += [("blank", ""), ("label", labels.pop()[1])]
    if not found:
        above += [("blank", ""), ("meta", _NO_TEXT if article.id or article.path else _NO_ARTICLE)]
    if above:
        found.append(Block(len(article.text), len(article.text), "text", tuple(above)))
    return found


def _captioned(found: list[Block]) -> bool:
    """Whether the last block is a caption: what its speaker says follows without a blank row."""
    return bool(found) and found[-1].kind == "caption"


def _stretches(article: Article, outline: Outline, at: int, end: int) -> list[_Stretch]:
    """A range without the header in order, cut at headline and captions and into chunks.

    Paragraphs that are rough stops are left whole.
    """
    cutter = _Cutter(article, outline)
    for paragraph in outline.paragraphs:
        if paragraph.start > at:
            cutter.between(at, paragraph.start)
        cutter.cut(max(at, paragraph.start), paragraph.end)
        at = max(at, paragraph.end)
    cutter.between(at, end)
    return cutter.found


class _Cutter:
    """Collects the stretches of an article."""

    def __init__(self, article: Article, outline: Outline) -> None:
        self.found: list[_Stretch] = []
        self._text = article.text
        self._sentences = outline.sentences
        self._rough = {s.extent for s in outline.sentences if s.kind == ROUGH}
        self._header = sorted(article.header)
        self._kinds = {Extent(c.start, c.end): "caption" for c in article.captions}
        if article.headline:
            self._kinds[article.headline] = "headline"
        self._special = sorted(self._kinds)

    def between(self, start: int, end: int) -> None:
        """Take in text that no paragraph covers, the header left out."""
        if start >= end or self._text[start:end].isspace():
            return
        index = max(0, bisect_right(self._header, (start,)) - 1)
        while start < end:
            low, high = self._header[index] if index < len(self._header) else (end, end)
            self.cut(start, min(low, end))
            start, index = max(start, high), index + 1

    def cut(self, start: int, end: int) -> None:
        """Take in a range: headline and captions apart, the rest in chunks."""
        index = bisect_left(self._special, (start,))
        while index < len(self._special) and self._special[index].start < end:
            low, high = self._special[index]
            high = min(high, end)
            self._chunk(start, low, "text")
            self._chunk(low, high, self._kinds[self._special[index]])
            start, index = max(start, high), index + 1
        self._chunk(start, end, "text")

    def _chunk(self, start: int, end: int, kind: str) -> None:
        """Add a range without its outer blanks, cut into chunks of bounded size."""
        text = self._text
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if (start, end) in self._rough:
            self.found.append(_Stretch(start, end, kind, rough=True))
            return
        joined = False
        while end - start > CHUNK:
            edge = self._edge(start)
            self.found.append(_Stretch(start, edge, kind, joined))
            start, joined = edge, True
        if start < end:
            self.found.append(_Stretch(start, end, kind, joined))

    def _edge(self, start: int) -> int:
        """Where a chunk from `start` ends: before a sentence, else a word, else a grapheme."""
        limit = start + CHUNK
        index = bisect_right(self._sentences, (limit,)) - 1
        if index >= 0 and self._sentences[index].start > start:
            return self._sentences[index].start
        blank = self._text.rfind(" ", start, limit)
        if blank > start:
            return blank + 1
        from wcwidth import grapheme_boundary_before  # takes 10 ms, and is hardly ever needed

        window = self._text[start : limit + 1]
        edge = start + grapheme_boundary_before(window, len(window) - 1)
        return edge if edge > start else limit
