"""`pressmark export`: claims and highlights as a file or into a pipe."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

import click

from tui.cli.options import (
    SETTINGS,
    Asked,
    PathName,
    Place,
    filter_options,
    paths_argument,
    place_options,
)
from tui.cli.output import note, on_terminal, put_exact
from tui.cli.progress import Progress

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import DeskError
    from tui.desk.transfer import Exported

_AT_ONCE = 65_536  # code points that are given to standard output in one


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
    asked: Asked,
) -> int:
    """Export claims and highlights with their evidence, drafts included and labelled.

    Without PATH those of the whole workspace; without --output to standard output, as it
    comes.
    """
    wanted = asked.filter(place, paths)
    output = None if output and str(output) == "-" else output
    from tui.cli.opening import chosen, opened
    from tui.desk.outgoing import ALL
    from tui.exchange.formats import format_of
    from tui.model.steps import through

    if format_name == ALL and output is None:
        raise click.UsageError("--format all writes many files: name their folder with --output")
    name = format_name or (format_of(output) if output else "") or "jsonl"
    options: dict[str, Any] = {"with_text": with_text} if with_text else {}
    options |= {"bom": bom} if bom else {}
    progress = Progress()
    with opened(paths, place, large=True) as desk, progress:
        articles = chosen(desk, paths, asked.articles)
        if name == ALL and output is not None:
            spoken = Spoken(progress)
            steps = desk.exporting_all(wanted, output, spoken.say, articles=articles, **options)
            through(steps, progress.far)
            return spoken.code
        if output is None:
            with Passing() as passing:
                steps = desk.exporting(name, wanted, passing.put, articles=articles, **options)
                done = through(steps, None if on_terminal() else progress.far)
        else:
            done = desk.export(
                name, wanted, output, articles=articles, tell=progress.far, **options
            )
    _say(done)
    return 0


class Passing:
    """Gives pieces of text to standard output, many at a time."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._size = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None:
            self._pass_on()

    def put(self, piece: str) -> None:
        """Take a piece."""
        self._pieces.append(piece)
        self._size += len(piece)
        if self._size > _AT_ONCE:
            self._pass_on()

    def _pass_on(self) -> None:
        put_exact("".join(self._pieces))
        self._pieces, self._size = [], 0


class Spoken:
    """Says what came of each format as it is done; `code` is the exit code of the last failure."""

    def __init__(self, progress: Progress) -> None:
        self._progress = progress
        self.code = 0

    def say(self, done: Exported | DeskError) -> None:
        """Take what came of a format."""
        self._progress.clear()
        if isinstance(done, Exception):
            self.code = done.code
            note(str(done))
        else:
            _say(done)


def _say(done: Exported) -> None:
    """Where it went, and what could not be kept."""
    if done.path is not None:
        note(f"wrote {done.path}: {done.words}")
    for sentence in done.lost:
        note(sentence)
