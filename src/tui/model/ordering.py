"""Claims in an order, and under headings: by article, time, source, grade, status, newest change.

Grades put what is alike together, and no more. In the Admiralty code F and 6 say that there is
nothing to judge by: they stand apart behind the others and are not the worst of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from heapq import merge
from itertools import pairwise
from operator import itemgetter
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tui.model.articles import instant
from tui.model.records import CREDIBILITIES, RELIABILITIES
from tui.model.rows import Picked, Row, as_picked, numbers, picked
from tui.model.sources import folded
from tui.model.steps import Far, Steps, through
from tui.model.told import time_order
from tui.model.wording import RELIABILITY_MEANINGS

STATUS_ORDER = ("draft", "disputed", "accepted", "rejected")  # what waits for somebody first
NO_SOURCE, NO_TAG, NO_LETTER = "no source named", "no tag", "no letter for the source"
SEVERAL = "may be several"  # what is said of a source that the next article may have another of
AT_ONCE = 1_000  # claims that are gone through between two looks at the keyboard
T = TypeVar("T", bound=Row)
_LETTERS = {letter: number for number, letter in enumerate(RELIABILITIES)}
_DIGITS = {digit: number for number, digit in enumerate(CREDIBILITIES)}


class Group(Struct, Generic[T], frozen=True):
    """Claims under one heading, in their order; `key` tells it from all others."""

    key: str
    name: str
    rows: Sequence[T]


def ordering(told: Sequence[T], at_once: int = AT_ONCE) -> Steps[Picked[T]]:
    """The claims by article, the same however they came, and then as in the text.

    Like all steps here it goes through so many claims between two looks at the keyboard.
    """
    moments: dict[str, float] = {}

    def place(row: Row) -> tuple[float, str, str, int, str]:
        moment = moments.get(row.published)
        if moment is None:
            moment = moments[row.published] = instant(row.published)
        return moment, row.path, row.article, row.at, row.id

    return in_steps(told, place, False, at_once)


def reordering(rows: Sequence[T], by: str, at_once: int = AT_ONCE) -> Steps[Picked[T]]:
    """Claims that are in the order of articles in another one; raises KeyError if there is none.

    Those that are alike stay in their order: what has no time, source or grade comes last, what
    was changed last comes first.
    """
    key = _KEYS[by]
    if key is None:
        return as_picked(rows)
    return (yield from in_steps(rows, key, by == "changed", at_once))


def ordered(told: Iterable[T], by: str = "article") -> list[T]:
    """The claims in one of the orders SORTS; none is left out. Raises KeyError for another order.

    By article they are as in the list of articles, and then as in the text.
    """
    return reordered(through(ordering(list(told))), by)


def reordered(rows: Sequence[T], by: str) -> list[T]:
    """Claims in another order at once; see `reordering`."""
    return list(through(reordering(rows, by)))


def in_steps(
    rows: Sequence[T], key: Callable[[Row], Any], reverse: bool = False, at_once: int = AT_ONCE
) -> Steps[Picked[T]]:
    """Claims sorted by a key: runs of their places, which are then merged."""
    runs: list[array[int]] = []
    for start in range(0, len(rows), at_once):
        keys = list(map(key, rows[start : start + at_once]))
        run = sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)
        runs.append(numbers(start + place for place in run))
        yield Far("sorting", start, 2 * len(rows), "claims")

    def key_at(place: int) -> Any:
        return key(rows[place])

    found = numbers()
    ends = ((key_at(one[-1]), key_at(other[0])) for one, other in pairwise(runs))
    if all(last >= first if reverse else last <= first for last, first in ends):
        for run in runs:
            found.extend(run)
        return picked(rows, found)
    for place in merge(*runs, key=key_at, reverse=reverse):
        found.append(place)
        if not len(found) % at_once:
            yield Far("sorting", len(rows) + len(found), 2 * len(rows), "claims")
    return picked(rows, found)


def _by_time(row: Row) -> Any:
    return time_order(row.place)


def _by_source(row: Row) -> tuple[bool, str]:
    return not row.source, folded(row.source)


def _by_grade(row: Row) -> tuple[int, int]:
    letter, digit = row.grade[:1], row.grade[1:]
    return _LETTERS.get(letter, len(_LETTERS)), _DIGITS.get(digit, len(_DIGITS))


def _by_status(row: Row) -> tuple[int, bool]:
    return STATUS_ORDER.index(row.status.name), not row.status.flagged


def _by_change(row: Row) -> float:
    return row.changed


_KEYS: Mapping[str, Callable[[Row], Any] | None] = {
    "article": None,
    "time": _by_time,
    "source": _by_source,
    "grade": _by_grade,
    "status": _by_status,
    "changed": _by_change,
}
SORTS = tuple(_KEYS)


def headings(sort: str, group: str) -> str:
    """What claims in an order stand under: grades stand under headings, so that none is a rank."""
    return group or ("grade" if sort == "grade" else "")


def grouping(rows: Sequence[T], by: str, at_once: int = AT_ONCE) -> Steps[tuple[Group[T], ...]]:
    """The claims under headings of one of GROUPS, in the order that they have.

    A claim stands under each of its tags, and under one heading of every other kind. Raises
    KeyError for another kind.
    """
    headed = _HEADINGS[by]
    found: dict[tuple[Any, ...], tuple[str, array[int]]] = {}
    for number, row in enumerate(rows):
        for place, name in headed(row):
            found.setdefault(place, (name, numbers()))[1].append(number)
        if not (number + 1) % at_once:
            yield Far("sorting", number + 1, len(rows), "claims")
    return tuple(
        Group(f"{by} {' '.join(map(str, place))}", name, picked(rows, at))
        for place, (name, at) in sorted(found.items(), key=itemgetter(0))
    )


def grouped(rows: Sequence[T], by: str) -> tuple[Group[T], ...]:
    """The claims under headings at once; see `grouping`."""
    found = through(grouping(rows, by))
    return tuple(Group(group.key, group.name, tuple(group.rows)) for group in found)


_Headings = Iterable[tuple[tuple[Any, ...], str]]  # (place among the headings, words) of each


def _sources(row: Row) -> _Headings:
    name = row.source or NO_SOURCE
    if row.source and row.nameless:
        name = f"{name}, {SEVERAL}"
    return (((not row.source, folded(row.source), row.nameless), name),)


def _tags(row: Row) -> _Headings:
    if not row.tags:
        return (((True, "", ""), NO_TAG),)
    return tuple(((False, tag.casefold(), tag), tag) for tag in row.tags)


def _statuses(row: Row) -> _Headings:
    name = row.status.name
    return (((STATUS_ORDER.index(name),), name),)


def _grades(row: Row) -> _Headings:
    letter = row.grade[:1]
    if letter not in _LETTERS:
        return (((len(_LETTERS),), NO_LETTER),)
    return (((_LETTERS[letter],), f"{letter}, {RELIABILITY_MEANINGS[letter]}"),)


_HEADINGS: Mapping[str, Callable[[Row], _Headings]] = {
    "source": _sources,
    "tag": _tags,
    "status": _statuses,
    "grade": _grades,
}
GROUPS = tuple(_HEADINGS)
