"""A workspace, and a home of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import samples_in


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    return samples_in(folder)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder
