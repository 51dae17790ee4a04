"""Many claims accepted at once: `:accept` shows the list and the count before anything is done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from time import monotonic

from tui.desk import Waiting
from tui.model.filters import Filter
from tui.model.wording import counted
from tui.screens.handling import Hands
from tui.widgets.picker import Choice

_KINDS = ("draft", "proposal")
SLICE, PAUSE = 0.02, 0.002  # seconds of gathering, and between two of them
_ALL = ""  # the value of the row that stands for all of them


class Accepting(Hands):
    """What `:accept` does."""

    _coming: Iterator[Sequence[Waiting]] | None = None  # what is not gathered yet

    def offer(self, where: str, wanted: Filter) -> None:
        """Show what a filter means; Enter accepts all of it, on a row of its own goes there."""
        screen, desk = self.screen, self.screen.desk
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        here = screen.place.article.id
        kinds = _KINDS if screen.proposing.shown else _KINDS[:1]
        if where == "workspace":
            self._coming = desk.waiting_everywhere(kinds, wanted)
        else:
            self._coming = iter((desk.waiting(here, kinds, wanted),))
        self._go_on(self._coming, [], wanted)

    def stop(self) -> bool:
        """Gather no more; whether that was under way."""
        under_way, self._coming = self._coming is not None, None
        if under_way:
            self.screen.say("stopped: nothing was accepted")
        return under_way

    def _go_on(
        self, coming: Iterator[Sequence[Waiting]], found: list[Waiting], wanted: Filter
    ) -> None:
        """Gather for a moment, and the rest in a while, unless something else is wanted by now."""
        screen, end = self.screen, monotonic() + SLICE
        if coming is not self._coming:
            return
        for part in coming:
            found += part
            if monotonic() > end:
                screen.say(f"gathering what waits: {counted(len(found), 'claim')} · Esc stops")
                screen.set_timer(PAUSE, partial(self._gather_on, coming, found, wanted))
                return
        self._coming = None
        self._offer(found, wanted)

    def _gather_on(
        self, coming: Iterator[Sequence[Waiting]], found: list[Waiting], wanted: Filter
    ) -> None:
        self.screen.change(partial(self._go_on, coming, found, wanted))
        self.screen.sync()

    def _offer(self, found: Sequence[Waiting], wanted: Filter) -> None:
        screen = self.screen
        if not found:
            asked = f" is {wanted.describe()}" if wanted else ""
            screen.say(f"nothing to accept: no draft and no proposal{asked or ' is left'}")
            return
        screen.asking.pick(
            f"accept {len(found)}: Enter takes all, u takes them back",
            self._choices(found),
            lambda value: self._picked(value, found),
        )

    def _choices(self, found: Sequence[Waiting]) -> list[Choice]:
        articles = len({each.article for each in found})
        where = f"in {articles} articles" if articles > 1 else "in this article"
        choices = [Choice(_ALL, f"accept all {len(found)} {where}", "", "✓")]
        for each in found:
            away = self.screen.desk.entry(each.article).title if articles > 1 else ""
            sign = "?" if each.kind == "proposal" else " "
            choices.append(Choice(each.id, each.words, away, sign))
        return choices

    def _picked(self, value: str, found: Sequence[Waiting]) -> None:
        screen = self.screen
        if value != _ALL:
            each = next(each for each in found if each.id == value)
            screen.go_to(each.article, focus=each.id)
            return
        step = screen.desk.accept_all(found)
        if step is not None:
            screen.say(f"accepted {counted(len(found), 'claim')}: u takes them back")
