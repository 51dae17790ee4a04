"""HTML and XHTML in the values of feeds, mail and JSON, and plain text in them, to blocks of text.

Read in one pass without a tree: the same text on every machine, whatever is installed; no depth of
nesting that it could fall over; and in linear time, which `html.parser` of the standard library
does not take before Python 3.13.6 (100 kB of `<a ` take it four minutes).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple


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
_RAW = ("script", "style")  # what stands in them is no markup
_TAG = re.compile(r"<(/?)([A-Za-z][^\s/<>]{0,80})")
_QUOTE_OR_END = re.compile("[>\"']")
_CRUDE_TAG = re.compile(r"<[^<>]{0,1000}>")
_STYLE = re.compile(r"""\bstyle\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_HIDING = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_HIDDEN = re.compile(r"(?:^|\s)hidden(?=$|[\s=])", re.IGNORECASE)
_LONGEST_ATTRIBUTES = 2000  # code points that are looked at
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
    for token in _tokens(markup):
        if token.name:
            walk.tag(token)
        else:
            walk.words(token.text)
    return walk.ended()


def blocks_of_plain(text: str) -> list[str]:
    """The paragraphs of a plain text: what blank lines part."""
    return [block for block in _BLANK_LINES.split(text) if block.strip()]


def blocks_of(value: str) -> list[str]:
    """The blocks of a value that may be either: markup if there is a tag of HTML in it."""
    if _MARKUP.search(value):
        return blocks_of_markup(value)
    return blocks_of_plain(_unescaped(value) if _REFERENCE.search(value) else value)


def line_of(value: str) -> str:
    """A title or name in one line, without the tags and references it may hold."""
    return " ".join(" ".join(blocks_of(value)).split())


class _Token(NamedTuple):
    """A piece of text, or a tag: its local name in small letters, and its attributes as `text`."""

    text: str
    name: str = ""
    closes: bool = False


def _tokens(markup: str) -> Iterator[_Token]:
    """The text and the tags of some markup, each code point looked at a fixed number of times."""
    at = 0
    while at < len(markup):
        begin = markup.find("<", at)
        begin = len(markup) if begin < 0 else begin
        if begin > at:
            yield _Token(_unescaped(markup[at:begin]))
        tag = _TAG.match(markup, begin)
        if markup.startswith("<![CDATA[", begin):
            end = _index(markup, "]]>", begin)
            yield _Token(markup[begin + 9 : end])
            at = end + 3
        elif markup.startswith("<!--", begin):
            at = _index(markup, "-->", begin + 2) + 3
        elif markup.startswith(("<!", "<?"), begin):
            at = _index(markup, ">", begin) + 1
        elif tag is None:
            at = begin + 1
            yield _Token(markup[begin:at])
        else:
            end = _tag_end(markup, tag.end())
            if end < 0:  # a tag that never ends: what follows is text, as far as one can tell
                yield _Token(_unescaped(_CRUDE_TAG.sub(" ", markup[tag.end() :])))
                return
            name = tag[2].lower().rpartition(":")[2]
            yield _Token(markup[tag.end() : end], name, bool(tag[1]))
            at = end + 1
            if name in _RAW and not tag[1] and markup[end - 1] != "/":
                closing = re.compile(f"</{name}", re.IGNORECASE).search(markup, at)
                at = closing.start() if closing else len(markup)


def _index(markup: str, mark: str, at: int) -> int:
    found = markup.find(mark, at)
    return len(markup) if found < 0 else found


def _tag_end(markup: str, at: int) -> int:
    """Where the `>` of a tag stands, outside of quoted values; -1 if there is none."""
    while True:
        found = _QUOTE_OR_END.search(markup, at)
        if found is None:
            return -1
        if found[0] == ">":
            return found.start()
        at = found.end()
        if markup[max(0, at - 9) : at - 1].rstrip().endswith("="):  # else a stray quote
            at = markup.find(found[0], at) + 1
            if not at:
                return -1


def _unescaped(text: str) -> str:
    try:
        return html.unescape(text)
    except ValueError:  # the number of a character with thousands of digits
        return text


class _Walk:
    """Collects the blocks."""

    def __init__(self) -> None:
        self._blocks: list[str] = []
        self._parts: list[str] = []
        self._silent = ""  # the element whose contents are left out, and how deep it nests
        self._depth = 0
        self._preformatted = 0
        self._cell = self._has_words = False

    def ended(self) -> list[str]:
        """The blocks, after the last one has ended."""
        self._end_block()
        return self._blocks

    def tag(self, tag: _Token) -> None:
        """Takes in a tag; one that closes itself as both."""
        if not tag.closes:
            self._start(tag)
        if tag.closes or (tag.text.endswith("/") and tag.name not in _VOID):
            self._end(tag.name)

    def words(self, text: str) -> None:
        """Takes in a piece of text."""
        if self._silent:
            return
        if text.strip():
            if self._cell and self._has_words:
                self._parts.append(CELL)
            self._cell, self._has_words = False, True
        self._parts.append(text if self._preformatted else _WHITE.sub(" ", text))

    def _start(self, tag: _Token) -> None:
        name = tag.name
        if self._silent:
            if name == "body":
                self._silent = ""  # a head that was never closed
            elif name == self._silent:
                self._depth += 1
        elif name in _SILENT or (name not in _VOID and _is_hidden(tag.text)):
            self._silent, self._depth = name, 1
        elif name == "br":
            self._parts.append("\n")
        elif name in ("td", "th"):
            self._cell = True
        elif name in _BLOCKS:
            self._end_block()
            self._preformatted += name == "pre"

    def _end(self, name: str) -> None:
        if self._silent:
            if name == self._silent:
                self._depth -= 1
                self._silent = self._silent if self._depth else ""
        elif name in _BLOCKS:
            self._end_block()
            self._preformatted -= name == "pre" and self._preformatted > 0

    def _end_block(self) -> None:
        if self._parts:
            self._blocks += blocks_of_plain("".join(self._parts))
            self._parts = []
        self._cell = self._has_words = False


def _is_hidden(attributes: str) -> bool:
    """Whether the attributes of an element say that a browser does not show it."""
    if not attributes:
        return False
    attributes = attributes[:_LONGEST_ATTRIBUTES]
    style = _STYLE.search(attributes)
    if style and _HIDING.search(style[1] or style[2] or ""):
        return True
    return _HIDDEN.search(attributes) is not None
