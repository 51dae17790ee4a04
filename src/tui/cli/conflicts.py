"""`pressmark conflicts`: what claims of different articles make of each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.analysis.proposed_links import ProposedLink, Quoted

KINDS = ("contradicts", "updates", "repeats", "supports")
KEYS = ("id", "kind", "score", "reasons", "from", "to")
_MEANINGS = {
    "contradicts": "figures that cannot both be true",
    "updates": "a later figure in place of an earlier one",
    "repeats": "the same statement of one source: no corroboration",
    "supports": "the same figure from another source",
}


@click.command(context_settings=SETTINGS)
@paths_argument
@click.option(
    "--kind",
    "kinds",
    metavar="KIND",
    multiple=True,
    type=click.Choice(KINDS),
    help="Only contradicts, updates, repeats or supports; may be given several times.",
)
@click.option(
    "--proposals",
    is_flag=True,
    help="Compare what is proposed for the articles too, and not only claims.",
)
@json_option(f"Print a JSON array: {', '.join(KEYS)}.")
@place_options()
def command(
    paths: tuple[Path, ...], kinds: tuple[str, ...], proposals: bool, as_json: bool, place: Place
) -> int:
    """List links that claims of different articles bear out, by kind, with reasons.

    Figures that cannot both be true, later figures, statements that go back to one source, figures
    that another source gives too. Each with both quotes. Nothing is linked by this: link two claims
    in the reader. With PATHs those with at least one end in their articles.

    The exit code is 1 if there are contradictions among them.
    """
    from tui.cli.opening import opened
    from tui.cli.progress import Progress
    from tui.cli.saying import outcome, unread

    with opened(paths, place) as desk:
        shown = {entry.id for entry in desk.entries()}
        progress = Progress()
        try:
            found = desk.conflicts(
                kinds,
                articles=shown if paths else None,
                proposals=proposals,
                progress=progress.comparing,
            )
        finally:
            progress.clear()
        missed = unread(desk, paths)
    if paths and (missed or not shown):
        return outcome(desk, paths, found=bool(shown), missed=missed)
    found.sort(key=lambda link: KINDS.index(link.kind))
    if as_json:
        put_json([link_json(link) for link in found])
    else:
        put("".join(f"{line}\n" for line in _lines(found)))
        counts = Counter(link.kind for link in found)
        said = ", ".join(f"{counts[kind]} {kind}" for kind in KINDS if counts[kind])
        note(said or "no two claims were found that repeat, update or contradict each other")
    return 1 if any(link.kind == "contradicts" for link in found) else 0


def link_json(link: ProposedLink) -> dict[str, Any]:
    """A proposed link with both ends."""
    return {
        "id": link.id,
        "kind": link.kind,
        "score": link.score,
        "reasons": list(link.reasons),
        "from": _end_json(link.from_),
        "to": _end_json(link.to),
    }


def _end_json(end: Quoted) -> dict[str, Any]:
    """One end; `id` is that of the claim or, if it is `proposed`, of the proposal."""
    return {
        "id": end.id,
        "proposed": end.proposed,
        "article": end.article,
        "title": end.title,
        "outlet": end.outlet,
        "published": end.published,
        "revision": end.revision,
        "spans": [{"start": extent.start, "end": extent.end} for extent in end.extents],
        "quote": end.quote,
    }


def _lines(found: list[ProposedLink]) -> Iterator[str]:
    """By kind, the surest first: the reasons, then both quotes with their articles."""
    from tui.cli.saying import short_ids
    from tui.cli.typography import styled, terminal_width, wrapped

    short = short_ids(end.article for link in found for end in (link.from_, link.to))
    width = terminal_width()
    kind = ""
    for link in found:
        if link.kind != kind:
            if kind:
                yield ""
            kind = link.kind
            yield styled(f"{kind}: {_MEANINGS[kind]}", "bold")
        yield ""
        reasons, *rest = wrapped("; ".join(link.reasons), width, "        ")
        yield f"  {link.score:.2f}  {reasons.lstrip()}"
        yield from rest
        for end in (link.from_, link.to):
            yield from wrapped(f"“{end.quote}”", width, "        ")
            whence = " · ".join(filter(None, _whence(end, short[end.article])))
            yield from (styled(line, "dim") for line in wrapped(whence, width, "          "))


def _whence(end: Quoted, article: str) -> Iterator[str]:
    yield end.published[:10]
    yield end.outlet
    yield end.title
    yield "proposed" if end.proposed else ""
    yield f"{article} at {end.extents[0].start}" if end.extents else article
