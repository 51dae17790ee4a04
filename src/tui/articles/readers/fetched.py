"""Pages that were kept together with the address and the time they were fetched from and at."""

from __future__ import annotations

from email.message import Message

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.readers import html
from tui.articles.readers.declared import decode_declared
from tui.articles.readers.metadata import host_of

PAGES = ("text/html", "application/xhtml+xml")


def charset_of(content: Message) -> str:
    """The encoding that a header `Content-Type` names; empty if it names none."""
    try:
        return content.get_content_charset() or ""
    except (LookupError, ValueError):
        return ""


def page_at(
    data: bytes, charset: str, url: str, date: str, document: Document
) -> Reading | Passed | None:
    """The article of a page through the reader of pages, under its URL and the time of saving.

    It is passed over, under these two, if it cannot be read; None if there is nothing in it.
    """
    label = f"{url} {date}".strip()
    try:
        asked = charset and not document.encoding
        decoded = decode_declared(data, charset) if asked else None
        encoding = decoded.encoding if decoded is not None else document.encoding
        page = Document(data, url or document.path, encoding, document.timezone)
        found = next(html.read(page), None)
    except UnreadableError as error:
        return Passed(label, error.what)
    if found is None:
        return None
    if decoded is not None:
        found.basis = decoded.basis
    layout = found.layout
    # The page itself knows its URL best, unless it names one of somebody else.
    if host_of(layout.url) != host_of(url):
        layout.url = ""
    layout.take("url", url)
    layout.retrieved = date
    found.entry = label
    return found
