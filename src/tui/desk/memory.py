"""What the shards hold and what is still to be saved, together: the records as of this moment."""

from __future__ import annotations

from collections.abc import Callable, Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain, count

from msgspec import Struct, field
from msgspec.structs import replace

from tui.anchoring import Found, Passage
from tui.desk.known import Known
from tui.model.records import Alias, ArticleRecord, Change, Link, Record, Step
from tui.model.views import Annotations, Placed
from tui.store.protocol import Shelf, Store, StoreError

_VERSIONS = count(1)
_MANY = 50  # changes of a step from which on those of an article are looked up in it


class State(Struct):
    """The records of one article by id, tombstones too, and what was worked out from them."""

    article: str
    records: dict[str, Record] = field(default_factory=dict[str, Record])
    heads: dict[str, ArticleRecord] = field(
        default_factory=dict[str, ArticleRecord]
    )  # of `records`
    aliases: dict[str, Alias] = field(default_factory=dict[str, Alias])  # likewise
    links: dict[str, Link] = field(default_factory=dict[str, Link])  # likewise
    altered: frozenset[str] = frozenset()
    newer: frozenset[str] = frozenset()
    troubles: tuple[str, ...] = ()
    version: int = 0  # another number after every change, and after every loading
    places: dict[str, Placed] = field(default_factory=dict[str, Placed])
    found: dict[Passage, Found] = field(default_factory=dict[Passage, Found])  # on that text
    placed_on: str = ""  # the revision that `places` and `found` are for
    given_up: bool = False  # looking for places on it was stopped, or took too long
    touched: set[str] | None = None  # ids changed since `shown` was made; None: who knows what
    shown: Annotations | None = None
    shown_at: tuple[int, str] = (-1, "")  # the version and revision of `shown`

    def live(self) -> list[Record]:
        """The records that are not deleted, in the order of their ids."""
        return [self.records[key] for key in sorted(self.records) if not self.records[key].deleted]

    def lay(self, record: Record) -> None:
        """Put a record in, over the one of its id."""
        self.records[record.id] = record
        if isinstance(record, ArticleRecord):
            self.heads[record.id] = record
        elif isinstance(record, Alias):
            self.aliases[record.id] = record
        elif isinstance(record, Link):
            self.links[record.id] = record

    def is_news(self, record: Record) -> bool:
        """Whether a record is as new as the one of its id, or there is none."""
        there = self.records.get(record.id)
        return there is None or (there.rev, there.modified) <= (record.rev, record.modified)

    def touch(self, *ids: str) -> None:
        """Say that records changed; without ids, that it may be anything."""
        self.version = next(_VERSIONS)
        if not ids:
            self.touched = None
        elif self.touched is not None:
            self.touched.update(ids)

    def try_again(self) -> None:
        """Have highlights sought again that were not placed, since that was given up."""
        if self.given_up:
            self.given_up = False
            self.touch()

    def own_article(self, analyst: str) -> ArticleRecord | None:
        """The analyst's own record of the article, live or deleted."""
        found = [r for r in self.heads.values() if r.by == analyst]
        return min(found, key=lambda r: (r.deleted, r.article != self.article, r.id), default=None)


