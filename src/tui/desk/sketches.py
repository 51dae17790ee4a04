"""Samples of texts by which near duplicates are found, kept in the user's cache.

A file for each first two digits of a revision; in it a line a text: revision, level, hashes.
"""

from __future__ import annotations

import hashlib
from array import array
from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from pathlib import Path

from tui.analysis.shingles import Sketch
from tui.desk.keeping import keep, kept

_VERSION = 1  # grows when the same text may get another sample
_END = b"\n"


class Sketches:
    """The samples of the texts of one workspace, by their revisions."""

    def __init__(self, folder: Path | None, root: Path) -> None:
        self._folder = folder
        self._root = root
        self._read: dict[str, dict[str, Sketch]] = {}  # by the first two digits
        self._fresh: set[str] = set()

    def get(self, revision: str) -> Sketch | None:
        """The sample of a text, if there is one."""
        return self._part(revision[:2]).get(revision)

    def put(self, revision: str, sketch: Sketch) -> None:
        """Hold the sample of a text; `save` keeps it."""
        self._part(revision[:2])[revision] = sketch
        self._fresh.add(revision[:2])

    def save(self, revisions: Iterable[str]) -> None:
        """Keep what is new; of all that is held only what belongs to these revisions."""
        wanted, folder = set(revisions), self._folder
        for part in sorted(self._fresh):
            held = self._read[part] = {
                revision: found
                for revision, found in self._read[part].items()
                if revision in wanted
            }
            if folder is not None:
                keep(folder, self._key(part), _lines(held))
        self._fresh.clear()

    def _part(self, part: str) -> dict[str, Sketch]:
        found = self._read.get(part)
        if found is None:
            lines = kept(self._folder, self._key(part)) if self._folder is not None else ()
            found = self._read[part] = dict(filter(None, map(_entry, lines)))
        return found

    def _key(self, part: str) -> str:
        return hashlib.sha256(
            f"{_VERSION} {self._root} {part}".encode(errors="surrogateescape")
        ).hexdigest()


def _lines(held: Mapping[str, Sketch]) -> Iterable[bytes]:
    for revision, found in held.items():
        hashes = b64encode(array("I", found.hashes).tobytes())
        yield b"%s %d %s\n" % (revision.encode("ascii"), found.level, hashes)


def _entry(line: bytes) -> tuple[str, Sketch] | None:
    """The revision and sample of a line; None for one that was not written whole."""
    try:
        revision, level, hashes = line.removesuffix(_END).split(b" ")
        found = array("I", b64decode(hashes, validate=True))
        return revision.decode("ascii"), Sketch(int(level), tuple(found))
    except ValueError:
        return None
