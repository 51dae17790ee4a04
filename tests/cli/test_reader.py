"""How the reader is opened: with which articles, in which workspace, by whom, with whose keys."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tui.samples import sample_articles

SEEN = "2025-02-05-news-today-troops-not-seen.txt"


@pytest.fixture
def opened(run, monkeypatch: pytest.MonkeyPatch):
    """Open the reader as if on a terminal; gives what the application is asked for."""
    asked: list[dict[str, Any]] = []

    def application(paths: Any, **options: Any) -> int:
        asked.append({"paths": [*paths], **options})
        return 0

    # The application itself has tests of its own; it needs a terminal.
    monkeypatch.setitem(sys.modules, "tui.app", SimpleNamespace(run=application))  # type: ignore[arg-type]
    monkeypatch.setattr("tui.cli.starting.on_terminal", lambda _stream: True)

    def opened(*arguments: str | Path, cwd: Path | None = None) -> dict[str, Any]:
        done = run(*arguments, cwd=cwd)
        assert (done.code, done.out, done.err) == (0, "", "")
        return asked.pop()

    return opened


def test_without_a_path_it_is_the_workspace_of_the_current_folder(opened, workspace) -> None:
    (workspace / "sub").mkdir()
    found = opened(cwd=workspace / "sub")
    assert (found["paths"], found["root"], found["analyst"]) == ([], workspace, "kim")
    assert (found["encoding"], found["tour"], found["keymap_path"]) == ("", False, None)


def test_paths_and_options_reach_the_reader(opened, workspace) -> None:
    found = opened(workspace / SEEN, "--analyst", "Ana Ruiz", "--encoding", "cp949")
    assert found["paths"] == [workspace / SEEN]
    assert found["root"] == workspace
    assert (found["analyst"], found["encoding"]) == ("Ana Ruiz", "cp949")


def test_a_workspace_that_is_named_is_taken(opened, workspace, tmp_path) -> None:
    found = opened("--workspace", tmp_path, workspace / SEEN)
    assert (found["root"], found["paths"]) == (tmp_path, [workspace / SEEN])


def test_a_file_called_like_a_command_is_opened_behind_two_dashes(opened, workspace) -> None:
    (workspace / SEEN).rename(workspace / "list")
    assert opened("--", "list", cwd=workspace)["paths"] == [Path("list")]
    assert opened("./list", cwd=workspace)["paths"] == [Path("./list")]


def test_the_tour_opens_the_samples_and_keeps_marks_where_the_user_may_write(
    opened, home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir("/")
    found = opened("--tour")
    assert (found["paths"], found["tour"]) == ([sample_articles()], True)
    assert found["root"].is_dir()
    assert found["root"].is_relative_to(home)


def test_ones_own_keymap_is_used_where_there_is_one(opened, home, workspace) -> None:
    config = home / ".config" / "pressmark"
    config.mkdir(parents=True)
    (config / "keymap.toml").write_text("[keys]\n")
    assert opened(workspace)["keymap_path"] == config / "keymap.toml"
