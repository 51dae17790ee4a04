"""The encodings that analysts chose for files: `encodings.json` in each analyst's folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from tui.store.inside import read_inside, write_inside
from tui.store.places import analysts
from tui.store.protocol import StoreError

FILE = "encodings.json"
_VERSION = 1


class Encodings:
    """Which encoding was chosen for which file; read from the disk when it is first asked for.

    Files are named as records name them. One's own choice goes before another analyst's; a file
    that cannot be read is passed over.
    """

    def __init__(self, annotations: Path, folder: str) -> None:
        self._annotations = annotations
        self._folder = folder
        self._chosen: dict[str, str] | None = None

    def of(self, path: str) -> str:
        """The encoding chosen for a file; empty if none was."""
        if self._chosen is None:
            others = [name for name in analysts(self._annotations, []) if name != self._folder]
            self._chosen = {}
            for name in (*others, self._folder):
                self._chosen |= _read(self._annotations, name) or {}
        return self._chosen.get(path, "")

    def choose(self, path: str, encoding: str) -> None:
        """Remember an encoding for a file; an empty one means that it is guessed again.

        Raises StoreError if that cannot be written; it is remembered for this session all the same.
        """
        self.of(path)
        assert self._chosen is not None
        self._chosen[path] = encoding
        file = self._annotations / self._folder / FILE
        own = _read(self._annotations, self._folder)
        if own is None:
            raise StoreError(f"{file} was not written, since it cannot be read; move it away")
        own[path] = encoding
        # A file a line, so that one more choice is one more line in a diff.
        data = {"v": _VERSION, "files": own}
        text = json.dumps(data, ensure_ascii=False, sort_keys=True, indent=0)
        write_inside(self._annotations, file, text.encode("utf-8", "surrogateescape") + b"\n")


def _read(annotations: Path, folder: str) -> dict[str, str] | None:
    """The choices in one file; none if it is not there, None if it cannot be read."""
    file = annotations / folder / FILE
    try:
        found = read_inside(annotations, file)
        files: Any = json.loads(found[0].decode())["files"] if found is not None else {}
        return {n: e for n, e in cast("dict[str, Any]", files).items() if isinstance(e, str)}
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
