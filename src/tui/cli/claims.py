"""`pressmark claims`: the claims that a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator
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
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.exchange import Bundle
    from tui.exchange.bundles import Item
    from tui.model.articles import Article
    from tui.model.records import Claim


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
        return 0
    drawn = "".join(f"{line}\n" for line in _lines(bundle))
    put(drawn)
    if not drawn:
        note(f"no claims in {bundle.scope.partition('; ')[2]}")
    return 0


def _claims_json(bundle: Bundle) -> list[dict[str, Any]]:
    from tui.cli.records import objects

    tags: dict[str, list[str]] = {}
    articles: dict[str, Article] = {}  # by their ids
    owners: dict[str, Article] = {}  # by claim: it may bear the id of an older version
    for part in bundle.articles:
        articles[part.article.id] = part.article
        owners |= dict.fromkeys((c.id for c in part.annotations.all_claims()), part.article)
        for placed in part.annotations.highlights:
            tags[placed.record.id] = list(bundle.codebook.resolved(placed.record.tags))
    found: list[dict[str, Any]] = []
    for item in objects(bundle):
        if item["type"] == "claim":
            article = owners.get(item["id"]) or articles.get(item["article"])
            more = {
                "title": article.title if article else "",
                "path": article.path if article else "",
            }
            found.append(item | {"tags": tags.get(item["highlight"], [])} | more)
    return found


def _lines(bundle: Bundle) -> Iterator[str]:
    """Each claim set in a few lines: when and what it is judged to be, its words, its source."""
    from tui.cli.listing import short_ids
    from tui.cli.typography import styled, terminal_width, wrapped

    items = [item for item in bundle.items() if item.claim is not None]
    short = short_ids(item.article.id for item in items)
    width = terminal_width()
    for index, item in enumerate(items):
        if index:
            yield ""
        head = " · ".join(filter(None, (*_judged(bundle, item), short[item.article.id])))
        yield from (styled(line, "dim") for line in wrapped(head, width))
        if item.claim is not None:
            yield from wrapped(item.claim.statement, width, "  ")
            about = " · ".join(_said(item.claim))
            yield from (styled(line, "dim") for line in wrapped(about, width, "  "))


def _judged(bundle: Bundle, item: Item) -> Iterator[str]:
    yield item.article.published[:10]
    yield item.status.name
    yield "flagged" if item.status.flagged else ""
    yield item.grade
    yield ", ".join(bundle.codebook.resolved(item.placed.record.tags))


def _said(claim: Claim) -> Iterator[str]:
    from tui.model.wording import format_chain, format_quantity, format_when

    if claim.chain:
        yield format_chain(claim.chain)
    if claim.when is not None:
        yield format_when(claim.when)
    yield from map(format_quantity, claim.quantities)
