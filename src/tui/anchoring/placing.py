"""Place highlights and claims on the revision of an article that is open today."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tui.anchoring.quotes import place_span
from tui.model.articles import Article
from tui.model.parts import claim_spans
from tui.model.records import Claim, Highlight
from tui.model.spans import Extent, Span
from tui.model.views import FITS, Placed


class Spot(NamedTuple):
    """Where the words of one part of a claim stand today; an orphan has no extent.

    `part` is the field, as in the exchange format: `when`, `chain.0.source`, `quantities.1`.
    """

    part: str
    extent: Extent | None
    fit: str


def place(highlight: Highlight, article: Article) -> Placed:
    """The highlight on today's text: its extents, in the order of its spans, and its fit.

    `exact` if all spans stand at their own offsets, `moved` if all were found and some elsewhere,
    else `orphan`, which has no extents: also when the spans, found one by one, are out of order
    or overlap, since then they are not the passage that was marked.
    """
    found = [_place(span, highlight.revision, article) for span in highlight.spans]
    extents = [extent for extent, _ in found if extent is not None]
    if not found or len(extents) < len(found) or not _same_order(highlight.spans, extents):
        return Placed(highlight, (), "orphan")
    return Placed(highlight, tuple(extents), max((fit for _, fit in found), key=FITS.index))


def place_claim(claim: Claim, article: Article) -> tuple[Spot, ...]:
    """Where the words of each part of a claim stand today, each by itself, in the claim's order.

    Parts that were typed and not read off the text have no words there and are left out.
    """
    return tuple(
        Spot(part, *_place(span, claim.revision, article)) for part, span in claim_spans(claim)
    )


def _place(span: Span, revision: str, article: Article) -> tuple[Extent | None, str]:
    """The place of a span. On its own revision the offsets decide, if its words are there."""
    stands = 0 <= span.start < span.end and span.extent.of(article.text) == span.exact
    if revision == article.revision and stands:
        return span.extent, "exact"
    return place_span(span, article.text)


def _same_order(spans: Sequence[Span], extents: Sequence[Extent]) -> bool:
    """Whether extents follow each other as their spans do, and overlap only where those do."""
    pieces = sorted(zip(spans, extents, strict=True), key=lambda piece: piece[0].extent)
    return all(
        before.start <= after.start
        and (before.end <= after.start or first.extent.meets(next_.extent))
        for (first, before), (next_, after) in pairwise(pieces)
    )
