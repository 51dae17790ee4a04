"""HTML and XHTML in the values of feeds, mail and JSON, and plain text in them, to blocks of text.

Read by the parser of the standard library in one pass without a tree: the same text on every
machine, whatever is installed, and no depth of nesting that it could fall over.
"""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser


def _names(*lines: str) -> frozenset[str]:
    return frozenset(" ".join(lines).split())


_BLOCKS = _names(
    "address article aside blockquote body caption center dd details dialog dir div dl dt",
    "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li",
    "main menu nav ol p pre section summary table tbody tfoot thead tr ul",
    # of NITF
    "block body.content body.end body.head bq byline byttl credit dateline distributor hedline",
    "hl1 hl2 media media-caption nitf-table note tagline",
)
_SILENT = _names(
    "applet audio button canvas datalist embed frameset head iframe map noembed noframes",
    "noscript object script select style svg template textarea title video",
    "media-metadata media-reference media-object",
)
_VOID = _names(
    "area base br col embed hr img input link meta param source track wbr",
)
_HIDING = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WHITE = re.compile(r"[ \t\n\r\f]+")
_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")
_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|u|img|h[1-6]|ul|ol|li|table|blockquote|figure|section"
    r"|article|html|body|hr|sup|sub|font|pre|center|small)(?:\s[^<>]{0,2000})?/?>",
    re.IGNORECASE,
)
_REFERENCE = re.compile(r"&(?:[a-z]{2,8}|#\d{1,7}|#x[0-9a-f]{1,6});", re.IGNORECASE)
CELL = " | "  # between the cells of a row


def blocks_of_markup(markup: str) -> list[str]:
    """The paragraphs, headings, list items and rows of some HTML or XHTML, in their order.

    What a browser does not show is left out. Never raises.
    """
    walk = _Walk()
    walk.feed(markup)
    walk.close()
    return walk.ended()


def blocks_of_plain(text: str) -> list[str]:
    """The paragraphs of a plain text: what blank lines part."""
    return [block for block in _BLANK_LINES.split(text) if block.strip()]


def blocks_of(value: str) -> list[str]:
    """The blocks of a value that may be either: markup if there is a tag of HTML in it."""
    if _MARKUP.search(value):
        return blocks_of_markup(value)
    return blocks_of_plain(html.unescape(value) if _REFERENCE.search(value) else value)


def line_of(value: str) -> str:
    """A title or name in one line, without the tags and references it may hold."""
    return " ".join(" ".join(blocks_of(value)).split())


class _Walk(HTMLParser):
    """Collects the blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._blocks: list[str] = []
        self._parts: list[str] = []
        self._silent = ""  # the element whose contents are left out, and how deep it nests
        self._depth = 0
        self._preformatted = 0
        self._cell = False

    def ended(self) -> list[str]:
        """The blocks, after the last one has ended."""
        self._end_block()
        return self._blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        tag = tag.rpartition(":")[2]
        if self._silent:
            if tag == "body":
                self._silent = ""  # a head that was never closed
            elif tag == self._silent:
                self._depth += 1
            return
        if tag in _SILENT or (tag not in _VOID and _is_hidden(attrs)):
            self._silent, self._depth = tag, 1
        elif tag == "br":
            self._parts.append("\n")
        elif tag in ("td", "th"):
            self._cell = True
        elif tag in _BLOCKS:
            self._end_block()
            self._preformatted += tag == "pre"

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag.rpartition(":")[2] not in _VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if self._silent:
            if tag == self._silent:
                self._depth -= 1
                self._silent = self._silent if self._depth else ""
        elif tag in _BLOCKS:
            self._end_block()
            self._preformatted -= tag == "pre" and self._preformatted > 0

    def handle_data(self, data: str) -> None:
        if self._silent:
            return
        if self._cell and data.strip():
            self._cell = False
            if any(part.strip() for part in self._parts):
                self._parts.append(CELL)
        self._parts.append(data if self._preformatted else _WHITE.sub(" ", data))

    def unknown_decl(self, data: str) -> None:
        if data.startswith("CDATA["):
            self.handle_data(data[6:])

    def _end_block(self) -> None:
        if self._parts:
            self._blocks += blocks_of_plain("".join(self._parts))
            self._parts = []
        self._cell = False


def _is_hidden(attrs: list[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and value and _HIDING.search(value))
        for name, value in attrs
    )
