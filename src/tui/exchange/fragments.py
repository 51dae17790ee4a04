"""Highlights as brat has them: pieces without line breaks, and notes of one line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from tui.model.records import Claim, Highlight
from tui.model.spans import Extent, merged

# All that Python ends a line at: brat reads its files so, and would cut an annotation in two.
BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINES = re.compile(f"[^{BREAKS}]+")

Fragments = tuple[Extent, ...]


def fragments(text: str, extents: Iterable[Extent]) -> Fragments:
    """The parts of some extents on each line; none if there is nothing in them but blanks."""
    found = tuple(
        Extent(match.start(), match.end())
        for extent in merged(extents)
        for match in _LINES.finditer(text, *extent)
    )
    return found if any(piece.of(text).strip() for piece in found) else ()


def note_line(record: Highlight, claims: Sequence[Claim]) -> str:
    """What an analyst said about a highlight: its note and what it is claimed to say."""
    said = (record.note, *(claim.statement for claim in claims))
    return " | ".join(filter(None, (" ".join(each.split()) for each in said)))
