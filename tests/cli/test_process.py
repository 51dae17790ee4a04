"""The command line as a process: pipes, terminals, closed descriptors, what is imported."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from tui.cli.page import COMMANDS

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
termios = pytest.importorskip("termios")

SEEN = "2025-02-05-news-today-troops-not-seen.txt"
KOREAN = "2025-02-12-naru-ilbo-additional-deployment.txt"
READER = [sys.executable, "-m", "tui"]
SGR = re.compile(r"\x1b\[\d*m")


def on_terminal(
    arguments: Sequence[str | Path],
    cwd: Path,
    columns: int = 80,
    command: Sequence[str] = READER,
    **changes: str,
) -> tuple[int, str]:
    """Run on a pseudo-terminal of a width; the exit code and what it drew."""
    master, slave = pty.openpty()
    termios.tcsetwinsize(slave, (24, columns))
    env = os.environ | changes
    process = subprocess.Popen(
        [*command, *arguments], cwd=cwd, env=env, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    drawn = b""
    end = time.monotonic() + 30
    with contextlib.suppress(OSError):  # Linux says so when the last writer has gone
        while time.monotonic() < end and select.select([master], [], [], 30)[0]:
            piece = os.read(master, 65536)
            if not piece:
                break
            drawn += piece
    os.close(master)
    return process.wait(timeout=10), drawn.decode("utf-8").replace("\r\n", "\n")


# What is imported


CALLS = {
    "add": ["add", SEEN],
    "show": ["show", SEEN],
    "export": ["export", "--format", "md"],
    "import": ["import", "../out.jsonl", "--dry-run"],
    "completion": ["completion", "bash"],
    "search": ["search", "korean"],
}


# One after the other in a process, and after each what it brought in that draws.
ALL = """
import sys
from tui.cli import main
for call in {calls!r}:
    code = main(call)
    tops = ("textual", "rich", "asyncio", "tui.app", "tui.screens", "tui.widgets")
    drawing = [name for name in sys.modules if name.startswith(tops)]
    sys.stderr.write(f"\\n={{call[0]}} {{code}} {{drawing}}\\n")
