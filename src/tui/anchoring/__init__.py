"""Where annotations stand on today's text, and how well they fit it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tui.anchoring.placing import (
    Found,
    Passage,
    Placer,
    Spot,
    TextOf,
    comparable,
    place,
    place_claim,
    place_span,
)

if TYPE_CHECKING:
    from tui.anchoring.aligning import Alignment
    from tui.anchoring.differing import Run, differences

__all__ = [
    "Alignment",
    "Found",
    "Passage",
    "Placer",
    "Run",
    "Spot",
    "TextOf",
    "comparable",
    "differences",
    "place",
    "place_claim",
    "place_span",
]

# What compares two texts is imported only where there are two: a start has no time for it.
_HOMES = {"Alignment": "aligning", "Run": "differing", "differences": "differing"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
