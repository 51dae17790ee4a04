"""The codebook as a list: a line a tag, children below their parents, descriptions at hand."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.model.codebook import Codebook, Tag
from tui.widgets.codebook_list import CodebookList
from tui.widgets.looks import LOOKS, register_themes
from tui.widgets.rows import CURSOR

LONG = "Forces, fighting, deployments, weapons and exercises, also those of allies"
CODEBOOK = Codebook(
    (
        Tag("military", 1, "red", LONG),
        Tag("military/casualties", 2, "orange", "People killed, wounded, missing or captured"),
        Tag("military/casualties/civil", 0, "", "Civilians"),
        Tag("politics", 0, "green"),
        Tag("military/drills", 0, "", "[/] Exercises"),
    )
)


class Desk(App[None]):
    CSS = "CodebookList { height: 1fr; width: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.list = CodebookList()

    def compose(self) -> ComposeResult:
        yield self.list


def screen(app: Desk) -> list[str]:
    lines = [app.list.render_line(y).text.rstrip() for y in range(app.list.size.height)]
    return [line for line in lines if line]


async def test_a_tag_is_one_line_and_a_child_says_only_its_own_name():
    app = Desk()
    async with app.run_test(size=(60, 20)):
        app.list.show(CODEBOOK, {"military": 12, "military/drills": 3})
        app.list.to(3)
        assert screen(app) == [
            " codebook 5 · q",
            " 1▌military         12  Forces, fighting, deployments, wea…",
            " 2▌  casualties      0  People killed, wounded, missing or…",
            "  ▌    civil         0  Civilians",
            f"{CURSOR} ▌politics          0",
            "  ▌military/drills   3  [/] Exercises",
        ]


async def test_the_tag_under_the_cursor_has_its_whole_description():
    app = Desk()
    async with app.run_test(size=(40, 20)):
        app.list.show(CODEBOOK, {})
        assert LONG in " ".join(" ".join(screen(app)).split())
        count = len(screen(app))
        app.list.to(3)
        assert LONG not in " ".join(" ".join(screen(app)).split())
        assert len(screen(app)) < count


async def test_a_tag_whose_parent_is_filtered_out_says_its_whole_path():
    app = Desk()
    async with app.run_test(size=(60, 20)):
        app.list.show(CODEBOOK, {}, "civil")
        assert any("military/casualties/civil" in line for line in screen(app))


async def test_each_tag_has_the_bar_of_its_colour():
    app = Desk()
    async with app.run_test(size=(60, 20)):
        app.list.show(CODEBOOK, {})
        bars = [segment for segment in app.list.render_line(1) if segment.text == "▌"]
        assert bars[0].style is not None
        assert bars[0].style.color == LOOKS["pressmark-dark"].style("sign:red").color


@pytest.mark.parametrize("width", [1, 2, 5, 9, 17, 200])
async def test_no_line_is_wider_than_the_list(width):
    app = Desk()
    async with app.run_test(size=(width, 12)):
        app.list.show(CODEBOOK, {})
        assert all(cell_len(line) <= width for line in screen(app))
