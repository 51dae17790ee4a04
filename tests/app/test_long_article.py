"""A text of megabytes is read like a short one: what each key does is counted, not timed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pytest
from tests.app.robot import Robot, reader

from tui.model.articles import ROUGH

PARAGRAPH = (
    "The ministry said on Monday that 3,000 troops had left the region. Others may stay for now. "
    "국가정보원은 병력이 크게 줄었다고 밝혔다."
)
_listeners: list[list[tuple[str, str]]] = []


@cache
def _listen() -> None:
    """Hear of the files that the process opens and renames; that stays so for good."""

    def hear(event: str, arguments: tuple[object, ...]) -> None:
        if event in ("open", "os.rename"):
            for heard in _listeners:
                heard.append((event, str(arguments[event == "os.rename"])))

    sys.addaudithook(hear)


@contextmanager
def listening(user: Robot) -> Iterator[list[tuple[str, str]]]:
    """Files of the test that are opened, or renamed into their place, meanwhile."""
    _listen()
    heard: list[tuple[str, str]] = []
    _listeners.append(heard)
    try:
        yield heard
    finally:
        _listeners.remove(heard)
        own = str(user.desk.root.parent)  # the user's own folders lie there too
        heard[:] = [each for each in heard if each[1].startswith(own)]


@pytest.fixture
def long_one(tmp_path: Path) -> Path:
    """A workspace with an ordinary article and one of two million letters behind it."""
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "a.txt").write_text("A short one\n\nIt says little.\n", encoding="utf-8")
    paragraphs = [f"Number {number}. {PARAGRAPH}" for number in range(14_000)]
    text = "\n\n".join(("The long one", *paragraphs, "The end names Zanzibar once."))
    (folder / "b.txt").write_text(text + "\n", encoding="utf-8")
    return folder


async def opened(user: Robot) -> None:
    await user.keys("J")
    assert user.place.article.title == "The long one"


async def test_every_place_of_a_long_article_has_its_sentences_and_paragraphs(
    long_one: Path,
) -> None:
    async with reader(long_one) as user:
        await opened(user)
        assert user.place.outline.rough > 200
        await user.keys("/", "number 7000", "<enter>", "j")
        assert user.text() == "The ministry said on Monday that 3,000 troops had left the region."
        assert "sentence at " in user.status()
        rows = [row for row in user.shown().splitlines() if "Number 70" in row]
        assert len(rows) >= 3  # each paragraph begins a row of its own
        await user.keys("}", "j", "j")
        assert user.text() == "Others may stay for now."
        await user.keys("G")
        assert user.text() == "The end names Zanzibar once."
        await user.keys("k")
        assert user.text() == "국가정보원은 병력이 크게 줄었다고 밝혔다."
        await user.keys("m")
        assert [h.spans[0].exact for h in user.highlights()] == [user.text()]
        for _ in range(5):
            await user.keys("P")
        stop = user.place.sentence
        assert stop is not None
        assert stop.kind != ROUGH
        assert user.place.caret == stop.start


async def test_a_claim_far_down_is_filled_in_from_its_own_sentence(long_one: Path) -> None:
    async with reader(long_one) as user:
        await opened(user)
        await user.keys("/", "number 9000", "<enter>", "j", "c", "<enter>")
        (claim,) = user.claims()
        assert claim.chain[-1].source.text == "The ministry"
        assert claim.quantities[0].text == "3,000 troops"


async def test_a_key_draws_only_what_is_on_the_screen_and_opens_no_file(long_one: Path) -> None:
    async with reader(long_one) as user:
        await opened(user)
        await user.warmed()
        for key in [*"jjwwb ", "G", "k", "{", "}", "gg", "P", " ", "*", "n", "N", "]"]:
            drawn = user.screen.view.drawn_rows
            with listening(user) as heard:
                await user.keys(key)
            assert user.screen.view.drawn_rows - drawn <= user.screen.view.size.height + 2, key
            assert heard == [], key


async def test_an_annotation_of_a_long_article_is_one_write(long_one: Path) -> None:
    async with reader(long_one) as user:
        await opened(user)
        await user.keys("G", "m")  # the first one keeps the text of the article, too
        await user.saved()
        for keys in ("k", "1"), ("gg", "j", "m"), ("c", "<enter>"):
            await user.keys(*keys[:-1])
            with listening(user) as heard:
                await user.keys(keys[-1])
                await user.saved()
            shards = [path for event, path in heard if event == "os.rename"]
            assert len(shards) == 1, shards


async def test_articles_behind_a_long_one_are_not_read_before_it_is_shown(long_one: Path) -> None:
    for name in "cd":
        text = (long_one / "b.txt").read_text("utf-8")
        (long_one / f"{name}.txt").write_text(f"Other {name}\n\n{text}", "utf-8")
    async with reader(long_one, proposals=True) as user:
        await user.proposed()
        with listening(user) as heard:
            await opened(user)
        assert {Path(path).name for _, path in heard if path.endswith(".txt")} == {"b.txt"}
