"""The index for search is brought up to date bit by bit, and kept so."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.desk.bulk import Bulk
from tui.desk.crossing import tag_sets
from tui.desk.entries import counts_of
from tui.desk.events import Changed, DeskError
from tui.desk.gathering import Gathered
from tui.desk.memory import State
from tui.model.ids import sha256
from tui.model.records import Alias, Step
from tui.model.views import Annotations

if TYPE_CHECKING:  # SQLite is imported when something is searched for
    from tui.store.index import Index, Lying, Shelved

_COARSE = 2_000_000_000  # a file changed less than so many nanoseconds ago may change unseen
_SHORT = 0.01  # seconds that are waited at once for what is being written
_OFTEN = 32  # files that are looked at between two looks at the clock
_NO_SQLITE = (
    "search needs SQLite with FTS5, and this Python has none: use another Python; all else works"
)
_DISK = "have the disk checked, or name another folder with XDG_CACHE_HOME"
_DAMAGES = 3  # times that it is built anew


class Indexing(Bulk):
    """What is indexed of the files and shards: all of it once, then what changes."""

    _index: Index | None = None
    _indexing: Iterator[None] | None = None
    _looked: tuple[int, int] = (0, 0)
    _shards_indexed: bool = False  # the index has the annotations as they were found
    _damages: int = 0  # times that the index turned out to be damaged while it was brought up
    _owed: dict[str, set[str] | None]  # articles whose annotations changed, and which; None: all

    def _begin(self) -> None:
        super()._begin()
        self._owed = {}

    def index(self, seconds: float | None = None) -> bool:
        """Bring the index up to date for about that long (None: until it is); True while it is not.

        Files are read that are not as they were, by size and mtime, and shards that are not. Files
        and annotations that change through this desk afterwards are taken in by the next call.
        Raises DeskError (code 2) where SQLite cannot search, (code 3) if it is damaged each time.
        """
        end = None if seconds is None else time.monotonic() + seconds
        index = self._opened_index()
        from tui.store.index import DamagedError

        if index.damaged:
            self._mend(index)
        if self._indexing is None:
            self._indexing = self._brought_up(index)
        indexing, whole = self._indexing, False
        try:
            for _ in indexing:
                if index.damaged or self._indexing is not indexing:
                    break
                if end is not None and time.monotonic() >= end:
                    return True
            self._pay(index)
            left = None if end is None else max(0.0, end - time.monotonic())
            whole = index.wait(left, settled=True)
        except DamagedError:
            index.damaged = True
        if index.damaged or self._indexing is not indexing:
            self._count_damage()
        elif index.failed and index.kept:
            self._go_on_in_memory(index)
        else:
            return self._brought(index, whole)
        return end is not None or self.index()

    def _go_on_in_memory(self, index: Index) -> None:
        """Begin an index that is not written, as the disk is full or the like."""
        from tui.store.index import Index

        self.troubles.append(f"{index.failed}: it is kept in memory, and built anew each time")
        index.close()
        self._index, self._indexing, self._shards_indexed = Index(None), None, False

    def _brought(self, index: Index, whole: bool) -> bool:
        """Say of the index what is to be said; whether it is not `whole`."""
        self._say_of(index)
        self._damages = 0 if whole else self._damages
        return not whole

    def _count_damage(self) -> None:
        """Raise DeskError (code 3) if the index turned out to be damaged again and again."""
        self._damages += 1
        if self._damages > _DAMAGES:
            what = f"{self.index_file}: the index is damaged as soon as it is built"
            raise DeskError(f"{what}: {_DISK}", 3)

    @property
    def index_progress(self) -> tuple[int, int]:
        """How many files and shards were looked at for the index, and how many were found."""
        return self._looked

    @property
    def index_trouble(self) -> str:
        """Why the index is not whole; empty if it is, or there is none."""
        index = self._index
        return index.failed or ("it is damaged" if index.damaged else "") if index else ""

    def close(self) -> None:
        """Save what is left, then let go of everything; see the workbench."""
        super().close()
        if self._index is not None:
            self._index.close()
            self._index = None

    @property
    def index_file(self) -> Path | None:
        """The file of the index, None if it is in memory; what is found depends on who looks."""
        if self._indexes is None:
            return None
        name = sha256(f"{self.root}\n{self.analyst}")[:16]
        return self._indexes / f"{name}.db"

    def _opened_index(self) -> Index:
        if self._index is None:
            try:
                from tui.store.index import Index
            except ImportError as error:
                raise DeskError(_NO_SQLITE) from error
            if not Index.possible():
                raise DeskError(_NO_SQLITE)
            self._index = Index(self.index_file)
            self._say_of(self._index)
        return self._index

    def _mend(self, index: Index) -> None:
        """Begin the index anew: it turned out to be damaged."""
        index.renew()
        self._indexing, self._shards_indexed = None, False
        self._say_of(index)
        self._writer.post(Changed("", frozenset(), "index"))

    def _say_of(self, index: Index) -> None:
        """Pass on what is to be said of the index."""
        said = [*index.said, *([index.failed] if index.failed else [])]
        self.troubles += [words for words in said if words not in self.troubles]

    def _brought_up(self, index: Index) -> Iterator[None]:
        self._looked = (0, 0)
        # First what is to be saved, then the disk: what is saved meanwhile is in one of the two.
        unsaved = {self._known.canonical(a) for step in self._unsaved() for a in step.articles}
        self._owed |= dict.fromkeys(unsaved)
        token = None if self._token is None else self._store.since(None)[0]
        while self._look():
            yield
        yield from self._index_shards(index, self._store.stamps(token or self._token))
        while not index.wait(_SHORT):
            yield
        self._shards_indexed = not (
            index.failed or index.damaged
        )  # which article a text is the index tells from now on
        yield from self._index_files(index)
        index.settle()

    def _index_files(self, index: Index) -> Iterator[None]:
        known, there, changed = index.files(), set[int](), list[Path]()
        before, of = self._looked
        for count, (file, stamp) in enumerate(self._library.all_files(), start=1):
            path = self._library.named(file)
            number = index.number(path)
            there.add(number)
            if known.get(number) != (*stamp, self._library.encoding_of(path)):
                changed.append(Path(file))
                known.pop(number, None)
            if not count % _OFTEN:
                self._looked = (before + count - len(changed), of + count)
                yield
        gone = index.paths(known.keys() - there)
        places = self._places()
        lost = [n for n, path in gone.items() if not places or lies_in(path, places)]
        if lost:
            index.drop_files(lost)
        before, of = before + len(there), of + len(there)
        self._looked = (before - len(changed), of)
        if changed:
            self._acquaint(index, known.keys() & there)
        for left, file in zip(range(len(changed) - 1, -1, -1), changed, strict=True):
            yield from self._index_file(index, file)
            self._looked = (before - left, of)
        yield from self._gathered()
        # An article that is gone from its file may lie in another one.
        while not index.wait(_SHORT):
            yield
        for path in index.paths().values():
            yield from self._index_file(index, self._library.absolute(path))
        yield from self._gathered()

    def _index_file(self, index: Index, file: Path) -> Iterator[None]:
        while index.full or self._library.busy:
            if index.full:
                index.wait(_SHORT, room=True)
            if self._library.busy:
                self._take_gathered()
            yield
        with self._memory.borrowing():
            self._read_file(file)
        yield

    def _gathered(self) -> Iterator[None]:
        """Take what is being read in the background."""
        while self._library.pending:
            self._take_gathered()
            yield

    def _take_gathered(self) -> None:
        with self._memory.borrowing():  # which article it is, shards may have to tell
            self._wait(None)

    def _acquaint(self, index: Index, files: set[int]) -> None:
        """Have the articles of files that are not read known, as if they had been."""
        for some in index.heads():
            for head, lying in some:
                if index.number(lying.path) in files:
                    self._known.saw(head)

    def _indexed_place(self, index: Index, article: str) -> tuple[str, str]:
        """The path and entry key of an article's file; empty if the index does not know it."""
        return index.place(article)

    def _texts_of(self, article: str) -> Iterator[str]:
        index = self._index
        if index is not None and not self._library.files(self._known.canonical(article)):
            path, entry = self._indexed_place(index, article)
            if path:
                try:
                    gathered = self._library.read_now(self._library.absolute(path))
                except DeskError:
                    gathered = None
                for read in gathered.articles if gathered is not None else ():
                    if read.entry == entry:
                        yield read.text
        yield from super()._texts_of(article)

    def _place_all(self, gathered: Gathered) -> None:
        super()._place_all(gathered)
        self._put_texts(gathered)

    def _place_chosen(self, gathered: Gathered, encoding: str) -> None:
        super()._place_chosen(gathered, encoding)
        self._put_texts(gathered)

    def _put_texts(self, gathered: Gathered) -> None:
        """Have the articles of a file that was read indexed under their ids."""
        if self._index is None:
            return
        file = os.path.abspath(gathered.file)  # noqa: PTH100 - links stay as they are named
        ids = {found.article.entry: found.article.id for found in self._library.files_at(file)}
        articles = [
            replace(read, id=self._known.canonical(ids[read.entry]))
            for read in gathered.articles
            if read.entry in ids
        ]
        path = self._library.relative(gathered.file)
        lying = self._lying(path, gathered.stamp)
        if gathered.troubles:  # they are to be said each time
            lying = replace(lying, mtime=-1)
        self._index.put_file(lying, articles)

    def _lying(self, path: str, stamp: tuple[int, int]) -> Lying:
        from tui.store.index import Lying

        size, mtime = stamp
        fresh = time.time_ns() - mtime < _COARSE
        return Lying(path, size, -1 if fresh else mtime, self._library.encoding_of(path))

    def _places(self) -> tuple[str, ...]:
        """The opened paths as records name them; none where they are the whole workspace."""
        paths = [Path(os.path.abspath(path)) for path in self._library.paths]  # noqa: PTH100
        if any(self.root.is_relative_to(path) for path in paths):
            return ()
        return tuple(map(self._library.relative, paths))

    # annotations

    def _index_shards(self, index: Index, parts: Iterable[Mapping[str, str]]) -> Iterator[None]:
        """Have the annotations indexed of articles whose shards have other stamps than known.

        `parts` are the stamps of all.
        """
        there: dict[str, tuple[str, str]] = {}
        for some in index.shelves():
            there |= some
            yield
        stamps: dict[str, str] = {}
        changed: list[str] = []
        used: set[str] = set()
        for part in parts:
            stamps |= part
            for article, stamp in part.items():
                known, top = there.get(article, ("", article))
                used.update((article, top))
                if top != article:
                    self._known.join(article, top)
                if known != stamp:
                    changed.append(article)
            yield
        read, found = self._looked
        for count, article in enumerate(changed, start=1):
            while index.full:
                index.wait(_SHORT, room=True)
                yield
            with self._memory.borrowing():
                self._put_notes(index, article, None, stamps)
            self._looked = (read + count, found + len(changed))
            yield
        for article in there.keys() - used:
            index.drop_shelf(article)

    def _put_notes(
        self,
        index: Index,
        article: str,
        only: set[str] | None,
        stamps: Mapping[str, str] | None = None,
    ) -> Shelved:
        """Have the annotations of an article indexed, or those of some records."""
        from tui.store.index import notes_of

        state = self._state(article)  # which may tell that the article has another id
        notes = self._unplaced(article)
        shelved = self._shelved(state, notes, stamps)
        index.put_notes(shelved, tuple(notes_of(notes, only)), only)
        return shelved

    def _shelved(
        self, state: State, notes: Annotations, stamps: Mapping[str, str] | None
    ) -> Shelved:
        """What the index is to know of the shards of an article."""
        from tui.store.index import Shelved, keys_of_records

        article, counts, live = state.article, counts_of(notes, self.analyst), state.live()
        members = self._known.members(article) if stamps else ()
        stamps = stamps or {}
        ends = (link.to_article for link in state.links.values() if not link.deleted)
        return Shelved(
            article,
            # Shards that there is something to say of are read each time, to say it.
            tuple((m, "" if state.troubles else stamps[m]) for m in members if m in stamps),
            counts.done,
            counts.highlights,
            counts.claims,
            counts.drafts,
            counts.known,
            bool(live),
            counts.tags,
            max((r.modified for r in state.records.values() if r.by == self.analyst), default=""),
            keys_of_records(state.heads.values()),
            frozenset(end for end in ends if end and end != article),
            tag_sets(live, self.analyst),
        )

    def _commit(self, step: Step, texts: dict[str, str]) -> Step:
        done = super()._commit(step, texts)
        for change in step.changes if self._index is not None else ():
            record = change.after
            article = self._known.canonical(record.article)
            whole = record.deleted or bool(record.re) or isinstance(record, Alias)
            ids = self._owed.setdefault(article, set())
            if whole or ids is None:
                self._owed[article] = None
            else:
                ids.add(record.id)
        return done

    def _reread(self, articles: Iterable[str], origin: str) -> None:
        articles = tuple(articles)
        super()._reread(articles, origin)
        if self._index is not None:
            self._owed |= dict.fromkeys(map(self._known.canonical, articles))

    def _pay(self, index: Index, end: float | None = None) -> bool:
        """Have indexed what changed here or was seen to change, until then; whether all was."""
        while self._owed:
            article, only = self._owed.popitem()
            with self._memory.borrowing():
                self._put_notes(index, article, only)
            if end is not None and time.monotonic() >= end:  # one at least: else it never ends
                break
        return not self._owed


def lies_in(path: str, places: Sequence[str]) -> bool:
    """Whether a path is one of these places, or lies in one that is a folder."""
    return any(path == place or path.startswith(f"{place.rstrip('/')}/") for place in places)
