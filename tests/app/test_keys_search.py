"""Search over all articles: results as one types, to the place, on over article borders."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.four_claims import four_claims
from tests.app.robot import Robot, presses, reader

ODD = "Odd [b]markup[/b] here\nHarbor Wire\n2025-02-12\n\nThe [red]troops[/] \x1b[2J were seen.\n"
KOREAN = "북한군 추가 파병\n\n북한군이 전투에 투입됐다고 국정원이 밝혔다\n"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two articles with four claims, one in Korean, and one with markup and escape codes."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "odd.txt").write_text(ODD, encoding="utf-8")
    (folder / "korean.txt").write_text(KOREAN, encoding="utf-8")
    return four_claims(folder, tmp_path / "locks")


async def found(user: Robot, *keys: str) -> str:
    """What is on the screen after some keys, in one line, once the search has come to its end."""
    await user.keys(*keys)
    search = user.screen.searching
    while search.asking or search.keeping_up.under_way or search.list.bare() is not None:
        await user.pilot.pause(0.005)
    await user.settle()
    return " ".join(user.shown().split())


@presses("search.open", "find.next", "find.previous", "go.back")
@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80", "200"])
async def test_results_come_as_one_types_and_n_goes_on_over_the_border(
    size: tuple[int, int], root: Path
) -> None:
    async with reader(root, size=size) as user:
        await user.find("officials said")
        before = user.place.article.id, user.place.caret
        seen = await found(user, "g/", "kill")
        assert "words that begin so" in seen
        seen = await found(user, "ed kind")
        assert "Nothing found" in seen
        seen = await found(user, *["<backspace>"] * 5)
        assert "6 hits" in seen, "two claims, their highlights, two articles"
        assert "words that begin so" not in seen
        assert "Losses above the count" in seen
        assert "4,000 men were killed on 3 February" in seen
        assert "SEARCH" in user.status()
        rows = user.screen.searching.list
        while rows.answer is not None and rows.answer.kind != "article":
            await user.keys("<down>")
        await user.keys("<enter>")
        assert user.word() == "killed"
        assert "hit 2 of 2 · article" in user.message()
        there = user.place.article.path
        assert len(user.screen.moving.hits) == 1
        await user.keys("N")
        assert user.place.focused_claim() is not None, "a claim was found as well"
        at = user.screen.searching.walking.article
        await user.keys(*(("n", "n") if at == 0 else ("N",)))
        assert user.place.article.path != there
        assert f"article {2 - at} of 2" in user.message()
        await user.keys("<esc>", "<esc>", "n")
        assert "“officials said” 1 of 1" in user.message(), "find means the article again"
        await user.keys("`")
        assert (user.place.article.id, user.place.caret) == before


@presses("search.query", "search.go", "list.last", "app.leave", "text.complete", "text.leave")
async def test_a_filter_is_completed_and_a_claim_is_in_focus(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("g/", "sta", "<tab>", "acc", "<tab>")
        seen = await found(user)
        assert "1 hit" in seen
        assert "claim" in seen
        await user.keys("<esc>")
        assert "FOUND" in user.status()
        await found(user, "/", "<ctrl+u>", "troops", "<tab>")
        assert "FOUND" in user.status(), "there is nothing to complete: to the list"
        await found(user, "G")
        chosen = user.screen.searching.list.key
        await user.keys("q", "g/")
        await found(user)
        assert user.screen.searching.list.key == chosen, "it stands where it was left"
        await found(user, "status:accepted", "<esc>", "<enter>")
        claim = user.place.focused_claim()
        assert claim is not None
        assert "4,000 men" in claim.statement
        await user.keys("g/", "<esc>", "<esc>")
        assert "READ" in user.status()


async def test_a_wrong_query_says_what_to_do_and_text_is_data(root: Path) -> None:
    async with reader(root, size=(80, 24)) as user:
        assert "Words," in await found(user, "g/")
        assert "opened and not closed: close it" in await found(user, "(troops")
        seen = await found(user, "<home>", "<delete>", "<end>", " [/b] \\[red]")
        assert "[red]troops[/] ␛[2J were seen" in seen
        assert "Odd [b]markup[/b] here" in seen
        await user.keys("<enter>")
        assert user.word().startswith("red]troops")
        assert "한군" in await found(user, "g/", "한군")
        await user.keys("<enter>")
        assert user.place.article.path == "korean.txt"
        assert user.word().startswith("한군")


async def test_a_newer_query_wins_and_enter_waits_for_its_answer(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("g/")
        for key in "deployed":
            user.type_ahead(key)
        await found(user, "<enter>")
        assert "were deployed in" in user.text()
        assert "“deployed” hit" in user.message()


async def test_without_fts5_it_is_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with reader(root) as user:
        monkeypatch.setattr("tui.store.index.schema.has_fts5", lambda: False)
        assert "search needs SQLite with FTS5" in await found(user, "g/", "troops")
        await user.keys("<esc>", "j")
        assert "READ" in user.status()


async def test_editing_keys_typed_ahead_act_in_their_turn(root: Path) -> None:
    async with reader(root) as user:
        await user.keys("/")
        for key in (*"kyiv", *["backspace"] * 4, *"troopz", "backspace", "s"):
            user.type_ahead(key)
        await user.press("left")
        assert user.screen.foot is not None
        assert user.screen.foot.prompt.field.value == "troops"


async def test_a_search_is_kept_under_a_name_and_opened_again(root: Path) -> None:
    async with reader(root) as user:
        await found(user, "g/", "troops")
        await user.keys("<tab>", ":", "save mine", "<enter>")
        assert user.message() == "saved as @mine (search): troops"
        await user.keys("<esc>", "<esc>", ":", "saved mine", "<enter>")
        assert " hits" in await found(user)
        await user.keys("<esc>")
        assert " hits" in await found(user, "g/", *["<backspace>"] * 6, "@mine")
