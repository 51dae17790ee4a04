"""Claims of a large workspace as the index holds them: listed without reading a shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from tui.desk import crossing
from tui.desk.adopting import Adopting
from tui.desk.entries import order
from tui.model.filters import Filter
from tui.model.records import Claim
from tui.model.views import Placed, Status, grade_of

if TYPE_CHECKING:
    from tui.model.ordering import Row
    from tui.model.told import Gist, Told
    from tui.store.index import Held, Index

_AT_ONCE = 20  # articles whose claims are asked for at once
_FEW = 20  # articles whose records are read rather than asked for
GONE = "(not there any more)"  # in place of what a claim says that somebody else deleted just now
_SHORT = 0.01  # seconds that are waited at once until what changed is indexed


class _Judged(Struct, frozen=True):
    """The status of the one claim that is asked about."""

    given: Status

    def status(self, claim: Claim) -> Status:  # noqa: ARG002
        """That status."""
        return self.given


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
        while self._taking is not None:
            self._take_some()
            yield ()
        index = self._index_for(articles)
        if index is None:
            yield from super().told(filter, articles)
            return
        only = None if articles is None else {self._known.canonical(a) for a in articles}
        while not self._indexed(index):
            yield ()
        wanted, ids = filter or Filter(), iter(self._with_claims(only))
        while some := tuple(islice(ids, _AT_ONCE)):
            yield self._told_of(index, some, wanted)

    def gists(
        self,
        filter: Filter | None = None,  # noqa: A002
        articles: Sequence[str] | None = None,
    ) -> Iterator[Sequence[Row]]:
        """What long lists keep; see Exchanging. What is in memory anyway comes whole."""
        from tui.model.told import gist_of

        kept: dict[Any, Any] = {}
        for part in self.told(filter, articles):
            if self._index_for(articles) is None:
                yield part
            else:
                yield [gist_of(each, lambda value: kept.setdefault(value, value)) for each in part]

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
        """Have indexed what changed, for a moment; whether all of it is."""
        self._catch_up()
        paid = self._pay(index, monotonic() + _SHORT)
        return paid and index.wait(_SHORT)

    def _with_claims(self, only: set[str] | None) -> Iterable[str]:
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
        for article, each in self._asked(lambda: index.claims(articles), ()):
            held.setdefault(article, []).append(each)
        return [
            self._told_as(article, each)
            for article in articles
            for each in held.get(article, ())
            if not wanted or self._means(wanted, article, each)
        ]

    def _means(self, wanted: Filter, article: str, held: Held) -> bool:
        parts = held.claim, Placed(held.highlight, ()), _Judged(held.status), self._head(article)
        return wanted.matches(*parts, self.codebook, self.sources)

    def _told_as(self, article: str, held: Held) -> Told:
        placed, claim = Placed(held.highlight, ()), held.claim
        row = crossing.ClaimRow(self._entry(article), placed, claim, held.status, grade_of(claim))
        return crossing.told_of(row, self.codebook, self.sources)
