"""REFI-QDA projects (`.qdpx`): a zip with `project.qde` and a text file for each article.

A highlight is a selection for each of its pieces, coded with its tags; offsets are code points of
the text, which has LF line ends and no byte-order mark, since QualCoder counts one as a character.
What else we know of an article stands in a note of the project, which programs keep as a memo or a
journal entry. (https://www.qdasoftware.org)
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

from tui.exchange import native
from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.carrying import carried_line
from tui.exchange.foreign import UNTAGGED
from tui.exchange.incoming import Incoming
from tui.exchange.refi import (
    DECLARATION,
    ORIGIN,
    PROJECT,
    VARIABLES,
    code_guid,
    codes_xml,
    element,
    fit,
    guid,
    opening,
    words,
)
from tui.model.articles import Article
from tui.model.views import Placed
from tui.model.wording import counted

NOTE = "Pressmark: "  # what the name of a note begins with that carries what we know of an article
_SLASHES = str.maketrans("/\\", "\u2215\u2216")
_NAME = 100  # characters of a selection's name
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_LEAVE = "Leave the last line as it is, and what Pressmark knows of this text comes back with it."


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as a project, an article each step; says what is not written as it is."""
    broken = 0
    made = _moment("creationDateTime", bundle.made)
    name_of = _naming()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, _Parts() as parts:
        for part, _items, objects in native.packed(bundle):
            text = part.article.text.encode("utf-8", "replace")
            broken += text != part.article.text.encode("utf-8", "surrogatepass")
            _add(archive, f"sources/{_source(part.article)}.txt", text)
            line = f"{_LEAVE}\n{carried_line(part.article, objects)}\n"
            _add(archive, f"sources/{_note(part.article)}.txt", line.encode())
            parts.take(part, name_of(part.article), made)
            yield ""
        with archive.open(_info("project.qde"), "w", force_zip64=True) as file:
            for piece in _project(bundle, parts, made):
                file.write(piece.encode("utf-8", "replace"))
                yield ""
    if broken:
        yield f"{counted(broken, 'text')} with broken characters written with ? in their place"


class _Parts:
    """What `project.qde` says of the articles, kept in files until all were there."""

    def __init__(self) -> None:
        self.people: dict[str, None] = {}
        self.tags: dict[str, None] = {}  # those that codings need a code for
        self._sources, self._notes = _spool(), _spool()

    def __enter__(self) -> _Parts:
        return self

    def __exit__(self, *_: object) -> None:
        self._sources.close()
        self._notes.close()

    def take(self, part: ArticleBundle, name: str, made: dict[str, str]) -> None:
        """One article."""
        records = [placed.record for placed in part.annotations.highlights if placed.extents]
        self.people |= dict.fromkeys(p.record.by for p in part.annotations.highlights)
        self.tags |= dict.fromkeys(tag for r in records for tag in r.tags or (UNTAGGED,))
        self._sources.write(_text_source(part, name, made))
        self._notes.write(_note_element(part, name, made))

    def sources(self) -> Iterator[str]:
        """Its text, of each."""
        return _pieces(self._sources)

    def notes(self) -> Iterator[str]:
        """The note that carries what we know of it, of each."""
        return _pieces(self._notes)


def _spool() -> TextIO:
    return TemporaryFile("w+", encoding="utf-8", errors="replace", newline="")


def _pieces(spool: TextIO) -> Iterator[str]:
    spool.seek(0)
    return iter(lambda: spool.read(65_536), "")


def read_path(path: Path) -> Incoming:
    """What is in a project of whatever program; see `tui.exchange.qdpx_reading`."""
    from tui.exchange.qdpx_reading import read_project

    return read_project(path)


def _info(name: str) -> zipfile.ZipInfo:
    """An entry without the time of day: the same bundle is the same file."""
    info = zipfile.ZipInfo(name)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    archive.writestr(_info(name), data)


def _source(article: Article) -> str:
    return guid("source", article.id)


