"""Keys that review: the queue, a decision a key, reasons, flags, the end; undo across it."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader
from tests.desk.marking import claim

from tui.screens import reviewing, working

FIRST = ("no North Korean unit had been observed", "3,000 casualties", "Nobody has gone home")


async def drafts(user: Robot, *words: str) -> None:
    """Make a claim of each of the sentences that have these words."""
    for each in words or FIRST:
        await user.keys("/", each, "<enter>", "<esc>", "c", "<enter>")
    await user.keys("j")


def statuses(user: Robot) -> list[str]:
    notes = user.desk.annotations(user.place.article.id)
    return [notes.status(claim).name for claim in notes.all_claims()]


def under_review(user: Robot) -> str:
    claim = user.screen.reviewed()
    return claim.statement if claim else ""


@presses("review.begin", "review.accept", "review.reject", "confirm.yes")
async def test_a_review_goes_from_claim_to_claim_with_a_key_each(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("R")
        assert "nothing to review" in user.status()
        await drafts(user)
        await user.keys("R")
        assert "review this article, 3 drafts" in user.message()
        await user.keys("<enter>")
        assert "REVIEW" in user.status()
        assert "1 of 3" in user.status()
        assert FIRST[0] in under_review(user)
        await user.keys("a")
        assert FIRST[1] in under_review(user)
        assert "2 of 3 · 2 left" in user.status()
        await user.keys("x", "a")
        assert statuses(user) == ["accepted", "rejected", "accepted"]
        assert "reviewed all 3" in user.status()


async def test_at_the_end_of_the_queue_nothing_happens_until_q(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>", "aaa")
        marks = len(user.highlights())
        await user.keys("a", "x", "!", "X1", "1", "2", "]")
        assert statuses(user) == ["accepted"] * 3
        assert len(user.highlights()) == marks
        assert all(not highlight.tags for highlight in user.highlights())
        assert "at its end" in user.status()
        await user.keys("q")
        assert "READ" in user.status()
        assert "reviewed 3 of 3" in user.status()


@presses("review.reject-reason", "review.flag", "review.skip", "review.back")
async def test_reasons_flags_skipping_and_going_back(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>", "[")
        assert "first one" in user.status()
        await user.keys("]")
        assert FIRST[1] in under_review(user)
        await user.keys("X")
        assert "1" in user.status()
        await user.keys("2")
        notes = user.desk.annotations(user.place.article.id)
        (review,) = notes.reviews
        assert (review.decision, bool(review.reason)) == ("reject", True)
        assert FIRST[2] in under_review(user)
        await user.keys("!")
        assert notes.article
        assert FIRST[0] in under_review(user), "what was skipped comes back"
        assert user.desk.annotations(notes.article).status(user.claims()[2]).flagged
        await user.keys("]")
        assert "the only one left" in user.status()
        await user.keys("a", "[", "[")
        assert statuses(user) == ["accepted", "rejected", "draft"]
        await user.keys("q")
        assert "reviewed 3 of 3" in user.status()


async def test_digits_do_nothing_in_a_review_not_even_on_a_selection(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>", "123456789")
        assert all(not highlight.tags for highlight in user.highlights())
        await user.keys("s", "1")
        assert len(user.highlights()) == 3
        assert "digits do nothing in a review" in user.status()
        await user.keys("<esc>", "t", "mili", "<enter>")
        assert user.highlights()[0].tags == ("military",)


async def test_keys_typed_ahead_decide_nothing(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>")
        for key in "axxaa":
            user.type_ahead(key)
        await user.settle()
        assert statuses(user) == ["accepted", "draft", "draft"]
        await user.keys("x")
        assert statuses(user) == ["accepted", "rejected", "draft"]


async def test_typed_ahead_at_the_last_claim_is_dropped_too(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user, FIRST[0])
        await user.keys("R", "<enter>")
        for key in "axx1":
            user.type_ahead(key)
        await user.settle()
        assert statuses(user) == ["accepted"]
        assert user.highlights()[0].tags == ()


async def test_a_review_is_widened_to_the_workspace_where_it_is_offered(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user, *FIRST[:2])
        await user.keys("J")
        await drafts(user, "more than 3,000 casualties")
        await user.keys("R")
        assert "this article, 1 draft ·" in user.message()
        await user.keys("<tab>")
        assert "the workspace, 3 drafts" in user.message()
        await user.keys("<tab>")
        assert "this article, 1 draft ·" in user.message()
        await user.keys("<tab>", "<enter>", "a", "a")
        assert user.place.article.outlet == "Harbor Wire"
        await user.keys("a")
        assert all(not entry.drafts for entry in user.desk.entries())
        # `u` goes back to the claim it takes the decision from, in its article.
        await user.keys("u", "u")
        assert user.place.article.outlet == "News Today"
        assert FIRST[1] in under_review(user)
        assert "2 of 3 · 2 left" in user.status()
        await user.keys("U")
        assert user.place.article.outlet == "Harbor Wire"
        assert "1 left" in user.status()


async def test_a_review_goes_on_with_what_is_read_meanwhile(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reviewing, "LATER", 0.001)
    async with reader(root) as user:
        await drafts(user, FIRST[0])
        user.screen.scanning.under_way = True  # other articles are still to come
        await user.keys("R", "<tab>")
        assert "the workspace, 1 draft in 1 article so far" in user.message()
        await user.keys("<enter>", "a")
        assert "reading on" in user.status()
        other = next(e for e in user.desk.entries() if e.outlet == "Harbor Wire")
        late = claim(user.desk, other.path, "more than 3,000 casualties", "Casualties")
        await user.over(lambda: not under_review(user))
        assert under_review(user) == late.statement
        user.screen.scanning.under_way = False
        await user.keys("a")
        await user.over(lambda: "reviewed all 2" not in user.message())


async def test_what_is_gathered_in_the_workspace_is_stopped_by_escape(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with reader(root) as user:
        await drafts(user, *FIRST[:2])
        with monkeypatch.context() as patch:
            patch.setattr(working, "SLICE", -1.0)
            patch.setattr(working, "PAUSE", 3600)
            patch.setattr(working, "LONG", 0.0)
            user.patient = False
            await user.keys(":", "accept workspace", "<enter>", "j")
            assert "gathering, 2 claims so far · Esc stops" in user.status()
            await user.keys("<esc>")
            assert "nothing was accepted" in user.message()
        await user.keys(":", "accept workspace", "<enter>", "<enter>")
        assert statuses(user) == ["accepted", "accepted"]


async def test_u_takes_the_last_decision_back_and_its_claim_comes_again(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>", "a", "x", "u")
        assert FIRST[1] in under_review(user)
        assert statuses(user) == ["accepted", "draft", "draft"]
        await user.keys("a", "a", "u")
        assert FIRST[2] in under_review(user)
        await user.keys("x", "q", "u")
        assert statuses(user) == ["accepted", "accepted", "draft"]


async def test_claiming_grading_and_noting_go_on_in_a_review(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("R", "<enter>", "r", "b", "2", "i", "sound", "<enter>")
        claim = user.claims()[0]
        assert (claim.credibility, claim.note) == ("2", "sound")
        await user.keys("j", "j", "k")
        assert FIRST[0] in under_review(user), "reading on does not lose the claim"
        await user.keys("c", ";p", "Kursk", "<enter>", "<enter>")
        assert user.claims()[0].place is not None
        assert FIRST[0] in under_review(user)
        await user.keys("a")
        assert statuses(user)[0] == "accepted"
        await user.keys("[", ";n", "edited", "<enter>")
        status = user.desk.annotations(user.place.article.id).status(user.claims()[0])
        assert (status.name, status.stale) == ("draft", True)


@presses("review.accept", "review.reject", "review.flag")
async def test_a_focused_claim_is_decided_on_without_a_review(root: Path) -> None:
    async with reader(root) as user:
        await drafts(user)
        await user.keys("a")
        assert "] focuses one" in user.status()
        await user.keys("gg", "g]", "a")
        assert statuses(user) == ["accepted", "draft", "draft"]
        await user.keys("g]", "x", "g]", "!")
        assert statuses(user) == ["accepted", "rejected", "draft"]
        notes = user.desk.annotations(user.place.article.id)
        assert notes.status(user.claims()[2]).flagged
        await user.keys("!")
        assert "flag taken off" in user.status()
        await user.keys("X3")
        assert statuses(user)[2] == "rejected"


async def test_what_is_reviewed_is_on_the_screen_however_narrow_it_is(root: Path) -> None:
    async with reader(root, size=(120, 24)) as user:
        await drafts(user, FIRST[1])
        await user.keys("z", "R", "<enter>")
        for width in (120, 100, 80):
            await user.pilot.resize_terminal(width, 24)
            await user.settle()
            assert "claim · draft" in user.shown()
            assert "> 3,000 casualties (total)" in user.shown()
            assert "▶▎ The agency estimates" in user.shown()
        await user.keys("a", "q")
        assert "claim ·" not in user.shown()


async def test_from_the_list_a_review_shows_what_is_reviewed(root: Path) -> None:
    async with reader(root, size=(100, 24)) as user:
        await drafts(user, FIRST[1])
        await user.keys("<tab>", "<tab>")
        assert "LIST" in user.status()
        await user.keys("R", "<enter>")
        assert "> 3,000 casualties (total)" in user.shown()


async def test_where_the_panel_is_not_shown_the_status_line_says_how_a_claim_stands(
    root: Path,
) -> None:
    async with reader(root, size=(80, 24)) as user:
        await user.find(FIRST[1])
        await user.keys("2")
        assert "highlight 1 of 1 · casualties ·" in user.status()
        await user.keys("c", "<enter>", "rb3")
        assert "claim 1 of 1 · draft · B3 ·" in user.status()
        await user.keys("a")
        assert "claim 1 of 1 · accepted ✓ · B3 ·" in user.status()
        await user.pilot.resize_terminal(100, 24)
        await user.settle()
        assert "claim 1 of 1 “The agency" in user.status()
