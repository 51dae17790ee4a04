"""Files that are too large, and what is outlined of large ones."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.articles import outline
from tui.config import load_settings
from tui.desk import Desk, DeskError
from tui.model.articles import Article
from tui.model.settings import Settings


def test_a_file_over_the_limit_is_refused_unread_with_the_limit_and_how_to_raise_it(
    tmp_path: Path,
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    with (root / "huge.txt").open("wb") as file:
        file.truncate(1_000_000_000)
    desk = Desk.open([root], root=root, analyst="kim", locks=tmp_path, settings=Settings())
    desk.scan()
    (trouble,) = desk.troubles
    assert "has 1000 MB and files of more than 100 MB are not read" in trouble
    assert 'largest = "1000 MB"' in trouble
    desk.close()


def test_the_limit_is_a_setting(tmp_path: Path) -> None:
    settings = tmp_path / "pressmark.toml"
    settings.write_text('[reading]\nlargest = "2 GB"\n', encoding="utf-8")
    assert load_settings(tmp_path).largest == 2_000_000_000
    settings.write_text('[reading]\nlargest = "much"\n', encoding="utf-8")
    with pytest.raises(DeskError, match="largest is no size"):
        load_settings(tmp_path)


@pytest.mark.parametrize("unit", ["x", "A sentence. ", "A line\n", "A. \n\n "])
def test_the_outline_of_a_huge_text_covers_it_in_order_with_bounded_stops(unit: str) -> None:
    text = unit * (1_300_000 // len(unit))
    found = outline(Article("a", text, "r"))
    at = 0
    for stop in found.sentences:
        assert stop.start >= at
        assert not text[at : stop.start].strip()
        at = stop.end
    assert not text[at:].strip()
    late = [s for s in found.sentences if s.start > 1_100_000]
    assert max(s.end - s.start for s in late) <= 12_000
