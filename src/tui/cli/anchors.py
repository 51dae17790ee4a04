"""`pressmark anchors`: how each highlight sits on today's text."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.model.views import Placed

KEYS = ("id", "article", "fit", "score", "spans", "was")


@click.command(context_settings=SETTINGS)
@paths_argument
@json_option(f"Print a JSON array: {', '.join(KEYS)}.")
@place_options()
def command(paths: tuple[Path, ...], as_json: bool, place: Place) -> int:
    """Say how each highlight sits on the text of today: exact, moved, changed or orphan.

    The exit code is 1 if there are orphans.
    """
    from tui.cli.opening import opened

    with opened(paths, place) as desk:
        shown = {entry.id: entry for entry in desk.entries()}
        found = [
            (entry, placed)
            for entry, notes in desk.all_annotations()
            if not paths or entry.id in shown
            for placed in notes.highlights
        ]
    if as_json:
        put_json([_anchor_json(entry.id, placed) for entry, placed in found])
    else:
        put(_drawn([(entry.id, entry.title, placed) for entry, placed in found]))
    fits = Counter(placed.fit for _, placed in found)
    if not as_json:
        note(", ".join(f"{fits[fit]} {fit}" for fit in fits) or "nothing is marked here")
    return 1 if fits["orphan"] else 0


def _anchor_json(article: str, placed: Placed) -> dict[str, Any]:
    """Where a highlight is today, and where it was when it was made."""
    return {
        "id": placed.record.id,
        "article": article,
        "fit": placed.fit,
        "score": round(placed.score, 3),
        "spans": [{"start": e.start, "end": e.end} for e in placed.extents],
        "was": [{"start": s.start, "end": s.end} for s in placed.record.spans],
    }


def _drawn(found: list[tuple[str, str, Placed]]) -> str:
    from tui.cli.listing import short_ids
    from tui.cli.typography import Column, table
    from tui.model.spans import joined_quote

    short = short_ids(article for article, _, _ in found)
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
            joined_quote(placed.record.spans),
            title,
            short[article],
        )
        for article, title, placed in found
    ]
    return table(columns, rows)
