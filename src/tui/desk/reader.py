"""Files and shards read together: entries, articles and their annotations as of this moment."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from tui.desk.entries import Entry, Found, counts_of, entry_of, remembered
from tui.desk.events import Changed, DeskError, Event
from tui.desk.gathering import Gathered
from tui.desk.known import Known
from tui.desk.library import Library
from tui.desk.listing import Listing
from tui.desk.lost import Lost, lost_words, text_of_lost
from tui.desk.memory import Memory, State
from tui.desk.opened import Opened
from tui.desk.seeking import Seeking, unplaced
from tui.desk.showing import show, show_again
from tui.desk.undoing import Ledger, ledger, past
from tui.desk.writer import Writer
from tui.model.articles import Article, Outline
from tui.model.ids import folder_of
from tui.model.records import ArticleRecord, Record, Step
from tui.model.settings import Settings
from tui.model.spans import Extent
from tui.model.views import Annotations
from tui.store import PastStep, Shelf, Store, StoreError, load_revision

_PATIENCE = 0.05  # seconds that are waited at once for a document in the background


class Reader:
    """What there is to read for one analyst. Saving and undo are added by the workbench."""

    def __init__(
        self,
        library: Library,
        store: Store,
        *,
        root: Path,
        analyst: str,
        settings: Settings,
        troubles: list[str],
        notify: Callable[[Event], None] | None,
    ) -> None:
        self.root = root
        self.annotations_dir = root / "annotations"
        self.analyst = analyst
        self.settings = settings
        self.troubles: list[str] = troubles
        self._library = library
        self._store = store
        self._known = Known(self._same_story)
        self._writer = Writer(notify)
        self._listened = notify is not None  # then nobody is kept waiting
        self._memory = Memory(store, self._known, self._unsaved)
        self._seeking = Seeking(self._compared if self._listened else None, self._kept)
        self._visited: dict[str, None] = {}
        self._left_out = False  # files of the opened paths that were found and not read
        self._heads: Iterator[Shelf] | None = None
        self._heads_read = False
        self._token: object = None
        self._rebased: deque[Step] = deque()  # steps that the writer had to merge
        self._session: dict[str, PastStep] = {}
        self._histories: dict[str, dict[str, PastStep]] = {}
        self._entries: dict[str, tuple[tuple[int, str, bool, bool], Entry]] = {}
        self._lost = Lost(library)
        self._listing = Listing(self._entry, lambda: (*library.ids(), *self._lost.ids()))

    @property
    def own_folder(self) -> Path:
        """The folder that this analyst's annotations lie in."""
        return self.annotations_dir / folder_of(self.analyst)

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
        elif self._library.exhausted:
            if self._library.forget_gone():
                self._listing.reorder()
            self._look_for_lost()
            return False
        else:
            self._wait(end)
        return True

    def _look_for_lost(self) -> None:
        """List, with a word in `troubles`, annotated articles that no file of the workspace has."""
        if self._left_out or self.root.absolute() not in map(Path.absolute, self._library.paths):
            return
        if self._lost.look(self._memory.loaded(), lambda a: bool(self._state(a).live())):
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

    def _read_head(self) -> None:
        if self._heads is None:
            self._heads = self._store.heads()
        shelf = next(self._heads, None)
        if shelf is not None:
            self._memory.add(shelf)
            self._listing.touch(self._known.canonical(shelf.article))
            return
        self._heads_read = self._memory.complete = True
        self.troubles += [t for t in self._store.troubles if t not in self.troubles]
        for article in self._library.ids():
            if self._known.canonical(article) != article:
                self._library.rename(article, self._known.canonical(article))
                self._listing.reorder()

    def _read_heads(self) -> None:
        while not self._heads_read:
            self._read_head()

    def _read_file(self, file: Path) -> None:
        """Read a file, here or in the background; a word in `troubles` if it is no article."""
        try:
            gathered = self._library.read(file)
        except DeskError as error:
            self._library.skip(file)
            self.troubles.append(str(error))
            return
        if gathered is not None:
            self._place_all(gathered)

    def _place_all(self, gathered: Gathered) -> None:
        """Give the articles of a file their ids and places, in place of what it held before."""
        articles = gathered.articles
        self.troubles += gathered.troubles
        if not articles:
            self._library.skip(gathered.file)
            if gathered.error is None:
                self.troubles.append(f"{gathered.document.path} holds no article")
        entries = {article.entry for article in articles}
        self._library.forget_others(gathered.file, entries)
        for article in articles:
            self._place(article, gathered)

    def _place(self, read: Article, gathered: Gathered) -> Article:
        before = self._library.at(gathered.file, read.entry)
        name = self._still(read, before) if before is not None else self._identify(read)
        article = replace(read, id=name)
        today = {found.article.revision for found in self._library.files(name)[:1]}
        self._known.saw(article)
        self._library.place(article, gathered)
        self._listing.reorder()
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
            self._read_heads()
        return self._known.match(article)

    def _same_story(self, article: str, read: Article) -> bool:
        """Whether a text reads like one of those of an article."""
        head = " ".join([read.title, *(extent.of(read.text) for extent in read.header)])
        from tui.anchoring.likeness import alike

        return any(alike(text, read.text, head) for text in self._texts_of(article))

    def _texts_of(self, article: str) -> Iterator[str]:
        """The texts of an article that are to be had, from its files and as they were kept."""
        for found in self._library.files(self._known.canonical(article)):
            with suppress(DeskError):
                yield self._library.again(found)[0].text
        for head in self._state(article).heads.values():
            yield from filter(None, (self._kept(each.sha256) for each in head.revisions))

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

    def _entry(self, article: str) -> Entry:
        state = self._state(article)
        head = self._head(article)
        seen, gone = article in self._visited, not self._library.files(article)
        stamp = (state.version, head.path + head.revision, seen, gone)
        known = self._entries.get(article)
        if known is not None and known[0] == stamp:
            return known[1]
        shown = state.shown if state.shown_at[0] == state.version else None
        if shown is None and state.records:
            shown = self._show(state, None)
        counts = counts_of(shown or Annotations(article), self.analyst)
        found = entry_of(head, counts, shown=seen, gone=gone)
        self._entries[article] = (stamp, found)
        return found

    def visit(self, article: str) -> None:
        """Say that the analyst has seen an article: it is not new any more."""
        self._visited[self._known.canonical(article)] = None
        self._state(article).try_again()
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
        everything = (*self._library.ids(), *self._memory.loaded())
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
                self.troubles.append(str(error))
                continue
            tried[place] = fresh = replace(read, id=self._still(read, found))
            self._known.saw(fresh)
            self._library.place(fresh, gathered)
            if self._library.is_first(article, found):
                return fresh
        else:
            return self._from_shards(article)
        return tried[place] or self._from_shards(article)

    def _still(self, read: Article, found: Found) -> str:
        """The id of a text that was read again: the same, unless another article took its place."""
        if read.revision == found.article.revision:
            return found.article.id
        self._listing.reorder()
        match = self._identify(read)
        known = self._known.tells(read) or bool(self._state(found.article.id).records)
        return match if known else found.article.id

    def _from_shards(self, article: str) -> Article:
        """An article that no file was read for, as its record and what was kept have it."""
        record = self._remembered(article)
        return text_of_lost(article, record, self._library, self._known.match, self._kept)

    def _kept(self, sha256: str) -> str | None:
        try:
            return load_revision(self.annotations_dir, sha256)
        except StoreError as error:
            self.troubles.append(str(error))
            return None

    def _text(self, article: str) -> Article | None:
        """The article with its text, or None if that is not to be had."""
        try:
            return self._open(article).article
        except DeskError:
            return None

    def _text_or_head(self, article: str) -> Article:
        """The article; one whose text is not to be had is empty, so that all on it is orphaned."""
        return self._text(article) or self._head(self._known.canonical(article))

    def _head(self, article: str) -> Article:
        """What is known of an article without its text."""
        files = self._library.files(article)
        if files:
            return files[0].article
        record = self._remembered(article)
        return remembered(record, article) if record is not None else Article(article, "", "")

    def _remembered(self, article: str) -> ArticleRecord | None:
        found = self._state(article).heads.values()
        return max(found, key=lambda r: (not r.deleted, r.by == self.analyst, r.id), default=None)

    # records

    def annotations(self, article: str) -> Annotations:
        """All live annotations of an article, placed on today's text; `unsaved` says what waits."""
        self._catch_up()
        state = self._state(article)
        opened = self._text_or_head(state.article) if state.records else None
        revision = opened.revision if opened is not None else ""
        if state.shown is None or state.shown_at != (state.version, revision):
            again = show_again(state, opened, self.analyst) if opened is not None else None
            state.shown = again or self._show(state, opened)
            state.shown_at, state.touched = (state.version, revision), set()
        return state.shown.waiting(self._unsaved_ids())

    def _show(self, state: State, article: Article | None) -> Annotations:
        incoming = self._memory.incoming(state.article)
        books: list[Ledger] = []

        def meaning(record: str, rev: int) -> int:
            if not books:
                books.append(ledger(self._history([state.article])))
            return books[0].meaning(record, rev)

        return show(
            state, article, self.analyst, incoming, self._is_live, meaning, self._seeking.seek
        )

    def _compared(self) -> None:
        """Something was worked out about long texts; called from another thread."""
        self._writer.post(Changed("", frozenset(), "compared"))

    def _is_live(self, article: str, claim: str) -> bool:
        record = self._state(article).records.get(claim)
        return record is not None and not record.deleted

    def _state(self, article: str) -> State:
        return self._memory.state(article)

    def _unsaved(self) -> tuple[Step, ...]:
        return tuple(job.step for job in self._writer.jobs() if job.step is not None)

    def _unsaved_ids(self) -> frozenset[str]:
        return frozenset[str]().union(*(job.ids for job in self._writer.jobs()))

    def _record(self, record_id: str) -> Record:
        """The live record with this id; DeskError (code 1) if there is none."""
        self._catch_up()
        found = self._memory.find(record_id)
        if found is None and not self._heads_read:
            self._read_heads()
            found = self._memory.find(record_id)
        if found is None or found.deleted:
            gone = "has been deleted" if found is not None else "is not in this workspace"
            raise DeskError(f"annotation {record_id} {gone}", 1)
        return found

    # history

    def _catch_up(self) -> None:
        """Take in what the writer had to merge, and what was compared."""
        for article, why in self._seeking.taken(self._state):
            self.troubles.append(unplaced(self._head(article), why))
        while self._rebased:
            step = self._rebased.popleft()
            self._session[step.id] = past(step)
            for article in step.articles:
                self._memory.reload(article)
                self._forget_history(article)
                self._listing.touch(self._known.canonical(article))

    def _history(self, articles: Sequence[str]) -> list[PastStep]:
        """The analyst's steps that touched the articles, those still to be saved too."""
        found: dict[str, PastStep] = {}
        for article in dict.fromkeys(m for a in articles for m in self._known.members(a)):
            if self._state(article).records:
                found |= self._history_of(article)
        return list(found.values())

    def _history_of(self, article: str) -> dict[str, PastStep]:
        known = self._histories.get(article)
        if known is None:
            try:
                kept = {step.id: step for step in self._store.history(article)}
            except StoreError as error:
                raise DeskError(str(error)) from error
            # A step of this session that is just being written may not be whole on the disk yet.
            session = {s.id: s for s in self._session.values() if article in s.articles}
            self._histories[article] = known = kept | session
        return known

    def _remember(self, step: PastStep) -> None:
        self._session[step.id] = step
        for article in step.articles:
            if article in self._histories:
                self._histories[article][step.id] = step

    def _forget_history(self, article: str) -> None:
        for member in self._known.members(article):
            self._histories.pop(member, None)
