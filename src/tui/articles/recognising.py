"""Which reader a document is for: by what it holds first, then by its name."""

from __future__ import annotations

import codecs
import re
import zlib
from pathlib import PurePath

from tui.articles.formats import FORMATS, SUFFIXES, Format
from tui.articles.prologs import prolog_of

HEAD = 1 << 16  # bytes from the beginning of a document that tell its format


# A format of these needs no other sign than its first bytes.
_MARKS = ((b"%PDF-", "pdf"), (b"WARC/1.", "warc"), (b"WARC/0.", "warc"))
_ZIPPED = b"PK\x03\x04"
_GZIPPED = b"\x1f\x8b"
_EPUB = b"mimetypeapplication/epub+zip"
_ROOTS = {
    "html": "html",
    "rss": "feed",
    "feed": "feed",
    "rdf": "feed",
    "nitf": "nitf",
    "newsitem": "newsml",
    "conceptitem": "newsml",
    "newsmessage": "newsml",
    "packageitem": "newsml",
    "knowledgeitem": "newsml",
}
# Compiled at the first use, by the cache of `re`: most documents are plain text.
_FIELD = r"[A-Za-z][A-Za-z0-9-]{0,60}:[ \t]"
_MAIL = (
    r"(?im)^(?:message-id|received|mime-version|delivered-to|return-path|x-[a-z-]{1,60}"
    r"|content-type):"
)
# What Chrome and its kin, and Internet Explorer, write at the head of a page saved as one file.
_SAVED = r"(?im)^(?:snapshot-content-location:|from: ?<saved by )"
_MBOX_LINE = r"From \S.{0,200}\d{4}"
_LONGEST_MBOX_LINE = 260
_EXPORT = rb'\{"type": ?"(?:article|highlight|claim|link|review|source|tag|text)"[,}]'
_JSON = r"\{\s*\"[^\"\n]{0,200}\"\s*:|\[\s*\{\s*[\"}]|\{\s*\}\s*(?:\n|\Z)"
_NINJS = ('"body_xhtml"', '"body_text"', '"body_html"', '"bodies"', '"headlines"')


def recognise(head: bytes, path: str) -> Format:
    """The format of a document that begins with these bytes (HEAD of them are enough).

    A text whose name says plain text or Markdown is one, unless its beginning leaves no doubt;
    what nothing is known of is for a plug-in that knows the name, else plain text. Never raises.
    """
    name = PurePath(path).name.lower()
    named = next((SUFFIXES[s] for s in _suffixes(name) if s in SUFFIXES), "")
    head = head[:HEAD]
    found = _by_bytes(head, name) or _by_text(_loosely(head), named)
    if not (found or named) and PurePath(name).suffix:
        from tui.articles.plugins import plugin_for  # reading the entry points takes 30 ms

        plugin = plugin_for(name)
        if plugin is not None:
            return plugin
    return FORMATS[found or named or "plain"]


def is_export(head: bytes) -> bool:
    """Whether a document that begins so holds annotations that Pressmark exported, and no news."""
    return re.match(_EXPORT, head.lstrip(b"\xef\xbb\xbf")) is not None


def _suffixes(name: str) -> tuple[str, ...]:
    both = PurePath(name).suffixes[-2:]
    return ("".join(both), both[-1]) if both else ()


def _by_bytes(head: bytes, name: str) -> str:
    for mark, format_ in _MARKS:
        if head.startswith(mark):
            return format_
    if head.startswith(_ZIPPED):
        return "epub" if _EPUB in head[:200] or name.endswith(".epub") else ""
    return "warc" if head.startswith(_GZIPPED) and _unzipped(head).startswith(b"WARC/") else ""


def _unzipped(head: bytes) -> bytes:
    """The first few bytes of what is zipped; none if it is damaged."""
    try:
        return zlib.decompressobj(wbits=31).decompress(head[:4096], 16)
    except zlib.error:
        return b""


def _by_text(head: str, named: str) -> str:
    head = head.lstrip().lstrip("\ufeff").lstrip()
    if head[:1] == "<":
        return _by_root(head, named)
    if named in ("plain", "markdown", "html", "feed"):
        return ""
    if head.startswith("From "):
        return "mbox" if _is_mbox(head) else ""
    if re.match(_FIELD, head) and re.search(_MAIL, fields := head.split("\n\n", 1)[0]):
        return "mhtml" if named == "mhtml" or re.search(_SAVED, fields) else "mail"
    if head[:1] in ("{", "[") and re.match(_JSON, head):
        is_item = '"uri"' in head and any(key in head for key in _NINJS)
        return "ninjs" if is_item and head[0] == "{" else "json"
    return ""


def _is_mbox(head: str) -> bool:
    line, _, rest = head.partition("\n")
    if len(line) > _LONGEST_MBOX_LINE or not re.match(_MBOX_LINE, line):
        return False
    return re.match(r">?[A-Za-z-]{1,60}:", rest) is not None


def _by_root(head: str, named: str) -> str:
    """The format by the root element of a document in XML or HTML.

    The reader of news in XML says of another root that it is none; a text by its name may
    begin with whatever it likes.
    """
    prolog = prolog_of(head)
    declared = re.match(r"<!doctype\s+(html\b)", head[prolog.doctype[0] :][:40], re.IGNORECASE)
    if declared:
        return "html"
    found = _ROOTS.get(prolog.name.lower(), "")
    return found or ("newsml" if head.startswith("<?xml") and not named else "")


def _loosely(head: bytes) -> str:
    """A beginning as text, good enough for what is ASCII in it."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = head.decode("utf-16", "replace")
    elif head[1:2] == b"\x00":
        text = head.decode("utf-16-le", "replace")
    elif head[:1] == b"\x00":
        text = head.decode("utf-16-be", "replace")
    else:
        text = head.decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
