"""Keys that review: the queue, a decision a key, reasons, flags; what changed is decided on too."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf
from time import monotonic

from textual.message import Message
from textual.timer import Timer

from tui.model import records
from tui.model.filters import Filter
from tui.model.records import REJECT_REASONS, Decision, Highlight, Step
from tui.screens.handling import Hands, does
from tui.screens.review_queue import DRAFTS, PROPOSALS, Review, Scope, scopes
from tui.screens.settling import settle, settle_altered

EVERYTHING = (*DRAFTS, *PROPOSALS)
SLICE, PAUSE = 0.02, 0.002  # seconds of looking through, and between two of them
LATER = 0.5  # seconds until it is looked whether more has come


class Reviewing(Hands):
    """What `R`, and in a review `a x ! X ] [`, do."""

    _timer: Timer | None = None  # until articles are looked through again

    @does("review.begin")
    def begin(self, _argument: str) -> None:
        self.offer()

    def offer(
        self, where: str = "", kinds: Sequence[str] = EVERYTHING, wanted: Filter | None = None
    ) -> None:
        """Say what will be reviewed; Enter starts, Tab goes on to what else there is."""
        if self.screen.form is not None:
            self.screen.say("a claim is open: Enter saves it, q leaves it")
            return
        found = self._scopes(kinds, wanted or Filter())
        if not found:
            self.screen.say("nothing to review: no draft and no proposal (c makes a claim)")
            return
        first = next((i for i, scope in enumerate(found) if where in ("", scope.where)), 0)
        self._offer([*found[first:], *found[:first]])

    def _scopes(self, kinds: Sequence[str], wanted: Filter) -> list[Scope]:
        screen = self.screen
        here = screen.place.article.id
        listed = [entry.id for entry in screen.listed()]
        after = listed[listed.index(here) + 1 :] if here in listed else []
        if not screen.proposing.shown:
            kinds = [kind for kind in kinds if kind not in PROPOSALS]
        return scopes(screen.desk, here, after, kinds, wanted, more=screen.scanning.under_way)

    def _offer(self, found: Sequence[Scope]) -> None:
        """Offer the first of several scopes."""
        first, *others = found
        turned = [*others, first]
        self.screen.asking.confirm(
            first.words() + (f" · Tab: {others[0].name}" if others else ""),
            lambda: self.start(Review.of(first)),
            widen=(lambda: self._offer(turned)) if others else None,
        )

    def start(self, review: Review) -> None:
        """Begin with the first claim."""
        self.screen.review = review
        if review.queue:
            self.show()
        else:
            self.read_on()

    def read_on(self) -> None:
        """Go on to the next article in which something waits, as soon as it has been read."""
        screen, review = self.screen, self.screen.review
        if review is None or not review.over:
            return
        if self._looked_through(review):
            if review.over:
                screen.say(f"reviewed all {len(review.queue)}: q leaves the review")
                return
            if review.kinds == PROPOSALS:
                screen.desk.read_ahead(review.rest)
            review.index = next(
                i for i, (_, each) in enumerate(review.queue) if each not in review.decided
            )
            self.show()

    def _looked_through(self, review: Review) -> bool:
        """Look through articles for a moment; False if it goes on after that by itself."""
        screen, end = self.screen, monotonic() + SLICE
        if review.growing and not review.rest:
            review.growing = screen.scanning.under_way
            review.add(screen.desk.to_review(review.wanted)[0])
        while review.rest:
            article = review.rest[0]
            found = screen.desk.waiting(article, review.kinds, review.wanted)
            unread = review.kinds == PROPOSALS and not found
            if unread and not screen.desk.read_for_proposals(article):
                screen.desk.read_ahead(review.rest)
                return False
            del review.rest[0]
            review.queue += [(each.article, each.id) for each in found]
            if found and not review.over:
                return True
            if monotonic() > end:
                self._later(PAUSE)
                return False
        if review.growing:
            self._later(LATER)
        return not review.growing

    def _later(self, seconds: float) -> None:
        if self._timer is not None:
            self._timer.stop()
        self._timer = self.screen.set_timer(seconds, self._look_on)

    def _look_on(self) -> None:
        self.screen.change(self.read_on)
        self.screen.sync()

    def show(self) -> None:
        """Bring the claim under review before the analyst's eyes."""
        review = self.screen.review
        if review is None:
            return
        review.painted = inf
        article, claim = review.current
        self.screen.go_to(article, focus=claim)
        self.screen.call_after_refresh(self._painted)

    def _painted(self) -> None:
        if self.screen.review is not None:
            self.screen.review.painted = Message().time

    @does("review.accept")
    def accept(self, _argument: str) -> None:
        self._decide("accept")

    @does("review.reject")
    def reject(self, _argument: str) -> None:
        self._decide("reject")

    @does("review.reject-reason")
    def reject_because(self, argument: str) -> None:
        self._decide("reject", REJECT_REASONS[int(argument) - 1])

    @does("review.flag")
    def flag(self, _argument: str) -> None:
        if not self._ready():
            return
        claim = self.screen.reviewed() or self.screen.place.only_claim()
        if claim is None:
            self.screen.say("a, x and ! decide on a claim: ] focuses one")
            return
        flagged = self.screen.place.annotations.status(claim).flagged
        self.screen.desk.review(claim.id, "none", flag=not flagged)
        self.screen.say("flag taken off" if flagged else "flagged")
        if not flagged:
            self._on(claim.id)

    def _ready(self) -> bool:
        """A decision counts only for a claim that was painted before the key was pressed."""
        review = self.screen.review
        if review is not None and review.over:
            self.screen.say("the review is at its end: q leaves it, u takes the last one back")
            return False
        return review is None or self.screen.key_time > review.painted

    def _decide(self, decision: str, reason: str = "") -> None:
        screen = self.screen
        if not self._ready():
            return
        claim = screen.reviewed()
        if screen.review is None and screen.proposing.decide_link(decision):
            return
        meant = screen.place.focus if screen.review is None else screen.review.current[1]
        if screen.proposing.decide(decision, reason) is not None:
            self._on(meant)
            return
        if claim is None and self._changed(meant):
            step = settle(screen, meant, decision)
            if step is not None:
                self._on(meant, *(c.after.id for c in step.changes if c.after.deleted))
            return
        claim = claim or screen.place.only_claim()
        if claim is not None:
            screen.desk.review(claim.id, decision, reason)
            self._on(claim.id)
        elif not settle_altered(screen, decision):
            screen.say("a, x and ! decide on a claim: ] focuses one")

    def _changed(self, record: str) -> bool:
        """Whether this is a highlight whose words are not in today's text as they were."""
        placed = self.screen.place.annotations.highlight(record)
        return placed is not None and placed.unsettled

    def _on(self, *dealt_with: str) -> None:
        """To the next of the queue that was not dealt with; the last one stays in sight."""
        review = self.screen.review
        if review is None:
            return
        review.decided |= {each for _, each in review.queue} & set(dealt_with)
        left = [i for i, (_, claim) in enumerate(review.queue) if claim not in review.decided]
        if left:
            review.index = next((i for i in left if i > review.index), left[0])
            self.show()
        elif review.rest or review.growing:
            self.read_on()
        else:
            self.screen.say(
                f"reviewed all {len(review.queue)}: u takes the last one back, q leaves the review"
            )

    def undone(self, step: Step) -> None:
        """Follow an undo or redo to the claim that it decided on."""
        review = self.screen.review
        if review is None:
            return
        claims = {c.after.claim for c in step.changes if isinstance(c.after, records.Review)}
        claims |= {c.after.id for c in step.changes if isinstance(c.after, Highlight)}
        claims |= {c.after.suggestion for c in step.changes if isinstance(c.after, Decision)}
        at = next((i for i, (_, claim) in enumerate(review.queue) if claim in claims), None)
        if at is None:
            return
        if step.kind == "undo":
            review.decided -= claims
            review.index = at
            self.show()
        else:
            review.index = at
            self._on(review.queue[at][1])

    def finish(self) -> None:
        """Leave the review and say how it went."""
        review = self.screen.review
        self.screen.review = None
        if review is not None:
            done = f"{len(review.decided)} of {len(review.queue)}"
            self.screen.say(f"reviewed {done}: u takes the last one back")

    @does("review.skip")
    def skip(self, _argument: str) -> None:
        review = self.screen.review
        if review is not None and self._ready():
            if all(c in review.decided or (a, c) == review.current for a, c in review.queue):
                self.screen.say("this is the only one left: a, x or q")
                return
            self._on()

    @does("review.back")
    def back(self, _argument: str) -> None:
        review = self.screen.review
        if review is None:
            return
        if review.index:
            review.index -= 1
            self.show()
        else:
            self.screen.say("this is the first one")
