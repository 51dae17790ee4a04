"""Starts of the program as forks of a process in which everything was imported once.

What is imported takes most of the processor's time of a start. Where the start itself is meant,
`at_terminal` is given a command.
"""

from __future__ import annotations

import atexit
import fcntl
import os
import signal
import sys
import termios
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.forks import FORKS


class Forked:
    """A start of the program; as much of a `Popen` as is asked for."""

    def __init__(
        self,
        program: str,
        arguments: Sequence[str],
        terminal: int,
        environ: Mapping[str, str],
        cwd: Path | None,
        controlling: bool,
    ) -> None:
        given = (program, arguments, os.ttyname(terminal), environ, cwd, controlling)
        self._process = FORKS.Process(target=_run, args=given)
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, seconds: float) -> int | None:
        self._process.join(seconds)
        assert self.poll() is not None, f"it has not ended within {seconds} s"
        return self.poll()

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def _run(
    program: str,
    arguments: Sequence[str],
    terminal: str,
    environ: Mapping[str, str],
    cwd: Path | None,
    controlling: bool,
) -> None:
    """Take the terminal, and be what `python -c program arguments` is."""
    os.setsid()
    slave = os.open(terminal, os.O_RDWR | os.O_NOCTTY)
    if controlling:
        fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
    for descriptor in range(3):
        os.dup2(slave, descriptor)
    os.close(slave)
    os.environ.clear()
    os.environ.update(environ)
    if cwd is not None:
        os.chdir(cwd)
    sys.stdin = sys.__stdin__ = open(0, closefd=False)  # noqa: SIM115
    sys.stdout = sys.__stdout__ = open(1, "w", closefd=False)  # noqa: SIM115
    sys.stderr = sys.__stderr__ = open(2, "w", errors="backslashreplace", closefd=False)  # noqa: SIM115
    sys.argv = ["-c", *arguments]
    code: object = 0
    try:
        exec(program, {"__name__": "__main__"})
    except SystemExit as end:
        code = end.code
    except BaseException as error:
        code = 1
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue]
        atexit._run_exitfuncs()
        sys.stdout.flush()
        os._exit(code if isinstance(code, int) else int(bool(code)))
