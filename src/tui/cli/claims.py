"""`pressmark claims`: the claims that a filter leaves."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import (
    SETTINGS,
    Asked,
    Place,
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
    from tui.model.told import Told

_LOST = "no highlight any more"


@click.command(context_settings=SETTINGS)
@paths_argument
@filter_options
@click.option(
    "--sort",
    metavar="NAME",
    default="article",
    help="In this order, see above; by article if not given.",
)
@click.option("--group", metavar="NAME", default="", help="Under headings of this kind.")
@json_option("Print a JSON array: the claims as `export` writes them, with tags, title, path.")
@place_options(identity="--as")
def command(
    paths: tuple[Path, ...],
    as_json: bool,
    place: Place,
    sort: str,
    group: str,
    asked: Asked,
) -> int:
    """List the claims, by article and in text order, drafts included.

    Without PATH those of the whole workspace.

    Orders: article, time (that they are about), source, grade, status, changed (newest
    first). Headings: source, tag (a claim stands under each of its own), status, grade.
    What is sorted by grade has headings, as F and 6 are no rank.
    """
    wanted = asked.filter(place, paths)
    _check(sort, group)
    from tui.cli.opening import chosen, opened

    with opened(paths, place, large=True) as desk:
        articles = chosen(desk, paths, asked.articles)
        bundle = desk.bundle(wanted, articles)
        told = [row for part in desk.told(wanted, articles) for row in part]
    order = _in_order(told, bundle, sort, group)
    if as_json:
        put_json(_claims_json(bundle, order))
        return 0
    drawn = "".join(f"{line}\n" for line in _lines(bundle, order))
    put(drawn)
    if not drawn:
        note(f"no claims in {bundle.scope.partition('; ')[2]}")
    return 0


def _check(sort: str, group: str) -> None:
    """Raises UsageError for an order or a kind of headings that there is not."""
    from tui.model.ordering import GROUPS, SORTS
    from tui.model.wording import format_list

    if sort not in SORTS:
        raise click.UsageError(f"--sort: no order {sort!r}: there are {format_list(SORTS)}")
    if group and group not in GROUPS:
        raise click.UsageError(f"--group: no headings {group!r}: there are {format_list(GROUPS)}")


def _in_order(
    told: Sequence[Told], bundle: Bundle, sort: str, group: str
) -> list[tuple[str | None, Sequence[str]]]:
    """Headings (None: there are none) and ids of the claims under them.

    Claims whose highlight somebody else deleted come last, where it is not by article.
    """
    from tui.model.ordering import grouped, headings, reordered

    listed = [item.claim.id for item in bundle.items() if item.claim is not None]
    by = headings(sort, group)
    if sort == "article" and not by:
        return [(None, listed)]
    known = {row.claim.id: row for row in told}
    rows = reordered([known[name] for name in listed if name in known], sort)
    lost = [name for name in listed if name not in known]
    if not by:
        return [(None, [*(row.claim.id for row in rows), *lost])]
    found: list[tuple[str | None, Sequence[str]]] = [
        (each.name, [row.claim.id for row in each.rows]) for each in grouped(rows, by)
    ]
    return [*found, (_LOST, lost)] if lost else found


def _claims_json(
    bundle: Bundle, order: Sequence[tuple[str | None, Sequence[str]]]
) -> list[dict[str, Any]]:
    from tui.cli.records import objects

    tags: dict[str, list[str]] = {}
    articles: dict[str, Article] = {}  # by their ids
    owners: dict[str, Article] = {}  # by claim: it may bear the id of an older version
    for part in bundle.articles:
        articles[part.article.id] = part.article
        owners |= dict.fromkeys((c.id for c in part.annotations.all_claims()), part.article)
        for placed in part.annotations.highlights:
            tags[placed.record.id] = list(bundle.codebook.resolved(placed.record.tags))
    found: dict[str, dict[str, Any]] = {}
    for item in objects(bundle):
        if item["type"] == "claim":
            article = owners.get(item["id"]) or articles.get(item["article"])
            more = {
                "title": article.title if article else "",
                "path": article.path if article else "",
            }
            found[item["id"]] = item | {"tags": tags.get(item["highlight"], [])} | more
    return [
        found[name] | ({"group": heading} if heading is not None else {})
        for heading, names in order
        for name in names
    ]


def _lines(bundle: Bundle, order: Sequence[tuple[str | None, Sequence[str]]]) -> Iterator[str]:
    """Each claim set in a few lines: when and what it is judged to be, its words, its source."""
    from tui.cli.saying import short_ids
    from tui.cli.typography import one_line, styled, terminal_width

    items = {item.claim.id: item for item in bundle.items() if item.claim is not None}
    short = short_ids(item.article.id for item in items.values())
    width = terminal_width()
    blank = False
    for heading, names in order:
        if heading is not None:
            yield from [""] * blank
            yield styled(one_line(f"{heading} · {len(names):,}"), "bold")
            blank = True
        for item in map(items.__getitem__, names):
            yield from [""] * blank
            blank = True
            yield from _claim_lines(bundle, item, short[item.article.id], width)


def _claim_lines(bundle: Bundle, item: Item, short: str, width: int | None) -> Iterator[str]:
    from tui.cli.saying import judged
    from tui.cli.typography import styled, wrapped

    tags = bundle.codebook.resolved(item.placed.record.tags)
    head = (item.article.published[:10], *judged(item.status, item.grade, tags), short)
    yield from (styled(line, "dim") for line in wrapped(" · ".join(filter(None, head)), width))
    if item.claim is not None:
        yield from wrapped(item.claim.statement, width, "  ")
        about = " · ".join(_said(item.claim))
        yield from (styled(line, "dim") for line in wrapped(about, width, "  "))


def _said(claim: Claim) -> Iterator[str]:
    from tui.model.wording import format_chain, format_quantity, format_when

    if claim.chain:
        yield format_chain(claim.chain)
    if claim.when is not None:
        yield format_when(claim.when)
    yield from map(format_quantity, claim.quantities)
