"""The codebook: tags with paths, digit slots, colours, descriptions, and the names they had."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from msgspec import Struct, field
from msgspec.structs import replace

COLOURS = ("red", "orange", "yellow", "green", "cyan", "blue", "violet", "magenta", "grey")
_SEGMENT = re.compile(r"[^\s/,](?:[^/,\n\t]*[^\s/,])?")


def _extra() -> Mapping[str, Any]:
    return {}


def tag_path(typed: str) -> str:
    """The path of a tag as typed: segments trimmed, joined by `/`.

    Raises ValueError for an empty path, an empty segment or one with a comma or control in it.
    """
    parts = [" ".join(part.split()) for part in typed.strip().strip("/").split("/")]
    for part in parts:
        if not _SEGMENT.fullmatch(part) or not part.isprintable():
            raise ValueError(f"{typed!r} is no tag: write words, or words/words, without commas")
    return "/".join(parts)


def covers(parent: str, path: str) -> bool:
    """Whether the tag `parent` is `path` or an ancestor of it."""
    return path == parent or path.startswith(parent + "/")


class Tag(Struct, frozen=True):
    """One tag. `slot` is 1 to 9, or 0 for none; `was` are paths it had before."""

    path: str
    slot: int = 0
    colour: str = ""
    description: str = ""
    was: tuple[str, ...] = ()
    extra: Mapping[str, Any] = field(default_factory=_extra)

    @property
    def name(self) -> str:
        """The last segment of the path."""
        return self.path.rpartition("/")[2]


class Codebook(Struct, frozen=True, dict=True):
    """Tags in order. Records keep the path they were given; reading resolves it through `was`."""

    tags: tuple[Tag, ...] = ()

    def get(self, path: str) -> Tag | None:
        """The tag that has this path today, or None."""
        return self._by_path.get(path)

    @cached_property
    def _by_path(self) -> Mapping[str, Tag]:
        return {tag.path: tag for tag in reversed(self.tags)}

    def at_slot(self, slot: int) -> Tag | None:
        """The tag on digit `slot` (1 to 9), or None."""
        return next((tag for tag in self.tags if slot and tag.slot == slot), None)

    def resolve(self, path: str) -> str:
        """Today's path of a path that a record was given, through renames of it or a parent.

        The nearest name decides, of those that the path has or lies below: one in use today keeps
        it, a former one leads on. What lies below it gets shorter with each step, so this ends.
        """
        while (moved := self._moved(path)) is not None:
            path = moved
        return path

    def _moved(self, path: str) -> str | None:
        if self.get(path) is not None:
            return None
        moves = [(old, tag.path) for tag in self.tags for old in tag.was if covers(old, path)]
        if not moves:
            return None
        old, new = max(moves, key=lambda move: len(move[0]))
        if any(len(tag.path) >= len(old) and covers(tag.path, path) for tag in self.tags):
            return None
        return new + path[len(old) :]

    def resolved(self, paths: Iterable[str]) -> tuple[str, ...]:
        """Today's paths, each once, in the given order."""
        return tuple(dict.fromkeys(self.resolve(path) for path in paths))

    def colour(self, path: str) -> str:
        """The colour of a tag: its own, else its nearest ancestor's, else empty."""
        path = self.resolve(path)
        while path:
            tag = self.get(path)
            if tag is not None and tag.colour:
                return tag.colour
            path = path.rpartition("/")[0]
        return ""

    def slot(self, path: str) -> int:
        """The digit slot of a tag, or of its nearest ancestor that has one; 0 for none."""
        path = self.resolve(path)
        while path:
            tag = self.get(path)
            if tag is not None and tag.slot:
                return tag.slot
            path = path.rpartition("/")[0]
        return 0

    def with_tag(self, tag: Tag) -> Codebook:
        """A codebook with this tag in place of the one of the same path, or added at the end.

        A slot it takes is taken from whoever had it.
        """
        others = tuple(
            replace(t, slot=0) if tag.slot and t.slot == tag.slot and t.path != tag.path else t
            for t in self.tags
        )
        if any(t.path == tag.path for t in others):
            return Codebook(tuple(tag if t.path == tag.path else t for t in others))
        return Codebook((*others, tag))

    def without(self, path: str) -> Codebook:
        """A codebook without this tag; records that carry it keep it."""
        return Codebook(tuple(t for t in self.tags if t.path != path))

    def only(self, paths: Iterable[str]) -> Codebook:
        """The tags with these paths, as records were given them, and those above them."""
        used = self.resolved(paths)
        return Codebook(tuple(t for t in self.tags if any(covers(t.path, path) for path in used)))

    def moved(self, old: str, new: str) -> Codebook:
        """A codebook in which `old` and its children have become `new` (rename, merge, re-parent).

        If `new` is there already the two are merged: it keeps its slot and description, or takes
        over those of `old` where it has none. Raises ValueError if `new` lies below `old` or
        `old` is not in the codebook.
        """
        new = tag_path(new)
        if new == old:
            return self
        if covers(old, new):
            raise ValueError(f"{old!r} cannot move below itself")
        if not any(covers(old, tag.path) for tag in self.tags):
            raise ValueError(f"no tag {old!r} in the codebook")
        found: dict[str, Tag] = {t.path: t for t in self.tags if not covers(old, t.path)}
        for tag in self.tags:
            if not covers(old, tag.path):
                continue
            path = new + tag.path[len(old) :]
            there = found.get(path)
            if there is None:
                found[path] = replace(tag, path=path, was=_names(path, *tag.was, tag.path))
            else:
                was = _names(path, *there.was, *tag.was, tag.path)
                found[path] = replace(
                    there,
                    was=was,
                    slot=there.slot or tag.slot,
                    description=there.description or tag.description,
                )
        order = [new + t.path[len(old) :] if covers(old, t.path) else t.path for t in self.tags]
        return Codebook(tuple(found[path] for path in dict.fromkeys(order)))


def _names(path: str, *was: str) -> tuple[str, ...]:
    """Former names, each once and without today's."""
    return tuple(dict.fromkeys(name for name in was if name != path))


def union(codebooks: Iterable[Codebook]) -> Codebook:
    """All tags of several codebooks, an earlier one winning for path and for slot.

    A tag that an earlier codebook has renamed or merged stands at the path it was given there.
    """
    found = Codebook()
    for book in codebooks:
        for tag in book.tags:
            found = _with_later(found, tag)
    return found


def _with_later(book: Codebook, tag: Tag) -> Codebook:
    path = book.resolve(tag.path)
    there = book.get(path)
    if there is not None:
        return book.with_tag(replace(there, was=_names(path, *there.was, tag.path, *tag.was)))
    slot = 0 if book.at_slot(tag.slot) else tag.slot
    later = replace(tag, path=path, slot=slot, was=_names(path, tag.path, *tag.was))
    return Codebook((*book.tags, later))
