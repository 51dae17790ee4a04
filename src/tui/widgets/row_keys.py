"""The keys of the rows of a long list, each made when it is asked for, and where they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Generic, TypeVar

from tui.model.made import Made

T = TypeVar("T")
Key = tuple[str, str]  # record id, kind


class RowKeys(Made[Key], Generic[T]):
    """A key for each of some items, by `key_of`: showing other items makes none of them.

    `find` gives the places of an id, if that needs no look at all of them either.
    """

    def __init__(
        self,
        items: Sequence[T],
        key_of: Callable[[T], Key],
        find: Callable[[str], Iterable[int]] | None = None,
    ) -> None:
        self._items = items
        self._key_of = key_of
        self._find = find

    def __len__(self) -> int:
        return len(self._items)

    def _made(self, index: int) -> Key:
        return self._key_of(self._items[index])

    def __iter__(self) -> Iterator[Key]:
        return map(self._key_of, self._items)

    def of(self, record_id: str) -> Iterable[int]:
        """The places of an id, from the first on."""
        if self._find is None:
            self._find = Places(self).of
        return self._find(record_id)


class Places:
    """Where in a list the keys with an id are."""

    def __init__(self, keys: Iterable[Key]) -> None:
        ids = list(map(itemgetter(0), keys))
        self._one = dict(zip(ids, range(len(ids)), strict=True))
        self._ids = ids if len(self._one) < len(ids) else []  # where some have several places

    def of(self, record_id: str) -> Iterable[int]:
        """The places of an id, from the first on."""
        if record_id not in self._one:
            return ()
        if not self._ids:
            return (self._one[record_id],)
        return (place for place, each in enumerate(self._ids) if each == record_id)
