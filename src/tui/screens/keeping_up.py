"""The index for search is brought up to date in slices, as long as somebody asks it something."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING

from tui.desk.events import DeskError
from tui.model.wording import bar
from tui.screens import scanning

if TYPE_CHECKING:
    from tui.screens.reading import ReadingScreen

OFTEN = 0.3  # seconds between two times that it is said how far it is
WAIT = 0.05  # seconds between two looks whether all files are read


class KeepingUp:
    """Says how far the index is: `heard` is called now and then, and at the end with True.

    It goes on while `wanted` says so, and comes to its end once all is read and indexed.
    """

    def __init__(
        self, screen: ReadingScreen, wanted: Callable[[], bool], heard: Callable[[bool], None]
    ) -> None:
        self.screen = screen
        self.under_way = False
        self.stopped = False  # the analyst did not want to wait
        self._wanted = wanted
        self._heard = heard
        self._since = 0.0
        self._said = 0.0

    def begin(self) -> None:
        """Go on where it was left."""
        self.stopped = False
        if not self.under_way:
            self.under_way = True
            self._since = self._said = monotonic()
            self._go_on()

    def stop(self) -> bool:
        """Leave it as it is; whether it was under way."""
        under_way, self.under_way = self.under_way, False
        self.stopped |= under_way
        return under_way

    def _go_on(self) -> None:
        if not self.under_way:
            return
        screen, pause = self.screen, scanning.BETWEEN
        try:
            more = self._wanted()
            if more and screen.scanning.under_way:  # the same files are being read for the list
                pause = WAIT
            elif more:
                more = screen.desk.index(scanning.SLICE)
        except DeskError:  # it is said where a question is asked
            more = False
        if not more:
            self.under_way = False
            self._heard(True)
            return
        screen.set_timer(pause, self._go_on)
        if monotonic() - self._said > OFTEN:
            self._said = monotonic()
            self._heard(False)

    def words(self) -> str:
        """How far it is, once that takes long, and the key that stops it; empty if it is whole."""
        looked, found = self.screen.scanning.progress() or self.screen.desk.index_progress
        if self.stopped:
            return f"indexed {looked:,} of {found:,}, then stopped"
        if not self.under_way or not found or monotonic() - self._since < scanning.LONG:
            return ""
        share = f"{100 * looked // found} %"
        return f"indexing {bar(looked, found)} {share} · {looked:,} of {found:,} · Esc stops"
