"""The timeline: opened, moved in, narrowed, filtered, turned to figures, and left for a claim."""

from __future__ import annotations

import os
from contextlib import closing
from pathlib import Path

import pytest
from tests.app.four_claims import EARLY, SIZES, four_claims
from tests.app.robot import Robot, presses, reader

from tui.desk import Desk
from tui.model.told import Gist


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with four claims in two articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    return four_claims(folder, tmp_path / "locks")


async def gathered(user: Robot) -> None:
    """Wait until all claims are there."""
    await user.over(lambda: user.screen.timeline.gathering)
    await user.settle()


async def shown(user: Robot, *keys: str) -> str:
    """What is on the screen after some keys, in one line; each key waits for the paint before."""
    for key in keys:
        await user.keys(key)
        await gathered(user)
    return " ".join(user.shown().split())


def statement(user: Robot) -> str:
    """What the claim under the timeline's cursor says."""
    key = user.screen.timeline.list.key
    found = user.desk.claim_of(key[0]) if key else None
    return found[0].statement if found else ""


def indexed(root: Path, folder: Path) -> Path:
    """The folder of an index of the workspace."""
    for path in root.rglob("*.txt"):  # not so fresh that it may change unseen
        os.utime(path, (1_700_000_000, 1_700_000_000))
    with closing(Desk.open(root=root, analyst="kim", locks=folder / "locks", cache=folder)) as desk:
        desk.index()
    return folder


@presses("timeline.open", "list.next", "list.previous", "list.first", "list.last", "app.leave")
@SIZES
async def test_t_lists_the_claims_of_the_workspace_by_the_time_they_are_about(
    size: tuple[int, int], root: Path
) -> None:
    async with reader(root, size=size) as user:
        seen = await shown(user, "T")
        assert "TIME" in user.status()
        assert "timeline · 4 claims · workspace" in seen
        assert "accepted ✓" in seen
        assert "time not resolved · 1" in seen
        assert "> 3,000 men (killed" in seen
        for number, words in enumerate(("Kyiv", "The NIS", "The Joint Chiefs", "The troops"), 1):
            assert f"claim {number} of 4" in user.status()
            assert statement(user).startswith(words)
            await user.keys("j")
        await user.keys("G")
        assert "claim 4 of 4" in user.status()
        await user.keys("k", "gg", "q")
        assert "READ" in user.status()


@presses("timeline.go", "go.back")
@SIZES
async def test_enter_goes_to_the_claim_and_the_timeline_opens_again_where_it_was(
    size: tuple[int, int], root: Path
) -> None:
    async with reader(root, size=size) as user:
        await user.find("officials said")
        before = user.place.article.id, user.place.caret
        await shown(user, "T", "gg", "j", "j")
        assert statement(user).startswith("The Joint Chiefs")
        await user.keys("<enter>")
        assert "claim 1 of 1" in user.status()
        assert user.place.article.path == "late.txt"
        assert "T is the timeline again" in user.message()
        await shown(user, "T")
        assert statement(user).startswith("The Joint Chiefs")
        await user.keys("q", "`")
        assert (user.place.article.id, user.place.caret) == before


