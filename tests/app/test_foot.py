"""What is asked and said lies over the foot of the desk: the text under it stays where it is."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import Robot, reader
from textual import events
from textual.geometry import Size
from textual.widgets import Input

from tui.widgets.foot import Foot

SIZES = pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80x24", "120x40"])
FOOTS = ("r", ";", "t", "<ctrl+p>", "/", ":", "i", "g", "n")  # what brings it up


def foot_rows(user: Robot) -> int:
    return user.screen.query_one(Foot).region.height


def text_rows(user: Robot) -> list[str]:
    """The rows of the article, those under the foot left out."""
    view = user.screen.view.region
    strips = user.screen._compositor.render_strips()
    last = min(view.bottom, user.screen.query_one("#desk").region.bottom - foot_rows(user))
    return [strip.crop(view.x, view.right).text.rstrip() for strip in strips[view.y : last]]


def words_only(rows: list[str]) -> list[str]:
    """The rows without the signs in the margin, which say what is focused and saved."""
    return ["".join(c for c in row if c not in "▎▌▶▯1").strip() for row in rows]


@SIZES
@pytest.mark.parametrize("before", [("j", "j"), ("j", "j", "c", "<enter>"), ("j", "j", "c")])
async def test_the_text_stays_where_it_is(
    root: Path, size: tuple[int, int], before: tuple[str, ...]
) -> None:
    async with reader(root, size=size) as user:
        await user.keys(*before)
        await user.saved()  # else where it was saved may be said later, above what a key brings up
        whole = words_only(text_rows(user))
        for key in FOOTS:
            await user.keys(key)
            assert foot_rows(user), key
            here = words_only(text_rows(user))
            assert all(map(str.__eq__, here, whole)), key
            assert user.screen.query_one("#desk").region.height == size[1] - 1
            await user.keys("<esc>" if user.screen.typing else "^")
            here = words_only(text_rows(user))
            assert all(map(str.__eq__, here, whole)), key


async def test_a_sentence_that_would_be_covered_is_lifted_and_comes_back(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        lifted = 0
        for _ in range(12):
            await user.keys("j")
            whole = text_rows(user)
            wanted = [row for row in whole if "▎" in row]
            await user.keys("t")
            here = text_rows(user)
            assert [row for row in here if "▎" in row] == wanted
            lifted += here != whole[: len(here)]
            await user.keys("mil")  # fewer rows: nothing moves while it is typed
            assert text_rows(user)[: len(here)] == here
            await user.keys("<esc>")
            assert text_rows(user) == whole
        assert 0 < lifted < 12


async def test_words_looked_for_and_not_kept_leave_the_text_where_it_was(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("j", "j")
        whole = text_rows(user)
        await user.keys("/", "drones")
        assert text_rows(user) != whole[: len(text_rows(user))]
        await user.keys("<esc>")
        assert text_rows(user) == whole


async def test_a_form_below_the_text_leaves_it_where_it_was(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("j", "j", "j", "j", "j", "j")
        whole = text_rows(user)
        marked = [row for row in whole if "▎" in row]
        await user.keys("c")
        assert [row for row in text_rows(user) if "▎" in row] == marked
        await user.keys("q")
        here = text_rows(user)
        assert here == whole[: len(here)]


async def test_an_article_comes_back_scrolled_as_it_was_left(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("jjjjjjj")
        await user.wheel(2)
        whole = text_rows(user)
        await user.keys("J", "jjjjjjjjj", "K")
        assert text_rows(user) == whole


async def test_a_row_of_the_picker_is_chosen_with_the_mouse(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("j", "j", "t")
        await user.click("casualties/civilian")
        assert user.screen.typing == "picker"
        await user.click("casualties/civilian")
        assert not user.screen.typing
        assert [highlight.tags for highlight in user.highlights()] == [("casualties/civilian",)]


async def test_the_row_of_a_list_is_seen_above_a_picker(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("B", "G")
        name = user.screen.rows.key
        whole = user.shown().split("\n")[:8]
        assert name is not None
        await user.keys(";j")
        rows = user.shown().split("\n")[: 23 - foot_rows(user)]
        assert foot_rows(user) > 5
        assert any("▸" in row for row in rows)
        await user.keys("<esc>")
        assert user.shown().split("\n")[:8] == whole


@pytest.mark.parametrize("key", ["t", "/", "g/", ":", "i"])
async def test_a_field_that_is_open_hears_the_keys_whatever_became_of_the_focus(
    root: Path, key: str
) -> None:
    async with reader(root) as user:
        await user.keys("j", "j", key, "q")
        user.screen.set_focus(None)
        await user.keys("x")
        field = user.app.focused
        assert isinstance(field, Input)
        assert field.value == "qx"
        user.screen.set_focus(user.screen.list)
        await user.keys("<esc>", "<esc>", "j")
        assert not user.screen.typing
        assert "READ" in user.status()


@pytest.mark.parametrize("key", ["t", ";", "/"])
async def test_a_storm_of_resizes_leaves_the_foot_on_the_status_line(root: Path, key: str) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.keys("j", "j", "j")
        whole = text_rows(user)
        await user.keys(key)
        for n in range(60):
            size = Size(80, 1 + n * 17 % 60)
            user.app.post_message(events.Resize(size, size))
        await user.pilot.resize_terminal(80, 24)
        await user.settle()
        assert user.screen.query_one(Foot).region.bottom == 23
        assert user.screen.query_one("#desk").region.height == 23
        await user.keys("<esc>")
        here = text_rows(user)
        assert here == whole[: len(here)]
