"""Past steps as rows of a shard's history, and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from tui.model.codec import MisshapenError
from tui.model.records import Change, Record, Step
from tui.store.lines import HISTORY, Reading, Row, Rows, line_of, merged
from tui.store.protocol import PastChange, PastStep, StoreError
from tui.store.shelves import doc_id, record_of, row_of

STEPS_KEPT = 1_000
BYTES_KEPT = 2_000_000
NAMED = 100  # articles of a step that each of its shards names; of more ...
KEEPERS = 3  # ... only the shards of the first few name all: else they grow by the square


def named_in(article: str, articles: Sequence[str]) -> Sequence[str]:
    """Those of a step's articles that its row in the shard of one names.

    All of them, or the first few, whose rows name all, and the article itself.
    """
    keepers = articles[:KEEPERS]
    return articles if len(articles) <= NAMED or article in keepers else (*keepers, article)


def step_row(step: Step, changes: Sequence[Change], revs: int, named: Sequence[str]) -> Row:
    """The row of the part of a step that lies in one shard; raises StoreError.

    `revs` is the sum of the revisions of all records in the shard after the step, `named` are the
    articles that it names.
    """
    found: dict[str, dict[str, Any]] = {}
    for change in changes:
        entry = found.setdefault(change.after.id, {"record": change.after.id})
        if change.before is not None and "rev" not in entry:
            entry["before"] = row_of(change.before).doc
        entry["rev"] = change.after.rev
    doc: dict[str, Any] = {
        "id": step.id,
        "label": step.label,
        "time": step.time,
        "kind": step.kind,
        "articles": list(named),
        "changes": list(found.values()),
        "revs": revs,
    }
    if step.of:
        doc["of"] = step.of
    try:
        return Row.signed(doc_id(step.id), doc)
    except ValueError as error:
        raise StoreError(f"step {step.id} cannot be kept as JSON: {error}") from error


def too_old(rows: Mapping[str, Row], file_size: int) -> list[str]:
    """Document ids of the oldest steps, to be dropped so that a shard does not grow for ever."""
    if len(rows) <= STEPS_KEPT and file_size <= BYTES_KEPT:
        return []
    size = sum(map(len, map(line_of, rows.values())))
    if len(rows) <= STEPS_KEPT and size <= BYTES_KEPT:
        return []
    order = sorted(rows, key=lambda key: (len(key), key))
    # Some room at once, so that not every step after has to look for its oldest.
    most, largest = STEPS_KEPT - STEPS_KEPT // 10, BYTES_KEPT - BYTES_KEPT // 10
    dropped: list[str] = []
    for key in order[:-1]:
        if len(rows) - len(dropped) <= most and size <= largest:
            break
        dropped.append(key)
        size -= len(rows[key].line)
    return dropped


def step_rows(readings: Iterable[Reading]) -> Rows:
    """The history of several replicas of one shard, by step id; what does not fit is left out."""
    found: Rows = {}
    for reading in readings:
        for row in reading.tables.get(HISTORY, {}).values():
            name = row.doc.get("id")
            if isinstance(name, str) and row.fits:
                found[name] = merged(found.get(name), row)
    return found


def past_step(article: str, row: Row) -> PastStep | None:
    """As much of a step as its row in the shard of an article tells; None if misshapen."""
    doc = row.doc
    try:
        named = tuple(map(str, doc["articles"]))
        return PastStep(
            str(doc["id"]),
            str(doc["label"]),
            str(doc["time"]),
            str(doc["kind"]),
            str(doc.get("of", "")),
            named,
            tuple(_change(article, each) for each in cast("list[dict[str, Any]]", doc["changes"])),
            tuple(other for other in named if other != article),
        )
    except (KeyError, TypeError, AttributeError, MisshapenError):
        return None


def _change(article: str, entry: dict[str, Any]) -> PastChange:
    before: Record | None = None
    if "before" in entry:
        before = record_of(Row(b"", cast("dict[str, Any]", entry["before"])))
    return PastChange(str(entry["record"]), article, before, int(entry["rev"]))
