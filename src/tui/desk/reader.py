"""Files and shards read together: entries, articles and their annotations as of this moment."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from tui.desk.entries import Entry, Found
from tui.desk.events import Changed, DeskError
from tui.desk.gathering import Gathered
from tui.desk.holding import Holding
from tui.desk.lost import lost_words, text_of_lost
from tui.desk.memory import State
from tui.desk.opened import Opened
from tui.desk.seeking import unplaced
from tui.desk.showing import show_again
from tui.desk.undoing import past
from tui.model.articles import Article, Outline
from tui.model.records import ArticleRecord, Record
from tui.model.spans import Extent
from tui.model.views import Annotations
from tui.store import StoreError

_LEAST = 40  # folders of shards that are looked into at once for what others wrote, ...
_LOOK = 0.008  # ... or as many as there is time for in so many seconds
_PATIENCE = 0.05  # seconds that are waited at once for a document in the background
_HEADS = 300  # shards that are read while somebody waits for a text: less than half a second


class Reader(Holding):
    """What there is to read for one analyst. Saving and undo are added by the workbench."""

    # the library

    def scan(self, seconds: float | None = None) -> bool:
        """Read shards and files for about that long (all of them for None); True while some remain.

        Something is read at every call, however short the time, or waited for.
        """
        end = None if seconds is None else time.monotonic() + seconds
        while self._scan_one(end):
            if end is not None and time.monotonic() >= end:
                return True
        return False

    @property
    def progress(self) -> tuple[int, int]:
        """How many of the files of the opened paths were read, and how many were found so far."""
        return self._library.progress

    @property
    def exhausted(self) -> bool:
        """Whether there is nothing more to scan for now."""
        return self._heads_read and self._library.exhausted

    def stop_reading(self) -> int:
        """Leave the files that were not read yet; returns how many of those found there are."""
        left = self._library.stop_reading()
        if left:
            self._left_out = True
            self.troubles.append(f"{left} files were not read: open the folder again to read them")
        return left

    def _scan_one(self, end: float | None) -> bool:
        """Read one more shelf or file; False when there is nothing left.

        One file goes first: there is something to read at once.
        """
        if not self._heads_read and self._library.begun:
            self._read_head()
            return True
        gathered = self._library.gathered()
        if gathered is not None:
            self._place_all(gathered)
            return True
        file = None if self._library.busy else self._library.next_file()
        if file is not None:
            self._read_file(file)
        elif self._library.idle:
            self._forget(self._library.gone())
            self._look_for_lost()
            return False
        elif self._library.busy or not self._library.looking:
            self._wait(end)
        return True

    def _forget(self, files: Sequence[str]) -> None:
        """Take files that are not there any more out of the library, and out of the list."""
        for file in files:
            self._touch_those_of(Path(file))
            self._library.forget(file)

    def _look_for_lost(self) -> None:
        """List, with a word in `troubles`, annotated articles that no file of the workspace has."""
        if self._left_out or self.root.absolute() not in map(Path.absolute, self._library.paths):
            return
        if self._lost.look(self._lost_ones()):
            self._listing.reorder()
        for article in self._lost.ids():
            words = lost_words(self._entry(article))
            self.troubles += [words] if words not in self.troubles else []

    def _wait(self, end: float | None) -> None:
        """Wait for a document that is being read in the background."""
        left = _PATIENCE if end is None else min(_PATIENCE, end - time.monotonic())
        gathered = self._library.gathered(max(0.0, left))
        if gathered is not None:
            self._place_all(gathered)

    def _look(self) -> bool:
        """Look into one more folder of shards, to tell later what changed; False after the last."""
        if self._token is None:
            self._looking = self._looking or self._store.looking(None)
            try:
                next(self._looking)
            except StopIteration as done:
                self._looking, (self._token, _) = None, done.value
                # What was read before may have been changed before that was noted.
                self._reread(self._memory.loaded(), "other")
        return self._looking is not None

    def look_on(self) -> bool:
        """Look for what others wrote, for a moment; True while folders of shards remain."""
        try:
            self._look_again()
        except StoreError as error:
            self._again = None
            if str(error) not in self.troubles:
                self.troubles.append(str(error))
        return self._again is not None

    def _look_again(self) -> None:
        """Take in what others wrote since the last look. Raises StoreError.

        It is looked for so long that a key is not kept waiting; in the other folders next time.
        """
        if self._token is not None:
            self._again = again = self._again or self._store.looking(self._token, own=False)
            end = time.monotonic() + _LOOK
            try:
                for _ in range(_LEAST):
                    next(again)
                while time.monotonic() < end:
                    next(again)
            except StopIteration as done:
                self._again, (self._token, articles) = None, done.value
                self._reread(articles, "other")
        elif self._looking is None:
            while self._look():
                pass

    def _read_head(self) -> None:
        if self._look():
            return
        if self._heads is None:
            self._heads = self._store.heads()
        shelf = next(self._heads, None)
        if shelf is not None:
            self._memory.add(shelf)
            self._listing.touch(self._known.canonical(shelf.article))
            return
        self._heads_read = self._memory.complete = True
        self.troubles += [t for t in self._store.troubles if t not in self.troubles]
        self._join_files()

    def _join_files(self) -> None:
        """Give the files of an article that goes by another id to that."""
        for article in self._known.joined():
            if self._library.holds(article):
                self._library.rename(article, self._known.canonical(article))
                self._listing.reorder()
        while self._hasty:
            article = self._hasty.pop()
            self._rejoin_as(article, self._known.match(self._head(article)))

    def _read_heads(self) -> None:
        """Read all shards that were not read yet."""
        while not self._heads_read:
            self._read_head()

    def _read_what_is_due(self) -> None:
        """Read all shards, unless somebody waits for an answer: then they are read in slices."""
        if not self._listened:
            self._read_heads()

    def _read_some_heads(self) -> None:
        """Read all shards, or where somebody waits for an answer as many as are read at once."""
        for _ in range(_HEADS):
            if self._heads_read:
                return
            self._read_head()
        self._read_what_is_due()

    def _annotated_ids(self) -> Collection[str]:
        """Ids of all articles that have shards, as far as these have been read."""
        self._read_what_is_due()
        return self._memory.loaded()

    def _lost_ones(self) -> Iterable[str]:
        """Those of them that no file holds."""
        return [a for a in self._live_ones() if not self._library.holds(a)]

    def _live_ones(self) -> Iterable[str]:
        """Those that somebody has annotated, of the shards read so far."""
        return [a for a in self._memory.loaded() if self._state(a).live()]

    def _read_file(self, file: Path) -> None:
        """Read a file, here or in the background; a word in `troubles` if it is no article."""
        try:
            gathered = self._library.read(file)
        except DeskError as error:
            self._touch_those_of(file)
            self._library.skip(file)
            self.troubles.append(str(error))
            return
        if gathered is not None:
            self._place_all(gathered)

    def _place_all(self, gathered: Gathered) -> None:
        """Give the articles of a file their ids and places, in place of what it held before."""
        articles = gathered.articles
        self.troubles += gathered.troubles
        self._touch_those_of(gathered.file)
        if not articles:
            self._library.skip(gathered.file)
            if gathered.error is None:
                self.troubles.append(f"{gathered.document.path} holds no article")
        entries = {article.entry for article in articles}
        self._library.forget_others(gathered.file, entries)
        for article in articles:
            self._place(article, gathered)

    def _touch_those_of(self, file: Path) -> None:
        """Have the articles listed anew that lay in a file until now."""
        for article in self._library.ids_of(file):
            self._listing.touch(article)

    def _place(self, read: Article, gathered: Gathered) -> Article:
        before = self._library.at(gathered.file, read.entry)
        name = self._still(read, before) if before is not None else self._identify(read)
        article = replace(read, id=name)
        today = {found.article.revision for found in self._library.files(name)[:1]}
        self._known.saw(article)
        self._library.place(article, gathered)
        self._listing.touch(self._known.canonical(name))
        changed = before is not None and before.article.revision != read.revision
        if changed or (today and self._library.files(name)[0].article.revision not in today):
            self._writer.post(Changed(self._known.canonical(name), frozenset(), "file"))
        return article

    def _identify(self, article: Article) -> str:
        """The id of an article that was read. Its own shard, if it has one, is looked at first."""
        if not self._heads_read:
            self._memory.state(article.id)
            found = self._known.match(article)
            if self._known.tells(article):
                return found
            self._read_some_heads()
        return self._matched(article)

    def _matched(self, article: Article) -> str:
        """The article that a text is, as far as shards have been read."""
        found = self._known.match(article)
        if found == article.id and not (self._heads_read or self._known.tells(article)):
            self._hasty.add(found)
        return found

    def _reread(self, articles: Iterable[str], origin: str) -> None:
        """Take in what was written past the writer, and say so."""
        for article in sorted(articles):
            ids = self._memory.reload(article)
            if ids:
                self._rejoin(article)
                self._forget_history(article)
                self._listing.touch(self._known.canonical(article))
                self._writer.post(Changed(self._known.canonical(article), ids, origin))

    def _rejoin(self, article: str) -> None:
        """Join a file that was read before the records that tell which article it is."""
        records = self._state(article).records.values()
        places = [p.path for r in records if isinstance(r, ArticleRecord) for p in r.paths]
        for path in dict.fromkeys(places):
            for there in self._library.ids_of(self._library.absolute(path)):
                self._rejoin_as(there, article)

    def _rejoin_as(self, there: str, article: str) -> None:
        if self._known.canonical(there) == self._known.canonical(article):
            return
        match = self._known.match(self._head(there))
        if match != there:
            top = self._known.join(there, match)
            for old in (there, match):
                if old != top:
                    self._library.rename(old, top)
            self._memory.reload(top)
            self._listing.reorder()

    def entries(self) -> Sequence[Entry]:
        """The articles read so far, by published time (oldest first), then by path."""
        listed = self._listing.all()
        return [e for e in listed if not e.gone] if any(self._lost.ids()) else listed

    def listed(self) -> Sequence[Entry]:
        """The same and, once all was read, annotated articles that no file holds any more."""
        return self._listing.all()

    def entry(self, article: str) -> Entry:
        """The entry of an article, also of one that only the shards tell of."""
        article = self._known.canonical(article)
        if not self._library.files(article) and self._remembered(article) is None:
            raise DeskError(f"no article {article}: `pressmark list` shows those there are", 1)
        return self._entry(article)

    def visit(self, article: str) -> None:
        """Say that the analyst has seen an article: it is not new any more."""
        self._visited[self._known.canonical(article)] = None
        state = self._memory.peek(article)
        if state is not None:
            state.try_again()
        self._listing.touch(self._known.canonical(article))

    def find(self, reference: str) -> str:
        """The id of the article that a path, an id or the unique beginning of an id means.

        Raises DeskError (code 1) if there is none, or more than one.
        """
        return self._by_path(reference) or self._by_id(reference)

    def _by_path(self, reference: str) -> str | None:
        if not reference:
            return None
        files = (Path(reference), self.root / reference)
        if not any(map(self._library.ids_of, files)):
            file = next((file for file in files if file.is_file()), None)
            if file is not None:
                self._place_all(self._library.read_now(file))
        found = [article for file in files for article in self._library.ids_of(file)]
        ids = tuple(dict.fromkeys(map(self._known.canonical, found)))
        if len(ids) > 1:
            some = ", ".join(ids[:4])
            raise DeskError(f"{reference} holds {len(ids)} articles ({some} …): give an id", 1)
        return ids[0] if ids else None

    def _by_id(self, reference: str) -> str:
        known = self._known.canonical(reference)
        while not self._library.files(known) and self._scan_one(None):
            known = self._known.canonical(reference)
        if reference and (self._library.files(known) or self._remembered(known) is not None):
            return known
        everything = (*self._library.ids(), *self._annotated_ids())
        found = sorted({self._known.canonical(a) for a in everything if a.startswith(reference)})
        if not reference or not found:
            raise DeskError(
                f"no article {reference!r}: give a path, an id or the beginning of an id", 1
            )
        if len(found) > 1:
            raise DeskError(
                f"{reference!r} begins {len(found)} ids: {', '.join(found[:4])}; write more of it",
                1,
            )
        return found[0]

    # texts

    def article(self, article: str) -> Article:
        """The article with today's text. Raises DeskError if the text is not to be had."""
        return self._open(article).article

    def outline(self, article: str, near: Extent | None = None) -> Outline:
        """Paragraphs and sentences of an article; of a very long one those that are `near`.

        What was found once, is there from then on.
        """
        opened = self._open(article)
        return opened.outline if near is None else self._library.texts.nearer(opened, near).outline

    def _open(self, article: str) -> Opened:
        article = self._known.canonical(article)
        return self._library.texts.get(article) or self._library.texts.keep(self._read(article))

    def _read(self, article: str) -> Article:
        """Read an article's text anew: from its file, else from the kept revisions."""
        tried: dict[tuple[str, str], Article | None] = {}
        while files := self._library.files(article):
            found = files[0]
            place = (found.file, found.article.entry)
            if place in tried:  # of texts that are as new as each other any will do
                break
            tried[place] = None
            try:
                read, gathered = self._library.again(found)
            except DeskError as error:
                self._library.forget_entry(found)
                self._listing.touch(article)
                self.troubles.append(str(error))
                continue
            tried[place] = fresh = replace(read, id=self._still(read, found))
            self._known.saw(fresh)
            self._library.place(fresh, gathered)
            self._listing.touch(self._known.canonical(fresh.id))
            if self._library.is_first(article, found):
                return fresh
        else:
            return self._from_shards(article)
        return tried[place] or self._from_shards(article)

    def _still(self, read: Article, found: Found) -> str:
        """The id of a text that was read again: the same, unless another article took its place."""
        if read.revision == found.article.revision:
            return found.article.id
        self._listing.touch(found.article.id)
        match = self._identify(read)
        known = self._known.tells(read) or bool(self._state(found.article.id).records)
        return match if known else found.article.id

    def _from_shards(self, article: str) -> Article:
        """An article that no file was read for, as its record and what was kept have it."""
        record = self._remembered(article)
        return text_of_lost(article, record, self._library, self._known.match, self._kept)

    def _text(self, article: str) -> Article | None:
        """The article with its text, or None if that is not to be had."""
        try:
            return self._open(article).article
        except DeskError:
            return None

    def _text_or_head(self, article: str) -> Article:
        """The article; one whose text is not to be had is empty, so that all on it is orphaned."""
        return self._text(article) or self._head(self._known.canonical(article))

    def _looked_into(
        self, article: str, known: Iterable[Record] | None = None
    ) -> tuple[Article, Annotations]:
        """An article and its annotations, like `annotations`; nothing is kept of either.

        Unless its records are in memory, those that are known need not be read.
        """
        state = self._memory.glance(article, known)
        there = self._library.texts.get(state.article)
        try:
            read = there.article if there is not None else self._read_by_the_way(state.article)
        except DeskError:  # so that all on it is orphaned
            read = self._head(state.article)
        if self._memory.peek(state.article) is state:
            return read, self._shown_on(state, read)
        return read, self._glanced(state, read)

    def _read_by_the_way(self, article: str) -> Article:
        """An article's text, of which nothing new is known afterwards unless it changed."""
        for found in self._library.files(article)[:1]:
            with suppress(DeskError):
                read, _ = self._library.again(found)
                if read.revision == found.article.revision:
                    return replace(read, id=found.article.id)
        return self._read(article)

    # records

    def annotations(self, article: str) -> Annotations:
        """All live annotations of an article, placed on today's text; `unsaved` says what waits."""
        self._catch_up()
        state = self._state(article)
        return self._shown_on(state, self._text_or_head(state.article) if state.records else None)

    def _shown_on(self, state: State, opened: Article | None) -> Annotations:
        """What is shown of an article on this text."""
        revision = opened.revision if opened is not None else ""
        if state.shown is None or state.shown_at != (state.version, revision):
            again = show_again(state, opened, self.analyst) if opened is not None else None
            state.shown = again or self._show(state, opened)
            state.shown_at, state.touched = (state.version, revision), set()
        return state.shown.waiting(self._unsaved_ids())

    def _record(self, record_id: str) -> Record:
        """The live record with this id; DeskError (code 1) if there is none."""
        self._catch_up()
        found = self._memory.find(record_id) or self._found_record(record_id)
        if found is None or found.deleted:
            gone = "has been deleted" if found is not None else "is not in this workspace"
            raise DeskError(f"annotation {record_id} {gone}", 1)
        return found

    def _found_record(self, record_id: str) -> Record | None:
        """A record that is not in memory, when the shards were read in which it may be."""
        self._read_what_is_due()
        return self._memory.find(record_id)

    # history

    def _catch_up(self) -> None:
        """Take in what the writer had to merge, and what was compared."""
        for article, why in self._seeking.taken(self._memory.peek):
            self.troubles.append(unplaced(self._head(article), why))
        while self._rebased:
            step = self._rebased.popleft()
            self._session[step.id] = past(step)
            for article in step.articles:
                self._memory.reload(article)
                self._forget_history(article)
                self._listing.touch(self._known.canonical(article))
