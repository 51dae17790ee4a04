"""What a search found, gone through in order: places in an article, and from article to article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct

from tui.model.spans import Extent


class Stop(NamedTuple):
    """A place that was found; `record` is the highlight or claim that it is, if it is one."""

    start: int
    end: int
    record: str = ""


class Walk(Struct, frozen=True):
    """The articles of what was found, the best first, and the annotations found in each.

    `more`: not all that there is was asked for.
    """

    articles: tuple[str, ...]
    records: Mapping[str, tuple[str, ...]]
    more: bool = False

    def which(self, article: str) -> str:
        """Which of the articles it is, in words; empty if it is none of them."""
        if article not in self.articles:
            return ""
        more = "+" if self.more else ""
        return f"article {self.articles.index(article) + 1:,} of {len(self.articles):,}{more}"


def walk_of(found: Iterable[tuple[str, str, str]], *, more: bool = False) -> Walk:
    """The walk through (kind, article, record) in this order; `kind` is one of the index's."""
    records: dict[str, list[str]] = {}
    for kind, article, record in found:
        marked = records.setdefault(article, [])
        if kind in ("highlight", "claim"):
            marked.append(record)
    return Walk(tuple(records), {name: tuple(ids) for name, ids in records.items()}, more)


def stops_of(
    places: Iterable[Extent], marked: Iterable[tuple[str, Sequence[Extent]]]
) -> Sequence[Stop]:
    """Places of words and annotations with their extents, in text order, one a beginning.

    Where several begin it is the last annotation of those given.
    """
    found = {place.start: Stop(*place) for place in places}
    for record, extents in marked:
        if extents:
            found[extents[0].start] = Stop(*extents[0], record)
    return sorted(found.values())


def next_stop(stops: Sequence[Stop], caret: int, step: int) -> int | None:
    """The index of the first stop behind the caret, or (`step` -1) the last before it."""
    if step > 0:
        index = bisect_right(stops, caret, key=_start)
    else:
        index = bisect_left(stops, caret, key=_start) - 1
    return index if 0 <= index < len(stops) else None


def _start(stop: Stop) -> int:
    return stop.start
