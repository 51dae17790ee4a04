"""The key `T`: all claims by the time they are about, and what they count over time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic

from tui.model.figures import series_of
from tui.model.filters import Filter, parse_filter
from tui.model.timeline import Period, timeline
from tui.model.told import Told
from tui.model.wording import counted
from tui.screens.handling import Hands, does
from tui.widgets.timeline_list import TimelineList

SLICE = 0.02  # seconds that claims are gathered before the keyboard has a chance, ...
PAUSE = 0.002  # ... for so many seconds
_NOTHING = "No claim here yet: c makes one in the article. q leads back."


class TimelineHands(Hands):
    """What `T`, and in the timeline Enter, `#`, Tab, `} {` and the words of `F` do."""

    words: str = ""  # the filter, as typed
    figures: bool = False  # whether figures are shown instead of claims
    article: str = ""  # id of the article that it is narrowed to; empty: the workspace
    _wanted: Filter = Filter()
    _periods: Sequence[Period] = ()
    _coming: Iterator[Sequence[Told]] = iter(())  # claims that are not gathered yet
    _under_way: bool = False

    @property
    def list(self) -> TimelineList:
        """The rows."""
        return self.screen.query_one(TimelineList)

    @does("timeline.open")
    def open(self, _argument: str) -> None:
        screen = self.screen
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        if self.article and self.article != screen.place.article.id:
            self.article = ""
        screen.side = "timeline"
        claim = screen.place.only_claim()
        self._gather(at=claim.id if claim is not None else "")

    def filter_by(self, words: str) -> None:
        """Show what a filter means; raises ValueError, with a sentence, for a wrong one."""
        self._wanted = parse_filter(words)
        self.words = words
        self._gather()

    def changed(self) -> None:
        """Somebody else changed claims: gather them anew if they are on the screen."""
        if self.screen.side == "timeline":
            self.screen.change(self._gather)

    @does("timeline.scope")
    def scope(self, _argument: str) -> None:
        self.article = "" if self.article else self.screen.place.article.id
        self._gather()

    @does("timeline.figures")
    def turn(self, _argument: str) -> None:
        self.figures = not self.figures
        key = self.list.key
        self._show(at=key[0] if key else "")

    @does("timeline.next-period")
    def next_period(self, _argument: str) -> None:
        self.list.next_period(1)

    @does("timeline.previous-period")
    def previous_period(self, _argument: str) -> None:
        self.list.next_period(-1)

    @does("timeline.go")
    def go(self, _argument: str) -> None:
        """Go to the claim of the row; the backtick goes back to where one read."""
        screen, key = self.screen, self.list.key
        found = screen.desk.claim_of(key[0]) if key else None
        if found is None:
            screen.say("this claim is not in this workspace any more" if key else "no claim here")
            return
        claim, entry = found
        screen.remember_jump()
        screen.go_to(entry.id, focus=claim.id)
        screen.side, screen.pane = "panel", "article"
        if not screen.message:  # that of the article comes first
            label = screen.keymap.label_of
            keys = label("timeline.open", "reading"), label("go.back", "reading")
            screen.say(f"{keys[0]} is the timeline again, {keys[1]} goes back to where you read")

    # gathering: bit by bit, so that keys are answered meanwhile

    def _gather(self, at: str = "") -> None:
        articles = [self.article] if self.article else None
        self._coming = self.screen.desk.told(self._wanted, articles)
        self._under_way = True
        self._go_on(self._coming, [], at)

    def _go_on(self, coming: Iterator[Sequence[Told]], found: list[Told], at: str) -> None:
        """Gather some more claims and the rest in a while, unless others are wanted by now."""
        if coming is not self._coming:
            return
        if _took(coming, found):
            self._say(len(found))
            again = partial(self._go_on, coming, found, at)
            self.screen.set_timer(PAUSE, partial(self.screen.change, again))
            return
        self._under_way = False
        self._periods = timeline(found)
        self._show(at)
        self.screen.sync()

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
        where = "this article" if self.article else "workspace"
        elsewhere = "workspace" if self.article else "this article"
        facts = [
            f"{counted(count, noun)}{' …' if self._under_way else ''}",
            where,
            self._wanted.describe(),
            f"{label('timeline.figures', 'timeline')} {other}",
            f"{label('timeline.scope', 'timeline')} {elsewhere}",
            label("app.leave", "timeline").split(" ")[0],
        ]
        title = "figures over time" if self.figures else "timeline"
        self.list.say(title, facts, self._empty())

    def _empty(self) -> str:
        if self._under_way:
            return "Gathering the claims …"
        key = self.screen.keymap.label_of("pane.filter", "timeline")
        if self._wanted:
            return f"No claim is {self._wanted.describe()}. {key} changes the filter."
        if self.figures and self._periods:
            return "No claim here counts anything."
        if self.article:
            tab = self.screen.keymap.label_of("timeline.scope", "timeline")
            return f"No claim in this article yet. {tab} shows those of the workspace."
        return _NOTHING

    def target(self) -> str:
        """Which claim or figure the next key acts on, for the status line."""
        here, count = self.list.place
        noun = "figure" if self.figures else "claim"
        return f"{noun} {here:,} of {count:,}" if count else "nothing"


def _took(coming: Iterator[Sequence[Told]], found: list[Told]) -> bool:
    """Take claims for a moment; whether there may be more."""
    end = monotonic() + SLICE
    for part in coming:
        found += part
        if monotonic() > end:
            return True
    return False
