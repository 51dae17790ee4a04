"""The list of articles: date, title, what was marked, new or done."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from operator import attrgetter

from msgspec import Struct
from rich.cells import cell_len

from tui.desk.entries import Entry, order
from tui.model.articles import instant
from tui.model.sequences import differing
from tui.model.wording import bar, counted
from tui.widgets.cells import cut, one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.row_keys import RowKeys
from tui.widgets.rows import RowList

DONE = "✓"
GONE = "gone"  # no file holds it
UNREAD = "•"  # the analyst never opened it
OPEN = "›"  # the article that is being read
_WORTH = 6  # cells of a title that are worth a second line
_COUNTS = len("99 hl · 99 cl")
_FEW = 200  # rows that are drawn anew one by one
_NO_NEWS: Mapping[str, str] = {}
_published = attrgetter("published")


class Standing(Struct, frozen=True):
    """What the list is a part of, and how far that is.

    `more` says that files are still being read, `progress` how many of those found were, `passed`
    how many could not be. `total` counts the articles that the filter `words` was laid on; `busy`
    says that it is still being worked out, `lacking` why it could not be wholly.
    """

    more: bool = False
    progress: tuple[int, int] | None = None
    passed: int = 0
    total: int = 0
    words: str = ""
    order: str = ""  # other than by time
    busy: bool = False
    lacking: str = ""


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
        self._shown: Sequence[Entry] = ()
        self._open = ""
        self._year = ""
        self._standing = Standing()
        self._news = _NO_NEWS
        self._dated = False  # whether any article says when it was published

    def show(
        self,
        entries: Sequence[Entry],
        standing: Standing | None = None,
        *,
        opened: str = "",
        news: Mapping[str, str] = _NO_NEWS,
    ) -> None:
        """Show these entries; `opened` is the id of the one being read.

        `news` has a word for what is new about an article. The cursor stays on its article.
        """
        opened, before = opened or self._open, self._open
        standing = standing or Standing()
        if self._replaced(entries, standing, news):
            if opened != before:
                self._open = opened
                self._lines.clear()
                self.renew()
            return
        kept = self.entry
        self._standing, self._news = standing, news
        self._shown, self._open = entries, opened
        first, last = _years(entries, in_order=not standing.order)
        self._dated = bool(first)
        self._year = first if first == last else ""
        self._list(kept)

    def _replaced(
        self, entries: Sequence[Entry], standing: Standing, news: Mapping[str, str]
    ) -> bool:
        """Draw entries anew that say something else now; False if more than that changed."""
        same = standing == self._standing
        if not self._shown or not (same or entries is self._shown):
            return False
        then, now, begin = differing(self._shown, entries)
        if len(then) != len(now):
            return False
        if any((a.id, a.published) != (b.id, b.published) for a, b in zip(then, now, strict=True)):
            return False
        changed = set(range(begin, begin + len(now)))
        if news is not self._news:
            differ = self._news.items() ^ news.items()
            if len(differ) > _FEW:
                return False
            places = (self.index_of(name) for name in {name for name, _ in differ})
            changed |= {place for place in places if place is not None}
        self._shown, self._news, self._standing = entries, news, standing  # ids are the same
        self.set_heading(self._heading_line())
        with self.at_once():
            for index in changed:
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

    @property
    def shown(self) -> Sequence[Entry]:
        """The entries, in order."""
        return self._shown

    @property
    def entry(self) -> Entry | None:
        """The entry under the cursor."""
        return self._shown[self.cursor] if self.cursor < len(self._shown) else None

    def _list(self, kept: Entry | None) -> None:
        """Show the rows; the cursor stays on the entry that it was on."""
        self.set_empty(self._none())
        self.set_heading(self._heading_line())
        at = _index_in_order(self._shown, kept) if kept is not None else None
        self._cursor = self._cursor if at is None else at
        keys = RowKeys(self._shown, _key_of)
        self.set_rows(keys, self._row, height=2, at=kept.id if kept else "")

    def _none(self) -> str:
        """What stands there where there is no article."""
        standing = self._standing
        if standing.words and standing.busy:
            return "Looking …"
        if standing.words and standing.total:
            lacking = f" ({standing.lacking})" if standing.lacking else ""
            return f"No article has “{standing.words}”{lacking}. F changes the filter."
        if standing.more:
            return "Reading …"
        return "No article here. Leave with q and name a folder: pressmark FOLDER"

    def _heading_line(self) -> Line:
        standing = self._standing
        count = f"{standing.total or len(self._shown):,}{'…' if standing.more else ''}"
        if standing.words:
            count = f"{len(self._shown):,}{'…' if standing.busy else ''} of {count}"
        passed = standing.passed if not standing.progress else 0
        facts = [
            f" articles {count}{self._bar()}",
            one_line(standing.words),
            standing.lacking if standing.words else "",
            standing.order,
            f"{passed:,} passed" if passed else "",
        ]
        return (Piece(" · ".join(filter(None, facts)), "dim"),)

    def _bar(self) -> str:
        """How far the reading of files is, where that takes long."""
        read, found = self._standing.progress or (0, 0)
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
        new = self._news.get(entry.id, "")
        state = _state(entry, new, width - len(indent), bool(rest))
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
        """A sign beside the article that is being read, and one beside those never opened."""
        entry = self._shown[index]
        if entry.id == self._open:
            return Piece(OPEN, "accent strong")
        return Piece(UNREAD, "accent") if entry.new else Piece(" ")


def _key_of(entry: Entry) -> tuple[str, str]:
    return entry.id, "article"


def _index_in_order(entries: Sequence[Entry], wanted: Entry) -> int | None:
    """Where an entry that did not move stands among some in order of time, if it is soon found."""
    at = bisect_left(entries, order(wanted), key=order)
    return at if at < len(entries) and entries[at].id == wanted.id else None


def _years(entries: Sequence[Entry], *, in_order: bool) -> tuple[str, str]:
    """The first and the last year that articles were published in; empty if none says when.

    In order of time only the ends are looked at, and what is behind all times: `2025`, or nothing.
    """
    dated = 0
    if in_order:
        dated = bisect_left(entries, instant(""), key=lambda entry: instant(entry.published))
    times = list(filter(None, map(_published, entries[dated:])))
    times += [entries[0].published, entries[dated - 1].published] if dated else []
    return (min(times)[:4], max(times)[:4]) if times else ("", "")


def _state(entry: Entry, new: str, width: int, beside_title: bool) -> list[Piece]:
    """What is new, counts, and the tick; beside a title no more than about half of the line."""
    drafts = counted(entry.drafts, "draft") if entry.drafts else ""
    parts = [GONE if entry.gone else "", f"{entry.highlights} hl" if entry.highlights else ""]
    parts += [f"{entry.claims} cl" if entry.claims else "", drafts]
    tick = DONE if entry.done else ""
    room = max(0, width - 2 if tick else width)
    found = [part for part in (new, *parts) if part]
    limit = min(room, max(_COUNTS, room // 2)) if beside_title else room
    while len(found) > 1 and cell_len(" · ".join(found)) > limit:
        found.pop()
    if not found and not beside_title:
        found = [one_line(entry.outlet)]
    left = cut(" · ".join(found), room)
    word = left[: len(new)]  # all of it but where the list is very narrow
    pieces = [Piece(word, "accent")] if word else []
    pieces += [Piece(left[len(word) :], "dim")] if left[len(word) :] else []
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
