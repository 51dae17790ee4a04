"""`pressmark new`: what came since the last visit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import note, put, put_json

if TYPE_CHECKING:
    from pathlib import Path

    from tui.analysis.proposed_links import ProposedLink
    from tui.desk import Desk
    from tui.desk.visiting import Annotated, Arrived, Revised
    from tui.model.records import Record

KEYS = ("what", "article", "title", "outlet", "published", "path", "revision")
_TIME = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d(:\d\d(:\d\d(\.\d+)?)?)?Z?)?)?)?")


@click.command(context_settings=SETTINGS)
@paths_argument
@click.option(
    "--since",
    metavar="TIME",
    default="",
    help="Since then, in UTC, and not your last visit: 2025-02, 2025-02-05, 2025-02-05T15:53 ...",
)
@click.option("--mark", is_flag=True, help="Let this count as a visit: the next begins here.")
@json_option(f"Print a JSON array: {', '.join(KEYS)}, and by what it is more.")
@place_options()
def command(paths: tuple[Path, ...], since: str, mark: bool, as_json: bool, place: Place) -> int:
    """List what came since you left the reader last: for a nightly job.

    Articles that were not there, articles with another text, annotations of others, and claims
    that contradict each other where one of them came since. Before the first visit that is
    everything. What is new is what Pressmark had not met then, whatever its date.

    The exit code is 0, also if nothing is new.
    """
    if since and not _TIME.fullmatch(since):
        raise click.UsageError(
            f"--since {since} is no time: write 2025, 2025-02, 2025-02-05 or 2025-02-05T15:53"
        )
    from tui.cli.opening import indexed, opened, workspace_of
    from tui.config import analyst_name, load_state
    from tui.desk import DeskError
    from tui.desk.sealing import now

    with opened(paths, place, read=False) as desk:
        try:
            indexed(desk)
        except DeskError:  # no SQLite that searches: the files are read instead
            desk.scan()
        attended(desk, since.removesuffix("Z"))
        found = desk.arrived()
        if as_json:
            put_json([*_objects(found)])
        else:
            put("".join(f"{line}\n" for line in _lines(found)))
    if mark:
        state = load_state(workspace_of(paths, place.workspace), analyst_name(place.analyst))
        state.left = now()
        if not state.save():
            note(f"{state.file} could not be written: this does not count as a visit")
            return 3
    return 0


def attended(desk: Desk, since: str = "") -> None:
    """Have the desk tell what came since a time; without one, since the last visit."""
    from tui.config import arrivals_file, load_state

    since = since or load_state(desk.root, desk.analyst).left
    desk.attend(arrivals_file(desk.root, desk.analyst), since)


def _objects(found: Arrived) -> Iterator[dict[str, Any]]:
    from tui.cli.conflicts import link_json

    for head in found.articles:
        yield _head_json("article", head)
    for each in found.revised:
        yield _head_json("revision", each.head) | {"old": each.old}
    for note_ in found.annotated:
        record = note_.record
        yield _head_json("annotation", note_.head) | {
            "id": record.id,
            "type": record.type,
            "by": record.by,
            "modified": record.modified,
            "text": _text(record),
        }
    for link in found.conflicts:
        yield {"what": "conflict"} | link_json(link)


def _head_json(what: str, head: Any) -> dict[str, Any]:
    named = {"what": what, "article": head.id}
    return {key: named.get(key, getattr(head, key, "")) for key in KEYS}


def _text(record: Record) -> str:
    """What an annotation says: a claim its statement, a highlight its words, else a note."""
    from tui.model.records import Claim, Highlight
    from tui.model.spans import joined_quote

    if isinstance(record, Claim):
        return record.statement
    if isinstance(record, Highlight):
        return joined_quote(record.spans)
    return str(getattr(record, "note", ""))


def _lines(found: Arrived) -> Iterator[str]:
    """By kind, under headings with their counts."""
    from tui.cli.typography import one_line, styled

    whole = (found.articles, found.revised, found.annotated, found.conflicts)
    if not any(whole):
        note(f"nothing new since {found.since[:16]}Z" if found.since else "nothing here")
        return
    parts = (
        ("articles", [_titled(head) for head in found.articles]),
        ("revised", [_revised(each) for each in found.revised]),
        ("annotations of others", [_annotated(each) for each in found.annotated]),
        ("conflicts", [_conflict(link) for link in found.conflicts]),
    )
    blank = False
    for name, rows in parts:
        if rows:
            yield from [""] * blank
            yield styled(f"{name} · {len(rows):,}", "bold")
            yield from (f"  {one_line(row)}" for row in rows)
            blank = True


def _titled(head: Any) -> str:
    return " · ".join(filter(None, (head.published[:10], head.title or head.path, head.outlet)))


def _revised(each: Revised) -> str:
    return f"{_titled(each.head)} ({each.old[:8]} → {each.head.revision[:8]})"


def _annotated(each: Annotated) -> str:
    record = each.record
    return f"{record.by} · {record.type} · {_text(record)} ({each.head.title or each.head.path})"


def _conflict(link: ProposedLink) -> str:
    ends = (f"“{end.quote}” ({end.title})" for end in (link.from_, link.to))
    return f"{'; '.join(link.reasons)}: {' and '.join(ends)}"
