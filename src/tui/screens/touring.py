"""The tour: five steps on the sample articles, one line at the foot of the screen each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from msgspec import Struct

from tui.model.records import Claim, Review, Step
from tui.samples import sample_articles

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen


class Stop(Struct, frozen=True):
    """One step: what is asked, and how it is seen to be done."""

    words: str
    done: Callable[[ReadingScreen, Step | None], bool]


def _tagged(_screen: ReadingScreen, step: Step | None) -> bool:
    return any(getattr(change.after, "tags", ()) for change in step.changes) if step else False


def _claimed(_screen: ReadingScreen, step: Step | None) -> bool:
    return any(isinstance(c.after, Claim) for c in step.changes) if step else False


def _reviewed(_screen: ReadingScreen, step: Step | None) -> bool:
    return any(isinstance(c.after, Review) for c in step.changes) if step else False


def _undone(_screen: ReadingScreen, step: Step | None) -> bool:
    return step is not None and step.kind == "undo"


def _exported(screen: ReadingScreen, _step: Step | None) -> bool:
    return bool(screen.exported_to)


STOPS = (
    Stop("tour 1 of 5 · press j until a sentence interests you, then 1 to tag it", _tagged),
    Stop("tour 2 of 5 · ] goes to a proposed claim, a takes it (c, Enter: your own)", _claimed),
    Stop("tour 3 of 5 · press R and Enter to review: a accepts, x rejects, q ends", _reviewed),
    Stop("tour 4 of 5 · press u: it takes back the newest change, here the review", _undone),
    Stop("tour 5 of 5 · type :export and Enter twice: a report is written to the disk", _exported),
)


class Touring:
    """Where the tour is; it watches what is done and never takes a key."""

    def __init__(self, screen: ReadingScreen) -> None:
        self.screen = screen
        self.at = -1

    def offer(self) -> None:
        """Say once, at the first start, that there is a tour."""
        state = self.screen.state
        if self.screen.touring_samples:
            self.start()
        elif not state.tour_offered and not self.screen.message:
            state.tour_offered = True
            key = self.screen.keymap.label_of("app.keys", "reading")
            way = ":tour" if self._on_samples() else "`pressmark --tour`"
            self.screen.say(f"new here? {way} shows the way in five steps; {key} lists the keys")

    def start(self) -> None:
        """Begin with the first step; on the analyst's own articles, say how to get the samples."""
        if not self._on_samples():
            self.screen.say("the tour has its own articles: leave with q, then pressmark --tour")
            return
        self.at = 0

    def _on_samples(self) -> bool:
        """Whether the open article is one of the samples."""
        if self.screen.touring_samples:
            return True
        article, desk = self.screen.place.article.id, self.screen.desk
        file = desk.root / desk.entry(article).path if article else desk.root
        with suppress(FileNotFoundError):
            return file.resolve().is_relative_to(sample_articles())
        return False

    def words(self) -> str:
        """The step at hand, or the empty string."""
        return STOPS[self.at].words if 0 <= self.at < len(STOPS) else ""

    def watch(self, step: Step | None) -> None:
        """Go on if the step at hand has been done."""
        if 0 <= self.at < len(STOPS) and STOPS[self.at].done(self.screen, step):
            self.at += 1
            if self.at == len(STOPS):
                self.screen.say(f"that was the tour: read {self.screen.exported_to}, then ? and q")
