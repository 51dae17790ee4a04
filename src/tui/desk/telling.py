"""Claims of a large workspace as the index holds them: listed without reading a shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from tui.desk import crossing
from tui.desk.adopting import Adopting
from tui.desk.entries import order
from tui.model.filters import Filter
from tui.model.records import Claim
from tui.model.views import Placed, grade_of

if TYPE_CHECKING:
    from tui.model.rows import Row
    from tui.model.told import Gist, Told
    from tui.store.index import Held, Index

_AT_ONCE = 20  # articles whose claims are asked for at once
_GISTS_AT_ONCE = 100  # claims that the gist is made of between two looks at the clock
_FIRST = 100  # articles of which claims come in the order of the list, when all are asked for
_TRIES = 2  # times that all claims are gone through, if the index turns out to be damaged
_FEW = 20  # articles whose records are read rather than asked for
GONE = "(not there any more)"  # in place of what a claim says that somebody else deleted just now
_SHORT = 0.01  # seconds that are waited at once until what changed is indexed


class Telling(Adopting):
    """Lists of claims, in the order of the list of articles, without what they rest on."""

    def told(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Told]]:
        """What lists of claims hold; see Exchanging. Of many articles it comes from the index.

        Then it begins with the article that comes first in the list.
        """
        yield from self._taken_in()
        index = self._index_for(articles)
        if index is None:
            yield from super().told(filter, articles)
            return
        only = None if articles is None else {self._known.canonical(a) for a in articles}
        while not self._indexed(index):
            yield ()
        wanted, ids = filter or Filter(), iter(self._with_claims(only))
        while some := tuple(islice(ids, _AT_ONCE)):
            found = self._told_of(index, some, wanted)
            if self._taking is not None:  # the index turned out to be damaged
                yield from self._taken_in()
                index.wait_for_notes()
                found = self._told_of(index, some, wanted)
            yield found

    def _taken_in(self) -> Iterator[tuple[()]]:
        """Take from the index, and have indexed, what there is: nothing is told meanwhile."""
        while self._taking is not None:
            self._take_some()
            yield ()

    def gists(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Row]]:
        """What long lists keep; see Exchanging. Of all articles, the first ones come first.

        What is in memory anyway comes whole.
        """
        from tui.desk.gists import Gists

        yield from self._taken_in()
        index = self._index_for(articles)
        if index is None:
            yield from super().gists(filter, articles)
            return
        while not self._indexed(index):
            yield ()
        make, wanted = Gists(self.codebook, self.sources), filter or Filter()
        all_of_them = not wanted
        part: list[Gist] = []
        # One after the other: of many claims at once the collector would make much work.
        for number, one in enumerate(self._all_held(index, articles), start=1):
            if one is None:
                yield ()
                continue
            article, held = one
            if all_of_them or self._means(wanted, article, held):
                part.append(make.of(article, self._head(article), held))
            if not number % _GISTS_AT_ONCE:
                yield part
                part = []
        yield part

    def _all_held(
        self, index: Index, articles: Sequence[str] | None
    ) -> Iterator[tuple[str, Held] | None]:
        """Claims with their articles: of the first of all articles, then of all others.

        None while a damaged index is made anew.
        """
        from tui.store.index import DamagedError

        only = None if articles is None else {self._known.canonical(a) for a in articles}
        with_claims, told = self._with_claims(only), set[str]()
        first = iter(with_claims if articles is not None else with_claims[:_FIRST])
        while some := tuple(islice(first, _AT_ONCE)):
            found = self._held_of(index, some)
            if self._taking is not None:
                yield from self._made_whole(index)
                found = self._held_of(index, some)
            told.update(held.claim.id for _, held in found)
            yield from found
        last = ""
        for _ in range(_TRIES if articles is None else 0):
            try:
                for held in index.all_claims(last):
                    last = held.claim.id
                    if last not in told:
                        yield self._known.canonical(held.claim.article), held
                return
            except DamagedError:
                self._mend(index)
                yield from self._made_whole(index)

    def _made_whole(self, index: Index) -> Iterator[None]:
        """Have a damaged index made anew, as far as annotations go."""
        yield from (None for _ in self._taken_in())
        index.wait_for_notes()

    def _held_of(self, index: Index, articles: Sequence[str]) -> Sequence[tuple[str, Held]]:
        return self._asked(lambda: index.claims(articles), ())

    def telling(self, rows: Iterable[Row]) -> Iterator[Sequence[Told]]:
        """All of some claims; see Exchanging. Of one that is gone the gist is all there is."""
        from tui.model.told import Told

        left = iter(rows)
        while some := tuple(islice(left, _FEW)):
            held = self._claims_held([row.id for row in some if not isinstance(row, Told)])
            yield [
                row if isinstance(row, Told) else self._told_now(row, held.get(row.id))
                for row in some
            ]

    def _claims_held(self, claims: Sequence[str]) -> dict[str, Held]:
        index = self._index
        return self._asked(lambda: index.held(claims), {}) if claims and index is not None else {}

    def _told_now(self, row: Gist, held: Held | None) -> Told:
        if held is not None:
            return self._told_as(row.article, held)
        return self._told_by_shard(row)

    def _told_by_shard(self, row: Gist) -> Told:
        from tui.model.told import Told

        found = (told for part in super().told(None, [row.article]) for told in part)
        whole = next((told for told in found if told.id == row.id), None)
        claim = Claim(id=row.id, statement=GONE)
        return whole or Told(claim, row.place, row.article, published=row.published, path=row.path)

    def _index_for(self, articles: Sequence[str] | None) -> Index | None:
        """The index, if lists of claims come from it and not from memory."""
        few = articles is not None and len(articles) <= _FEW
        index = self._index
        return None if few or not self._by_index or index is None or index.failed else index

    def _indexed(self, index: Index) -> bool:
        """Have indexed what changed of annotations, for a moment; whether all of it is."""
        self._catch_up()
        paid = self._pay(index, monotonic() + _SHORT)
        return paid and index.wait_for_notes(_SHORT)

    def _with_claims(self, only: set[str] | None) -> Sequence[str]:
        """The articles that have claims, those that are listed first and in that order."""
        counts = self._counts or {}
        with_claims = {a for a, each in counts.items() if each.claims}
        with_claims.update(self._memory.loaded())
        if only is not None:
            return sorted(with_claims & only, key=lambda a: order(self._entry(a)))
        listed = [entry.id for entry in self.listed() if entry.id in with_claims]
        return (*listed, *with_claims.difference(listed))

    def _told_of(self, index: Index, articles: Sequence[str], wanted: Filter) -> Sequence[Told]:
        held: dict[str, list[Held]] = {}
        for article, each in self._held_of(index, articles):
            held.setdefault(article, []).append(each)
        return [
            self._told_as(article, each)
            for article in articles
            for each in held.get(article, ())
            if not wanted or self._means(wanted, article, each)
        ]

    def _means(self, wanted: Filter, article: str, held: Held) -> bool:
        return wanted.matches(
            held.claim,
            Placed(held.highlight, ()),
            lambda _: held.status,
            self._head(article),
            self.codebook,
            self.sources,
        )

    def _told_as(self, article: str, held: Held) -> Told:
        placed, claim = Placed(held.highlight, ()), held.claim
        row = crossing.ClaimRow(self._entry(article), placed, claim, held.status, grade_of(claim))
        return crossing.told_of(row, self.codebook, self.sources)
