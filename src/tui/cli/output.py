"""What the command line writes: exact bytes into a pipe, nothing odd onto a terminal."""

from __future__ import annotations

import errno
import os
import sys
from typing import Any, TextIO


class OutputError(Exception):
    """Standard output took no more; `code` is what to end with."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


def on_terminal(stream: TextIO | None = None) -> bool:
    """Whether standard output (or `stream`) is a terminal."""
    stream = stream or sys.stdout
    try:
        return stream is not None and stream.isatty()
    except (OSError, ValueError):
        return False


def put(drawn: str) -> None:
    """Write what is made to be read; what came from outside has been through `visible()`."""
    _write(drawn)


def put_exact(text: str) -> None:
    """Write an export: as it is into a pipe or a file, made visible on a terminal."""
    if on_terminal():
        from tui.model.visible import visible

        text = visible(text, keep="\n\t")
    _write(text)


def put_json(value: Any) -> None:
    """Write a value as indented JSON.

    Code points that would act on a terminal, and halves of surrogate pairs as they stand for odd
    bytes in file names, are written as JSON escapes: the value stays what it is.
    """
    _write(json_text(value) + "\n")


def put_json_line(value: Any) -> None:
    """Write a value as one line of JSON, escaped like that of `put_json`."""
    _write(json_text(value, indent=None) + "\n")


def json_text(value: Any, indent: int | None = 2) -> str:
    """A value as indented JSON that is safe to look at."""
    import json

    from tui.model.visible import visible

    text = json.dumps(value, ensure_ascii=False, indent=indent)
    shown = visible(text, keep="\n")
    if shown == text:
        return text
    pairs = zip(text, shown, strict=True)
    return "".join(c if c == seen else json.dumps(c)[1:-1] for c, seen in pairs)


def note(sentence: str) -> None:
    """Say something on standard error; where that is closed, on the terminal if there is one."""
    from tui.model.visible import visible

    line = f"pressmark: {visible(sentence)}\n"
    try:
        stream = sys.stderr or (sys.stdout if on_terminal() else None)
        if stream is not None:
            stream.write(line)
            stream.flush()
    except (OSError, ValueError):
        pass


def finish() -> None:
    """Bring everything written to where it goes; raises OutputError if that fails."""
    if sys.stdout is not None:
        try:
            sys.stdout.flush()
        except (OSError, ValueError) as error:
            raise OutputError(closed_or_full(error)) from error


def closed_or_full(error: BaseException | None) -> int:
    """Give up standard output after an error on it; returns the exit code, 0 or 3.

    Whoever stopped reading (`| head`) has what they wanted, so that is 0 and nothing is said.
    """
    _forget_output()
    if isinstance(error, BrokenPipeError) or getattr(error, "errno", 0) == errno.EPIPE:
        return 0
    reason = getattr(error, "strerror", None) or "it is closed"
    note(f"standard output could not be written: {reason.lower()}")
    return 3


def _forget_output() -> None:
    """Let what is still buffered go nowhere, so that the interpreter ends in peace."""
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
    except (OSError, ValueError, AttributeError):
        pass


def _write(text: str) -> None:
    stream = sys.stdout
    if stream is None:
        raise OutputError(closed_or_full(None))
    try:
        if on_terminal(stream):
            data = text.encode(stream.encoding or "utf-8", "replace")
        else:
            data = _utf8(text)
        stream.flush()
        stream.buffer.write(data)
    except (OSError, ValueError) as error:
        raise OutputError(closed_or_full(error)) from error


def _utf8(text: str) -> bytes:
    """UTF-8, with bytes of file names as they were; what is still no UTF-8 as an escape."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def hold_descriptors() -> None:
    """Put the null device where standard input, output or error are closed.

    Otherwise the first file opened would take their number, and be written into.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
