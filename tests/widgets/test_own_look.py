"""The analyst's own theme file."""

from __future__ import annotations

from pathlib import Path

import pytest

from tui.widgets.looks import LOOKS
from tui.widgets.own_look import LookError, read_look


def write(folder: Path, text: str) -> Path:
    path = folder / "theme.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_without_a_file_there_is_no_own_theme(tmp_path: Path):
    assert read_look(tmp_path / "theme.toml") is None


def test_an_own_theme_changes_what_it_names_and_keeps_the_rest(tmp_path: Path):
    look = read_look(
        write(
            tmp_path,
            'name = "paper"\nbase = "pressmark-light"\n[colours]\naccent = "#aa0000"\n'
            '[tags]\nred = ["#ffdddd", "#000000", "#cc0000"]\n',
        )
    )
    assert look is not None
    assert (look.name, look.accent, look.dark) == ("paper", "#aa0000", False)
    assert look.tag("red").background == "#ffdddd"
    assert look.tag("blue") == LOOKS["pressmark-light"].tag("blue")


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("name = ", "theme.toml"),
        ('base = "nowhere"', "base"),
        ('[colours]\naccent = "reddish"', "colours.accent"),
        ('[colours]\nnose = "red"', "colours.nose"),
        ('[tags]\nred = ["#fff"]', "tags.red"),
        ('name = "pressmark-dark"', "name"),
    ],
)
def test_a_bad_file_is_one_sentence_that_names_the_place(tmp_path: Path, text: str, place: str):
    with pytest.raises(LookError) as caught:
        read_look(write(tmp_path, text))
    assert place in str(caught.value)
    assert "\n" not in str(caught.value).strip() or "TOML" in str(caught.value)
