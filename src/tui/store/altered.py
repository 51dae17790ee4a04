"""Steps for records that something else than Pressmark changed."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.model.ids import new_id
from tui.model.records import Change, Record, Step


def accepting(record: Record, analyst: str, now: str) -> Step:
    """A step that makes the record as it was found the analyst's own next revision."""
    after = replace(record, rev=record.rev + 1, by=analyst, modified=now)
    return Step(new_id(), f"accept changed {record.type}", now, (Change(record, after),))


def dropping(record: Record, versions: Sequence[Record], analyst: str, now: str) -> Step:
    """A step that puts the newest of the known good versions back, or deletes the record."""
    if versions:
        best = max(versions, key=lambda version: (version.rev, version.modified))
        label = f"drop changed {record.type}, back to revision {best.rev}"
    else:
        best = replace(record, deleted=True)
        label = f"drop changed {record.type}, no earlier version is known: deleted"
    after = replace(best, rev=record.rev + 1, by=analyst, modified=now)
    return Step(new_id(), label, now, (Change(record, after),))
