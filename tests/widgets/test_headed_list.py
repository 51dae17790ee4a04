"""Rows of one height under headings: each line of the screen belongs to the row that is there."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from textual.app import App, ComposeResult

from tui.widgets.headed_list import HeadedList
from tui.widgets.looks import register_themes
from tui.widgets.pieces import Line, Piece
from tui.widgets.row_keys import RowKeys


class Rows(HeadedList):
    """A row says its name in each of its lines."""

    EXPANDS = frozenset(("row",))
    PASSIVE = frozenset(("head",))

    def fill(self, groups: Sequence[int], plain: int, head_lines: int) -> list[str]:
        """Show so many rows under each heading, or without one (0 heading lines); their names."""
        self.plain, self.head_lines = plain, head_lines
        self.names = [
            f"{'head' if head else 'row'} {group}.{number}"
            for group, rows in enumerate(groups)
            for number in range(0 if head_lines else 1, rows + 1)
            for head in [number == 0]
        ]
        heads = [index for index, name in enumerate(self.names) if name.startswith("head")]
        keys = RowKeys(self.names, lambda name: (name, name.split(" ")[0]))
        self.set_headed(keys, heads, self.lines, plain=lambda _: plain, head_lines=head_lines)
        return self.names

    def lines(self, index: int, _width: int) -> Sequence[Line]:
        name = self.names[index]
        if name.startswith("head"):
            return ((), *((Piece(name),) for _ in range(self.head_lines)))[index == 0 :]
        return [(Piece(name),)] * (self.plain + 3 * (index == self.cursor))


class Desk(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield Rows()

    def on_mount(self) -> None:
        register_themes(self)


@pytest.mark.parametrize("plain", [1, 2, 3])
@pytest.mark.parametrize("head_lines", [0, 1, 2])
async def test_each_row_has_its_lines_one_behind_the_other(plain: int, head_lines: int) -> None:
    async with (app := Desk()).run_test(size=(40, 60)):
        table = app.query_one(Rows)
        names = table.fill((3, 1, 2), plain, head_lines)
        for cursor in range(len(names)):
            table.to(cursor)
            seen = [table.render_line(y).text.strip("▸ ") for y in range(60)]
            wanted: list[str] = []
            for index, name in enumerate(names):
                wanted += ["".join(p.text for p in line) for line in table.lines(index, 0)]
                assert table.row_under(len(wanted) - 1) == index, name
            assert seen == [*wanted, *[""] * (60 - len(wanted))]