class Memory:
    """The records of all articles looked at so far, by article and by id.

    Reads the store when it has to; what a step changes is laid over that at once.
    """

    def __init__(self, store: Store, known: Known, pending: Callable[[], Iterable[Step]]) -> None:
        self.complete = False  # whether what is not here has no shard
        self.bounded = False  # whether what was asked for long ago is let go
        self._store = store
        self._known = known
        self._pending = pending
        self._states: dict[str, State] = {}
        self._borrowed: dict[str, None] | None = None  # read since `borrowing` began
        self._where: dict[str, str] = {}  # record id -> article id in use
        self._incoming: dict[str, dict[str, Link]] = {}  # article -> links from other articles
        self._large: dict[str, Mapping[str, Sequence[Change]]] = {}  # unsaved steps, by article
        self._troubled: dict[str, tuple[str, ...]] = {}  # article -> what is wrong with its shards

    def state(self, article: str) -> State:
        """The records of an article; read from the store when asked for the first time."""
        article = self._known.canonical(article)
        found = self._states.get(article)
        if found is None and self.complete:
            found = self._states[article] = State(article)
        elif found is not None and self.bounded:
            self._states[article] = self._states.pop(article)  # the last one to be let go
        return found if found is not None else self._load(article)

    def peek(self, article: str) -> State | None:
        """The records of an article if they are here."""
        return self._states.get(self._known.canonical(article))

    def glance(self, article: str, known: Iterable[Record] | None = None) -> State:
        """The records of an article as of now; what is not here is read, and nothing kept of it.

        With `known`, those that were read before: of what is not here they are all there is.
        """
        article = self._known.canonical(article)
        if article in self._states or self.complete:
            return self.state(article)
        pending = tuple(self._pending())
        found = State(article)
        if known is not None:
            for record in known:
                found.lay(record)
            return found
        try:
            for member in self._known.members(article):
                for record in self._store.read_once(member):
                    found.lay(record)
        except StoreError:  # as ever, and it is said
            return self.state(article)
        for after in (change.after for step in pending for change in step.changes):
            if self._known.canonical(after.article) == article and found.is_news(after):
                found.lay(after)
        return found

    def links(self, article: str) -> tuple[Link, ...]:
        """The links in the shards of an article, of which nothing is kept either."""
        here = self.peek(article)
        if here is not None:
            return tuple(here.links.values())
        members = self._known.members(article)
        try:
            found = [r for member in members for r in self._store.read_once(member, "link")]
        except StoreError:
            return tuple(self.state(article).links.values())
        return tuple(record for record in found if isinstance(record, Link))

    @contextmanager
    def borrowing(self) -> Generator[None]:
        """What is read inside is let go again behind it, unless all is to stay here.

        What is borrowed inside goes when the outermost ends.
        """
        if self._borrowed is not None:
            yield
            return
        self._borrowed = borrowed = dict[str, None]()
        try:
            yield
        finally:
            self._borrowed = None
            for article in () if self.complete else borrowed:
                self.release(article)

    def release(self, article: str) -> None:
        """Let the records of an article go, to be read again."""
        state = self._states.pop(self._known.canonical(article), None)
        for record in state.records if state is not None else ():
            self._where.pop(record, None)

    def let_go(self, kept: int, but: Container[str]) -> None:
        """Release all articles but some, and but those `kept` that were asked for last.

        Of links between two that are not in memory nothing is kept either.
        """
        for article in tuple(self._states)[: max(0, len(self._states) - kept)]:
            if article not in but:
                self.release(article)
        for to in tuple(self._incoming):
            if self.peek(to) is None:
                links = self._incoming.pop(to)
                near = {name: link for name, link in links.items() if self.peek(link.article)}
                if near:
                    self._incoming[to] = near

    def forget(self) -> None:
        """Have texts known of those articles alone whose records are in memory."""
        self._known.forget()
        for state in self._states.values():
            self._known.learn(state.heads.values())

    def loaded(self) -> tuple[str, ...]:
        """Ids of the articles whose records are in memory and not none."""
        return tuple(a for a, state in self._states.items() if state.records)

    def troubles(self) -> Iterator[str]:
        """A sentence for all in the shards read so far that could not be taken as it is."""
        for said in self._troubled.values():
            yield from said

    def add(self, shelf: Shelf) -> None:
        """Take in a shelf that was read anyway, unless its article is in memory already."""
        self._known.learn(shelf.records)
        article = self._known.canonical(shelf.article)
        if len(self._known.members(article)) > 1:
            for member in self._known.members(article):
                self._states.pop(member, None)
                self._troubled.pop(member, None)
            self._load(article)
        elif article not in self._states:
            self._enter(State(article), [shelf], self._pending())

    def reload(self, article: str) -> frozenset[str]:
        """Read an article's records again; returns the ids of those that changed."""
        article = self._known.canonical(article)
        old = self._states.get(article)
        before = dict(old.records) if old is not None else {}
        new = self._load(article)
        changed = {
            key
            for key in before.keys() | new.records.keys()
            if not _same(before.get(key), new.records.get(key))
        }
        if old is not None:
            changed |= old.altered ^ new.altered
        return frozenset(changed)

    def _load(self, article: str) -> State:
        # First what is to be saved, then the disk: what is saved meanwhile is in one of the two.
        pending = tuple(self._pending())
        shelves = [self._store.of_article(member) for member in self._known.members(article)]
        for shelf in shelves:
            self._known.learn(shelf.records)
        top = self._known.canonical(article)
        if top != article or len(self._known.members(top)) != len(shelves):
            return self._load(top)
        old = self._states.get(article)
        fresh = State(article)
        if old is not None:
            fresh.version, fresh.places, fresh.placed_on = old.version, old.places, old.placed_on
            fresh.found, fresh.given_up = old.found, old.given_up
        return self._enter(fresh, shelves, pending)

    def _enter(self, state: State, shelves: Sequence[Shelf], pending: Iterable[Step]) -> State:
        for shelf in shelves:
            for record in shelf.records:
                self._put(state, record)
        state.altered = frozenset[str]().union(*(s.altered for s in shelves))
        state.newer = frozenset[str]().union(*(s.newer for s in shelves))
        state.troubles = tuple(dict.fromkeys(t for s in shelves for t in s.troubles))
        self._troubled.pop(state.article, None)
        if state.troubles:
            self._troubled[state.article] = state.troubles
        state.touch()
        if self._borrowed is not None and state.article not in self._states:
            self._borrowed[state.article] = None
        self._states[state.article] = state
        large: dict[str, Mapping[str, Sequence[Change]]] = {}
        for step in pending:
            if len(step.changes) > _MANY:
                parts = large[step.id] = self._large.get(step.id) or _by_article(step)
                found = (parts.get(name, ()) for name in self._known.members(state.article))
                step = replace(step, changes=tuple(chain.from_iterable(found)))  # noqa: PLW2901
            self.apply(step)
        self._large = large
        return state

    def apply(self, step: Step) -> None:
        """Lay what a step makes of the records over what is in memory."""
        for change in step.changes:
            after = change.after
            article = self._known.canonical(after.article)
            state = self._states.get(article)
            if state is None:
                continue
            there = state.records.get(after.id)
            if state.is_news(after):
                self._put(state, after)
                if there is None or there.deleted != after.deleted:
                    self._touch_linked(article)
                if after.id in state.altered:
                    state.altered -= {after.id}
                    state.touch()
                state.touch(after.id)
        self._known.learn(c.after for c in step.changes)

    def _put(self, state: State, record: Record) -> None:
        state.lay(record)
        if isinstance(record, ArticleRecord | Alias):
            return
        self._where[record.id] = state.article
        if isinstance(record, Link) and record.to_article:
            to = self._known.canonical(record.to_article)
            if to != state.article:
                self._incoming.setdefault(to, {})[record.id] = record
                there = self._states.get(to)
                if there is not None:
                    there.touch()

    def _touch_linked(self, article: str) -> None:
        """Have articles that share a link with this one shown anew: an end came or went."""
        for other in set(self._links_to(article)):
            if other in self._states:
                self._states[other].touch()

    def incoming(self, article: str) -> tuple[Link, ...]:
        """Live links to claims of an article from other articles' shards, as far as read; by id."""
        links = self._incoming.get(article, {})
        return tuple(links[name] for name in sorted(links) if not links[name].deleted)

    def article_of(self, record_id: str) -> str | None:
        """The article that a record belongs to, as far as the shards were read."""
        found = self._where.get(record_id)
        return None if found is None else self._known.canonical(found)

    def find(self, record_id: str) -> Record | None:
        """A record by its id alone, as far as the shards were read."""
        article = self.article_of(record_id)
        return self._states[article].records.get(record_id) if article in self._states else None

    def _links_to(self, article: str) -> Iterator[str]:
        """Articles that share a link with this one."""
        for link in self._incoming.get(article, {}).values():
            yield self._known.canonical(link.article)
        state = self._states.get(article)
        for link in state.links.values() if state is not None else ():
            yield self._known.canonical(link.to_article)


def _by_article(step: Step) -> Mapping[str, Sequence[Change]]:
    found: dict[str, list[Change]] = {}
    for change in step.changes:
        found.setdefault(change.after.article, []).append(change)
    return found


def _same(one: Record | None, other: Record | None) -> bool:
    if one is None or other is None:
        return one is other
    return one is other or (one.rev, one.modified) == (other.rev, other.modified)
