"""Tables and wrapped text: never wider than the terminal, nothing lost where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from tui.cli import typography
from tui.cli.saying import short_ids
from tui.cli.typography import Column, cells, cut, one_line, table, wrapped

TEXT = st.text(st.sampled_from("ab c뉴스中👩‍👧é\u0301\n\t\x1b\u202e–"), max_size=40)


@given(TEXT, st.integers(1, 20))
def test_a_cut_line_fits_and_is_a_beginning(text: str, width: int) -> None:
    line = one_line(text)
    short = cut(line, width)
    assert wcswidth(short) <= width
    assert short == line or line.startswith(short.rstrip("…"))
    assert (short == line) == (cells(line) <= width)


@given(TEXT, st.integers(8, 60))
def test_wrapped_lines_fit_and_hold_every_word(text: str, width: int) -> None:
    lines = wrapped(text, width, " ")
    assert all(wcswidth(line) <= width for line in lines)
    joined = "".join(line[1:].replace(" ", "") for line in lines)
    assert joined == one_line(text).replace(" ", "")


def test_without_a_terminal_nothing_is_wrapped() -> None:
    assert wrapped("word " * 60, None, "  ") == ["  " + "word " * 59 + "word"]
    assert wrapped("", None) == wrapped(" \n", 20) == []


COLUMNS = (Column("n", right=True), Column("title", flexible=True), Column("note", flexible=True))


@pytest.mark.parametrize("width", [24, 30, 60, 200])
def test_a_table_fits_the_terminal_and_the_widest_column_gives_way(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    monkeypatch.setattr(typography, "terminal_width", lambda: width)
    rows = [(1, "북한군, 한 달째 전선에서 자취 감춰", "short"), (22, "a " * 40, "note")]
    lines = table(COLUMNS, rows).rstrip("\n").split("\n")
    assert len(lines) == 3
    assert max(wcswidth(line) for line in lines) <= width
    assert "short" in lines[1]


def test_columns_stand_under_each_other_and_the_empty_ones_are_left_out() -> None:
    drawn = table(COLUMNS, [(1, "뉴스", ""), (22, "news", "")])
    assert drawn == " n  title\n 1  뉴스\n22  news\n"
    assert table(COLUMNS, []) == ""


@given(st.sets(st.text("ab", min_size=8, max_size=8), max_size=12))
def test_a_short_id_means_one_article(ids: set[str]) -> None:
    for one, short in short_ids(ids, least=3).items():
        assert [other for other in ids if other.startswith(short)] == [one]
        assert len(short) >= 3
