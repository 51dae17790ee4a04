"""The list of entries kept in order: one changed article costs one entry, not all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from tui.desk.entries import Entry, order


class Listing:
    """Entries by published time and path, made by `make` and kept until something touches them."""

    def __init__(self, make: Callable[[str], Entry], ids: Callable[[], Iterable[str]]) -> None:
        self._make = make
        self._ids = ids
        self._entries: tuple[Entry, ...] = ()
        self._places: dict[str, int] = {}
        self._touched: set[str] = set()
        self._stale = True

    def touch(self, article: str) -> None:
        """The entry of an article has to be made anew."""
        self._touched.add(article)

    def reorder(self) -> None:
        """Articles came, went or have another text."""
        self._stale = True

    def all(self) -> tuple[Entry, ...]:
        """All entries in order; the same tuple while nothing was touched."""
        fresh = (
            {} if self._stale else {a: self._make(a) for a in self._touched & self._places.keys()}
        )
        moved = any(order(e) != order(self._entries[self._places[a]]) for a, e in fresh.items())
        if self._stale or moved:
            self._entries = tuple(sorted(map(self._make, self._ids()), key=order))
            self._places = {entry.id: place for place, entry in enumerate(self._entries)}
        elif fresh:
            entries = list(self._entries)
            for article, entry in fresh.items():
                entries[self._places[article]] = entry
            self._entries = tuple(entries)
        self._stale = False
        self._touched.clear()
        return self._entries
