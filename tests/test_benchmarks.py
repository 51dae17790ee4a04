"""The benchmarks begin, and the workspaces that they make are valid."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import corpus
from benchmarks.__main__ import PARTS, run
from benchmarks.made import ANALYST
from tinydb import TinyDB

from tui.desk import Desk
from tui.store import open_store


def test_each_part_says_what_it_takes(capsys: pytest.CaptureFixture[str]) -> None:
    for part in PARTS:
        with pytest.raises(SystemExit) as left:
            run(part, ["--help"])
        assert left.value.code == 0, part
        assert "--help" in capsys.readouterr().out, part


def test_a_made_workspace_is_read_by_the_store_and_by_stock_tinydb(tmp_path: Path) -> None:
    root = tmp_path / "news"
    made = corpus.make(root, 9, 80)
    assert (made.articles, made.annotations) == (9, 80)
    store = open_store(root / "annotations", ANALYST, locks=tmp_path / "locks")
    shelves = list(store.heads())
    assert [(shelf.troubles, shelf.altered) for shelf in shelves] == [((), frozenset())] * 8
    files = list((root / "annotations").glob("*/??/*.json"))
    records = sum(len(shelf.records) for shelf in shelves)
    assert sum(len(TinyDB(file)) for file in files) == records == 80 + len(files)
    desk = Desk.open(root=root, analyst=ANALYST, locks=tmp_path / "locks")
    desk.scan()
    fits = [h.fit for e in desk.entries() for h in desk.annotations(e.id).highlights]
    assert fits == ["exact"] * 32
    desk.close()
