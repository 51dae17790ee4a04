"""The list: only what is seen is built, the cursor stays in sight, every size is survived."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual import events
from textual.app import App, ComposeResult

from tui.widgets.looks import register_themes
from tui.widgets.pieces import Piece
from tui.widgets.rows import CURSOR, RowList, Splice

HOSTILE = "[/] [b]x[/b] [@click=app.quit]y[/] [LEAD]"


class Desk(App[None]):
    """One list on a screen, keeping the messages it sends."""

    CSS = "RowList { height: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, rows: RowList) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.rows = rows
        self.heard: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_row_list_moved(self, event: RowList.Moved) -> None:
        self.heard.append(("moved", event.record_id))

    def on_row_list_chosen(self, event: RowList.Chosen) -> None:
        self.heard.append(("chosen", event.record_id))


def screen(rows: RowList) -> list[str]:
    """The list as text, line by line."""
    return [rows.render_line(y).text for y in range(rows.size.height)]


def keys(count: int) -> list[tuple[str, str]]:
    return [(f"id{i}", "row") for i in range(count)]


def plain(index, _width):
    return [[Piece(f"row {index}")]]


def uneven(index, _width):
    return [[Piece(f"row {index} line {n}")] for n in range(1 + index % 4)]


async def test_only_visible_rows_are_built():
    built = []

    def build(index, width):
        built.append(index)
        return plain(index, width)

    rows = RowList()
    async with Desk(rows).run_test(size=(40, 12)):
        begun = time.process_time()
        rows.set_rows(keys(10_000), build, height=1)
        took = time.process_time() - begun
        screen(rows)
        rows.last()
        assert screen(rows)[-1].startswith(f"{CURSOR}row 9999")
        assert len(set(built)) < 60
        assert took < 0.2


async def test_the_cursor_moves_and_says_so():
    rows = RowList()
    app = Desk(rows)
    async with app.run_test(size=(40, 10)) as pilot:
        rows.set_rows(keys(50), plain, height=1)
        assert rows.move(3)
        assert rows.page(1)
        assert rows.cursor == 13
        assert rows.last()
        assert not rows.move(1)
        assert rows.first()
        rows.to(7, notify=False)
        await pilot.pause()
        assert app.heard == [("moved", f"id{n}") for n in (3, 13, 49, 0)]
        assert rows.choose()
        await pilot.pause()
        assert app.heard[-1] == ("chosen", "id7")


@pytest.mark.parametrize("height", [0, 1, 3])
async def test_the_whole_cursor_row_is_always_in_sight(height):
    rows = RowList()

    def build(index, _width):
        count = height or 1 + index % 4
        return [[Piece(f"row {index} line {n} of {count}")] for n in range(count)]

    async with Desk(rows).run_test(size=(40, 9)):
        rows.set_heading([Piece("heading")])
        rows.set_rows(keys(60), build, height=height)
        chance = random.Random(7)
        for _ in range(60):
            chance.choice(
                [
                    lambda: rows.move(chance.randint(-5, 5)),
                    lambda: rows.page(chance.choice([-1, -0.5, 0.5, 1])),
                    rows.first,
                    rows.last,
                ]
            )()
            shown = screen(rows)
            assert shown[0].startswith("heading")
            lines = [line for line in shown if line[1:].startswith(f"row {rows.cursor} ")]
            assert len(lines) == (height or 1 + rows.cursor % 4)
            assert lines[0].startswith(CURSOR)


async def test_new_rows_leave_the_cursor_on_its_record():
    rows = RowList()
    async with Desk(rows).run_test(size=(40, 10)):
        rows.set_rows(keys(20), plain, height=1)
        rows.to(12)
        rows.set_rows(keys(20)[5:], plain, height=1)
        assert rows.key == ("id12", "row")
        rows.set_rows(keys(8), plain, height=1)
        assert rows.cursor == 7
        rows.set_rows(keys(8), plain, height=1, at="id2")
        assert rows.key == ("id2", "row")
        rows.set_rows([], plain, height=1)
        assert rows.key is None
        assert not rows.choose()
        assert not rows.last()


async def test_of_several_rows_of_one_record_the_cursor_stays_on_its_own():
    rows = RowList()
    async with Desk(rows).run_test(size=(40, 12)):
        several = [("one", "figure"), ("two", "figure"), ("two", "figure"), ("two", "figure")]
        for cursor in range(len(several)):
            rows.set_rows(several, plain, height=1)
            rows.to(cursor)
            rows.set_rows(several, plain, height=1, at=several[cursor][0])
            assert rows.cursor == cursor
        rows.set_rows(several[:3], plain, height=1)
        assert rows.cursor == 2


async def test_rows_given_before_it_is_on_the_screen_are_shown():
    rows = RowList()
    rows.set_heading([Piece("heading")])
    rows.set_rows(keys(9), uneven, at="id3")
    async with Desk(rows).run_test(size=(40, 30)):
        assert rows.key == ("id3", "row")
        assert any(line.startswith(f"{CURSOR}row 3 line 0") for line in screen(rows))


async def test_an_empty_list_says_what_to_do_next():
    rows = RowList(empty="Nothing here: press c to make a claim.")
    async with Desk(rows).run_test(size=(24, 6)):
        text = " ".join(" ".join(screen(rows)).split())
        assert text == "Nothing here: press c to make a claim."


async def test_a_click_moves_and_a_second_one_chooses():
    rows = RowList()
    app = Desk(rows)
    async with app.run_test(size=(40, 10)) as pilot:
        rows.set_heading([Piece("heading")])
        rows.set_rows(keys(3), uneven)
        await pilot.click(rows, offset=(4, 3))
        assert rows.cursor == 1
        await pilot.click(rows, offset=(4, 2))
        await pilot.click(rows, offset=(4, 0))
        await pilot.click(rows, offset=(4, 9))
        await pilot.pause()
        assert app.heard == [("moved", "id1"), ("chosen", "id1")]


async def test_the_wheel_scrolls_and_leaves_the_cursor():
    rows = RowList()
    async with Desk(rows).run_test(size=(40, 10)) as pilot:
        rows.set_rows(keys(50), plain, height=1)
        await pilot.pause()
        await pilot._post_mouse_events([events.MouseScrollDown], rows, offset=(3, 3))
        await pilot.pause()
        assert not screen(rows)[0].startswith(CURSOR)
        assert rows.cursor == 0


async def test_text_is_data_and_never_markup():
    rows = RowList()
    async with Desk(rows).run_test(size=(70, 4)):
        rows.set_heading([Piece(HOSTILE)])
        rows.set_rows(keys(1), lambda _i, _w: [[Piece(HOSTILE)]], height=1)
        shown = screen(rows)
        assert shown[0].startswith(HOSTILE)
        assert HOSTILE in shown[1]


async def test_arrow_keys_are_left_to_whoever_decides_what_keys_do():
    rows = RowList()
    async with Desk(rows).run_test(size=(40, 5)) as pilot:
        rows.set_rows(keys(50), plain, height=1)
        rows.focus()
        await pilot.press("down", "pagedown", "end", "right")
        assert rows.cursor == 0
        assert screen(rows)[0].startswith(CURSOR)


SIZES = [(1, 1), (1, 30), (2, 2), (3, 1), (30, 1), (8, 5), (80, 24), (500, 500), (500, 1)]


@pytest.mark.parametrize("height", [0, 2])
async def test_every_size_and_a_storm_of_resizes_is_survived(height):
    rows = RowList(empty="Nothing here yet.")

    def build(index, width):
        count = height or 1 + (index + width) % 3
        return [[Piece("국정원은 e\u0301 "), Piece(f"row {index}", "tag:red")]] * count

    async with Desk(rows).run_test(size=(80, 24)) as pilot:
        for width, tall in SIZES:
            await pilot.resize_terminal(width, tall)
            for count in (0, 1, 40):
                rows.set_heading([Piece("heading", "dim")] if count else [])
                rows.set_rows(keys(count), build, height=height)
                rows.last()
                for y in range(min(tall, 40)):
                    assert rows.render_line(y).cell_length == rows.size.width


class Growing(RowList):
    EXPANDS = frozenset(("row",))

    def lines(self, index, _width):
        count = 5 if index == self.cursor else 1
        return [[Piece(f"row {index} line {n}")] for n in range(count)]


@pytest.mark.parametrize("counted", [True, False])
async def test_a_row_that_says_more_under_the_cursor_moves_the_rows_below_it(counted):
    rows = Growing()

    def heights(width):
        return [len(rows.lines(index, width)) for index in range(rows.count)]

    async with Desk(rows).run_test(size=(40, 10)):
        rows.set_rows(keys(30), rows.lines, heights=heights if counted else None)
        rows.to(3)
        assert [line.strip() for line in screen(rows)] == [
            *(f"row {n} line 0" for n in range(3)),
            f"{CURSOR}row 3 line 0",
            *(f"row 3 line {n}" for n in range(1, 5)),
            "row 4 line 0",
            "row 5 line 0",
        ]
        rows.last()
        assert screen(rows)[-1].strip() == "row 29 line 4"
        rows.move(-1)
        assert screen(rows)[-1].strip() == "row 29 line 0"


class Headed(RowList):
    PASSIVE = frozenset(("group",))


async def test_the_cursor_passes_over_headings_and_shows_them_with_their_first_row():
    rows = Headed()
    app = Desk(rows)
    found = [("g1", "group"), ("a", "row"), ("b", "row"), ("g2", "group"), ("c", "row")]
    async with app.run_test(size=(40, 3)) as pilot:
        rows.set_rows(found, plain)
        assert rows.key == ("a", "row")
        assert screen(rows)[0].strip() == "row 0"
        rows.move(1)
        rows.move(1)
        assert rows.key == ("c", "row")
        await pilot.click(RowList, offset=(3, 1))
        assert rows.key == ("c", "row")
        rows.move(-1)
        assert rows.key == ("b", "row")
        rows.first()
        assert rows.key == ("a", "row")
        assert screen(rows)[0].strip() == "row 0"
        assert not rows.move(-1)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=6)


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.differing_executors])
@given(KEYS, st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), KEYS), max_size=3), st.data())
async def test_rows_replaced_in_place_look_like_rows_set_anew(before, changes, data):
    names = list(before)

    def build(index, _width):
        return [[Piece(f"{names[index]} line {n}")] for n in range(1 + ord(names[index]) % 4)]

    rows, whole = RowList(), RowList()
    app = Desk(rows)
    async with app.run_test(size=(30, 8)) as pilot:
        await app.mount(whole)
        await pilot.pause()
        rows.set_rows([(name, "row") for name in names], build)
        rows.to(data.draw(st.integers(0, 6)))
        kept, splices = rows.key, []
        for at, count, others in changes:
            begin = min(at, len(names))
            end = min(begin + count, len(names))
            fresh = [name for name in others if name not in names[:begin] + names[end:]]
            names[begin:end] = fresh
            splices.append(Splice(begin, end, [(name, "row") for name in fresh]))
        rows.replace_rows(splices)
        at = rows.key[0] if rows.key else ""
        whole.set_rows([(name, "row") for name in names], build, at=at)
        if kept is not None and kept[0] in names:
            assert rows.key == kept
        assert rows.count == len(names)
        for index in range(len(names)):
            rows.to(index)
            whole.to(index)
            rows.page(0.5)
            whole.page(0.5)
            assert rows.key == whole.key
            assert screen(rows) == screen(whole)
