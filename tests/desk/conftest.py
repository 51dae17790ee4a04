"""A small workspace of three articles, and desks on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.desk.marking import FILES

from tui.desk import Desk, Event

Opener = Callable[..., Desk]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the three articles in it."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def open_desk(root: Path, tmp_path: Path) -> Iterator[Opener]:
    """Opens desks on the workspace, all files read; closes them again."""
    desks: list[Desk] = []

    def opener(analyst: str = "kim", *paths: Path, events: list[Event] | None = None) -> Desk:
        notify = events.append if events is not None else None
        desk = Desk.open(paths, root=root, analyst=analyst, locks=tmp_path / "locks", notify=notify)
        desk.scan()
        desks.append(desk)
        return desk

    yield opener
    for desk in desks:
        desk.close()


@pytest.fixture
def desk(open_desk: Opener) -> Desk:
    """Kim's desk."""
    return open_desk()
