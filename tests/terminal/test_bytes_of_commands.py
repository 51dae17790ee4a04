"""What every command writes to a terminal of a workspace that means harm, byte for byte."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.app.hostile import FILE, NAME, hostile_workspace
from tests.terminal.pty_user import at_terminal

from tui.model.visible import is_visible

SGR = re.compile(r"\x1b\[[0-9;]*m")
COMMANDS = [
    ["list"],
    ["list", "--json"],
    ["list", f"picture{NAME}"],
    ["list", f"no{NAME}"],
    ["show", NAME],
    ["show", NAME, "--json"],
    ["show", f"no\x1b[2J{NAME}"],
    ["claims"],
    ["claims", "--json"],
    ["tags"],
    ["anchors"],
    ["doctor"],
    ["export", "--format", "md"],
    ["export", "--format", "csv"],
    ["export", "--format", "jsonl", "--with-text"],
    ["export", "--format", "\x1b[2J"],
    ["export", "--output", f"out{FILE}.md"],
    ["import", f"picture{NAME}"],
    ["import", f"dump{FILE}.jsonl"],
    ["add", f"picture{NAME}"],
    ["add", NAME, "--url", "https://x.example/\x1b[2J\u202e"],
    ["--analyst", "\x1b[2J\u202e", "list"],
    ["\x1b[2Jlist"],
    [f"no{NAME}"],
]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    top = tmp_path_factory.mktemp("commands")
    home = top / "home"
    home.mkdir()
    return hostile_workspace(top / "hostile", top / "locks"), home


def test_no_command_lets_a_byte_out_that_could_act(hostile: tuple[Path, Path]) -> None:
    root, home = hostile
    for arguments in COMMANDS:
        with at_terminal(*arguments, home=home, cwd=root) as terminal:
            code = terminal.ends()
            drawn = bytes(terminal.seen).decode("utf-8")  # strictly
        assert code in (0, 1, 2), (arguments, drawn[-300:])
        assert drawn.strip(), arguments
        drawn = drawn.replace("\r\n", "\n").replace("\r", "\n")  # a line of progress goes again
        for line in SGR.sub("", drawn).split("\n"):
            assert is_visible(line.replace("\t", " ")), (arguments, ascii(line))
