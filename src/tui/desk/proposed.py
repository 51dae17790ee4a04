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
    """Ids of the proposals that claims stand for.

    Those that have most of their words in common with one; and of those that lie within it, as the
    statement of a sentence does, for each claim on those words the likest.
    """
    starts = [each.spans[0].start for each in proposals]
    longest = max((each.spans[-1].end - each.spans[0].start for each in proposals), default=0)
    found: set[str] = set()
    for name, claims in annotations.claims.items():
        placed = annotations.highlight(name)
        if placed is None or not placed.extents:
            continue
        first = bisect_left(starts, placed.start - longest)
        near = proposals[first : bisect_left(starts, placed.extents[-1].end)]
        likeness = [(_likeness(placed.extents, each), each.id) for each in near]
        alike = {each for (same, _), each in likeness if same >= SAME}
        within = sorted((same, each) for (same, whole), each in likeness if whole)
        rest = max(0, len(claims) - len(alike))
        found |= alike | {each for _, each in within[len(within) - rest :]}
    return found


def _likeness(extents: Iterable[Extent], proposal: Suggestion) -> tuple[float, bool]:
    """How much of their words the two have in common, and if the extents have all of its own."""
    mine, its = merged(extents), merged(span.extent for span in proposal.spans)
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in mine for b in its)
    own = sum(e.end - e.start for e in its)
    either = sum(e.end - e.start for e in mine) + own - both
    return both / either, both == own


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
