"""A person at a real terminal: the program as a process on a pseudo-terminal of its own."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import json
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.terminal.forking import Forked

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
START = (sys.executable, "-m", "tui")  # a start by itself, imports and all
PROGRAM = "import sys; from tui.cli import main; sys.exit(main(sys.argv[1:]))"
PATIENCE = 20.0  # seconds after which a wait has failed
SYNC = re.compile(rb"\x1b\[[0-?]*[ -/]*[@-~]|\x1b[=>()][0B]?")


class Terminal:
    """Keys in, bytes out. What came out is in `seen`; nothing is read while `stuck`."""

    def __init__(
        self,
        command: Sequence[str],
        program: str,
        arguments: Sequence[str],
        environ: dict[str, str],
        cwd: Path | None = None,
        controlling: bool = True,
        humble: bool = False,
    ) -> None:
        self.master, slave = pty.openpty()
        self.resize(120, 40, tell=False)
        self.before = termios.tcgetattr(slave)
        self.slave = slave  # kept open, so that what the program left can be looked at
        self.seen = bytearray()
        if not command:
            self.process = Forked(program, arguments, slave, environ, cwd, controlling)
            return
        self.process = subprocess.Popen(
            [*command, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=environ,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=_before(slave, controlling, humble),  # noqa: PLW1509
        )

    def resize(self, width: int, height: int, tell: bool = True) -> None:
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", height, width, 0, 0))

    def type(self, keys: str | bytes) -> None:
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            _, ready, _ = select.select((), (self.master,), (), PATIENCE)
            assert ready, "the program reads nothing"
            sent = os.write(self.master, data[:512])
            data = data[sent:]
            self.read(0)

    def read(self, seconds: float = 0.02) -> bool:
        """Take in what came out within so long; False if there was nothing."""
        found = False
        while select.select((self.master,), (), (), 0 if found else seconds)[0]:
            try:
                data = os.read(self.master, 65536)
            except OSError:
                return found
            if not data:
                return found
            self.seen += data
            found = True
        return found

    def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait until something is so."""
        end = time.monotonic() + PATIENCE
        while not true():
            self.read()
            assert time.monotonic() < end, f"not within {PATIENCE} s: {what}\n{self.text()[-2000:]}"

    def shows(self, words: str, since: int = 0) -> None:
        """Wait until words were drawn, each row of them whole."""
        looked = -1  # how much was there at the last look

        def drawn() -> bool:
            nonlocal looked
            before, looked = looked, len(self.seen)
            return looked != before and words in self.text(since)

        self.until(drawn, words)

    def text(self, since: int = 0) -> str:
        """What was drawn, without the sequences that placed it."""
        return SYNC.sub(b"", bytes(self.seen[since:])).decode("utf-8", "replace")

    def ends(self) -> int:
        """Wait until the process has ended; its exit code, negative for a signal."""
        self.until(lambda: self.process.poll() is not None, "the program ends")
        self.read()
        code = self.process.poll()
        assert code is not None
        return code

    def attributes(self) -> list[object]:
        return list(termios.tcgetattr(self.slave))

    def hang_up(self) -> None:
        """Close the terminal's side, as a window that is closed does."""
        os.close(self.slave)
        os.close(self.master)
        self.slave = self.master = -1

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait(PATIENCE)
        for descriptor in (self.master, self.slave):
            if descriptor >= 0:
                with contextlib.suppress(OSError):
                    os.close(descriptor)


def _before(slave: int, controlling: bool, humble: bool) -> Callable[[], None]:
    library = ctypes.CDLL(None)

    def take() -> None:
        if controlling:
            fcntl.ioctl(slave, termios.TIOCSCTTY, 0)
        if humble:  # permissions hold for root too
            for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
                library.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)

    return take


def environ_for(home: Path, more: dict[str, str] | None = None) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if k in ("PATH", "LANG", "LC_ALL", "PYTHONPATH")}
    own = {
        "HOME": str(home),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "PRESSMARK_ANALYST": "kim",
        "TERM": "xterm-256color",
        "PYTHONFAULTHANDLER": "",
    }
    return kept | own | (more or {})


@contextmanager
def at_terminal(
    *arguments: str | Path,
    home: Path,
    command: Sequence[str] = (),
    program: str = PROGRAM,
    cwd: Path | None = None,
    controlling: bool = True,
    humble: bool = False,
    environ: dict[str, str] | None = None,
) -> Iterator[Terminal]:
    """The program, started at a terminal; it is ended with the block.

    It is a fork in which all is imported (`tests.terminal.forking`) and the text `program` is run,
    or a process by itself if a command is given, or permissions have to hold for root (`humble`).
    """
    if humble:
        command = START
    terminal = Terminal(
        command,
        program,
        [*map(str, arguments)],
        environ_for(home, environ),
        cwd,
        controlling,
        humble,
    )
    try:
        yield terminal
    finally:
        terminal.close()


# what is on the disk


def highlights(root: Path) -> list[dict[str, Any]]:
    """Live highlights that were saved, in the order of their ids."""
    found = {
        row["id"]: row
        for file in (root / "annotations").rglob("*.json")
        for row in json.loads(file.read_text(encoding="utf-8")).get("_default", {}).values()
        if row["type"] == "highlight" and not row.get("deleted")
    }
    return [found[key] for key in sorted(found)]


@contextmanager
def saving_held_up(home: Path) -> Iterator[None]:
    """Hold the locks of what was saved before, so that the next save has to wait."""
    handles = [os.open(p, os.O_RDWR) for p in (home / "cache").rglob("*.lock")]
    assert handles, "nothing was saved yet"
    for handle in handles:
        fcntl.flock(handle, fcntl.LOCK_EX)
    try:
        yield
    finally:
        for handle in handles:
            os.close(handle)
