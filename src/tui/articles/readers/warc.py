"""Web archives (WARC, ISO 28500): an article a page that was saved with status 200."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from email.message import Message
from io import BytesIO
from typing import Any

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.extras import library
from tui.articles.readers.fetched import PAGES, charset_of, page_at
from tui.articles.readers.metadata import NO_TEXT, Names, iso_time

_LARGEST = 20 * 1024 * 1024  # bytes of a page
_BROTLI = "br"
_READ_ENCODINGS = ("", "identity", "gzip", "x-gzip", "deflate", _BROTLI)
_DAMAGED = "is damaged, and what follows was not read"
_GZIP = 31  # for zlib: with the head and the sum of gzip
_CHUNK = 1 << 14
_GZIPPED = b"\x1f\x8b"


def read(document: Document) -> Iterator[Reading | Passed]:
    """The pages of an archive in its order; all that is no page is left out.

    Raises UnreadableError if there is no record in it.
    """
    library("lxml", "warc")
    yield from Names().settle(_pages(document))


def _pages(document: Document) -> Iterator[Reading | Passed]:
    iterator = library("warcio.archiveiterator", "warc").ArchiveIterator
    stream = _Unzipped(document.data) if document.data.startswith(_GZIPPED) else None
    records = pages = 0
    damage = ""
    try:
        for record in iterator(stream or BytesIO(document.data)):
            records += 1
            found = _record(record, document)
            if found is not None:
                pages += 1
                yield found
    except (UnreadableError, MemoryError, ImportError):
        raise
    except Exception:  # warcio says with exceptions of every kind that a record is damaged
        damage = f"record {records + 1}"
    if damage or (stream is not None and stream.is_damaged):
        if not pages:
            raise UnreadableError("is no web archive that can be read", "fetch it again")
        yield Passed(damage or "the rest", _DAMAGED)
    elif not pages:
        raise UnreadableError("is a web archive without a page", "there is nothing to read in it")


class _Unzipped:
    """What is zipped, record by record or as one, up to where it is damaged or broken off.

    It is unpacked here, since warcio refuses archives that were zipped as one.
    """

    def __init__(self, data: bytes) -> None:
        self._rest = memoryview(data)
        self._unpack = zlib.decompressobj(wbits=_GZIP)
        self.is_damaged = False

    def read(self, size: int) -> bytes:
        """At most `size` bytes; none at the end."""
        while self._rest and not self.is_damaged:
            try:
                found = self._unpack.decompress(self._rest[:_CHUNK], size)
            except zlib.error:
                self.is_damaged = True
                return b""
            unused = self._unpack.unconsumed_tail or self._unpack.unused_data
            self._rest = self._rest[min(_CHUNK, len(self._rest)) - len(unused) :]
            if self._unpack.eof:
                self._unpack = zlib.decompressobj(wbits=_GZIP)
            elif not self._rest:
                self.is_damaged = True
            if found:
                return found
        return b""


def _record(record: Any, document: Document) -> Reading | Passed | None:
    """The page in a record; None if it holds none, such as a request or an earlier page again."""
    headers, http = record.rec_headers, record.http_headers
    kind = headers.get_header("Content-Type") if http is None else http.get_header("Content-Type")
    content = Message()
    content["Content-Type"] = kind or ""
    if content.get_content_type() not in PAGES or record.rec_type not in ("response", "resource"):
        return None
    if http is not None and http.get_statuscode() != "200":
        return None
    url = (headers.get_header("WARC-Target-URI") or "").strip("<> ")
    date = iso_time(headers.get_header("WARC-Date") or "")
    label = f"{url} {date}".strip()
    packed = (http.get_header("Content-Encoding") or "").strip().lower() if http else ""
    if packed not in _READ_ENCODINGS:
        return Passed(label, f"is packed as {packed[:20]}, which cannot be read")
    data = _brotli(record) if packed == _BROTLI else record.content_stream().read(_LARGEST + 1)
    if len(data) > _LARGEST:
        return Passed(label, f"is larger than {_LARGEST // (1024 * 1024)} MB")
    return page_at(data, charset_of(content), url, date, document) or Passed(label, NO_TEXT)


def _brotli(record: Any) -> bytes:
    """A body packed with brotli, a little more than _LARGEST of it at most.

    It is unpacked here, since warcio sets an attribute that Decompressor does not have any more.
    """
    record.http_headers.remove_header("Content-Encoding")
    packed = record.content_stream().read(_LARGEST)
    unpack = library("brotli", "warc").Decompressor()
    return unpack.process(packed, output_buffer_limit=_LARGEST + 1)
