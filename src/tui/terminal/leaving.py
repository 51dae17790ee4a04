"""The ways out that nobody chose: signals, a closed terminal, a fault."""

from __future__ import annotations

import contextlib
import os
import signal
import termios
import threading
import time
from collections.abc import Callable, Iterator
from types import FrameType

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
# The end of a string that was cut off, the end of a frame, the keyboard's protocol, mouse modes,
# focus, sizes and pastes as they were, lines that wrap, the other screen, cursor, plain letters.
_LEAVE = (
    b"\x1b\\\x1b[?2026l\x1b[<u\x1b[?1000l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1016l\x1b[?1004l"
    b"\x1b[?2048l\x1b[?2004l\x1b[?7h\x1b[?1049l\x1b[?25h\x1b[0m"
)

_STUCK = 0.5  # seconds in which the terminal takes what is left to say, or never

left = threading.Event()  # the screen has been given back: nothing more is drawn

Attributes = list[int | list[bytes | int]]


@contextlib.contextmanager
def leaving_on_signals(save: Callable[[], None]) -> Iterator[None]:
    """While this lasts, SIGHUP, SIGTERM and SIGINT save, restore the terminal, end with 128 + n.

    `save` may raise; its sentence is said on standard error. The handlers are plain ones: one of
    asyncio's would never run while a write to the terminal hangs.
    """
    attributes = attributes_now()

    def leave(number: int, _frame: FrameType | None) -> None:
        for each in (*SIGNALS, signal.SIGTTOU):
            signal.signal(each, signal.SIG_IGN)
        why = ""
        try:
            save()
        except Exception as error:
            why = f"pressmark: {error}\n"
        restore(attributes)
        say(why)
        os._exit(128 + number)

    before = {number: signal.signal(number, leave) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def attributes_now() -> Attributes | None:
    """The attributes of the terminal on standard input; None if it is none."""
    try:
        return termios.tcgetattr(0)
    except termios.error:
        return None


def restore(attributes: Attributes | None) -> None:
    """Leave the alternate screen, put the attributes back; never waits long, never fails."""
    left.set()
    with _own_descriptor() as terminal:
        until = time.monotonic() + _STUCK
        while not _written(terminal, _LEAVE) and time.monotonic() < until:
            # Nobody reads: what waits to be read is of no use any more, and is in the way.
            with contextlib.suppress(termios.error):
                termios.tcflush(terminal, termios.TCOFLUSH)
            time.sleep(0.001)
    if attributes is not None:
        with contextlib.suppress(termios.error):
            termios.tcsetattr(0, termios.TCSANOW, attributes)


def say(sentence: str) -> None:
    """Write to standard error, past Textual, without ever waiting for it."""
    if sentence:
        with _own_descriptor() as terminal:
            _written(terminal, sentence.encode("utf-8", "replace"))


@contextlib.contextmanager
def _own_descriptor() -> Iterator[int]:
    """Standard error, opened again."""
    descriptor = reopened(2)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def reopened(descriptor: int) -> int:
    """A descriptor of its own for a terminal, one whose writes never wait; a copy for the rest.

    To make the one at hand such a one would do it to the shell too, which shares it.
    """
    try:
        return os.open(os.ttyname(descriptor), os.O_WRONLY | os.O_NOCTTY | os.O_NONBLOCK)
    except OSError:
        return os.dup(descriptor)


def _written(descriptor: int, data: bytes) -> bool:
    """Whether all of it could be written at once."""
    try:
        return os.write(descriptor, data) == len(data)
    except OSError:
        return False
