"""Changes of a codebook as steps that can be taken back, whatever else changed meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from tui.model.codebook import Codebook, Tag


def _extra() -> Mapping[str, Any]:
    return {}


class TagAt(Struct, frozen=True):
    """A tag, and its place in the codebook, from 0."""

    index: int
    tag: Tag


class TagStep(Struct, frozen=True):
    """One change of a codebook: the tags it took out, then those it put in; `time` is UTC."""

    label: str
    time: str = ""
    taken: tuple[TagAt, ...] = ()
    put: tuple[TagAt, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=_extra)

    def inverse(self) -> TagStep:
        """The step that takes this one back."""
        return TagStep(self.label, self.time, self.put, self.taken, self.extra)

    def fits(self, book: Codebook) -> bool:
        """Whether what it takes out is there as it was, and what it puts in is not."""
        there = {tag.path: tag for tag in book.tags}
        gone = {item.tag.path for item in self.taken}
        return all(there.get(item.tag.path) == item.tag for item in self.taken) and all(
            item.tag.path not in there or item.tag.path in gone for item in self.put
        )

    def of(self, book: Codebook) -> Codebook:
        """The codebook after this step. Raises ValueError if it does not fit."""
        if not self.fits(book):
            raise ValueError(f"“{self.label}”: the codebook has changed since")
        gone = {item.tag.path for item in self.taken}
        tags = [tag for tag in book.tags if tag.path not in gone]
        for item in self.put:
            tags.insert(item.index, item.tag)
        return Codebook(tuple(tags))


def step_between(before: Codebook, after: Codebook, label: str, time: str) -> TagStep:
    """The step that leads from one codebook to the other.

    Tags that are in both as they were stay where they are, as long as their order does.
    """
    kept = _in_order(before, after)
    return TagStep(
        label,
        time,
        tuple(TagAt(i, tag) for i, tag in enumerate(before.tags) if tag.path not in kept),
        tuple(TagAt(i, tag) for i, tag in enumerate(after.tags) if tag.path not in kept),
    )


def _in_order(before: Codebook, after: Codebook) -> frozenset[str]:
    """Paths of tags that are the same in both and follow each other in the same order."""
    later = {tag.path: index for index, tag in enumerate(after.tags)}
    found: set[str] = set()
    last = -1
    for tag in before.tags:
        index = later.get(tag.path, -1)
        if index > last and after.tags[index] == tag:
            found.add(tag.path)
            last = index
    return frozenset(found)
