"""What several sequences hold as the rows of one list, under headings; nothing is copied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Generic, TypeVar

from tui.model.made import Made
from tui.model.rows import Row, as_picked, ids_of, places_of

Head = TypeVar("Head")
T = TypeVar("T")


class HeadedRows(Made[Head | T], Generic[Head, T]):
    """Each head with the `parts` under it, or these without one; `heads` are where heads stand."""

    def __init__(self, parts: Iterable[tuple[Head | None, Sequence[T]]] = ()) -> None:
        self.heads: list[int] = []
        self._heads: list[Head | None] = []
        self.parts: list[Sequence[T]] = []
        self._begins: list[int] = []  # where each part begins
        self._count = 0
        for head, rows in parts:
            if head is not None:
                self.heads.append(self._count)
                self._count += 1
            self._heads.append(head)
            self.parts.append(rows)
            self._begins.append(self._count)
            self._count += len(rows)

    def __len__(self) -> int:
        return self._count

    def _made(self, index: int) -> Head | T:
        part = bisect_right(self._begins, index) - 1
        inside = index - self._begins[part]
        if part >= 0 and inside < len(self.parts[part]):
            return self.parts[part][inside]
        head = self._heads[part + 1]
        assert head is not None
        return head

    def __iter__(self) -> Iterator[Head | T]:
        for head, rows in zip(self._heads, self.parts, strict=True):
            if head is not None:
                yield head
            yield from rows

    def place(self, part: int, inside: int) -> int:
        """Where something stands that stands inside of a part."""
        return self._begins[part] + inside


def claim_places(rows: HeadedRows[Head, Row], claim: str) -> Iterator[int]:
    """Where a claim stands among others, from the first place on."""
    for part, inside in places_of(map(as_picked, rows.parts), claim):
        yield rows.place(part, inside)


def ids_from(rows: HeadedRows[Head, Row], place: int) -> Iterator[str]:
    """The ids of the claims from a place on, then of those before it, the last one first."""
    before: list[Sequence[Row]] = []
    for number, part in enumerate(rows.parts):
        inside = max(0, place - rows.place(number, 0))
        before.append(part[:inside])
        yield from ids_of(part[inside:])
    for part in reversed(before):
        yield from ids_of(part[::-1])