async def test_the_claim_in_focus_has_the_cursor_and_a_click_goes_to_a_claim(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("gg", "]", "]", "]")
        await shown(user, "T")
        assert statement(user).startswith("The troops are gone")
        await user.click("November 2024 ·")
        await user.click("Kyiv said")
        assert statement(user).startswith("Kyiv")
        await user.click("Kyiv said")
        assert "READ" in user.status()
        assert user.text().startswith("Kyiv said")


@presses("timeline.scope", "pane.filter", "app.keys")
async def test_tab_narrows_it_to_this_article_and_f_to_what_is_asked_for(root: Path) -> None:
    async with reader(root) as user:
        assert "3 claims · this article" in await shown(user, "T", "<tab>")
        assert "4 claims · workspace" in await shown(user, "<tab>")
        seen = await shown(user, "F", "status:draft when:2025 killed", "<enter>")
        assert "1 claim · workspace · status draft, about 2025, with the words killed" in seen
        assert statement(user).startswith("The NIS")
        await user.keys("F", "<ctrl+u>", "status:true", "<enter>")
        assert "no status 'true'" in user.message()
        assert "1 claim ·" in await shown(user, "j"), "the filter that was there holds"
        seen = await shown(user, "F", "<ctrl+u>", "nowhere", "<enter>")
        assert "No claim is with the words nowhere. F changes the filter." in seen
        assert "on: nothing" in user.status()
        await user.keys("<enter>", "j", "}", "#", "#")
        assert user.message() == ""
        await user.keys("?")
        assert "figures over time, or the claims again" in " ".join(user.shown().split())
        await user.keys("q")
        assert "TIME" in user.status()
        assert "4 claims" in await shown(user, "F", "<ctrl+u>", "<enter>")


async def test_it_is_narrowed_to_an_article_only_while_one_reads_it(root: Path) -> None:
    async with reader(root) as user:
        assert "3 claims · this article" in await shown(user, "T", "<tab>", "q", "T")
        assert "4 claims · workspace" in await shown(user, "q", "J", "T")


@presses("timeline.figures", "timeline.next-period", "timeline.previous-period")
@SIZES
async def test_figures_that_compare_are_bars_on_one_scale(
    size: tuple[int, int], root: Path
) -> None:
    async with reader(root, size=size) as user:
        seen = await shown(user, "T", "#")
        assert "figures over time · 3 figures · workspace" in seen
        assert seen.index("killed · men") < seen.index("deployed · soldiers · additional")
        assert "┣" in seen
        assert "◆" in seen
        assert "figure 3 of 3" in user.status(), "that of the claim that had the cursor"
        await user.keys("gg", "}")
        assert statement(user).startswith("Kyiv")
        await user.keys("{")
        assert statement(user).startswith("The NIS")
        await user.keys("j", "<enter>")
        assert user.place.article.path == "late.txt"
        seen = await shown(user, "T")
        assert "figures over time" in seen
        assert "timeline · 4 claims" in await shown(user, "#")
        assert statement(user).startswith("The Joint Chiefs")


async def test_out_of_the_index_all_of_it_looks_the_same(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Desk, "many", 1)  # files from which on a workspace counts as large
    cache = indexed(root, tmp_path / "cache")
    steps = ("T", "}", "#", "j", "}", "#", "q", "L", "s", "g", "}", "g", "v", "G")
    screens: list[list[str]] = []
    for kept in (None, cache):
        async with reader(root, cache=kept) as user:
            screens.append([])
            for key in steps:
                await user.keys(key)
                await user.over(lambda: user.screen.timeline.gathering)
                await user.over(lambda: user.screen.claims.gathering)
                await user.settle()
                screens[-1].append(user.shown())
            telling = user.screen.claims._found
            gists = [row for row in telling if isinstance(row, Gist)]
            assert bool(gists) == (kept is not None)
    for key, one, other in zip(steps, *screens, strict=True):
        assert one == other, key


async def test_without_a_claim_it_says_what_to_do(tmp_path: Path) -> None:
    folder = tmp_path / "empty"
    folder.mkdir()
    (folder / "story.txt").write_text(EARLY, encoding="utf-8")
    async with reader(folder) as user:
        assert "No claim here yet: c makes one" in await shown(user, "T")
        assert "No claim in this article yet" in await shown(user, "<tab>")
        await user.keys("<enter>")
        assert user.message() == "no claim here"
        await user.keys("<space>", "P", ")", "(", "G", "gg")
        assert "No claim" in user.shown()
        await user.keys("q", "c", "q", "c")
        assert "CLAIM" in user.status()


async def test_a_claim_that_is_open_is_not_covered(root: Path) -> None:
    async with reader(root) as user:
        await user.find("officials said")
        await user.keys("c", "<esc>")
        user.screen.run("claim.new")
        user.screen.sync()
        user.screen.run("timeline.open")
        assert "a claim is open" in user.message()


async def test_a_claim_that_is_gone_meanwhile_is_said(root: Path) -> None:
    async with reader(root) as user:
        await shown(user, "T", "gg")
        key = user.screen.timeline.list.key
        assert key is not None
        user.desk.remove(key[0])
        await user.keys("<enter>")
        assert "not in this workspace any more" in user.message()
        assert "TIME" in user.status()
        assert "3 claims" in await shown(user, "q", "T")


async def test_what_a_colleague_changes_meanwhile_is_shown(root: Path) -> None:
    async with reader(root) as user:
        assert "accepted" not in await shown(user, "T", "<tab>")
        lee = Desk.open([root], root=root, analyst="lee", locks=root.parent / "locks")
        (claim, *_) = lee.annotations(lee.find("early.txt")).all_claims()
        lee.review(claim.id, "accept")
        lee.close()
        user.screen.poll()
        for _ in range(3000):  # the desk says so from a thread of its own
            if "accepted ✓" in await shown(user):
                return
            await user.pilot.pause(0.01)
        raise AssertionError("what a colleague accepted is not shown within 30 seconds")


async def test_claims_are_gathered_bit_by_bit_while_keys_are_answered(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.telling.SLICE", -1.0)
    async with reader(root) as user:
        await user.press("T")
        await user.press("tab")
        await gathered(user)
        assert "3 claims · this article" in " ".join(user.shown().split())
