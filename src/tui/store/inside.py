"""The one door to the files below `annotations/`, for reading and for writing.

What lies there may have come by mail or by git. No link leads through the door: a file never, a
folder only if it stays inside. Shards and kept texts pass `hold_inside` where their paths are made.
"""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

from tui.store.durable import Signature, read_whole, write_whole
from tui.store.places import LEADS_OUT, hold_inside, leads_out


class LinkError(OSError):
    """A folder on the way to a file is a link that leads out of the annotations."""

    def __init__(self, folder: Path) -> None:
        super().__init__(errno.ELOOP, LEADS_OUT.format(folder))


def read_inside(annotations: Path, path: Path) -> tuple[bytes, Signature] | None:
    """The bytes of a file below `annotations` and its signature, or None if there is none.

    Raises OSError, also for a link.
    """
    for folder in _folders(annotations, path):
        if leads_out(annotations, folder):
            raise LinkError(folder)
    return read_whole(path)


def write_inside(annotations: Path, path: Path, data: bytes) -> Signature:
    """Replace a file below `annotations` durably; a link in its place becomes a file.

    Raises StoreError, also if a folder on the way leads out or cannot be seen.
    """
    for folder in _folders(annotations, path):
        hold_inside(annotations, folder)
    return write_whole(path, data)


def _folders(annotations: Path, path: Path) -> Iterator[Path]:
    """The folders between `annotations`, which may be a link of the analyst's own, and a file."""
    for folder in path.relative_to(annotations).parents:
        if folder != Path():
            yield annotations / folder
