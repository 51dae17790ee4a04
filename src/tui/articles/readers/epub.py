"""EPUB books and magazines: a document of the spine is an article.

Read as EPUB 3 and 2 say it: `META-INF/container.xml` names the package, the package lists its
documents and their order. Nothing is written to disk, so the names in the archive lead nowhere.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urldefrag

from tui.articles.composing import compose
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.extras import library
from tui.articles.layout import Layout
from tui.articles.markup import blocks, name_of, parse_page
from tui.articles.readers.html import decode_page
from tui.articles.readers.page_declared import one_line
from tui.articles.readers.page_times import moment_of

_CONTAINER = "META-INF/container.xml"
_LARGEST = 20_000_000  # bytes of one document of the book
_ALL = 150_000_000  # bytes of all of them
_RATIO = 200  # times that a document may be larger than what is stored of it
_MANY = 5_000  # documents
_UNIQUE = 10  # characters of an identifier that no other book has, such as an ISBN
_SHORTEST = 200  # code points of a document without a heading that is an article all the same
_PAGES = ("application/xhtml+xml", "text/html", "application/x-dtbook+xml")
_AGAIN = "get the book again, or save its text as .txt and open that"


@dataclass(slots=True)
class _Book:
    """What the package says of the book: its facts, and the documents in the order of reading."""

    title: str = ""
    byline: str = ""
    publisher: str = ""
    identifier: str = ""
    published: str = ""
    modified: str = ""
    language: str = ""
    spine: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])  # id, name


def read(document: Document) -> Iterator[Reading | Passed]:
    """The documents of a book that hold an article, by the id that its package gives them.

    Covers, title pages and tables of contents are left out without a word, what is too large or
    damaged with one. Raises UnreadableError for what is no book.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(document.data))
    # zipfile says NotImplementedError of a way of packing that it does not know.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnreadableError("is a damaged EPUB book", _AGAIN) from error
    book = _package(archive, document.timezone)
    left = _ALL
    found = 0
    for entry, name in book.spine:
        try:
            data = _member(archive, name, left)
            left -= len(data)
            reading = _article(data, entry, book)
        except UnreadableError as error:
            yield Passed(entry, f"{error.what}: {error.mend}")
            continue
        if reading is not None:
            found += 1
            yield reading
    if not found:
        raise UnreadableError("holds no text", "open a book with text, not pictures of pages")


def _member(archive: zipfile.ZipFile, name: str, left: int) -> bytes:
    """The bytes of a document of the archive; `left` is how many may still be read.

    Raises UnreadableError if it is not there, damaged, encrypted or too large.
    """
    try:
        info = archive.getinfo(name)
    except KeyError as error:
        raise UnreadableError("is not in the book", _AGAIN) from error
    most = min(_LARGEST, left)
    if info.file_size > most or info.file_size > _RATIO * max(info.compress_size, 5_000):
        raise UnreadableError("is too large to be an article", _AGAIN)
    if info.flag_bits & 1:
        raise UnreadableError("is encrypted", "open a book without copy protection")
    try:
        with archive.open(info) as file:
            data = file.read(most + 1)  # what the archive says of its sizes may be a lie
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError) as error:
        raise UnreadableError("is damaged", _AGAIN) from error
    if len(data) > most:
        raise UnreadableError("is too large to be an article", _AGAIN)
    return data


def _xml(archive: zipfile.ZipFile, name: str) -> Any:
    """The root of an XML document in the archive; entities and DTDs are left alone."""
    etree = library("lxml.etree", "epub")
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(_member(archive, name, _LARGEST), parser)
    except (UnreadableError, etree.LxmlError, ValueError) as error:
        raise UnreadableError(f"is no EPUB book: its {name} cannot be read", _AGAIN) from error
    if root is None:
        raise UnreadableError(f"is no EPUB book: its {name} is empty", _AGAIN)
    return root


def _package(archive: zipfile.ZipFile, zone: str) -> _Book:
    container = _xml(archive, _CONTAINER)
    named = [e.get("full-path") for e in container.iter() if name_of(e) == "rootfile"]
    path = next((name for name in named if name), "")
    root = _xml(archive, path)
    book = _Book()
    documents: dict[str, str] = {}
    for element in root.iter():
        kind = name_of(element)
        if kind == "item" and (element.get("media-type") or "").lower() in _PAGES:
            if "nav" not in (element.get("properties") or "").split():
                name = unquote(urldefrag(element.get("href") or "").url)
                name = posixpath.normpath(posixpath.join(posixpath.dirname(path), name))
                documents[element.get("id") or ""] = name
        elif kind == "itemref" and len(book.spine) < _MANY:
            entry = element.get("idref") or ""
            if entry in documents:
                book.spine.append((entry, documents.pop(entry)))
        else:
            _take_fact(book, element, kind, zone)
    return book


def _take_fact(book: _Book, element: Any, kind: str, zone: str) -> None:
    """Enters one element of Dublin Core, or a `dcterms:modified`, if it is one."""
    value = one_line(element.text)
    if not value:
        return
    if kind == "title":
        book.title = book.title or value
    elif kind == "creator":
        book.byline = f"{book.byline}, {value}" if book.byline else value
    elif kind == "publisher":
        book.publisher = book.publisher or value
    elif kind == "language":
        book.language = book.language or value.split("-")[0].lower()[:3]
    elif kind == "identifier":
        book.identifier = book.identifier or value
    elif kind == "date":
        event = next((v for k, v in element.attrib.items() if k.endswith("event")), "")
        if event == "modification":
            book.modified = book.modified or moment_of(value, zone)
        else:
            book.published = book.published or moment_of(value, zone)
    elif kind == "meta" and element.get("property") == "dcterms:modified":
        book.modified = moment_of(value, zone)


def _article(data: bytes, entry: str, book: _Book) -> Reading | None:
    """The article in a document of the book, or None if it holds too little to be one."""
    decoded = decode_page(data)
    tree = parse_page(decoded.text)
    if tree is None:
        return None
    found = list(blocks(tree))
    heading = next((b for b in found[:6] if b.kind == "heading"), None)
    words = sum(len(b.text) for b in found if b is not heading)
    linked = sum(b.linked for b in found)
    if not words or linked * 2 > words or (heading is None and words < _SHORTEST):
        return None
    title = heading.text if heading else one_line(tree.xpath("string(//title)")) or book.title
    unique = ":" in book.identifier or len(book.identifier) >= _UNIQUE
    guid = f"{book.identifier}#{entry}" if unique else ""
    layout = Layout(
        title=one_line(title),
        outlet=book.title if book.title != title else book.publisher,
        byline=book.byline,
        url=guid if guid.startswith(("http://", "https://")) else "",
        published=book.published,
        modified=book.modified,
    )
    text = compose(layout, [block.text for block in found if block is not heading])
    return Reading(
        text,
        layout,
        entry=entry,
        guid=guid,
        language=book.language if book.language not in ("en", "ko") else "",
        encoding=decoded.encoding,
        replaced=decoded.replaced,
    )
