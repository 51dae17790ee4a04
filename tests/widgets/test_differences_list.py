"""Two revisions as one text: signs, lines that fit any width, the cursor on its words."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.widgets.differences_list import DifferencesList, Stretch
from tui.widgets.looks import register_themes

WORDS = "The troops were seen again on Wednesday, officials said. "
STRETCHES = [
    Stretch("same", "A heading\n", 0, 0),
    Stretch("same", WORDS * 4 + "They lost ", 0, 1, "red", 1, begins=True),
    Stretch("removed", "3,000", 1, 1, "red", 1),
    Stretch("added", "4,000", 1, 1, "red", 1),
    Stretch("same", " men.\n\n", 0, 1),
    Stretch("removed", "A paragraph that went.\n\n", 2, 3),
    Stretch("same", WORDS * 2, 0, 5),
    Stretch("added", "The \x1b[2Jend of 북한군\u202e " + "x" * 200, 3, 5),
]


class Desk(App[None]):
    """One list, and what it shows."""

    def compose(self) -> ComposeResult:
        yield DifferencesList()

    def on_mount(self) -> None:
        register_themes(self)
        self.list.show(STRETCHES, "then → now")

    @property
    def list(self) -> DifferencesList:
        return self.query_one(DifferencesList)

    def lines(self) -> list[str]:
        height = self.list.size.height
        return [self.list.render_line(y).text.rstrip() for y in range(height)]


async def test_removed_and_added_words_have_signs_and_highlights_a_bar() -> None:
    async with (app := Desk()).run_test(size=(60, 40)):
        lines = app.lines()
        assert lines[0] == " then → now · 3 changes · n N · q"
        assert lines[1].endswith("A heading")
        assert lines[2].startswith(" 1▌ The troops were seen again")
        assert lines[3].startswith("  ▌ "), "the slot stands once"
        assert "[-3,000-] {+4,000+} men." in " ".join(line.strip(" ▌") for line in lines)
        gone = next(n for n, line in enumerate(lines) if "[-A paragraph that went.-]" in line)
        assert lines[gone - 1] == lines[gone + 1] == ""
        assert "\x1b" not in "".join(lines)
        assert "\u202e" not in "".join(lines)


@pytest.mark.parametrize("width", [1, 5, 9, 20, 61, 200])
async def test_no_line_is_wider_than_the_list(width: int) -> None:
    async with (app := Desk()).run_test(size=(width, 60)):
        assert all(cell_len(line) <= width for line in app.lines())
        app.list.last()
        app.list.first()


async def test_the_cursor_goes_from_change_to_change_and_stays_at_its_words() -> None:
    async with (app := Desk()).run_test(size=(60, 40)) as pilot:
        assert app.list.change == 0
        seen = [(app.list.next_change(1), app.list.change) for _ in range(4)]
        assert seen == [(True, 1), (True, 2), (True, 3), (False, 3)]
        app.list.next_change(-1)
        assert app.list.change == 2
        await pilot.resize_terminal(24, 40)
        assert app.list.change == 2
        assert any("▸" in line and "[-A paragraph" in line for line in app.lines())
        app.list.first()
        moved = []
        while app.list.next_paragraph(1):
            moved.append(app.list.cursor)
        assert len(moved) == 3
        assert app.list.next_paragraph(-1)
