"""The key `T`: all claims by the time they are about, and what they count over time."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.figures import series_of
from tui.model.timeline import Period, timeline
from tui.model.told import Told
from tui.model.wording import counted
from tui.screens.handling import does
from tui.screens.telling import Telling
from tui.widgets.timeline_list import TimelineList


class TimelineHands(Telling):
    """What `T`, and in the timeline Enter, `#`, Tab, `} {` and the words of `F` do."""

    SIDE = "timeline"

    figures: bool = False  # whether figures are shown instead of claims
    _periods: Sequence[Period] = ()

    @property
    def list(self) -> TimelineList:
        """The rows."""
        return self.screen.query_one(TimelineList)

    @does("timeline.open")
    def open(self, _argument: str) -> None:
        self.begin()

    @does("timeline.scope")
    def scope(self, _argument: str) -> None:
        self.turn_scope()

    @does("timeline.figures")
    def turn(self, _argument: str) -> None:
        self.figures = not self.figures
        self._show(at=self.cursor())

    @does("timeline.next-period")
    def next_period(self, _argument: str) -> None:
        self.list.next_period(1)

    @does("timeline.previous-period")
    def previous_period(self, _argument: str) -> None:
        self.list.next_period(-1)

    @does("timeline.go")
    def go(self, _argument: str) -> None:
        self.go_to(self.cursor())

    def cursor(self) -> str:
        """Id of the claim under the cursor; empty if there is none."""
        key = self.list.key
        return key[0] if key else ""

    def arrived(self, found: Sequence[Told], at: str) -> None:
        """Show the claims by their time, or what they count."""
        self._periods = timeline(found)
        self._show(at)

    def progress(self, count: int) -> None:
        """Say how many claims were gathered so far."""
        self._say(count)

    def _show(self, at: str = "") -> None:
        if self.figures:
            rows = (row for period in self._periods for row in period.rows)
            self.list.show_figures(series_of(rows), at=at)
        else:
            self.list.show(self._periods, at=at)
        self._say(self.list.place[1])

    def _say(self, count: int) -> None:
        """Say how much there is of what, and which keys change that."""
        noun, other = ("figure", "claims") if self.figures else ("claim", "figures")
        label = self.screen.keymap.label_of
        elsewhere = "workspace" if self.article else "this article"
        facts = [
            f"{counted(count, noun)}{' …' if self.gathering else ''}",
            *self.standing(),
            f"{label('timeline.figures', 'timeline')} {other}",
            f"{label('timeline.scope', 'timeline')} {elsewhere}",
            label("app.leave", "timeline").split(" ")[0],
        ]
        title = "figures over time" if self.figures else "timeline"
        uncounted = self.figures and bool(self._periods) and not (self.gathering or self.wanted)
        self.list.say(title, facts, "No claim here counts anything." if uncounted else self.none())

    def target(self) -> str:
        """Which claim or figure the next key acts on, for the status line."""
        here, count = self.list.place
        noun = "figure" if self.figures else "claim"
        return f"{noun} {here:,} of {count:,}" if count else "nothing"
