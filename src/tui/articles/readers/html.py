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
from tui.articles.readers.declared import decode_declared
from tui.articles.readers.page_body import body_blocks
from tui.articles.readers.page_facts import read_facts

_DECLARED_WITHIN = 4_096  # bytes in which the encoding is declared; browsers look at 1,024
_CHARSET = re.compile(
    rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.IGNORECASE
)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
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
        basis=decoded.basis,
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
    label = _CHARSET.search(data, 0, _DECLARED_WITHIN)
    if encoding or label is None or data.startswith(_MARKS):
        return decode(data, encoding)
    try:
        return decode_declared(data, label[1].decode("ascii"))
    except UnreadableError:
        return decode(data)


def _language(declared: str, text: str) -> str:
    """The declared language, unless the text is better asked itself (then empty)."""
    sample = text[:8_000]
    korean = len(_HANGUL.findall(sample)) * 4 > len(sample)
    return "" if declared in _READ_BY_OTHERS or korean else declared
