"""The claims of the workspace as they are compared, brought up to date with their records."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from msgspec.structs import replace

from tui.analysis.accounts import account_of_claim
from tui.analysis.across import Accounts
from tui.analysis.proposed_links import ProposedLink
from tui.model.articles import Article
from tui.model.records import Claim, Highlight
from tui.model.sources import Registry
from tui.model.views import Annotations

Stamp = tuple[int | str, str, str, str]  # version of the records; published, title and outlet


class _Article(NamedTuple):
    """What was taken in of one article: its claims with their highlights, and its links."""

    stamp: Stamp
    claims: dict[str, tuple[Claim, Highlight]]
    linked: frozenset[frozenset[str]]
    dropped: frozenset[str]


class Accounting:
    """All claims that are not rejected; what did not change is not read again."""

    def __init__(self, sources: Registry, analyst: str) -> None:
        self.accounts = Accounts()
        self.sources = sources
        self._analyst = analyst
        self._articles: dict[str, _Article] = {}

    def known(self, article: str, stamp: Stamp) -> bool:
        """Whether an article was taken in as it is."""
        found = self._articles.get(article)
        return found is not None and found.stamp == stamp

    def take(self, head: Article, stamp: Stamp, notes: Annotations) -> None:
        """Take in the claims of an article, in place of those of before.

        Rejected ones are left out: they say nothing.
        """
        article = notes.article
        before = self._articles.get(article)
        head = replace(head, id=article)
        same_head = before is not None and before.stamp[1:] == stamp[1:]
        old = before.claims if before is not None else {}
        claims: dict[str, tuple[Claim, Highlight]] = {}
        for placed in notes.highlights:
            for claim in notes.claims.get(placed.record.id, ()):
                if notes.status(claim).name == "rejected":
                    continue
                claims[claim.id] = claim, placed.record
                kept = old.get(claim.id)
                if same_head and kept is not None and kept == claims[claim.id]:
                    continue
                found = account_of_claim(claim, placed.record.spans, head, self.sources)
                self.accounts.add(found)
        for gone in old.keys() - claims.keys():
            self.accounts.drop(gone)
        own = (each for each in notes.decisions if each.by == self._analyst)
        self._articles[article] = _Article(
            stamp,
            claims,
            frozenset(frozenset((link.from_, link.to)) for link in notes.links),
            frozenset(each.suggestion for each in own if each.decision == "reject"),
        )

    def keep_only(self, articles: Iterable[str]) -> None:
        """Forget all other articles."""
        for article in self._articles.keys() - set(articles):
            for claim in self._articles.pop(article).claims:
                self.accounts.drop(claim)

    def settled(self, link: ProposedLink) -> bool:
        """Whether there is a link between the two already, or the analyst dropped this one."""
        ends = frozenset((link.from_.id, link.to.id))
        there = (self._articles.get(end.article) for end in (link.from_, link.to))
        return any(
            ends in found.linked or link.id in found.dropped for found in there if found is not None
        )
