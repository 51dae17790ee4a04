"""A workspace of sample articles, and user folders of its own for each test."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.app.robot import samples_in


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A workspace with the sample articles."""
    folder = tmp_path / "news"
    folder.mkdir()
    return samples_in(folder)
