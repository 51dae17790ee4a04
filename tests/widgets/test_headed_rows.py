"""Sequences as one list under headings: every item stands where it is said to stand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.records import Claim
from tui.model.rows import Row, Rows
from tui.model.told import Told
from tui.widgets.headed_rows import HeadedRows, claim_places, ids_from

HEAD = st.none() | st.text("AB", min_size=1, max_size=2)
PARTS = st.lists(st.tuples(HEAD, st.lists(st.integers(), max_size=4)), max_size=5)


@given(PARTS)
def test_it_is_all_that_there_is_one_behind_the_other(
    parts: list[tuple[str | None, list[int]]],
) -> None:
    found = HeadedRows[str, int](parts)
    whole: list[str | int] = []
    heads: list[int] = []
    for number, (head, items) in enumerate(parts):
        if head is not None:
            heads.append(len(whole))
            whole.append(head)
        for inside, _ in enumerate(items):
            assert found.place(number, inside) == len(whole) + inside
        whole += items
    assert list(found) == whole
    assert [found[place] for place in range(len(found))] == whole
    assert found[1:-1] == whole[1:-1]
    assert found.heads == heads
    with pytest.raises(IndexError):
        found[len(whole)]


def test_a_claim_is_found_under_each_of_its_headings() -> None:
    rows = Rows()
    rows.extend(Told(Claim(id=name)) for name in "abc")
    found = HeadedRows[str, Row]([("one", rows[:2]), ("other", rows[1:])])
    assert list(claim_places(found, "b")) == [2, 4]
    assert list(claim_places(found, "c")) == [5]
    assert list(claim_places(found, "one")) == []
    assert list(ids_from(found, 0)) == ["a", "b", "b", "c"]
    assert list(ids_from(found, 2)) == ["b", "b", "c", "a"]
    assert list(ids_from(found, 5)) == ["c", "b", "b", "a"]
