"""What is asked of the index where records are read on demand: of one article, or across them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterable, Mapping, Sequence
from time import monotonic
from typing import TYPE_CHECKING, TypeVar

from tui.desk.entries import NONE, Counts
from tui.desk.events import DeskError
from tui.desk.indexing import Indexing
from tui.desk.outgoing import Contents
from tui.model.articles import Article
from tui.model.filters import Filter
from tui.model.records import Link, Record
from tui.model.steps import Far, Steps, followed

if TYPE_CHECKING:  # SQLite is imported after the first paint
    from collections import Counter

    from tui.store.index import Index

MANY = 1_000  # files, or annotated articles, from which on the index is kept while one reads
_LARGE = 2_000  # bytes of an index for each of them
_AT_ONCE = 50  # articles whose claims are asked for at once
_SOON = 0.05  # seconds that are waited for the index when a question is asked

T = TypeVar("T")


class Consulting(Indexing):
    """Where many articles are annotated, records are not in memory: the index tells of them."""

    many = MANY
    _taking: Generator[None, None, None] | None = None  # what the index has is just being taken
    _by_index = False  # records are read on demand
    _counts: dict[str, Counts] | None = None  # of the annotated articles, as they were indexed
    _changes: Mapping[str, str] | None = None  # when the analyst's newest record was written
    _far: dict[str, str]  # articles not in memory that somebody changed, and who
    _reached: set[str]  # articles whose incoming links were read

    def _begin(self) -> None:
        super()._begin()
        self._far, self._reached = {}, set()

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
        if not index.kept:  # nothing is gained by it, and nothing of it is to be said yet
            self.troubles[:] = [words for words in self.troubles if words not in index.said]
            index.close()
            self._index = None
        return self._index

    def _take_some(self) -> None:
        taking = self._taking
        if taking is not None and next(taking, self) is self and taking is self._taking:
            self._taking = None

    # of all articles

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
        yield from self._all_indexed(index)
        found = Contents()
        for start in range(0, len(articles), _AT_ONCE):
            some = articles[start : start + _AT_ONCE]
            claims = self._asked(lambda: index.claims(some), ())  # noqa: B023 - called at once
            there = [counts[article] for article in some if article in counts]
            found.take_known(there, (held for _, held in claims))
            yield Far("gathering", start + len(some), len(articles))
        return found

    def _that_may_match(self, articles: list[str], wanted: Filter) -> Steps[list[str]]:
        index = self._index
        if not self._by_index or index is None:
            return (yield from super()._that_may_match(articles, wanted))
        from tui.exchange.aside import aside
        from tui.store.index import DamagedError, Query, StoppedError, meaning_of

        yield from self._all_indexed(index)
        query, meaning = Query(filter=wanted), meaning_of(wanted, self.codebook, self.sources)

        def ask() -> frozenset[str] | None:
            try:
                return index.ask_articles(query, meaning)
            except StoppedError:
                return None
            except DamagedError:
                index.damaged = True
                return None

        found = yield from followed(aside(ask, waited=False), lambda: Far("gathering"))
        if found is None:
            return articles
        told = set(map(self._known.canonical, found))
        return [a for a in articles if a in told or self._memory.peek(a) is not None]

    def _all_indexed(self, index: Index) -> Steps[None]:
        """Wait until all that is known to have changed is indexed."""
        while not (self._pay(index, monotonic() + _SOON / 4) and index.wait(_SOON / 4)):
            yield Far("gathering")

    def _forget_far(self) -> None:
        super()._forget_far()
        self._reached = {name for name in self._reached if self._memory.peek(name)}
        self._changes = None

    # which shards are to be read

    def _identify(self, article: Article) -> str:
        indexed = self._shards_indexed and not self._heads_read
        index = self._index if self._by_index or indexed else self._hasty_index(article)
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
                if self._by_index and not self._heads_known:
                    self._read_some_heads()
                for head in self._asked(lambda: index.alike(wanted), ()):
                    if self._library.holds(self._known.canonical(head.id)):
                        self._known.saw(head)
            if indexed and not self._shards_indexed:  # it turned out to be damaged: all are read
                return super()._identify(article)
            return self._known.match(article) if indexed else self._matched(article)

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
        return self._asked(lambda: super(Consulting, self)._indexed_place(index, article), ("", ""))

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
