"""A claim carried to today's text: each span inside it where its words stand now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from msgspec.structs import replace

from tui.anchoring import Spot
from tui.model.articles import Article
from tui.model.records import Claim, Hop, Phrase, Quantity, When
from tui.model.spans import Span, select

_Part = TypeVar("_Part", Phrase, When, Quantity)
_Spans = Mapping[str, Span | None]


def carried(claim: Claim, spots: Iterable[Spot], article: Article) -> Claim:
    """The claim with the selectors of today's text, and as one that was made on it.

    What an analyst understood of the words stays as it is: statement, values, names. A part whose
    words stand nowhere in the text keeps them and loses its span, as if it had been typed.
    """
    spans = {
        spot.part: select(article.text, *spot.extent) if spot.extent is not None else None
        for spot in spots
    }
    return replace(
        claim,
        revision=article.revision,
        chain=tuple(_hop(hop, f"chain.{n}", spans) for n, hop in enumerate(claim.chain)),
        when=_at("when", claim.when, spans),
        quantities=tuple(
            replace(quantity, span=spans.get(f"quantities.{n}"))
            for n, quantity in enumerate(claim.quantities)
        ),
        place=_at("place", claim.place, spans),
        about=_at("about", claim.about, spans),
        hedge=_at("hedge", claim.hedge, spans),
    )


def _hop(hop: Hop, name: str, spans: _Spans) -> Hop:
    return replace(
        hop,
        source=replace(hop.source, span=spans.get(f"{name}.source")),
        cue=_at(f"{name}.cue", hop.cue, spans),
        said=_at(f"{name}.said", hop.said, spans),
    )


def _at(name: str, part: _Part | None, spans: _Spans) -> _Part | None:
    return None if part is None else replace(part, span=spans.get(name))
