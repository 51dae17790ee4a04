"""What is proposed beside what an analyst made of it: what stands open, and what was changed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tui.model.ids import new_id
from tui.model.records import Change, Claim, Decision
from tui.model.spans import Extent, joined_quote, merged
from tui.model.views import Annotations

if TYPE_CHECKING:
    from tui.analysis import Suggestion

SAME = 0.5  # of the words of a claim and a proposal together that both have: they are one
_PARTS = (
    "statement",
    "chain",
    "when",
    "quantities",
    "place",
    "about",
    "modality",
    "hedge",
    "assessment",
    "translation",
    "note",
    "fields",
)


def still_open(
    proposals: Sequence[Suggestion], annotations: Annotations, analyst: str
) -> tuple[Suggestion, ...]:
    """The proposals that the analyst did not decide on and on which no claim rests yet.

    A rejection holds for the same words in a later text of the article too.
    """
    mine = [d for d in annotations.decisions if d.by == analyst and d.decision != "none"]
    decided = {d.suggestion for d in mine}
    rejected = {d.quote for d in mine if d.decision == "reject" and d.quote}
    claimed = _claimed(proposals, annotations)
    return tuple(
        each
        for each in proposals
        if each.id not in decided
        and each.id not in claimed
        and not (rejected and joined_quote(each.spans) in rejected)
    )


def _claimed(proposals: Sequence[Suggestion], annotations: Annotations) -> set[str]:
    """Ids of the proposals whose words are, for the most part, those of a claim."""
    starts = [each.spans[0].start for each in proposals]
    longest = max((each.spans[-1].end - each.spans[0].start for each in proposals), default=0)
    found: set[str] = set()
    for name in annotations.claims:
        placed = annotations.highlight(name)
        for extent in placed.extents if placed is not None else ():
            assert placed is not None
            first = bisect_left(starts, extent.start - longest)
            for index in range(first, bisect_left(starts, extent.end)):
                if _alike(placed.extents, proposals[index]):
                    found.add(proposals[index].id)
    return found


def _alike(extents: Iterable[Extent], proposal: Suggestion) -> bool:
    mine, its = merged(extents), merged(span.extent for span in proposal.spans)
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in mine for b in its)
    either = sum(e.end - e.start for e in (*mine, *its)) - both
    return both >= SAME * either


def decision(
    proposal: Suggestion, article: str, verdict: str, reason: str = "", changed: Iterable[str] = ()
) -> Change:
    """The record of a decision on a proposal."""
    return Change(
        None,
        Decision(
            id=new_id(),
            article=article,
            suggestion=proposal.id,
            decision=verdict,
            reason=reason,
            quote=joined_quote(proposal.spans),
            changed=tuple(changed),
        ),
    )


def changed_fields(
    claim: Claim, proposed: Claim, extents: Sequence[Extent], proposal: Suggestion
) -> Iterator[str]:
    """The names of what is not as it was proposed: `spans` and fields of the claim."""
    if extents and merged(extents) != merged(span.extent for span in proposal.spans):
        yield "spans"
    for name in _PARTS:
        if getattr(claim, name) != getattr(proposed, name):
            yield name
