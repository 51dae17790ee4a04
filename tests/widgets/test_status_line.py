"""The last lines say what the next key acts on, at every width."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.actions import MODES
from tui.keymap import Keymap, Wait
from tui.widgets.looks import register_themes
from tui.widgets.rows import Line
from tui.widgets.status_line import (
    Hint,
    Situation,
    SlotHint,
    StatusLine,
    choice_lines,
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


def wait(mode: str, *keys: str) -> Wait:
    return KEYMAP.waiting(mode, keys)


def test_a_waiting_prefix_shows_its_choices_in_words():
    (line,) = choice_lines(wait("reading", "g"), 100, 2)
    assert text(line).startswith(" g ")
    for words in ("g top", "] next claim", "x web page"):
        assert words in text(line)


def test_reasons_of_a_rejection_are_choices():
    (line,) = choice_lines(wait("review", "X"), 100, 2)
    assert "1 not a claim" in text(line)
    assert "5 other" in text(line)


def test_the_slots_are_one_choice_among_others():
    lines = choice_lines(wait("reading", ";"), 200, 2)
    whole = " ".join(map(text, lines))
    assert "1–9 own fields" in whole
    assert "a source" in whole


@given(st.integers(1, 200), st.integers(1, 4), st.sampled_from(["g", ";", "X", "y", "Z"]))
def test_choices_never_take_more_lines_than_there_are(width, lines, key):
    found = choice_lines(wait("reading", key), width, lines)
    assert 1 <= len(found) <= lines


class Desk(App[None]):
    ENABLE_COMMAND_PALETTE = False
    CSS = "Static { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.line = StatusLine()

    def compose(self) -> ComposeResult:
        yield Static("")
        yield self.line


def screen(app: Desk) -> list[str]:
    return [app.line.render_line(y).text.rstrip() for y in range(app.line.size.height)]


async def test_a_message_stands_above_the_status_until_it_is_cleared():
    app = Desk()
    async with app.run_test(size=(80, 24)):
        app.line.show(READING)
        assert screen(app)[0] == ""
        app.line.say("undone: [b]tag military[/b] in 1 article")
        assert screen(app)[0] == " undone: [b]tag military[/b] in 1 article"
        assert "READ" in screen(app)[1]
        app.line.clear()
        assert screen(app)[0] == ""


async def test_a_message_that_is_too_long_takes_both_lines():
    app = Desk()
    async with app.run_test(size=(40, 24)):
        app.line.show(READING)
        app.line.say("the shard could not be written: no room is left on the disk at all")
        assert " ".join(" ".join(screen(app)).split()).endswith("on the disk at all")


async def test_choices_grow_the_line_and_leave_it_as_it_was():
    app = Desk()
    async with app.run_test(size=(70, 24)) as pilot:
        app.line.show(READING)
        app.line.wait(wait("reading", ";"))
        await pilot.pause()
        whole = " ".join(screen(app))
        assert app.line.size.height > 2
        for words in ("s statement", "t translation", "1–9 own fields"):
            assert words in whole
        app.line.wait(None)
        await pilot.pause()
        assert app.line.size.height == 2
        assert "READ" in screen(app)[1]


async def test_where_it_is_one_line_high_a_message_takes_the_place_of_the_status():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.styles.height = 1
        app.line.show(READING)
        await pilot.pause()
        assert "READ" in screen(app)[0]
        app.line.say("한/영")
        assert screen(app) == [" 한/영"]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 1), (3, 30), (500, 500)])
async def test_every_size_is_survived(size):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.show(READING)
        await pilot.resize_terminal(*size)
        for key in (";", "X"):
            app.line.wait(wait("reading", key))
            await pilot.pause()
            assert all(app.line.render_line(y).cell_length == app.line.size.width for y in (0, 1))
        app.line.clear()
        app.line.say("a message that is longer than most screens of this size are wide")
        await pilot.pause()
        assert all(cell_len(line) <= size[0] for line in screen(app))


async def test_without_colour_every_state_can_still_be_read(monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    app = Desk()
    async with app.run_test(size=(100, 10)):
        app.line.show(Situation("grade", "claim 1", pending=1, slots=SLOTS))
        words = screen(app)[1]
        assert "GRADE" in words
        assert "○ saving 1" in words
        assert "1 military" in words
