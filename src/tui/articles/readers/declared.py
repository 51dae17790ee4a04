"""Documents that say their encoding themselves: XML, and what comes by mail and over HTTP."""

from __future__ import annotations

import html
import re
from xml.sax.saxutils import escape

from msgspec.structs import replace

from tui.articles.decoding import Decoded, decode
from tui.articles.documents import Document
from tui.articles.prologs import prolog_of

_DECLARED = re.compile(rb"""<\?xml\b[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_DECLARATION = re.compile(r"\s*<\?xml\b[^>]{0,400}>")
# Code points that no XML document may have (XML 1.0, production 2).
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAMED = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&([A-Za-z][A-Za-z0-9]{0,31});", re.DOTALL)
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_HIGH = bytes(range(0x80, 0x100))
_WIDE = ("utf-16", "utf-32", "utf-7")
# What the labels mean by the Encoding Standard (WHATWG), where Python's codecs of that name are
# narrower than what is written in practice.
_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "windows-949": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "windows-31j": "cp932",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}


def codec_of(label: str) -> str:
    """The codec for the name of an encoding as documents give it; empty if there is none."""
    name = label.strip().strip("\"'").lower()
    name = _WIDER.get(name, name)
    try:
        b"a".decode(name)  # without a byte nothing is looked up
    except (LookupError, ValueError):
        return ""
    return name


def decode_declared(data: bytes, label: str) -> Decoded:
    """The text of bytes whose encoding somebody declared; guessed if that cannot be right.

    Bytes beyond ASCII that are valid UTF-8 are that, whatever was declared. Raises UnreadableError
    for what is no text.
    """
    name = codec_of(label)
    if not name or name.replace("_", "-").startswith(_WIDE):
        return decode(data)  # a byte-order mark says it better, and one-byte text claims it too
    high = len(data) - len(data.translate(None, _HIGH))
    basis = "declared"
    if high and name != "utf-8" and _is_utf_8(data):
        name, basis = "utf-8", "valid"
    decoded = decode(data, name)
    if decoded.replaced * 3 > high:
        return decode(data)
    return replace(decoded, basis=basis) if decoded.basis == "named" else decoded


def decode_wide(data: bytes, encoding: str) -> Decoded:
    """The text of bytes that are in UTF-16 or UTF-32 by where their NULs are: that is a guess."""
    decoded = decode(data, encoding)
    return replace(decoded, basis="") if decoded.basis == "named" else decoded


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def xml_text(document: Document) -> Decoded:
    """A document in XML as text for a parser that shall meet nothing but elements and text.

    The XML declaration and the document type are taken off, so that there is no DTD and no
    entity but those of HTML, which stand as the characters they mean. What XML does not allow
    becomes U+FFFD and is counted. Raises UnreadableError for what is no text.
    """
    declared = _DECLARED.match(document.data[:500].lstrip(b"\xef\xbb\xbf \t\r\n"))
    if document.encoding:
        decoded = decode(document.data, document.encoding)
    elif document.data[1:2] == b"\x00" and document.data[:1] != b"\x00":
        decoded = decode_wide(document.data, "utf-16-le")
    elif document.data[:1] == b"\x00":
        decoded = decode_wide(document.data, "utf-16-be")
    else:
        decoded = decode_declared(document.data, declared[1].decode("ascii") if declared else "")
    text, forbidden = _FORBIDDEN.subn("\ufffd", decoded.text)
    text = _DECLARATION.sub("", text, count=1)
    start, end = prolog_of(text).doctype
    text = text[:start] + text[end:]
    lost = decoded.replaced + forbidden
    return Decoded(_NAMED.sub(_meant, text), decoded.encoding, lost, basis=decoded.basis)


def _meant(found: re.Match[str]) -> str:
    """What a named reference means; one that nobody knows stands for itself."""
    name = found[1]
    if not name or name in _OF_XML:
        return found[0]
    meant = html.unescape(found[0])
    return escape(meant)
