"""Keys that review: the queue, a decision a key, reasons, flags; what changed is decided on too."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from time import monotonic

from msgspec import Struct, field
from textual.message import Message

from tui.model import records
from tui.model.records import REJECT_REASONS, Highlight, Step
from tui.model.views import Annotations
from tui.model.wording import counted
from tui.screens.handling import Hands, does
from tui.screens.settling import settle, settle_altered


class Review(Struct):
    """A review under way: what it goes over, where it stands, what was decided.

    The queue has (article, draft claim) or (article, highlight whose words changed) in order.
    """

    queue: list[tuple[str, str]]
    index: int = 0
    decided: set[str] = field(default_factory=set[str])
    started: float = field(default_factory=monotonic)
    painted: float = inf  # when the claim was brought on the screen, in the time of events

    @property
    def current(self) -> tuple[str, str]:
        """(article id, id of the claim or changed highlight) under review."""
        return self.queue[self.index]

    @property
    def over(self) -> bool:
        """Whether everything in the queue was dealt with."""
        return all(claim in self.decided for _, claim in self.queue)

    def words(self) -> str:
        """Progress, remaining and pace, for the status line."""
        if self.over:
            return f"the end of the review, {len(self.queue)} of {len(self.queue)}"
        left = len(self.queue) - len(self.decided)
        minutes = (monotonic() - self.started) / 60
        pace = f" · {len(self.decided) / minutes:.0f} a minute" if self.decided and minutes else ""
        return f"review {self.index + 1} of {len(self.queue)} · {left} left{pace}"


class Reviewing(Hands):
    """What `R`, and in a review `a x ! X ] [`, do."""

    @does("review.begin")
    def begin(self, _argument: str) -> None:
        self.offer("article")

    def offer(self, scope: str) -> None:
        """Say what will be reviewed; Enter starts, Tab changes between article and workspace."""
        queue = self.queue(scope)
        here = scope == "article"
        where, elsewhere = ("this article", "workspace") if here else ("the workspace", "article")
        other = "workspace" if here else "article"
        if self.screen.form is not None:
            self.screen.say("a claim is open: Enter saves it, q leaves it")
            return
        if not queue and not self.queue(other):
            self.screen.say("nothing to review: no claim is a draft (c makes one)")
            return
        self.screen.asking.confirm(
            f"review {where}, {self._counted(queue)} · Tab: {elsewhere}",
            lambda: self.start(queue),
            widen=lambda: self.offer(other),
        )

    def queue(self, scope: str) -> list[tuple[str, str]]:
        """Changed highlights and drafts in text order; of the workspace, article by article."""
        article, desk = self.screen.place.article.id, self.screen.desk
        if scope == "article":
            return [(article, each) for each in _undecided(desk.annotations(article))]
        everything = desk.all_annotations()
        return [(entry.id, each) for entry, notes in everything for each in _undecided(notes)]

    def _counted(self, queue: list[tuple[str, str]]) -> str:
        """How many drafts and changed highlights a queue has."""
        notes = {article: self.screen.desk.annotations(article) for article, _ in queue}
        changed = sum(notes[article].highlight(each) is not None for article, each in queue)
        drafts = len(queue) - changed
        words = [counted(drafts, "draft")] if drafts or not changed else []
        return ", ".join([*words, f"{changed} changed"] if changed else words)

    def start(self, queue: list[tuple[str, str]]) -> None:
        """Begin with the first claim."""
        if not queue:
            self.screen.say("nothing to review here")
            return
        self.screen.review = Review(queue)
        self.show()

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
        meant = screen.place.focus if screen.review is None else screen.review.current[1]
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


def _undecided(notes: Annotations) -> Iterator[str]:
    """Ids of changed highlights, and of claims nobody decided on, in text order."""
    for placed in notes.highlights:
        if placed.fit == "changed":
            yield placed.record.id
        for claim in notes.claims.get(placed.record.id, ()):
            if notes.status(claim).name == "draft":
                yield claim.id
