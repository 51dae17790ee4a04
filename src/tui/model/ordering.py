"""Claims in an order, and under headings: by article, time, source, grade, status, newest change.

Grades put what is alike together, and no more. In the Admiralty code F and 6 say that there is
nothing to judge by: they stand apart behind the others and are not the worst of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tui.model.articles import instant
from tui.model.records import CREDIBILITIES, RELIABILITIES
from tui.model.sources import folded
from tui.model.told import Told, time_order
from tui.model.wording import RELIABILITY_MEANINGS

STATUS_ORDER = ("draft", "disputed", "accepted", "rejected")  # what waits for somebody first
NO_SOURCE, NO_TAG, NO_LETTER = "no source named", "no tag", "no letter for the source"
SEVERAL = "may be several"  # what is said of a source that the next article may have another of
_LETTERS = {letter: number for number, letter in enumerate(RELIABILITIES)}
_DIGITS = {digit: number for number, digit in enumerate(CREDIBILITIES)}


class Group(Struct, frozen=True):
    """Claims under one heading, in their order; `key` tells it from all others."""

    key: str
    name: str
    rows: tuple[Told, ...]


def ordered(told: Iterable[Told], by: str = "article") -> list[Told]:
    """The claims in one of the orders SORTS, the same however they came; none is left out.

    By article they are as in the list of articles, and then as in the text. In all other orders
    those that are alike stay so: what has no time, source or grade comes last, what was changed
    last comes first. Raises KeyError for another order.
    """
    moments: dict[str, float] = {}

    def place(row: Told) -> tuple[float, str, str, int, str]:
        moment = moments.get(row.published)
        if moment is None:
            moment = moments[row.published] = instant(row.published)
        return moment, row.path, row.article, row.at, row.claim.id

    return reordered(sorted(told, key=place), by)


def reordered(rows: Sequence[Told], by: str) -> list[Told]:
    """Claims that are in the order of articles in another one; raises KeyError if there is none."""
    key = _KEYS[by]
    return list(rows) if key is None else sorted(rows, key=key, reverse=by == "changed")


def _by_time(row: Told) -> Any:
    return time_order(row.place)


def _by_source(row: Told) -> tuple[bool, str]:
    return not row.source, folded(row.source)


def _by_grade(row: Told) -> tuple[int, int]:
    letter, digit = row.grade[:1], row.grade[1:]
    return _LETTERS.get(letter, len(_LETTERS)), _DIGITS.get(digit, len(_DIGITS))


def _by_status(row: Told) -> tuple[int, bool]:
    return STATUS_ORDER.index(row.status.name), not row.status.flagged


def changed(row: Told) -> str:
    """When a claim or the decision on it was written last: ISO, in UTC."""
    return max(row.claim.modified, row.status.time)


_KEYS: Mapping[str, Callable[[Told], Any] | None] = {
    "article": None,
    "time": _by_time,
    "source": _by_source,
    "grade": _by_grade,
    "status": _by_status,
    "changed": changed,
}
SORTS = tuple(_KEYS)


def headings(sort: str, group: str) -> str:
    """What claims in an order stand under: grades stand under headings, so that none is a rank."""
    return group or ("grade" if sort == "grade" else "")


def grouped(rows: Sequence[Told], by: str) -> tuple[Group, ...]:
    """The claims under headings of one of GROUPS, in the order that they have.

    A claim stands under each of its tags, and under one heading of every other kind. Raises
    KeyError for another kind.
    """
    headed = _HEADINGS[by]
    found: dict[tuple[Any, ...], tuple[str, list[Told]]] = {}
    for row in rows:
        for place, name in headed(row):
            found.setdefault(place, (name, []))[1].append(row)
    return tuple(
        Group(f"{by} {' '.join(map(str, place))}", found[place][0], tuple(found[place][1]))
        for place in sorted(found)
    )


_Headings = Iterable[tuple[tuple[Any, ...], str]]  # (place among the headings, words) of each


def _sources(row: Told) -> _Headings:
    name = row.source or NO_SOURCE
    if row.source and row.nameless:
        name = f"{name}, {SEVERAL}"
    return (((not row.source, folded(row.source), row.nameless), name),)


def _tags(row: Told) -> _Headings:
    if not row.tags:
        return (((True, "", ""), NO_TAG),)
    return tuple(((False, tag.casefold(), tag), tag) for tag in row.tags)


def _statuses(row: Told) -> _Headings:
    name = row.status.name
    return (((STATUS_ORDER.index(name),), name),)


def _grades(row: Told) -> _Headings:
    letter = row.grade[:1]
    if letter not in _LETTERS:
        return (((len(_LETTERS),), NO_LETTER),)
    return (((_LETTERS[letter],), f"{letter}, {RELIABILITY_MEANINGS[letter]}"),)


_HEADINGS: Mapping[str, Callable[[Told], _Headings]] = {
    "source": _sources,
    "tag": _tags,
    "status": _statuses,
    "grade": _grades,
}
GROUPS = tuple(_HEADINGS)