def _note(article: Article) -> str:
    return guid("note", article.id)


def _project(bundle: Bundle, parts: _Parts, made: dict[str, str]) -> Iterator[str]:
    """`project.qde`, piece by piece, in the order that the standard wants."""
    yield DECLARATION
    name = bundle.workspace or "Pressmark"
    yield opening("Project", {"xmlns": PROJECT, "name": name, "origin": ORIGIN, **made}) + "\n"
    users = (element("User", {"guid": guid("user", by), "name": by}) for by in parts.people if by)
    yield from _around("Users", users)
    codes = codes_xml(bundle.codebook, parts.tags)
    yield from _around("CodeBook", _around("Codes", [codes] if codes else []))
    yield from _around(
        "Variables",
        (
            element("Variable", {"guid": guid("variable", k), "name": v, "typeOfVariable": "Text"})
            for k, v in VARIABLES.items()
        ),
    )
    yield from _around("Sources", parts.sources())
    yield from _around("Notes", parts.notes())
    yield words("Description", bundle.scope)
    yield "</Project>\n"


def _around(name: str, inside: Iterable[str]) -> Iterator[str]:
    """An element around pieces of XML; nothing around none, which the standard does not allow."""
    there = False
    for piece in inside:
        if not there:
            yield f"<{name}>\n"
            there = True
        yield piece
    if there:
        yield f"</{name}>\n"


def _naming() -> Callable[[Article], str]:
    """Gives each article a name that no other one has, and that leads into no folder.

    QualCoder keeps one source of a name, and a file by it.
    """
    taken: set[str] = set()

    def name_of(article: Article) -> str:
        name = (article.title or article.path or article.id).translate(_SLASHES)
        if name in taken:
            name = f"{name} ({article.id})"
        taken.add(name)
        return name

    return name_of


def _moment(name: str, value: str) -> dict[str, str]:
    return {name: value} if _MOMENT.fullmatch(value) else {}


def _text_source(part: ArticleBundle, name: str, made: dict[str, str]) -> str:
    article = part.article
    key = _source(article)
    attributes = {"guid": key, "name": name, "plainTextPath": f"internal://{key}.txt", **made}
    selections = (
        _selection(article, placed, number)
        for placed in part.annotations.highlights
        for number in range(len(placed.extents))
    )
    values = (
        element(
            "VariableValue",
            {},
            element("VariableRef", {"targetGUID": guid("variable", key)}),
            words("TextValue", getattr(article, key)),
        )
        for key in VARIABLES
        if getattr(article, key)
    )
    return element("TextSource", attributes, "\n", *selections, *values)


def _selection(article: Article, placed: Placed, number: int) -> str:
    """One piece of a highlight, with a coding for each of its tags."""
    record, extent = placed.record, placed.extents[number]
    key = f"{record.id}/{number}"
    who = {"creatingUser": guid("user", record.by)} if record.by else {}
    made = {**who, **_moment("creationDateTime", record.created)}
    attributes = {
        "guid": guid("selection", key),
        "name": " ".join(extent.of(article.text).split())[:_NAME],
        "startPosition": str(extent.start),
        "endPosition": str(extent.end),
        **made,
    }
    codings = (
        element(
            "Coding",
            {"guid": guid("coding", key, tag), **made},
            element("CodeRef", {"targetGUID": code_guid(tag)}),
        )
        for tag in record.tags or (UNTAGGED,)
    )
    return element("PlainTextSelection", attributes, words("Description", record.note), *codings)


def _note_element(part: ArticleBundle, name: str, made: dict[str, str]) -> str:
    key = _note(part.article)
    when = made or {"creationDateTime": "1970-01-01T00:00:00Z"}  # QualCoder needs one
    attributes = {
        "guid": key,
        "name": fit(NOTE + name),
        "plainTextPath": f"internal://{key}.txt",
        **when,
    }
    return element("Note", attributes)
