"""What plain rules read from a text: times, quantities, who says it, and drafts of claims.

No I/O; dateutil is imported when the first relative time is resolved.
"""

from __future__ import annotations

from tui.analysis.attribution import Attribution, find_chain
from tui.analysis.composed import draft_claim, proposed_claim, suggest
from tui.analysis.edtf import edtf_bounds
from tui.analysis.filling import shifted_anchor
from tui.analysis.kinds import kind_of
from tui.analysis.quantities import find_quantities
from tui.analysis.suggestions import ANALYSIS_VERSION, Dated, Suggestion, Suggestions
from tui.analysis.times import find_times, resolve_when
from tui.analysis.typed import parse_chain, parse_quantity
from tui.model.wording import format_chain, format_quantity, format_when

__all__ = [
    "ANALYSIS_VERSION",
    "Attribution",
    "Dated",
    "Suggestion",
    "Suggestions",
    "draft_claim",
    "edtf_bounds",
    "find_chain",
    "find_quantities",
    "find_times",
    "format_chain",
    "format_quantity",
    "format_when",
    "kind_of",
    "parse_chain",
    "parse_quantity",
    "proposed_claim",
    "resolve_when",
    "shifted_anchor",
    "suggest",
]
