"""Find a quote that was changed by its words and its context alone, where its old text is lost."""

from __future__ import annotations

from collections.abc import Sequence

from tui.anchoring.aligning import Alignment
from tui.anchoring.following import LONG, Place, follow
from tui.anchoring.tokens import folded
from tui.model.spans import Extent, Span

LEAST = 60.0  # per cent of quote and context that must be found again in one place
MARGIN = 10.0  # per cent by which every other place must fall behind
ALIKE = 0.6  # share of the quote and the place found that must be the same
KEPT = 0.7  # share of the quote's letters that must be found again ...
CONTEXT = 0.25  # ... and of its context's, ...
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
    if place is None or place.score < ALIKE:
        return None
    a, b = alignment.old.within(*quote)
    around = [*range(a), *range(b, len(alignment.to))]
    if _kept(alignment, range(a, b)) < KEPT or _kept(alignment, around) < need:
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


def _kept(alignment: Alignment, tokens: Sequence[int]) -> float:
    """How much of these tokens of the old text is found again, from 0 to 1."""
    old, to = alignment.old, alignment.to
    size = {i: old.ends[i] - old.starts[i] for i in tokens}
    return sum(size[i] for i in tokens if to[i] >= 0) / max(1, sum(size.values()))
