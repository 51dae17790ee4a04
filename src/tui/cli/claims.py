"""`pressmark claims`: the claims that a filter leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import (
    ARTICLES,
    SETTINGS,
    Place,
    filter_of,
    filter_options,
    json_option,
    paths_argument,
    place_options,
)
from tui.cli.output import put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.exchange import Bundle


@click.command(context_settings=SETTINGS)
@paths_argument
@filter_options
@json_option("Print a JSON array: the claims as `export` writes them, with tags, title, path.")
@place_options(identity="--as")
def command(paths: tuple[Path, ...], as_json: bool, place: Place, **given: tuple[str, ...]) -> int:
    """List the claims, by article and in text order, drafts included.

    Without PATH those of the whole workspace.
    """
    wanted = filter_of(given)
    from tui.cli.opening import chosen, opened

    with opened(paths, place) as desk:
        bundle = desk.bundle(wanted, chosen(desk, paths, given[ARTICLES]))
    if as_json:
        put_json(_claims_json(bundle))
    else:
        put(_drawn(bundle))
    return 0


def _claims_json(bundle: Bundle) -> list[dict[str, Any]]:
    from tui.cli.records import objects

    tags: dict[str, list[str]] = {}
    articles = {part.article.id: part.article for part in bundle.articles}
    for part in bundle.articles:
        for placed in part.annotations.highlights:
            tags[placed.record.id] = list(bundle.codebook.resolved(placed.record.tags))
    found: list[dict[str, Any]] = []
    for item in objects(bundle):
        if item["type"] == "claim":
            article = articles[item["article"]]
            more = {"title": article.title, "path": article.path}
            found.append(item | {"tags": tags.get(item["highlight"], [])} | more)
    return found


def _drawn(bundle: Bundle) -> str:
    from tui.cli.listing import short_ids
    from tui.cli.typography import Column, table
    from tui.model.wording import format_chain, format_when

    items = [item for item in bundle.items() if item.claim is not None]
    short = short_ids(item.article.id for item in items)
    columns = (
        Column("published"),
        Column("status"),
        Column("grade"),
        Column("statement", flexible=True),
        Column("source", flexible=True, dim=True),
        Column("when", flexible=True),
        Column("tags", flexible=True, dim=True),
        Column("article", dim=True),
    )
    rows = [
        (
            item.article.published[:10],
            f"{item.status.name}{' !' if item.status.flagged else ''}",
            item.grade,
            item.claim.statement,
            format_chain(item.claim.chain[-1:]),
            format_when(item.claim.when) if item.claim.when else "",
            ", ".join(bundle.codebook.resolved(item.placed.record.tags)),
            short[item.article.id],
        )
        for item in items
        if item.claim is not None
    ]
    return table(columns, rows)
