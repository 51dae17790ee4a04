"""Encodings chosen for files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.store import Encodings, StoreError


def test_ones_own_choice_goes_before_a_colleagues_and_is_there_at_the_next_start(
    tmp_path: Path,
) -> None:
    Encodings(tmp_path, "lee").choose("a.txt", "cp949")
    kim = Encodings(tmp_path, "kim")
    assert kim.of("a.txt") == "cp949"
    kim.choose("a.txt", "cp932")
    kim.choose("북한.txt", "gb18030")
    again = Encodings(tmp_path, "kim")
    assert (again.of("a.txt"), again.of("북한.txt"), again.of("b.txt")) == ("cp932", "gb18030", "")
    assert Encodings(tmp_path, "lee").of("a.txt") == "cp949"


def test_a_file_that_cannot_be_read_is_passed_over_and_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "kim").mkdir()
    file = tmp_path / "kim" / "encodings.json"
    file.write_text("{broken", encoding="utf-8")
    kim = Encodings(tmp_path, "kim")
    assert kim.of("a.txt") == ""
    with pytest.raises(StoreError, match="was not written"):
        kim.choose("a.txt", "cp949")
    assert file.read_text(encoding="utf-8") == "{broken"
    assert kim.of("a.txt") == "cp949"
