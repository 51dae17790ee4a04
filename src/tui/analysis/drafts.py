"""A claim filled in from cues: what `c` puts before the analyst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from tui.analysis.attribution import Attribution, find_chain
from tui.analysis.filling import quantities_of, when_of
from tui.model.articles import Article, Outline
from tui.model.records import NO_OUTLET, PROPOSED, Claim, Hop, Phrase
from tui.model.sources import Registry
from tui.model.spans import Extent, joined_quote, merged, select

if TYPE_CHECKING:
    from tui.analysis.suggestions import Suggestion

_LONGEST = 5000  # code points of an extent that are read; no statement is as long


def draft_claim(
    article: Article, outline: Outline, extents: Sequence[Extent], registry: Registry
) -> Claim:
    """A claim on the extents with what plain cues tell: chain, time, quantities, modality, hedge.

    Likelihood, assessment, place and subject are left to the analyst. The claim has no id,
    analyst or revision count yet; its origin is `cues`. Of an extent at most 5,000 code points
    are read, so that the answer comes at once whatever the text is. Raises ValueError without any
    text.
    """
    pieces = _statement(article, extents)
    spans = [select(article.text, e.start, e.end) for e in pieces]
    if not spans:
        raise ValueError("A claim needs at least one character of text.")
    pieces = [Extent(e.start, min(e.end, e.start + _LONGEST)) for e in pieces]
    attribution = _attribution(article, outline, pieces, registry)
    chain = attribution.chain
    return Claim(
        article=article.id,
        origin="cues",
        revision=article.revision,
        statement=joined_quote(spans),
        chain=chain if article.outlet else _unpublished(chain),
        when=when_of(article, outline, pieces, chain),
        quantities=quantities_of(article, pieces, chain),
        modality=attribution.modality,
        hedge=attribution.hedge,
    )


def proposed_claim(article: Article, suggestion: Suggestion) -> Claim:
    """The claim that a suggestion is when it is taken as it is; its origin names the suggestion.

    Where only a pronoun stands for the source and could mean anybody, the claim has none.
    """
    chain = tuple(
        hop if hop.kind else replace(hop, source=Phrase(""), kind="none", resolved=False)
        for hop in suggestion.chain
    )
    return Claim(
        article=article.id,
        origin=f"{PROPOSED}{suggestion.id}",
        revision=article.revision,
        statement=joined_quote(suggestion.spans),
        chain=chain if article.outlet else _unpublished(chain),
        when=suggestion.when,
        quantities=suggestion.quantities,
        modality=suggestion.modality,
        hedge=suggestion.hedge,
    )


def _unpublished(chain: Sequence[Hop]) -> tuple[Hop, ...]:
    """The chain behind a nameless hop for the outlet, so that no source is taken for it."""
    return (NO_OUTLET, *chain) if chain else ()


def _attribution(
    article: Article, outline: Outline, pieces: Sequence[Extent], registry: Registry
) -> Attribution:
    """That of the first piece; a hedge may stand in a later one."""
    first = find_chain(article, outline, pieces[0], registry)
    if first.modality == "asserted":
        for piece in pieces[1:]:
            other = find_chain(article, outline, piece, registry)
            if other.modality != "asserted":
                return Attribution(first.chain, other.modality, other.hedge)
    return first


def _statement(article: Article, extents: Sequence[Extent]) -> list[Extent]:
    """The extents without captions, header and the blanks at their ends; captions alone stay."""
    pieces = [e for e in merged(Extent(*e) for e in extents) if e.of(article.text).strip()]
    without = pieces
    for caption in article.captions:
        without = _less(without, Extent(caption.start, caption.end))
    for header in article.header:
        without = _less(without, header)
    trimmed = [t for t in (_trimmed(article.text, e) for e in without) if t is not None]
    return trimmed or [t for t in (_trimmed(article.text, e) for e in pieces) if t is not None]


def _less(extents: Sequence[Extent], hole: Extent) -> list[Extent]:
    found: list[Extent] = []
    for extent in extents:
        if not extent.meets(hole):
            found.append(extent)
            continue
        if extent.start < hole.start:
            found.append(Extent(extent.start, hole.start))
        if hole.end < extent.end:
            found.append(Extent(hole.end, extent.end))
    return found


def _trimmed(text: str, extent: Extent) -> Extent | None:
    words = extent.of(text)
    if not words.strip():
        return None
    start = extent.start + len(words) - len(words.lstrip())
    return Extent(start, extent.end - (len(words) - len(words.rstrip())))
