"""`pressmark add`: take an article from a file or standard input into the workspace."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, PathName, Place, json_option, place_options
from tui.cli.output import put, put_json

if TYPE_CHECKING:
    from pathlib import Path

STANDARD_INPUT = "-"


@click.command(context_settings=SETTINGS)
@click.argument("file", metavar="FILE", type=PathName())
@click.option("--url", metavar="URL", default="", help="Where the article stands on the web.")
@click.option("--archive-url", metavar="URL", default="", help="Where a copy is archived.")
@click.option("--retrieved", metavar="TIME", default="", help="When it was fetched; now if absent.")
@json_option("Print JSON: id, path, title, and whether it is new.")
@place_options()
def command(
    file: Path, url: str, archive_url: str, retrieved: str, as_json: bool, place: Place
) -> int:
    """Keep the article in FILE, or on standard input for `-`, as a Markdown file.

    Any format that can be read is taken. The file lies at the top of the workspace, named by the
    day and the title, with where the article is from at its head.
    """
    from pathlib import Path

    from tui.cli.opening import opened
    from tui.cli.progress import waiting

    name = "" if str(file) == STANDARD_INPUT else str(file)
    data = Path(name).read_bytes() if name else sys.stdin.buffer.read()
    moment = _moment(retrieved)
    # Nothing else has to be read: `--workspace`, or where the command is given, says where it goes.
    with opened((), place, read=False) as desk:
        with waiting(f"reading {name or 'standard input'}"):
            added = desk.add(data, name, url=url, archive_url=archive_url, retrieved=moment)
        found: list[dict[str, Any]] = [
            {"id": article, "path": str(path), "title": desk.entry(article).title, "new": fresh}
            for article, path, fresh in added
        ]
    if as_json:
        put_json(found)
        return 0
    from tui.model.visible import visible

    for each in found:
        word = "added" if each["new"] else "already there"
        put(visible(f"{word}: {each['path']}  {each['title']}  {each['id']}") + "\n")
    return 0


def _moment(text: str) -> str:
    """A time as it is kept. Raises UsageError for what is none."""
    from datetime import datetime

    try:
        return datetime.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise click.UsageError(f"--retrieved {text}: write 2025-02-05T15:53+09:00") from error
