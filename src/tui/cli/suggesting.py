"""`pressmark suggest`: claims that plain rules propose, and all dates and quantities."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click
from msgspec.structs import replace

from tui.cli.options import SETTINGS, Place, json_option, paths_argument, place_options
from tui.cli.output import put, put_json_line

if TYPE_CHECKING:
    from pathlib import Path

    from tui.analysis import Dated, Suggestion, Suggestions
    from tui.desk import Entry
    from tui.model.records import Hop, Phrase, Quantity, When
    from tui.model.spans import Span


@click.command(context_settings=SETTINGS)
@paths_argument
@json_option("Print a line of JSON an article: article, proposals, dates, quantities.")
@place_options()
def command(paths: tuple[Path, ...], as_json: bool, place: Place) -> int:
    """Propose claims for the articles of the PATHs, or of the whole workspace.

    Who said what, about when, how many and how sure, as plain rules read it: attributed
    statements, the most worth checking first, by what you took and dropped so far
    (see pressmark learner). Nothing is saved in the workspace.

    All cores work. What is done is kept in the cache: after Ctrl+C the same command goes on.
    """
    from tui.cli.opening import opened
    from tui.cli.progress import Progress
    from tui.cli.saying import outcome, unread

    with opened(paths, place) as desk:
        entries = {entry.id: entry for entry in desk.entries()}
        progress = Progress()
        try:
            for each in desk.suggest_all(
                [*entries], lambda done: progress.proposals(done, len(entries))
            ):
                progress.clear()
                found = replace(each, proposals=desk.ranked(each.proposals))
                if as_json:
                    put_json_line(suggestions_json(found))
                else:
                    put(_drawn(entries[found.article], found))
        finally:
            progress.clear()
        missed = unread(desk, paths)
    return outcome(desk, paths, found=bool(entries), missed=missed)


def suggestions_json(found: Suggestions) -> dict[str, Any]:
    """What is proposed for an article, in text order, and all that its text dates and counts."""
    return {
        "article": found.article,
        "proposals": [_proposal_json(each) for each in found.proposals],
        "dates": [_dated_json(each) for each in found.dates],
        "quantities": [_quantity_json(each) for each in found.quantities],
    }


def _proposal_json(found: Suggestion) -> dict[str, Any]:
    return {
        "id": found.id,
        "spans": _spans(found.spans),
        "chain": [_hop_json(hop) for hop in found.chain],
        "when": _when_json(found.when, "time" if "T" in found.when.edtf else "date")
        if found.when is not None
        else None,
        "quantities": [_quantity_json(each) for each in found.quantities],
        "modality": found.modality,
        "hedge": _phrase_json(found.hedge),
        "rank": found.rank,
        "reasons": list(found.reasons),
    }


def _hop_json(hop: Hop) -> dict[str, Any]:
    """`resolved` says of a source that it was worked out, of `said` that it has a value."""
    said = hop.said
    return {
        "source": _phrase_json(hop.source, resolved=hop.resolved),
        "kind": hop.kind,
        "cue": _phrase_json(hop.cue, resolved=False),
        "said": None
        if said is None
        else {
            "text": said.text,
            "spans": _spans((said.span,)),
            "resolved": bool(said.edtf),
            "edtf": said.edtf,
        },
    }


def _phrase_json(phrase: Phrase | None, **more: bool) -> dict[str, Any] | None:
    if phrase is None:
        return None
    return {"text": phrase.text, "spans": _spans((phrase.span,)), **more}


def _spans(spans: Iterable[Span | None]) -> list[dict[str, Any]]:
    return [{"start": s.start, "end": s.end, "exact": s.exact} for s in spans if s is not None]


def _dated_json(dated: Dated) -> dict[str, Any]:
    """A time; `edtf` of a duration is its ISO 8601 value, which has no bounds."""
    return _when_json(dated.when, dated.kind) | {"edtf": dated.value}


def _when_json(when: When, kind: str) -> dict[str, Any]:
    return {
        **_place(when.span),
        "text": when.text,
        "kind": kind,
        "edtf": when.edtf,
        "earliest": when.earliest,
        "latest": when.latest,
        "qualifier": when.qualifier,
        "anchor": when.anchor,
        "rule": when.rule,
    }


def _quantity_json(found: Quantity) -> dict[str, Any]:
    return {
        **_place(found.span),
        "text": found.text,
        "lower": found.lower,
        "upper": found.upper,
        "lower_inclusive": found.lower_inclusive,
        "upper_inclusive": found.upper_inclusive,
        "unit": found.unit,
        "measure": found.measure,
        "basis": found.basis,
        "hedge": found.hedge,
    }


def _place(span: Span | None) -> dict[str, int | None]:
    return {
        "start": span.start if span is not None else None,
        "end": span.end if span is not None else None,
    }


def _drawn(entry: Entry, found: Suggestions) -> str:
    """The article's title, and its proposals by rank: the statement, then the reasons."""
    from tui.cli.typography import one_line, styled, terminal_width, wrapped
    from tui.model.spans import joined_quote

    width = terminal_width()
    head = f"{entry.published[:10]}  {one_line(entry.title)}".strip()
    lines = [*wrapped(head, width)]
    for each in sorted(found.proposals, key=lambda s: -s.rank):
        quote, *rest = wrapped(joined_quote(each.spans), width, "        ")
        lines += [f"  {each.rank:.2f}  {quote.lstrip()}", *rest]
        reasons = wrapped("; ".join(each.reasons), width, "        ")
        lines += [styled(line, "dim") for line in reasons]
    dates = "; ".join(f"{d.when.text} {d.value or '?'}" for d in found.dates)
    lines += [styled(line, "dim") for line in wrapped(f"dates: {dates}", width, "  ") if dates]
    return "".join(f"{line}\n" for line in lines) + "\n"
