"""How much a proposed claim is worth checking: a sum of points that can be read off the claim.

| what | points |
|---|---|
| a figure with a bound | 25 |
| of people killed, wounded and the like | 10 |
| a date on the calendar | 15 |
| a source by name | 20 |
| a document, a role, a group, an unnamed source | 12 |
| the chain has more than one step inside the outlet | 5 |
| a verb or phrase of saying, and not only of thinking or wanting | 15 |
| reported, estimated, possible or denied | 10 |
| fewer than four words | -20 |

The points are never below 0 nor above 100. The rank is a hundredth of them, unless a learner gave
it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from tui.model.wording import format_quantity

if TYPE_CHECKING:
    from tui.analysis.suggestions import Suggestion

_FIGURE, _MEASURED, _DATE = 25, 10, 15
_NAMED, _TOLD = 20, 12
_CHAIN, _SAYING, _HEDGED = 5, 15, 10
_SHORT, _FEW_WORDS = -20, 4


def points_of(suggestion: Suggestion, outer: int) -> int:
    """The points of a proposal; `outer` hops are the outlet's."""
    inner = suggestion.chain[outer:]
    points = 0
    figures = [q for q in suggestion.quantities if q.lower is not None or q.upper is not None]
    if figures:
        points += _FIGURE
        points += _MEASURED if any(q.measure for q in figures) else 0
    if suggestion.when is not None and suggestion.when.edtf:
        points += _DATE
    if inner:
        kind = inner[-1].kind
        points += _NAMED if kind == "named" else _TOLD if kind not in ("", "none") else 0
        points += _CHAIN if len(inner) > 1 else 0
    points += _SAYING if suggestion.sure else 0
    points += _HEDGED if suggestion.modality != "asserted" else 0
    if sum(len(span.exact.split()) for span in suggestion.spans) < _FEW_WORDS:
        points += _SHORT
    return max(0, min(100, points))


def reasons_of(suggestion: Suggestion, outer: int) -> tuple[str, ...]:
    """Why it is proposed, in a few words each: `cue: estimated`, `source: NIS`, `> 3,000`."""
    return tuple(_reasons(suggestion, outer))


def _reasons(suggestion: Suggestion, outer: int) -> Iterator[str]:
    for hop in suggestion.chain[outer:]:
        if hop.cue is not None:
            yield f"cue: {hop.cue.text}"
        if not hop.source.text:
            yield "source: not given"
        elif hop.kind == "":
            yield f"source: {hop.source.text} (could mean anybody)"
        elif hop.resolved:
            yield f"source: {hop.source.text} (worked out)"
        else:
            yield f"source: {hop.source.text}"
    if suggestion.when is not None and suggestion.when.edtf:
        yield f"when: {suggestion.when.edtf}"
    for quantity in suggestion.quantities:
        yield f"quantity: {format_quantity(quantity)}"
    if suggestion.hedge is not None:
        yield f"{suggestion.modality}: {suggestion.hedge.text}"
    elif suggestion.modality != "asserted":
        yield suggestion.modality
