"""The key that shows an article's encoding and reads it in another."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.app.robot import Robot, presses, reader

PRICES = "Prices\n\nThe bread costs 3 £ now.\n\nThe end of it.\n"


@presses("article.encoding")
async def test_e_reads_the_article_in_another_encoding_and_so_does_the_next_start(
    tmp_path: Path,
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    (root / "a.txt").write_bytes(PRICES.encode("cp1252"))
    async with reader(root) as user:
        await user.keys("j", "1", "E")
        assert "read as cp1252 (guessed)" in user.shown()
        assert "costs 3 Ł now" in user.shown()
        await user.keys("cp1250", "<enter>")
        assert "costs 3 Ł now" in user.shown()
        assert user.screen.place.article.encoding == "cp1250"
        (highlight,) = user.screen.place.annotations.highlights
        assert highlight.extents
    async with reader(root) as user:
        article = user.screen.place.article
        assert (article.encoding, "3 Ł now" in article.text) == ("cp1250", True)
        assert len(user.screen.place.annotations.highlights) == 1
        await user.keys("E")
        assert "read as cp1250 (as you said)" in user.shown()
        await user.keys("guess", "<enter>")
        assert user.screen.place.article.encoding == "cp1252"


@pytest.mark.parametrize(
    ("name", "head", "words"),
    [
        ("a.html", "<html><meta charset=windows-1252><title>Prices</title>", "cp1252 (declared)"),
        ("a.html", "<html><title>Prices</title>", "cp1252 (guessed)"),
    ],
)
async def test_e_says_what_the_encoding_was_known_by(
    tmp_path: Path, name: str, head: str, words: str
) -> None:
    (tmp_path / name).write_bytes(f"{head}<p>{PRICES}</p>".encode("cp1252"))
    async with reader(tmp_path) as user:
        await user.scanned()
        await user.keys("E")
        assert f"read as {words}" in user.shown()


async def test_an_encoding_that_is_not_everybodys_is_shown_below_the_headline(
    tmp_path: Path,
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    (root / "a.txt").write_bytes(
        "북한군 철수\n\n전투에 참여하지 않는다고 밝혔다.\n".encode("cp949")
    )
    async with reader(root) as user:
        assert "read as cp949" in user.shown()


async def test_bytes_that_could_not_be_read_are_told_at_opening(tmp_path: Path) -> None:
    root = tmp_path / "news"
    root.mkdir()
    (root / "a.txt").write_bytes("북한군은 전투에 참여하지 않는다.\n".encode() * 3 + b"\xff\xfe\n")
    async with reader(root) as user:
        assert "2 bytes could not be read as utf-8 (E: another encoding)" in user.shown()


async def read_anew(user: Robot) -> None:
    """Wait until the file has been read in the background, and how that went was said."""
    await user.over(lambda: user.screen.encoding._awaited is not None)
    await user.settle()


async def test_e_on_an_article_of_a_dump_reads_the_whole_dump_anew(tmp_path: Path) -> None:
    root = tmp_path / "news"
    root.mkdir()
    stories = [
        {"id": f"https://a.example/{n}", "headline": f"Prices {n}", "body": f"Bread {n}: 3 £ now."}
        for n in (1, 2)
    ]
    (root / "a.json").write_bytes(json.dumps(stories, ensure_ascii=False).encode("cp1252"))
    async with reader(root) as user:
        await user.keys("j", "1", "E")
        assert "Bread 1: 3 Ł now" in user.shown()
        await user.keys("cp1250", "<enter>")
        await read_anew(user)
        assert "3 Ł now" in user.place.article.text
        assert "with 1 other article of its file" in user.message()
        (highlight,) = user.screen.place.annotations.highlights
        assert highlight.extents
        await user.keys("J")
        assert "Bread 2: 3 Ł now" in user.place.article.text
        await user.keys("E", "utf-16-le", "<enter>")
        await read_anew(user)
        assert user.message().startswith("a.json ")
        assert "Bread 2: 3 Ł now" in user.place.article.text, "nothing changes"
