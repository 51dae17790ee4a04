"""Keys of what opens at the side: codebook, list of claims, timeline, what a search found."""

from __future__ import annotations

from functools import partial

from tui.actions.kinds import DESK, REASONS, SLOTS, Action

_claims = partial(Action, group="claims")
_listed = partial(Action, group="claims", modes=("claims",))
_search = partial(Action, group="reading")
_codebook = partial(Action, group="codebook")
_OPENING = (*DESK, "claims", "timeline")  # modes in which a list of claims opens, or is made anew

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

LIST = (
    _claims(
        "claims.open",
        ("L",),
        _OPENING,
        "all claims as a table",
        short="claims",
    ),
    _listed(
        "claims.go",
        ("enter",),
        summary="to the claim in its article; the list opens again where it was",
        short="go there",
    ),
    _listed(
        "claims.scope",
        ("tab",),
        summary="this article alone, or the whole workspace",
        short="this article",
    ),
    _listed(
        "claims.sort",
        ("O",),
        summary="sort: by article, time, source, grade, status, newest change",
        short="sort",
    ),
    _listed(
        "claims.group",
        ("H",),
        summary="put headings over them: sources, tags, statuses, grades, or none",
        short="headings",
    ),
    _listed("claims.next-group", ("}",), summary="to the next heading", short="next heading"),
    _listed("claims.previous-group", ("{",), summary="to the heading before"),
    _listed(
        "claims.select",
        ("v",),
        summary="select this claim, or let go of it, and on",
        short="select",
    ),
    _listed(
        "claims.select-more",
        ("s",),
        summary="select the claim, all under its heading, all that are shown",
        short="select more",
    ),
    _listed("claims.select-less", ("S",), summary="select less"),
    _listed(
        "claims.accept", ("a",), summary="accept what is selected, else the claim", short="accept"
    ),
    _listed(
        "claims.reject", ("x",), summary="reject what is selected, else the claim", short="reject"
    ),
    _listed(
        "claims.reject-reason",
        ("X",),
        summary="reject it with a reason",
        short="reject because",
        choices=REASONS,
    ),
    _listed("claims.flag", ("!",), summary="flag it for another look", short="flag"),
    _listed(
        "claims.tag-slot",
        ("",),
        summary="tag what is selected, else the claim, with this slot; "
        "where all have it, it is taken off",
        short="tag",
        choices=SLOTS,
    ),
    _listed("claims.tag", ("t",), summary="pick a tag for it by typing", short="tag"),
    _listed("claims.repeat-tag", (".",), summary="the last tag once more", short="again"),
    _listed("claims.undo", ("u", "ctrl+z"), summary="undo, whole", short="undo"),
    _listed("claims.redo", ("U", "ctrl+y"), summary="redo, whole", short="redo"),
)

TIMELINE = (
    _claims(
        "timeline.open",
        ("T",),
        _OPENING,
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

SEARCH = (
    _search(
        "search.open",
        ("g/",),
        (*_OPENING, "search"),
        "search all articles, highlights, claims and notes",
        short="search all",
    ),
    _search(
        "search.go",
        ("enter",),
        ("search",),
        "to the place in its article; n and N then go through all that was found",
        short="go there",
    ),
    _search(
        "search.query",
        ("tab", "/", "F"),
        ("search",),
        "back to the line that is searched for",
        short="query",
    ),
)
