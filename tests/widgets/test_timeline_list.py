"""The timeline as a list: what a claim says at any width, the one under the cursor, figures."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult

from tui.analysis import edtf_bounds
from tui.model.figures import series_of
from tui.model.records import Claim, Hop, Phrase, Quantity, When
from tui.model.rows import Row
from tui.model.timeline import timeline
from tui.model.told import Told, position_of
from tui.model.views import Status
from tui.widgets.looks import register_themes
from tui.widgets.rows import CURSOR
from tui.widgets.timeline_list import TimelineList
from tui.widgets.timeline_rows import figure_cells


def told(number: int, statement: str, edtf: str = "", words: str = "", *figures: Quantity) -> Told:
    earliest, latest = edtf_bounds(edtf) if edtf else ("", "")
    time = When(words, edtf=edtf, earliest=earliest, latest=latest) if edtf or words else None
    said = When("Wednesday", edtf="2025-02-05")
    chain = (Hop(Phrase("KBS")), Hop(Phrase("NIS"), cue=Phrase("said"), said=said))
    claim = Claim(
        id=f"claim {number}", statement=statement, chain=chain, when=time, quantities=figures
    )
    return Told(claim, position_of(time), "id", "A TITLE", "KBS", "2025-02-05T15:53:00+09:00")


def men(lower: int | None, upper: int | None = None) -> Quantity:
    return Quantity("men", lower=lower, upper=upper, unit="men", measure="killed")


ROWS = [
    told(1, "The troops have not been seen. " * 6, "2025-01-11~/..", "since mid-January"),
    told(2, "They lost \x1b[2J many 북한군\u202e men.", "2025-02-03", "Monday", men(3000)),
    told(3, "They lost more.", "2025-02-04", "", men(4000, 5000), men(1, 1)),
    told(4, "They will go.", "", "soon"),
    told(5, "They went."),
]
GRADED = Told(ROWS[0].claim, ROWS[0].place, outlet="KBS", status=Status("accepted"), grade="B2")


def tell(row: Row) -> Told:
    assert isinstance(row, Told)
    return row


class Desk(App[None]):
    """One list."""

    def compose(self) -> ComposeResult:
        yield TimelineList()

    def on_mount(self) -> None:
        register_themes(self)

    @property
    def list(self) -> TimelineList:
        return self.query_one(TimelineList)

    def lines(self) -> list[str]:
        height = self.list.size.height
        return [self.list.render_line(y).text.rstrip() for y in range(height)]


async def test_claims_stand_under_their_periods_with_time_source_and_status() -> None:
    async with (app := Desk()).run_test(size=(80, 30)):
        app.list.show(timeline(ROWS), tell=tell, at="claim 3")
        lines = app.lines()
        assert lines[0] == " 2025 · 3"
        assert lines[1].startswith(" from mid-January 2025 on · NIS said  ")
        assert lines[1].endswith(" draft")
        assert lines[2].startswith("   The troops have not been seen. The troops")
        assert lines[2].endswith("…")
        assert lines[3].startswith(" 3 February 2025 · NIS said  ")
        assert lines[4].endswith("  ≥ 3,000 men (killed)")
        assert lines[5].startswith(f"{CURSOR}4 February 2025 · NIS said  ")
        assert lines[6] == "   They lost more."
        assert lines[7] == "   4,000 to 5,000 men (killed) · 1 men (killed)"
        assert lines[8] == "   said 5 February 2025 · published 5 February 2025 · KBS · A TITLE"
        assert lines[9:11] == ["", " time not resolved · 2"]
        assert lines[11].startswith(" “soon”, not resolved · NIS said")
        assert lines[13].startswith(" NIS said")
        assert "\x1b" not in "".join(lines)
        assert "\u202e" not in "".join(lines)


async def test_the_claim_under_the_cursor_says_all_of_itself_and_only_it() -> None:
    async with (app := Desk()).run_test(size=(80, 30)):
        app.list.show(timeline([GRADED, *ROWS[1:]]), tell=tell)
        app.list.first()
        lines = app.lines()
        assert lines[1].endswith("accepted ✓ · B2")
        assert " ".join(" ".join(lines[2:5]).split()) == " ".join((ROWS[0].claim.statement).split())
        assert "4,000" in lines[-1] or any("They lost more." in line for line in lines)
        app.list.move(1)
        assert sum("have not been seen" in line for line in app.lines()) == 1
        assert app.list.place == (2, 5)


async def test_headings_are_passed_over_and_reached_by_their_first_claim() -> None:
    async with (app := Desk()).run_test(size=(80, 12)):
        app.list.show(timeline(ROWS), tell=tell)
        assert app.list.key == ("claim 1", "claim")
        assert app.list.next_heading(1)
        assert app.list.key == ("claim 4", "claim")
        assert any("time not resolved" in line for line in app.lines())
        assert not app.list.next_heading(1)
        assert app.list.next_heading(-1)
        assert app.list.key == ("claim 1", "claim")


@pytest.mark.parametrize("width", [1, 4, 12, 36, 80, 130])
@pytest.mark.parametrize("figures", [False, True])
async def test_no_line_is_wider_than_the_list_and_rows_are_as_high_as_they_say(
    width: int, figures: bool
) -> None:
    async with (app := Desk()).run_test(size=(width, 90)):
        rows = [*ROWS, told(6, "So many.", "2025", "", Quantity("many 북한군", unit="men"))]
        if figures:
            app.list.show_figures(series_of(rows, figure_cells))
        else:
            app.list.show(timeline(rows), tell=tell)
        for _ in range(app.list.count):
            lines = app.lines()
            assert all(cell_len(line) <= width for line in lines)
            heights = list(app.list._all_heights())
            built = [len(app.list._lines_of(index)) for index in range(app.list.count)]
            assert heights == built
            app.list.move(1)


async def test_figures_of_a_series_are_bars_on_one_scale_where_there_is_room_on_one_line() -> None:
    async with (app := Desk()).run_test(size=(110, 20)):
        app.list.show_figures(series_of(ROWS, figure_cells))
        lines = app.lines()
        assert lines[0] == " killed · men · 3"
        highest = lines[1].index("5,000") + len("5,000") - 1
        assert lines[2].startswith(f"{CURSOR}  3 February 2025         ≥ 3,000  ")
        assert lines[2].index("▶") == highest + 3
        assert lines[2].endswith(" draft")
        assert lines[3].index("┣") < highest
        assert lines[3].index("┫") == highest
        assert "◆" in lines[4]


async def test_figures_are_readable_on_36_cells() -> None:
    async with (app := Desk()).run_test(size=(36, 20)):
        rejected = Told(ROWS[1].claim, ROWS[1].place, status=Status("rejected"))
        app.list.show_figures(series_of([*ROWS[:2], rejected, *ROWS[2:]], figure_cells))
        lines = app.lines()
        assert lines[0] == " killed · men · 4"
        assert "≥ 3,000" in lines[2]
        assert lines[2].endswith("▶")
        assert lines[3] == "   3 February 2025 · NIS said"
        assert lines[5].endswith("rejected ✗"), "of one time, as they came"
        assert lines[6].split()[:3] == ["4,000", "to", "5,000"]


async def test_only_visible_rows_are_built(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [told(n, "They went.", f"{1000 + n % 900}-02-03", "", men(n)) for n in range(5000)]
    async with (app := Desk()).run_test(size=(80, 24)):
        for show in (
            lambda: app.list.show(timeline(rows), tell=tell),
            lambda: app.list.show_figures(series_of(rows, figure_cells)),
        ):
            show()
            app.lines()
            assert len(app.list._lines) < 60
