"""The list of entries kept in order: one changed article costs one entry, not all of them."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable

from tui.desk.entries import Entry, order

_FEW = 16  # entries that are put in their places one by one
_MANY = 4_000  # entries that are put in their places at once, whether they are asked for or not

_Key = tuple[float, str, int, str]  # time, path, how many came before it, id


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
        self._made: dict[str, Entry] = {}
        self._keys: list[_Key] = []  # in order
        self._key_of: dict[str, _Key] = {}
        self._touched: dict[str, None] = {}
        self._same: list[_Key] = []  # of entries made anew since `all`: those in their places,
        self._gone: list[_Key] = []  # places that are left,
        self._fresh: list[_Key] = []  # and places that are taken
        self._came = 0
        self._moved = False  # places are others than those of `_entries`
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
            self._put_in_place()
        self._stale = False
        self._touched.clear()
        return self._entries

    def _begin_anew(self) -> None:
        self._same, self._gone, self._fresh = [], [], []
        self._made = {article: self._make(article) for article in self._ids()}
        self._key_of = {
            article: (*order(entry), number, article)
            for number, (article, entry) in enumerate(self._made.items())
        }
        self._came = len(self._made)
        self._keys = sorted(self._key_of.values())
        self._entries = tuple([self._made[key[3]] for key in self._keys])

    def work(self) -> None:
        """Make the entries anew that were touched, so that `all` has only to put them in place."""
        for article in self._touched if not self._stale else ():
            entry = self._make(article) if self._listed(article) else None
            before = self._key_of.get(article)
            if entry is not None:
                now = (*order(entry), self._came if before is None else before[2], article)
                self._came += before is None
                self._made[article] = entry
                if now == before:
                    self._same.append(now)
                    continue
                self._key_of[article] = now
                self._fresh.append(now)
            elif before is not None:
                del self._made[article], self._key_of[article]
            if before is not None:
                self._gone.append(before)
        self._touched.clear()
        if len(self._fresh) > _MANY:
            self._place()

    def _place(self) -> None:
        """Bring the places up to date."""
        both = set(self._gone) & set(self._fresh)  # came and went since the last time
        fresh = [key for key in self._fresh if key not in both]
        self._move([key for key in self._gone if key not in both], fresh)
        self._gone, self._fresh, self._moved = [], [], True

    def _put_in_place(self) -> None:
        if self._gone or self._fresh:
            self._place()
        if self._moved:
            self._entries = tuple([self._made[key[3]] for key in self._keys])
        elif self._same:
            entries = list(self._entries)
            for key in self._same:
                entries[bisect_left(self._keys, key)] = self._made[key[3]]
            self._entries = tuple(entries)
        self._same, self._moved = [], False

    def _move(self, gone: list[_Key], fresh: list[_Key]) -> None:
        if len(gone) > _FEW:
            left = set(gone)
            self._keys = [key for key in self._keys if key not in left]
        else:
            for key in gone:
                del self._keys[bisect_left(self._keys, key)]
        if len(fresh) > _FEW:
            self._keys += fresh
            self._keys.sort()  # long runs in order are as good as free
        else:
            for key in fresh:
                insort(self._keys, key)
