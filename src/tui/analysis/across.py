"""Statements of many articles, indexed, so that each is compared with few others.

Three inverted indexes: of the shingles of statements (near duplicates), of their telling words by
the kind of their figures, and by their source. A query walks the shortest lists first, since what
many share tells little (prefix filtering: S. Chaudhuri, V. Ganti, R. Kaushik, "A primitive operator
for similarity joins in data cleaning", ICDE 2006), and looks at a bounded number of entries; of
longer lists at those nearest in time. So the work grows with the number of statements, not with its
square.
"""

from __future__ import annotations

import math
from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, TypeVar

from tui.analysis.accounts import Account
from tui.analysis.proposed_links import ProposedLink, Quoted, proposed_link

_LOOKED_AT = 600  # entries of lists that one query walks
_NEAREST = 100  # entries at most of one list
_COMPARED = 25  # statements that one is put beside by each index, the likeliest
_SHINGLES, _TERMS = 3, 5  # that two statements share at least
_SAME = 20  # statements without a difference that one is put beside

Order = tuple[str, str]
Key = TypeVar("Key", bound=Hashable)


class Postings(Generic[Key]):
    """Which accounts have a key, in order; of a long list the nearest."""

    def __init__(self) -> None:
        self._lists: dict[Key, list[Order]] = {}

    def add(self, order: Order, keys: Iterable[Key]) -> None:
        """Enter an account under its keys."""
        for key in keys:
            there = self._lists.setdefault(key, [])
            if not there or there[-1] < order:
                there.append(order)
            else:
                insort(there, order)

    def drop(self, order: Order, keys: Iterable[Key]) -> None:
        """Take an account out again."""
        for key in keys:
            there = self._lists[key]
            del there[bisect_left(there, order)]
            if not there:
                del self._lists[key]

    def near(self, order: Order, keys: Iterable[Key]) -> Iterator[tuple[Key, Order]]:
        """Keys with the accounts that have them too, rare keys first, up to a limit in all."""
        left = _LOOKED_AT
        lists = ((key, self._lists[key]) for key in keys if key in self._lists)
        for key, there in sorted(lists, key=lambda item: (len(item[1]), str(item[0]))):
            if left <= 0:
                return
            found = _nearest(there, order, min(left, _NEAREST))
            left -= len(found)
            for each in found:
                yield key, each


