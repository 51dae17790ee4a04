"""`pressmark list`: the articles."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli.completing import saved_completions
from tui.cli.options import (
    SETTINGS,
    Place,
    expanded,
    json_option,
    paths_argument,
    place_options,
)
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import Desk, Entry
    from tui.desk.sifting import Sieve

KEYS = (
    "id", "path", "title", "outlet", "byline", "url", "language", "encoding", "published",
    "modified", "revision", "highlights", "claims", "done", "replaced",
)  # fmt: skip


@click.command(context_settings=SETTINGS)
@paths_argument
@click.option(
    "--filter",
    "words",
    metavar="LINE",
    multiple=True,
    help="A line as typed behind F in the list: 'is:open tag:military kursk', or @NAME.",
    shell_complete=saved_completions,
)
@json_option(f"Print a JSON array: {', '.join(KEYS)}.")
@place_options()
def command(paths: tuple[Path, ...], words: tuple[str, ...], as_json: bool, place: Place) -> int:
    """List the articles of the PATHs, or of the whole workspace, oldest first.

    With --filter those that it means; the exit code is 1 if there are none.
    """
    from tui.cli.opening import opened
    from tui.cli.saying import outcome, unread

    sieve = _sieve(" ".join(words), place, paths)
    # What contradicts is told where all claims are in memory.
    large = not any(state.removeprefix("is:") == "conflict" for state in sieve.states)
    with opened(paths, place, large=large) as desk:
        entries = list(desk.entries())
        if sieve and entries:
            meant = _meant(desk, sieve)
            entries = [entry for entry in entries if entry.id in meant]
            if not entries:
                note(f"no article has “{sieve.typed}”")
                return 1
        missed = unread(desk, paths)
    if as_json:
        put_json([entry_json(entry) for entry in entries])
    elif entries:
        put(_drawn(entries))
    return outcome(desk, paths, found=bool(entries), missed=missed)


def _sieve(line: str, place: Place, paths: Sequence[Path]) -> Sieve:
    """The filter of a line; raises UsageError, with one sentence, for what makes none."""
    from tui.desk.sifting import parse_sieve

    try:
        return parse_sieve(expanded(line, place, paths))
    except ValueError as error:
        raise click.UsageError(f"--filter: {error}") from error


def _meant(desk: Desk, sieve: Sieve) -> frozenset[str]:
    """Ids of the articles that are meant; the index is brought up to date where that is asked."""
    from tui.cli.new import attended
    from tui.cli.opening import indexed
    from tui.desk.sifting import NEWS

    if sieve.asks_index:
        indexed(desk)
    if any(state.removeprefix("is:") in NEWS for state in sieve.states):
        attended(desk)
        desk.look()
    return desk.filtered(sieve)


def entry_json(entry: Entry) -> dict[str, Any]:
    """What `list` and `show` say of an article."""
    return {key: getattr(entry, key) for key in KEYS}


def _drawn(entries: Sequence[Entry]) -> str:
    from tui.cli.saying import short_ids
    from tui.cli.typography import Column, table

    short = short_ids(entry.id for entry in entries)
    columns = (
        Column("published"),
        Column("title", flexible=True),
        Column("outlet", flexible=True, spare=True, dim=True),
        Column("marks", spare=True, right=True),
        Column("claims", spare=True, right=True),
        Column("done", spare=True),
        Column("id", dim=True),
    )
    rows = [
        (
            entry.published[:10],
            entry.title,
            entry.outlet,
            entry.highlights or "",
            entry.claims or "",
            "✓" if entry.done else "",
            short[entry.id],
        )
        for entry in entries
    ]
    return table(columns, rows)
