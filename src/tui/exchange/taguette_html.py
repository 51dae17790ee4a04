"""Texts as the HTML that Taguette keeps of them, and back, with what it counts in between.

Taguette counts the UTF-8 bytes of the text nodes; tags count nothing, so the end of a paragraph is
no character unless a line end stands between it and the next one. Here it is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from html import escape
from html.parser import HTMLParser

from tui.exchange.offsets import UTF8, Offsets

# What Taguette's own check of HTML (bleach) does not let through; one byte each, as `?` is.
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f]")
_BLOCKS = frozenset(
    {"html", "body", "main", "header", "footer", "section", "article", "aside"}
    | {"p", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre", "div", "blockquote", "figure"}
    | {"ul", "ol", "li", "dl", "dt", "dd"}
    | {"table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td"}
)
_UNSEEN = frozenset({"script", "style", "head", "title"})


def as_html(text: str) -> str:
    """A text as HTML, a paragraph a line; its text nodes are the text, character by character."""
    return "\n".join(f"<p>{escape(line, quote=False)}</p>" for line in fitting(text).split("\n"))


def fitting(text: str) -> str:
    """A text with what Taguette refuses replaced, one byte for one."""
    return _UNFIT.sub("?", text.encode("utf-8", "replace").decode())


class HtmlText:
    """The text of a document of Taguette's, and where its offsets are in that."""

    def __init__(self, html: str) -> None:
        """`html` is as Taguette keeps it; what browsers would mend in it is mended so."""
        parser = _Parser()
        parser.feed(html.replace("\r\n", "\n").replace("\r", "\n"))
        parser.close()
        self.text = parser.shown.replace("\r", "\n")
        self._offsets = Offsets(parser.counted, UTF8)
        self._breaks = parser.breaks

    def back(self, offset: int, *, end: bool = False) -> int:
        """An offset in bytes as one in code points of `text`; `end` for that of an end.

        Raises ValueError, with the end of a sentence, if it is outside, or inside of a character.
        """
        found = self._offsets.back(offset)
        return found + bisect_right(self._breaks, found - 1 if end else found)


class _Parser(HTMLParser):
    """Gathers the text nodes, and where blocks end without a line end in the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._counted: list[str] = []
        self._shown: list[str] = []
        self._size = 0
        self._last = "\n"
        self._apart = False  # whether a block begins here
        self._fresh_pre = False
        self._unseen = 0
        self.breaks: list[int] = []

    @property
    def counted(self) -> str:
        """What Taguette counts."""
        return "".join(self._counted)

    @property
    def shown(self) -> str:
        """The same with blocks on lines of their own."""
        return "".join(self._shown)

    def handle_starttag(
        self,
        tag: str,
        attrs: list[tuple[str, str | None]],  # noqa: ARG002  (the base class names it)
    ) -> None:
        self._fresh_pre = tag == "pre"
        self._unseen += tag in _UNSEEN
        self._apart = self._apart or tag in _BLOCKS or tag == "br"

    def handle_endtag(self, tag: str) -> None:
        self._fresh_pre = False
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        self._apart = self._apart or tag in _BLOCKS

    def handle_data(self, data: str) -> None:
        if self._fresh_pre:
            data = data.removeprefix("\n")  # as HTML has it
            self._fresh_pre = False
        if not self._size:
            data = data if self._apart else data.lstrip(" \t\n\f\r")  # no text before the body
        if not data or self._unseen:
            return
        if self._apart and self._last != "\n" and not data.startswith("\n"):
            self._shown.append("\n")
            self.breaks.append(self._size)
        self._apart = False
        self._last = data[-1]
        self._counted.append(data)
        self._shown.append(data)
        self._size += len(data)
