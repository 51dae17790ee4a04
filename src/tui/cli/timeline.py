"""`pressmark timeline`: the claims by the time they are about, and what they count over time."""

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

    from tui.model.figures import Point, Scale, Series
    from tui.model.timeline import Period
    from tui.model.told import Told

_BAR = 32  # cells of the bar of a figure


@click.command(context_settings=SETTINGS)
@paths_argument
@filter_options
@json_option("Print JSON: claims in order, each with its period, and figures as series.")
@place_options(identity="--as")
def command(paths: tuple[Path, ...], as_json: bool, place: Place, asked: Asked) -> int:
    """List the claims by the time that they are about, drafts included.

    Who said what about when, those whose time is not resolved at the end; then their
    figures: those of the same unit, measure and basis about the same, with their bounds
    on one scale.

    Without PATH it is the whole workspace.
    """
    wanted = asked.filter(place, paths)
    from tui.cli.opening import chosen, opened
    from tui.model.figures import series_of

    with opened(paths, place, large=True) as desk:
        periods = desk.timeline(wanted, chosen(desk, paths, asked.articles))
    series = series_of(row for period in periods for row in period.rows)
    if as_json:
        put_json(_json(periods, series))
        return 0
    put("".join(f"{line}\n" for line in (*_lines(periods), *_figure_lines(series))))
    if not periods:
        kept = f"; {wanted.describe()}" if wanted else ""
        note(f"no claims in {', '.join(map(str, paths)) or 'the whole workspace'}{kept}")
    return 0


# as data


def _json(periods: Sequence[Period], series: Sequence[Series]) -> dict[str, Any]:
    return {
        "claims": [_claim_json(row, period.iso) for period in periods for row in period.rows],
        "figures": [
            {
                "unit": each.unit,
                "measure": each.measure,
                "basis": each.basis,
                "about": each.about,
                "points": [_point_json(point) for point in each.points],
            }
            for each in series
        ],
    }


def _claim_json(row: Told, period: str) -> dict[str, Any]:
    """What stands in a claim's line, the parts of the claim as `claims` writes them."""
    from tui.exchange.jsonl import complete

    claim = row.claim
    return {
        "id": claim.id,
        "article": row.article,
        "path": row.path,
        "title": row.title,
        "outlet": row.outlet,
        "published": row.published,
        "period": period,
        "when": complete(claim.when),
        "statement": claim.statement,
        "chain": complete(claim.chain),
        "said": row.said,
        "quantities": complete(claim.quantities),
        "about": complete(claim.about),
        "modality": claim.modality,
        "status": row.status.name,
        "stale": row.status.stale,
        "flagged": row.status.flagged,
        "grade": row.grade,
        "tags": list(row.tags),
        "by": claim.by,
    }


def _point_json(point: Point) -> dict[str, Any]:
    quantity, row = point.quantity, point.told
    when = row.claim.when
    return {
        "claim": row.claim.id,
        "edtf": when.edtf if when is not None else "",
        "earliest": when.earliest if when is not None else "",
        "latest": when.latest if when is not None else "",
        "text": quantity.text,
        "lower": quantity.lower,
        "upper": quantity.upper,
        "lower_inclusive": quantity.lower_inclusive,
        "upper_inclusive": quantity.upper_inclusive,
        "hedge": quantity.hedge,
        "source": row.claim.chain[-1].source.text if row.claim.chain else "",
        "status": row.status.name,
        "grade": row.grade,
    }


# for people


def _lines(periods: Sequence[Period]) -> Iterator[str]:
    """Each period, and under it each claim: its time and standing, its words, its source."""
    from tui.cli.saying import judged, short_ids
    from tui.cli.typography import one_line, styled, terminal_width, wrapped
    from tui.model.wording import format_attribution, format_quantity, format_when

    short = short_ids(row.article for period in periods for row in period.rows)
    width = terminal_width()
    for number, period in enumerate(periods):
        if number:
            yield ""
        yield styled(one_line(period.name), "bold")
        for row in period.rows:
            claim = row.claim
            when = format_when(claim.when) if claim.when is not None else ""
            head = (when, *judged(row.status, row.grade, row.tags), short[row.article])
            yield from wrapped(" · ".join(filter(None, head)), width, "  ")
            yield from wrapped(claim.statement, width, "    ")
            said = (format_attribution(claim.chain), *map(format_quantity, claim.quantities))
            about = " · ".join(filter(None, said))
            yield from (styled(line, "dim") for line in wrapped(about, width, "    "))


def _figure_lines(series: Sequence[Series]) -> Iterator[str]:
    """Each series on its scale, a figure a line: its bounds as number and as bar, when, by whom."""
    from tui.cli.typography import cells, one_line, styled
    from tui.model.figures import scale_of

    for each in series:
        numbers = [one_line(point.words) for point in each.points]
        column = max(map(cells, numbers))
        scale = scale_of(each.points)
        yield ""
        yield styled(one_line(each.name), "bold")
        yield styled(f"  {' ' * column}  {scale.axis(_BAR)}", "dim")
        for number, point in zip(numbers, each.points, strict=True):
            yield from _figure(f"{' ' * (column - cells(number))}{number}", point, scale)


def _figure(number: str, point: Point, scale: Scale) -> Iterator[str]:
    from tui.cli.typography import cells, styled, terminal_width, wrapped
    from tui.model.wording import format_sources

    row = point.told
    bar = scale.bar(point.quantity, _BAR)
    source = format_sources(row.claim.chain, row.outlet) or row.outlet
    aside = " · ".join(filter(None, (point.time, source, row.status.name, row.grade)))
    line = f"  {number}  {bar}{' ' * (_BAR - len(bar))}"
    width = terminal_width()
    if width is None:
        yield f"{line}  {' '.join(wrapped(aside, None))}".rstrip()
        return
    yield line.rstrip()
    indent = " " * (cells(number) + 4)
    yield from (styled(text, "dim") for text in wrapped(aside, width, indent))
