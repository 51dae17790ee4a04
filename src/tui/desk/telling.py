"""Claims of a large workspace as the index holds them: listed without reading a shard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.desk import crossing
from tui.desk.adopting import Adopting
from tui.desk.entries import order
from tui.model.filters import Filter
from tui.model.records import Claim
from tui.model.views import Placed, Status, grade_of

if TYPE_CHECKING:
    from tui.model.told import Told
    from tui.store.index import Held, Index

_AT_ONCE = 20  # articles whose claims are asked for at once
_FEW = 20  # articles whose records are read rather than asked for
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
        yield from self._taken_in()
        index = self._index
        few = articles is not None and len(articles) <= _FEW
        if not self._by_index or index is None or index.failed or few:
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
                index.wait()
                found = self._told_of(index, some, wanted)
            yield found

    def _taken_in(self) -> Iterator[Sequence[Told]]:
        """Take from the index, and have indexed, what there is: nothing is told meanwhile."""
        while self._taking is not None:
            self._take_some()
            yield ()

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
        found: list[Told] = []
        for article in articles:
            if article not in held:
                continue
            entry, head = self._entry(article), self._head(article)
            for each in held[article]:
                parts = each.claim, Placed(each.highlight, ()), _Judged(each.status)
                if not wanted or wanted.matches(*parts, head, self.codebook, self.sources):
                    row = crossing.ClaimRow(
                        entry, parts[1], each.claim, each.status, grade_of(each.claim)
                    )
                    found.append(crossing.told_of(row, self.codebook, self.sources))
        return found
