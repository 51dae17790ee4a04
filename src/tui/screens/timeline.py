"""The key `T`: all claims by the time they are about, and what they count over time."""

from __future__ import annotations

from collections.abc import Sequence

from tui.model.figures import Series, series_of
from tui.model.ordering import AT_ONCE
from tui.model.rows import Row
from tui.model.steps import Far, Steps
from tui.model.timeline import Period, periods
from tui.model.told import Told
from tui.model.wording import counted
from tui.screens.handling import does
from tui.screens.telling import Telling
from tui.widgets.timeline_list import TimelineList


class TimelineHands(Telling):
    """What `T`, and in the timeline Enter, `#`, Tab, `} {` and the words of `F` do."""

    SIDE = "timeline"

    figures: bool = False  # whether figures are shown instead of claims
    _periods: Sequence[Period[Row]] = ()
    _series: Sequence[Series] = ()  # of their figures, where these are shown
    _ordered: bool = False  # the periods have all that was gathered

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
        if not self._ordered:  # what is still being gathered comes so anyway
            self._show(at=self.cursor())
        elif not self.gathering:
            self.work(self._counted(), self.cursor())

    @does("timeline.next-period")
    def next_period(self, _argument: str) -> None:
        self.list.next_heading(1)

    @does("timeline.previous-period")
    def previous_period(self, _argument: str) -> None:
        self.list.next_heading(-1)

    @does("timeline.go")
    def go(self, _argument: str) -> None:
        self.go_to(self.cursor())

    def cursor(self) -> str:
        """Id of the claim under the cursor; empty if there is none."""
        key = self.list.key
        return key[0] if key else ""

    def arrange(self, found: Sequence[Row]) -> Steps[None]:
        """Put what was gathered in the order of time, in steps."""
        self._periods = yield from periods(found)
        self._ordered = True
        yield from self._counted()

    def _counted(self) -> Steps[None]:
        """Have what the claims count told, where figures are shown."""
        told: list[Told] = []
        if self.figures:
            for rows in (period.rows for period in self._periods):
                for start in range(0, len(rows), AT_ONCE):
                    counting = [row for row in rows[start : start + AT_ONCE] if row.counts]
                    for part in self.screen.desk.telling(counting):
                        told += part
                        yield Far("reading figures", len(told), 0, "claims")
                    yield Far("reading figures", len(told), 0, "claims")
        self._series = series_of(told)

    def arrived(self, at: str) -> None:
        """Show the claims by their time, or what they count."""
        self._show(at)

    def empty(self) -> None:
        """Hold no claims."""
        self._periods, self._series, self._ordered = (), (), False
        self.list.show((), tell=self.screen.desk.tell)

    def progress(self, count: int) -> None:
        """Say how many claims were gathered so far."""
        self._say(count)

    def _show(self, at: str = "") -> None:
        if self.figures:
            self.list.show_figures(self._series, at=at)
        else:
            self.list.show(self._periods, tell=self.screen.desk.tell, at=at)
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
        return self.row_words("figure" if self.figures else "claim")
