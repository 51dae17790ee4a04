"""REFI-QDA projects (`.qdpx`): a zip with `project.qde` and a text file for each article.

A highlight is a selection for each of its pieces, coded with its tags; offsets are code points of
the text, which has LF line ends and no byte-order mark, since QualCoder counts one as a character.
What else we know of an article stands in a note of the project, which programs keep as a memo or a
journal entry. (https://www.qdasoftware.org)
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from tui.exchange import native
from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.carrying import carried_line
from tui.exchange.foreign import UNTAGGED
from tui.exchange.incoming import Incoming
from tui.exchange.refi import (
    DECLARATION,
    ORIGIN,
    PROJECT,
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

# What is said of an article as variables of its source, by the name that programs show.
VARIABLES = {
    "outlet": "Outlet",
    "published": "Published",
    "url": "URL",
    "path": "File",
    "id": "Pressmark article",
}
NOTE = "Pressmark: "  # what the name of a note begins with that carries what we know of an article
_NAME = 100  # characters of a selection's name
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?")
_LEAVE = "Leave the last line as it is, and what Pressmark knows of this text comes back with it."


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as a project; says what could not be written as it is."""
    broken = 0
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, _items, objects in native.packed(bundle):
            text = part.article.text.encode("utf-8", "replace")
            broken += text != part.article.text.encode("utf-8", "surrogatepass")
            _add(archive, f"sources/{_source(part.article)}.txt", text)
            line = f"{_LEAVE}\n{carried_line(part.article, objects)}\n"
            _add(archive, f"sources/{_note(part.article)}.txt", line.encode())
        with archive.open(_info("project.qde"), "w", force_zip64=True) as file:
            for piece in _project(bundle):
                file.write(piece.encode("utf-8", "replace"))
    if broken:
        yield f"{counted(broken, 'text')} with broken characters written with ? in their place"


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


def _project(bundle: Bundle) -> Iterator[str]:
    """`project.qde`, piece by piece, in the order that the standard wants."""
    made = _moment("creationDateTime", bundle.made)
    yield DECLARATION
    name = bundle.workspace or "Pressmark"
    yield opening("Project", {"xmlns": PROJECT, "name": name, "origin": ORIGIN, **made}) + "\n"
    people = dict.fromkeys(h.record.by for part in bundle.articles for h in _placed(part))
    users = (element("User", {"guid": guid("user", by), "name": by}) for by in people if by)
    yield from _around("Users", users)
    codes = codes_xml(bundle.codebook, _used(bundle))
    yield from _around("CodeBook", _around("Codes", [codes] if codes else []))
    yield from _around(
        "Variables",
        (
            element("Variable", {"guid": guid("variable", k), "name": v, "typeOfVariable": "Text"})
            for k, v in VARIABLES.items()
        ),
    )
    names = _names(bundle)
    yield from _around(
        "Sources", (_text_source(part, names[part.article.id], made) for part in bundle.articles)
    )
    yield from _around(
        "Notes", (_note_element(part, names[part.article.id], made) for part in bundle.articles)
    )
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


def _used(bundle: Bundle) -> list[str]:
    """The tags that codings need a code for."""
    highlights = (h.record for part in bundle.articles for h in _placed(part) if h.extents)
    return list(dict.fromkeys(tag for h in highlights for tag in h.tags or (UNTAGGED,)))


def _placed(part: ArticleBundle) -> tuple[Placed, ...]:
    return part.annotations.highlights


def _names(bundle: Bundle) -> dict[str, str]:
    """A name for each article that no other one has: QualCoder keeps one source of a name."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for part in bundle.articles:
        article = part.article
        name = article.title or article.path or article.id
        if name in taken:
            name = f"{name} ({article.id})"
        taken.add(name)
        found[article.id] = name
    return found


def _moment(name: str, value: str) -> dict[str, str]:
    return {name: value} if _MOMENT.fullmatch(value) else {}


def _text_source(part: ArticleBundle, name: str, made: dict[str, str]) -> str:
    article = part.article
    key = _source(article)
    attributes = {"guid": key, "name": name, "plainTextPath": f"internal://{key}.txt", **made}
    selections = (
        _selection(article, placed, number)
        for placed in _placed(part)
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
