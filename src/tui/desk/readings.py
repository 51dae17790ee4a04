"""Readings of documents that take long to read, kept in the user's cache: derived, disposable."""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.articles.documents import Document, Passed
from tui.articles.packing import packed, unpacked
from tui.articles.recognising import Format
from tui.desk.keeping import keep, kept
from tui.model.articles import Article

_END = b'{"end":true}\n'


class Readings:
    """What came of documents, by a key of their bytes and of all else that shaped the reading.

    One file a document, a line an article. Where the cache cannot be written they lie in a folder
    that goes with the session.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._own: Path | None = None

    def key(self, document: Document, format_: Format) -> str:
        """The name of a reading: SHA-256, hexadecimal."""
        shape = (
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

    def get(self, key: str) -> list[Article | Passed] | None:
        """A whole reading; None if it is not there, or not whole."""
        found = list(self._lines(key))
        if not found or found.pop() != _END:
            return None
        try:
            return [unpacked(line) for line in found]
        except ValueError:
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

    def put(self, key: str, found: Iterable[Article | Passed]) -> None:
        """Keep a reading; where there is no room at all nothing is kept."""
        import tempfile

        lines = [*(packed(each) + b"\n" for each in found), _END]
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

    def _lines(self, key: str) -> Iterator[bytes]:
        return kept(self._folder, key) if self._folder is not None else iter(())
