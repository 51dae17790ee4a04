"""What the desk does not import until it is needed: a command that lists must start quickly."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("dateutil", "tomlkit", "textual", "click", "csv", "tui.analysis", "tui.exchange")


@pytest.mark.parametrize(
    ("statement", "kept_away"),
    [
        ("from tui.desk import Desk", HEAVY),
        ("import tui.config", (*HEAVY, "tui.store", "tinydb", "platformdirs", "tomllib")),
        ("from tui.desk import DeskError", (*HEAVY, "tui.store", "tui.articles", "tinydb")),
    ],
)
def test_importing_stays_light(statement: str, kept_away: tuple[str, ...]) -> None:
    code = f"{statement}\nimport sys\nprint([n for n in {kept_away!r} if n in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
