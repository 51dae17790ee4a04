"""What goes to the terminal, byte for byte, of a workspace that means harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.terminal.pty_user import START, Terminal, at_terminal

from tui.model.visible import is_visible

# What Textual sends itself: colours, places, modes, the keyboard's protocol, questions, erasing.
OURS = re.compile(
    rb"\x1b\[(?:[0-9;:]*m|[0-9]+;[0-9]+H|\?[0-9]+[hl]|\?[0-9]+\$p|[<>=][0-9;]*u|[0-9]*[ABCDJK]|s|u)"
    rb"|\x1b\\"  # the end of a string, when it leaves
    rb"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # what the analyst copied
    rb"|\x1b\]22;[a-z-]*\x07"  # the shape of the pointer
)
WALK = (
    "jjjj",
    "]",
    "c",
    "\x1b",
    "t",
    "\x1b",
    "B",
    "jj",
    "\x1b",
    "?",
    "\x1b",
    "R",
    "\x1b",
    "yy",
    "J",
)


def answered(terminal: Terminal) -> None:
    """Wait until it stands still."""
    terminal.until(lambda: not terminal.read(0.1), "it stands still")


def test_no_byte_of_a_text_reaches_the_terminal_that_could_act(hostile: Path, home: Path) -> None:
    with at_terminal(hostile, home=home) as terminal:
        terminal.until(lambda: b"\x1b[?1049h" in terminal.seen, "it starts")
        for width in (120, 60):  # and each time the next article
            terminal.resize(width, 40)
            answered(terminal)
            for keys in WALK:
                terminal.type(keys)
                answered(terminal)
        terminal.type("\x1b")
        terminal.type(":q\r")
        assert terminal.ends() == 0
    assert_ours_alone(bytes(terminal.seen))


def assert_ours_alone(sent: bytes) -> None:
    left = OURS.sub(b"\n", sent)
    at = left.find(b"\x1b")
    assert at < 0, left[at : at + 60]
    text = left.decode("utf-8")  # strictly
    for row in text.replace("\r\n", "\n").split("\n"):
        assert is_visible(row), ascii(row)


NO_COLOURS = {"NO_COLOR": "1"}
SIXTEEN = {"TERM": "xterm", "COLORTERM": ""}


@pytest.mark.parametrize("settings", [NO_COLOURS, SIXTEEN], ids=["no colour", "16 colours"])
def test_states_are_read_without_colour(settings: dict[str, str], root: Path, home: Path) -> None:
    with at_terminal(root, home=home, command=START, environ=settings) as terminal:
        terminal.shows("READ")
        terminal.type("jj1")
        terminal.shows("1▌")  # the slot, and the bar of the highlight
        terminal.shows("▎")  # the sentence that the cursor is on
        terminal.type("jc\r")
        terminal.shows("draft")
        terminal.type("R\r")
        terminal.shows("REVIEW")
        answered(terminal)  # a decision counts only for a claim that was painted
        terminal.type("a")
        terminal.shows("accepted")
        terminal.shows("✓ saved")
        terminal.type("\x1b")
        terminal.type(":q\r")
        assert terminal.ends() == 0
        sent = bytes(terminal.seen)
    found = {int(n) for m in re.findall(rb"\x1b\[([0-9;]+)m", sent) for n in m.split(b";") if n}
    if settings is NO_COLOURS:
        colours = re.findall(rb"\x1b\[[0-9;]*[34]8;2;(\d+);(\d+);(\d+)", sent)
        assert all(r == g == b for r, g, b in colours), "greys alone"
    else:
        assert not found & {38, 48}, "no colour that such a terminal has not"
