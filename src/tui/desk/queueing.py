"""What waits for a decision: drafts, changed highlights and proposals, as a filter means them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.desk import crossing, edits
from tui.desk.deciding import Deciding
from tui.model.filters import Filter
from tui.model.records import Change, Claim, Highlight, Review
from tui.model.views import Placed

if TYPE_CHECKING:
    from tui.analysis import Suggestion


class Waiting(Struct, frozen=True):
    """Something to be decided on. `kind` is `changed`, `draft` or `proposal`; `words` say what."""

    article: str
    id: str
    kind: str
    words: str


class Queueing(Deciding):
    """Queues for reviewing, and many decisions in one step."""

    def waiting(
        self, article: str, kinds: Sequence[str], wanted: Filter | None = None
    ) -> list[Waiting]:
        """What waits in an article: changed highlights and drafts in text order, then proposals.

        Proposals are in the order of their ranks, those first that are the most worth checking.
        """
        with self._memory.borrowing():
            return self._waiting(article, kinds, wanted or Filter())

    def _waiting(self, article: str, kinds: Sequence[str], wanted: Filter) -> list[Waiting]:
        found: list[Waiting] = []
        if "draft" in kinds or "changed" in kinds:
            found += (each for each in self._undecided(article, wanted) if each.kind in kinds)
        if "proposal" in kinds:
            proposals = sorted(self.matching(article, wanted), key=lambda each: -each.rank)
            found += (
                Waiting(article, each.id, "proposal", _words(self.proposed_claim(article, each)))
                for each in proposals
            )
        return found

    def _undecided(self, article: str, wanted: Filter) -> Iterator[Waiting]:
        article = self._known.canonical(article)
        if not self._entry(article).drafts and not self._may_have_changed(article):
            return
        notes, head = self.annotations(article), self._head(article)
        for placed in notes.highlights:
            parts = (placed, notes.status, head, self.codebook, self.sources)
            if placed.fit == "changed" and wanted.matches(None, *parts):
                yield Waiting(article, placed.record.id, "changed", edits.named(placed.record))
            for claim in notes.claims.get(placed.record.id, ()):
                if notes.status(claim).name == "draft" and wanted.matches(claim, *parts):
                    yield Waiting(article, claim.id, "draft", _words(claim))

    def to_review(self, wanted: Filter | None = None) -> tuple[list[str], int]:
        """The articles in which drafts or changed highlights may wait, and how many drafts do.

        In the order of the list, as far as shards have been read; those come last of which nothing
        but their shards tells whether a highlight changed. No text is read.
        """
        sure, perhaps, drafts = list[str](), list[str](), 0
        wanted = wanted or Filter()
        everywhere = not wanted.articles
        for entry in self.listed():
            if not entry.highlights or not (everywhere or crossing.is_named(entry, wanted)):
                continue
            drafts += entry.drafts
            if not entry.drafts and self._memory.peek(entry.id) is None:
                perhaps.append(entry.id)
            elif entry.drafts or self._may_have_changed(entry.id):
                sure.append(entry.id)
        return sure + perhaps, drafts

    def waiting_everywhere(
        self, kinds: Sequence[str], wanted: Filter | None = None
    ) -> Iterator[Sequence[Waiting]]:
        """What waits in all articles that somebody has annotated, in the order of the list.

        It comes an article at a time, so that whoever asks may answer keys between them.
        """
        for entry in self.listed():
            if entry.highlights and crossing.is_named(entry, wanted or Filter()):
                yield self.waiting(entry.id, kinds, wanted)

    def matching(self, article: str, wanted: Filter) -> tuple[Suggestion, ...]:
        """The open proposals of an article that a filter means, in text order.

        To a filter a proposal is a claim of nobody's, whose status is `proposed`.
        """
        proposals = self.proposals(article)
        if not wanted:
            return proposals
        notes, opened = self.annotations(article), self.article(article)
        return tuple(
            each
            for each in proposals
            if wanted.matches(
                self.proposed_claim(article, each),
                _placed(each),
                notes.status,
                opened,
                self.codebook,
                self.sources,
            )
        )

    def _reviewed(
        self,
        claim: Claim,
        reviews: Iterable[Review],
        decision: str,
        reason: str = "",
        flag: bool | None = None,
    ) -> Change:
        """A decision of the analyst's on a claim as it is now."""
        change = edits.reviewed(claim, reviews, self.analyst, decision, reason, flag)
        kept = self._state(claim.article).records.get(change.after.id)
        if isinstance(kept, Review) and isinstance(change.after, Review):
            # What is shown may count for a later `rev` that says the same.
            return Change(kept, replace(change.after, claim_rev=kept.claim_rev))
        return change


def _placed(proposal: Suggestion) -> Placed:
    spans = proposal.spans
    return Placed(Highlight(spans=spans), tuple(span.extent for span in spans))


def _words(claim: Claim) -> str:
    """Who says what."""
    source = claim.chain[-1].source.text if claim.chain else ""
    statement = " ".join(claim.statement.split())
    return f"{source}: {statement}" if source else statement
