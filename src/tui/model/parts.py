"""The parts of a claim that stand in the text."""

from __future__ import annotations

from collections.abc import Iterator

from tui.model.records import Claim
from tui.model.spans import Span


def claim_spans(claim: Claim) -> Iterator[tuple[str, Span]]:
    """Each span inside a claim with the field it belongs to, in the order of the fields.

    The fields are named as in the exchange format: `chain.0.source`, `when`, `quantities.1`.
    """
    for part, span in _parts(claim):
        if span is not None:
            yield part, span


def _parts(claim: Claim) -> Iterator[tuple[str, Span | None]]:
    for i, hop in enumerate(claim.chain):
        yield f"chain.{i}.source", hop.source.span
        yield f"chain.{i}.cue", hop.cue.span if hop.cue else None
        yield f"chain.{i}.said", hop.said.span if hop.said else None
    yield "when", claim.when.span if claim.when else None
    for i, quantity in enumerate(claim.quantities):
        yield f"quantities.{i}", quantity.span
    for part, phrase in (("place", claim.place), ("about", claim.about), ("hedge", claim.hedge)):
        yield part, phrase.span if phrase else None
