"""Mail and newsletters: a message saved as .eml, or a mailbox (mbox) with many.

Read by the standard library's `email` with its older policy: the newer one takes the headers of
damaged messages apart at length, and falls over some of them.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from typing import NamedTuple, cast

from tui.articles.composing import compose
from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.documents import Document, Passed, Reading
from tui.articles.layout import Layout
from tui.articles.readers.declared import decode_declared
from tui.articles.readers.fragments import blocks_of_markup, blocks_of_plain
from tui.articles.readers.metadata import (
    NO_TEXT,
    Names,
    global_name,
    host_of,
    iso_time,
    language_code,
)

_FROM_LINE = re.compile(
    rb"(?:\A|\r?\n\r?\n)From [^\r\n]{0,200}\d{4}[^\r\n]{0,60}\r?\n(?=[^\s:]{1,80}:)"
)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)
_LIST_ID = re.compile(r"\s*(?P<phrase>[^<>]*?)\s*<(?P<id>[^<>]+)>")
_ADDRESS = re.compile(r"<\s*(https?://[^\s<>]+)\s*>")
_PARTS = 1000  # of one message that are looked at
_LONGEST_HEADER = 10_000
_SHORT = 300  # code points of a plain part that may only say that there is HTML


class _Body(NamedTuple):
    """The blocks of a message's text, and what it took to decode them."""

    blocks: list[str]
    encoding: str = ""
    basis: str = ""
    replaced: int = 0


def read(document: Document) -> Iterator[Reading | Passed]:
    """The message, or each message of a mailbox: plain text if there is some, else HTML.

    Attachments are left out. Raises UnreadableError if there is no text at all.
    """
    if not document.data.startswith(b"From "):
        found = _read(document.data, document, "")
        if isinstance(found, Passed):
            raise UnreadableError(found.why, "open it in a mail program, and save it as text")
        found.entry = ""
        yield found
        return
    messages = enumerate(_messages(document.data), 1)
    yield from Names().settle(_read(data, document, f"message {n}") for n, data in messages)


def _messages(mailbox: bytes) -> Iterator[bytes]:
    """The messages of a mailbox as RFC 4155 and the variant `mboxrd` have it."""
    begin = -1
    for line in _FROM_LINE.finditer(mailbox):
        if begin >= 0:
            yield _QUOTED_FROM.sub(rb"\1", mailbox[begin : line.start()])
        begin = line.end()
    if begin >= 0:
        yield _QUOTED_FROM.sub(rb"\1", mailbox[begin:])
    else:
        yield mailbox.partition(b"\n")[2]


def _read(data: bytes, document: Document, label: str) -> Reading | Passed:
    try:
        message = message_from_bytes(data)
        body = _body(message, document.encoding)
    except (RecursionError, MessageError, LookupError, ValueError, TypeError, AttributeError):
        return Passed(label, "is damaged: its parts cannot be told apart")
    layout = _layout(message, document)
    text = compose(layout, body.blocks)
    guid = _line(message, "message-id").strip("<> ")
    if not body.blocks:
        return Passed(guid or label, NO_TEXT)
    return Reading(
        text,
        layout,
        entry=guid,
        guid=global_name(guid, host_of(layout.url)),
        language=language_code(_line(message, "content-language")),
        encoding=body.encoding,
        basis=body.basis,
        replaced=body.replaced,
    )


def _layout(message: Message, document: Document) -> Layout:
    """What the headers say: a newsletter's list is the outlet, or its sender if it has no name."""
    encoding = document.encoding
    sender = _sender(_line(message, "from", encoding))
    listed = _LIST_ID.match(_line(message, "list-id", encoding))
    is_list = listed or message.get("list-unsubscribe") is not None
    outlet = ((listed["phrase"].strip("\"' ") if listed else "") or sender) if is_list else ""
    links = _ADDRESS.search(_line(message, "archived-at"))
    return Layout(
        title=_line(message, "subject", encoding),
        outlet=outlet,
        byline="" if outlet == sender else sender,
        url=links[1] if links else "",
        published=_sent(_line(message, "date"), document.timezone),
    )


