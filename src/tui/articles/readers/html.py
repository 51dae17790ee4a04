"""Saved pages in HTML: the article of the page, and what the page says about it."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from typing import Any

from tui.articles.composing import compose
from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.documents import Document, Reading
from tui.articles.heading import read_ending, read_heading
from tui.articles.layout import Layout
from tui.articles.markup import blocks, parse_page
from tui.articles.readers.page_body import body_blocks
from tui.articles.readers.page_facts import read_facts

_DECLARED_WITHIN = 4_096  # bytes in which the encoding is declared; browsers look at 1,024
_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_UTF_8 = ("utf-8", "utf8", "unicode-1-1-utf-8", "x-unicode20utf8")
# What a page declares, and what browsers read it as (WHATWG Encoding Standard).
_MEANT = {
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ks_c_5601-1989": "cp949",
    "ksc5601": "cp949",
    "ksc_5601": "cp949",
    "windows-949": "cp949",
    "x-windows-949": "cp949",
    "uhc": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "sjis": "cp932",
    "x-sjis": "cp932",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "x-gbk": "gb18030",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "iso-8859-9": "cp1254",
    "tis-620": "cp874",
}
_WAYBACK_BAR = "//*[@id='wm-ipp-base' or @id='wm-ipp' or @id='wm-ipp-print' or @id='donato']"
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_READ_BY_OTHERS = ("en", "ko")  # languages that a text shows better than a page declares them


def read(document: Document) -> Iterator[Reading]:
    """The one article of a page.

    Raises UnreadableError if there is no text in it, or it is no page.
    """
    decoded = decode_page(document.data, document.encoding)
    tree = parse_page(decoded.text)
    if tree is None:
        raise UnreadableError("is an empty page", "save the page again with its text")
    layout, language, text = read_page(tree, decoded.text, document.timezone)
    if not text.strip():
        raise UnreadableError("shows no text", "save the page again after it has been loaded")
    yield Reading(
        text,
        layout,
        language=_language(language, text),
        encoding=decoded.encoding,
        replaced=decoded.replaced,
    )


def read_page(tree: Any, source: str, zone: str) -> tuple[Layout, str, str]:
    """Layout, declared language and canonical text of a page, given as tree and as text."""
    for bar in tree.xpath(_WAYBACK_BAR):
        bar.drop_tree()
    shown = list(blocks(tree))
    layout, language = read_facts(tree, shown, source, zone)
    body = body_blocks(tree, shown, layout.title)
    text = compose(layout, [block.text for block in body])
    start = layout.headline.end if layout.headline else 0
    read_ending(text, read_heading(text, start, layout, zone=zone), layout, zone=zone)
    return layout, language, text


def decode_page(data: bytes, encoding: str = "") -> Decoded:
    """A page as text: by the encoding named, its byte-order mark, what it declares, or a guess.

    UTF-8 that is valid is read as that whatever is declared: programs that save pages write
    UTF-8 and leave the declaration. Raises UnreadableError for an unknown `encoding`, and for
    what is no text.
    """
    declared = "" if encoding or _has_mark(data) else _declared(data)
    if not declared or _is_utf_8(data):
        return decode(data, encoding)
    try:
        read_so = decode(data, declared)
    except UnreadableError:
        return decode(data)
    if read_so.replaced * 100 <= sum(1 for byte in data[:100_000] if byte > 127):
        return read_so
    guessed = decode(data)
    return guessed if guessed.replaced < read_so.replaced else read_so


def _has_mark(data: bytes) -> bool:
    return data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))


def _is_utf_8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _declared(data: bytes) -> str:
    """The codec for the encoding that a page declares, if it declares another than UTF-8."""
    match = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    name = match[1].decode("ascii").lower() if match else ""
    name = _MEANT.get(name, name)
    if not name or name in _UTF_8 or name.startswith("utf-16"):
        return ""
    try:
        return name if codecs.lookup(name)._is_text_encoding else ""  # noqa: SLF001
    except LookupError:
        return ""


def _language(declared: str, text: str) -> str:
    """The declared language, unless the text is better asked itself (then empty)."""
    sample = text[:8_000]
    korean = len(_HANGUL.findall(sample)) * 4 > len(sample)
    return "" if declared in _READ_BY_OTHERS or korean else declared
