"""A workspace, and a home of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import samples_in

from tui.config import load_state


@pytest.fixture
def root(tmp_path: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A workspace in which Kim has proposals turned off: they take one more process a start."""
    folder = tmp_path / "news"
    folder.mkdir()
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    state = load_state(folder, "kim")
    state.layout["proposals"] = False
    assert state.save()
    return samples_in(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
