"""Commands on a workspace that counts as large go by the index, and say the same."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tui.cli import opening
from tui.desk import Desk
from tui.desk.library import Library
from tui.store.storage import read_whole

LOSSES = "2025-02-07-northern-desk-higher-losses.txt"
BATTALION = "2025-02-18-northern-desk-small-groups-back.txt"  # nobody annotated it
LONG_AGO = 1_700_000_000
CLASH = """{title}
Harbor Wire
2025-02-0{day} 10:00

The troops lost {count} men in Kursk in January, officials said on Friday.
"""


@pytest.fixture
def large(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Has workspaces of more than one file count as large from now on; no file is fresh in it."""
    monkeypatch.chdir(workspace)
    monkeypatch.setattr(opening, "OFTEN", 0.0)  # nothing is read because there was time for it
    for path in workspace.glob("*.txt"):
        os.utime(path, (LONG_AGO, LONG_AGO))
    return lambda: monkeypatch.setattr(Desk, "many", 1)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the shards that are read whole."""
    names: list[str] = []
    monkeypatch.setattr(
        "tui.store.shards.read_whole", lambda path: names.append(path.name) or read_whole(path)
    )
    return names


@pytest.fixture
def adopted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are taken from the index and not read."""
    paths: list[str] = []
    adopt = Library.adopt
    monkeypatch.setattr(
        Library,
        "adopt",
        lambda library, head, *of: paths.append(head.path) or adopt(library, head, *of),
    )
    return paths


def id_of(run, path: str) -> str:
    (article,) = run("list", path, "--json").json()
    return article["id"]


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
        ("show", "ID"),
    ],
    ids=" ".join,
)
def test_what_a_command_says_is_the_same(
    run, large: Callable[[], None], adopted: list[str], command: tuple[str, ...]
) -> None:
    command = tuple(id_of(run, LOSSES) if word == "ID" else word for word in command)
    before = run(*command)
    assert before.code == 0
    large()
    assert run(*command) == before, "while the index is made"
    adopted.clear()
    assert run(*command) == before, "out of the index"
    assert LOSSES in adopted


@pytest.mark.parametrize("command", ["list", "tags"])
def test_the_second_time_no_shard_is_read(
    run, large: Callable[[], None], read: list[str], command: str
) -> None:
    large()
    before = run(command)
    assert read
    read.clear()
    assert run(command) == before
    assert not read


def test_an_article_is_shown_by_its_id_and_no_other_shard_is_read(
    run, large: Callable[[], None], read: list[str]
) -> None:
    article = id_of(run, LOSSES)
    before = run("show", article)
    large()
    run("list")
    read.clear()
    assert run("show", article[:8]) == before
    assert set(read) <= {f"{article}.json"}


def test_what_was_moved_or_changed_since_is_found_and_shown(run, large: Callable[[], None]) -> None:
    large()
    run("list", "--filter", "troops")
    article = id_of(run, BATTALION)
    Path(BATTALION).rename("moved.txt")
    text = Path(LOSSES).read_text().replace("\n\n", "\n\nZebras were seen. ", 2)
    Path(LOSSES).write_text(text)
    (found,) = run("list", "--filter", "battalion", "--json").json()
    assert (found["path"], found["id"]) == ("moved.txt", article)
    assert "moved.txt" in run("show", article).out
    (found,) = run("list", "--filter", "zebras", "--json").json()
    assert "Zebras were seen." in run("show", found["id"]).out


def test_what_contradicts_is_listed(run, workspace: Path, large: Callable[[], None]) -> None:
    clashing = [workspace / f"clash{day}.txt" for day in (7, 8)]
    for path, day, count in zip(clashing, (7, 8), ("4,000", "1,000"), strict=True):
        path.write_text(CLASH.format(title=f"Losses {count}", day=day, count=count))
    run("new", "--mark")
    desk = Desk.open(root=workspace, analyst="kim", locks=workspace.parent / "locks")
    for article in map(desk.find, map(str, clashing)):
        text = desk.article(article).text
        sentences = [each.extent for each in desk.outline(article).sentences]
        said = [extent for extent in sentences if "lost" in extent.of(text)]
        desk.save_claim(desk.draft(article, said), said)
    desk.close()
    before = run("list", "--filter", "is:conflict")
    assert before.code == 0
    large()
    assert run("list", "--filter", "is:conflict") == before


def test_where_nothing_can_be_kept_all_is_read_and_nothing_said(
    run, workspace: Path, large: Callable[[], None], home: Path
) -> None:
    before = run("list")
    (home / ".cache").mkdir(exist_ok=True)
    for path in (home / ".cache" / "pressmark", home / ".cache" / "pressmark" / "index"):
        path.mkdir(exist_ok=True)
    index = home / ".cache" / "pressmark" / "index"
    index.rmdir()
    index.write_text("no folder")
    large()
    assert run("list") == before
