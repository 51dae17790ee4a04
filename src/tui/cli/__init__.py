"""The command line. Help and version are answered without importing click, which takes 30 ms."""

from __future__ import annotations

import os
import sys

_HELP = ("--help", "-h")


def main(arguments: list[str] | None = None) -> int:
    """Run `pressmark` with these arguments (the process's by default); returns the exit code.

    0 done, 1 something asked for was not found or fell short, 2 wrong use or unusable input,
    3 could not write.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    page = _page(given)
    if page:
        return _say(page)
    from tui.cli.running import run

    return run(given)


def _page(given: list[str]) -> str:
    """What is answered at once: the version, a page of help; empty for everything else."""
    if given == ["--version"]:
        from tui.version import VERSION

        return f"pressmark {VERSION}\n"
    if not given or given[-1] not in _HELP or len(given) > 2:
        return ""
    from tui.cli.page import COMMANDS, PAGE

    if len(given) == 1:
        return PAGE
    if given[0] not in COMMANDS:
        return ""
    # What click makes of the command's options; a test holds the two together.
    path = os.path.join(os.path.dirname(__file__), "help", f"{given[0]}.txt")  # noqa: PTH118, PTH120
    try:
        with open(path, encoding="utf-8") as file:  # noqa: PTH123
            return file.read()
    except OSError:
        return ""


def _say(text: str) -> int:
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except (OSError, ValueError, AttributeError) as error:
        from tui.cli.output import closed_or_full

        return closed_or_full(error)
    return 0
