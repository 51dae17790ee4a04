"""`pressmark import`: bring in what another Pressmark, or another program, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, PathName, Place, json_option, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

COUNTS = (
    "added", "updated", "equal", "older", "deleted", "restored", "reanchored", "orphaned",
    "tags", "sources", "ignored", "changed",
)  # fmt: skip
_SAID = 8  # refused lines that are said one by one


@click.command(context_settings=SETTINGS)
@click.argument("file", metavar="FILE", type=PathName())
@click.option(
    "--format",
    "format_name",
    metavar="NAME",
    default="",
    help="One that `pressmark formats` lists; told by what is in FILE if it is not given.",
)
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@click.option("--restore", is_flag=True, help="Bring back your own that you deleted here.")
@json_option("Print JSON: counts by name, and what was refused with reasons.")
@place_options()
def command(
    file: Path, format_name: str, dry_run: bool, restore: bool, as_json: bool, place: Place
) -> int:
    """Bring in what another Pressmark, or another program, wrote: a FILE, or a folder.

    What another analyst wrote stays theirs, what was deleted here stays deleted. The exit code is
    1 if something was refused, 2 if everything was.
    """
    from tui.cli.opening import opened
    from tui.cli.progress import Progress

    with opened((), place) as desk, Progress() as progress:
        done = desk.import_(file, format_name, dry_run, restore=restore, tell=progress.far)
        desk.flush()
    refused = [{"line": line, "reason": reason} for line, reason in done.refused]
    found: dict[str, Any] = {name: getattr(done, name) for name in COUNTS}
    found |= {"left_out": dict(done.left_out)}
    found |= {"refused": refused, "dry_run": dry_run}
    if as_json:
        put_json(found)
    else:
        put(f"{done.words}\n")
        if done.deleted and not restore:
            note("--restore brings back your own that you deleted here")
        for line, reason in done.refused[:_SAID]:
            note(f"{file}, line {line}: {reason}" if line else f"{file}: {reason}")
        if len(refused) > _SAID:
            note(f"and {len(refused) - _SAID} more: --json lists all")
    taken = any(found[name] for name in COUNTS)
    return 0 if not refused else 1 if taken else 2