"""


def test_no_command_imports_textual_or_anything_else_that_draws(workspace) -> None:
    shutil.copy(workspace / SEEN, workspace.parent / "out.jsonl")
    names = sorted(COMMANDS)
    code = ALL.format(calls=[CALLS.get(name, [name]) for name in names])
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, check=False
    )
    said = [line for line in done.stderr.split("\n") if line.startswith("=")]
    assert said == [f"={name} {2 if name == 'import' else 0} []" for name in names], done.stderr


# Pipes


def test_an_export_into_a_pipe_is_the_file_byte_for_byte(process, workspace, tmp_path) -> None:
    out = tmp_path / "out.jsonl"
    process("export", "-o", out, cwd=workspace)
    done = process("export", cwd=workspace, env=os.environ | {"LC_ALL": "C", "CLICOLOR_FORCE": "1"})
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout == out.read_bytes()
    assert b"\x1b" not in done.stdout
    assert "나루일보".encode() in done.stdout


def test_a_table_in_a_pipe_is_neither_cut_nor_coloured(process, workspace) -> None:
    env = os.environ | {"COLUMNS": "40"}
    done = process("list", cwd=workspace, env=env)
    titles = [
        article["title"] for article in json.loads(process("list", "--json", cwd=workspace).stdout)
    ]
    assert all(title in done.stdout.decode() for title in titles)
    assert b"\x1b" not in done.stdout


@pytest.mark.parametrize("arguments", [["list", "--json"], ["export"], ["--help"], ["list", "-h"]])
def test_a_reader_that_stops_reading_is_no_error(workspace, arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [*READER, *arguments], cwd=workspace, stdout=writing, stderr=subprocess.PIPE, check=False
    )
    os.close(writing)
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
@pytest.mark.parametrize("arguments", [["list"], ["export"], ["--version"], ["keys", "--help"]])
def test_a_full_disk_behind_standard_output_is_code_3(workspace, arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*READER, *arguments], cwd=workspace, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert done.returncode == 3
    assert done.stderr == b"pressmark: standard output could not be written: " + (
        os.strerror(28).lower().encode() + b"\n"
    )


def closed(redirection: str, *arguments: str, cwd: Path) -> subprocess.CompletedProcess[bytes]:
    """Run with a descriptor closed by the shell, as in `pressmark list >&-`."""
    return subprocess.run(
        ["sh", "-c", f'"$@" {redirection}', "sh", *READER, *arguments],
        cwd=cwd,
        capture_output=True,
        check=False,
    )


def test_a_closed_standard_output_is_code_3_and_no_file_takes_its_place(workspace) -> None:
    before = sorted(workspace.rglob("*"))
    done = closed(">&-", "list", cwd=workspace)
    assert done.returncode == 3
    assert done.stderr == b"pressmark: standard output could not be written: it is closed\n"
    assert sorted(workspace.rglob("*")) == before


def test_closed_standard_input_and_error_do_not_matter_to_a_command(workspace) -> None:
    done = closed("<&- 2>&-", "list", "--json", cwd=workspace)
    assert done.returncode == 0
    assert len(json.loads(done.stdout)) == 9


def test_ctrl_c_ends_quietly(workspace) -> None:
    code = (
        "from unittest import mock; from tui.cli.running import run; import sys\n"
        "with mock.patch('tui.desk.Desk.scan', side_effect=KeyboardInterrupt):\n"
        "    sys.exit(run(['list']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, check=False
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_a_fault_of_ours_is_one_sentence_without_a_word_of_an_article(workspace) -> None:
    code = (
        "from unittest import mock; from tui.cli.running import run; import sys\n"
        "with mock.patch('tui.desk.Desk.scan', side_effect=KeyError('casualties')):\n"
        "    sys.exit(run(['list']))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=workspace, capture_output=True, text=True, check=False
    )
    assert done.returncode == 70
    assert "a fault of Pressmark itself: KeyError at" in done.stderr
    assert "casualties" not in done.stderr
    assert done.stderr.count("\n") == 1


# Odd names


ODD_NAMES = [b"-n.txt", b"--json.txt", b"new\nline.txt", b"esc\x1b[31m.txt", b"\xff\xfe.txt"]


# One name after the other in a process; a line with the code ends what was written of each.
EACH = """
import sys
from tui.cli import main
for name in sys.argv[3:]:
    code = main([sys.argv[1], "--", name + sys.argv[2]])
    print("=", code, flush=True)
    print("=", code, file=sys.stderr, flush=True)
