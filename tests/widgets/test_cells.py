"""Text is cut by cells, in whole graphemes, and says that something is missing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes

from tui.model.visible import is_visible
from tui.widgets.cells import cut, one_line, wrapped

TEXTS = st.text(
    st.sampled_from("ab -국군👩\u200d👧é\u0301\u0300[/]\u202e\x1b\n\t한中…🇰🇷"), max_size=60
)


@pytest.mark.parametrize(
    ("text", "cells", "shown"),
    [
        ("not in combat", 20, "not in combat"),
        ("not in combat", 9, "not in c…"),
        ("not in combat", 8, "not in…"),
        ("국정원은", 8, "국정원은"),
        ("국정원은", 7, "국정원…"),
        ("국정원은", 6, "국정…"),
        ("e\u0301e\u0301e\u0301", 2, "e\u0301…"),
        ("anything", 1, "…"),
        ("anything", 0, ""),
        ("", 5, ""),
    ],
)
def test_what_does_not_fit_gives_way_to_an_ellipsis(text, cells, shown):
    assert cut(text, cells) == shown


@given(TEXTS, st.integers(0, 40))
def test_a_cut_text_fits_and_begins_as_the_text_does(text, cells):
    text = one_line(text)
    found = cut(text, cells)
    assert cell_len(found) <= cells
    assert is_visible(found)
    if found != text and cells:
        head = found.removesuffix("…")
        assert text.startswith(head)
        clusters = list(iter_graphemes(text))
        beginnings = {"".join(clusters[:n]).rstrip() for n in range(len(clusters) + 1)}
        assert head in beginnings


@given(TEXTS, st.integers(1, 40), st.integers(1, 5))
def test_wrapped_text_loses_nothing_but_blanks_and_a_marked_end(text, cells, lines):
    text = one_line(text)
    found = wrapped(text, cells, lines)
    assert len(found) <= lines
    assert all(cell_len(line) <= cells for line in found)
    joined = "".join(found).replace(" ", "")
    whole = text.replace(" ", "")
    assert joined == whole or whole.startswith(joined.removesuffix("…"))


def test_one_line_has_nothing_that_acts_on_a_terminal():
    assert one_line("a\n\n b\tc \x1b[31m") == "a b c ␛[31m"
