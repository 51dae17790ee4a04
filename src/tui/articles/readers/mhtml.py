"""Pages that a browser saved as one file with their pictures (MHTML, RFC 2557)."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from itertools import islice

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.readers.fetched import PAGES, charset_of, page_at
from tui.articles.readers.metadata import iso_time

_PARTS = 1000  # of a file that are looked at
_AGAIN = "save the page again"


def read(document: Document) -> Iterator[Reading]:
    """The one article of the page, which is the first of the parts that is one.

    Raises UnreadableError if there is no page in the file, or no text in it.
    """
    try:
        message = message_from_bytes(document.data)
        parts = islice(message.walk(), _PARTS)
        part = next((part for part in parts if part.get_content_type() in PAGES), None)
        data = part.get_payload(decode=True) if part is not None else None
    except (RecursionError, MessageError, LookupError, ValueError, TypeError) as error:
        raise UnreadableError("is damaged: its parts cannot be told apart", _AGAIN) from error
    if part is None or not isinstance(data, bytes):
        raise UnreadableError("holds no page", _AGAIN)
    saved = iso_time(_words(message, "date"), document.timezone)
    found = page_at(data, charset_of(part), _address(message, part), saved, document)
    if not isinstance(found, Reading):
        why = found.why if isinstance(found, Passed) else "shows no text"
        raise UnreadableError(why, _AGAIN)
    found.entry = ""
    yield found


def _address(message: Message, part: Message) -> str:
    """Where the page was: as the browser says of all of it, else of the part."""
    said = _words(message, "snapshot-content-location") or _words(part, "content-location")
    return said if said.startswith(("http://", "https://")) else ""


def _words(message: Message, name: str) -> str:
    value = message.get(name)
    return " ".join(str(value).split()) if value is not None else ""
