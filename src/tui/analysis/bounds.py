"""What a number with its comparative bounds, and which numbers of a text are times."""

from __future__ import annotations

from typing import NamedTuple

from tui.analysis.numerals import plain_number
from tui.analysis.quantity_words import Bound
from tui.analysis.taken import Taken
from tui.analysis.times import find_times
from tui.model.spans import Extent


class Bounds(NamedTuple):
    """Lower and upper bound with their inclusion, as in a Quantity."""

    lower: int | float | None
    upper: int | float | None
    lower_inclusive: bool = True
    upper_inclusive: bool = True


def bounds_of(number: float, bound: Bound | None) -> Bounds:
    """What a comparative makes of one number."""
    value = plain_number(number)
    if bound is None or bound.hedge:
        return Bounds(value, value)
    if bound.lower:
        return Bounds(value, None, bound.inclusive, True)
    return Bounds(None, value, True, bound.inclusive)


def times_in(text: str, extent: Extent) -> Taken:
    """Where times stand, so that their numbers are not counted."""
    return Taken(w.span.extent for w in find_times(text, extent, "") if w.span is not None)
