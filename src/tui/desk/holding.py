"""What is held of files and shards: records and their history, and the entries made of them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from tui.desk.entries import NONE, Counts, Entry, counts_of, entry_of, remembered
from tui.desk.events import Changed, DeskError, Event
from tui.desk.known import Known
from tui.desk.library import Library
from tui.desk.listing import Listing
from tui.desk.lost import Lost
from tui.desk.memory import Memory, State
from tui.desk.seeking import Seeking
from tui.desk.session import Session
from tui.desk.showing import IsLive, show
from tui.desk.undoing import Ledger, ledger
from tui.desk.writer import Writer
from tui.model.articles import Article
from tui.model.ids import folder_of
from tui.model.records import ArticleRecord, Link, Step
from tui.model.settings import Settings
from tui.model.views import Annotations
from tui.store import PastStep, Shelf, Store, StoreError, load_revision


class Holding:
    """The parts that every storey of the desk works with, and what they say of one article."""

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
        self._heads_known = False  # what shards tell of articles as a whole was read of all
        self._hasty: set[str] = set()  # articles that may turn out to be others, once all is read
        self._looking: Generator[None, None, tuple[object, frozenset[str]]] | None = None
        self._again: Generator[None, None, tuple[object, frozenset[str]]] | None = None
        self._token: object = None  # of the shards as they were looked at
        self._rebased: deque[Step] = deque()  # steps that the writer had to merge
        self._session = Session(self._unsaved_steps)
        self._histories: dict[str, dict[str, PastStep]] = {}
        self._entries: dict[str, tuple[tuple[int, str, bool, bool], Entry]] = {}
        self._lost = Lost(library)
        self._listing = Listing(
            self._entry,
            lambda: (*library.ids(), *self._lost.ids()),
            lambda article: library.holds(article) or article in self._lost,
        )

    @property
    def own_folder(self) -> Path:
        """The folder that this analyst's annotations lie in."""
        return self.annotations_dir / folder_of(self.analyst)

    # entries

    def _entry(self, article: str) -> Entry:
        counts = self._counted(article)
        if counts is not None:
            return self._entry_of(article, counts)
        state = self._state(article)
        head = self._head(article)
        seen, gone = article in self._visited, not self._library.holds(article)
        stamp = (state.version, head.path + head.revision, seen, gone)
        known = self._entries.get(article)
        if known is not None and known[0] == stamp:
            return known[1]
        shown = self._unplaced(article) if state.records else Annotations(article)
        found = self._entry_of(article, counts_of(shown, self.analyst))
        self._entries[article] = (stamp, found)
        return found

    def _entry_of(self, article: str, counts: Counts) -> Entry:
        seen, gone = article in self._visited, not self._library.holds(article)
        return entry_of(self._head(article), counts, shown=seen, gone=gone)

    def _counted(self, article: str) -> Counts | None:
        """What the annotations of an article come to, where that is known without reading them."""
        unmarked = self._memory.complete and self._memory.peek(article) is None
        return NONE if unmarked else None

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

    def _is_live(self, article: str, claim: str) -> bool:
        with self._memory.borrowing():  # else one link would lead to the next through all there is
            record = self._state(article).records.get(claim)
        return record is not None and not record.deleted

    def _is_live_far(self, article: str, claim: str) -> bool:
        """The same, where nothing is to be kept of the article."""
        record = self._memory.glance(article).records.get(claim)
        return record is not None and not record.deleted

    def _state(self, article: str) -> State:
        return self._memory.state(article)

    def _unsaved(self) -> tuple[Step, ...]:
        return tuple(job.step for job in self._writer.jobs() if job.step is not None)

    def _unsaved_steps(self) -> frozenset[str]:
        return frozenset(step.id for step in self._unsaved())

    def _unsaved_ids(self) -> frozenset[str]:
        return frozenset[str]().union(*(job.ids for job in self._writer.jobs()))

    def _unplaced(self, article: str, *, linked: bool = False) -> Annotations:
        """The annotations of an article, wherever its highlights stand in its text.

        Unless `linked`, links to other articles may be missing: to know them costs their shards.
        """
        return self._unplaced_of(self._state(article), linked=linked)

    def _unplaced_of(self, state: State, *, linked: bool = False) -> Annotations:
        fresh = state.shown if state.shown_at[0] == state.version else None
        return fresh if fresh is not None else self._show(state, None, linked=linked)

    def _show(self, state: State, article: Article | None, *, linked: bool = True) -> Annotations:
        """What is shown of an article; unless `linked`, without its links to other articles.

        Of what is in memory only; see `_glanced` for what is not to be kept.
        """
        incoming = self._links_here(state.article) if linked else ()
        return self._show_with(state, article, incoming, self._is_live if linked else _nowhere)

    def _glanced(self, state: State, article: Article) -> Annotations:
        """The same of what is not in memory, and is not to be kept."""
        links = {
            link.id: link
            for other in self._linking(state.article)
            for link in self._memory.links(other)
            if not link.deleted and self._known.canonical(link.to_article) == state.article
        }
        incoming = tuple(links[name] for name in sorted(links))
        return self._show_with(state, article, incoming, self._is_live_far)

    def _show_with(
        self, state: State, article: Article | None, incoming: Sequence[Link], is_live: IsLive
    ) -> Annotations:
        books: list[Ledger] = []

        def meaning(record: str, rev: int) -> int:
            if not books:
                members = self._known.members(state.article)
                for member in members:
                    self._histories[member] = self._history_of(member)
                books.append(self._book(state.article))
            return books[0].meaning(record, rev)

        found = show(state, article, self.analyst, incoming, is_live, meaning, self._seeking.seek)
        if self._memory.peek(state.article) is not state:
            self._forget_history(state.article)
        return found

    def _linking(self, _article: str) -> Iterable[str]:
        """The other articles with links to claims of one, where not all are in memory."""
        return ()

    def _links_here(self, article: str) -> tuple[Link, ...]:
        """The live links to claims of an article from other articles."""
        return self._memory.incoming(article)

    def _compared(self) -> None:
        """Something was worked out about long texts; called from another thread."""
        self._writer.post(Changed("", frozenset(), "compared"))

    # texts

    def _kept(self, sha256: str) -> str | None:
        try:
            return load_revision(self.annotations_dir, sha256)
        except StoreError as error:
            self.troubles.append(str(error))
            return None

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

    # history

    def _book(self, article: str) -> Ledger:
        """What the analyst's steps come to that touched an article, those still to be saved too."""
        found: dict[str, PastStep] = {}
        for member in self._known.members(article):
            found |= self._history_of(member)
        return ledger(found.values())

    def _history_of(self, article: str) -> dict[str, PastStep]:
        """What the steps by id did in an article; more of those of this session."""
        known = self._histories.get(article)
        if known is not None:
            return known
        try:
            kept = {step.id: step for step in self._store.history(article)}
        except StoreError as error:
            raise DeskError(str(error)) from error
        # A step of this session may be written just now.
        return kept | {s.id: s for s in self._session.touching(article)}

    def _remember(self, step: PastStep) -> None:
        self._session.enter(step)
        for article in step.articles:
            if article in self._histories:
                self._histories[article][step.id] = step

    def _forget_far(self) -> None:
        """Forget what was worked out of articles whose records are not in memory."""
        here = self._memory.peek
        self._entries = {name: made for name, made in self._entries.items() if here(name)}
        self._histories = {name: steps for name, steps in self._histories.items() if here(name)}

    def _forget_history(self, article: str) -> None:
        for member in self._known.members(article):
            self._histories.pop(member, None)


def _nowhere(_article: str, _claim: str) -> bool:
    """No claim of another article is looked for."""
    return False
