"""Textual's driver for a terminal, made to live with whatever the terminal does."""

from __future__ import annotations

import codecs
import os
import select
import signal
import time
from collections.abc import Iterable
from typing import Any, TextIO, cast

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from tui.terminal.leaving import left, reopened
from tui.terminal.typed import Piece, Typed

LARGEST = 1000  # cells either way; a terminal that claims more is not believed
_TICK = 0.1  # seconds between two looks at whether the program ends
_SOON = 0.02  # seconds in which the rest of a sequence is likely to come
_LONGEST = 32  # code points of a sequence that Textual's parser looks for
_BUFFER = 65536  # bytes read at once


def hang_up() -> None:
    """Leave as if the terminal had said that it is closed: one way out for all of them."""
    os.kill(os.getpid(), signal.SIGHUP)


class Output:
    """The way to the terminal: UTF-8, patient, and quiet once nobody is there any more.

    Textual's thread that writes ends with the first error, and everything then waits for it. A
    write that waits in the kernel would keep the last words from the terminal.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = reopened(descriptor)
        self._closed = False

    def fileno(self) -> int:
        """The descriptor of the terminal."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def write(self, text: str) -> int:
        """Write all of it, however long that takes."""
        data = memoryview(text.encode("utf-8", "replace"))
        while data and not self._closed and not left.is_set():
            try:
                data = data[os.write(self._descriptor, data) :]
            except BlockingIOError:
                select.select((), (self._descriptor,), (), _TICK)
            except OSError:
                self._closed = True
                hang_up()
        return len(text)

    def flush(self) -> None:
        """Nothing is kept back."""


class Keys:
    """Makes Textual's events of what was typed; nothing odd in it becomes a key."""

    def __init__(self, debug: bool = False) -> None:
        self._debug = debug
        self._parser = XTermParser(debug)

    def of(self, piece: Piece) -> Iterable[Message]:
        """The events of one piece."""
        match piece.kind:
            case "paste":
                return [events.Paste(piece.text.replace("\0", ""))]
            case "escape":
                return [events.Key("escape", "\x1b")]
            case "keys":
                return self._feed("".join(c for c in piece.text if _is_key(c)))
        if len(piece.text) > _LONGEST or piece.text[1] in "]P_":
            return []  # an answer to what nobody asked
        found = self._feed(piece.text)
        if found:
            return found
        self._forget()
        if len(piece.text) == 2 and piece.text[1].isprintable():
            # No such Alt key: somebody pressed escape, and quickly another one.
            return [events.Key("escape", "\x1b"), *self._feed(piece.text[1])]
        return []

    def _feed(self, text: str) -> list[Message]:
        try:
            return list(self._parser.feed(text)) if text else []
        except Exception:  # numbers out of range and the like: the parser is of no use after it
            self._forget()
            return []

    def _forget(self) -> None:
        """Begin again after a sequence that the parser did not know."""
        old, self._parser = self._parser, XTermParser(self._debug)
        for name in ("mouse_pixels", "terminal_size", "terminal_pixel_size", "last_x", "last_y"):
            setattr(self._parser, name, getattr(old, name))


def _is_key(char: str) -> bool:
    return char != "\ufffd" and not "\x80" <= char <= "\x9f"


class Terminal(LinuxDriver):
    """Textual's driver: odd bytes run nothing, a terminal that is gone ends the program."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._file = cast(TextIO, Output(self._file.fileno()))

    # Giving the terminal back and taking it again ends and begins threads and waits for them. Right
    # where a signal happens to come it may wait for a lock that what was interrupted holds.

    def _sigtstp_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(super()._sigtstp_application)

    def _sigcont_application(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(super()._sigcont_application)

    def _get_terminal_size(self) -> tuple[int, int]:
        width, height = super()._get_terminal_size()
        return min(width, LARGEST), min(height, LARGEST)

    def process_message(self, message: Message) -> None:
        """Pass a message on, unless it is a size that cannot be."""
        if isinstance(message, events.Resize):
            width, height = message.size
            if not (0 < width <= LARGEST and 0 < height <= LARGEST):
                return
        super().process_message(message)

    def _run_input_thread(self) -> None:
        try:
            self.run_input_thread()
        except OSError:
            hang_up()
        except Exception as error:
            self._app.call_later(self._app._handle_exception, error)  # noqa: SLF001

    def run_input_thread(self) -> None:
        """Read what is typed until the program ends or the terminal is closed."""
        decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        typed, keys = Typed(), Keys(self._debug)
        heard = time.monotonic()
        while not self.exit_event.is_set():
            ready, _, _ = select.select((self.fileno,), (), (), _SOON if typed.waiting else _TICK)
            if ready:
                try:
                    data = os.read(self.fileno, _BUFFER)
                except BlockingIOError:
                    continue
                if not data:
                    hang_up()
                    return
                heard = time.monotonic()
                pieces = typed.feed(decode(data))
            else:
                pieces = typed.silence(time.monotonic() - heard)
            for piece in pieces:
                for event in keys.of(piece):
                    self.process_message(event)
