"""`pressmark export`: claims and highlights as a file or into a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import (
    ARTICLES,
    SETTINGS,
    PathName,
    Place,
    filter_of,
    filter_options,
    paths_argument,
    place_options,
)
from tui.cli.output import note, put_exact

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk.transfer import Exported

ALL = "all"  # every format that there is


@click.command(context_settings=SETTINGS)
@paths_argument
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    help="One that `pressmark formats` lists, or all; by the name of FILE if it is not given, else "
    "jsonl.",
)
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=PathName(),
    help="Write to FILE, whole or not at all; a folder for a format that is one, and for all.",
)
@click.option(
    "--with-text", is_flag=True, help="Add the canonical text of each article (jsonl, w3c)."
)
@click.option("--bom", is_flag=True, help="Begin with a byte-order mark, for Excel (csv).")
@filter_options
@place_options(identity="--as")
def command(
    paths: tuple[Path, ...],
    format_name: str | None,
    output: Path | None,
    with_text: bool,
    bom: bool,
    place: Place,
    **given: tuple[str, ...],
) -> int:
    """Export claims and highlights with their evidence, drafts included and labelled.

    Without PATH those of the whole workspace; without --output to standard output.
    """
    wanted = filter_of(given, place, paths)
    output = None if output and str(output) == "-" else output
    from tui.cli.opening import chosen, opened
    from tui.exchange.formats import format_of

    if format_name == ALL and output is None:
        raise click.UsageError("--format all writes many files: name their folder with --output")
    name = format_name or (format_of(output) if output else "") or "jsonl"
    options: dict[str, Any] = {"with_text": with_text} if with_text else {}
    options |= {"bom": bom} if bom else {}
    with opened(paths, place) as desk:
        articles = chosen(desk, paths, given[ARTICLES])
        if name == ALL and output is not None:
            from tui.desk import DeskError

            failed = 0
            for each in desk.export_all(wanted, output, articles=articles, **options):
                if isinstance(each, DeskError):
                    failed = each.code
                    note(str(each))
                else:
                    _say(each)
            return failed
        done = desk.export(name, wanted, output, articles=articles, **options)
    if output is None:
        put_exact(done.text)
    _say(done)
    return 0


def _say(done: Exported) -> None:
    """Where it went, and what could not be kept."""
    if done.path is not None:
        note(f"wrote {done.path}: {done.words}")
    for sentence in done.lost:
        note(sentence)
