"""The list of keys: what is done most comes first, and no key runs into its words."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.actions import ACTIONS, GROUPS
from tui.widgets.key_list import ORDER, KeyList
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR

READING = [action for action in ACTIONS if "reading" in action.modes]


class Desk(App[None]):
    CSS = "KeyList { height: 1fr; width: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.list = KeyList()

    def compose(self) -> ComposeResult:
        yield self.list


def screen(app: Desk) -> list[str]:
    return [app.list.render_line(y).text.rstrip() for y in range(app.list.size.height)]


async def test_marking_claims_and_review_come_before_the_motions():
    app = Desk()
    async with app.run_test(size=(100, 300)):
        app.list.show(READING, "in the article", first="reading")
        groups = [line.strip() for line in screen(app) if line.strip() in GROUPS]
        assert groups == [name for name in ORDER if name in groups]
        assert groups.index("review") < groups.index("reading")
        app.list.show(READING, "in the codebook", first="codebook")
        groups = [line.strip() for line in screen(app) if line.strip() in GROUPS]
        assert groups[:2] == ["codebook", "marking"]
    assert set(ORDER) == set(GROUPS)


async def test_the_cursor_begins_on_a_key_and_the_heading_is_seen():
    app = Desk()
    async with app.run_test(size=(60, 12)):
        app.list.show(READING, "in the article")
        assert screen(app)[2].strip() == "marking"
        assert screen(app)[3].startswith(f"{CURSOR}m ")
        app.list.move(1)
        app.list.first()
        assert app.list.key == ("mark.highlight", "action")
        assert screen(app)[2].strip() == "marking"


@pytest.mark.parametrize("width", [24, 28, 40, 120])
async def test_a_long_notation_never_runs_into_the_words(width):
    app = Desk()
    async with app.run_test(size=(width, 300)):
        app.list.show(READING, "in the article")
        lines = screen(app)
        assert not any("Hometo" in line for line in lines)
        words = " ".join(" ".join(lines).split())
        assert "Ctrl+Home" in words
        assert any("Ctrl+Home" in line and "gg" in line for line in lines) is (width > 28)


@pytest.mark.parametrize("width", [1, 2, 5, 9, 17, 200])
async def test_no_line_is_wider_than_the_list(width):
    app = Desk()
    async with app.run_test(size=(width, 12)):
        app.list.show(READING, "in the article")
        assert all(cell_len(line) <= width for line in screen(app))
