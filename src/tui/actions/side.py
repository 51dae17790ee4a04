"""Keys of what opens at the side: the codebook, the timeline of claims."""

from __future__ import annotations

from functools import partial

from tui.actions.kinds import DESK, SLOTS, Action

_claims = partial(Action, group="claims")
_codebook = partial(Action, group="codebook")

CODEBOOK = (
    _codebook("codebook.open", ("B",), DESK, "the codebook", short="codebook"),
    _codebook(
        "codebook.rename",
        ("enter",),
        ("codebook",),
        "rename or move the tag: edit its whole path",
        short="rename",
    ),
    _codebook(
        "codebook.merge",
        (";j",),
        ("codebook",),
        "join it into another tag, after a preview",
        short="join into",
    ),
    _codebook(
        "codebook.parent", (";i",), ("codebook",), "lay it inside another tag", short="inside"
    ),
    _codebook("codebook.colour", (";o",), ("codebook",), "its colour", short="colour"),
    _codebook(
        "codebook.description",
        ("i", ";n"),
        ("codebook",),
        "its description",
        short="description",
    ),
    _codebook(
        "codebook.slot",
        ("",),
        ("codebook",),
        "lay the tag on this slot; once more takes it off",
        short="slot",
        choices=SLOTS,
    ),
    _codebook("codebook.new", ("t",), ("codebook",), "a new tag", short="new tag"),
    _codebook(
        "codebook.remove",
        ("d", "delete"),
        ("codebook",),
        "take the tag out of the codebook; what carries it keeps it",
        short="remove",
    ),
)

TIMELINE = (
    _claims(
        "timeline.open",
        ("T",),
        DESK,
        "the timeline: all claims by the time they are about",
        short="timeline",
    ),
    _claims(
        "timeline.go",
        ("enter",),
        ("timeline",),
        "to the claim in its article; the timeline opens again where it was",
        short="go there",
    ),
    _claims(
        "timeline.figures",
        ("#",),
        ("timeline",),
        "figures over time, or the claims again",
        short="figures",
    ),
    _claims(
        "timeline.scope",
        ("tab",),
        ("timeline",),
        "this article alone, or the whole workspace",
        short="this article",
    ),
    _claims(
        "timeline.next-period",
        ("}",),
        ("timeline",),
        "to the next year, month or day; among figures to the next series",
        short="next period",
    ),
    _claims("timeline.previous-period", ("{",), ("timeline",), "to the period or series before"),
)
