"""Which encoding a file is read in, where somebody named one."""

from __future__ import annotations

from tui.desk.events import DeskError
from tui.model.articles import Article
from tui.store import Encodings, StoreError

# Formats in which no encoding can be chosen, and why.
_UNCODED = {
    "pdf": "a PDF names its characters one by one: there is no encoding to choose",
    "epub": "an EPUB book says which encoding its chapters are in: there is none to choose",
}


def check_coded(article: Article) -> None:
    """Raises DeskError (code 1) for an article of a format without an encoding to choose."""
    if article.reader in _UNCODED:
        raise DeskError(_UNCODED[article.reader], 1)


class Choosing:
    """The encodings that were named: in this session, for all files, in the workspace."""

    def __init__(self, for_all: str, kept: Encodings | None) -> None:
        self._for_all = for_all
        self._kept = kept
        self._picked: dict[str, str] = {}  # in this session: goes before what was named for all

    def of(self, path: str) -> str:
        """The encoding that was named for a file, on the command line or at E; else empty."""
        if path in self._picked:
            return self._picked[path]
        chosen = self._kept.of(path) if self._kept is not None else ""
        return self._for_all or chosen

    def choose(self, path: str, encoding: str) -> None:
        """Have a file read in this encoding from now on. Raises DeskError if it is not kept."""
        self._picked[path] = encoding
        try:
            if self._kept is not None:
                self._kept.choose(path, encoding)
        except StoreError as error:
            raise DeskError(str(error), 3) from error
