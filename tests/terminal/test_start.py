"""Where there is no terminal: a sentence and code 2 at once, without loading Textual."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from tests.terminal.pty_user import at_terminal, environ_for

NO_TEXTUAL = """
import sys
from tui.cli import main
code = main(sys.argv[1:])
sys.exit(99 if "textual" in sys.modules else code)
"""


@pytest.mark.parametrize("kind", ["dumb", ""])
def test_a_terminal_that_cannot_place_text(kind: str, root: Path, home: Path) -> None:
    command = (sys.executable, "-c", NO_TEXTUAL)
    with at_terminal(root, home=home, command=command, environ={"TERM": kind}) as terminal:
        assert terminal.ends() == 2
        said = terminal.text().strip()
    assert "TERM" in said
    assert "\n" not in said
    assert "\x1b" not in bytes(terminal.seen).decode()


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("how", ["closed", "no terminal"])
def test_an_end_that_is_no_terminal(which: int, how: str, root: Path, home: Path) -> None:
    master, slave = pty.openpty()
    close = f"import os; os.close({which}); " if how == "closed" else ""
    execute = f"{close}import os, sys; os.execv(sys.executable, [sys.executable, *sys.argv[1:]])"
    ends = [slave, slave, slave]
    read, write = os.pipe()
    if how == "no terminal":
        ends[which] = write if which else read
    try:
        done = subprocess.run(
            [sys.executable, "-c", execute, "-c", NO_TEXTUAL, str(root)],
            stdin=ends[0],
            stdout=ends[1],
            stderr=ends[2],
            env=environ_for(home),
            timeout=20,
            check=False,
        )
    finally:
        for descriptor in (read, write, master, slave):
            os.close(descriptor)
    assert done.returncode == 2
