"""A large workspace is taken from the index: what it knows is there at once and looked at after."""

from __future__ import annotations

import gc
import os
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import chain
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from tui.desk.consulting import Consulting
from tui.desk.entries import Counts
from tui.desk.events import DeskError
from tui.desk.indexing import lies_in
from tui.store import StoreError

if TYPE_CHECKING:  # SQLite is imported after the first paint
    from tui.store.index import Index, Shelved

_AT_ONCE = 50  # files that are looked for at once
_SOON = 0.05  # seconds that are waited for the index when a question is asked


class Adopting(Consulting):
    """The reader's way to begin with many articles, and to keep the index up to date while it runs.

    Where few are annotated, all records are in memory as ever. Where many are, a shard is read when
    its article is looked at, and what crosses articles is asked of the index.
    """

    kept = 64  # articles whose records stay in memory where many are annotated
    _fed = False  # all that is read goes into the index
    _watched = False  # changes of files are to be noticed
    _dropped = False  # files were taken out of the index
    _stopped = False
    _stage = "reading"
    _to_list = 0
    _sums: dict[Counts, Counts]

    def _begin(self) -> None:
        super()._begin()
        self._sums = {}

    # beginning

    def take_up(self) -> None:
        """Have the next calls of `scan` begin with what the index knows, where there is much.

        To be called once, when the first article is there. Where there is no index to be had, or
        not much to read, all is read as ever.
        """
        if self._indexes is not None and self._taking is None and not self._fed:
            self._taking = self._taken_up()

    @property
    def beginning(self) -> bool:
        """Whether `scan` has yet to take what the index knows; else it goes on with the files."""
        return self._taking is not None

    @property
    def keeps_index(self) -> bool:
        """Whether the workspace is large, and all that is read goes into the index."""
        return self._fed

    @property
    def stage(self) -> str:
        """What `progress` counts: `listing` articles, `indexing` annotations, files.

        Those are `checking` while they are looked at only to see that they are as they were, else
        `reading`.
        """
        return "checking" if self._stage == "reading" and self._library.unsure else self._stage

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the files, or of the shards, were read, and how many were found so far."""
        if self._stage == "indexing":
            return self._looked
        if self._stage == "listing":
            return self._library.unsure, self._to_list
        read, found = super().progress
        return read, max(found, read + self._library.unsure)

    @property
    def exhausted(self) -> bool:
        """Whether there is nothing more to scan for now."""
        if self._taking is not None and not self._stopped:
            return False
        return (self._stopped and self._library.idle) or super().exhausted

    def stop_reading(self) -> int:
        """Leave the files, and the shards, that were not read yet; how many of those found."""
        read, found = self._looked if self._stage == "indexing" else (0, 0)
        left = super().stop_reading()
        self._stopped = self._taking is not None
        return left + found - read

    def _scan_one(self, end: float | None) -> bool:
        index = self._index
        if self._taking is not None and not self._stopped:
            self._take_some()
        elif self._stopped and self._library.idle:
            return False
        elif self._fed and index is not None and index.full:
            index.wait(_SOON if end is None else max(0.0, end - monotonic()), room=True)
        elif not super()._scan_one(end):
            if self._fed and index is not None:
                index.settle()
            return False
        return True

    def _read_head(self) -> None:
        if self._taking is not None:
            self._take_some()
        else:
            super()._read_head()

    def _taken_up(self) -> Generator[None, None, None]:
        """Begin with the index if there is one, make one if there is much, else leave it."""
        early = self._library.stamps()
        index = self._index or self._large_index()
        if index is not None:
            yield from self._adopted_or_mended(index)
        while self._look():
            yield
        stamps: list[Mapping[str, str]] = []
        for part in self._store.stamps(self._token):
            stamps.append(part)
            yield
        many, fresh = sum(map(len, stamps)) > self.many, index is None
        if index is None and (many or (yield from self._many_files())):
            index = self._index_or_none()
        if index is not None:
            yield from self._fed_with(index, early, stamps, many=many, fresh=fresh)

    def _adopted_or_mended(self, index: Index) -> Iterator[None]:
        """Take what the index knows; one that is damaged is begun anew."""
        from tui.store.index import DamagedError

        try:
            yield from self._adopted(index)
        except DamagedError:
            super()._mend(index)
            self._stage = "reading"

    def _fed_with(
        self,
        index: Index,
        early: Mapping[str, tuple[int, int] | None],
        stamps: Sequence[Mapping[str, str]],
        *,
        many: bool,
        fresh: bool,
    ) -> Iterator[None]:
        """Have the annotations that there are in the index, and all that is read from now on.

        Where there are many they are not read into memory as well. A `fresh` index knows nothing.
        """
        self._fed, self._by_index = True, many
        self._memory.bounded = many
        self._put_early(index, early)
        if many:
            self._stage = "indexing"
            self._counts = {} if self._counts is None else self._counts
            if fresh:
                yield from self._learn_heads([*chain.from_iterable(stamps)])
        while not many and not self._heads_read:
            super()._read_head()
            yield
        yield from self._index_shards(index, stamps)
        self._join_files()
        self._stage, self._heads_read = "reading", True

    def _learn_heads(self, articles: Sequence[str]) -> Iterator[None]:
        """Learn which articles the shards tell of, before all else that is in them.

        Then it is known of a text whether it is another version of one that somebody annotated.
        """
        for count, article in enumerate(articles):
            self._looked = count, len(articles)
            with suppress(StoreError):  # what cannot be read is said when all of it is
                self._known.learn(self._store.read_once(article, "article"))
            yield
        self._heads_known, self._looked = True, (0, 0)
        self._join_files()

    def _put_early(self, index: Index, files: Mapping[str, tuple[int, int] | None]) -> None:
        """Have the files indexed that were read before there was an index, if it has them not."""
        for file, stamp in files.items():
            path = self._library.named(file)
            known = index.files(index.number(path)).values()
            if stamp is None or (*stamp, self._library.encoding_of(path)) in known:
                continue
            with suppress(DeskError):
                gathered = self._library.read_at_once(Path(file))
                if gathered is not None:
                    self._put_texts(gathered)

    def _many_files(self) -> Generator[None, None, bool]:
        """Whether more than a few files lie in the opened paths."""
        before, found = -1, 0
        while before < found <= self.many:
            self._library.look_ahead(_AT_ONCE)
            before, found = found, self._library.progress[1]
            yield
        return found > self.many

    def _adopted(self, index: Index) -> Iterator[None]:
        """Take articles and counts from the index as they were."""
        self._counts, self._by_index = {}, True
        self._memory.bounded = True
        self._stage, self._to_list = "listing", index.articles()
        yield
        for one, other in index.joined():
            self._known.join(one, other)
        for some in index.counted():
            for each in some:
                self._count(each)
            yield
        root = os.path.join(self.root, "")  # noqa: PTH118 - with a separator at its end
        places, several = self._places(), index.several()
        yield
        for some in index.heads():
            for head, lying in some:
                named = self._library.encoding_of(lying.path)
                if lying.path in several or lying.encoding != named:
                    continue
                if places and not lies_in(lying.path, places):
                    continue
                file = lying.path if os.path.isabs(lying.path) else root + lying.path  # noqa: PTH117
                if self._library.adopt(head, file, lying.size, lying.mtime):
                    self._listing.touch(head.id)
            self._listing.work()
            # All of it stays: Python's collector would look through it again and again, 0.1 s each.
            gc.freeze()
            yield
        self._stage = "reading"

    # what is known without reading

    def _count(self, shelved: Shelved) -> None:
        """Keep what the annotations of an article come to; equal sums are kept once."""
        if self._counts is None:
            return
        if shelved.live or shelved.known:
            counts = _counts_of(shelved)
            self._counts[shelved.article] = self._sums.setdefault(counts, counts)
        else:
            self._counts.pop(shelved.article, None)
        for joined in self._known.members(shelved.article)[1:]:
            self._counts.pop(joined, None)

    def _put_notes(
        self,
        index: Index,
        article: str,
        only: set[str] | None,
        stamps: Mapping[str, str] | None = None,
    ) -> Shelved:
        shelved = super()._put_notes(index, article, only, stamps)
        if stamps is not None:
            self._rejoin(article)
        self._count(shelved)
        self._listing.touch(shelved.article)
        return shelved

    def _read_file(self, file: Path) -> None:
        absolute = os.path.abspath(file)  # noqa: PTH100 - links stay as they are named
        if self._library.is_unsure(absolute):  # it changed: what it held is there no more
            self._forget([absolute])
        super()._read_file(file)

    def _mend(self, index: Index) -> None:
        super()._mend(index)
        if self._by_index or self._fed:
            self._taking = self._made_anew(index)
            self._heads_read = self._stopped = self._fed = False

    def _made_anew(self, index: Index) -> Generator[None, None, None]:
        """Have all indexed again that a damaged index had, bit by bit."""
        self._stage, self._looked = "indexing", (0, 0)
        if self._by_index:
            yield from self._index_shards(index, self._store.stamps(self._token))
            self._join_files()
        self._heads_read, self._reached, self._changes = True, set(), None
        yield from self._index_files(index)
        index.settle()
        self._stage, self._fed = "reading", True
        for article in self._memory.loaded():  # what was answered meanwhile may not be whole
            self._state(article).touch()

    # what changes

    def index(self, seconds: float | None = None) -> bool:
        """Bring the index up to date for about that long; see Indexing.

        Where it is kept up to date while one reads, there is little left to do.
        """
        if self._taking is None and not self._fed:
            return super().index(seconds)
        end = None if seconds is None else monotonic() + seconds
        if self._index is not None and self._index.damaged:
            self._mend(self._index)
        if self.scan(seconds):
            return True
        index = self._opened_index()
        paid = self._pay(index, end)
        whole = index.wait(None if end is None else max(0.0, end - monotonic()))
        if index.damaged:
            self._count_damage()
            return end is not None or self.index()
        if paid and whole and self._look_for_moved(index):
            return end is not None or self.index()
        return self._brought(index, paid and whole)

    def _look_for_moved(self, index: Index) -> bool:
        """Have read again where else what was taken out of the index lies; whether there was any.

        A file that was moved is met before it is known that the old one is gone.
        """
        if not self._dropped or index.failed:
            return False
        self._dropped = False
        places, paths = self._places(), index.paths().values()
        here = [path for path in paths if not places or lies_in(path, places)]
        files = [self._library.absolute(path) for path in here]
        self._library.read_again(files)
        return bool(files)

    def poll(self) -> None:
        """Look for changes by other processes and to files; index some of what changed."""
        if self._watched and (self._taking is None or self._stopped):
            super().watch()
        super().poll()
        if self._fed and self._index is not None:
            self._pay(self._index, monotonic() + _SOON / 2)
            if self._index.wait(0):
                self._look_for_moved(self._index)
        if self._by_index:  # what is not indexed yet is counted in memory alone
            self._memory.let_go(self.kept, self._owed)
            self._forget_far()
            if self._all_in_index():  # of all others it tells what they are
                self._memory.forget()

    def watch(self) -> None:
        """Notice which files change from now on, or, of those in the index, when it was taken in.

        Before that all of them would seem to be new.
        """
        self._watched = True
        if self._taking is None:
            super().watch()

    def _all_in_index(self) -> bool:
        """Whether the index has, on the disk, all that was read so far and is known to change."""
        index, read = self._index, self._heads_read and self._taking is None
        if index is None or not read or self._owed or self._far:
            return False
        return index.wait(0) and not (index.damaged or index.failed)

    def _look_again(self) -> None:
        if self._taking is None:  # else it is just being looked at
            super()._look_again()

    def _reread(self, articles: Iterable[str], origin: str) -> None:
        articles = tuple(articles)
        if self._by_index:
            here = {a for a in articles if self._memory.peek(a) is not None}
            self._far |= dict.fromkeys((a for a in articles if a not in here), origin)
            articles = tuple(a for a in articles if a in here)
        super()._reread(articles, origin)

    def _pay(self, index: Index, end: float | None = None) -> bool:
        while self._far:
            article, origin = self._far.popitem()
            with self._memory.borrowing():
                super()._reread([article], origin)
                self._owed.pop(self._known.canonical(article), None)
                self._put_notes(index, article, None)
            if end is not None and monotonic() >= end:
                return False
        return super()._pay(index, end) and not self._far

    def _forget(self, files: Sequence[str]) -> None:
        super()._forget(files)
        if files and self._index is not None:
            self._dropped = True
            paths = map(self._library.relative, map(Path, files))
            self._index.drop_files([self._index.number(path) for path in paths])


def _counts_of(shelved: Shelved) -> Counts:
    return Counts(
        shelved.highlights,
        shelved.claims,
        shelved.drafts,
        shelved.done,
        shelved.known,
        shelved.tags,
    )
