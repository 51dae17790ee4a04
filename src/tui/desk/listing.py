"""The list of entries kept in order: one changed article costs one entry, not all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Sequence
from itertools import chain
from operator import itemgetter

from tui.desk.entries import Entry, order

_LONG = 1_000  # rows of a stretch; one of more than twice as many is cut

_Place = tuple[float, str, int]  # time, path, how many came before it: no two are alike
_Row = tuple[float, str, int, Entry]  # a place, and the entry that stands there
_entry_of = itemgetter(3)


class _Stretch:
    """Some rows that follow each other, and their entries once they were asked for."""

    __slots__ = ("entries", "rows")

    def __init__(self, rows: list[_Row]) -> None:
        self.rows = rows
        self.entries: tuple[Entry, ...] = ()

    def listed(self) -> tuple[Entry, ...]:
        """The entries in order."""
        self.entries = self.entries or tuple(map(_entry_of, self.rows))
        return self.entries


class Listing:
    """Entries by published time and path, made by `make` and kept until something touches them.

    What is alike in both is in the order in which it came.

    `ids` are those of all articles to be listed, `listed` says whether one is among them.
    """

    def __init__(
        self,
        make: Callable[[str], Entry],
        ids: Callable[[], Iterable[str]],
        listed: Callable[[str], bool],
    ) -> None:
        self._make = make
        self._ids = ids
        self._listed = listed
        self._entries: tuple[Entry, ...] = ()
        self._stretches: list[_Stretch] = []  # in order; none is empty
        self._row_of: dict[str, _Row] = {}
        self._touched: dict[str, None] = {}
        self._came = 0
        self._moved = False  # the rows are others than those of `_entries`
        self._stale = True

    def touch(self, article: str) -> None:
        """An article came or went, or its entry has to be made anew."""
        self._touched[article] = None

    def reorder(self) -> None:
        """Many articles came, went or have other texts."""
        self._stale = True

    def all(self) -> tuple[Entry, ...]:
        """All entries in order; the same tuple while nothing was touched."""
        if self._stale:
            self._begin_anew()
        else:
            self.work()
        if self._moved:
            self._entries = tuple(chain.from_iterable(s.listed() for s in self._stretches))
            self._moved = False
        return self._entries

    def _begin_anew(self) -> None:
        made = {article: self._make(article) for article in self._ids()}
        self._row_of = {
            article: (*order(entry), number, entry)
            for number, (article, entry) in enumerate(made.items())
        }
        self._came = len(made)
        # No two are alike in place: no entry is ever compared with another.
        self._stretches = _cut(sorted(self._row_of.values()))
        self._stale, self._moved = False, True
        self._touched.clear()

    def work(self) -> None:
        """Make the entries anew that were touched, so that `all` has only to put them together."""
        if self._stale:
            return
        for article in self._touched:
            before = self._row_of.pop(article, None)
            if before is not None:
                self._take_out(before)
            if self._listed(article):
                entry = self._make(article)
                came = self._came if before is None else before[2]
                self._came += before is None
                self._row_of[article] = row = (*order(entry), came, entry)
                self._put_in(row)
        self._touched.clear()

    def _take_out(self, row: _Row) -> None:
        self._moved = True
        at = self._stretch_of(row[:3])
        stretch = self._stretches[at]
        del stretch.rows[bisect_left(stretch.rows, row[:3])]
        stretch.entries = ()
        if not stretch.rows:
            del self._stretches[at]

    def _put_in(self, row: _Row) -> None:
        self._moved = True
        if not self._stretches:
            self._stretches = _cut([row])
            return
        at = min(self._stretch_of(row[:3]), len(self._stretches) - 1)
        stretch = self._stretches[at]
        insort(stretch.rows, row)
        stretch.entries = ()
        if len(stretch.rows) > 2 * _LONG:
            self._stretches[at : at + 1] = _cut(stretch.rows)

    def _stretch_of(self, place: _Place) -> int:
        """The first stretch that does not end before a place."""
        return bisect_left(self._stretches, place, key=_end_of)


def _cut(rows: Sequence[_Row]) -> list[_Stretch]:
    """Rows in order as stretches."""
    return [_Stretch([*rows[at : at + _LONG]]) for at in range(0, len(rows), _LONG)]


def _end_of(stretch: _Stretch) -> _Place:
    return stretch.rows[-1][:3]
