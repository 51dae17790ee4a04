"""Documents that are small to send and large to read."""

from __future__ import annotations

import gzip
import io
import zipfile

from tests.articles.made import CONTAINER, epub, pdf

WORDS = b"The mayor said on Wednesday that the bridge will be closed. " * 10


def page(body: bytes, attributes: bytes = b"") -> bytes:
    head = b"<!DOCTYPE html><html><head><title>T</title></head><body" + attributes + b">"
    return head + b"<p>" + WORDS + b"</p>" + body + b"<p>" + WORDS + b"</p></body></html>"


def laughing(root: str, inside: str) -> bytes:
    """XML whose entities would unfold to 10**9 words."""
    entities = "".join(f'<!ENTITY l{n + 1} "{f"&l{n};" * 10}">' for n in range(9))
    declared = f'<!DOCTYPE {root} [<!ENTITY l0 "lol ">{entities}]>'
    return f'<?xml version="1.0"?>{declared}{inside.format("&l9;")}'.encode()


def zipped_zeroes(size: int) -> bytes:
    """A book whose chapter unfolds to so many bytes."""
    made = io.BytesIO(epub("<dc:title>T</dc:title>", {"a.xhtml": "x"}))
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr("OPS/book.opf", b" " * size)
    return made.getvalue()


def endless_record(size: int) -> bytes:
    """A web archive with a record that unfolds to so many bytes."""
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + b"<b>" * (size // 3)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\n"
    head += b"Content-Type: application/http; msgtype=response\r\n"
    head += b"WARC-Record-ID: <urn:uuid:1>\r\nContent-Length: %d\r\n\r\n" % len(body)
    return gzip.compress(head + body + b"\r\n\r\n", 1)


def parents_of_themselves() -> bytes:
    """A PDF whose tree of pages leads back to its root."""
    return pdf([[(70, 700, 10, "Words")]]).replace(b"/Kids[4 0 R]", b"/Kids[2 0 R]")


def nested_mail(depth: int) -> bytes:
    head = b"Message-ID: <a@b.example>\r\nSubject: S\r\n"
    part = b"Content-Type: message/rfc822\r\n\r\n"
    return head + b"MIME-Version: 1.0\r\n" + part * depth + b"Subject: x\r\n\r\nWords.\r\n"


def bombs() -> dict[str, tuple[str, bytes]]:
    """All of them by what they are: the name of the file, and what is in it."""
    return {
        "20,000 tags in each other": ("a.html", page(b"<div>" * 20_000)),
        "200,000 tags in each other": ("a.html", page(b"<b>" * 200_000)),
        "tags that never nest right": (
            "a.html",
            page(b"<b><i><a>" * 30_000 + b"</b></i>" * 30_000),
        ),
        "a huge attribute": ("a.html", page(b"", b' data-x="' + b"&amp;<x " * 200_000 + b'"')),
        "200,000 attributes": (
            "a.html",
            page(b"", b"".join(b" a%d=1" % n for n in range(200_000))),
        ),
        "an open comment": ("a.html", page(b"<!--" * 30_000)),
        "tables in tables": ("a.html", page(b"<table><tr><td>" * 3_000)),
        "a script that never ends": ("a.html", page(b"<script>" + b"</scrip" * 200_000)),
        "JSON-LD in itself": (
            "a.html",
            page(b'<script type="application/ld+json">' + b'{"a":[' * 50_000 + b"</script>"),
        ),
        "a feed of laughter": (
            "a.rss",
            laughing(
                "rss",
                '<rss version="2.0"><channel><title>T</title><item><title>{0}</title>'
                "<description>{0}</description></item></channel></rss>",
            ),
        ),
        "a NITF of laughter": (
            "a.nitf",
            laughing("nitf", "<nitf><body><body.content><p>{0}</p></body.content></body></nitf>"),
        ),
        "a feed of nested items": (
            "a.rss",
            b'<rss version="2.0"><channel><item>' + b"<description>" * 10_000 + b"</rss>",
        ),
        "a book that unfolds": ("a.epub", zipped_zeroes(200_000_000)),
        "an archive that unfolds": ("a.warc.gz", endless_record(200_000_000)),
        "pages that are their own parents": ("a.pdf", parents_of_themselves()),
        "lists in lists": ("a.json", b'{"text": ' + b"[" * 500_000),
        "a number without end": ("a.json", b'[{"text": "x", "id": ' + b"9" * 1_000_000 + b"}]"),
        "mails in mails": ("a.eml", nested_mail(20_000)),
        "parts in parts": (
            "a.eml",
            b"Message-ID: <a@b>\r\nMIME-Version: 1.0\r\n"
            + b"".join(
                b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n)
                for n in range(2_000)
            ),
        ),
    }
