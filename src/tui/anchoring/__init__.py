"""Where annotations stand on today's text, and how well they fit it."""

from __future__ import annotations

from tui.anchoring.aligning import Alignment
from tui.anchoring.differing import Run, differences
from tui.anchoring.placing import Found, Placer, Spot, TextOf, place, place_claim, place_span

__all__ = [
    "Alignment",
    "Found",
    "Placer",
    "Run",
    "Spot",
    "TextOf",
    "differences",
    "place",
    "place_claim",
    "place_span",
]
