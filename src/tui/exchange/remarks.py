"""Marks with notes, as other programs have them: notes of new marks come in, changed ones are told.

What is here is never overwritten: a note that was changed elsewhere on a highlight of ours is only
counted.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from tui.exchange.foreign import Mark, reunited
from tui.exchange.fragments import note_line
from tui.exchange.incoming import Document
from tui.exchange.native import Packed
from tui.model.records import Claim, Highlight, Record
from tui.model.spans import Extent

CHANGED = "note changed elsewhere"


def reunited_with_notes(
    where: Document, marks: Sequence[tuple[Mark, str]], carried: Packed
) -> tuple[list[Record], int]:
    """The records of a document like `reunited`, and how many notes on ours were changed."""
    ours = {record.id for record in carried.records}
    known = {
        (extent, note_line(record, _claims_on(record, carried)))
        for record in carried.records
        if isinstance(record, Highlight)
        for extent in carried.today.get(record.id, ())
    }
    said: dict[Extent, list[str]] = {}
    for mark, note in marks:
        extent = Extent(mark.start, mark.end)
        if note.strip() and (extent, " ".join(note.split())) not in known:
            said.setdefault(extent, []).append(note.strip())
    found: list[Record] = []
    for record in reunited(where, (mark for mark, _ in marks), carried):
        if isinstance(record, Highlight) and record.id not in ours:
            notes = said.pop(record.spans[0].extent, [])
            found.append(replace(record, note="\n".join(dict.fromkeys(notes))))
        else:
            found.append(record)
    return found, sum(map(len, said.values()))


def _claims_on(record: Highlight, carried: Packed) -> list[Claim]:
    return [r for r in carried.records if isinstance(r, Claim) and r.highlight == record.id]
