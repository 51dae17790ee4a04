"""Two copies on one workspace: what one saves appears in the other, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.terminal.pty_user import at_terminal, highlights


@pytest.mark.parametrize("second", ["kim", "lee"])
def test_what_one_saves_appears_in_the_other(second: str, root: Path, home: Path) -> None:
    with (
        at_terminal(root, home=home) as one,
        at_terminal(root, home=home, environ={"PRESSMARK_ANALYST": second}) as other,
    ):
        for terminal in (one, other):
            terminal.shows("READ")
            terminal.shows("highlights 0" if "highlights 0" in terminal.text() else "articles 9")
        one.type("jj1")
        one.until(lambda: len(highlights(root)) == 1, "the first is saved")
        until_drawn(other, "1▌")
        other.type("jjj2")
        other.until(lambda: len(highlights(root)) == 2, "the second is saved")
        until_drawn(one, "2▌")
        one.type("jj3")  # both go on: on the same file, or each on their own
        other.type("jj4")
        one.until(lambda: len(highlights(root)) == 4, "both are saved")
        for terminal in (one, other):
            terminal.type(":q\r")
            assert terminal.ends() == 0
    assert {h["tags"][0] for h in highlights(root)} == {
        "military",
        "casualties",
        "diplomacy",
        "politics",
    }
    assert {h["by"] for h in highlights(root)} == {"kim", second}


def until_drawn(terminal, sign: str) -> None:
    terminal.shows(sign)
