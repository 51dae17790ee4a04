"""Files that are read while the analyst reads: how far it is, stopping it, what comes later."""

from __future__ import annotations

import json
from itertools import count
from pathlib import Path

import pytest
from tests.app.robot import Robot, application, reader
from textual import _time as clock

from tui.screens import scanning


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=["80", "120"])
async def test_reading_many_files_says_how_far_it_is_and_can_be_stopped(
    size: tuple[int, int], root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The least is read at a time, and then no more: so it is under way for as long as we look.
    monkeypatch.setattr(scanning, "SLICE", 0.0)
    monkeypatch.setattr(scanning, "BETWEEN", 3_600.0)
    monkeypatch.setattr(scanning, "LONG", 0.0)
    for number in range(40):
        (root / f"more-{number:02}.txt").write_text(f"Story {number}\n\nWords.\n")
    with application(root) as app:
        async with app.run_test(size=size):
            user = Robot(app)
            await user.settle()
            assert user.screen.list.region.width or size[0] < 100, "the list is hidden there"
            assert "╌" in user.shown(), "a bar, not full yet"
            assert "reading " in user.status()
            assert "Esc stops" in user.status()
            await user.keys("<esc>")
            assert "reading " not in user.status()
            assert "files are not read" in user.message()
            assert not user.desk.scan()
            assert len(user.desk.entries()) < 40


async def test_all_is_read_where_every_moment_is_missed(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    timely, late = clock.get_time, count()
    monkeypatch.setattr(scanning, "SLICE", 0.0)
    # Each look at the clock is late by more than what is between two slices.
    monkeypatch.setattr(clock, "get_time", lambda: timely() + next(late) * 2 * scanning.BETWEEN)
    async with reader(root) as user:  # waits until all is read
        assert user.desk.exhausted


async def test_a_document_that_appears_later_is_in_the_list_without_a_restart(root: Path) -> None:
    async with reader(root) as user:
        story = {"id": "1", "title": "A LATER STORY", "text": "The mayor said so."}
        (root / "later.jsonl").write_text(json.dumps(story) + "\n")
        for _ in range(300):
            user.screen.poll()
            await user.scanned()
            if "A LATER STORY" in user.shown():
                break
            await user.pilot.pause(0.05)
        assert "A LATER STORY" in user.shown()


async def test_an_annotated_article_whose_file_is_gone_is_listed_as_gone_and_opens(
    tmp_path: Path,
) -> None:
    for name in ("First", "Second"):
        (tmp_path / f"{name}.txt").write_text(f"{name} story\n\nThe words of it are these.\n")
    async with reader(tmp_path) as user:
        await user.keys("J")
        assert user.place.article.title == "Second story"
        await user.keys("j", "1")
        await user.saved()
    (tmp_path / "Second.txt").unlink()
    async with reader(tmp_path) as user:
        assert "gone · 1 hl" in user.shown()
        await user.keys("J")
        assert user.place.article.title == "Second story"
        assert "The words of it are these." in user.shown()
        assert len(user.highlights()) == 1
        await user.keys("j", "2")
        await user.saved()
        assert len(user.highlights()[0].tags) == 2
