"""The claims as a table: columns for any width, the one under the cursor, headings, selection."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.analysis import edtf_bounds
from tui.model.ordering import Group, grouped
from tui.model.records import Claim, Hop, Phrase, Quantity, When
from tui.model.rows import Row
from tui.model.told import Told, position_of
from tui.model.views import Status
from tui.widgets.claims_columns import Used, columns_of, row_line, used_by
from tui.widgets.claims_table import ClaimsTable
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR


def told(number: int, statement: str, edtf: str = "", *figures: Quantity, **other: object) -> Told:
    earliest, latest = edtf_bounds(edtf) if edtf else ("", "")
    when = When("then", edtf=edtf, earliest=earliest, latest=latest) if edtf else None
    chain = (Hop(Phrase("KBS")), Hop(Phrase("NIS"), cue=Phrase("said")))
    claim = Claim(
        id=f"claim {number}", statement=statement, chain=chain, when=when, quantities=figures
    )
    return Told(
        claim, position_of(when), "id", "A TITLE", "KBS", "2025-02-05T15:53:00+09:00",
        source="NIS", **other,  # pyright: ignore[reportArgumentType]
    )  # fmt: skip


MEN = Quantity("men", lower=3000, unit="men", measure="killed")
ROWS = [
    told(1, "The troops have not been seen. " * 6, "2025-01", tags=("war/east", "war/north")),
    told(2, "They lost \x1b[2J many 북한군\u202e men.", "2025-02-03", MEN, grade="B2"),
    told(3, "They went.", status=Status("accepted", flagged=True)),
]


def tell(row: Row) -> Told:
    assert isinstance(row, Told)
    return row


class Desk(App[None]):
    """One table."""

    def compose(self) -> ComposeResult:
        yield ClaimsTable()

    def on_mount(self) -> None:
        register_themes(self)

    @property
    def table(self) -> ClaimsTable:
        return self.query_one(ClaimsTable)

    def show(
        self, rows: Sequence[Row] | Sequence[Group[Row]], sort: str,
        selected: Collection[str] = (), at: str = "",
    ) -> None:  # fmt: skip
        used = used_by([row for row in rows if isinstance(row, Told)] or ROWS)
        self.table.show(rows, sort, selected, used, tell=tell, at=at)

    def lines(self) -> list[str]:
        return [self.table.render_line(y).text.rstrip() for y in range(self.table.size.height)]


async def test_columns_hold_status_date_source_claim_figures_and_grade() -> None:
    async with (app := Desk()).run_test(size=(80, 20)):
        app.table.say("3 claims", ("workspace",), "")
        app.show(ROWS, "article", at="claim 3")
        lines = app.lines()
        assert lines[0] == " 3 claims · workspace"
        assert lines[1].split() == ["date", "source", "claim", "figures", "gr"]
        assert lines[2].split()[:3] == ["02-05", "NIS", "The"]
        assert lines[3].endswith("B2")
        assert "≥ 3,000" in lines[3]
        assert lines[4].split()[:4] == [CURSOR, "✓!", "02-05", "NIS"]
        assert lines[5].strip() == "NIS said"
        assert lines[6].strip() == "accepted ✓"
        assert "A TITLE" in lines[7]
        assert "\x1b" not in "".join(lines)


async def test_with_room_there_are_words_times_tags_and_articles() -> None:
    async with (app := Desk()).run_test(size=(200, 20)):
        app.table.say("3 claims", (), "")
        app.show(ROWS, "time")
        lines = app.lines()
        assert lines[1].split() == [
            "status", "date", "source", "claim", "about", "figures", "gr", "tags", "article",
        ]  # fmt: skip
        assert any("accepted ✓" in line for line in lines)
        assert "January 2025" in lines[2]
        assert "east, north" in lines[2]
        assert "A TITLE" in lines[2]


async def test_the_claim_under_the_cursor_says_all_that_had_no_room() -> None:
    async with (app := Desk()).run_test(size=(60, 24)):
        app.show(ROWS, "article")
        whole = " ".join(" ".join(app.lines()).split())
        for words in ("The troops have not been seen. " * 2, "NIS said", "January 2025",
                      "war/east, war/north", "published 5 February 2025"):  # fmt: skip
            assert words.strip() in whole
        app.table.to(1)
        assert "war/east" not in " ".join(app.lines())


async def test_headings_count_and_a_claim_stands_under_each_of_its_tags() -> None:
    async with (app := Desk()).run_test(size=(100, 24)):
        app.show(grouped(ROWS, "tag"), "article")
        text = "\n".join(app.lines())
        for heading in ("war/east · 1", "war/north · 1", "no tag · 2"):
            assert heading in text
        assert app.table.place == (1, 4)
        assert app.table.claims == ("claim 1", "claim 2", "claim 3")
        assert app.table.group == ("claim 1",)
        assert app.table.next_heading(1)
        assert app.table.next_heading(1)
        assert app.table.group == ("claim 2", "claim 3")
        assert not app.table.next_heading(1)
        assert app.table.next_heading(-1)


async def test_what_is_selected_is_marked_without_colour() -> None:
    async with (app := Desk()).run_test(size=(80, 20)):
        app.show(ROWS, "article", {"claim 1", "claim 3"})
        marked = [line for line in app.lines() if "●" in line]
        assert len(marked) == 2
        app.table.select(())
        assert not any("●" in line for line in app.lines())


async def test_hardly_more_lines_are_built_than_are_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    built: list[Told] = []
    monkeypatch.setattr(
        "tui.widgets.claims_table.row_line",
        lambda row, *rest: built.append(row) or row_line(row, *rest),
    )
    rows = [told(number, "They went.") for number in range(5_000)]
    async with (app := Desk()).run_test(size=(80, 20)):
        app.show(rows, "article")
        app.lines()
        app.table.last()
        app.lines()
        assert len(built) <= 2 * (20 + 2)


async def test_an_empty_table_says_what_to_do() -> None:
    async with (app := Desk()).run_test(size=(80, 20)):
        app.table.say("0 claims", (), "No claim here yet.")
        app.show((), "article")
        assert app.lines()[1].strip() == "No claim here yet."
        assert app.table.told is None
        assert app.table.place[1] == 0


@given(
    st.integers(1, 400),
    st.sets(st.sampled_from(("grade", "figures", "time", "tags"))),
    st.sampled_from((5, 10)),
)
def test_columns_fill_the_width_and_no_more(width: int, names: set[str], date: int) -> None:
    columns = columns_of(Used(frozenset(names), date, "2025"), width)
    cells = sum(cells for _, cells in columns.cells) + columns.gap * (len(columns.cells) - 1)
    found = dict(columns.cells)
    assert "statement" in found
    assert all(count > 0 for count in found.values())
    assert cells == width
    assert not {"grade", "figures", "time", "tags"} - names & set(found)
    for row in ROWS:
        assert cell_len("".join(piece.text for piece in row_line(row, columns, True))) == cells


def test_only_columns_that_hold_something_are_there() -> None:
    assert used_by(ROWS).names == {"grade", "figures", "time", "tags"}
    assert used_by(ROWS[2:]) == Used(frozenset(), 5, "2025")
    assert used_by([]) == Used(frozenset(), 5, "")
