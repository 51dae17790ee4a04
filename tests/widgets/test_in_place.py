"""What is replaced in place looks like what is made anew: marks of the text, rows of the panel."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from tui.model.codebook import Codebook
from tui.model.records import Claim, Highlight
from tui.model.spans import Extent
from tui.model.views import Annotations, Placed, text_order
from tui.widgets.annotation_rows import head_rows, rows_on, shelf_of
from tui.widgets.article_rows import Mark, Marks
from tui.widgets.panel_sheet import Sheet

EXTENTS = st.builds(lambda a, n: Extent(a, a + n), st.integers(0, 30), st.integers(1, 12))
MARKS = st.dictionaries(
    st.sampled_from("abcdef"),
    st.lists(st.tuples(EXTENTS, st.sampled_from(("red", "blue"))), min_size=1, max_size=2),
)


def marks_of(given: dict[str, list[tuple[Extent, str]]]) -> list[Mark]:
    return [Mark(name, (extent,), colour) for name in given for extent, colour in given[name]]


@given(MARKS, MARKS, st.sets(st.sampled_from("abcdef")))
def test_marks_replaced_by_id_are_those_made_of_all(
    before: dict[str, list[tuple[Extent, str]]],
    fresh: dict[str, list[tuple[Extent, str]]],
    gone: set[str],
) -> None:
    marks = Marks(marks_of(before))
    marks.replace({*gone, *fresh}, marks_of(fresh))
    kept = {name: found for name, found in before.items() if name not in gone}
    whole = Marks(marks_of(kept | fresh))
    for start in range(0, 44, 3):
        assert marks.meeting(start, start + 5) == whole.meeting(start, start + 5)


def placed(name: str, extent: Extent | None) -> Placed:
    record = Highlight(id=name)
    return Placed(record, (extent,)) if extent else Placed(record, (), "orphan")


def sheet(highlights: Sequence[Placed], claims: dict[str, tuple[Claim, ...]]) -> Sheet:
    shelf = shelf_of(Annotations("a"), Codebook(), "kim")
    rows = head_rows(shelf)
    for each in sorted(highlights, key=text_order):
        rows += rows_on(each, claims.get(each.record.id, ()), shelf)
    return Sheet(rows)


@given(
    st.dictionaries(st.sampled_from("abcdef"), EXTENTS | st.none()),
    st.dictionaries(st.sampled_from("abcdef"), EXTENTS | st.none()),
    st.sets(st.sampled_from("abcdef")),
    st.sets(st.sampled_from("abcdef")),
    st.lists(st.tuples(st.integers(0, 44), st.integers(1, 9)), max_size=4),
)
def test_rows_replaced_by_highlight_are_those_made_of_all(
    before: dict[str, Extent | None],
    fresh: dict[str, Extent | None],
    gone: set[str],
    claimed: set[str],
    ranges: list[tuple[int, int]],
) -> None:
    claims = {name: (Claim(id=f"claim on {name}", highlight=name),) for name in claimed}
    found = sheet([placed(*pair) for pair in before.items()], claims)
    shelf = shelf_of(Annotations("a"), Codebook(), "kim")
    for name in gone - fresh.keys():
        found.replace(name, ())
    for name, extent in fresh.items():
        found.replace(name, rows_on(placed(name, extent), claims.get(name, ()), shelf))
    kept = {name: extent for name, extent in before.items() if name not in gone}
    whole = sheet([placed(*pair) for pair in (kept | fresh).items()], claims)
    assert found.rows == whole.rows
    assert found.kinds == whole.kinds
    for name in {row.id for row in whole.rows}:
        assert found.index_of(name) == whole.index_of(name)
    for start, size in ranges if whole.rows else ():
        assert found.nearest(start, start + size) == whole.nearest(start, start + size)
