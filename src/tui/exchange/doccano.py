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
from tui.exchange.foreign import Mark, document, marks_of, reunited, tag_for
from tui.exchange.incoming import Document, Incoming, Refused
from tui.exchange.json_values import carried, object_in, words
from tui.exchange.offsets import UTF16, ForeignText, Offsets
from tui.model.records import Record


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
            "article": article.id,
            "title": article.title,
            "url": article.url,
            "path": article.path,
            native.KEY: objects,
        }
        yield json.dumps(line, allow_nan=False) + "\n"


def read(text: str, name: str) -> Incoming:
    """What is in such a file; a bad line costs that line, a bad label that label."""
    documents: list[Document] = []
    records: list[Record] = []
    refused: list[Refused] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                where, found = _document(json.loads(line), number, refused)
            except (ValueError, RecursionError) as error:
                refused.append(Refused(number, str(error)))
            else:
                documents.append(where)
                records += found
    return Incoming(name, tuple(records), refused=tuple(refused), documents=tuple(documents))


def _document(
    data: object, number: int, refused: list[Refused]
) -> tuple[Document, tuple[Record, ...]]:
    if isinstance(data, list):
        raise ValueError("a list: doccano's JSON Lines have an object a line")
    given = object_in(data)
    text = given.get("text")
    if not isinstance(text, str):
        raise ValueError("no object with a text")
    theirs = ForeignText(text, UTF16)
    where = document(
        theirs.text,
        article=words(given, "article"),
        title=words(given, "title"),
        url=words(given, "url"),
        name=words(given, "path"),
    )
    marks = _marks(given, theirs, number, refused)
    return where, reunited(where, marks, carried(given))


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
