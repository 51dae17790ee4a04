"""Which command is meant, how it is run, and what is said when it cannot be done."""

from __future__ import annotations

import errno
import os
import sys
from typing import TYPE_CHECKING

from tui.cli.failing import Failure
from tui.cli.loading import COMPLETE, load
from tui.cli.output import OutputError, finish, hold_descriptors, note
from tui.cli.page import COMMANDS

if TYPE_CHECKING:
    import click

_WITH_VALUE = ("--workspace", "--analyst", "--encoding")
_NO_WRITING = (errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EFBIG)
INTERRUPTED, FAULT = 130, 70


def arranged(arguments: list[str]) -> tuple[str, list[str]]:
    """The command that is meant and its arguments; the empty name for the reader.

    Options may stand before the name of the command. After `--` everything is a PATH.
    """
    index = 0
    while index < len(arguments):
        given = arguments[index]
        if given == "--":
            break
        if given in COMMANDS:
            return given, [*arguments[:index], *arguments[index + 1 :]]
        if not given.startswith("-") or given == "-":
            break
        index += 2 if given in _WITH_VALUE else 1
    return "", arguments


def run(arguments: list[str]) -> int:
    """Run a command; returns the exit code. Errors are said in one sentence on standard error."""
    hold_descriptors()
    if COMPLETE in os.environ:
        from tui.cli.completion import answer

        return answer(os.environ[COMPLETE])
    name, rest = arranged(arguments)
    called = f"pressmark {name}".rstrip()
    try:
        if not name and _only_paths(rest):
            return _opened(rest)
        return _invoked(load(name), called, rest)
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:
        return _failed(error)


def _only_paths(arguments: list[str]) -> bool:
    """Whether there is nothing to parse, as when the reader is opened."""
    return all(given and not given.startswith("-") and "\0" not in given for given in arguments)


def _opened(arguments: list[str]) -> int:
    """Open the reader on the paths without click, which would hold up the first paint by 15 ms."""
    from pathlib import Path

    from tui.cli.starting import start

    code = start([Path(given) for given in arguments])
    finish()
    return code


def _invoked(command: click.Command, called: str, arguments: list[str]) -> int:
    import click

    try:
        with command.make_context(called, arguments) as context:
            code: object = command.invoke(context)
        finish()
    except click.exceptions.Exit as done:
        code = done.exit_code
        finish()
    except click.UsageError as error:
        note(f"{_sentence(error.format_message())}; see {called} --help")
        return 2
    return code if isinstance(code, int) else 0


def _failed(error: Exception) -> int:
    if isinstance(error, OutputError):
        return error.code
    if isinstance(error, BrokenPipeError):  # click writes its help itself
        from tui.cli.output import closed_or_full

        return closed_or_full(error)
    code = getattr(error, "code", None)
    if isinstance(error, Failure) or _is_desk_error(error):
        note(str(error))
        return code if isinstance(code, int) else 2
    if isinstance(error, OSError):
        where = f"{error.filename}: " if error.filename is not None else ""
        note(f"{where}{(error.strerror or str(error)).lower()}")
        return 3 if error.errno in _NO_WRITING else 2
    return _fault(error)


def _is_desk_error(error: Exception) -> bool:
    """Whether the desk says what is wrong; without it having been imported, it does not."""
    desk = sys.modules.get("tui.desk")
    return desk is not None and isinstance(error, desk.DeskError)


def _fault(error: Exception) -> int:
    """Say where Pressmark itself is at fault, without any text of an article."""
    import traceback

    if os.environ.get("PRESSMARK_DEBUG"):
        traceback.print_exception(error)
        return FAULT
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{os.path.basename(last.filename)} line {last.lineno}"  # noqa: PTH119
    note(
        f"a fault of Pressmark itself: {type(error).__name__} at {place}; nothing of yours is "
        "lost. PRESSMARK_DEBUG=1 shows all of it, for a report"
    )
    return FAULT


def _sentence(message: str) -> str:
    """A message of click as a clause: one line, small letter, no full stop."""
    text = " ".join(message.split()).rstrip(".")
    return text[:1].lower() + text[1:]
