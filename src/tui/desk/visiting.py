"""What came since the analyst was here last: articles, texts, annotations of others, conflicts."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.desk.entries import Entry
from tui.desk.filing import Filing
from tui.desk.sealing import now
from tui.desk.sifting import NEWS, Found, Sieve
from tui.model.articles import Article
from tui.model.ids import sha256
from tui.model.records import ArticleRecord, Claim, Highlight, Record, Step
from tui.model.sequences import differing
from tui.store.arrivals import EVERYBODY, Arrivals, Marks, known_until

if TYPE_CHECKING:
    from tui.analysis.proposed_links import ProposedLink

NEW, REVISED, CONFLICT = NEWS
CONFLICTING = "contradicts"  # the kind of links that are conflicts
_TOLD = (Highlight, Claim, ArticleRecord)  # annotations that are told as news
_PART = 500  # articles between two looks at the clock
_LINKS = 50  # of one claim, the best
_PLACE = 16  # digits of the hash of a path and title
_LATER = "-"  # in place of a stamp: these annotations are looked at again the next time
_NOTHING: Mapping[str, str] = {}


class Revised(Struct, frozen=True):
    """An article with another text than then. `old` and `revision` are SHA-256."""

    head: Entry | Article
    old: str


class Annotated(Struct, frozen=True):
    """An annotation by somebody else that came since."""

    head: Entry | Article
    record: Record


class Arrived(Struct, frozen=True):
    """All that came since a time (`since`, ISO in UTC; empty: since ever)."""

    since: str
    articles: Sequence[Entry | Article]
    revised: Sequence[Revised]
    annotated: Sequence[Annotated]
    conflicts: Sequence[ProposedLink]


class Visiting(Filing):
    """Arrivals on top of all else. They are looked for after `attend`, by `look`."""

    _arrivals: Arrivals | None = None
    _opening: bool = False  # what is there at the first look is no news
    _begun: bool = False  # that look is over
    changes: int = 0  # grows when `look` has something to look at
    _meeting: Iterator[None] | None = None
    _met: Sequence[Entry | Article] = ()  # what was looked at last
    _touched: set[str]  # articles with annotations that changed since
    _conflicts: Mapping[str, ProposedLink]
    _read_since: set[str]  # articles that were opened since
    _news: Mapping[str, str] = _NOTHING

    def _begin(self) -> None:
        super()._begin()
        self._touched, self._read_since, self._conflicts = set(), set(), {}
        self._ranks: dict[str, int] = {}

    def attend(self, file: Path, since: str, *, opening: bool = False) -> None:
        """Have looked for what came after a time (ISO in UTC; empty: ever).

        `file` is where it is kept what was met when. With `opening`, and without a time, what is
        there at the first look is no news.
        """
        self._arrivals = Arrivals(file, since)
        self._opening = opening and not since
        self._meeting, self._met, self._begun = None, (), False

    def look(self, seconds: float | None = None) -> bool:
        """Look what is there for about that long (None: to the end); True while there is more.

        The articles have to be read (`scan`). What changes afterwards is seen by the next call.
        """
        if self._arrivals is None:
            return False
        end = None if seconds is None else time.monotonic() + seconds
        if self._meeting is None:
            self._meeting = self._look_through(self._arrivals, self.listed)
        for _ in self._meeting:
            if end is not None and time.monotonic() >= end:
                return True
        self._meeting = None
        self._tell()
        return False

    def meet(self) -> bool:
        """Take in, and keep, what came since the last look; False if the first is not over."""
        if self._arrivals is None or not self._begun:
            return False
        met = self.listed()
        for _ in self._meet_texts(self._arrivals, met):
            pass
        self._met = met
        self._meet_touched(self._arrivals)
        self._arrivals.save(now())
        return True

    def seen_before(self, articles: Iterable[str]) -> None:
        """Say that the analyst has seen articles in sessions before; nothing is read for it."""
        for article in map(self._known.canonical, articles):
            self._visited[article] = None
            self._listing.touch(article)

    def filtered(self, sieve: Sieve) -> frozenset[str]:
        """Ids of the articles of the opened paths that a filter means; all have to be read.

        Raises DeskError (code 2) where SQLite cannot search, and the filter asks for that.
        """
        found = Found()
        if sieve.asks_index:
            self.index()
            found = self.question(sieve).answer()
        parts = sieve.sift(self.entries(), found, self.news)
        return frozenset(entry.id for part in parts for entry in part)

    @property
    def news(self) -> Mapping[str, str]:
        """What is new about an article, one of `sifting.NEWS` by id; the same while it is."""
        return self._news

    @property
    def ranks(self) -> Mapping[str, int]:
        """The place in `sifting.NEWS` of what came of each article, opened since or not."""
        return self._ranks

    def arrived(self) -> Arrived:
        """All that came since, after everything was looked at. See `attend`.

        The heads are those of the index, so that an unchanged file is not read, where SQLite can
        search and the files need not be read for it.
        """
        arrivals = self._arrivals
        assert arrivals is not None
        places = {head.id: head for head in self._heads_now()}
        for _ in self._look_through(arrivals, lambda: tuple(places.values())):
            pass
        return Arrived(
            arrivals.since,
            [places[name] for name in places if name in arrivals.new],
            [Revised(places[n], arrivals.old[n]) for n in places if self._is_revised(n)],
            list(self._annotated_since(places)),
            [link for link in self._conflicts.values() if _ends(link) & places.keys()],
        )

    def visit(self, article: str) -> None:
        """Say that the analyst has seen an article: it is not new any more."""
        super().visit(article)
        if self._arrivals is not None:
            self._read_since.add(self._known.canonical(article))
            if self._news.get(self._known.canonical(article), CONFLICT) != CONFLICT:
                self._tell()

    def _heads_now(self) -> Iterator[Entry | Article]:
        """The articles of the opened paths, by time."""
        if self._index is None:
            yield from self.entries()
            return
        from tui.desk.indexing import lies_in

        places = self._places()
        known = (head for some in self._index.heads() for head, _ in some)
        heads = (head for head in known if not places or lies_in(head.path, places))
        yield from sorted(heads, key=lambda head: (head.published, head.path))

    # looking

    def _look_through(
        self, arrivals: Arrivals, heads: Callable[[], Sequence[Entry | Article]]
    ) -> Iterator[None]:
        if not self._begun:
            yield from arrivals.read(opening=self._opening)
        met = heads()
        yield from self._meet_texts(arrivals, met)
        if not self._begun:
            yield from self._meet_shards(arrivals)
        self._begun, self._opening, self._met = True, False, met
        self._meet_touched(arrivals)
        arrivals.save(now())
        yield
        if arrivals.before:
            yield from self._meet_conflicts(arrivals)

    def _meet_touched(self, arrivals: Arrivals) -> None:
        touched, self._touched = self._touched, set()
        for article in touched:
            arrivals.before.setdefault(article, arrivals.marks.get(article, _NOTHING))
            arrivals.meet_marks(article, _LATER, self._marks_of(article))

    def _meet_texts(self, arrivals: Arrivals, heads: Sequence[Entry | Article]) -> Iterator[None]:
        start, end = 0, len(heads)
        if self._met:
            _, fresh, start = differing(self._met, heads)
            end = start + len(fresh)
        there = {head.id for head in heads} if arrivals.places else set[str]()
        for index in range(start, end, _PART):
            for head in heads[index : min(end, index + _PART)]:
                if isinstance(head, Entry) and head.gone:
                    continue
                place = sha256(f"{head.path}\n{head.title}")[:_PLACE]
                before = self._was(arrivals, head.id, place, there)
                if before:
                    arrivals.follow(before, head.id)
                arrivals.meet_text(head.id, head.revision, place, past=self._opening)
            yield
        arrivals.places.clear()  # from now on the library knows what became of a file

    def _was(self, arrivals: Arrivals, article: str, place: str, there: set[str]) -> str:
        """The id that an article was met under before, if it is another one now; else empty.

        Two ids turned out to be of one article; or the text of a file that nobody annotated is
        another one under the same title.
        """
        if article in arrivals.texts:
            return ""
        joined = next((m for m in self._known.members(article) if m in arrivals.texts), "")
        before = joined or arrivals.places.get(place, "")
        return before if joined or before not in there else ""

    def _meet_shards(self, arrivals: Arrivals) -> Iterator[None]:
        begun = now()
        while self._look():
            yield
        for stamps in self._store.stamps(self._token):
            for article, stamp in stamps.items():
                if arrivals.stamps.get(article) == stamp:
                    continue
                if self._opening and self._by_index:  # so many are not read for that
                    arrivals.meet_marks(article, stamp, {EVERYBODY: begun}, past=True)
                    continue
                with self._memory.borrowing():
                    marks = self._marks_of(article)
                arrivals.meet_marks(article, stamp, marks, past=self._opening)
                yield
            yield

    def _marks_of(self, article: str) -> Marks:
        """The newest time in the records of an article, of each analyst."""
        found: dict[str, str] = {}
        for record in self._state(article).records.values():
            found[record.by] = max(found.get(record.by, ""), record.modified)
        return found

    def _commit(self, step: Step, texts: dict[str, str]) -> Step:
        done = super()._commit(step, texts)
        if self._arrivals is not None:
            self._touch(step.articles)
        return done

    def _reread(self, articles: Iterable[str], origin: str) -> None:
        articles = tuple(articles)
        super()._reread(articles, origin)
        if self._arrivals is not None:
            self._touch(articles)

    def _touch(self, articles: Iterable[str]) -> None:
        found = set(map(self._known.canonical, articles))
        self._touched |= found
        self.changes += bool(found)

    # what came

    def _is_revised(self, article: str) -> bool:
        arrivals = self._arrivals
        if arrivals is None or article in arrivals.new:
            return False
        old = arrivals.old.get(article)
        return old is not None and old != arrivals.texts.get(article)

    def _arrived_records(self, article: str) -> Iterator[Record]:
        """Live records of an article that came since; of anybody."""
        arrivals = self._arrivals
        assert arrivals is not None
        before = arrivals.before.get(article, _NOTHING)
        for record in self._state(article).live():
            if record.modified > known_until(before, record.by):
                yield record

    def _annotated_since(self, heads: Mapping[str, Entry | Article]) -> Iterator[Annotated]:
        arrivals = self._arrivals
        assert arrivals is not None
        for article in sorted(arrivals.before):
            head = heads.get(self._known.canonical(article))
            if head is None:
                continue
            with self._memory.borrowing():
                found = [
                    record
                    for record in self._arrived_records(article)
                    if record.by != self.analyst and isinstance(record, _TOLD) and _says(record)
                ]
            for record in sorted(found, key=lambda each: (each.modified, each.id)):
                yield Annotated(head, record)

    def _meet_conflicts(self, arrivals: Arrivals) -> Iterator[None]:
        """What contradicts claims that came since; nothing of it is asked for without any."""
        claims: list[str] = []
        # Where they are not all in memory, so many are neither read nor compared meanwhile.
        for article in () if self._by_index else arrivals.before:
            claims += [r.id for r in self._arrived_records(article) if isinstance(r, Claim)]
            yield
        if not claims:
            self._conflicts = {}
            return
        while not self._heads_read:
            self._read_head()
            yield
        yield from self._accounted(self._annotated_ids())
        accounting = self._accounting
        assert accounting is not None
        found: dict[str, ProposedLink] = {}
        for claim in claims:
            account = accounting.accounts.get(claim)
            if account is not None:
                for link in islice(accounting.accounts.links(account), _LINKS):
                    if link.kind == CONFLICTING and not accounting.settled(link):
                        found[link.id] = link
                yield
        self._conflicts = found

    def _tell(self) -> None:
        """Work out the word and the rank of each article."""
        arrivals = self._arrivals
        assert arrivals is not None
        found: dict[str, str] = {}
        for link in self._conflicts.values():
            found |= dict.fromkeys(_ends(link), CONFLICT)
        found |= dict.fromkeys(filter(self._is_revised, arrivals.old), REVISED)
        found |= dict.fromkeys(arrivals.new, NEW)
        for article, word in found.items():
            rank = NEWS.index(word)
            self._ranks[article] = min(rank, self._ranks.get(article, rank))
        news = {
            article: word
            for article, word in found.items()
            if word == CONFLICT or article not in self._read_since
        }
        if news != self._news:
            self._news = news


def _ends(link: ProposedLink) -> set[str]:
    return {link.from_.article, link.to.article}


def _says(record: Record) -> bool:
    """Whether a record is an annotation; one of an article as a whole may only describe it."""
    return not isinstance(record, ArticleRecord) or bool(record.tags or record.note)
