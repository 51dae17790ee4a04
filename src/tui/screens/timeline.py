"""The key `T`: all claims by the time they are about, and what they count over time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tui.model.figures import Counting, Series
from tui.model.ordering import AT_ONCE
from tui.model.rows import Picked, Row, as_picked
from tui.model.steps import Far, Steps
from tui.model.timeline import Period, periods
from tui.model.wording import counted
from tui.screens.handling import does
from tui.screens.telling import Telling
from tui.widgets.timeline_list import TimelineList
from tui.widgets.timeline_rows import figure_cells


class TimelineHands(Telling):
    """What `T`, and in the timeline Enter, `#`, Tab, `} {` and the words of `F` do."""

    SIDE = "timeline"

    figures: bool = False  # whether figures are shown instead of claims
    _rows: Sequence[Row] = ()  # what the periods pick from
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

    def arrange(self, found: Picked[Row]) -> Steps[None]:
        """Put what was gathered in the order of time, in steps."""
        self._periods, self._rows = (yield from periods(found)), found.of
        self._ordered = True
        yield from self._counted()

    def _counted(self) -> Steps[None]:
        """Have what the claims count told, where figures are shown."""
        counting, done = Counting(self._rows, self.screen.desk.tell, figure_cells), 0
        for period in self._periods if self.figures else ():
            at = as_picked(period.rows).at
            for start in range(0, len(at), AT_ONCE):
                some = at[start : start + AT_ONCE]
                for _ in self._count(some, counting):
                    yield Far("reading figures", done, len(self._found), "claims")
                done += len(some)
        self._series = counting.series()

    def _count(self, some: Iterable[int], counting: Counting) -> Iterator[None]:
        """Count what the claims at some places count, in steps."""
        places = [place for place in some if self._rows[place].counts]
        left = iter(places)
        for part in self.screen.desk.telling(self._rows[place] for place in places):
            for told, place in zip(part, left, strict=False):  # of `left` there may be more
                counting.take(place, told)
            yield
        yield

    def arrived(self, at: str) -> None:
        """Show the claims by their time, or what they count."""
        self._show(at)

    def empty(self) -> None:
        """Hold no claims."""
        self._rows, self._periods, self._series, self._ordered = (), (), (), False
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
