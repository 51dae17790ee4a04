"""That nothing is left out: every action has a method and a test that presses its key."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest
from tests.app.robot import PRESSED, reader

from tui.actions import ACTIONS, COMMANDS, MODES
from tui.screens.commanding import Commanding

TEXT = {name.name for name in MODES if name.takes_text}


async def test_every_action_is_done_by_one_method_or_by_the_text_fields(root: Path) -> None:
    async with reader(root) as user:
        runs = user.screen.runs
    text = {action.id for action in ACTIONS if set(action.modes) <= TEXT}
    assert {action.id for action in ACTIONS} - text == set(runs)
    assert not text & set(runs)


def test_every_action_has_a_test_that_presses_its_key() -> None:
    for path in Path(__file__).parent.glob("test_*.py"):
        if path.stem != Path(__file__).stem:
            importlib.import_module(f"tests.app.{path.stem}")
    assert {action.id for action in ACTIONS} - PRESSED == set()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_every_command_has_a_method(command) -> None:
    assert callable(getattr(Commanding, f"_{command.name}"))
