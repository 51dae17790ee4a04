"""Find a quote that was changed by its words and its context alone, where its old text is lost."""

from __future__ import annotations

from tui.anchoring.aligning import Alignment
from tui.anchoring.following import LONG, Place, follow
from tui.anchoring.tokens import folded
from tui.model.spans import Extent, Span

LEAST = 60.0  # per cent of quote and context that must be found again in one place
MARGIN = 10.0  # per cent by which every other place must fall behind
ALIKE = 0.6  # share of the quote that must be found again ...
CONTEXT = 0.25  # ... and of its context, ...
SHORT_CONTEXT = 0.6  # ... of which a short quote needs more
AROUND = 40  # code points of the text that are looked at on either side of what was found
LONGEST = 300_000  # code points; a longer text is not searched, for that would take seconds
PASSAGE = 4_000  # code points; nor is a longer passage looked for


def search(span: Span, text: str) -> Place | None:
    """Where a changed quote stands in a text, by an approximate match of it with its context.

    None if nothing is like it, if a second place is nearly as like it, or if the context is not
    there: half of it and more for a quote under 30 code points. The best match is rapidfuzz's
    `partial_ratio`; which words are meant is then said by an alignment of the two passages.
    """
    passage = span.prefix + span.exact + span.suffix
    if not span.exact.strip() or len(text) > LONGEST or len(passage) > PASSAGE:
        return None
    window = _window(folded(passage), folded(text))
    if window is None:
        return None
    start, end = max(0, window.start - AROUND), window.end + AROUND
    alignment = Alignment(passage, text[start:end])
    quote = Extent(len(span.prefix), len(span.prefix) + len(span.exact))
    place = follow(alignment, quote)
    need = CONTEXT if len(span.exact) >= LONG else SHORT_CONTEXT
    if place is None or place.score < ALIKE or _context(alignment, quote) < need:
        return None
    return Place(Extent(start + place.extent.start, start + place.extent.end), place.score)


def _window(passage: str, text: str) -> Extent | None:
    """The one place in a text that is like a passage."""
    from rapidfuzz import fuzz

    best = fuzz.partial_ratio_alignment(passage, text, score_cutoff=LEAST)
    if best is None or len(text) < len(passage):
        return None
    found = Extent(best.dest_start, best.dest_end)
    middle = (found.end - found.start) // 4
    rest = (text[: found.start + middle], text[found.end - middle :])
    if any(fuzz.partial_ratio(passage, part) > best.score - MARGIN for part in rest if part):
        return None
    return found


def _context(alignment: Alignment, quote: Extent) -> float:
    """How much of what stands around the quote is found again, from 0 to 1."""
    old, to = alignment.old, alignment.to
    a, b = old.within(*quote)
    around = [*range(a), *range(b, len(to))]
    size = {i: old.ends[i] - old.starts[i] for i in around}
    return sum(size[i] for i in around if to[i] >= 0) / max(1, sum(size.values()))
