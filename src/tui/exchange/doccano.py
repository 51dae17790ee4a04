"""doccano's JSON Lines for sequence labelling: a line an article, `[start, end, label]` in UTF-16.

doccano keeps keys that it does not know with its document and writes them again, so our records go
along under a key of ours. Lines are ASCII. (https://doccano.github.io/doccano/)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, cast

from tui.exchange import native
from tui.exchange.bundles import Bundle
from tui.exchange.foreign import Mark, about, document_about, marks_of, reunited, tag_for
from tui.exchange.incoming import Incoming, Refused, joined
from tui.exchange.json_values import carried, object_in
from tui.exchange.offsets import UTF16, ForeignText, Offsets


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The bundle, a line an article that has annotations."""
    for part, _items, objects in native.packed(bundle):
        article, offsets = part.article, Offsets(part.article.text, UTF16)
        marks = [
            mark
            for placed in part.annotations.highlights
            for mark in marks_of(placed.extents, placed.record.tags)
        ]
        line = {
            "text": article.text,
            "label": [[offsets.out(m.start), offsets.out(m.end), m.tag] for m in marks],
            **about(article),
            native.KEY: objects,
        }
        yield json.dumps(line, allow_nan=False) + "\n"


def read(text: str, name: str) -> Incoming:
    """What is in such a file; a bad line costs that line, a bad label that label."""
    parts: list[Incoming] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                parts.append(_document(json.loads(line), number))
            except (ValueError, RecursionError) as error:
                parts.append(Incoming(f"line {number}", refused=(Refused(number, str(error)),)))
    return joined(name, parts)


def _document(data: object, number: int) -> Incoming:
    """What one line brings. Raises ValueError, with the end of a sentence, if it is no document."""
    if isinstance(data, list):
        raise ValueError("a list: doccano's JSON Lines have an object a line")
    given = object_in(data)
    text = given.get("text")
    if not isinstance(text, str):
        raise ValueError("no object with a text")
    theirs = ForeignText(text, UTF16)
    where = document_about(theirs.text, given)
    refused: list[Refused] = []
    records = reunited(where, _marks(given, theirs, number, refused), carried(given))
    return Incoming(f"line {number}", records, refused=tuple(refused), documents=(where,))


def _marks(
    given: Mapping[str, Any], theirs: ForeignText, number: int, refused: list[Refused]
) -> Iterator[Mark]:
    labels: Any = given.get("label", given.get("labels", []))
    for label in cast("list[Any]", labels if isinstance(labels, list) else []):
        try:
            start, end, name = label
            start, end = theirs.back(int(start)), theirs.back(int(end))
            if start >= end:
                raise ValueError(f"{start}-{end} is no range")
        except (TypeError, ValueError) as error:
            refused.append(Refused(number, f"label {str(label)[:60]}: {error}"))
        else:
            yield Mark(start, end, tag_for(str(name)))
