"""What a review goes over: which queues there are, and where one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import inf
from time import monotonic

from msgspec import Struct, field

from tui.desk import Desk, Waiting
from tui.model.filters import Filter
from tui.model.wording import counted

DRAFTS, PROPOSALS = ("changed", "draft"), ("proposal",)  # kinds that are reviewed together


class Scope(Struct, frozen=True):
    """Whose decisions are wanted: of one article or the workspace, drafts or proposals.

    `rest` are the articles that come after the first queue: each is read when it is its turn.
    `drafts` are those that wait in `rest`. With `more` others may come, as articles are still read.
    """

    where: str  # "article" or "workspace"
    kinds: tuple[str, ...]
    queue: Sequence[Waiting]
    wanted: Filter
    rest: Sequence[str] = ()
    drafts: int = 0
    more: bool = False

    @property
    def name(self) -> str:
        """What it is, in a word or two."""
        if self.kinds == DRAFTS:
            return self.where
        return "proposals" if self.where == "article" else "proposals of all that follows"

    def words(self) -> str:
        """What will be reviewed."""
        if self.kinds == DRAFTS and (self.rest or self.more):
            return self._workspace()
        where = "this article"
        if self.rest:
            where += f" and the {counted(len(self.rest), 'article')} after it"
        asked = f", {self.wanted.describe()}" if self.wanted else ""
        return f"review {where}, {_counted(self.queue, self.kinds)}{asked}"

    def _workspace(self) -> str:
        """The workspace and its drafts; with a filter nobody has counted yet how many it means."""
        articles = counted(len(self.rest), "article") + (" so far" if self.more else "")
        if self.wanted:
            return f"review the workspace, {articles} to look through, {self.wanted.describe()}"
        what = counted(self.drafts, "draft") if self.drafts else "what may have changed"
        return f"review the workspace, {what} in {articles}"


def scopes(
    desk: Desk,
    article: str,
    after: Sequence[str],
    kinds: Iterable[str],
    wanted: Filter,
    *,
    more: bool = False,
) -> list[Scope]:
    """All that may be reviewed and is not nothing: what is nearest first.

    `after` are the articles behind the open one, in the order of the list; there may be `more` of
    them in a while.
    """
    found: list[Scope] = []
    if set(DRAFTS) <= set(kinds):
        here = desk.waiting(article, DRAFTS, wanted)
        everywhere, drafts = desk.to_review(wanted)
        found.append(Scope("article", DRAFTS, here, wanted))
        if more or any(each != article for each in everywhere):
            found.append(Scope("workspace", DRAFTS, (), wanted, everywhere, drafts, more))
    if set(PROPOSALS) <= set(kinds):
        here = desk.waiting(article, PROPOSALS, wanted)
        found.append(Scope("article", PROPOSALS, here, wanted))
        if after:
            found.append(Scope("workspace", PROPOSALS, here, wanted, after))
    return [scope for scope in found if scope.queue or scope.rest or scope.more]


def _counted(queue: Sequence[Waiting], kinds: Sequence[str]) -> str:
    """How many of each kind a queue has."""
    if kinds == PROPOSALS:
        return counted(len(queue), "proposal")
    changed = sum(each.kind == "changed" for each in queue)
    drafts = len(queue) - changed
    words = [counted(drafts, "draft")] if drafts or not changed else []
    return ", ".join([*words, f"{changed} changed"] if changed else words)


class Review(Struct):
    """A review under way: what it goes over, where it stands, what was decided.

    The queue has article and id of drafts, changed highlights or proposals; `rest` the articles
    that are still to be read for more of these `kinds`, which `wanted` has to mean; while it is
    `growing`, others may come that are not in `met`.
    """

    kinds: tuple[str, ...]
    queue: list[tuple[str, str]]
    rest: list[str] = field(default_factory=list[str])
    wanted: Filter = field(default_factory=Filter)
    growing: bool = False
    met: set[str] = field(default_factory=set[str])
    index: int = 0
    decided: set[str] = field(default_factory=set[str])
    started: float = field(default_factory=monotonic)
    painted: float = inf  # when the claim was brought on the screen, in the time of events

    @classmethod
    def of(cls, scope: Scope) -> Review:
        """The review of a scope, at its beginning."""
        queue = [(each.article, each.id) for each in scope.queue]
        rest = list(scope.rest)
        return cls(scope.kinds, queue, rest, scope.wanted, scope.more, set(rest))

    def add(self, articles: Iterable[str]) -> None:
        """Have those of some articles looked through that were not met yet."""
        fresh = [article for article in articles if article not in self.met]
        self.met.update(fresh)
        self.rest += fresh

    @property
    def current(self) -> tuple[str, str]:
        """(article id, id) of what is under review; both empty before there is anything."""
        return self.queue[self.index] if self.queue else ("", "")

    @property
    def over(self) -> bool:
        """Whether everything in the queue was dealt with."""
        return all(claim in self.decided for _, claim in self.queue)

    def words(self) -> str:
        """Progress, remaining and pace, for the status line."""
        more = f" · {counted(len(self.rest), 'article')} to come" if self.rest else ""
        if self.over:
            if self.rest or self.growing:
                return f"reading on{more}"
            return f"the end of the review, {len(self.queue)} of {len(self.queue)}"
        left = len(self.queue) - len(self.decided)
        minutes = (monotonic() - self.started) / 60
        pace = f" · {len(self.decided) / minutes:.0f} a minute" if self.decided and minutes else ""
        return f"review {self.index + 1} of {len(self.queue)} · {left} left{pace}{more}"
