"""The one door to articles, annotations, codebook, sources, export and import.

Names are imported when they are asked for: `DeskError` alone does not cost a store.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.desk.conflicting import NearDuplicate
    from tui.desk.crossing import ClaimRow, Occurrence
    from tui.desk.desk import Desk
    from tui.desk.entries import Entry
    from tui.desk.events import Changed, DeskError, Event, Saved, SaveFailed
    from tui.desk.queueing import Waiting
    from tui.desk.revising import Differences, Version
    from tui.desk.searching import Hit
    from tui.desk.seeking import Noted
    from tui.desk.transfer import Exported, Imported, Refusal

__all__ = [
    "Changed",
    "ClaimRow",
    "Desk",
    "DeskError",
    "Differences",
    "Entry",
    "Event",
    "Exported",
    "Hit",
    "Imported",
    "NearDuplicate",
    "Noted",
    "Occurrence",
    "Refusal",
    "SaveFailed",
    "Saved",
    "Version",
    "Waiting",
]

_MODULES = {
    "conflicting": ("NearDuplicate",),
    "crossing": ("ClaimRow", "Occurrence"),
    "desk": ("Desk",),
    "entries": ("Entry",),
    "events": ("Changed", "DeskError", "Event", "SaveFailed", "Saved"),
    "queueing": ("Waiting",),
    "revising": ("Differences", "Version"),
    "searching": ("Hit",),
    "seeking": ("Noted",),
    "transfer": ("Exported", "Imported", "Refusal"),
}
_HOMES = {name: module for module, names in _MODULES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
