"""A fault of the program: another code than 0, three lines, no words of an article."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from tests.terminal.pty_user import Terminal, at_terminal, highlights
from tests.terminal.test_leaving import (
    DRAFT,
    assert_comes_back,
    assert_kept,
    assert_put_back,
    form_half_filled,
)

SECRET = "North Korean units"
HARM = f"""
import sys
import tui.app
from tui.cli import main
from tui.screens.moving import Moving
from tui.screens.reading import ReadingScreen
from tui.screens.scanning import Scanning
from tui.screens.showing import Showing
from tui.widgets.key_list import KeyList
from textual.css.errors import StyleValueError


def harm(*args, **options):
    words = {SECRET!r}
    raise WHAT(words)


sys.exit(main(sys.argv[1:]))
"""


def harmed(where: str, what: str = "ValueError") -> str:
    return HARM.replace("WHAT", what).replace("\n\nsys.exit", f"\n{where}\n\nsys.exit")


AT_KEY = """
run = ReadingScreen.run
def at_help(self, action, argument=""):
    harm() if action == "app.keys" else run(self, action, argument)
ReadingScreen.run = at_help
"""
AT_TIMER = "ReadingScreen.poll = harm"
AT_DRAWING = "KeyList.draw = harm"


def assert_told(tail: str, home: Path) -> None:
    lines = tail.replace("\r\n", "\n").strip("\n").split("\n")
    assert len(lines) == 3, tail
    assert "fault of the program" in lines[0]
    report = home / "state" / "pressmark" / "crash.txt"
    assert str(report) in lines[2]
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    written = report.read_text(encoding="utf-8")
    assert "harm" in written
    for words in (SECRET, DRAFT, "Intelligence"):
        assert words not in tail
        assert words not in written


def after_the_screen(terminal: Terminal) -> str:
    """What was said once the alternate screen was left."""
    return terminal.text(terminal.seen.rfind(b"\x1b[?1049l"))


@pytest.mark.parametrize(
    ("where", "what"),
    [
        (AT_KEY, "ValueError"),
        (AT_KEY, "StyleValueError"),  # Textual would draw it itself
        (AT_TIMER, "KeyError"),
        (AT_DRAWING, "RecursionError"),
    ],
)
def test_a_fault_leaves_three_lines_and_what_was_done(
    where: str, what: str, root: Path, home: Path
) -> None:
    report = home / "state" / "pressmark" / "crash.txt"
    report.parent.mkdir(parents=True, exist_ok=True)
    report.write_text("an older one", encoding="utf-8")
    report.chmod(0o644)  # others could read it: this is not left so
    with at_terminal(root, home=home, program=harmed(where, what)) as terminal:
        terminal.shows("READ")
        terminal.type("jj1")
        terminal.until(lambda: len(highlights(root)) == 1, "saved")
        if where != AT_TIMER:
            form_half_filled(terminal)
            terminal.type("?")
        assert terminal.ends() == 70
        assert_put_back(terminal)
        assert_told(after_the_screen(terminal), home)
    assert len(highlights(root)) == 1
    if where != AT_TIMER:
        assert_kept(home)
    if (where, what) == (AT_KEY, "ValueError"):
        assert_comes_back(root, home)


@pytest.mark.parametrize(
    "where", ["ReadingScreen.compose = harm", "Scanning.begin = harm", "Showing.sync = harm"]
)
def test_a_fault_at_the_start_puts_the_terminal_back_too(
    where: str, root: Path, home: Path
) -> None:
    with at_terminal(root, home=home, command=(sys.executable, "-c", harmed(where))) as terminal:
        assert terminal.ends() == 70
        assert_put_back(terminal)
        assert_told(after_the_screen(terminal), home)
