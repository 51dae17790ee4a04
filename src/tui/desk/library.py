"""The files of the opened paths, read bit by bit; which are articles, and their texts on demand."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from tui.articles import find_files, outline, read_article
from tui.articles.decoding import UnreadableError
from tui.desk.entries import Found, instant
from tui.desk.events import DeskError
from tui.model.articles import Article, Outline

KEPT_TEXTS = 16  # opened articles that stay in memory ...
KEPT_CHARS = 24_000_000  # ... as long as they are no longer than this together


class Opened(NamedTuple):
    """An article with its text, and its outline."""

    article: Article
    outline: Outline


class Library:
    """What lies in the opened files. Texts are let go again; entries stay.

    `troubles` gets a sentence for each file that had to be passed over.
    """

    def __init__(
        self, root: Path, paths: Sequence[Path], encoding: str, timezone: str, troubles: list[str]
    ) -> None:
        self.root = root
        self._encoding = encoding
        self._timezone = timezone
        self._troubles = troubles
        try:
            self._files: Iterator[Path] | None = find_files(paths, troubles)
        except FileNotFoundError as error:
            raise DeskError(str(error), 2) from error
        self._by_file: dict[str, str] = {}  # absolute path -> article id
        self._skipped: set[str] = set()
        self.begun = False  # whether a file was asked for
        self._found: dict[str, list[Found]] = {}  # article id -> its files, today's text first
        self._opened: OrderedDict[str, Opened] = OrderedDict()

    # reading files

    def next_file(self) -> Path | None:
        """The next file of the opened paths that was not read yet; None when there is none."""
        for path in self._files or ():
            absolute = _absolute(path)
            if absolute not in self._by_file and absolute not in self._skipped:
                self.begun = True
                return path
        self.begun = True
        self._files = None
        return None

    @property
    def exhausted(self) -> bool:
        """Whether all files of the opened paths were read."""
        return self._files is None

    def read(self, file: Path) -> Article:
        """The article in a file; DeskError with a sentence if it cannot be one."""
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeskError(f"{file}: {reason}; check the name and its permissions") from error
        return self.parse(data, self.relative(file))

    def parse(self, data: bytes, path: str) -> Article:
        """The article in these bytes."""
        try:
            return read_article(data, path, encoding=self._encoding, timezone=self._timezone)
        except UnreadableError as error:
            raise DeskError(str(error)) from error

    def relative(self, file: Path) -> str:
        """The path as records have it: relative to the workspace, if the file lies in it."""
        absolute = Path(_absolute(file))
        if absolute.is_relative_to(self.root):
            return absolute.relative_to(self.root).as_posix()
        return absolute.as_posix()

    def absolute(self, path: str) -> Path:
        """The file of a path as records have it."""
        return self.root / path

    # what was found

    def place(self, article: Article, file: Path) -> Article:
        """Put an article that was read from a file in its place, under its final id.

        Of two texts of one article the newer one, by their own times, is today's.
        """
        absolute = _absolute(file)
        self.forget(absolute)
        size, mtime = _stamp(absolute)
        found = Found(
            replace(article, text="", headline=None, header=(), sections=(), captions=()),
            absolute,
            size,
            mtime,
        )
        there = self._found.setdefault(article.id, [])
        there.append(found)
        there.sort(key=_newest_first)
        self._by_file[absolute] = article.id
        self._skipped.discard(absolute)
        return article

    def skip(self, file: Path) -> None:
        """Pass over a file that is no article (any more)."""
        self.forget(_absolute(file))
        self._skipped.add(_absolute(file))

    def forget(self, file: str) -> None:
        """Take a file out of the library."""
        known = self._by_file.pop(file, None)
        if known is None:
            return
        left = [f for f in self._found.get(known, ()) if f.file != file]
        if left:
            self._found[known] = left
        else:
            self._found.pop(known, None)
        self._opened.pop(known, None)

    def rename(self, old: str, new: str) -> None:
        """Give the files of one id to another one."""
        moved = self._found.pop(old, [])
        self._opened.pop(old, None)
        for each in moved:
            found = replace(each, article=replace(each.article, id=new))
            self._by_file[found.file] = new
            self._found.setdefault(new, []).append(found)
        if moved:
            self._found[new].sort(key=_newest_first)

    def ids(self) -> tuple[str, ...]:
        """Ids of all articles that were read, in the order they were found."""
        return tuple(self._found)

    def files(self, article: str) -> tuple[Found, ...]:
        """The files that hold a text of an article, today's first."""
        return tuple(self._found.get(article, ()))

    def files_at(self, file: str) -> tuple[Found, ...]:
        """What was found in the file of this absolute path, at most one."""
        held = self._found.get(self._by_file.get(file, ""), ())
        return tuple(found for found in held if found.file == file)

    def has_revision(self, sha256: str) -> bool:
        """Whether one of the files holds this text."""
        return any(f.article.revision == sha256 for held in self._found.values() for f in held)

    def id_of(self, file: Path) -> str | None:
        """The article that was read from a file."""
        return self._by_file.get(_absolute(file))

    # texts

    def opened(self, article: str) -> Opened | None:
        """An article whose text is in memory."""
        there = self._opened.get(article)
        if there is not None:
            self._opened.move_to_end(article)
        return there

    def keep(self, article: Article) -> Opened:
        """Hold the text of an article, and let those go that were not used for longest."""
        opened = Opened(article, outline(article))
        self._opened[article.id] = opened
        self._opened.move_to_end(article.id)
        while len(self._opened) > 1 and (
            len(self._opened) > KEPT_TEXTS
            or sum(len(o.article.text) for o in self._opened.values()) > KEPT_CHARS
        ):
            self._opened.popitem(last=False)
        return opened

    def close(self, article: str) -> None:
        """Let the text of an article go, to be read again."""
        self._opened.pop(article, None)

    def stale(self) -> tuple[Found, ...]:
        """Files of the texts in memory that are not as they were when they were read."""
        held = (self._found[a][0] for a in self._opened if a in self._found)
        return tuple(f for f in held if _stamp(f.file) not in ((f.size, f.mtime), (-1, -1)))


def _absolute(file: Path) -> str:
    return os.path.abspath(file)  # noqa: PTH100 - links stay as they are named


def _stamp(file: str) -> tuple[int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


def _newest_first(found: Found) -> tuple[float, float, str]:
    article = found.article
    known = [instant(t) for t in (article.modified or article.published, article.published) if t]
    moments = [-moment if moment != float("inf") else 0.0 for moment in known] or [0.0]
    return moments[0], moments[-1], article.path
