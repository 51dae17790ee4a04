"""Timers that come, however late."""

from __future__ import annotations

from textual.message_pump import MessagePump
from textual.timer import Timer, TimerCallback


class Punctual(MessagePump):
    """Whatever goes on with its work by timers."""

    def set_timer(
        self,
        delay: float,
        callback: TimerCallback | None = None,
        *,
        name: str | None = None,
        pause: bool = False,
    ) -> Timer:
        """Call back once after so many seconds.

        Textual drops such a timer if its time is over before it begins to wait: of one of a few
        milliseconds that is so now and then where many programs are at work. So may
        its own one be, for a new size of the terminal.
        """
        timer = super().set_timer(delay, callback, name=name, pause=pause)
        timer._skip = False  # noqa: SLF001 # pyright: ignore[reportPrivateUsage] - it has no other way
        return timer
