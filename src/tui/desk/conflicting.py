"""What crosses articles: links that are proposed between statements, and texts that are alike."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.desk import edits, proposed
from tui.desk.entries import Entry
from tui.desk.events import DeskError
from tui.desk.queueing import Queueing
from tui.model.articles import Outline
from tui.model.ids import new_id
from tui.model.records import Change, Claim, Decision, Step
from tui.model.spans import Extent
from tui.model.views import Annotations

if TYPE_CHECKING:
    from tui.analysis import Suggestion, Suggestions
    from tui.analysis.accounts import Account
    from tui.analysis.across import Accounts
    from tui.analysis.proposed_links import ProposedLink
    from tui.analysis.resembling import Resembling
    from tui.analysis.shingles import Likeness, Sketch
    from tui.desk.accounting import Accounting
    from tui.desk.sketches import Sketches
    from tui.model.sources import Registry

_SHOWN = 2  # of them for each claim in the panel
_TOLD = 50  # links that are proposed for one claim, the best

Progress = Callable[[str, int, int], None]  # what is done: `proposing` or `comparing`, how far, of


class NearDuplicate(Struct, frozen=True):
    """An article with much the same text as another one, and how alike they are."""

    entry: Entry
    likeness: Likeness


class Conflicting(Queueing):
    """Comparisons across articles. Nothing they say is a link until `link` makes it one."""

    _accounting: Accounting | None = None
    # Of an article, with the sources of then, while that lasts.
    _gathering: tuple[str, Registry | None, Iterator[None]] = "", None, iter(())
    _resembling: tuple[list[tuple[str, str]], Resembling] | None = None

    # claims

    def comparisons(self, claim_id: str) -> tuple[ProposedLink, ...]:
        """The links proposed between a claim and all others of the workspace, the best first.

        Not those between claims that are linked already, nor those the analyst dropped. Claims
        that did not change since it was asked last are not read again. Raises DeskError (code 1)
        for no claim.
        """
        record = self._record(claim_id)
        if not isinstance(record, Claim):
            raise DeskError(f"{claim_id} is a {record.type}, not a claim")
        accounting = self._accounts()
        account = accounting.accounts.get(claim_id)
        if account is None:
            return ()
        found = _open(accounting.accounts.links(account), accounting)
        return tuple(islice(found, _TOLD))

    def conflicts(
        self,
        kinds: Collection[str] = (),
        *,
        articles: Collection[str] | None = None,
        proposals: bool = False,
        progress: Progress | None = None,
    ) -> list[ProposedLink]:
        """The links proposed between all claims, and with `proposals` between these too.

        The best first, of the `kinds` that are asked for (none: all), with an end in one of the
        `articles` (None: all). Of what one statement repeats only the earliest is told. Proposals
        are those of the opened articles that no claim stands for and that the analyst did not drop.
        `progress` is told what is being done, how far, of how much.
        """
        from tui.analysis.across import without_chains

        accounting = self._accounts()
        index = accounting.accounts
        if proposals:
            index = self._with_proposals(index, progress)
        told = _telling(progress, "comparing", len(index))
        found = _open(index.all_links(told), accounting)
        return [
            link
            for link in without_chains(found)
            if (not kinds or link.kind in kinds)
            and (articles is None or not {link.from_.article, link.to.article}.isdisjoint(articles))
        ]

    def accept_link(self, link: ProposedLink) -> Step | None:
        """Make a proposed link, in one step with the decision."""
        ends = [self._record(end.id) for end in (link.from_, link.to)]
        one, other = (end for end in ends if isinstance(end, Claim))
        links = [*self.annotations(one.article).links, *self.annotations(other.article).links]
        made = edits.linked(one, other, link.kind, links)
        if made is None:
            return None
        decided = Decision(
            id=new_id(), article=link.from_.article, suggestion=link.id, decision="accept"
        )
        label = f"link: {edits.named(one)} {link.kind} {edits.named(other)}"
        return self._do(label, [made, Change(None, decided)])

    def drop_link(self, link: ProposedLink) -> Step | None:
        """Have a proposed link not proposed again. To accept it, make it: `link`."""
        decided = Decision(
            id=new_id(), article=link.from_.article, suggestion=link.id, decision="reject"
        )
        return self._do(f"drop: {link.kind}", [Change(None, decided)])

    def gather_claims(self, article: str, seconds: float) -> bool:
        """Take in what claims of an article are compared with, for about that long.

        True while some remains.
        """
        end = monotonic() + seconds
        if not self._heads_read:
            return True
        of, sources, steps = self._gathering
        if of != article or sources is not self.sources:
            steps = self._accounted(self._compared_with(article))
            self._gathering = article, self.sources, steps
        for _ in steps:
            if monotonic() >= end:
                return True
        self._gathering = "", None, iter(())
        return False

    def proposed_links(self, article: str) -> Mapping[str, Sequence[ProposedLink]]:
        """The likeliest links that are proposed for each claim of an article, by claim.

        None of those that there are already, or that the analyst dropped.
        """
        claims = self.annotations(article).all_claims()
        accounting = self._accounts(self._compared_with(article)) if claims else None
        found: dict[str, Sequence[ProposedLink]] = {}
        for claim in claims:
            account = accounting.accounts.get(claim.id) if accounting is not None else None
            if accounting is not None and account is not None:
                links = islice(_open(accounting.accounts.links(account), accounting), _SHOWN)
                found[claim.id] = tuple(links)
        return {claim: links for claim, links in found.items() if links}

    def _compared_with(self, article: str) -> Collection[str]:  # noqa: ARG002
        """The articles with whose claims those of an article are compared, its own among them."""
        return self._annotated_ids()

    def _accounts(self, articles: Collection[str] | None = None) -> Accounting:
        """The claims of some articles (None: all) as they are now."""
        self._read_heads()
        for _ in self._accounted(self._annotated_ids() if articles is None else articles):
            pass
        assert self._accounting is not None
        return self._accounting

    def _version(self, article: str) -> int | str:
        """Another one when the records of an article are others."""
        return self._state(article).version

    def _accounted(self, articles: Collection[str]) -> Iterator[None]:
        """Bring the claims of some articles up to date with their records, one at a time."""
        from tui.desk.accounting import Accounting

        self._catch_up()
        found = self._accounting
        if found is None or found.sources is not self.sources:
            found = self._accounting = Accounting(self.sources, self.analyst)
        there: list[str] = []
        for article in map(self._known.canonical, articles):
            there.append(article)
            head = self._head(article)
            stamp = (self._version(article), head.published, head.title, head.outlet)
            if not found.known(article, stamp):
                with self._memory.borrowing():
                    found.take(head, stamp, self._unplaced(article, linked=True))
                yield
        found.keep_only(there)

    def _with_proposals(self, claims: Accounts, progress: Progress | None) -> Accounts:
        """The claims, and what is proposed for the opened articles and still open."""
        from tui.analysis.across import Accounts

        found = Accounts()
        for account in claims:
            found.add(account)
        articles = [entry.id for entry in self.entries()]
        told = _telling(progress, "proposing", len(articles))
        for suggestions in self.suggest_all(articles, told):
            for account in self._proposed_accounts(suggestions):
                found.add(account)
        return found

    def _proposed_accounts(self, suggestions: Suggestions) -> Iterator[Account]:
        from tui.analysis.accounts import account_of_proposal

        article = suggestions.article
        opened = self._text(article)
        if opened is None or opened.revision != suggestions.revision:  # it changed meanwhile
            return
        state = self._state(article)
        notes = self.annotations(article) if state.records else Annotations(article)
        for each in proposed.still_open(suggestions.proposals, notes, self.analyst):
            sentences = _sentences(self.outline(article), each)
            yield account_of_proposal(each, opened, sentences, self.sources)

    # texts

    def near_duplicates(self, article: str) -> tuple[NearDuplicate, ...]:
        """The articles of the opened paths with much the same text as one, the likest first.

        Half of the runs of words of the shorter text stand in the other one. What `sample` has not
        read yet of the articles is read first. Raises DeskError without a text.
        """
        from tui.analysis.resembling import LEAST
        from tui.analysis.shingles import likeness, shingles

        own = shingles(self.article(article).text)
        self.sample()
        found: list[NearDuplicate] = []
        for other in self._alike().near(self._known.canonical(article)):
            opened = self._text(other)
            alike = likeness(own, shingles(opened.text)) if opened is not None else None
            if alike is not None and alike.containment >= LEAST:
                found.append(NearDuplicate(self.entry(other), alike))
        return tuple(sorted(found, key=lambda each: (-each.likeness.containment, each.entry.id)))

    def sample(self, seconds: float | None = None) -> bool:
        """Read texts for about that long (all of them for None); True while some remain.

        Samples of them are kept, so that no text is read twice for that.
        """
        end = None if seconds is None else monotonic() + seconds
        for article, revision in self._revisions():
            if self._sketches.get(revision) is None:
                self._sketches.put(revision, self._sketched(article))
                if end is not None and monotonic() >= end:
                    return True
        self._sketches.save(revision for _, revision in self._revisions())
        return False

    def _sketched(self, article: str) -> Sketch:
        """The sample of a text; an empty one where that is not to be had."""
        from tui.analysis.shingles import shingles, sketch

        opened = self._library.texts.get(article)
        try:
            text = opened.article.text if opened is not None else self._read(article).text
        except DeskError:
            text = ""
        return sketch(shingles(text))

    @cached_property
    def _sketches(self) -> Sketches:
        from tui.desk.sketches import Sketches

        cache = self._proposals.parent / "sketches" if self._proposals is not None else None
        return Sketches(cache, self.root)

    def _alike(self) -> Resembling:
        """The index of all samples, made anew where the articles are others than before."""
        from tui.analysis.resembling import Resembling
        from tui.analysis.shingles import Sketch

        now = list(self._revisions())
        if self._resembling is None or self._resembling[0] != now:
            nothing = Sketch(0, ())
            held = ((article, self._sketches.get(text) or nothing) for article, text in now)
            self._resembling = now, Resembling(held)
        return self._resembling[1]

    def _revisions(self) -> Iterator[tuple[str, str]]:
        """The articles of the opened paths and their texts of today, oldest first."""
        return ((entry.id, entry.revision) for entry in self.entries())


def _open(links: Iterable[ProposedLink], accounting: Accounting) -> Iterator[ProposedLink]:
    return (link for link in links if not accounting.settled(link))


def _sentences(outline: Outline, proposal: Suggestion) -> Sequence[Extent]:
    """The sentences that a proposal stands in."""
    found: dict[Extent, None] = {}
    for span in proposal.spans:
        at = bisect_right(outline.sentences, span.start, key=lambda each: each.start) - 1
        if at >= 0:
            found[outline.sentences[at].extent] = None
    return tuple(found)


def _telling(progress: Progress | None, what: str, total: int) -> Callable[[int], None] | None:
    return (lambda done: progress(what, done, total)) if progress is not None else None
