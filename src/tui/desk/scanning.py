"""Shards and files are read bit by bit: what is there, and which article each text is."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from tui.desk.entries import Found
from tui.desk.events import Changed, DeskError
from tui.desk.gathering import Gathered
from tui.desk.holding import Holding
from tui.desk.lost import lost_words
from tui.model.articles import Article
from tui.model.records import ArticleRecord
from tui.store import StoreError

_LEAST = 40  # folders of shards that are looked into at once for what others wrote, ...
_LOOK = 0.008  # ... or as many as there is time for in so many seconds
_PATIENCE = 0.05  # seconds that are waited at once for a document in the background
_HEADS = 300  # shards that are read while somebody waits for a text: less than half a second


class Scanning(Holding):
    """All of the opened paths and of the annotations, in slices that a key can come between."""

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

    def _still(self, read: Article, found: Found) -> str:
        """The id of a text that was read again: the same, unless another article took its place."""
        if read.revision == found.article.revision:
            return found.article.id
        self._listing.touch(found.article.id)
        match = self._identify(read)
        known = self._known.tells(read) or bool(self._state(found.article.id).records)
        return match if known else found.article.id

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
        known = self._heads_read or self._heads_known or self._known.tells(article)
        if found == article.id and not known:
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
        with self._memory.borrowing():  # whose text it is, its own shard tells first
            self._state(there)
            match = self._known.match(self._head(there))
        if match != there:
            top = self._known.join(there, match)
            for old in (there, match):
                if old != top:
                    self._library.rename(old, top)
            self._memory.reload(top)
            self._listing.reorder()
