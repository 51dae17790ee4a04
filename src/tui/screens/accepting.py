"""Many claims accepted at once: `:accept` shows the list and the count before anything is done."""

from __future__ import annotations

from collections.abc import Sequence

from tui.desk import Waiting
from tui.model.filters import Filter
from tui.model.records import Step
from tui.model.wording import counted
from tui.screens.handling import Hands
from tui.screens.working import gathered
from tui.widgets.picker import Choice

_KINDS = ("draft", "proposal")
_STOPPED = "stopped: nothing was accepted"
_ALL = ""  # the value of the row that stands for all of them


class Accepting(Hands):
    """What `:accept` does."""

    def offer(self, where: str, wanted: Filter) -> None:
        """Show what a filter means; Enter accepts all of it, on a row of its own goes there."""
        screen, desk = self.screen, self.screen.desk
        if screen.form is not None:
            screen.say("a claim is open: Enter saves it, q leaves it")
            return
        here = screen.place.article.id
        kinds = _KINDS if screen.proposing.shown else _KINDS[:1]
        if where == "workspace":
            coming = desk.waiting_everywhere(kinds, wanted)
        else:
            coming = iter((desk.waiting(here, kinds, wanted),))
        left = " is left" if where != "workspace" else " in the articles that are annotated"
        asked = f" is {wanted.describe()}" if wanted else left
        screen.working.begin(
            gathered(coming, "claims"),
            lambda found: self._offer(found, f"no draft and no proposal{asked}"),
            _STOPPED,
        )

    def _offer(self, found: Sequence[Waiting], nothing: str) -> None:
        screen = self.screen
        if not found:
            screen.say(f"nothing to accept: {nothing}")
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

        def done(step: Step | None) -> None:
            if step is not None:
                screen.say(f"accepted {counted(len(found), 'claim')}: u takes them back")

        screen.working.begin(screen.desk.accepting(found), done, _STOPPED)
