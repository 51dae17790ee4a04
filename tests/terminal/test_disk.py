"""A full disk, a folder that cannot be written: said, kept, tried again, asked about."""

from __future__ import annotations

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.terminal.pty_user import PROGRAM, Terminal, at_terminal, highlights

# A limit of the size of files is a disk that is full for everything but the terminal.
LIMITED = f"import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); {PROGRAM}"


def fill_disk(terminal: Terminal, full: bool = True) -> None:
    hard = resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE)[1]
    limit = (0 if full else hard, hard)
    resource.prlimit(terminal.process.pid, resource.RLIMIT_FSIZE, limit)


@pytest.fixture
def terminal(root: Path, home: Path) -> Iterator[Terminal]:
    with at_terminal(root, home=home, program=LIMITED) as found:
        found.shows("READ")
        yield found


def test_on_a_full_disk_it_says_so_tries_again_and_leaving_asks_and_ends_with_3(
    terminal: Terminal, root: Path
) -> None:
    fill_disk(terminal)
    terminal.type("jj1")
    terminal.shows("not saved: ")
    terminal.shows("sentence 3 of" if "sentence 3 of" in terminal.text() else "highlight")
    assert highlights(root) == []
    terminal.type("j2")
    fill_disk(terminal, False)
    terminal.until(lambda: len(highlights(root)) == 2, "it is tried again")
    terminal.shows("✓ saved")
    fill_disk(terminal)
    since = len(terminal.seen)
    terminal.type("j3")
    terminal.shows("not saved: ", since)
    terminal.type(":q\r")
    terminal.shows("Enter leaves and keeps it aside")
    terminal.type("j")
    terminal.shows("nothing done")
    since = len(terminal.seen)
    terminal.type(":q\r")
    terminal.shows("Enter leaves and keeps it aside", since)
    terminal.type("\r")
    assert terminal.ends() == 3
    said = terminal.text(terminal.seen.rfind(b"?1049l")).replace("\r", "")
    assert said.count("1 change is not saved: ") == 1
    assert "Traceback" not in said


def test_a_signal_says_what_could_not_be_saved(terminal: Terminal) -> None:
    fill_disk(terminal)
    terminal.type("jj1")
    terminal.shows("not saved: ")
    terminal.process.send_signal(signal.SIGTERM)
    assert terminal.ends() == 128 + signal.SIGTERM
    said = terminal.text(terminal.seen.rfind(b"?1049l"))
    assert "1 change is not saved: " in said
    assert "could not be kept elsewhere either" in said, "the limit is on every file"


def test_a_workspace_that_cannot_be_written_is_read_and_says_so(root: Path, home: Path) -> None:
    root.chmod(0o555)
    try:
        with at_terminal(root, home=home, humble=True) as terminal:
            terminal.shows("READ")
            terminal.type("jj1")
            terminal.shows("not saved: ")
            terminal.shows("no permission")
            terminal.type(":q\r")
            terminal.shows("Enter leaves and keeps it aside")
            terminal.type("\r")
            assert terminal.ends() == 3
            said = terminal.text(terminal.seen.rfind(b"?1049l"))
            (kept,) = home.rglob("*.rescue-*.jsonl")
            assert kept.name in said.replace("\r\n", "")
        assert not (root / "annotations").exists()
    finally:
        root.chmod(0o755)


def test_what_a_signal_left_unsaved_is_there_again_at_the_next_start(
    root: Path, home: Path
) -> None:
    root.chmod(0o555)
    try:
        with at_terminal(root, home=home, humble=True) as terminal:
            terminal.shows("READ")
            terminal.type("jj1")
            terminal.shows("not saved: ")
            terminal.process.send_signal(signal.SIGTERM)
            assert terminal.ends() == 128 + signal.SIGTERM
    finally:
        root.chmod(0o777)
    (kept,) = home.rglob("*.rescue-*.jsonl")
    with at_terminal(root, home=home, humble=True) as terminal:
        terminal.shows("came back")
        terminal.until(lambda: not kept.exists(), "the rescue file goes when all is saved")
        assert len(highlights(root)) == 1
        terminal.type("u")
        terminal.until(lambda: highlights(root) == [], "one step takes it back")
        terminal.type(":q\r")
        assert terminal.ends() == 0
