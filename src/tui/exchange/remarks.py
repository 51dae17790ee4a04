"""Marks with notes, as other programs have them: notes of new marks come in, and changed ones too.

What is here is never overwritten: a note that was changed elsewhere on a highlight of ours comes in
as a highlight of its own beside it, on the same words, with that note and no tag.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from tui.exchange.foreign import Mark, highlight, reunited, spans_in
from tui.exchange.fragments import note_line
from tui.exchange.incoming import Document
from tui.exchange.native import Packed
from tui.model.records import Claim, Highlight, Record
from tui.model.spans import Extent


def reunited_with_notes(
    where: Document,
    marks: Sequence[tuple[Mark, str]],
    carried: Packed,
    written: Callable[[str], str] = str,
) -> tuple[list[Record], int]:
    """The records of a document like `reunited`, and how many notes on ours were changed.

    `written` is how the file has the words of a note.
    """
    ours = {record.id: record for record in carried.records if isinstance(record, Highlight)}
    known = {
        (extent, written(note_line(record, claims_on(record, carried))))
        for record in ours.values()
        for extent in carried.today.get(record.id, ())
    }
    said: dict[Extent, list[str]] = {}
    for mark, note in marks:
        extent = Extent(mark.start, mark.end)
        if note.strip() and (extent, " ".join(note.split())) not in known:
            said.setdefault(extent, []).append(note.strip())
    return with_notes(where, reunited(where, (mark for mark, _ in marks), carried), said, carried)


def with_notes(
    where: Document, records: Sequence[Record], said: Mapping[Extent, list[str]], carried: Packed
) -> tuple[list[Record], int]:
    """These records with what was said of their places, and how many notes on ours were changed.

    `said` has no note that is known here. What is new has the notes of its place as its own.
    """
    left = dict(said)
    ours = {record.id for record in carried.records}
    found: list[Record] = []
    for record in records:
        if isinstance(record, Highlight) and record.id not in ours:
            notes = left.pop(record.spans[0].extent, [])
            found.append(replace(record, note="\n".join(dict.fromkeys(notes))))
        else:
            found.append(record)
    beside: dict[str, Highlight] = {}
    for record in records:
        if isinstance(record, Highlight) and record.id in ours:
            for extent in carried.today.get(record.id, ()):
                for note in left.pop(extent, ()):
                    made = note_beside(where, record, note, carried)
                    beside[made.id] = made
    return [*found, *beside.values()], len(beside)


def note_beside(where: Document, record: Highlight, note: str, carried: Packed) -> Highlight:
    """A highlight on the words of one of ours, with a note that somebody wrote elsewhere."""
    spans = spans_in(where.text or "", carried.today.get(record.id, ()))
    return highlight(where, f"{record.id}: {note}", spans, note=note)


def claims_on(record: Highlight, carried: Packed) -> list[Claim]:
    """The claims that rest on a highlight."""
    return [r for r in carried.records if isinstance(r, Claim) and r.highlight == record.id]
