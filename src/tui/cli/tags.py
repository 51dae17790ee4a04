"""`pressmark tags`: the codebook, with how often each tag is used."""

from __future__ import annotations

from typing import Any

import click

from tui.cli.options import SETTINGS, Place, json_option, place_options
from tui.cli.output import put, put_json


@click.command(context_settings=SETTINGS)
@json_option("Print a JSON array: path, slot, colour, description, was, uses.")
@place_options()
def command(as_json: bool, place: Place) -> int:
    """List the tags of the codebook, and those in use that it does not have."""
    from tui.cli.opening import opened

    with opened((), place, read=False, large=True) as desk:
        uses = dict(desk.tag_counts())
        book = desk.codebook
    tags: list[dict[str, Any]] = [
        {
            "path": tag.path,
            "slot": tag.slot,
            "colour": tag.colour,
            "description": tag.description,
            "was": list(tag.was),
            "uses": uses.pop(tag.path, 0),
        }
        for tag in book.tags
    ]
    unlisted = {"slot": 0, "colour": "", "description": "", "was": []}
    tags += [{"path": path, **unlisted, "uses": count} for path, count in sorted(uses.items())]
    if as_json:
        put_json(tags)
    else:
        put(_drawn(tags))
    return 0


def _drawn(tags: list[dict[str, Any]]) -> str:
    from tui.cli.typography import Column, table

    columns = (
        Column("key", right=True),
        Column("tag", flexible=True),
        Column("uses", right=True),
        Column("colour", spare=True),
        Column("what it is for", flexible=True, spare=True, dim=True),
    )
    rows = [
        (tag["slot"] or "", tag["path"], tag["uses"] or "", tag["colour"], tag["description"])
        for tag in tags
    ]
    return table(columns, rows)
