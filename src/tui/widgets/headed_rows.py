"""Claims as the rows of one list, under headings or without; none of them is copied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar, overload

from tui.model.rows import Picked, Row, as_picked, ids_of, places_of

Head = TypeVar("Head")


class HeadedRows(Sequence[Head | Row], Generic[Head]):
    """Each head with the claims under it, or claims without one; `heads` are where heads stand."""

    def __init__(self, parts: Iterable[tuple[Head | None, Sequence[Row]]] = ()) -> None:
        self.heads: list[int] = []
        self._heads: list[Head | None] = []
        self._parts: list[Picked[Row]] = []
        self._begins: list[int] = []  # the place of the first claim of each part
        self._count = 0
        for head, rows in parts:
            if head is not None:
                self.heads.append(self._count)
                self._count += 1
            self._heads.append(head)
            self._parts.append(as_picked(rows))
            self._begins.append(self._count)
            self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, index: int) -> Head | Row: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Head | Row]: ...

    def __getitem__(self, index: int | slice) -> Head | Row | Sequence[Head | Row]:
        if isinstance(index, slice):
            return [self[each] for each in range(self._count)[index]]
        place = range(self._count)[index]
        part = bisect_right(self._begins, place) - 1
        inside = place - self._begins[part]
        if part >= 0 and inside < len(self._parts[part]):
            return self._parts[part][inside]
        head = self._heads[part + 1]
        assert head is not None
        return head

    def __iter__(self) -> Iterator[Head | Row]:
        for head, rows in zip(self._heads, self._parts, strict=True):
            if head is not None:
                yield head
            yield from rows

    def ids(self) -> Iterator[str]:
        """The ids of the claims, from the first to the last; some may come several times."""
        for part in self._parts:
            yield from ids_of(part)

    def places(self, record: str) -> Iterator[int]:
        """The places of a claim, from the first on."""
        for part, inside in places_of(self._parts, record):
            yield self._begins[part] + inside
