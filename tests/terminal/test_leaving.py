"""Signals, a terminal that is closed or stuck, kill -9: saved first, the screen put back."""

from __future__ import annotations

import os
import re
import signal
import time
from pathlib import Path

import pytest
from tests.terminal.pty_user import PATIENCE, Terminal, at_terminal, highlights, saving_held_up

from tui.config import load_state

HERE_AGAIN = "the claim you left open is here again"
DRAFT = "by nobody else"


def started(terminal: Terminal) -> None:
    terminal.shows("READ")
    terminal.shows("kim")


def marked(terminal: Terminal, root: Path, keys: str = "jj1", count: int = 1) -> None:
    terminal.type(keys)
    terminal.until(lambda: len(highlights(root)) == count, "the highlight is on the disk")


def form_half_filled(terminal: Terminal) -> None:
    """A claim on the next sentence, with a note typed into it."""
    terminal.type("jc;n")
    terminal.shows(" note ")
    terminal.type(DRAFT + "\r")
    row = re.compile(f"note {{2,}}{DRAFT}")  # of the form; while it is typed one blank is before it
    terminal.until(lambda: row.search(terminal.text()), "the note is in the form")


def assert_put_back(terminal: Terminal) -> None:
    assert terminal.attributes() == terminal.before
    seen = bytes(terminal.seen)
    for mode in (b"?1049", b"?1000", b"?1003", b"?1006", b"?2004", b"?1004"):
        assert seen.rfind(mode + b"l") > seen.rfind(mode + b"h") >= 0, mode
    for mode in (b"?25", b"?7"):
        assert seen.rfind(mode + b"h") > seen.rfind(mode + b"l"), mode


def assert_comes_back(root: Path, home: Path) -> None:
    with at_terminal(root, home=home) as terminal:
        terminal.shows(HERE_AGAIN)
        terminal.shows(DRAFT)


def assert_kept(home: Path) -> None:
    """The form is in the file that the next start brings it back from."""
    (draft,) = (home / "state").rglob("*.draft.json")
    assert DRAFT in draft.read_text(encoding="utf-8")


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
def test_a_signal_saves_what_waits_and_the_open_form_and_restores_the_terminal(
    number: signal.Signals, root: Path, home: Path
) -> None:
    if number == signal.SIGTERM:  # a process that looks for proposals is ended with it
        load_state(root, "kim").file.unlink()
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        marked(terminal, root)
        with saving_held_up(home):
            terminal.type("j2")
            terminal.shows("saving 1")
            form_half_filled(terminal)
            terminal.process.send_signal(number)
        assert terminal.ends() == 128 + number
        assert_put_back(terminal)
    assert [h["tags"] for h in highlights(root)] == [["military"], ["casualties"]]
    assert_kept(home)
    if number == signal.SIGTERM:
        assert_comes_back(root, home)


def test_words_that_are_half_typed_are_kept(root: Path, home: Path) -> None:
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        marked(terminal, root)
        terminal.type("]i")
        terminal.shows(" note ")
        terminal.type("whose count")
        terminal.shows("whose count")
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.ends() == 128 + signal.SIGTERM
        assert [h["note"] for h in highlights(root)] == ["whose count"]
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        terminal.type("jc;n")
        terminal.shows(" note ")
        terminal.type(DRAFT)
        terminal.shows(DRAFT)
        terminal.process.send_signal(signal.SIGHUP)
        assert terminal.ends() == 128 + signal.SIGHUP
    assert_comes_back(root, home)  # though it was not in the form yet


@pytest.mark.parametrize("controlling", [True, False])
def test_a_closed_terminal_saves_what_waits_and_the_open_form(
    controlling: bool, root: Path, home: Path
) -> None:
    with at_terminal(root, home=home, controlling=controlling) as terminal:
        started(terminal)
        marked(terminal, root)
        with saving_held_up(home):
            terminal.type("j2")
            terminal.shows("saving 1")
            form_half_filled(terminal)
            terminal.hang_up()
        assert terminal.process.wait(PATIENCE) == 128 + signal.SIGHUP
    assert len(highlights(root)) == 2
    assert_kept(home)


def test_a_stuck_terminal_does_not_keep_it_from_saving_and_leaving(root: Path, home: Path) -> None:
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        marked(terminal, root)
        form_half_filled(terminal)
        until_stuck(terminal)
        terminal.process.send_signal(signal.SIGTERM)
        assert terminal.process.wait(PATIENCE) == 128 + signal.SIGTERM
        terminal.read()
        assert_put_back(terminal)
    assert_kept(home)


def until_stuck(terminal: Terminal) -> None:
    """Make it draw, and read nothing, until it works no more: it waits for the terminal."""
    end, wide = time.monotonic() + PATIENCE, 120
    while True:
        before, until = used(terminal), time.monotonic() + 0.5
        while time.monotonic() < until:
            wide = 241 - wide
            terminal.resize(wide, 40)
            time.sleep(0.01)  # between two sizes
        if used(terminal) - before < 0.1:
            return
        assert time.monotonic() < end, "it never waits for the terminal"


def used(terminal: Terminal) -> float:
    """Seconds of work done by the process."""
    text = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="utf-8")
    fields = text.rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def test_killed_at_once_it_loses_nothing_that_was_acknowledged(root: Path, home: Path) -> None:
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        marked(terminal, root)
        form_half_filled(terminal)
        terminal.process.kill()
        assert terminal.ends() == -signal.SIGKILL
    assert len(highlights(root)) == 1
    assert_kept(home)


def test_suspended_and_continued_it_goes_on_until_q_and_ctrl_c_says_so(
    root: Path, home: Path
) -> None:
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        terminal.process.send_signal(signal.SIGTSTP)
        terminal.until(lambda: state(terminal) == "T", "it is stopped")
        terminal.read()
        assert_put_back(terminal)
        since = len(terminal.seen)
        terminal.process.send_signal(signal.SIGCONT)
        terminal.until(lambda: b"?1049h" in terminal.seen[since:], "the screen is back")
        terminal.shows("READ", since)
        marked(terminal, root)
        terminal.type("\x03")
        terminal.shows("q leaves")
        terminal.type("q")  # what was marked is focused no more
        terminal.type("q")
        assert terminal.ends() == 0
        assert_put_back(terminal)


def state(terminal: Terminal) -> str:
    text = Path(f"/proc/{terminal.process.pid}/stat").read_text(encoding="utf-8")
    return text.rpartition(")")[2].split()[0]


def test_leaving_waits_for_what_is_not_saved_yet(root: Path, home: Path) -> None:
    with at_terminal(root, home=home) as terminal:
        started(terminal)
        marked(terminal, root)
        with saving_held_up(home):
            terminal.type("j2:q\r")
            terminal.shows("saving 1")
        assert terminal.ends() == 0
    assert len(highlights(root)) == 2
