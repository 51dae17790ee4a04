"""What the machine proposes, on the screen: taken, dropped, shown or not, read ahead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from tui.desk.events import DeskError
from tui.model.articles import Article
from tui.model.filters import Filter
from tui.model.records import PROPOSED, Claim, Step
from tui.screens.handling import Hands
from tui.widgets.proposal_rows import brief

if TYPE_CHECKING:
    from tui.analysis import Suggestion

SHOWN = "proposals"  # in the kept layout: whether they are shown
LONG = 100_000  # code points of an article that takes longer to look through than to show
_QUIET, _SLICE = 0.05, 0.01  # seconds between two looks at the claims, and of one
_STILL = 0.3  # seconds without a key
_AFTER = 3  # articles of the list behind the open one that are read ahead


class Proposing(Hands):
    """What `a x X c` do on a proposal, and `:proposals`."""

    _begun = False
    _patience = 10
    _compared: tuple[object, ...] = ()
    _painted = ""  # revision of the long article that was painted last
    _heard = 0  # how often somebody else changed something
    _last: Sequence[Suggestion] = ()
    _filtered: tuple[Filter, Mapping[str, Suggestion], Mapping[str, Suggestion]] = (
        Filter(),
        {},
        {},
    )
    _ahead_of: tuple[str, object] = ("", None)

    @property
    def shown(self) -> bool:
        """Whether the analyst wants to see what is proposed."""
        return self.screen.state.layout.get(SHOWN) is not False

    def begin(self) -> None:
        """Show from now on what is proposed: the first paint is over."""
        self._begun = True
        self.screen.sync()

    def begin_between_keys(self) -> None:
        """Begin when no key has come for a moment: what that imports takes as long as many keys."""
        self._patience -= 1
        if self._patience and self.screen.quiet < _STILL:
            self.screen.set_timer(_STILL, self.begin_between_keys)
        else:
            self.begin()

    def sync(self) -> None:
        """Have the place hold what stands open in its article."""
        place = self.screen.place
        found: Sequence[Suggestion] = ()
        if self._begun and self.shown and place.article.id and not self._put_off(place.article):
            try:
                found = self.screen.desk.proposals(place.article.id)
            except DeskError:  # its text is gone: that is said elsewhere
                found = ()
            wanted = (place.article.revision, self.screen.desk.sources)
            if wanted != self._ahead_of:
                self._ahead_of = wanted
                self.screen.call_later(self._read_ahead)
        self.compare()
        if found is not self._last or len(found) != len(place.proposals):
            self._last = found
            place.proposals = {each.id: each for each in found}

    def _put_off(self, article: Article) -> bool:
        """Whether an article is so long that it is painted before its sources are looked for."""
        if len(article.text) <= LONG or article.revision == self._painted:
            return False
        self._painted = article.revision
        self.screen.call_after_refresh(self.screen.sync)
        return True

    def compare(self) -> None:
        """Have the claims of the article compared with all others, when there is time for it."""
        place, step = self.screen.place, self.screen.desk.last_step
        notes = place.annotations
        far = step if step is not None and step.articles != (place.article.id,) else None
        wanted = (
            place,
            notes.claims,
            notes.links,
            notes.reviews,
            notes.decisions,
            far,
            self._heard,
        )
        if self._begun and self.shown and not _same(wanted, self._compared):
            self._compared = wanted  # a tag changes nothing of it
            self.screen.set_timer(_QUIET, self._go_on)

    def heard(self) -> None:
        """Somebody else changed claims: what they make of each other may be something else."""
        self._heard += 1

    def _go_on(self) -> None:
        """Take in claims for a moment; when all are there, compare."""
        screen, article = self.screen, self.screen.place.article.id
        if not article:
            return
        if screen.scanning.under_way or screen.desk.gather_claims(article, _SLICE):
            screen.set_timer(_QUIET, self._go_on)
        else:
            before = screen.place.links
            self._compare()
            if screen.place.links is not before:
                screen.sync()

    def _compare(self) -> None:
        place = self.screen.place
        found = self.screen.desk.proposed_links(place.article.id)
        if found != place.links:
            place.links = found

    def in_panel(self) -> Mapping[str, Suggestion]:
        """The proposals that the panel's filter means, by id."""
        screen = self.screen
        place, wanted = screen.place, screen.panel.filter
        if not wanted or not place.proposals:
            return place.proposals
        if self._filtered[:2] != (wanted, place.proposals):
            found = screen.desk.matching(place.article.id, wanted)
            self._filtered = wanted, place.proposals, {each.id: each for each in found}
        return self._filtered[2]

    def _read_ahead(self) -> None:
        """Have the open article read for proposals, and those that come after it."""
        here = self.screen.place.article.id
        at = self.screen.list.index_of(here)
        after = self.screen.listed()[at + 1 : at + 1 + _AFTER] if at is not None else ()
        self.screen.desk.read_ahead([here, *(entry.id for entry in after)])

    def say_why(self) -> None:
        """Say the reasons for the proposal in focus where the panel that has them is not shown."""
        proposal = self.screen.place.focused_proposal()
        if proposal is not None and not self.screen.query_one("#side").display:
            self.screen.say(f"? {brief(proposal.reasons)}")

    def decide_link(self, decision: str) -> bool:
        """Make the proposed link in focus, or drop it; whether one is in focus."""
        screen, found = self.screen, self.screen.place.focused_link()
        if found is None:
            return False
        claim, link = found
        if decision == "accept":
            screen.desk.accept_link(link)
        else:
            screen.desk.drop_link(link)
        screen.place.focus = claim.id
        self._compare()
        screen.say(f"{'linked' if decision == 'accept' else 'dropped'}: u takes it back")
        return True

    def decide(self, decision: str, reason: str = "") -> Step | None:
        """Take the proposal in focus, or drop it; None, and nothing done, if none is."""
        screen, place = self.screen, self.screen.place
        proposal = place.focused_proposal()
        if proposal is None:
            return None
        chosen: Mapping[str, Sequence[str]] = {place.article.id: (proposal.id,)}
        if decision == "accept":
            step = screen.desk.take(chosen)
            place.focus = claim_of(step, proposal.id)
        else:
            step = screen.desk.drop(chosen, reason)
            place.focus = ""
        if step is not None and screen.review is None:
            screen.say(f"{'taken' if decision == 'accept' else 'dropped'}: u takes it back")
        return step

    def toggle(self, wanted: str) -> None:
        """Show what is proposed, or do not; without a word, the other than now."""
        shown = {"on": True, "off": False}.get(wanted, not self.shown)
        self.screen.state.layout[SHOWN] = shown
        self.screen.say("proposals are shown" if shown else "proposals are not shown any more")


def _same(one: Sequence[object], other: Sequence[object]) -> bool:
    """Whether two have the very same parts."""
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))


def claim_of(step: Step | None, proposal: str) -> str:
    """Id of the claim that a step made of a proposal."""
    for change in step.changes if step else ():
        after = change.after
        if isinstance(after, Claim) and after.origin == f"{PROPOSED}{proposal}":
            return after.id
    return ""
