"""The one door to articles, annotations, codebook, sources, export and import."""

from __future__ import annotations

from tui.desk.crossing import ClaimRow, Occurrence
from tui.desk.desk import Desk
from tui.desk.entries import Entry
from tui.desk.events import Changed, DeskError, Event, Saved, SaveFailed
from tui.desk.transfer import Exported, Imported, Refusal

__all__ = [
    "Changed",
    "ClaimRow",
    "Desk",
    "DeskError",
    "Entry",
    "Event",
    "Exported",
    "Imported",
    "Occurrence",
    "Refusal",
    "SaveFailed",
    "Saved",
]
