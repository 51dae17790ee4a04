"""Pieces of a text that are written in another order than they come in, in a temporary file.

So a report is put in order, or refers to what comes behind, without all of it in memory.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from os import SEEK_END
from tempfile import TemporaryFile

_SIZE = 8  # bytes before each piece, which say how long it is
# No text in an export has this sign: `visible` shows a picture in its place.
_REFERENCE = re.compile("\0([0-9a-f]*)\0")


class Spool:
    """Pieces of text in a temporary file, which is gone when this is closed."""

    def __init__(self) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 - closed with this

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def put(self, piece: str) -> int:
        """Keep a piece; returns its place."""
        data = piece.encode("utf-8", "surrogatepass")
        place = self._file.seek(0, SEEK_END)
        self._file.write(len(data).to_bytes(_SIZE))
        self._file.write(data)
        return place

    def at(self, place: int) -> str:
        """The piece at a place."""
        self._file.seek(place)
        size = int.from_bytes(self._file.read(_SIZE))
        return self._file.read(size).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        """All pieces in the order in which they came."""
        end, place = self._file.seek(0, SEEK_END), 0
        while place < end:
            yield self.at(place)
            place = self._file.tell()


def reference(record_id: str) -> str:
    """What stands for a record in a piece until it is known how it is called."""
    return f"\0{record_id.encode('utf-8', 'surrogatepass').hex()}\0"


def resolved(piece: str, name_of: Callable[[str], str]) -> str:
    """A piece with the names of the records that it refers to, which are asked for by id."""
    return _REFERENCE.sub(
        lambda found: name_of(bytes.fromhex(found[1]).decode("utf-8", "surrogatepass")), piece
    )
