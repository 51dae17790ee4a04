"""The keys of the rows of a long list, each made when it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, overload

T = TypeVar("T")
Key = tuple[str, str]  # record id, kind
_NEAR = 1  # rows beside the cursor that are looked at first


class RowKeys(Sequence[Key], Generic[T]):
    """A key for each of some items, by `key_of`: showing other items makes none of them."""

    def __init__(self, items: Sequence[T], key_of: Callable[[T], Key]) -> None:
        self._items = items
        self._key_of = key_of
        self._places: dict[str, int] | None = None  # by id, once one is looked for among all
        self._ids: list[str] = []  # where some have several places

    def __len__(self) -> int:
        return len(self._items)

    @overload
    def __getitem__(self, at: int) -> Key: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Key]: ...

    def __getitem__(self, at: int | slice) -> Key | Sequence[Key]:
        if isinstance(at, slice):
            return [self._key_of(item) for item in self._items[at]]
        return self._key_of(self._items[at])

    def place_of(self, record_id: str, cursor: int) -> int | None:
        """The row of a record, of several the one nearest to the cursor."""
        for near in range(max(0, cursor - _NEAR), min(cursor + _NEAR + 1, len(self))):
            if self[near][0] == record_id:
                return near
        if self._places is None:
            ids = [self._key_of(item)[0] for item in self._items]
            self._places = dict(zip(ids, range(len(ids)), strict=True))
            self._ids = ids if len(self._places) < len(ids) else []
        if not self._ids or record_id not in self._places:
            return self._places.get(record_id)
        places = (place for place, each in enumerate(self._ids) if each == record_id)
        return min(places, key=lambda place: abs(place - cursor))
