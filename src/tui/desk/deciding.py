"""The analyst decides on what is proposed: taken as a claim, or dropped; each one undoable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from tui.desk import edits, proposed, sealing
from tui.desk.ahead import Ahead
from tui.desk.events import Changed, DeskError
from tui.desk.teaching import Teaching
from tui.model.articles import Article
from tui.model.ids import new_id
from tui.model.records import PROPOSED, Change, Claim, Hop, Review, Step
from tui.model.sources import Registry
from tui.model.spans import Extent
from tui.model.wording import counted

if TYPE_CHECKING:
    from tui.analysis import Suggestion

_SMALL = 200_000  # bytes of a file that takes no time to read
Chosen = Mapping[str, Sequence[str]]  # ids of proposals by article

_AHEAD = 4  # articles that are read at a time before anybody opens them


class Deciding(Teaching):
    """Proposals that stand open, and what becomes of them."""

    _shown: tuple[tuple[Any, ...], tuple[Suggestion, ...]] | None = None
    _opened: _Opened | None = None

    @cached_property
    def _ahead(self) -> Ahead:
        return Ahead(self._read_one, self._proposals)

    def _read_one(self) -> None:
        """An article was read for proposals; called from another thread."""
        self._writer.post(Changed("", frozenset(), "proposals"))

    # what is proposed

    def proposals(self, article: str) -> tuple[Suggestion, ...]:
        """What is proposed for an article and not decided on yet, in text order.

        Each has the rank that the learner gives it.

        Whoever listens to events is not kept waiting: while the text is read in another process
        there is nothing, and a Changed event of origin `proposals` says when there is. Raises
        DeskError without a text.
        """
        opened = self.article(article)
        everything = self._proposed(opened)
        notes = self.annotations(opened.id)
        learner = self.learner if everything else None
        made_of = (opened.id, everything, notes.claims, notes.decisions, learner)
        if self._shown is None or not _same(self._shown[0], made_of):
            left = proposed.still_open(everything, notes, self.analyst)
            self._shown = made_of, self.ranked(left)
        return self._shown[1]

    def read_ahead(self, articles: Sequence[str]) -> None:
        """Have articles read for proposals that may be opened soon, the likeliest first."""
        if not self._listened:
            return
        from tui.desk import suggesting

        wanted: dict[str, tuple[Article, Registry]] = {}
        for article in articles[:_AHEAD]:
            opened = self._text(article) if self._quickly_read(article) else None
            if opened is None:
                continue
            key = self._suggestions_key(opened)
            if key not in self._suggested:
                wanted[key] = suggesting.part_read(opened), self._mentioned(opened)
        self._ahead.want(wanted)

    def _quickly_read(self, article: str) -> bool:
        """Whether a text is at hand, or in a small file that is read at once."""
        article = self._known.canonical(article)
        first = self._library.files(article)[:1]
        small = any(not found.key and found.size <= _SMALL for found in first)
        return small or self._library.texts.get(article) is not None

    @property
    def reading_ahead(self) -> int:
        """How many articles are being read for proposals, or wait for that."""
        return self._ahead.pending

    def read_for_proposals(self, article: str) -> bool:
        """Whether it is known what is proposed for an article, or that it cannot be."""
        opened = self._text(article)
        if opened is None or not self._listened:
            return True
        self._proposed(opened)
        key = self._suggestions_key(opened)
        return key in self._suggested or self._ahead.refused(key)

    def proposed_claim(self, article: str, proposal: Suggestion) -> Claim:
        """The claim that a proposal is, with the letters its sources are held at; not saved."""
        from tui.analysis import proposed_claim

        return self._with_letters(proposed_claim(self.article(article), proposal))

    def _proposed(self, article: Article) -> tuple[Suggestion, ...]:
        """All that is proposed for a text; what it was until now while that is worked out anew.

        Asked after every key: where nothing changed it looks nothing up.
        """
        for key, found in self._ahead.taken().items():
            self._hold(key, found)
        before = self._opened
        if before is None or before.article is not article or before.sources is not self.sources:
            known = before is not None and before.article.revision == article.revision
            self._opened = before = _Opened(
                article,
                self.sources,
                self._suggestions_key(article),
                before.proposals if before is not None and known else (),
            )
        if not before.complete:
            found = self._suggested.get(before.key) if self._listened else self.suggest(article.id)
            if found is not None:
                before.proposals, before.complete = found.proposals, True
        return before.proposals

    # decisions

    def take(self, chosen: Chosen) -> Step | None:
        """Make accepted claims of proposals, in one step; then their sources are known."""
        changes, taken = list[Change](), list[Claim]()
        for article, each in self._chosen_proposals(chosen):
            taken.append(self.proposed_claim(article, each))
            changes += self._accepted(taken[-1], each)
        what = edits.named(taken[0]) if len(taken) == 1 else counted(len(taken), "claim")
        step = self._do(f"take {what}", changes)
        self._meet_sources(taken)
        return step

    def _meet_sources(self, claims: Iterable[Claim]) -> None:
        for hop in (hop for claim in claims for hop in claim.chain[1:]):
            self.meet_source(hop)

    def _chosen_proposals(self, chosen: Chosen) -> Iterator[tuple[str, Suggestion]]:
        """Each with its article; DeskError (code 1) for one that is not open any more."""
        for article, names in chosen.items():
            there = {each.id: each for each in self.proposals(article)}
            for name in names:
                if name not in there:
                    raise DeskError(f"proposal {name} is not open in this article any more", 1)
                yield article, there[name]

    def _accepted(self, claim: Claim, proposal: Suggestion) -> list[Change]:
        """A highlight, a claim on it, its acceptance, and the decision."""
        extents = [span.extent for span in proposal.spans]
        notes, opened = self.annotations(claim.article), self.article(claim.article)
        resting = edits.marked(notes, opened, extents, (), "", self.codebook)
        fresh = replace(claim, id=new_id(), highlight=resting.after.id)
        review = Review(
            id=new_id(), article=claim.article, claim=fresh.id, claim_rev=1, decision="accept"
        )
        decided = proposed.decision(proposal, claim.article, "accept")
        return [resting, Change(None, fresh), Change(None, review), decided]

    def drop(self, chosen: Chosen, reason: str = "") -> Step | None:
        """Reject proposals, in one step: they are not shown again."""
        changes = [
            proposed.decision(each, article, "reject", reason)
            for article, each in self._chosen_proposals(chosen)
        ]
        what = [edits.named(change.after) for change in changes]
        return self._do(
            f"drop {what[0] if len(what) == 1 else counted(len(what), 'proposal')}", changes
        )

    def _decided_by(self, claim: Claim, extents: Sequence[Extent]) -> list[Change]:
        """The decision that comes with saving a new claim which was proposed, changed or not."""
        name = claim.origin.removeprefix(PROPOSED)
        if name == claim.origin:
            return []
        open_ones = (each for each in self.proposals(claim.article) if each.id == name)
        proposal = next(open_ones, None)
        if proposal is None:
            return []
        as_it_was = self.proposed_claim(claim.article, proposal)
        changed = proposed.changed_fields(claim, as_it_was, extents, proposal)
        return [proposed.decision(proposal, claim.article, "accept", changed=changed)]

    def _with_letters(self, claim: Claim) -> Claim:
        """The claim with the letters that the analyst holds its sources at today."""
        today = sealing.now()[:10]
        return replace(claim, chain=tuple(self._held(hop, today) for hop in claim.chain))

    def _held(self, hop: Hop, day: str) -> Hop:
        """The hop with the letter that the analyst holds its source at."""
        known = self.sources.find(hop.source.text) if hop.kind != "anonymous" else None
        letter = known.reliability_on(day) if known is not None and not hop.reliability else ""
        return replace(hop, reliability=letter) if letter else hop

    def close(self) -> None:
        """Save what is left, then let go of everything; see `Workbench.close`."""
        super().close()
        self._ahead.stop()


class _Opened(Struct):
    """The article that proposals were asked for last, and what there was."""

    article: Article
    sources: Registry
    key: str
    proposals: tuple[Suggestion, ...]
    complete: bool = False


def _same(one: Sequence[Any], other: Sequence[Any]) -> bool:
    return one[0] == other[0] and all(a is b for a, b in zip(one[1:], other[1:], strict=True))
