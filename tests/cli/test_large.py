"""Commands on a workspace that counts as large go by the index, and say the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tui.desk import Desk
from tui.store.storage import read_whole

LOSSES = "2025-02-07-northern-desk-higher-losses.txt"


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has workspaces of more than one file count as large from now on."""
    return lambda: monkeypatch.setattr(Desk, "many", 1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the shards that are read whole."""
    names: list[str] = []
    monkeypatch.setattr(
        "tui.store.shards.read_whole", lambda path: names.append(path.name) or read_whole(path)
    )
    return names


@pytest.mark.parametrize(
    "command",
    [
        ("list",),
        ("list", "--json"),
        ("list", "--filter", "is:done"),
        ("list", "--filter", "is:open tag:military"),
        ("tags", "--json"),
        ("timeline",),
        ("timeline", "--json", "--filter", "tag:casualties"),
        ("claims", "--sort", "time", "--group", "status"),
        ("claims", LOSSES),
        ("show", LOSSES),
    ],
    ids=" ".join,
)
def test_what_a_command_says_is_the_same(
    run, workspace: Path, large: Callable[[], None], command: tuple[str, ...]
) -> None:
    before = run(*command, cwd=workspace)
    assert before.code == 0
    large()
    assert run(*command) == before, "while the index is made"
    assert run(*command) == before, "out of the index"


@pytest.mark.parametrize("command", ["list", "tags"])
def test_the_second_time_no_shard_is_read(
    run, workspace: Path, large: Callable[[], None], read: list[str], command: str
) -> None:
    large()
    before = run(command, cwd=workspace)
    assert read
    read.clear()
    assert run(command) == before
    assert not read


def test_an_article_is_shown_by_its_id_and_no_other_shard_is_read(
    run, workspace: Path, large: Callable[[], None], read: list[str]
) -> None:
    large()
    (article,) = run("list", workspace / LOSSES, "--json", cwd=workspace).json()
    before = run("show", article["id"])
    read.clear()
    assert run("show", article["id"][:8]) == before
    assert set(read) <= {f"{article['id']}.json"}
