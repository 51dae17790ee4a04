"""What is said for a while lies over the desk, which stays as it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App, ComposeResult
from textual.widgets import Static

from tui.keymap import Keymap, Wait
from tui.widgets.echo_area import choice_lines
from tui.widgets.foot import Foot
from tui.widgets.looks import register_themes
from tui.widgets.picker import Choice, Offer
from tui.widgets.pieces import Line
from tui.widgets.prompt import Question
from tui.widgets.status_line import Situation, StatusLine

KEYMAP = Keymap.default()


def text(line: Line) -> str:
    return "".join(piece.text for piece in line)


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
    CSS = "Screen { layers: default foot; overflow: hidden; } #desk { height: 1fr; }"

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.line = StatusLine()
        self.foot = Foot(KEYMAP, lambda _text: None)

    def compose(self) -> ComposeResult:
        yield Static("desk", id="desk")
        yield self.line
        yield self.foot


def said(app: Desk) -> list[str]:
    """The rows of the screen below the desk's first one, from the foot on."""
    strips = app.screen._compositor.render_strips()
    return [strip.text.rstrip() for strip in strips[app.foot.region.y :]]


async def test_a_message_stands_above_the_status_until_it_is_gone():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.line.show(Situation(target="sentence 1"))
        app.foot.say("undone: [b]tag military[/b] in 1 article")
        await pilot.pause()
        message, status = said(app)
        assert message == " undone: [b]tag military[/b] in 1 article"
        assert "READ" in status
        assert app.query_one("#desk").size.height == 23
        app.foot.say("")
        await pilot.pause()
        assert app.foot.reach == app.foot.size.height == 0
        assert app.query_one("#desk").size.height == 23


async def test_a_message_that_is_too_long_is_wrapped():
    app = Desk()
    async with app.run_test(size=(40, 24)) as pilot:
        app.foot.say("the shard could not be written: no room is left on the disk at all")
        await pilot.pause()
        assert app.foot.reach == 2
        assert " ".join(" ".join(said(app)[:2]).split()).endswith("on the disk at all")


async def test_choices_take_the_lines_they_need_and_a_message_waits_behind_them():
    app = Desk()
    async with app.run_test(size=(70, 24)) as pilot:
        app.foot.say("saved", wait("reading", ";"))
        await pilot.pause()
        whole = " ".join(said(app))
        assert app.foot.reach == app.foot.size.height > 1
        for words in ("s statement", "t translation", "1–9 own fields"):
            assert words in whole
        app.foot.say("saved")
        await pilot.pause()
        assert said(app)[0] == " saved"


async def test_a_picker_reaches_as_far_as_it_may_grow_whatever_is_typed():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        choices = [Choice(name, name) for name in ("military", "casualties", "talks")]
        app.foot.picker.offer(Offer("tag", choices, lambda _value: None))
        await pilot.pause()
        assert app.foot.reach == app.foot.size.height == 4
        await pilot.press("t", "a", "l", "k")
        assert app.foot.size.height == 2
        assert app.foot.reach == 4
        await pilot.press("escape")
        app.screen._on_timer_update()
        await pilot.pause()
        assert app.foot.reach == app.foot.size.height == 0


async def test_a_question_stands_above_what_is_said():
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.foot.say("tour 5 of 5")
        app.foot.prompt.ask(Question("note", lambda _value: None, "words"))
        await pilot.pause()
        assert app.foot.reach == app.foot.size.height == 2
        assert [row.split() for row in said(app)[:2]] == [
            ["note", "words"],
            ["tour", "5", "of", "5"],
        ]


@pytest.mark.parametrize("size", [(1, 1), (2, 2), (5, 1), (3, 30), (500, 500)])
async def test_every_size_is_survived_and_what_is_said_is_seen(size):
    app = Desk()
    async with app.run_test(size=(80, 24)) as pilot:
        app.foot.say("", wait("reading", ";"))
        await pilot.resize_terminal(*size)
        for waiting in (wait("reading", ";"), wait("review", "X"), None):
            app.foot.say("a message that is longer than most screens of this size", waiting)
            app.foot.fit()
            await pilot.pause()
            assert app.foot.region.y >= 0
            assert 1 <= app.foot.size.height <= max(1, size[1] // 3)
