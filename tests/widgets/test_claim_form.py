"""The open claim: long words on the whole width, the rest a line each, times in words."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.desk.fields import FIELDS, FormField
from tui.model.records import Claim, Hop, Phrase, When
from tui.widgets.claim_form import REST, ClaimForm
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR

WORDS = "The service told the committee that no unit had been seen in combat since mid-January."
CLAIM = Claim(
    statement=WORDS,
    chain=(
        Hop(Phrase("News Today")),
        Hop(Phrase("the service"), cue=Phrase("told"), said=When("Wednesday", edtf="2025-02-05")),
    ),
    when=When("since mid-January", edtf="2025-01-11~/..", qualifier="since"),
    modality="asserted",
)
LETTERS = {f.name: f";{f.letter}" for f in FIELDS} | {"chain": "C", "grade": "r", "tags": "t"}


@dataclass
class Open:
    claim: Claim = CLAIM
    tags: list[str] = field(default_factory=lambda: ["military"])
    fields: tuple[FormField, ...] = FIELDS
    current: str = "statement"
    new: bool = True


class Desk(App[None]):
    CSS = "ClaimForm { height: 1fr; width: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.form = ClaimForm()

    def compose(self) -> ComposeResult:
        yield self.form


def screen(app: Desk) -> list[str]:
    lines = [app.form.render_line(y).text.rstrip() for y in range(app.form.size.height)]
    while lines and not lines[-1]:
        lines.pop()
    return lines


async def test_a_narrow_form_gives_long_words_the_whole_width_and_the_rest_a_line_each():
    app = Desk()
    async with app.run_test(size=(34, 40)):
        app.form.show(Open(), LETTERS)
        lines = screen(app)
        assert lines[1:7] == [
            f"{CURSOR};s statement",
            "    The service told the",
            "    committee that no unit had",
            "    been seen in combat since",
            "    mid-January.",
            " C  sources",
        ]
        for line in (" ;q quantity ·", " ;m modality asserted", " t  tags     military"):
            assert line in lines
        at = lines.index(" ;w when")
        assert lines[at + 1] == "    since mid-January 2025"


async def test_a_wide_form_has_words_beside_their_names():
    app = Desk()
    async with app.run_test(size=(80, 20)):
        app.form.show(Open(), LETTERS)
        lines = screen(app)
        assert lines[1].startswith(f"{CURSOR};s statement The service told")
        assert " ;d said on  5 February 2025 (“Wednesday”)" in lines
        assert " ;w when     since mid-January 2025" in lines


@pytest.mark.parametrize("width", [28, 34, 48, 80])
async def test_the_fields_that_are_not_set_take_few_lines_and_say_their_keys(width):
    app = Desk()
    async with app.run_test(size=(width, 60)):
        app.form.show(Open(), LETTERS)
        lines = screen(app)
        last = len(lines) - 1 - lines[::-1].index("")
        rest = lines[last + 1 :]
        assert len(rest) <= REST
        assert rest[0].startswith(" ;  u cue") or rest[0].startswith(" ;  a source")
        assert ("…" in rest[-1]) is (width < 80)


async def test_keys_that_begin_otherwise_are_written_whole():
    app = Desk()
    async with app.run_test(size=(80, 40)):
        app.form.show(Open(), LETTERS | {"place": "gp"})
        assert ";u cue" in screen(app)[-3] + screen(app)[-2]
        assert any("gp place" in line for line in screen(app))


@pytest.mark.parametrize("width", [1, 2, 5, 9, 17, 200])
async def test_no_line_is_wider_than_the_form(width):
    app = Desk()
    async with app.run_test(size=(width, 40)):
        app.form.show(Open(), LETTERS)
        assert all(cell_len(line) <= width for line in screen(app))
