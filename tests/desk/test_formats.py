"""Files of other formats, files with many articles, and what changes while the desk is open."""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import mark

from tui.desk import Desk, Event
from tui.desk.gathering import Gathering

STORIES = [
    {"id": f"story-{n}", "title": f"Story {n}", "text": f"The mayor said {n} bridges will close."}
    for n in range(1, 4)
]


def dump(root: Path, stories: list[dict[str, str]]) -> Path:
    path = root / "dump.jsonl"
    path.write_text("".join(json.dumps(story) + "\n" for story in stories), encoding="utf-8")
    return path


def titles(desk: Desk) -> set[str]:
    return {entry.title for entry in desk.entries()}


def scanned(desk: Desk, done: Callable[[], bool]) -> None:
    """Poll, and scan if there is anything to be scanned, until something is so."""
    end = time.monotonic() + 20
    while not done():
        assert time.monotonic() < end, (desk.progress, titles(desk))
        desk.poll()
        if not desk.exhausted:
            desk.scan(0.05)


def test_a_file_with_many_articles_shows_as_many(root: Path, open_desk: Opener) -> None:
    dump(root, STORIES)
    desk = open_desk()
    assert {"Story 1", "Story 2", "Story 3"} < titles(desk)
    assert not desk.troubles


def test_articles_keep_their_ids_when_others_are_added_before_them(
    root: Path, open_desk: Opener
) -> None:
    dump(root, STORIES[1:])
    desk = open_desk()
    before = {entry.title: entry.id for entry in desk.entries()}
    mark(desk, before["Story 2"], "2 bridges")
    desk.close()
    dump(root, STORIES)
    desk = open_desk()
    after = {entry.title: entry.id for entry in desk.entries()}
    assert before.items() < after.items()
    (highlight,) = desk.annotations(after["Story 2"]).highlights
    assert highlight.fit == "exact"


def test_what_was_read_once_is_not_read_again(
    root: Path, open_desk: Opener, tmp_path: Path
) -> None:
    dump(root, STORIES)
    cache = tmp_path / "cache"

    def opened() -> Desk:
        desk = Desk.open([], root=root, analyst="kim", locks=tmp_path / "locks", cache=cache)
        desk.scan()
        return desk

    first = opened()
    ids = {entry.id for entry in first.entries()}
    first.close()
    kept = {path: path.stat().st_mtime_ns for path in cache.rglob("*") if path.is_file()}
    assert len(kept) == 1
    second = opened()
    assert {entry.id for entry in second.entries()} == ids
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    assert all(second.article(article).text for article in ids)
    second.close()
    for path in kept:
        path.write_bytes(path.read_bytes()[:-20])
    third = opened()
    assert {entry.id for entry in third.entries()} == ids, "a damaged one is made anew"
    third.close()


def test_a_cache_that_cannot_be_written_does_no_harm(root: Path, tmp_path: Path) -> None:
    dump(root, STORIES)
    blocked = tmp_path / "file"
    blocked.write_text("no folder")
    desk = Desk.open([], root=root, analyst="kim", locks=tmp_path / "locks", cache=blocked)
    desk.scan()
    story = next(entry.id for entry in desk.entries() if entry.title == "Story 3")
    assert "3 bridges" in desk.article(story).text
    desk.close()


def test_a_new_file_a_changed_one_and_a_moved_one_are_noticed(
    root: Path, open_desk: Opener
) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    desk.watch()
    article = desk.find("nis.txt")
    mark(desk, "nis.txt", "Kursk")
    (root / "later.txt").write_text("A later story\n\nWords of it.\n", encoding="utf-8")
    scanned(desk, lambda: "A later story" in titles(desk))
    dump(root, STORIES[:1])
    scanned(desk, lambda: "Story 1" in titles(desk))
    dump(root, STORIES)
    scanned(desk, lambda: {"Story 1", "Story 2", "Story 3"} < titles(desk))
    (root / "deep").mkdir()
    shutil.move(root / "nis.txt", root / "deep" / "renamed.txt")
    scanned(desk, lambda: desk.entry(article).path == "deep/renamed.txt")
    assert desk.annotations(article).highlights[0].fit == "exact"
    (root / "deep" / "last.txt").write_text("The last story\n\nWords of it.\n", encoding="utf-8")
    scanned(desk, lambda: "The last story" in titles(desk))
    (root / "later.txt").unlink()
    scanned(desk, lambda: "A later story" not in titles(desk))


def test_without_the_library_that_watches_files_are_looked_for_and_that_is_said(
    root: Path, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    monkeypatch.setattr("tui.desk.watching.EVERY", 0.05)
    desk = open_desk()
    desk.watch()
    (root / "later.txt").write_text("A later story\n\nWords of it.\n", encoding="utf-8")
    scanned(desk, lambda: "A later story" in titles(desk))
    assert any("pressmark[watch]" in trouble for trouble in desk.troubles)


def test_reading_can_be_stopped(root: Path, open_desk: Opener, tmp_path: Path) -> None:
    for number in range(100):
        (root / f"story-{number}.txt").write_text(f"Story {number}\n\nWords.\n", encoding="utf-8")
    desk = Desk.open([], root=root, analyst="kim", locks=tmp_path / "locks")
    desk.scan(0)
    left = desk.stop_reading()
    assert left
    assert not desk.scan()
    assert any("not read" in trouble for trouble in desk.troubles)
    desk.close()


def test_a_pipe_among_the_files_is_passed_over(root: Path, open_desk: Opener) -> None:
    os.mkfifo(root / "pipe.html")
    desk = open_desk()
    assert any("pipe.html" in trouble and "a pipe" in trouble for trouble in desk.troubles)


def test_children_end_with_the_desk(root: Path, tmp_path: Path) -> None:
    dump(root, STORIES)
    desk = Desk.open([], root=root, analyst="kim", locks=tmp_path / "locks")
    desk.scan()
    gathering: Gathering = desk._library._gathering
    children = [apart._worker._child for apart in gathering._children]
    assert any(children)
    desk.close()
    assert all(child is None or child.wait(10) is not None for child in children)