def _sender(written: str) -> str:
    """The name of the first sender, else the address."""
    try:
        names = getaddresses([written])
    except (RecursionError, ValueError, IndexError):
        return written[:200]
    return next((name.strip() or address for name, address in names), "")


def _sent(written: str, zone: str) -> str:
    """A time as RFC 5322 has it. `-0000` is UTC of which nobody says where it was written."""
    try:
        moment = parsedate_to_datetime(written[:100])
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_time(written, zone)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return moment.isoformat(timespec="seconds")


def _line(message: Message, name: str, encoding: str = "") -> str:
    """A header in one line, its encoded words (RFC 2047) decoded; empty if it is missing.

    Bytes that say no encoding are read in the one that was named, if there is one.
    """
    try:
        value = message.get(name)
        value = value[:_LONGEST_HEADER] if isinstance(value, str) else value
        pieces = [] if value is None else decode_header(value)
    except (MessageError, binascii.Error, ValueError, TypeError, AttributeError, LookupError):
        return ""
    words = "".join(_decoded(piece, charset, encoding) for piece, charset in pieces)
    return " ".join(words.replace("\x00", "\ufffd").split())


def _decoded(piece: str | bytes, charset: str | None, encoding: str) -> str:
    if isinstance(piece, str):
        piece = piece.encode("utf-8", "surrogateescape")
    try:
        if charset in (None, "unknown-8bit"):
            return decode(piece, encoding if not piece.isascii() else "").text
        return decode_declared(piece, charset or "").text
    except UnreadableError:
        return piece.decode("utf-8", "replace")


def _body(message: Message, encoding: str) -> _Body:
    """The text of a message: all its plain parts, or all in HTML if these say more than nothing."""
    plain: list[str] = []
    marked_up: list[str] = []
    used = Decoded("", "")
    replaced = {"text/plain": 0, "text/html": 0}
    for part in _parts(message):
        kind = part.get_content_type()
        if kind not in replaced:
            continue
        decoded = _payload(part, encoding)
        used = used if used.encoding else decoded
        replaced[kind] += decoded.replaced
        if kind == "text/html":
            marked_up += blocks_of_markup(decoded.text)
        else:
            plain += blocks_of_plain(_unflowed(decoded.text, part))
    size, other = sum(map(len, plain)), sum(map(len, marked_up))
    if size and (size >= _SHORT or other < 3 * size):
        return _Body(plain, used.encoding, used.basis, replaced["text/plain"])
    return _Body(marked_up or plain, used.encoding, used.basis, replaced["text/html"])


def _parts(message: Message) -> Iterator[Message]:
    """The parts that are no attachments, in their order; messages in messages are none of them."""
    waiting = [message]
    for _ in range(_PARTS):
        if not waiting:
            return
        part = waiting.pop()
        if part.get_content_maintype() == "message" and part is not message:
            continue
        if part.is_multipart():
            inner = part.get_payload()
            if isinstance(inner, list):
                waiting.extend(reversed(cast("list[Message]", inner)))
        elif not _is_attached(part):
            yield part


def _is_attached(part: Message) -> bool:
    return part.get_content_disposition() == "attachment" or bool(part.get_filename())


def _payload(part: Message, encoding: str) -> Decoded:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        data = b""
    try:
        charset = part.get_content_charset() or ""
    except (LookupError, ValueError, TypeError):
        charset = ""
    try:
        return decode(data, encoding) if encoding else decode_declared(data, charset)
    except UnreadableError:
        return Decoded("", "")


def _unflowed(text: str, part: Message) -> str:
    """The paragraphs of text that was broken into lines for the way (RFC 3676), one a line."""
    if str(part.get_param("format", "")).lower() != "flowed":
        return text
    joint = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
    lines: list[str] = []
    flows = False
    for line in text.split("\n"):
        stuffed = line.removeprefix(" ")
        if flows and not stuffed.startswith(">"):
            lines[-1] = lines[-1].rstrip(" ") + joint + stuffed
        else:
            lines.append(stuffed)
        flows = stuffed.endswith(" ") and stuffed != "-- " and not stuffed.startswith(">")
    return "\n".join(lines)
