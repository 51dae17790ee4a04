"""A large workspace is taken from the index: what it knows is there at once and looked at after."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from tui.desk.entries import NONE, Counts
from tui.desk.events import DeskError
from tui.desk.indexing import Indexing, lies_in
from tui.desk.outgoing import Contents
from tui.model.articles import Article
from tui.model.records import Link, Record
from tui.model.steps import Far, Steps

if TYPE_CHECKING:  # SQLite is imported after the first paint
    from collections import Counter

    from tui.store.index import Index, Shelved

MANY = 1_000  # files, or annotated articles, from which on the index is kept while one reads
_LARGE = 2_000  # bytes of an index for each of them
_AT_ONCE = 50  # files that are looked for at once
_SOON = 0.05  # seconds that are waited for the index when a question is asked

T = TypeVar("T")


class Adopting(Indexing):
    """The reader's way to begin with many articles, and to keep the index up to date while it runs.

    Where few are annotated, all records are in memory as ever. Where many are, a shard is read when
    its article is looked at, and what crosses articles is asked of the index.
    """

    many = MANY
    _taking: Generator[None, None, None] | None = None
    _fed = False  # all that is read goes into the index
    _by_index = False  # records are read on demand
    _counts: dict[str, Counts] | None = None  # of the annotated articles, as they were indexed
    _changes: Mapping[str, str] | None = None  # when the analyst's newest record was written
    _stopped = False
    _stage = "reading"
    _to_list = 0
    _far: dict[str, str]  # articles not in memory that somebody changed, and who
    _reached: set[str]  # articles whose incoming links were read
    _sums: dict[Counts, Counts]

    def _begin(self) -> None:
        super()._begin()
        self._far, self._reached, self._sums = {}, set(), {}

    # beginning

    def take_up(self) -> None:
        """Have the next calls of `scan` begin with what the index knows, where there is much.

        To be called once, when the first article is there. Where there is no index to be had, or
        not much to read, all is read as ever.
        """
        if self._indexes is not None and self._taking is None and not self._fed:
            self._taking = self._taken_up()

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

    def _take_some(self) -> None:
        taking = self._taking
        if taking is not None and next(taking, self) is self and taking is self._taking:
            self._taking = None

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
            from tui.store.index import DamagedError

            try:
                yield from self._adopted(index)
            except DamagedError:
                super()._mend(index)
                self._stage = "reading"
        while self._look():
            yield
        stamps: list[Mapping[str, str]] = []
        for part in self._store.stamps(self._token):
            stamps.append(part)
            yield
        many = sum(map(len, stamps)) > self.many
        if index is None and (many or (yield from self._many_files())):
            index = self._index_or_none()
        if index is None:
            return
        self._fed, self._by_index = True, many
        self._put_early(index, early)
        if many:
            self._stage = "indexing"
            self._counts = {} if self._counts is None else self._counts
        while not many and not self._heads_read:
            super()._read_head()
            yield
        yield from self._index_shards(index, stamps)
        self._join_files()
        self._stage, self._heads_read = "reading", True

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

    def _large_index(self) -> Index | None:
        """The index, if there is one on the disk that is worth beginning with."""
        file = self.index_file
        try:
            large = file is not None and file.stat().st_size >= _LARGE * self.many
        except OSError:
            large = False
        return self._index_or_none() if large else None

    def _index_or_none(self) -> Index | None:
        try:
            index = self._opened_index()
        except DeskError:  # said when something is searched for
            return None
        return index if index.kept else None

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

    def _counted(self, article: str) -> Counts | None:
        if self._counts is None or self._memory.complete:
            return super()._counted(article)
        if self._memory.peek(article) is not None or not self._library.holds(article):
            return None
        return self._counts.get(article, NONE)

    def _annotated_ids(self) -> Collection[str]:
        if not self._by_index:
            return super()._annotated_ids()
        self._read_what_is_due()
        return dict.fromkeys((*(self._counts or ()), *self._memory.loaded()))

    def _live_ones(self) -> Iterable[str]:
        if not self._by_index:
            return super()._live_ones()
        far = (a for a in self._counts or () if self._memory.peek(a) is None)
        return dict.fromkeys((*far, *super()._live_ones()))

    def _lost_ones(self) -> Iterable[str]:
        if not self._by_index or self._counts is None:
            return super()._lost_ones()
        far = self._library.without_file(self._counts.keys())
        here = super()._live_ones()
        live = {a for a in far if self._memory.peek(a) is None}
        return sorted(live.union(self._library.without_file(dict.fromkeys(here).keys())))

    def _changed_last(self, article: str) -> str:
        index = self._index
        if not self._by_index or index is None or self._memory.peek(article) is not None:
            return super()._changed_last(article)
        if self._changes is None:
            self._changes = self._asked(index.changes, {})
        return self._changes.get(article, "")

    def _tag_sets(self) -> Counter[tuple[str, ...]]:
        index = self._index
        if not self._by_index or index is None:
            return super()._tag_sets()
        from collections import Counter

        self._pay(index)
        index.wait_for_notes(_SOON)  # else those that are indexed so far
        return Counter(self._asked(index.tagged, {}))

    def _contents_known(self, articles: Sequence[str]) -> Steps[Contents | None]:
        index, counts = self._index, self._counts
        if not self._by_index or index is None or counts is None:
            return (yield from super()._contents_known(articles))
        while not (self._pay(index, monotonic() + _SOON / 4) and index.wait(_SOON / 4)):
            yield Far("gathering")
        found = Contents()
        for start in range(0, len(articles), _AT_ONCE):
            some = articles[start : start + _AT_ONCE]
            claims = self._asked(lambda: index.claims(some), ())  # noqa: B023 - called at once
            there = [counts[article] for article in some if article in counts]
            found.take_known(there, (held for _, held in claims))
            yield Far("gathering", start + len(some), len(articles))
        return found

    # which shards are to be read

    def _identify(self, article: Article) -> str:
        index = self._index if self._by_index else self._hasty_index(article)
        if index is None:
            return super()._identify(article)
        from tui.store.index import keys_wanted

        wanted = keys_wanted(article)
        if self._known.tells(article):
            return self._known.match(article)
        with self._memory.borrowing():
            for name in self._asked(lambda: index.of_keys(wanted), ()):
                self._state(name)
            if not self._known.tells(article):
                if self._by_index:
                    self._read_some_heads()
                for head in self._asked(lambda: index.alike(wanted), ()):
                    if self._library.holds(self._known.canonical(head.id)):
                        self._known.saw(head)
            return self._matched(article)

    def _read_file(self, file: Path) -> None:
        absolute = os.path.abspath(file)  # noqa: PTH100 - links stay as they are named
        if self._library.is_unsure(absolute):  # it changed: what it held is there no more
            self._forget([absolute])
        super()._read_file(file)

    def _hasty_index(self, article: Article) -> Index | None:
        """The index, where a text is not told by its own shard and there is no time to read all.

        That is before the first article is on the screen. What has changed since is seen later.
        """
        if not self._listened or self._heads_read or self._taking is not None:
            return None
        self._state(article.id)
        index = None if self._known.tells(article) else self._large_index()
        for one, other in self._asked(index.joined, ()) if index is not None else ():
            self._known.join(one, other)
        return index

    def _found_record(self, record_id: str) -> Record | None:
        index = self._index
        if not self._by_index or index is None:
            return super()._found_record(record_id)
        found = self._asked(lambda: index.of_records([record_id]), {})
        if not found and not (self._heads_read or self._listened):
            self._read_heads()
            index.wait()
            found = self._asked(lambda: index.of_records([record_id]), {})
        for article in found.values():
            self._state(article)
        return self._memory.find(record_id)

    def _indexed_place(self, index: Index, article: str) -> tuple[str, str]:
        return self._asked(lambda: super(Adopting, self)._indexed_place(index, article), ("", ""))

    def _articles_of(self, claim_ids: Iterable[str]) -> Mapping[str, str]:
        known, index = super()._articles_of(claim_ids), self._index
        far = [name for name in claim_ids if name not in known]
        if not far or not self._by_index or index is None:
            return known
        return {**known, **self._asked(lambda: index.of_records(far), {})}

    def _may_have_changed(self, article: str) -> bool:
        index = self._index
        if not self._by_index or index is None or self._memory.peek(article) is not None:
            return super()._may_have_changed(article)
        return self._asked(lambda: index.on_another_text(article), True)

    def _version(self, article: str) -> int | str:
        index = self._index
        if not self._by_index or index is None or self._memory.peek(article) is not None:
            return super()._version(article)
        return self._asked(lambda: index.stamp(self._known.members(article)), "")

    def _links_here(self, article: str) -> tuple[Link, ...]:
        index = self._index
        if self._by_index and index is not None and article not in self._reached:
            self._reached.add(article)
            with self._memory.borrowing():
                for other in self._linking(article):
                    self._state(other)
        return super()._links_here(article)

    def _linking(self, article: str) -> Iterable[str]:
        index = self._index
        if not self._by_index or index is None:
            return super()._linking(article)
        members = self._known.members(article)
        return self._asked(lambda: index.linking(members), ())

    def _is_live_far(self, article: str, claim: str) -> bool:
        index, article = self._index, self._known.canonical(article)
        unknown = article in self._owed or article in self._far
        if self._by_index and index is not None and not unknown:
            found = self._asked(lambda: index.of_records([claim]), {}).get(claim)
            if found is not None and self._known.canonical(found) == article:
                return True
        return super()._is_live_far(article, claim)  # it may be one that is not shown

    def _asked(self, question: Callable[[], T], nothing: T) -> T:
        """What the index answers; nothing if it turns out to be damaged: it is built anew.

        That is waited for where nobody waits for the answer to a key.
        """
        from tui.store.index import DamagedError

        index = self._index
        try:
            return question()
        except DamagedError:
            if index is None:
                return nothing
        self._mend(index)
        if self._listened:
            return nothing
        while self._taking is not None:
            self._take_some()
        index.wait()
        try:
            return question()
        except DamagedError:
            return nothing

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
        self._say_of(index)
        return not (paid and whole)

    def poll(self) -> None:
        """Look for changes by other processes and to files; index some of what changed."""
        super().poll()
        if self._fed and self._index is not None:
            self._pay(self._index, monotonic() + _SOON / 2)

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
