"""What every command writes to a terminal of a workspace that means harm, byte for byte."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.app.hostile import FILE, NAME
from tests.terminal.pty_user import at_terminal

from tui.model.visible import is_visible

SGR = re.compile(r"\x1b\[[0-9;]*m")
ENDS = re.compile(rb"^= [012] =\r$", re.MULTILINE)
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
# One after the other in a process; a line with the code ends what each of them wrote.
ALL = """
import json, sys
from tui.cli.running import run
for call in json.loads(sys.argv[1]):
    code = run(call)
    sys.stderr.flush()
    print("=", code, "=", flush=True)
"""


def test_no_command_lets_a_byte_out_that_could_act(hostile: Path, home: Path) -> None:
    calls = json.dumps(COMMANDS)
    with at_terminal(calls, home=home, cwd=hostile, program=ALL) as terminal:
        at = 0
        for command in COMMANDS:
            terminal.until(lambda at=at: ENDS.search(terminal.seen, at), str(command))
            found = ENDS.search(terminal.seen, at)
            assert found
            at = found.end()
        assert terminal.ends() == 0
        drawn = bytes(terminal.seen).decode("utf-8")  # strictly
    drawn = drawn.replace("\r\n", "\n").replace("\r", "\n")  # a line of progress goes again
    *answers, rest = re.split(r"^= [012] =\n", SGR.sub("", drawn), flags=re.MULTILINE)
    assert (len(answers), rest) == (len(COMMANDS), "")
    for arguments, answer in zip(COMMANDS, answers, strict=True):
        assert answer.strip(), arguments
        for line in answer.split("\n"):
            assert is_visible(line.replace("\t", " ")), (arguments, ascii(line))
