"""`pressmark search`: words in all articles, highlights, claims and notes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from tui.cli.completing import saved_completions
from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.desk import Hit
    from tui.model.spans import Extent

KINDS = ("article", "highlight", "claim", "note")
LIMIT = 20


@click.command(context_settings=SETTINGS)
@click.argument("query", shell_complete=saved_completions)
@paths_argument
@click.option(
    "--kind",
    "kinds",
    type=click.Choice(KINDS),
    multiple=True,
    help="Only this; may be given several times.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, 100_000),
    default=LIMIT,
    show_default=True,
    help="At most so many, the best first.",
)
@json_option("Print a JSON array: kind, article, id, start, end, snippet, score.")
@place_options()
def command(
    query: str,
    paths: tuple[Path, ...],
    kinds: tuple[str, ...],
    limit: int,
    as_json: bool,
    place: Place,
) -> int:
    """Find words in all articles of the PATHs, or of the workspace, and in what is marked in them.

    QUERY is one argument: words, "phrases", beg* for how words begin, AND, OR, NOT, parentheses;
    tag: source: status: by: after: before: as in the reader. Of Korean any part of a word is
    found. @NAME stands for what you saved under a name in the reader. The first search builds an
    index in your cache folder.
    """
    from tui.cli.opening import indexed, opened

    with opened(paths, place, read=False) as desk:
        query = desk.expanded(query)
        indexed(desk)
        found = desk.search(query, kinds, limit)
    if as_json:
        put_json([_hit_json(hit) for hit in found])
    else:
        put("".join(f"{line}\n" for line in _lines(found)))
    if found:
        return 0
    if not as_json:
        note(f"nothing found for {query}")
    return 1


def _hit_json(hit: Hit) -> dict[str, Any]:
    return {
        "kind": hit.kind,
        "article": hit.article,
        "id": hit.id,
        "start": hit.place.start if hit.place is not None else None,
        "end": hit.place.end if hit.place is not None else None,
        "snippet": hit.snippet,
        "score": round(hit.score, 4),
        "title": hit.title,
        "path": hit.path,
    }


def _lines(found: Sequence[Hit]) -> Iterator[str]:
    """Each hit in a few lines: what and where it is, then the words around it."""
    from tui.cli.saying import short_ids
    from tui.cli.typography import one_line, styled, terminal_width, wrapped

    short = short_ids(hit.article for hit in found)
    width = terminal_width()
    for index, hit in enumerate(found):
        if index:
            yield ""
        kind = hit.kind if hit.kind != "article" else ""
        title = one_line(hit.title) or one_line(hit.path)
        head = " · ".join(filter(None, (hit.published[:10], title, kind, short[hit.article])))
        yield from (styled(line, "dim") for line in wrapped(head, width))
        yield from _emphasised(wrapped(hit.snippet, width, "  "), hit.snippet, hit.marks)


def _emphasised(lines: Sequence[str], snippet: str, marks: Sequence[Extent]) -> Iterator[str]:
    """The lines of a snippet with the words that were found in bold."""
    from tui.cli.typography import one_line, styled

    shown = one_line(snippet)
    if len(shown) != len(snippet):
        yield from lines
        return
    at = 0
    for line in lines:
        words = line.lstrip(" ")
        start = shown.index(words, at)
        at = start + len(words)
        drawn = line[: len(line) - len(words)]
        last = start
        for mark in marks:
            a, b = max(mark.start, last), min(mark.end, at)
            if a < b:
                drawn += shown[last:a] + styled(shown[a:b], "bold")
                last = b
        yield drawn + shown[last:at]