"""


def test_a_file_of_any_name_is_read_and_named(process, workspace) -> None:
    names = [*ODD_NAMES, "기사.txt".encode()]
    folder = workspace / "odd"
    folder.mkdir()
    text = (workspace / SEEN).read_text(encoding="utf-8")
    for number, name in enumerate(names):  # each another article
        (folder / os.fsdecode(name)).write_text(f"{text}\nPart {number}.\n", encoding="utf-8")
    listed = process("list", "--json", "--", *names, cwd=folder)
    paths = [a["path"].encode("utf-8", "surrogateescape") for a in json.loads(listed.stdout)]
    assert sorted(path.removeprefix(b"odd/") for path in paths) == sorted(names)

    def each(command: str, more: str) -> tuple[bytes, bytes]:
        done = subprocess.run(
            [sys.executable, "-c", EACH, command, more, *names],
            cwd=folder,
            capture_output=True,
            check=True,
        )
        return done.stdout, done.stderr

    shown, _ = each("show", "")
    assert shown.count(b"= 0\n") == len(names)
    assert all(b"Part %d." % number in shown for number in range(len(names)))
    assert b"\x1b" not in shown
    _, missing = each("list", "x")
    assert [line[:10] for line in missing.split(b"\n")] == [b"pressmark:", b"= 2"] * len(names) + [
        b""
    ]
    assert b"\x1b" not in missing


def test_a_file_called_like_a_command_is_opened_as_a_path(process, workspace) -> None:
    (workspace / SEEN).rename(workspace / "list")
    (article,) = json.loads(process("list", "./list", "--json", cwd=workspace).stdout)
    assert article["path"] == "list"
    done = process("./list", cwd=workspace)
    assert (done.returncode, b"needs a terminal" in done.stderr) == (2, True)


# Terminals


def test_a_terminal_gets_lines_that_fit_it_hangul_too(workspace) -> None:
    from wcwidth import wcswidth

    each = (
        'import sys; from tui.cli import main\nfor name in sys.argv[1:]: print("=", main([name]))'
    )
    commands = ["list", "claims", "suggest", "anchors", "tags", "keys"]
    for columns in (44, 90):
        _, drawn = on_terminal(commands, workspace, columns, [sys.executable, "-c", each])
        *answers, rest = SGR.sub("", drawn).split("= 0\n")
        assert (len(answers), rest) == (len(commands), "")
        for command, answer in zip(commands, answers, strict=True):
            lines = answer.split("\n")
            assert len(lines) > 3
            assert max(wcswidth(line) for line in lines) <= columns, command
        assert "북한군" in answers[0]


def test_without_colour_nothing_but_text_is_drawn(workspace) -> None:
    assert "\x1b" in on_terminal(["list"], workspace)[1]
    assert "\x1b" not in on_terminal(["list"], workspace, NO_COLOR="1")[1]
    assert "\x1b" not in on_terminal(["list"], workspace, TERM="dumb")[1]


@pytest.fixture
def hostile(workspace) -> Path:
    """An article whose words would move the cursor, if they got out."""
    text = "\x1b]0;gone\x07CLEAR \x1b[2J SCREEN\n\nHe said \u202eso\u202c\x9b31m twice.\n"
    path = workspace / "hostile.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_in_an_article_acts_on_the_terminal(hostile) -> None:
    calls = [
        ["list", hostile.name],
        ["show", hostile.name],
        ["show", "--json", hostile.name],
        ["list", "--json", hostile.name],
        ["export", "--format", "md"],
    ]
    every = f'from tui.cli import main\nfor call in {calls!r}: print("=", main(call))'
    _, drawn = on_terminal([], hostile.parent, command=[sys.executable, "-c", every])
    *answers, rest = SGR.sub("", drawn).split("= 0\n")
    assert (len(answers), rest) == (len(calls), "")
    for call, answer in zip(calls, answers, strict=True):
        assert "CLEAR" in answer or call[0] == "export", call
        assert not set(answer) & set("\x1b\x07\x9b\u202e\u202c\x00"), call


def test_json_on_a_terminal_means_what_it_means_in_a_pipe(hostile, process) -> None:
    _, drawn = on_terminal(["show", "hostile.txt", "--json"], hostile.parent, columns=500)
    piped = process("show", "hostile.txt", "--json", cwd=hostile.parent)
    assert json.loads(drawn) == json.loads(piped.stdout)
    assert json.loads(drawn)["text"] == hostile.read_text(encoding="utf-8")


# The reader without what it needs


@pytest.mark.parametrize(
    ("redirection", "said"),
    [
        ("<&-", b"standard input is closed"),
        (">&-", b"standard output is closed"),
        ("</dev/null", b"standard input is none"),
    ],
)
def test_the_reader_without_a_terminal_says_so_at_once(
    workspace, redirection: str, said: bytes
) -> None:
    done = closed(redirection, ".", cwd=workspace)
    assert (done.returncode, done.stdout) == (2, b"")
    assert said in done.stderr
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize(("term", "said"), [("dumb", "TERM is dumb"), ("", "TERM is not set")])
def test_the_reader_on_a_terminal_that_cannot_place_text_says_so(
    workspace, term: str, said: str
) -> None:
    code, drawn = on_terminal(["."], workspace, TERM=term)
    assert code == 2
    assert said in drawn
    assert "\x1b" not in drawn


def test_the_reader_on_a_path_that_is_not_there_says_which_command_was_meant(process, home) -> None:
    done = process("lists", cwd=home)
    assert done.returncode == 2
    assert done.stderr == b"pressmark: lists does not exist: did you mean pressmark list?\n"
