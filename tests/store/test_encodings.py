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


def test_the_file_is_one_choice_a_line_in_order_as_a_person_would_write_it(tmp_path: Path) -> None:
    kim = Encodings(tmp_path, "kim")
    for name in ("c.txt", "북한.txt", "a.txt", "bad\udcff.txt"):
        kim.choose(name, "cp949")
    lines = (tmp_path / "kim" / "encodings.json").read_bytes().split(b"\n")
    assert lines == [
        b"{",
        b'"files": {',
        b'"a.txt": "cp949",',
        b'"bad\xff.txt": "cp949",',
        b'"c.txt": "cp949",',
        '"북한.txt": "cp949"'.encode(),
        b"},",
        b'"v": 1',
        b"}",
        b"",
    ]


def test_an_empty_choice_is_to_guess_again_even_where_a_colleague_chose(tmp_path: Path) -> None:
    Encodings(tmp_path, "lee").choose("a.txt", "cp949")
    Encodings(tmp_path, "kim").choose("a.txt", "")
    assert Encodings(tmp_path, "kim").of("a.txt") == ""


@pytest.mark.parametrize(
    "text", ['{"files": 3}', "[]", '{"file": {}}', '{"files": {"a.txt": 3, "b.txt": "cp949"}}']
)
def test_only_what_is_a_choice_is_one(tmp_path: Path, text: str) -> None:
    (tmp_path / "kim").mkdir()
    (tmp_path / "kim" / "encodings.json").write_text(text, encoding="utf-8")
    kim = Encodings(tmp_path, "kim")
    assert kim.of("a.txt") == ""
    assert kim.of("b.txt") == ("cp949" if "b.txt" in text else "")
