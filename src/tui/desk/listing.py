"""The list of entries kept in order: one changed article costs one entry, not all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from operator import itemgetter

from tui.desk.entries import Entry, order

_FEW = 16  # entries that are put in their places one by one
_MANY = 4_000  # entries that are put in their places at once, whether they are asked for or not

_Place = tuple[float, str, int]  # time, path, how many came before it: no two are alike
_Row = tuple[float, str, int, Entry]  # a place, and the entry that stands there
_place_of = itemgetter(0, 1, 2)
_entry_of = itemgetter(3)


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
        self._rows: list[_Row] = []  # in order
        self._row_of: dict[str, _Row] = {}
        self._touched: dict[str, None] = {}
        self._gone: list[_Place] = []  # since the rows were brought up to date: places left,
        self._fresh: dict[str, _Row] = {}  # and rows of articles that came or say something else
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
            self._bring_up()
        if self._moved:
            self._entries = tuple(map(_entry_of, self._rows))
        self._stale = self._moved = False
        self._touched.clear()
        return self._entries

    def _begin_anew(self) -> None:
        self._gone, self._fresh, self._moved = [], {}, True
        made = {article: self._make(article) for article in self._ids()}
        self._row_of = {
            article: (*order(entry), number, entry)
            for number, (article, entry) in enumerate(made.items())
        }
        self._came = len(made)
        # No two are alike in place: no entry is ever compared with another.
        self._rows = sorted(self._row_of.values())

    def work(self) -> None:
        """Make the entries anew that were touched, so that `all` has only to put them in place."""
        for article in self._touched if not self._stale else ():
            before = self._row_of.pop(article, None)
            if before is not None and self._fresh.pop(article, None) is None:
                self._gone.append(_place_of(before))
            if self._listed(article):
                entry = self._make(article)
                came = self._came if before is None else before[2]
                self._came += before is None
                self._row_of[article] = self._fresh[article] = (*order(entry), came, entry)
        self._touched.clear()
        if len(self._fresh) > _MANY:
            self._bring_up()

    def _bring_up(self) -> None:
        """Bring the rows up to date. Entries that stay in their places cost nothing else."""
        if not (self._gone or self._fresh):
            return
        left, moved = set(self._gone), list[_Row]()
        for row in self._fresh.values():
            place = _place_of(row)
            if place in left:
                left.remove(place)
                self._rows[bisect_left(self._rows, place)] = row
            else:
                moved.append(row)
        self._move(left, moved)
        self._gone, self._fresh, self._moved = [], {}, True

    def _move(self, gone: Iterable[_Place], fresh: list[_Row]) -> None:
        """Take rows out of their places, and put others into theirs."""
        gone = list(gone)
        if len(gone) > _FEW:
            left = {came for *_, came in gone}
            self._rows = [row for row in self._rows if row[2] not in left]
        else:
            for place in gone:
                del self._rows[bisect_left(self._rows, place)]
        if len(fresh) > _FEW:
            self._rows += fresh
            self._rows.sort()  # long runs in order are as good as free
        else:
            for row in fresh:
                insort(self._rows, row)
