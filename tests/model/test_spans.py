"""Selectors: a quote that can be found again, in code points."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tui.model.spans import CONTEXT, Extent, Span, joined_quote, merged, select

TEXT = "서울 🇰🇷 – the NIS said\r\nso, twice.\n" * 3
OFFSETS = st.integers(0, len(TEXT))
EXTENTS = st.builds(
    lambda a, b: Extent(min(a, b), max(a, b) + 1),
    st.integers(0, 30),
    st.integers(0, 30),
)


@given(OFFSETS, OFFSETS)
def test_a_selector_is_the_quote_with_the_text_on_either_side(start: int, end: int) -> None:
    assume(start < end)
    span = select(TEXT, start, end)
    assert span.extent.of(TEXT) == span.exact
    around = span.prefix + span.exact + span.suffix
    assert TEXT[start - len(span.prefix) :].startswith(around)
    assert len(span.prefix) == min(start, CONTEXT)
    assert len(span.suffix) == min(len(TEXT) - end, CONTEXT)


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 3), (-1, 2), (0, len(TEXT) + 1)])
def test_an_empty_range_and_one_outside_the_text_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=f"no text at {start}-{end}"):
        select(TEXT, start, end)


@given(st.lists(EXTENTS))
def test_merged_extents_cover_the_same_text_and_leave_gaps_between_them(
    extents: list[Extent],
) -> None:
    found = merged(extents)
    covered = {offset for extent in extents for offset in range(*extent)}
    assert covered == {offset for extent in found for offset in range(*extent)}
    assert all(a.end < b.start for a, b in pairwise(found))


@given(EXTENTS, EXTENTS)
def test_extents_meet_when_they_share_a_code_point(one: Extent, other: Extent) -> None:
    shared = any(one.covers(offset) and other.covers(offset) for offset in range(40))
    assert one.meets(other) == other.meets(one) == shared


def test_a_quote_of_pieces_is_one_line() -> None:
    pieces = (Span(0, 9, "more than\n\n  3,000"), Span(40, 50, "casualties "))
    assert joined_quote(pieces) == "more than 3,000 … casualties"
