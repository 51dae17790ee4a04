"""Which articles' shards changed: by folder times, so that asking is cheap in a large workspace."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path

from msgspec import Struct, field

from tui.model.ids import sha256
from tui.store.durable import Signature, signature
from tui.store.places import analysts, article_of, shard_folders

# Folder times may be as coarse as this; a folder changed more recently is looked at again.
_COARSE = 2_000_000_000
# An editor may write a file in place, which leaves its folder's time: every so many calls a
# folder is looked at whatever its time says.
_ROUNDS = 16


Known = Callable[[Path, Signature], bool]  # a file, and what it is now


class Folder(Struct, frozen=True):
    """A folder of shards as it was seen: its time (-1 if too fresh to rely on) and its files."""

    modified: int
    files: Mapping[str, Signature]


class Seen(Struct, frozen=True):
    """What `since` saw: its token."""

    folders: Mapping[Path, Folder] = field(default_factory=dict[Path, Folder])
    round: int = 0

    def of(self, path: Path) -> Signature | None:
        """A file as it was seen; None if it was not there."""
        folder = self.folders.get(path.parent)
        return folder.files.get(path.name) if folder is not None else None


def looking(
    annotations: Path, before: Seen, troubles: list[str], known: Known | None = None
) -> Generator[None, None, tuple[Seen, frozenset[str]]]:
    """What is there now, and the ids of articles with a file that differs from `before`.

    A folder of shards at a time. A file that `known` is true of does not count as different.
    """
    now: dict[Path, Folder] = {}
    changed: set[str] = set()
    number = 0
    for analyst in analysts(annotations, troubles):
        for path in shard_folders(annotations, analyst, troubles):
            number += 1
            seen = before.folders.get(path, Folder(-1, {}))
            forced = (number + before.round) % _ROUNDS == 0
            now[path] = folder = _look_at(path, seen, forced)
            if folder.files is not seen.files:
                changed |= _different(seen.files, folder.files, path, known)
            yield
    for path, seen in before.folders.items():
        if path not in now:
            changed |= _different(seen.files, {}, path, None)
    return Seen(now, before.round + 1), frozenset(changed)


def stamps(seen: Seen) -> Iterator[dict[str, str]]:
    """For each article with a shard a short text that changes when one of its files does.

    Those whose ids end alike come together.
    """
    endings: dict[str, list[Path]] = {}
    for path in seen.folders:
        endings.setdefault(path.name, []).append(path)
    for paths in endings.values():
        parts: dict[str, list[str]] = {}
        for path in paths:
            analyst = path.parent.name
            for name, at in seen.folders[path].files.items():
                state = f"{analyst}/{name} {at.inode} {at.modified} {at.size}"
                parts.setdefault(article_of(name), []).append(state)
        yield {article: sha256("\n".join(sorted(held)))[:16] for article, held in parts.items()}


def _look_at(path: Path, known: Folder, forced: bool) -> Folder:
    try:
        modified = path.stat().st_mtime_ns
        if modified == known.modified and not forced:
            return known
        fresh = time.time_ns() - modified < _COARSE
        files: dict[str, Signature] = {}
        with os.scandir(path) as entries:
            for entry in entries:
                if article_of(entry.name):
                    files[entry.name] = signature(entry.stat())
    except OSError:
        return Folder(-1, known.files)
    return Folder(-1 if fresh else modified, files)


def _different(
    one: Mapping[str, Signature],
    other: Mapping[str, Signature],
    folder: Path,
    known: Known | None,
) -> set[str]:
    if one == other:
        return set()
    names = [n for n in one.keys() | other.keys() if one.get(n) != other.get(n)]
    if known is not None:
        names = [n for n in names if n not in other or not known(folder / n, other[n])]
    return {article_of(n) for n in names}
