"""Readings of documents that take long to read, kept in the user's cache: derived, disposable.

That a document could not be read is kept as well, so that it costs its time once.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from msgspec.structs import astuple

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed
from tui.articles.formats import Format
from tui.articles.packing import packed, unpacked
from tui.desk.keeping import keep, kept
from tui.model.articles import Article
from tui.model.settings import Limits

_SHAPE = 2  # of what is kept: others are made anew
_END = b'{"end":true}\n'
_REFUSED = b'{"refused":'


class Readings:
    """What came of documents, by a key of their bytes and of all else that shaped the reading.

    One file a document, a line an article, and at the end why the rest could not be read. Such a
    refusal holds under the limits that it came of. Where the cache cannot be written they lie in a
    folder that goes with the session.
    """

    def __init__(self, folder: Path | None, limits: Limits) -> None:
        self._folder = folder
        self._limits = list(astuple(limits))
        self._own: Path | None = None

    def key(self, document: Document, format_: Format) -> str:
        """The name of a reading: SHA-256, hexadecimal."""
        shape = (
            _SHAPE,
            format_.name,
            format_.version,
            document.path,
            document.encoding,
            document.timezone,
            sorted(document.fields.items()),
        )
        digest = hashlib.sha256(json.dumps(shape).encode())
        digest.update(document.data)
        return digest.hexdigest()

    def get(self, key: str) -> tuple[list[Article | Passed], UnreadableError | None] | None:
        """A whole reading, and why there is no more of it; None if it is not there, or not whole.

        The error names no file.
        """
        found = list(self._lines(key))
        last = found.pop() if found else b""
        try:
            if last == _END:
                return [unpacked(line) for line in found], None
            if last.startswith(_REFUSED):
                what, mend, limits = json.loads(last)["refused"]
                if limits == self._limits:
                    return [unpacked(line) for line in found], UnreadableError(what, mend)
        except (ValueError, TypeError, KeyError):
            pass
        return None

    def entry(self, key: str, entry: str) -> Article | None:
        """One article of a reading, by its entry key; None if it is not there."""
        sign = json.dumps(entry).encode("ascii")
        for line in self._lines(key):
            if sign in line:
                with contextlib.suppress(ValueError):
                    found = unpacked(line)
                    if isinstance(found, Article) and found.entry == entry:
                        return found
        return None

    def put(
        self, key: str, found: Iterable[Article | Passed], error: UnreadableError | None = None
    ) -> None:
        """Keep a reading; where there is no room at all nothing is kept.

        What would be read another time (reading was stopped, a library is missing) is not kept.
        """
        import tempfile

        if error is not None and not error.lasting:
            return
        lines = [*(packed(each) + b"\n" for each in found), self._end(error)]
        if self._folder is not None and keep(self._folder, key, lines):
            return
        with contextlib.suppress(OSError):
            if self._own is None:
                self._own = self._folder = Path(tempfile.mkdtemp(prefix="pressmark-"))
                keep(self._own, key, lines)

    def close(self) -> None:
        """Remove what goes with the session."""
        if self._own is not None:
            import shutil

            shutil.rmtree(self._own, ignore_errors=True)

    def _end(self, error: UnreadableError | None) -> bytes:
        if error is None:
            return _END
        said = json.dumps([error.what, error.mend, self._limits])
        return _REFUSED + said.encode("ascii") + b"}\n"

    def _lines(self, key: str) -> Iterator[bytes]:
        return kept(self._folder, key) if self._folder is not None else iter(())
