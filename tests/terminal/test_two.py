"""Copies on one workspace: what one saves appears in the others, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

from tests.terminal.pty_user import at_terminal, highlights


def test_what_one_saves_appears_in_the_others(root: Path, home: Path) -> None:
    with (
        at_terminal(root, home=home) as one,
        at_terminal(root, home=home) as again,
        at_terminal(root, home=home, environ={"PRESSMARK_ANALYST": "lee"}) as other,
    ):
        for terminal in (one, again, other):
            terminal.shows("READ")
            terminal.shows("highlights 0" if "highlights 0" in terminal.text() else "articles 9")
        one.type("jj1")
        one.until(lambda: len(highlights(root)) == 1, "the first is saved")
        for terminal in (again, other):
            terminal.shows("1▌")
        other.type("jjj2")
        other.until(lambda: len(highlights(root)) == 2, "the second is saved")
        for terminal in (one, again):
            terminal.shows("2▌")
        one.type("jj3")  # all go on: two on the same file, one on its own
        again.type("jjjjj5")
        other.type("jj4")
        one.until(lambda: len(highlights(root)) == 5, "all are saved")
        for terminal in (one, again, other):
            terminal.type(":q\r")
            assert terminal.ends() == 0
    assert {(h["tags"][0], h["by"]) for h in highlights(root)} == {
        ("military", "kim"),
        ("diplomacy", "kim"),
        ("economy", "kim"),
        ("casualties", "lee"),
        ("politics", "lee"),
    }
