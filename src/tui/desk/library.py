"""The files of the opened paths, read bit by bit; which are articles, and their texts on demand."""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui.articles import find_files, read_article, still_files
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document
from tui.articles.links import Bounds
from tui.articles.reading import read_as
from tui.articles.recognising import FORMATS, HEAD, recognise
from tui.desk.choosing import Choosing, check_coded
from tui.desk.entries import Found
from tui.desk.events import DeskError
from tui.desk.gathering import Gathered, Gathering
from tui.desk.opened import OpenedTexts
from tui.desk.readings import Readings
from tui.model.articles import Article, instant
from tui.model.settings import Settings
from tui.store import Encodings

AHEAD = 50  # files that are looked for with each one that is read


class Library:
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
            self._walk: Iterator[Path] | None = find_files(paths, troubles, self._bounds)
        except FileNotFoundError as error:
            raise DeskError(str(error), 2) from error
        self.paths = paths
        self._ahead: deque[Path] = deque()  # found, not read yet
        self._changed: set[str] = set()  # of those, the ones to be read again
        self._gone: set[str] = set()  # to be forgotten when all others are read: they may move
        self._readings = Readings(cache, settings.limits)
        self._gathering = Gathering(self._readings, settings.limits)
        self._by_file: dict[str, list[str]] = {}  # absolute path -> article ids
        self._skipped: set[str] = set()
        self.begun = False  # whether a file was asked for
        self.read_files = 0
        self._found: dict[str, list[Found]] = {}  # article id -> its files, today's text first
        self.texts = OpenedTexts()

    # reading files

    def next_file(self) -> Path | None:
        """The next file of the opened paths that was not read yet; None when there is none."""
        self.begun = True
        while self._ahead or self._look_ahead(1):
            path = self._ahead.popleft()
            absolute = _absolute(path)
            if absolute in self._changed or not self._knows(absolute):
                self._changed.discard(absolute)
                self.read_files += 1
                self._look_ahead(AHEAD)
                return path
        return None

    def _look_ahead(self, count: int) -> bool:
        """Find that many files more; whether there is any to be read."""
        for path in self._walk or ():
            self._ahead.append(path)
            count -= 1
            if not count:
                return True
        self._walk = None
        return bool(self._ahead)

    def _knows(self, absolute: str) -> bool:
        return absolute in self._by_file or absolute in self._skipped

    def renew(self, paths: Iterable[Path]) -> None:
        """Have files that appeared or changed read, and those that went forgotten after that."""
        there = {_absolute(path): path for path in still_files(paths, self.paths, self._bounds)}
        for absolute, path in sorted(there.items()):
            known = self.files_at(absolute)
            if not known or (known[0].size, known[0].mtime) != _stamp(absolute):
                self._skipped.discard(absolute)
                self._changed.add(absolute)
                self._ahead.append(path)
        for path in paths:
            absolute = _absolute(path)
            below = f"{absolute}{os.sep}"
            if not os.path.lexists(absolute):
                self._gone |= {f for f in self._by_file if f == absolute or f.startswith(below)}
            elif absolute in self._by_file and absolute not in there:
                self._gone.add(absolute)  # it became something else, such as a pipe

    def forget_gone(self) -> bool:
        """Take the files that went out of the library; whether there was one."""
        gone = [f for f in self._gone if not any(still_files([Path(f)], self.paths, self._bounds))]
        self._gone.clear()
        for file in gone:
            self.forget(file)
        return bool(gone)

    def stamps(self) -> dict[str, tuple[int, int] | None]:
        """The files that were read, with size and mtime as they were; None if passed over."""
        found: dict[str, tuple[int, int] | None] = dict.fromkeys(self._skipped)
        found |= {f.file: (f.size, f.mtime) for held in self._found.values() for f in held}
        return found

    def all_files(self) -> Iterator[Path]:
        """The files that there are now under the opened paths, read or not."""
        with contextlib.suppress(FileNotFoundError):
            yield from find_files(self.paths, [], self._bounds)

    @property
    def exhausted(self) -> bool:
        """Whether all files of the opened paths were read."""
        return self._walk is None and not self._ahead and not self._gathering.pending

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
        stamp = _stamp(_absolute(file))
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
        absolute, root = _absolute(file), str(self.root)
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
        absolute = _absolute(gathered.file)
        self._displace(absolute, article.entry)
        found = Found(
            replace(article, text="", headline=None, header=(), sections=(), captions=()),
            absolute,
            *gathered.stamp,
            gathered.key,
        )
        self._last = (absolute, gathered.stamp, article)
        there = self._found.setdefault(article.id, [])
        there.append(found)
        there.sort(key=_newest_first)
        opened = self.texts.get(article.id)
        if opened is not None and opened.article.revision != there[0].article.revision:
            self.texts.close(article.id)
        self._by_file.setdefault(absolute, []).append(article.id)
        self._skipped.discard(absolute)
        return article

    def skip(self, file: Path) -> None:
        """Pass over a file that is no article (any more)."""
        self.forget(_absolute(file))
        self._skipped.add(_absolute(file))

    def forget(self, file: str) -> None:
        """Take a file out of the library."""
        for found in self.files_at(file):
            self._displace(file, found.article.entry)

    def forget_others(self, file: Path, entries: Collection[str]) -> None:
        """Take the entries of a file that it does not hold any more out of the library."""
        for found in self.files_at(_absolute(file)):
            if found.article.entry not in entries:
                self.forget_entry(found)

    def forget_entry(self, found: Found) -> None:
        """Take one article of a file out of the library."""
        self._displace(found.file, found.article.entry)

    def is_first(self, article: str, found: Found) -> bool:
        """Whether the text in this place is today's text of an article."""
        first = self.files(article)[:1]
        place = (found.file, found.article.entry)
        return any((f.file, f.article.entry) == place for f in first)

    def _displace(self, file: str, entry: str) -> None:
        """Take one entry of a file out of the library."""
        for known in self._by_file.get(file, ()):
            held = self._found.get(known, [])
            left = [f for f in held if (f.file, f.article.entry) != (file, entry)]
            if len(left) < len(held):
                self._found[known] = left
                if not left:
                    self._found.pop(known)
                self.texts.close(known)
                self._by_file[file].remove(known)
                break
        if not self._by_file.get(file, True):
            self._by_file.pop(file)

    def rename(self, old: str, new: str) -> None:
        """Give the files of one id to another one."""
        moved = self._found.pop(old, [])
        self.texts.close(old)
        for each in moved:
            found = replace(each, article=replace(each.article, id=new))
            ids = self._by_file[found.file]
            ids[ids.index(old)] = new
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
        """What was found in the file of this absolute path, an article each, in its order."""
        ids = dict.fromkeys(self._by_file.get(file, ()))
        return tuple(f for known in ids for f in self._found.get(known, ()) if f.file == file)

    def at(self, file: Path, entry: str) -> Found | None:
        """What was found in a file under this entry key."""
        there = self.files_at(_absolute(file))
        return next((found for found in there if found.article.entry == entry), None)

    def has_revision(self, sha256: str) -> bool:
        """Whether one of the files holds this text."""
        return any(f.article.revision == sha256 for held in self._found.values() for f in held)

    def ids_of(self, file: Path) -> tuple[str, ...]:
        """The articles that were read from a file."""
        return tuple(dict.fromkeys(self._by_file.get(_absolute(file), ())))

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


def _absolute(file: Path) -> str:
    return os.path.abspath(file)  # noqa: PTH100 - links stay as they are named


def _stamp(file: str) -> tuple[int, int]:
    try:
        status = os.stat(file)  # noqa: PTH116
    except OSError:
        return -1, -1
    return status.st_size, status.st_mtime_ns


def _newest_first(found: Found) -> tuple[float, float, float, str]:
    """Sorts by when an article was changed, published and retrieved; unknown times lie behind."""
    article = found.article
    known = (article.modified or article.published, article.published, article.retrieved)
    moments = [instant(time) if time else float("-inf") for time in known]
    changed, published, retrieved = (m if m != float("inf") else float("-inf") for m in moments)
    return -changed, -published, -retrieved, article.path