def _nearest(there: list[Order], order: Order, count: int) -> list[Order]:
    if len(there) <= count:
        return there
    at = bisect_left(there, order)
    start = max(0, min(at - count // 2, len(there) - count))
    return there[start : start + count]


class Accounts:
    """All statements that are compared. Whatever the order they are added in, it finds the same."""

    def __init__(self) -> None:
        self._held: dict[str, Account] = {}
        self._by_order: dict[Order, Account] = {}
        self._same: dict[Hashable, list[Order]] = {}  # equal statements, the first one indexed
        self._words: Counter[str] = Counter()  # in how many statements a term is
        self._weights: dict[str, float] = {}  # of terms, until a statement comes or goes
        self._shingled: Postings[int] = Postings()
        self._figured: Postings[tuple[str, str]] = Postings()
        self._sourced: Postings[tuple[str, str]] = Postings()

    def __len__(self) -> int:
        return len(self._held)

    def __iter__(self) -> Iterator[Account]:
        return iter(self._held.values())

    def get(self, key: str) -> Account | None:
        """The account with an id."""
        return self._held.get(key)

    def add(self, account: Account) -> None:
        """Take in a statement; one with the same id is replaced."""
        self.drop(account.id)
        self._held[account.id] = account
        self._by_order[account.order] = account
        self._words.update(account.around)
        self._weights.clear()
        same = self._same.setdefault(_sameness(account), [])
        insort(same, account.order)
        if same[0] == account.order:
            if len(same) > 1:
                self._unindex(self._by_order[same[1]])
            self._index(account)

    def drop(self, key: str) -> None:
        """Take out a statement, if it is there."""
        account = self._held.pop(key, None)
        if account is None:
            return
        self._words.subtract(account.around)
        self._weights.clear()
        same = self._same[_sameness(account)]
        first = same[0] == account.order
        same.remove(account.order)
        if first:
            self._unindex(account)
            if same:
                self._index(self._by_order[same[0]])
        if not same:
            del self._same[_sameness(account)]
        del self._by_order[account.order]

    def _index(self, account: Account) -> None:
        self._shingled.add(account.order, account.shingles)
        self._figured.add(account.order, _figure_keys(account))
        self._sourced.add(account.order, _source_keys(account))

    def _unindex(self, account: Account) -> None:
        self._shingled.drop(account.order, account.shingles)
        self._figured.drop(account.order, _figure_keys(account))
        self._sourced.drop(account.order, _source_keys(account))

    def weigh(self, term: str) -> float:
        """How much a term tells: the logarithm of how few of the statements have it."""
        found = self._weights.get(term)
        if found is None:
            found = math.log(1 + len(self._held) / max(1, self._words[term]))
            self._weights[term] = found
        return found

    def links(self, account: Account) -> list[ProposedLink]:
        """The links proposed for one statement, the best first; it need not be among those held.

        Of others that are equal in all it is put beside the first.
        """
        found: list[ProposedLink] = []
        for other in self._beside(account):
            link = proposed_link(account, other, self.weigh)
            if link is not None:
                found.append(link)
        return sorted(found, key=by_score)

    def all_links(self, progress: Callable[[int], None] | None = None) -> list[ProposedLink]:
        """The links proposed between all, each once, the best first.

        Of statements that are equal in all the first one alone has links, and each other one a
        link to it. `progress` is told how many statements are done.
        """
        found: dict[str, ProposedLink] = {}
        done = 0
        for same in self._same.values():
            first, *others = (self._by_order[order] for order in same)
            found |= {link.id: link for link in self.links(first)}
            for other in others:
                link = proposed_link(other, first, self.weigh)
                if link is not None:
                    found[link.id] = link
            done += len(same)
            if progress is not None:
                progress(done)
        return sorted(found.values(), key=by_score)

    def _beside(self, account: Account) -> list[Account]:
        """The statements that one is worth comparing with."""
        order = account.order
        found = _often(self._shingled.near(order, account.shingles), _SHINGLES)
        found |= _often(self._sourced.near(order, _source_keys(account)), _TERMS)
        weights: dict[Order, float] = {}
        for (_, word), other in self._figured.near(order, _figure_keys(account)):
            weights[other] = weights.get(other, 0.0) + self.weigh(word)
        found.update(sorted(weights, key=lambda each: (-weights[each], each))[:_COMPARED])
        same = self._same.get(_sameness(account), [])
        if same and same[0] == order:
            found.update(same[1 : _SAME + 1])
        found.discard(order)
        return [self._by_order[each] for each in sorted(found)]


def without_chains(links: Iterable[ProposedLink]) -> list[ProposedLink]:
    """Links without those `repeats` that others make plain.

    Of all that a statement repeats only the earliest is left: that the others are the same, their
    own links say.
    """
    everything = list(links)
    earliest: dict[str, ProposedLink] = {}
    for link in everything:
        if link.kind == "repeats":
            known = earliest.get(link.from_.id)
            if known is None or _order(link.to) < _order(known.to):
                earliest[link.from_.id] = link
    return [k for k in everything if k.kind != "repeats" or earliest[k.from_.id] is k]


def _order(end: Quoted) -> Order:
    return end.published, end.id


def by_score(link: ProposedLink) -> tuple[float, str]:
    """The order in which links are shown: the surest first."""
    return -link.score, link.id


def _sameness(account: Account) -> Hashable:
    """What two statements have in common that are compared with all others in the same way."""
    return (
        account.shingles or account.own,
        account.origin.key or account.origin.name,
        account.own,
        account.modality,
        account.about,
        account.place,
        (account.when.edtf, account.when.text) if account.when is not None else None,
        tuple((figure.kind, figure.unit, figure.stated) for figure in account.figures),
    )


def _often(entries: Iterable[tuple[Hashable, Order]], least: int) -> set[Order]:
    """Those that come up most often, at least so many times."""
    counts = Counter(order for _, order in entries)
    often = sorted((-count, order) for order, count in counts.items() if count >= least)
    return {order for _, order in often[:_COMPARED]}


def _figure_keys(account: Account) -> set[tuple[str, str]]:
    """The words and the source of a statement, by the kind of each of its figures."""
    kinds = {"/".join(figure.kind) for figure in account.figures if not figure.former}
    words = [*account.around, *(f"@{name}" for name in _sources(account))] if kinds else []
    return {(kind, word) for kind in kinds for word in words}


def _source_keys(account: Account) -> set[tuple[str, str]]:
    """The words of a statement without figures, by its source."""
    if account.figures:
        return set()
    return {(name, word) for name in _sources(account) for word in account.own}


def _sources(account: Account) -> set[str]:
    """The names that the source of a statement may be found under."""
    return {account.origin.key, account.origin.initials} - {""} if account.origin.key else set()
