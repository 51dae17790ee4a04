"""Claims of a long list in few bytes each, and any order of them without another copy."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Generic, TypeVar, overload

from tui.model.told import Gist, Position, Told
from tui.model.views import Status

Row = Gist | Told
T = TypeVar("T")
V = TypeVar("V", bound=Hashable)
_ID = 26  # characters of a ULID
_Time = tuple[Position | None, str, bool]  # place, said, timed
_Standing = tuple[Status, str, tuple[str, ...], bool]  # status, grade, tags, counts


def numbers(some: Iterable[int] = ()) -> array[int]:
    """Places in a list, four bytes each."""
    return array("I", some)


class Picked(Sequence[T], Generic[T]):
    """Some of the items of a sequence, in an order of its own: `at` says which one comes when.

    Items that come behind in `of` later are picked by `add`.
    """

    __slots__ = ("at", "of")

    def __init__(self, of: Sequence[T], at: array[int] | None = None) -> None:
        self.of = of
        self.at = numbers(range(len(of))) if at is None else at

    def __len__(self) -> int:
        return len(self.at)

    @overload
    def __getitem__(self, index: int) -> T: ...

    @overload
    def __getitem__(self, index: slice) -> Picked[T]: ...

    def __getitem__(self, index: int | slice) -> T | Picked[T]:
        if isinstance(index, slice):
            return Picked(self.of, self.at[index])
        return self.of[self.at[index]]

    def __iter__(self) -> Iterator[T]:
        return map(self.of.__getitem__, self.at)

    def add(self, more: Iterable[int]) -> None:
        """Have some more at the end."""
        self.at.extend(more)


def picked(rows: Sequence[T], at: array[int]) -> Picked[T]:
    """Some of the rows, by their places among them."""
    if isinstance(rows, Picked):
        return Picked(rows.of, numbers(map(rows.at.__getitem__, at)))
    return Picked(rows, at)


def as_picked(rows: Sequence[T]) -> Picked[T]:
    """All of the rows in the order that they have."""
    return rows if isinstance(rows, Picked) else Picked(rows)


def ids_of(rows: Sequence[Row]) -> Iterator[str]:
    """The ids of claims, without a gist being made."""
    if isinstance(rows, Picked) and isinstance(rows.of, Rows):
        return map(rows.of.id_at, rows.at)
    return (row.id for row in rows)


def articles_of(rows: Sequence[Row]) -> Iterator[str]:
    """The articles of claims, likewise."""
    if isinstance(rows, Picked) and isinstance(rows.of, Rows):
        return map(rows.of.article_at, rows.at)
    return (row.article for row in rows)


def places_of(parts: Iterable[Picked[Row]], record: str) -> Iterator[tuple[int, int]]:
    """Where a claim stands: in which of the parts, and at which place there."""
    found: dict[int, Sequence[int]] = {}  # by the sequence that a part was picked from
    for number, part in enumerate(parts):
        there = found.get(id(part.of))
        if there is None:
            there = found[id(part.of)] = found_in(part.of, record)
        for each in there:
            for place in places_in(part.at, each):
                yield number, place


def places_in(at: array[int], wanted: int) -> Iterator[int]:
    """Where a number stands among others, from the first place on."""
    place = -1
    with suppress(ValueError):
        while True:
            place = at.index(wanted, place + 1)
            yield place


def found_in(rows: Sequence[Row], record: str) -> Sequence[int]:
    """Where a claim stands in a sequence."""
    if isinstance(rows, Rows):
        return rows.places(record)
    return [place for place, row in enumerate(rows) if row.id == record]


class _Alike(Generic[V]):
    """A column that has the same in many rows: each value is kept once."""

    __slots__ = ("_at", "_numbers", "_values")

    def __init__(self) -> None:
        self._at = numbers()
        self._numbers: dict[V, int] = {}
        self._values: list[V] = []

    def add(self, value: V) -> None:
        number = self._numbers.setdefault(value, len(self._values))
        if number == len(self._values):
            self._values.append(value)
        self._at.append(number)

    def __getitem__(self, row: int) -> V:
        return self._values[self._at[row]]


class Rows(Sequence[Row]):
    """Claims one behind the other; more come at the end.

    A gist takes about 80 bytes, and is made anew when it is asked for. What is told whole stays so.
    """

    def __init__(self) -> None:
        self._whole: dict[int, Told] = {}
        self._ids = bytearray()  # each of 26 bytes, ...
        self._odd: dict[int, str] = {}  # ... but for those that are no ULID
        self._articles: list[str] = []
        self._published: list[str] = []
        self._paths: list[str] = []
        self._starts = array("q")
        self._changed = array("d")
        self._times = _Alike[_Time]()
        self._sources = _Alike[tuple[str, bool]]()
        self._standing = _Alike[_Standing]()

    def __len__(self) -> int:
        return len(self._starts)

    @overload
    def __getitem__(self, index: int) -> Row: ...

    @overload
    def __getitem__(self, index: slice) -> Picked[Row]: ...

    def __getitem__(self, index: int | slice) -> Row | Picked[Row]:
        if isinstance(index, slice):
            return Picked(self, numbers(range(len(self))[index]))
        row = range(len(self))[index]
        if row in self._whole:
            return self._whole[row]
        place, said, timed = self._times[row]
        source, nameless = self._sources[row]
        status, grade, tags, counts = self._standing[row]
        return Gist(
            self.id_at(row),
            place,
            self._articles[row],
            self._published[row],
            self._paths[row],
            status,
            grade,
            tags,
            self._starts[row],
            source,
            nameless,
            said,
            self._changed[row],
            timed,
            counts,
        )

    def extend(self, rows: Iterable[Row]) -> None:
        """Put some more at the end."""
        for row in rows:
            self._add(row)

    def _add(self, row: Row) -> None:
        here, name = len(self), row.id
        if isinstance(row, Told):
            self._whole[here] = row
        if len(name) != _ID or not name.isascii():
            self._odd[here], name = name, " " * _ID
        self._ids += name.encode()
        self._articles.append(row.article)
        self._published.append(row.published)
        self._paths.append(row.path)
        self._starts.append(row.at)
        self._changed.append(row.changed)
        self._times.add((row.place, row.said, row.timed))
        self._sources.add((row.source, row.nameless))
        self._standing.add((row.status, row.grade, row.tags, row.counts))

    def id_at(self, row: int) -> str:
        """The id of the claim at a place."""
        if row in self._odd:
            return self._odd[row]
        return self._ids[row * _ID : (row + 1) * _ID].decode()

    def article_at(self, row: int) -> str:
        """The article of the claim at a place."""
        return self._articles[row]

    def places(self, record: str) -> Sequence[int]:
        """Where a claim stands, from the first place on."""
        if len(record) != _ID or not record.isascii():
            return [row for row, name in self._odd.items() if name == record]
        found: list[int] = []
        name, at = record.encode(), -1
        while (at := self._ids.find(name, at + 1)) >= 0:
            if not at % _ID:
                found.append(at // _ID)
        return found
