"""A long run says on a terminal how far it is, into a pipe nothing; Ctrl+C ends it cleanly."""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from tests.articles.made import column, pdf

from tui.cli import main, opening, progress

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
WORDS = ["The ferries would sail again after the storm, said the office."] * 40


@pytest.fixture(autouse=True)
def _there(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in the workspace."""
    monkeypatch.chdir(workspace)


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch):
    """Runs a command with standard error a terminal; its exit code and what was drawn there."""
    monkeypatch.setattr(progress, "LONG", 0.0)
    monkeypatch.setattr(progress, "OFTEN", 0.0)
    monkeypatch.setattr(opening, "OFTEN", 0.0)  # one file at a time

    def run(*arguments: str | Path) -> tuple[int, str]:
        master, slave = pty.openpty()
        found: list[bytes] = []

        def read() -> None:
            with contextlib.suppress(OSError):  # Linux says so when the last writer has gone
                while piece := os.read(master, 65536):
                    found.append(piece)

        reading = Thread(target=read)
        reading.start()
        with os.fdopen(slave, "w", encoding="utf-8") as terminal:
            monkeypatch.setattr(sys, "stderr", terminal)
            code = main([str(each) for each in arguments])
            monkeypatch.setattr(sys, "stderr", sys.__stderr__)
        reading.join(20)
        os.close(master)
        return code, b"".join(found).decode("utf-8")

    return run


def last_line(text: str) -> str:
    """What is left of a line on which everything begins with a carriage return."""
    return text.rpartition("\r")[2]


def test_list_says_on_a_terminal_how_far_reading_is_and_takes_it_away_again(
    workspace: Path, drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = drawn("list", "--json")
    assert code == 0
    assert " files · Ctrl+C stops" in text
    assert last_line(text) == ""
    assert text.rpartition("\r")[0].endswith(" " * 79)
    assert "\x1b" not in text
    assert json.loads(capsys.readouterr().out), "standard output holds what was asked for"


def test_suggest_says_for_how_many_articles_it_is_done(
    workspace: Path, drawn, capsys: pytest.CaptureFixture[str]
) -> None:
    code, text = drawn("suggest", "--json")
    assert code == 0
    found = capsys.readouterr().out.splitlines()
    assert f"{len(found)} of {len(found)} articles · Ctrl+C stops" in text
    assert last_line(text) == ""


def test_import_and_add_say_what_takes_long(workspace: Path, drawn, tmp_path: Path) -> None:
    story = tmp_path / "story.txt"
    story.write_text("A story\n\nWords of it.\n")
    assert main(["export", "--format", "jsonl", "-o", str(tmp_path / "out.jsonl")]) == 0
    for arguments in (("add", story), ("import", tmp_path / "out.jsonl")):
        code, text = drawn(*arguments)
        assert code == 0
        assert last_line(text) == ""


def test_nothing_is_said_into_a_pipe(
    workspace: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(progress, "LONG", 0.0)
    assert main(["list"]) == 0
    assert capsys.readouterr().err == ""


def test_ctrl_c_ends_a_long_run_with_code_130_and_no_child_left(tmp_path: Path) -> None:
    root = tmp_path / "long"
    root.mkdir()
    (root / "long.pdf").write_bytes(pdf([column(WORDS)] * 400))
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tui", "list"], cwd=root, stdout=subprocess.PIPE, stderr=slave
    )
    os.close(slave)
    text = b""
    while b"Ctrl+C stops" not in text and select.select([master], [], [], 30)[0]:
        text += os.read(master, 4096)
    os.kill(process.pid, signal.SIGINT)
    with contextlib.suppress(OSError):  # Linux says so when the last writer has gone
        while piece := os.read(master, 4096):
            text += piece
    os.close(master)
    out, _ = process.communicate(timeout=20)
    assert process.returncode == 130
    assert out == b""
    assert last_line(text.decode()) == "", "the line is taken away again"
    assert "Traceback" not in text.decode()
