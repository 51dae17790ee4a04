"""The documents say what is so: links, commands, keys, and a tutorial that works as written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.app.robot import Robot, reader
from tui.samples import sample_articles

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = sorted(
    path
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("annotations/*.md"))
)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# The tutorial

NAMED = {"Enter": "enter", "Tab": "tab", "Esc": "escape", "Space": "space", "Ctrl+u": "ctrl+u"}
FENCE = re.compile(r"```text\n(.*?)```", re.DOTALL)


class Part(NamedTuple):
    """What is pressed, in order, and the rows that the screen then has."""

    keys: tuple[str, ...]
    rows: tuple[str, ...]


def parts(text: str) -> Iterator[Part]:
    """The tutorial as it is acted out: each `Press` line, with the boxes up to the next one."""
    first, *rest = re.split(r"^\*\*Press\*\* ", text, flags=re.MULTILINE)
    yield Part((), rows(first))
    for piece in rest:
        line = piece.partition("\n")[0]
        yield Part(tuple(re.findall(r"`([^`]+)`", line)), rows(piece))


def rows(text: str) -> tuple[str, ...]:
    boxes = FENCE.findall(text)
    return tuple(plain(row) for box in boxes for row in box.splitlines() if row.strip())


def plain(text: str) -> str:
    return " ".join(text.split())


async def press(user: Robot, word: str) -> None:
    keys = [NAMED[word]] if word in NAMED else [NAMED.get(key, key) for key in word]
    for key in keys:
        await user.pilot.press("space" if key == " " else key)
    await user.settle()


async def test_the_tutorial_works_as_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    root = tmp_path / "tour"
    root.mkdir()
    acted = list(parts(read("docs/tutorial.md")))
    assert len(acted) > 15
    articles = (sample_articles(),)
    async with reader(root, paths=articles, tour=True, size=(120, 36)) as user:
        for part in acted:
            for word in part.keys:
                await press(user, word)
            await user.saved()
            shown = [plain(row) for row in user.shown().splitlines()]
            missing = [row for row in part.rows if not any(row in there for there in shown)]
            assert missing == [], f"after {' '.join(part.keys)}:\n{user.shown()}"
        assert user.app.return_code == 0
    reports = list(root.rglob("*.md"))
    assert len(reports) == 1
    assert "In conflict with claim" in reports[0].read_text(encoding="utf-8")
