"""What Taguette projects bring: documents, highlights where they still say so, tags."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path

from msgspec.structs import replace

from tui.exchange.carrying import Carried, carried_in
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import (
    UNTAGGED,
    Mark,
    document,
    highlight,
    quoted_span,
    reunited,
    tag_for,
)
from tui.exchange.guarded import database, said
from tui.exchange.incoming import Document, Incoming, Refused
from tui.exchange.tag_memos import book_of, tag_from
from tui.exchange.taguette_html import HtmlText
from tui.model.records import Record
from tui.model.spans import Span

_TABLES = ("projects", "documents", "highlights", "tags", "highlight_tags", "alembic_version")
_DOCUMENTS = "select id, name, description, filename, contents from documents order by id"
_HIGHLIGHTS = """select h.id, h.start_offset, h.end_offset, h.snippet, t.path
from highlights h left join highlight_tags ht on ht.highlight_id = h.id
left join tags t on t.id = ht.tag_id where h.document_id = ? order by h.id, t.id"""


def read_projects(path: Path) -> Incoming:
    """All projects of a database; raises ExchangeError, with one sentence, if it is none."""
    with database(path, _TABLES) as there:
        try:
            return _read(there, str(path))
        except sqlite3.OperationalError as error:
            raise ExchangeError(
                f"{path} is no project of a Taguette that is known here ({_version(there)}): "
                f"{said(error)}; export it with version 1.5"
            ) from error


def _version(there: sqlite3.Connection) -> str:
    found = there.execute("select version_num from alembic_version").fetchone()
    return f"its tables are of {found[0]}" if found is not None else "its tables have no version"


def _read(there: sqlite3.Connection, name: str) -> Incoming:
    refused: list[str] = []
    documents: list[Document] = []
    records: list[Record] = []
    tags = there.execute("select path, description from tags order by id")
    named = ((tag_for(_text(row["path"])), _text(row["description"])) for row in tags)
    book = book_of(tag_from(path, memo) for path, memo in named if path not in ("", UNTAGGED))
    for row in there.execute(_DOCUMENTS):
        where, found = _document(there, row, refused)
        documents.append(where)
        records += found
    reasons = tuple(Refused(0, reason) for reason in refused)
    return Incoming(name, tuple(records), book, refused=reasons, documents=tuple(documents))


def _document(
    there: sqlite3.Connection, row: sqlite3.Row, refused: list[str]
) -> tuple[Document, list[Record]]:
    title = _text(row["name"])
    carried = Carried()
    try:
        ours, memo = carried_in(_text(row["description"]))
        carried = ours or carried
        if ours is None and memo.strip():
            refused.append(f"document “{title}”: its description is left out")
    except ValueError as error:
        refused.append(f"document “{title}”: {error}")
    theirs = HtmlText(_text(row["contents"]))
    about = carried.article
    where = document(
        theirs.text,
        article=about.get("id", ""),
        name=about.get("path") or _text(row["filename"]),
        title=about.get("title", title),
        url=about.get("url", ""),
        outlet=about.get("outlet", ""),
        published=about.get("published", ""),
    )
    marks: list[Mark] = []
    lost: list[Record] = []
    for key, (start, end, snippet, names) in _highlights(there, row["id"]).items():
        try:
            mark = _placed(theirs, start, end, snippet)
            marks += [mark._replace(tag=name) for name in names or [UNTAGGED]]
        except ValueError as error:
            span = _by_words(snippet, start)
            if span is None:
                refused.append(f"highlight {key} of “{title}”: {error}")
            else:
                found = highlight(where, f"taguette {key}", [span], tags=names)
                lost.append(replace(found, revision=""))
    return where, [*reunited(where, marks, carried.packed), *lost]


def _highlights(
    there: sqlite3.Connection, key: object
) -> Mapping[int, tuple[object, object, str, list[str]]]:
    """The highlights of a document by id: both offsets, the words as HTML, and the tags."""
    found: dict[int, tuple[object, object, str, list[str]]] = {}
    for row in there.execute(_HIGHLIGHTS, (key,)):
        entry = row["start_offset"], row["end_offset"], _text(row["snippet"]), list[str]()
        names = found.setdefault(row["id"], entry)[3]
        if name := tag_for(_text(row["path"])):
            names.append(name)
    return found


def _placed(theirs: HtmlText, start: object, end: object, snippet: str) -> Mark:
    """Where a highlight stands; raises ValueError, with the end of a sentence, if it does not."""
    if not isinstance(start, int) or not isinstance(end, int):
        raise ValueError(f"{start!r}-{end!r} are no offsets")
    mark = Mark(theirs.back(start), theirs.back(end, end=True))
    if mark.start >= mark.end:
        raise ValueError(f"{start}-{end} has no words")
    words = theirs.text[mark.start : mark.end]
    said = HtmlText(snippet).text
    if said.strip() and "".join(said.split()) != "".join(words.split()):
        raise ValueError(f"other words stand at {start}-{end}")
    return mark


def _by_words(snippet: str, start: object) -> Span | None:
    """A highlight that is to be looked for by its words; None if it has none."""
    said = HtmlText(snippet).text.strip()
    return quoted_span(start if isinstance(start, int) else 0, said) if said else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""
