"""Timers of the reading desk."""

from __future__ import annotations

from textual.screen import Screen
from textual.timer import Timer, TimerCallback


class LateTimers(Screen[None]):
    """A screen whose timers go off late rather than never."""

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Call something once, after so many seconds; also if that moment was missed.

        Textual skips what comes late, the one time of a timer too: where other programs have the
        processor for longer than `delay`, files would be read no further.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # noqa: SLF001
        return timer
