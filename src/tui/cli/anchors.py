"""`pressmark anchors`: how each highlight sits on today's text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import Desk
    from tui.model.spans import Extent
    from tui.model.views import Placed

KEYS = ("id", "article", "fit", "score", "spans", "was")


class Anchor(NamedTuple):
    """A highlight where it is today, with the words that stand there, a piece each."""

    article: str
    title: str
    placed: Placed
    today: tuple[str, ...]


@click.command(context_settings=SETTINGS)
@paths_argument
@json_option(f"Print a JSON array: {', '.join(KEYS)}.")
@place_options()
def command(paths: tuple[Path, ...], as_json: bool, place: Place) -> int:
    """Say how each highlight sits on the text of today: exact, moved, changed or orphan.

    Of a changed one, words that are gone stand in [-...-], those that came in {+...+}.

    The exit code is 1 if there are orphans.
    """
    from tui.cli.opening import opened

    with opened(paths, place) as desk:
        shown = {entry.id: entry for entry in desk.entries()}
        found = [
            Anchor(entry.id, entry.title, placed, _words(desk, entry.id, placed.extents))
            for entry, notes in desk.all_annotations()
            if not paths or entry.id in shown
            for placed in notes.highlights
        ]
    if as_json:
        put_json([_anchor_json(anchor) for anchor in found])
    else:
        put(_drawn(found))
    fits = Counter(anchor.placed.fit for anchor in found)
    if not as_json:
        note(", ".join(f"{fits[fit]} {fit}" for fit in fits) or "nothing is marked here")
    return 1 if fits["orphan"] else 0


def _words(desk: Desk, article: str, extents: tuple[Extent, ...]) -> tuple[str, ...]:
    """The words of today's text in these ranges."""
    return tuple(extent.of(desk.article(article).text) for extent in extents)


def _anchor_json(anchor: Anchor) -> dict[str, Any]:
    """Where a highlight is today, and where it was when it was made, each with its words."""
    placed = anchor.placed
    return {
        "id": placed.record.id,
        "article": anchor.article,
        "fit": placed.fit,
        "score": round(placed.score, 3),
        "spans": [
            {"start": extent.start, "end": extent.end, "exact": words}
            for extent, words in zip(placed.extents, anchor.today, strict=True)
        ],
        "was": [{"start": s.start, "end": s.end, "exact": s.exact} for s in placed.record.spans],
    }


def _drawn(found: list[Anchor]) -> str:
    from tui.cli.saying import short_ids
    from tui.cli.typography import Column, table

    short = short_ids(anchor.article for anchor in found)
    columns = (
        Column("fit"),
        Column("at", right=True),
        Column("was", spare=True, right=True, dim=True),
        Column("quote", flexible=True),
        Column("title", flexible=True, spare=True, dim=True),
        Column("article", dim=True),
    )
    rows = [
        (
            placed.fit,
            placed.extents[0].start if placed.extents else "",
            placed.record.spans[0].start if placed.fit != "exact" else "",
            _quote(anchor),
            anchor.title,
            short[anchor.article],
        )
        for anchor in found
        for placed in [anchor.placed]
    ]
    return table(columns, rows)


def _quote(anchor: Anchor) -> str:
    """The words as they were marked; of changed ones those before and after, and some beside."""
    from tui.anchoring.excerpts import compared, excerpt, marked
    from tui.model.spans import joined_quote

    spans = anchor.placed.record.spans
    if anchor.placed.fit != "changed":
        return joined_quote(spans)
    pairs = zip(spans, anchor.today, strict=True)
    return " … ".join(marked(excerpt(compared(span.exact, today))) for span, today in pairs)
