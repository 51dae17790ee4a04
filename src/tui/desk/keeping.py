"""Results kept in the user's cache: a file for each, under the hash of all that shaped it."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def keep(folder: Path, key: str, lines: Iterable[bytes]) -> bool:
    """Write the lines of a result whole, and say whether there was room for them."""
    import tempfile

    path = folder / key[:2] / key
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(lines)
        Path(name).replace(path)
    except OSError:
        return False
    return True


def kept(folder: Path, key: str) -> Iterator[bytes]:
    """The lines of a result; none if it is not there."""
    with contextlib.suppress(OSError), (folder / key[:2] / key).open("rb") as file:
        yield from file
