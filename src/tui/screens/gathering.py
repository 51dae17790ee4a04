"""What is gathered from many articles before it is offered: bit by bit, so that keys are answered.

Esc stops it; whatever else is pressed meanwhile does what it always does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from time import monotonic
from typing import TypeVar

from tui.model.wording import counted
from tui.screens.handling import Hands

SLICE, PAUSE = 0.02, 0.002  # seconds of gathering, and between two of them

T = TypeVar("T")


class Gathering(Hands):
    """Gathers one thing at a time; another one takes its place."""

    _coming: Iterator[Sequence[object]] | None = None  # what is not gathered yet
    _stopped: str = ""  # what is said if the analyst does not want to wait

    def begin(
        self,
        coming: Iterator[Sequence[T]],
        noun: str,
        then: Callable[[list[T]], None],
        *,
        stopped: str = "stopped",
    ) -> None:
        """Gather all that is coming, so many of a noun; `then` takes it."""
        self._coming, self._stopped = coming, stopped
        self._go_on(coming, [], noun, then)

    def stop(self) -> bool:
        """Gather no more; whether that was under way."""
        under_way, self._coming = self._coming is not None, None
        if under_way:
            self.screen.say(self._stopped)
        return under_way

    def _go_on(
        self,
        coming: Iterator[Sequence[T]],
        found: list[T],
        noun: str,
        then: Callable[[list[T]], None],
    ) -> None:
        screen, end = self.screen, monotonic() + SLICE
        if coming is not self._coming:
            return
        for part in coming:
            found += part
            if monotonic() > end:
                screen.say(f"gathering: {counted(len(found), noun)} so far · Esc stops")
                again = partial(self._go_on, coming, found, noun, then)
                screen.set_timer(PAUSE, partial(self._later, again))
                return
        self._coming = None
        then(found)

    def _later(self, again: Callable[[], None]) -> None:
        self.screen.change(again)
        self.screen.sync()
