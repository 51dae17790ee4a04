"""What Textual leaves to us about the terminal: odd input, signals, a guard on all output."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
from collections.abc import Callable
from types import FrameType

from rich.segment import Segment
from textual.color import Color
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import LineFilter

from tui.model.visible import visible

_LEAVE = (
    b"\x1b[<u\x1b[?1049l\x1b[?25h\x1b[?1000l\x1b[?1003l\x1b[?1006l\x1b[?2004l\x1b[?1004l\x1b[0m"
)


class Guard(LineFilter):
    """The last gate before the terminal: no control or invisible code point gets out.

    Text of the model has been through `visible()` where it became a row, so there is nothing left
    to stop; `stopped` counts what there was all the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stopped = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments with everything replaced that must not be drawn."""
        found: list[Segment] = []
        for segment in segments:
            text, style, control = segment
            if control is None and not (text.isascii() and text.isprintable()):
                shown = visible(text)
                if shown != text:
                    self.stopped += 1
                    segment = Segment(shown, style, control)  # noqa: PLW2901
            found.append(segment)
        return found


class Terminal(LinuxDriver):
    """Textual's driver, which a byte that is no UTF-8 does not end."""

    def _run_input_thread(self) -> None:
        while not self.exit_event.is_set():
            try:
                self.run_input_thread()
            except UnicodeDecodeError:
                continue  # the bytes at hand are lost, the keys after them are not
            except BaseException as error:
                self._app.call_later(self._app.panic, f"The terminal's input ended: {error}")
            return

    def attributes(self) -> list[object] | None:
        """The terminal attributes to put back, as termios gave them at the start."""
        return self.attrs_before


def leave_on_signals(save: Callable[[], None], attributes: Callable[[], object]) -> None:
    """Make SIGHUP and SIGTERM save, put the terminal back, and end with 128 + the signal.

    Plain handlers: one of asyncio's would never run while a write to the terminal hangs.
    """

    def leave(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        with contextlib.suppress(Exception):
            save()
        restore(attributes())
        os._exit(128 + number)

    for number in (signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, leave)


def restore(attributes: object) -> None:
    """Leave the alternate screen, put the attributes back; never blocks, never fails."""
    import termios

    with contextlib.suppress(Exception):
        descriptor = sys.__stderr__.fileno() if sys.__stderr__ else 2
        os.set_blocking(descriptor, False)
        os.write(descriptor, _LEAVE)
    with contextlib.suppress(Exception):
        if attributes is not None:
            termios.tcsetattr(0, termios.TCSANOW, attributes)  # pyright: ignore[reportArgumentType]
