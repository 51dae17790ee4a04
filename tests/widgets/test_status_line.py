"""The last line says what the next key acts on, at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.actions import MODES
from tui.keymap import Keymap
from tui.widgets.looks import register_themes
from tui.widgets.pieces import Line
from tui.widgets.punctual import Punctual
from tui.widgets.status_line import (
    Hint,
    Situation,
    SlotHint,
    StatusLine,
    few_keys,
    status_pieces,
)

KEYMAP = Keymap.default()
SLOTS = (
    SlotHint(1, "military", "red"),
    SlotHint(2, "casualties", "orange"),
    SlotHint(3, "diplomacy", "blue"),
)
READING = Situation("reading", "sentence 2 of 15", 0, "", "kim", SLOTS, few_keys(KEYMAP, "reading"))


def text(line: Line) -> str:
    return "".join(piece.text for piece in line)


def test_with_room_it_says_everything():
    line = text(status_pieces(READING, 120))
    assert line.startswith(" READ  on: sentence 2 of 15 · ✓ saved · kim   1 military  2 casualties")
    assert line.endswith("c claim  R review  ? keys")
    assert cell_len(line) <= 119


def test_at_eighty_columns_it_shortens_and_keeps_what_matters():
    line = text(status_pieces(READING, 80))
    for words in ("READ", "on: sentence 2 of 15", "✓ saved", "? keys"):
        assert words in line
    assert cell_len(line) <= 80


def test_a_long_target_leaves_room_for_the_keys_that_matter():
    keys = few_keys(KEYMAP, "reading", "claim")
    now = Situation("reading", f"claim 1 of 12 “{'words ' * 5}…”", 0, "", "kim", SLOTS, keys)
    line = text(status_pieces(now, 80))
    assert "on: claim 1 of 12 “words" in line
    assert "r grade  Enter open  ? keys" in line
    assert "✓ saved" in line


def test_what_it_gives_up_comes_in_order():
    lines = [text(status_pieces(READING, width)) for width in range(140, 20, -1)]
    lost = {
        words: next(i for i, line in enumerate(lines) if words not in line)
        for words in ("3 diplomacy", "1 military", "kim", "saved", "? keys")
    }
    order = ("3 diplomacy", "1 military", "kim", "saved")
    assert [lost[words] for words in order] == sorted(lost[words] for words in order)
    assert all("READ" in line and "sentence 2 of 15" in line and "✓" in line for line in lines)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (Situation(pending=2), "○ saving 2"),
        (Situation(failed="the disk is full"), "✗ not saved: the disk is full"),
        (Situation(), "✓ saved"),
        (Situation("review", "claim 2 of 6"), " REVIEW "),
        (Situation(analyst="Kim\x1b[31m"), "Kim␛[31m"),
    ],
)
def test_saving_and_mode_are_said_in_words_and_signs(now, words):
    assert words in text(status_pieces(now, 100))


def test_a_mode_without_slots_has_room_for_more_keys():
    now = Situation("review", "claim 2 of 6", analyst="kim", keys=few_keys(KEYMAP, "review"))
    line = text(status_pieces(now, 100))
    for words in ("a accept", "x reject", "! flag", "? keys"):
        assert words in line


def test_a_failed_save_is_said_even_where_there_is_no_room_for_why():
    assert "not saved" in text(status_pieces(Situation(failed="x" * 200), 40))


@given(
    st.integers(0, 500),
    st.sampled_from([mode.name for mode in MODES]),
    st.text(max_size=30),
    st.lists(st.text(max_size=20), max_size=9),
    st.integers(0, 8),
)
def test_any_width_and_any_words_make_a_line(width, mode, target, names, keys):
    slots = tuple(SlotHint(n + 1, name) for n, name in enumerate(names))
    hints = tuple(Hint(str(n), "does") for n in range(keys))
    now = Situation(mode, target, 0, "", "kim", slots, hints)
    line, least = status_pieces(now, width), status_pieces(now, 0)
    assert text(line).startswith(f" {next(m.label for m in MODES if m.name == mode)} ")
    assert cell_len(text(line)) <= width or line == least


@pytest.mark.parametrize("mode", [mode.name for mode in MODES])
def test_the_few_keys_of_every_mode_are_those_of_the_keymap(mode):
    found = few_keys(KEYMAP, mode)
    assert found
    assert all(hint.key and hint.label for hint in found)


def test_the_few_keys_follow_a_remapping_and_the_focus():
    keymap, _ = Keymap.from_data({"claim.new": ["H"]}, "keys.toml")
    assert Hint("H", "claim") in few_keys(keymap, "reading")
    keys = [hint.key for hint in few_keys(KEYMAP, "reading", "claim")]
    assert {"r", "a", "x", "?"} <= set(keys)


class Desk(Punctual, App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { overflow: hidden; } Static { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.line = StatusLine()

    def compose(self) -> ComposeResult:
        yield Static("")
        yield self.line


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 1), (3, 30), (500, 500)])
async def test_every_size_is_survived(size):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.show(READING)
        await pilot.resize_terminal(*size)
        for _ in range(200):
            if app.line.size.width == size[0]:
                break
            await pilot.pause(0.01)
        assert app.line.render_line(0).cell_length == size[0]


async def test_without_colour_every_state_can_still_be_read(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Desk()
    async with app.run_test(size=(100, 10)):
        app.line.show(Situation("grade", "claim 1", pending=1, slots=SLOTS))
        words = app.line.render_line(0).text
        assert "GRADE" in words
        assert "○ saving 1" in words
        assert "1 military" in words
