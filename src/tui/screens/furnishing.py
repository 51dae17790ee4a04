"""What opens at the side of the desk, made once, after the first paint."""

from __future__ import annotations

from collections.abc import Sequence

from textual.widget import Widget

from tui.widgets.claim_form import ClaimForm
from tui.widgets.claims_table import ClaimsTable
from tui.widgets.codebook_list import CodebookList
from tui.widgets.differences_list import DifferencesList
from tui.widgets.key_list import KeyList
from tui.widgets.search_results import SearchResults
from tui.widgets.timeline_list import TimelineList


def panes_at_side() -> Sequence[Widget]:
    """The claim form and all lists that are no panel, not shown yet."""
    told = (TimelineList(id="timeline"), ClaimsTable(id="claims"), SearchResults(id="search"))
    lists = (CodebookList(id="codebook"), DifferencesList(id="differences"), KeyList(id="help"))
    panes = (ClaimForm(id="form"), *told, *lists)
    for pane in panes:
        pane.display = False
    return panes
