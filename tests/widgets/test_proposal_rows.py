from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.model.records import Highlight
from tui.model.spans import select
from tui.widgets.annotation_rows import Row
from tui.widgets.proposal_rows import HEIGHT, PROPOSAL, proposal_lines

WORDS = st.text(st.sampled_from("ab \n국정👩\u200d\u0301—"), min_size=1, max_size=300)


@given(WORDS, st.lists(WORDS, max_size=4), st.integers(1, 90))
def test_a_row_that_is_not_whole_has_its_lines_whatever_it_says(
    text: str, reasons: list[str], width: int
) -> None:
    spans = (select(text, 0, len(text)),)
    row = Row("p", PROPOSAL, 0, len(text), Highlight(id="p", spans=spans), reasons=tuple(reasons))
    assert len(list(proposal_lines(row, width))) == HEIGHT
