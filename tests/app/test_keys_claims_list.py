"""The list of claims: sorted, under headings, filtered, selected in, worked on many at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.app.four_claims import EARLY, SIZES, four_claims
from tests.app.robot import Robot, presses, reader

from tui.desk import Desk
from tui.model.ids import new_id
from tui.model.ordering import AT_ONCE
from tui.model.records import Change, Step
from tui.screens import telling
from tui.screens.claims import ClaimsHands

BOOK = '[[tags]]\npath = "losses"\nslot = 1\n\n[[tags]]\npath = "talks"\nslot = 2\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with four claims in two articles, the last one accepted, and two tags."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "annotations").mkdir()
    (folder / "annotations" / "codebook.toml").write_text(BOOK, encoding="utf-8")
    return four_claims(folder, tmp_path / "locks")


async def gathered(user: Robot) -> None:
    """Wait until all claims are there and painted."""
    await user.over(lambda: user.screen.claims.gathering)
    await user.settle()


async def shown(user: Robot, *keys: str) -> str:
    """What is on the screen after some keys, in one line; each key waits for the paint before."""
    for key in keys:
        await user.keys(key)
        await gathered(user)
    return " ".join(user.shown().split())


def statement(user: Robot) -> str:
    """What the claim under the cursor says."""
    told = user.screen.claims.list.told
    return told.claim.statement if told is not None else ""


def standing(user: Robot) -> list[tuple[str, str, tuple[str, ...]]]:
    """Status, grade and tags of all claims, by article."""
    rows = [row for part in user.desk.told() for row in part]
    rows.sort(key=lambda row: (row.path, row.at))
    return [(row.status.name, row.grade, row.tags) for row in rows]


@presses("claims.open", "list.next", "list.last", "list.first", "app.leave")
@SIZES
async def test_l_lists_the_claims_of_the_workspace(size: tuple[int, int], root: Path) -> None:
    async with reader(root, size=size) as user:
        seen = await shown(user, "L")
        assert "CLAIMS" in user.status()
        assert "4 claims · workspace · O by article · H no headings" in seen
        assert "date source claim" in seen
        assert "✓" in seen
        for number, words in enumerate(("The NIS", "Kyiv", "The troops", "The Joint Chiefs"), 1):
            assert f"claim {number} of 4" in user.status()
            assert statement(user).startswith(words)
            await user.keys("j")
        await shown(user, "G", "gg", "q")
        assert "READ" in user.status()


@presses("claims.go", "go.back")
@SIZES
async def test_enter_goes_to_the_claim_and_the_list_opens_on_its_row(
    size: tuple[int, int], root: Path
) -> None:
    async with reader(root, size=size) as user:
        await user.find("officials said")
        before = user.place.article.id, user.place.caret
        await shown(user, "L", "G")
        await user.keys("<enter>")
        assert user.place.article.path == "late.txt"
        assert "claim 1 of 1" in user.status()
        assert "L is the list of claims again" in user.message()
        await shown(user, "L")
        assert statement(user).startswith("The Joint Chiefs")
        await user.keys("q", "`")
        assert (user.place.article.id, user.place.caret) == before
        await shown(user, "L", "q", "L")
        assert statement(user).startswith("The Joint Chiefs"), "it stands where it was left"


async def test_a_click_goes_to_the_claim_and_the_two_lists_lead_to_each_other(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "j")
        assert statement(user).startswith("Kyiv")
        await user.keys("T")
        assert "TIME" in user.status()
        assert user.screen.timeline.cursor() == user.screen.claims.cursor()
        await shown(user, "L")
        assert statement(user).startswith("Kyiv")
        await user.click("The Joint Chiefs said")
        assert statement(user).startswith("The Joint Chiefs")
        await user.click("The Joint Chiefs said")
        assert user.place.article.path == "late.txt"


@presses("claims.sort")
async def test_o_sorts_and_says_by_what(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L")
        for words, first in (
            ("time they are about", "Kyiv"),
            ("source", "The Joint Chiefs"),
            ("grade", ""),
            ("status", "The NIS"),
            ("newest change", "The Joint Chiefs"),
            ("article", "The NIS"),
        ):
            seen = await shown(user, "O")
            assert user.message().startswith(f"sorted by {words}")
            assert f"O by {words}" in seen
            await shown(user, "gg")
            assert statement(user).startswith(first)
            if words == "grade":
                assert "no letter for the source · 4" in seen
                assert "F and 6 are no rank" in seen


@presses("claims.group", "claims.next-group", "claims.previous-group")
async def test_h_puts_headings_over_them(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "j", "2", "}")
        assert "no headings: H puts claims under them" in user.message()
        seen = await shown(user, "H")
        assert user.message() == "under sources"
        assert "Kyiv · 1" in seen
        assert "may be several" in seen, "officials are not one source"
        seen = await shown(user, "H")
        assert "talks · 1" in seen
        assert "no tag · 3" in seen
        seen = await shown(user, "H", "gg")
        assert "draft · 3" in seen
        assert "accepted · 1" in seen
        await shown(user, "}")
        assert statement(user).startswith("The Joint Chiefs")
        await shown(user, "{")
        assert statement(user).startswith("The NIS")
        assert "no letter for the source · 4" in await shown(user, "H")
        assert "H no headings" in await shown(user, "H")


@presses("claims.scope", "pane.filter", "app.keys")
async def test_tab_narrows_it_and_f_filters_it(root: Path) -> None:
    async with reader(root) as user:
        assert "3 claims · this article" in await shown(user, "L", "<tab>")
        assert "4 claims · workspace" in await shown(user, "<tab>")
        seen = await shown(user, "F", "status:draft killed", "<enter>")
        assert "1 claim · workspace · status draft, with the words killed" in seen
        await user.keys("F", "<ctrl+u>", "status:true", "<enter>")
        assert "no status 'true'" in user.message()
        seen = await shown(user, "F", "<ctrl+u>", "nowhere", "<enter>")
        assert "No claim is with the words nowhere. F changes the filter." in seen
        for key in ("<enter>", "v", "s", "a", "!", "t", "r", "<esc>", "}", "1"):
            await shown(user, key)
        assert standing(user)[0] == ("draft", "", ())
        assert "keys in the list of claims" in await shown(user, "?")
        await shown(user, "q")
        assert "CLAIMS" in user.status()


@presses("claims.select", "claims.accept", "claims.undo", "claims.redo")
async def test_a_accepts_what_is_selected_and_u_takes_it_back_whole(root: Path) -> None:
    async with reader(root) as user:
        before = standing(user)
        await shown(user, "L", "j", "v", "j", "v")
        assert "2 claims selected" in user.status()
        assert user.shown().count("●") == 2
        await shown(user, "a")
        assert user.message() == "accepted 2 claims: u takes it back"
        assert [row[0] for row in standing(user)] == ["draft", "accepted", "draft", "accepted"]
        await shown(user, "u")
        assert "undone: accept 2 claims" in user.message()
        assert standing(user) == before
        await shown(user, "U")
        assert [row[0] for row in standing(user)] == ["draft", "accepted", "draft", "accepted"]
        await shown(user, "q")
        assert "CLAIMS" in user.status(), "first the selection is let go of"
        assert "claim 4 of 4" in user.status()


async def test_u_takes_a_decision_on_many_back_after_a_restart(root: Path) -> None:
    async with reader(root) as user:
        before = standing(user)
        await shown(user, "L", "s", "s", "x")
        assert user.message() == "rejected 4 claims: u takes it back"
        await user.saved()
    async with reader(root) as user:
        assert {row[0] for row in standing(user)} == {"rejected"}
        await shown(user, "L", "u")
        assert "undone: reject 4 claims in 2 articles" in user.message()
        assert standing(user) == before


@presses("claims.select-more", "claims.select-less")
async def test_s_selects_the_claim_its_heading_and_all(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "H", "H", "H", "gg")
        for count in (1, 3, 4):
            await shown(user, "s")
            assert f"{count} claim{'s' * (count > 1)} selected" in user.status()
        await shown(user, "s")
        assert user.message() == "all that are shown are selected"
        for count in (3, 1):
            await shown(user, "S")
            assert f"{count} claim{'s' * (count > 1)} selected" in user.status()
        await shown(user, "S")
        assert "claim 1 of 4" in user.status()


@presses("claims.reject", "claims.reject-reason", "claims.flag")
async def test_without_a_selection_the_claim_of_the_row_is_meant(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "x")
        assert standing(user)[0][0] == "rejected"
        await shown(user, "j", "X2")
        assert standing(user)[1][0] == "rejected"
        assert "wrong span" in user.shown()
        await shown(user, "!")
        assert user.message().startswith("flagged 1 claim")
        await shown(user, "!")
        assert user.message().startswith("flag taken off 1 claim")
        await shown(user, "x")
        assert [row[0] for row in standing(user)][:3] == ["rejected", "rejected", "draft"]


async def test_the_cursor_goes_on_when_a_claim_leaves_what_is_shown(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "F", "status:draft", "<enter>")
        assert statement(user).startswith("The NIS")
        seen = await shown(user, "a")
        assert "2 claims · workspace" in seen
        assert statement(user).startswith("Kyiv")
        await shown(user, "u")
        assert "3 claims" in " ".join(user.shown().split())


async def test_a_decision_counts_only_for_what_was_painted(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "F", "status:draft", "<enter>")
        for _ in range(3):
            user.type_ahead("a")
        await user.settle()
        await gathered(user)
        assert [row[0] for row in standing(user)].count("accepted") == 2, "typed ahead, dropped"


@presses("claims.tag-slot", "claims.tag", "claims.repeat-tag")
async def test_digits_and_t_tag_what_is_meant(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "s", "s", "1")
        assert user.message() == "put losses on 4 highlights: u takes it back"
        assert {row[2] for row in standing(user)} == {("losses",)}
        await shown(user, "1")
        assert {row[2] for row in standing(user)} == {()}
        await shown(user, "q", "gg", "t", "talks", "<enter>")
        assert [row[2] for row in standing(user)] == [("talks",), (), (), ()]
        await shown(user, "j", ".")
        assert [row[2] for row in standing(user)] == [("talks",), ("talks",), (), ()]
        await shown(user, ".")
        assert user.message() == "that is so already"
        await shown(user, "9")
        assert "no tag on slot 9" in user.message()


@presses("grade.start", "grade.letter", "grade.digit", "grade.keep")
async def test_r_grades_what_is_meant_in_one_step(root: Path) -> None:
    async with reader(root) as user:
        before = standing(user)
        await shown(user, "L", "s", "s", "r")
        assert "grade of 4 claims" in user.status()
        await shown(user, "b", "2")
        assert user.message() == "grade 4 claims B2: u takes it back"
        assert {row[1] for row in standing(user)} == {"B2"}
        await shown(user, "u")
        assert standing(user) == before
        await shown(user, "r", "3")
        assert {row[1] for row in standing(user)} == {"-3"}
        await shown(user, "r", "c", ",")
        assert "a source is held to the letter of one claim" in user.message()
        await shown(user, "<enter>")
        assert {row[1] for row in standing(user)} == {"C3"}
        await shown(user, "r", "d", "j")
        assert {row[1] for row in standing(user)} == {"D3"}, "any other key leaves the letter"
        await shown(user, "r", "a", "<esc>")
        assert {row[1] for row in standing(user)} == {"A3"}
        await shown(user, "u", "u", "u", "u")
        assert standing(user) == before


async def test_export_writes_what_is_shown(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "L", "F", "status:draft", "<enter>")
        await user.keys(":", "export csv out.csv", "<enter>")
        assert "3 claims" in user.message()
        assert "status draft, workspace" in user.message()
        await user.keys("<esc>")
        await shown(user, "<tab>")
        await user.keys(":", "export csv killed", "<enter>")
        assert "this article" in user.message()
        await user.keys("<esc>", "q", ":", "export csv", "<enter>")
        assert "status draft" not in user.message()


@presses("app.command")
async def test_what_others_wrote_is_reviewed_and_never_changed(root: Path) -> None:
    theirs = {path: path.read_bytes() for path in (root / "annotations" / "kim").rglob("*.json")}
    async with reader(root, analyst="lee") as user:
        await shown(user, "L", "s", "s", "a", "1", "r", "b", "2")
        assert standing(user) == [("draft", "B2", ("losses",))] * 4, "copies of one's own"
        assert "4 claims selected" in user.status()
        await shown(user, "u", "u", "u")
        assert [row[0] for row in standing(user)] == ["draft", "draft", "draft", "accepted"]
        await user.saved()
        await user.keys(":", "analyst", "<enter>")
        assert user.message().startswith("lee")
    now = {path: path.read_bytes() for path in (root / "annotations" / "kim").rglob("*.json")}
    assert now == theirs


async def test_what_a_colleague_changes_meanwhile_is_shown_and_the_selection_stays(
    root: Path,
) -> None:
    async with reader(root) as user:
        await shown(user, "L", "v")
        lee = Desk.open([root], root=root, analyst="lee", locks=root.parent / "locks")
        (claim, *_) = lee.annotations(lee.find("early.txt")).all_claims()
        lee.review(claim.id, "reject")
        lee.close()
        await shown(user, "k")
        user.screen.poll()
        for _ in range(3000):  # the desk says so from a thread of its own
            if "✗" in await shown(user):
                break
            await user.pilot.pause(0.01)
        assert "✗" in user.shown()
        assert "1 claim selected" in user.status()


async def test_claims_are_gathered_bit_by_bit_keys_are_answered_and_escape_stops(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.telling.SLICE", -1.0)
    monkeypatch.setattr("tui.screens.telling.PAUSE", 3600.0)
    async with reader(root) as user:
        await user.keys("L")
        assert "… Esc stops" in user.shown()
        assert user.screen.claims.gathering
        await user.keys("O")
        assert user.message() == "sorted by time they are about"
        monkeypatch.setattr("tui.screens.telling.PAUSE", 0.001)
        assert "stopped: L goes on" in await shown(user, "<esc>")
        assert not user.screen.claims.gathering
        assert "CLAIMS" in user.status()
        assert "4 claims · workspace" in await shown(user, "L")
        assert "claim 1 of 4" in user.status()
        monkeypatch.setattr("tui.screens.telling.PAUSE", 3600.0)
        await user.keys("L")
        assert "claim 1 · 3 so far" in user.status(), "not of those that there were"
        await user.keys("<esc>", "<esc>")
        assert "READ" in user.status()


async def test_escape_works_while_more_than_a_thousand_are_gathered_and_put_in_order(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk.open([root], root=root, analyst="kim", locks=root.parent / "locks")
    claim = desk.annotations(desk.find("early.txt")).all_claims()[0]
    more = (Change(None, replace(claim, id=new_id(), rev=1)) for _ in range(AT_ONCE + 100))
    desk.apply(Step(new_id(), "more", "", tuple(more)))
    desk.close()
    async with reader(root) as user:
        claims, stand = user.screen.claims, False

        def progress(count: int) -> None:
            if count > AT_ONCE and claims._whole is stand:  # the next step is never taken
                monkeypatch.setattr("tui.screens.telling.PAUSE", 3600.0)
            ClaimsHands.progress(claims, count)

        monkeypatch.setattr(claims, "progress", progress)
        monkeypatch.setattr("tui.screens.telling.SLICE", -1.0)
        monkeypatch.setattr("tui.screens.telling.SAID", -1.0)
        await user.keys("L")
        await user.over(lambda: telling.PAUSE < 1)
        assert claims.gathering
        monkeypatch.setattr("tui.screens.telling.PAUSE", 0.001)
        assert "stopped: L goes on" in await shown(user, "<esc>")
        assert int(user.shown().split()[0].replace(",", "")) > AT_ONCE, "what was gathered"
        stand = True
        await user.keys("L")
        await user.over(lambda: telling.PAUSE < 1)
        assert claims.gathering
        await user.keys("<esc>")
        assert not claims.gathering
        assert "READ" in user.status()


async def test_escape_stops_what_is_done_to_many_before_anything_is(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(root) as user:
        before = standing(user)
        await shown(user, "L", "s", "s")
        monkeypatch.setattr("tui.screens.working.SLICE", -1.0)
        monkeypatch.setattr("tui.screens.working.PAUSE", 3600.0)
        user.patient = False
        await user.keys("a")
        assert user.screen.working.under_way
        await user.keys("<esc>")
        assert user.message() == "stopped: nothing was changed"
        assert "4 claims selected" in user.status()
        monkeypatch.setattr("tui.screens.working.PAUSE", 0.001)
        assert standing(user) == before
        user.patient = True
        await shown(user, "a")
        assert user.message() == "accepted 4 claims: u takes it back"
        accepted = standing(user)
        await shown(user, "x")
        assert [row[0] for row in standing(user)] == ["rejected"] * 4
        monkeypatch.setattr("tui.screens.working.PAUSE", 3600.0)
        user.patient = False
        row = user.screen.claims.list.cursor
        await user.keys("u", "j")
        assert user.screen.working.under_way
        assert user.screen.claims.list.cursor == row + 1, "keys are answered"
        await user.keys("u")
        assert user.message() == "undoing is under way: Esc stops it"
        await user.keys("<esc>")
        assert user.message() == "stopped: nothing was undone"
        assert [row[0] for row in standing(user)] == ["rejected"] * 4
        monkeypatch.setattr("tui.screens.working.PAUSE", 0.001)
        user.patient = True
        await shown(user, "u")
        assert user.message() == "undone: reject 4 claims in 2 articles"
        assert standing(user) == accepted


async def test_without_a_claim_it_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "story.txt").write_text(EARLY, encoding="utf-8")
    async with reader(folder) as user:
        assert "No claim here yet: c makes one" in await shown(user, "L")
        await shown(user, "a")
        assert user.message() == "no claim here"
        await shown(user, "u")
        assert "nothing to undo here" in user.message()
        for key in ("j", "k", "G", "gg", "<space>", "P", ")", "(", "]", "[", "<enter>"):
            await user.keys(key)
        assert "No claim here yet" in user.shown()


@pytest.mark.parametrize("side", ["claims", "timeline"])
async def test_a_very_long_list_is_let_go_of_when_it_is_closed_and_comes_back_as_it_was(
    side: str, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(telling, "MANY", 3)
    monkeypatch.setattr(telling, "CLOSED", 0.001)
    key = "L" if side == "claims" else "T"
    async with reader(root) as user:
        hands = getattr(user.screen, side)
        await user.keys(key)
        await user.over(lambda: hands.gathering)
        await user.keys("G", "k")
        before = hands.cursor()
        assert before
        await user.keys("q")
        await user.over(lambda: bool(hands.list.place[1]))
        assert not hands.cursor()
        await user.keys("gg", key)
        await user.over(lambda: hands.gathering)
        await user.settle()
        assert hands.list.place[1] >= 4
        assert hands.cursor() == before
