"""The list of articles says what to read next."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.desk.entries import Entry
from tui.desk.sifting import Found, parse_sieve
from tui.model.queries import Leaf
from tui.widgets.article_list import UNREAD, ArticleList, Standing, short_date
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR

ENTRIES = (
    Entry("a", title="“NK TROOPS NO LONGER SEEN FIGHTING”", outlet="News Today",
          published="2025-02-05T15:53:10+09:00", highlights=5, claims=3, drafts=2, new=False),
    Entry("b", title="Casualties mount", outlet="Wire", published="2025-02-06", new=True),
    Entry("c", title="국정원 “북한군 철수 정황”", outlet="뉴스", published="2025-02-11",
          highlights=2, done=True, new=False),
    Entry("d", path="notes/no title.txt", outlet="Wire", new=False),
)  # fmt: skip


class Desk(App[None]):
    CSS = "ArticleList { height: 1fr; width: 1fr; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self) -> None:
        super().__init__()
        register_themes(self)
        self.theme = "pressmark-dark"
        self.list = ArticleList()
        self.heard: list[tuple[str, str]] = []

    def compose(self) -> ComposeResult:
        yield self.list

    def on_article_list_moved(self, event: ArticleList.Moved) -> None:
        self.heard.append(("moved", event.record_id))

    def on_article_list_chosen(self, event: ArticleList.Chosen) -> None:
        self.heard.append(("chosen", event.record_id))


def screen(app: Desk) -> list[str]:
    return [app.list.render_line(y).text.rstrip() for y in range(app.list.size.height)]


async def test_it_shows_date_title_counts_new_and_done():
    app = Desk()
    async with app.run_test(size=(34, 12)):
        app.list.show(ENTRIES, opened="a", news={"a": "revised", "b": "new"})
        assert screen(app)[:9] == [
            " articles 4",
            f"{CURSOR}02-05 “NK TROOPS NO LONGER SEEN",
            "   FIGHTING”       revised · 5 hl",
            f"{UNREAD}02-06 Casualties mount",
            "   new",
            " 02-11 국정원 “북한군 철수 정황”",
            "   2 hl                         ✓",
            "   –   notes/no title.txt",
            "   Wire",
        ]


async def test_a_title_goes_on_in_the_second_line_and_the_open_article_has_a_sign():
    app = Desk()
    long = Entry("l", title="Drone strikes on depots and what is known of them so far",
                 published="2025-02-06", outlet="Wire", new=True)  # fmt: skip
    done = replace(long, id="m", new=False, done=True, highlights=15, claims=15, drafts=9)
    async with app.run_test(size=(28, 12)):
        app.list.show((ENTRIES[1], long, done), opened="b")
        app.list.to(1)
        assert screen(app)[:7] == [
            " articles 3",
            "›02-06 Casualties mount",
            "   Wire",
            f"{CURSOR}02-06 Drone strikes on",
            "   depots and what is kn…",
            " 02-06 Drone strikes on",
            "   depots…  15 hl · 15 cl ✓",
        ]
        app.list.to(0)
        assert screen(app)[1] == f"{CURSOR}02-06 Casualties mount"


async def test_moving_and_choosing_name_the_article():
    app = Desk()
    async with app.run_test(size=(34, 12)) as pilot:
        app.list.show(ENTRIES, opened="a")
        app.list.move(1)
        app.list.choose()
        await pilot.pause()
        assert app.heard == [("moved", "b"), ("chosen", "b")]
        app.list.set_open("c")
        await pilot.pause()
        assert app.list.entry is ENTRIES[2]
        assert len(app.heard) == 2


@pytest.mark.parametrize(
    ("words", "ids"),
    [
        ("", "abcd"),
        ("troops", "a"),
        ("국정원", "c"),
        ("WIRE", "bd"),
        ("2025-02-1", "c"),
        ("is:new", "b"),
        ("is:open wire", "bd"),
        ("is:done", "c"),
        ("is:drafts", "a"),
        ("is:gone", ""),
        ("troops OR (wire NOT casual*)", "ad"),
        ('"troops no longer"', "a"),
        ("tag:military", "c"),
        ("convoy is:open", "b"),
        ("nowhere", ""),
    ],
)
async def test_a_filter_leaves_what_is_meant_and_the_list_says_of_how_many(words, ids):
    sieve = parse_sieve(words)
    found = Found({Leaf("convoy"): frozenset("bc")}, frozenset("c"))
    shown = [e for part in sieve.sift(ENTRIES, found, {"b": "new"}) for e in part]
    assert "".join(entry.id for entry in shown) == ids
    app = Desk()
    async with app.run_test(size=(40, 12)):
        app.list.show(shown, Standing(total=len(ENTRIES), words=words))
        text = " ".join(screen(app))
        assert ("of 4" in text) is bool(words)
        if not ids:
            assert "F changes the filter" in " ".join(text.split())


@pytest.mark.parametrize(
    ("words", "reason"),
    [("is:odd", "no state 'is:odd'"), ("grade:B", "by others claims"), ("a)", "closed that was")],
)
def test_what_makes_no_filter_of_articles_gets_a_sentence(words, reason):
    with pytest.raises(ValueError, match=reason):
        parse_sieve(words)


async def test_an_empty_workspace_says_what_to_do():
    app = Desk()
    async with app.run_test(size=(40, 6)):
        app.list.show(())
        assert "pressmark FOLDER" in " ".join(" ".join(screen(app)).split())


class Many(tuple[Entry, ...]):
    """Entries of which each may be looked at, but that nobody may go through one by one."""

    def __iter__(self):
        raise AssertionError("all entries were gone through")


async def test_of_ten_thousand_articles_those_that_are_seen_are_looked_at():
    entries = [
        Entry(f"id{i}", path=f"{i:05}", title=f"Story {i}", published="2025-02-05")
        for i in range(10_001)
    ]
    app = Desk()
    async with app.run_test(size=(34, 40)) as pilot:
        app.list.show(Many(entries[1:]), opened="id1")
        app.list.last()
        await pilot.pause()
        assert screen(app)[-2] == f"{CURSOR}02-05 Story 10000"
        app.list.show(Many(entries), opened="id1")  # one came before all others
        assert screen(app)[-2] == f"{CURSOR}02-05 Story 10000"
        app.list.show(entries[:-1], opened="id1")  # that of the cursor is there no more
        assert screen(app)[-2] == f"{CURSOR}02-05 Story 9999"


@pytest.mark.parametrize("width", [1, 2, 3, 5, 9, 17, 200])
async def test_no_line_is_wider_than_the_list(width):
    app = Desk()
    async with app.run_test(size=(width, 12)):
        app.list.show(ENTRIES, opened="a")
        assert all(cell_len(line) <= width for line in screen(app))


@pytest.mark.parametrize(
    ("published", "year", "shown"),
    [
        ("2025-02-05T15:53:10+09:00", "2025", "02-05"),
        ("2024-12-31", "", "2024-12-31"),
        ("2025-02", "2025", "2025-02"),
        ("2025", "2025", "2025"),
        ("", "2025", "  –  "),
    ],
)
def test_dates_are_short_where_the_year_goes_without_saying(published, year, shown):
    assert short_date(published, year) == shown


async def test_an_article_that_no_file_holds_says_so_before_its_counts():
    app = Desk()
    async with app.run_test(size=(40, 12)):
        app.list.show([replace(ENTRIES[0], gone=True), ENTRIES[1]])
        assert "gone · 5 hl" in " ".join(screen(app))
