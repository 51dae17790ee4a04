"""What there is to read: entries, articles and their annotations as of this moment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from tui.desk.entries import Entry
from tui.desk.events import DeskError
from tui.desk.lost import text_of_lost
from tui.desk.memory import State
from tui.desk.opened import Opened
from tui.desk.scanning import Scanning
from tui.desk.seeking import unplaced
from tui.desk.showing import show_again
from tui.desk.undoing import past
from tui.model.articles import Article, Outline
from tui.model.records import Record
from tui.model.spans import Extent
from tui.model.views import Annotations


class Reader(Scanning):
    """What there is to read for one analyst. Saving and undo are added by the workbench."""

    # the library

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

    def _from_shards(self, article: str) -> Article:
        """An article that no file was read for, as its record and what was kept have it."""
        record = self._remembered(article)
        return text_of_lost(article, record, self._library, self._identify, self._kept)

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
            self._session.mend(past(step))
            for article in step.articles:
                self._memory.reload(article)
                self._forget_history(article)
                self._listing.touch(self._known.canonical(article))
