"""Keys on what changed with the text: accept, move, drop; place an orphan; read the differences."""

from __future__ import annotations

from pathlib import Path
from threading import Event

import pytest
from tests.app.robot import Robot, presses, reader
from tests.gate import held_back

STORY = """date 2025-02-05 [News Today] “TROOPS NO LONGER SEEN FIGHTING”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News Today
[LEAD]
The intelligence service reports that the troops are not in combat. They are expected to regroup.

[REPORT]
About 11,000 soldiers were sent to Kursk. The troops lost more than 3,000 men, the service said.

“We saw no sign of the troops since mid-January,” a spokesman said on Wednesday.
"""
LATER = (
    STORY.replace("수정 2025-02-05 16:17:32", "수정 2025-02-05 19:40:00")
    .replace("more than 3,000 men", "more than 4,000 men")
    .replace(" They are expected to regroup.", "")
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with one story."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "story.txt").write_text(STORY, encoding="utf-8")
    return folder


async def revised(root: Path, text: str = LATER) -> None:
    """Mark two sentences, one with an accepted claim, and have the file changed after that."""
    async with reader(root) as user:
        await user.find("They are expected")
        await user.keys("2")
        await user.find("lost more than")
        await user.keys("c", "<enter>", "a")
        assert user.claim_status() == "accepted"
        await user.saved()
    (root / "story.txt").write_text(text, encoding="utf-8")


def fits(user: Robot) -> list[str]:
    return [p.fit for p in user.desk.annotations(user.place.article.id).highlights]


async def test_a_story_found_again_with_a_later_change_is_shown_at_once(root: Path) -> None:
    async with reader(root) as user:
        await user.find("lost more than")
        await user.keys("2")
        await user.saved()
        later = root / "story-later.txt"
        later.write_text(LATER, encoding="utf-8")
        user.desk.find(str(later))
        user.screen.poll()
        await user.settle()
        assert len(user.screen.listed()) == 1
        assert user.place.article.text == LATER
        assert "revised 19:40" in user.shown()
        assert "the file has changed" in user.message()
        assert "marked here: 1 changed · ] goes there, D compares" in user.message()


@presses("focus.next", "review.accept", "go.undo")
async def test_a_changed_highlight_shows_before_and_after_and_a_accepts_it(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        shown = user.shown()
        assert "lost more than [-3,000-] {+4,000+} men" in " ".join(shown.split())
        assert " ~▎" in shown or " ~ " in shown, "a sign of its own in the gutter"
        assert "not in today's text" in shown
        await user.keys("gg", "]")
        assert "changed highlight 1 of 2" in user.status()
        await user.keys("a")
        assert "accept today's words" in user.message()
        assert "and 1 claim" in user.message()
        assert fits(user) == ["exact", "orphan"]
        assert "lost more than 4,000 men" in user.highlights()[0].spans[0].exact
        assert user.claim_status() == "draft"
        assert "edited after its review" in user.shown()
        await user.keys("u")
        assert fits(user) == ["changed", "orphan"]
        assert user.claim_status() == "accepted"


@presses("select.start", "select.keep")
async def test_v_moves_a_changed_highlight_and_places_an_orphan_anew(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        await user.keys("gg", "]", "v", "<enter>")
        assert fits(user) == ["exact", "orphan"]
        assert user.claim_status() == "draft"
        await user.keys("]", "]")
        assert "lost highlight" in user.status()
        await user.keys("a")
        assert "v places it anew" in user.message()
        await user.keys("v")
        assert "words for “They are expected" in user.status()
        await user.find("About 11,000")
        await user.keys("<enter>")
        assert "select them" in user.message(), "there is nothing to take yet"
        await user.keys("s", "<enter>")
        assert fits(user) == ["exact", "exact"]
        placed = user.highlights()[0]
        assert placed.spans[0].exact == "About 11,000 soldiers were sent to Kursk."
        assert placed.tags
        assert "words for" not in user.status()


async def test_q_leaves_an_orphan_without_a_place(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        await user.keys("gg", "[")
        await user.keys("]", "]", "]", "v", "<esc>")
        assert "words for" not in user.status()
        await user.keys("v", "<enter>")
        assert len(user.highlights()) == 3, "a selection is a highlight of its own again"
        assert fits(user).count("orphan") == 1


@presses("review.reject")
async def test_x_drops_a_changed_highlight_with_its_claim_and_an_orphan(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        await user.keys("gg", "]", "x")
        assert "and 1 claim: u takes it back" in user.message()
        assert fits(user) == ["orphan"]
        await user.keys("<tab>", "G", "x")
        assert fits(user) == []
        await user.keys("u", "u")
        assert fits(user) == ["changed", "orphan"]


@presses("review.begin")
async def test_a_review_goes_over_what_changed_too(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        await user.keys("R")
        assert "this article, 1 changed" in user.message()
        await user.keys("<enter>", "a")
        assert fits(user) == ["exact", "orphan"]
        assert "reviewed all 1" in user.status()
        await user.keys("u")
        assert fits(user) == ["changed", "orphan"]
        await user.keys("x")
        assert fits(user) == ["orphan"]


@presses(
    "differences.open",
    "differences.next",
    "differences.previous",
    "differences.next-paragraph",
    "differences.previous-paragraph",
)
@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80", "120"])
async def test_d_shows_how_two_revisions_differ_word_by_word(
    size: tuple[int, int], root: Path
) -> None:
    await revised(root)
    async with reader(root, size=size) as user:
        await user.keys("D")
        shown = " ".join(user.shown().split())
        assert "DIFF" in user.status()
        assert "2025-02-05 16:17 → 2025-02-05 19:40 (today's) · 3 changes" in shown
        assert "[-They are expected to regroup.-]" in shown
        assert "[-3,000-] {+4,000+} men" in shown
        assert "2▌ [-They are expected" in user.shown(), "marked in the old text"
        changes = user.screen.differing.list.changes
        assert changes == 3
        seen = []
        for _ in range(4):
            await user.keys("n")
            seen.append(user.screen.differing.list.cursor)
        assert seen[:3] == sorted(set(seen[:3]))
        assert seen[3] == seen[2]
        assert "that was the last change" in user.message()
        await user.keys("N")
        assert user.screen.differing.list.cursor == seen[1]
        await user.keys("gg", "}")
        assert user.screen.differing.list.cursor > 0
        await user.keys("{")
        assert user.screen.differing.list.cursor == 0
        await user.keys("j", "k", "G", "<space>", "q")
        assert "READ" in user.status()


async def test_which_two_is_asked_where_there_are_more(root: Path) -> None:
    await revised(root)
    async with reader(root) as user:
        await user.find("sent to Kursk")
        await user.keys("1")
        await user.saved()
    again = LATER.replace("19:40:00", "21:00:00").replace("About 11,000", "About 12,000")
    (root / "story.txt").write_text(again, encoding="utf-8")
    async with reader(root) as user:
        await user.keys("D")
        assert "16:17" in user.shown()
        assert "19:40" in user.shown()
        await user.keys("<enter>")
        shown = " ".join(user.shown().split())
        assert "About [-11,000-] {+12,000+} soldiers" in shown
        assert "[-3,000-]" not in shown
        await user.keys("D", "<down>", "<enter>")
        shown = " ".join(user.shown().split())
        assert "[-3,000-] {+4,000+}" in shown
        assert "About [-11,000-] {+12,000+} soldiers" in shown


async def test_without_an_older_text_d_says_so(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("D")
        assert "only this text of the article is known" in user.message()
    await revised(root)
    for kept in (root / "annotations" / "revisions").glob("*.txt"):
        kept.unlink()
    async with reader(root) as user:
        await user.keys("D")
        assert "no older text of this article was kept" in user.message()


PADDING = "".join(f"In year {n} the ministry counted {n * 7} ships in port.\n" for n in range(900))


async def compared(user: Robot, gate: Event) -> None:
    """Let what is compared apart come, and wait until it is painted."""
    gate.set()
    while user.desk.comparing or user.desk._seeking.comparing._done:
        await user.pilot.pause()
    gate.clear()
    await user.settle()


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80", "120"])
async def test_long_texts_are_compared_while_keys_are_answered(
    size: tuple[int, int], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gate = held_back(monkeypatch)
    (root / "story.txt").write_text(f"{STORY}\n{PADDING}", encoding="utf-8")
    await revised(root, f"{LATER}\n{PADDING}")
    async with reader(root, size=size) as user:
        assert fits(user) == ["sought", "sought"]
        assert "comparing two texts · Esc stops" in user.status()
        assert "2 whose place in today's text is being sought" in user.message()
        await user.keys("j", "j")
        assert "sentence 3" in user.status()
        await compared(user, gate)
        assert fits(user) == ["changed", "orphan"]
        await user.over(lambda: "marked here: 1 changed, 1 not in today's" not in user.message())
        assert "comparing" not in user.status()
        await user.keys("D")
        assert "these texts are long" in user.message()
        await user.keys("j", "<esc>")
        await compared(user, gate)
        await user.over(lambda: user.message() != "the two texts were not compared: it was stopped")
        await user.keys("D")
        await compared(user, gate)
        assert "DIFF" in user.status()
        assert "[-3,000-] {+4,000+} men" in " ".join(user.shown().split())
