"""Where annotations stand on today's text, and how well they fit it."""

from __future__ import annotations

from tui.anchoring.placing import Spot, place, place_claim
from tui.anchoring.quotes import place_span

__all__ = ["Spot", "place", "place_claim", "place_span"]
