"""`pressmark [OPTIONS] [PATH ...]`: open the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tui.cli.options import SETTINGS, Place, paths_argument, place_options
from tui.cli.page import PAGE
from tui.cli.starting import start
from tui.version import VERSION


class Reader(click.Command):
    """The command without a name; its help is the first page."""

    def get_help(self, ctx: click.Context) -> str:  # noqa: ARG002
        """The first page, in its own words."""
        return PAGE.rstrip("\n")


if TYPE_CHECKING:
    from pathlib import Path


@click.command(cls=Reader, context_settings=SETTINGS)
@paths_argument
@place_options()
@click.option("--tour", is_flag=True, help="Open the sample articles.")
@click.version_option(VERSION, message="pressmark %(version)s")
def command(paths: tuple[Path, ...], place: Place, tour: bool) -> int:
    """Open the reader."""
    if tour and (paths or place.workspace):
        raise click.UsageError("--tour opens the sample articles: no PATH and no --workspace")
    return start(
        paths,
        workspace=place.workspace,
        analyst=place.analyst,
        encoding=place.encoding,
        tour=tour,
    )
