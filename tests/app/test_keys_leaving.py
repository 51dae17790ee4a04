"""Undo and redo, leaving layer by layer, what is there again after a restart, and first steps."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader

from tui.samples import sample_articles


@presses("go.undo", "go.redo")
async def test_u_takes_back_the_newest_change_here_and_says_what(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("u")
        assert "nothing to undo here" in user.status()
        await user.keys("j", "1", "j", "2", "j", "m", "i", "why", "<enter>")
        await user.keys("u")
        assert "undone: note on" in user.status()
        await user.keys("u", "u")
        assert [h.tags for h in user.highlights()] == [("military",)]
        await user.keys("U")
        assert "done again: tag" in user.status()
        assert [h.tags for h in user.highlights()] == [("military",), ("casualties",)]
        await user.keys("j", "3", "U")
        assert "nothing to redo here" in user.status()
        await user.keys("<ctrl+z>", "<ctrl+y>")
        assert len(user.highlights()) == 3


async def test_u_means_the_article_that_is_open(root: Path) -> None:
    async with reader(root) as user:
        first = user.place.article.id
        await user.keys("j", "1", "J", "j", "2", "K", "u")
        assert not user.highlights()
        await user.keys("J")
        assert len(user.highlights()) == 1
        await user.keys("u", "u")
        assert "nothing to undo here" in user.status()
        assert user.place.article.id != first
        # In the list it is the newest of all that are listed; right after `M`, that.
        await user.keys("K", "U", "<s-tab>", "u")
        assert not user.desk.entry(first).highlights
        await user.keys("q", "M", "u")
        assert not user.desk.entry(first).done


async def test_undo_goes_on_after_a_restart(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "1", "j", "c", "<enter>", "r", "b", "2", "a")
        assert user.claim_status() == "accepted"
        await user.keys("q", "q")
        assert await user.left()
    async with reader(root) as user:
        assert user.claim_status() == "accepted"
        await user.keys("u")
        assert user.claim_status() == "draft"
        await user.keys("u")
        assert user.claims()[0].credibility == "", "letter and digit are one step"
        await user.keys("u")
        assert not user.claims()
        await user.keys("U", "u", "u")
        assert not user.highlights()
        await user.keys("q")
    async with reader(root) as user:
        await user.keys("U", "U")
        assert len(user.highlights()) == 2
        assert len(user.claims()) == 1


@presses("app.leave", "text.leave")
async def test_q_and_escape_go_back_one_layer_at_a_time(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "m", "j", "m", "<tab>", "c", "v", "?", "q")
        assert "SELECT" in user.status()
        await user.keys("q")
        assert "CLAIM" in user.status()
        await user.keys("<esc>")
        assert "PANEL" in user.status()
        await user.keys("q")
        assert "READ" in user.status()
        assert user.place.focus
        await user.keys("<esc>")
        assert not user.place.focus
        await user.keys("/", "Seoul", "<enter>", "<esc>", "R", "<esc>", ":", "<esc>", "t", "<esc>")
        assert not user.app._exit
        await user.keys("<esc>")
        assert "q leaves" in user.status()
        assert not user.app._exit
        await user.keys("q")
        assert await user.left()


@presses("app.quit")
async def test_zz_leaves_from_anywhere_and_the_place_is_kept(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("J", "jjj", "z", "1", "B", "ZZ")
        assert await user.left()
        place = (user.place.article.id, user.text())
    async with reader(root) as user:
        assert (user.place.article.id, user.text()) == place
        assert user.screen.text_only
        assert user.highlights()
        await user.keys("J", "/", "Kursk", "<ctrl+q>")
        assert await user.left()
        place = (user.place.article.id, user.text())
    async with reader(root) as user:
        assert (user.place.article.id, user.text()) == place


async def test_ctrl_c_interrupts_nothing_and_says_how_to_leave(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j", "<ctrl+c>")
        assert not user.app._exit


async def test_articles_that_were_opened_are_not_new_after_a_restart(root: Path) -> None:
    async with reader(root) as user:
        assert sum(entry.new for entry in user.desk.entries()) == 8
        await user.keys("J", "J", "q")
    async with reader(root) as user:
        assert sum(entry.new for entry in user.desk.entries()) == 6


@pytest.mark.parametrize("size", [(120, 30), (80, 24)])
async def test_an_empty_workspace_says_what_to_do_and_survives_every_key(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    root = tmp_path / "empty"
    root.mkdir()
    async with reader(root, size=size) as user:
        assert "pressmark FOLDER" in " ".join(user.shown().split())
        for keys in (
            "jkhlwbe^$}{ P)(ggGfab]g]g[JKM`",
            "nN*yym1.,id",
            "tq<esc>",
            "sSv&o",
            "cC;s;1rb2+->=",
            "axX1!u",
            "U",
        ):
            await user.keys(*keys.partition("<esc>"))
            assert user.app.is_running, keys
            assert not user.app._exit, keys
        await user.keys(
            "<esc>", "/", "word", "<enter>", "<tab>", "gg", "<enter>", "<tab>", "<enter>"
        )
        await user.keys("M", "B", "t", "snow", "<enter>", "q", "F", "x", "<enter>", "R", "<enter>")
        await user.keys(":", "export", "<enter>", "<esc>", "?", "q", "z", "z")
        assert not user.app._exit


async def test_an_empty_article_and_an_empty_panel_say_what_to_do(tmp_path: Path) -> None:
    root = tmp_path / "bare"
    root.mkdir()
    (root / "a.txt").write_text("\n")
    (root / "b.txt").write_text("Something happened.\n")
    async with reader(root) as user:
        user.screen.go_to(user.desk.find("a.txt"))
        await user.keys("j", "1")
        assert "no text" in user.status()
        assert "no text" in " ".join(user.shown().split())
        await user.keys("c", "m", "i", "<esc>", "yy", "s", "v", "<esc>", "J", "K")
        user.screen.go_to(user.desk.find("b.txt"))
        await user.keys("j")
        assert "Nothing marked yet" in " ".join(user.shown().split())


async def test_what_could_not_be_saved_and_was_saved_after_all_is_said(root: Path) -> None:
    async with reader(root) as user:
        (root / "annotations").write_text("in the way")
        await user.keys("j", "1")
        await until(user, "not saved: annotations")
        (root / "annotations").unlink()
        user.screen.poll()
        await until(user, "saved after all")
        await user.keys("j")
        assert "saved after all" not in user.status()


async def until(user: Robot, words: str) -> None:
    """Wait until the desk says so."""
    for _ in range(1000):
        if words in user.message():
            return
        await user.pilot.pause(0.01)
    raise AssertionError(f"it does not say {words!r} but {user.message()!r}")


async def test_the_tour_is_offered_once_and_never_in_the_way(root: Path) -> None:
    async with reader(root) as user:
        assert "pressmark --tour" in user.status()
        await user.keys("j")
        assert "tour" not in user.status()
        await user.keys("q")
    async with reader(root) as user:
        assert "tour" not in user.status()


async def test_the_tour_begins_where_the_sample_articles_were_opened(tmp_path: Path) -> None:
    async with reader(tmp_path, paths=(sample_articles(),)) as user:
        assert "new here? :tour" in user.status()
        await user.keys(":tour", "<enter>")
        assert "tour 1 of 5" in user.status()


async def test_the_tour_goes_through_five_steps_and_ends_with_a_report(root: Path) -> None:
    async with reader(root, tour=True, size=(160, 40)) as user:
        assert "tour 1 of 5" in user.status()
        await user.keys("j", "j", "1")
        assert "tour 2 of 5" in user.status()
        await user.keys("c", "<enter>")
        assert "tour 3 of 5" in user.status()
        await user.keys("R", "<enter>", "a", "q")
        assert "reviewed 1 of 1" in user.status()  # what is said does not hide the tour
        assert "tour 4 of 5" in user.status()
        await user.keys("u")
        assert "undone: accept" in user.status()
        assert "tour 5 of 5" in user.status()
        await user.keys(":", "export", "<enter>", "<enter>")
        assert "that was the tour" in user.status()
        statement = user.claims()[0].statement
        await user.keys("j")
        assert "tour " not in user.status()  # the folder may be named, which has no blank
    (report,) = (root / "annotations").rglob("*.md")
    assert statement[:30] in report.read_text(encoding="utf-8")


def test_the_sample_articles_are_there() -> None:
    assert len(list(sample_articles().glob("*.txt"))) >= 8


# the counts to hold


async def test_tag_1_claim_2_review_1_grade_3_undo_1(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("j")
        await user.keys("1")
        assert [h.tags for h in user.highlights()] == [("military",)]
        await user.keys("j")
        await user.keys("c", "<enter>")
        assert len(user.claims()) == 1
        await user.keys("r", "b", "2")
        claim = user.claims()[0]
        graded = {hop.reliability for hop in claim.chain} | {claim.credibility}
        assert {"B", "2"} <= graded
        await user.keys("R", "<enter>")
        await user.keys("a")
        assert user.claim_status() == "accepted"
        await user.keys("u")
        assert user.claim_status() == "draft"
