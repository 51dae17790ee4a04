"""The files of the opened paths, read bit by bit; which are articles, and their texts on demand."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui.articles import met_files, read_article, still_files
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document
from tui.articles.finding import Met
from tui.articles.formats import FORMATS
from tui.articles.links import Bounds
from tui.articles.reading import read_as
from tui.articles.recognising import HEAD, recognise
from tui.desk.choosing import Choosing, check_coded
from tui.desk.entries import Found
from tui.desk.events import DeskError
from tui.desk.finds import Finds, absolute_path
from tui.desk.gathering import Gathered, Gathering
from tui.desk.readings import Readings
from tui.model.articles import Article
from tui.model.settings import Settings
from tui.store import Encodings

AHEAD = 50  # files that are looked for with each one that is read

_Stamp = tuple[int, int]  # size and mtime of a file; -1 where it cannot be looked at


class Library(Finds):
    """What lies in the opened files. Texts are let go again; entries stay.

    `troubles` gets a sentence for each file, and each entry of one, that had to be passed over.
    What is no plain text is read in the background and kept in the folder `cache`.
    """

    def __init__(
        self,
        root: Path,
        paths: Sequence[Path],
        encoding: str,
        settings: Settings,
        troubles: list[str],
        *,
        cache: Path | None = None,
        encodings: Encodings | None = None,
    ) -> None:
        super().__init__()
        self.root = root
        self._largest = settings.largest
        self._choosing = Choosing(encoding, encodings)
        self._last: tuple[str, tuple[int, int], Article] | None = None  # what was just read
        self._encoding = encoding
        self._timezone = settings.timezone
        self._fields: Mapping[str, str] = settings.json_fields
        self._troubles = troubles
        try:
            self._bounds = Bounds((*paths, root), follow=settings.follow_links)
            self._walk: Iterator[Met] | None = met_files(paths, troubles, self._bounds)
        except FileNotFoundError as error:
            raise DeskError(str(error), 2) from error
        self.paths = paths
        self._ahead: deque[tuple[str, _Stamp]] = deque()  # found, not read yet
        self._changed: set[str] = set()  # of those, the ones to be read again
        self._unsure: dict[str, _Stamp] = {}  # adopted files that were not looked at yet
        self._gone: set[str] = set()  # to be forgotten when all others are read: they may move
        self._readings = Readings(cache, settings.limits)
        self._gathering = Gathering(self._readings, settings.limits)
        self._skipped: set[str] = set()
        self.begun = False  # whether a file was asked for
        self.read_files = 0

    # reading files

    def next_file(self) -> Path | None:
        """The next file of the opened paths to be read; None if none is, or none was met so far.

        So many adopted files at most are looked at, which are passed over if they are as they were.
        """
        self.begun = True
        for _ in range(AHEAD):
            if not self._ahead and not self.look_ahead(1):
                self._gone |= self._unsure.keys()
                self._unsure.clear()
                break
            path, stamp = self._ahead.popleft()
            absolute = absolute_path(path)
            if absolute in self._changed or not self._knows(absolute, stamp):
                self._changed.discard(absolute)
                self.read_files += 1
                self.look_ahead(AHEAD)
                return Path(path)
        return None

    def look_ahead(self, count: int) -> bool:
        """Find that many files more; whether there is any to be read."""
        for path, status in self._walk or ():
            self._ahead.append((path, (status.st_size, status.st_mtime_ns)))
            count -= 1
            if not count:
                return True
        self._walk = None
        return bool(self._ahead)

    def _knows(self, absolute: str, stamp: _Stamp) -> bool:
        """Whether a file was read and, of one that was adopted, is as it was then."""
        adopted = self._unsure.get(absolute)
        if adopted is not None:
            if adopted != stamp:
                return False
            del self._unsure[absolute]
            self.read_files += 1
        return absolute in self._by_file or absolute in self._skipped

    def adopt(self, head: Article, file: str, size: int, mtime: int) -> bool:
        """Take in an article as it was known, until its file is looked at; whether it was new here.

        `head` has no text; `size` and `mtime` are those of the file when it was read.
        """
        if head.id in self._found or (file in self._by_file and file not in self._unsure):
            return False
        self._found[head.id] = [Found(head, file, size, mtime)]
        self._by_file.setdefault(file, []).append(head.id)
        self._unsure[file] = size, mtime
        return True

    def renew(self, paths: Iterable[Path]) -> None:
        """Have files that appeared or changed read, and those that went forgotten after that."""
        there = {absolute_path(path): path for path in still_files(paths, self.paths, self._bounds)}
        for absolute, path in sorted(there.items()):
            known = self.files_at(absolute)
            stamp = _stamp(absolute)
            if not known or (known[0].size, known[0].mtime) != stamp:
                self._skipped.discard(absolute)
                self._changed.add(absolute)
                self._ahead.append((str(path), stamp))
        for path in paths:
            absolute = absolute_path(path)
            below = f"{absolute}{os.sep}"
            if not os.path.lexists(absolute):
                self._gone |= {f for f in self._by_file if f == absolute or f.startswith(below)}
            elif absolute in self._by_file and absolute not in there:
                self._gone.add(absolute)  # it became something else, such as a pipe

    def read_again(self, files: Iterable[Path]) -> None:
        """Have files read again, whether they changed or not."""
        for file in files:
            absolute = absolute_path(file)
            self._changed.add(absolute)
            self._ahead.append((str(file), _stamp(absolute)))

    def gone(self) -> list[str]:
        """Files that went since this was asked last: they are to be forgotten."""
        gone = [f for f in self._gone if not any(still_files([Path(f)], self.paths, self._bounds))]
        self._gone.clear()
        return gone

    def stamps(self) -> dict[str, tuple[int, int] | None]:
        """The files that were read, with size and mtime as they were; None if passed over.

        For any thread.
        """
        found: dict[str, tuple[int, int] | None] = dict.fromkeys(self._skipped.copy())
        found |= {f.file: (f.size, f.mtime) for held in list(self._found.values()) for f in held}
        return found

    def all_files(self, folders: set[str] | None = None) -> Iterator[tuple[str, tuple[int, int]]]:
        """The files that there are now under the opened paths, read or not: with size and mtime.

        By their absolute paths. The folders that are gone through for it are added to `folders`.
        For any thread.
        """
        with contextlib.suppress(FileNotFoundError):
            tops = [Path(absolute_path(path)) for path in self.paths]
            for path, status in met_files(tops, [], self._bounds, folders):
                yield path, (status.st_size, status.st_mtime_ns)

    @property
    def exhausted(self) -> bool:
        """Whether all files of the opened paths were read, and those that went forgotten."""
        return self.idle and not self._gone

    @property
    def idle(self) -> bool:
        """Whether there is no file to be read."""
        return self._walk is None and not self._ahead and not self._gathering.pending

    @property
    def unsure(self) -> int:
        """How many files were adopted and not looked at yet."""
        return len(self._unsure)

    def is_unsure(self, file: str) -> bool:
        """Whether the file of this absolute path was adopted, and not found to be as it was."""
        return file in self._unsure

    @property
    def looking(self) -> bool:
        """Whether there are files that were not looked at yet."""
        return self._walk is not None or bool(self._ahead)

    @property
    def progress(self) -> tuple[int, int]:
        """How many files were read, and how many were found so far."""
        read = self.read_files - self._gathering.pending
        return read, self.read_files + len(self._ahead)

    @property
    def pending(self) -> int:
        """How many documents are being read in the background, or wait to be taken."""
        return self._gathering.pending

    @property
    def busy(self) -> bool:
        """Whether enough documents are being read in the background for now."""
        return self._gathering.full

    def stop_reading(self) -> int:
        """Read no more of the opened paths; returns how many found files are left out."""
        left = len(self._ahead) + self._gathering.drop()
        self._walk = None
        self._ahead.clear()
        self._unsure.clear()
        return left

    def read(self, file: Path) -> Gathered | None:
        """What stands in a file; None if it is being read in the background: see `gathered`.

        Raises DeskError with a sentence if it cannot be read, or is no text.
        """
        wanted = self._wanted(file)
        if self._fulfilled(wanted):
            return wanted
        self._gathering.ask(wanted)
        return None

    def read_now(self, file: Path) -> Gathered:
        """What stands in a file, read while the caller waits. Raises DeskError like `read`."""
        wanted = self._wanted(file)
        if not self._fulfilled(wanted):
            self._gathering.now(wanted)
        if wanted.error is not None and not wanted.found:
            raise DeskError(str(wanted.error))
        return wanted

    def read_at_once(self, file: Path) -> Gathered | None:
        """What stands in a file, if it is a plain text or its reading is kept; else None.

        May be called from any thread. Raises DeskError like `read`.
        """
        wanted = self._wanted(file)
        return wanted if self._fulfilled(wanted) else None

    def understand(self, data: bytes, name: str) -> Gathered:
        """What stands in a document that is no file here, read while the caller waits."""
        document = Document(data, name, self._encoding, self._timezone, self._fields)
        wanted = Gathered(Path(name), document, recognise(data[:HEAD], name), (-1, -1))
        return wanted if self._fulfilled(wanted) else self._gathering.now(wanted)

    def gathered(self, seconds: float = 0.0) -> Gathered | None:
        """A file that was read in the background, waited for at most so long."""
        return self._gathering.take(seconds)

    def _wanted(self, file: Path, encoding: str | None = None) -> Gathered:
        """A file's bytes and the reader they are for."""
        stamp = _stamp(absolute_path(file))
        if stamp[0] > self._largest:
            raise DeskError(
                f"{file} has {_megabytes(stamp[0])} and files of more than "
                f"{_megabytes(self._largest)} are not read: to read it, write "
                f'[reading] largest = "{_megabytes(stamp[0])}" into pressmark.toml'
            )
        try:
            data = file.read_bytes()
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            raise DeskError(f"{file}: {reason}; check the name and its permissions") from error
        path = self.relative(file)
        encoding = self._choosing.of(path) if encoding is None else encoding
        document = Document(data, path, encoding, self._timezone, self._fields)
        format_ = recognise(data[:HEAD], path)
        return Gathered(file, document, format_, stamp)

    def encoding_of(self, path: str) -> str:
        """The encoding that was named for a file, on the command line or at E; else empty."""
        return self._choosing.of(path)

    def bytes_for(self, article: Article, file: Path) -> bytes:
        """Bytes of an article as they are decoded, to be looked at in other encodings.

        What stands in a format of its own is put back into bytes from the text. Raises DeskError
        (code 1) if an article of this format has none.
        """
        check_coded(article)
        format_ = FORMATS.get(article.reader)
        packed = format_ is None or (format_.apart and format_.name != "html")
        if packed and article.encoding and not article.replaced:
            return article.text.encode(article.encoding, "replace")
        return self._wanted(file).document.data

    def read_in(self, file: Path, encoding: str) -> Gathered | None:
        """What stands in a file in this encoding; None if it is read so in the background.

        An empty one has it guessed. Raises DeskError if it cannot be read so.
        """
        wanted = self._wanted(file, encoding)
        wanted.chosen = encoding
        if self._fulfilled(wanted):
            return wanted
        self.read_files += 1
        self._gathering.ask(wanted)
        return None

    def choose(self, file: Path, encoding: str) -> None:
        """Have a file read in this encoding from now on. Raises DeskError if it is not kept."""
        self._last = None
        self._choosing.choose(self.relative(file), encoding)

    def _fulfilled(self, wanted: Gathered) -> bool:
        """Whether a document could be read at once: a plain text, or one whose reading is kept."""
        if not wanted.format.apart:
            try:
                wanted.found = list(read_as(wanted.format, wanted.document))
            except UnreadableError as error:
                raise DeskError(str(error)) from error
            return True
        wanted.key = self._readings.key(wanted.document, wanted.format)
        kept = self._readings.get(wanted.key)
        if kept is not None:
            wanted.found, error = kept
            wanted.error = error.named(wanted.document.path) if error is not None else None
        return kept is not None

    def again(self, found: Found) -> tuple[Article, Gathered]:
        """An article that was found before, as its file has it today, and what it was read from.

        Raises DeskError if the file cannot be read or does not hold the article any more.
        """
        file, entry = Path(found.file), found.article.entry
        stamp = (found.size, found.mtime)
        if found.key and _stamp(found.file) == stamp:
            kept = self._readings.entry(found.key, entry)
            if kept is not None:
                document = Document(b"", kept.path)
                return kept, Gathered(
                    file, document, FORMATS.get(kept.reader, FORMATS["plain"]), stamp, found.key
                )
        if _stamp(found.file) != stamp and not (file.is_file() and self.reaches(file)):
            raise DeskError(f"{file} is not the file any more that it was: open the folder again")
        last, self._last = self._last, None
        if last is not None and last[:2] == (found.file, _stamp(found.file)) == (found.file, stamp):
            article = last[2]
            if (article.entry, article.revision) == (entry, found.article.revision):
                document = Document(b"", article.path)
                return article, Gathered(file, document, FORMATS[article.reader], stamp)
        gathered = self.read_now(file)
        for article in gathered.articles:
            if article.entry == entry:
                return article, gathered
        raise DeskError(f"{file} holds no article {entry!r} any more: open the folder again")

    def parse(self, data: bytes, path: str) -> Article:
        """The article in the bytes of a text."""
        try:
            return read_article(data, path, encoding=self._encoding, timezone=self._timezone)
        except UnreadableError as error:
            raise DeskError(str(error)) from error

    def reaches(self, file: Path) -> bool:
        """Whether a path leads, links and all, to what was opened or into the workspace."""
        return self._bounds.hold(file)

    def relative(self, file: Path) -> str:
        """The path as records have it: relative to the workspace, if the file lies in it."""
        return self.named(absolute_path(file))

    def named(self, absolute: str) -> str:
        """The path of an absolute one as records have it."""
        root = str(self.root)
        if absolute == root:
            return "."
        return absolute.removeprefix(root if root == os.sep else root + os.sep)

    def absolute(self, path: str) -> Path:
        """The file of a path as records have it."""
        return self.root / path

    # what was found

    def place(self, article: Article, gathered: Gathered) -> Article:
        """Put an article that was read from a file in its place, under its final id.

        Of two texts of one article the newer one, by their own times, is today's.
        """
        absolute = absolute_path(gathered.file)
        self._displace(absolute, article.entry)
        found = Found(
            replace(article, text="", headline=None, header=(), sections=(), captions=()),
            absolute,
            *gathered.stamp,
            gathered.key,
        )
        self._last = (absolute, gathered.stamp, article)
        self._put(article, found)
        self._skipped.discard(absolute)
        return article

    def skip(self, file: Path) -> None:
        """Pass over a file that is no article (any more)."""
        self.forget(absolute_path(file))
        self._skipped.add(absolute_path(file))

    def forget(self, file: str) -> None:
        """Take a file out of the library."""
        self._unsure.pop(file, None)
        for found in self.files_at(file):
            self._displace(file, found.article.entry)

    # texts

    def stale(self) -> tuple[Found, ...]:
        """Files of the texts in memory that are not as they were when they were read."""
        held = (self._found[a][0] for a in self.texts if a in self._found)
        return tuple(f for f in held if _stamp(f.file) not in ((f.size, f.mtime), (-1, -1)))

    def end(self) -> None:
        """Read nothing more, and let go of what reading needs."""
        self._gathering.close()
        self._readings.close()


def _megabytes(size: int) -> str:
    """A size in whole megabytes, rounded up."""
    return f"{-(-size // 1_000_000)} MB"


def _stamp(file: str) -> _Stamp:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns
