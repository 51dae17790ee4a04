"""The canonical text of an article that was taken out of a document of another kind."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui.articles.layout import Layout
from tui.articles.marks import mark_body
from tui.model.spans import Extent

_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n ?")


def compose(layout: Layout, blocks: Iterable[str]) -> str:
    """The text of a title and blocks (paragraphs, headings, list items), a blank line between.

    The title of `layout` becomes the headline and the first line, unless there is none; blanks are
    closed up, empty blocks and a first block that repeats the title left out. Section marks and
    captions in the blocks are entered into `layout`.
    """
    title = closed_up(layout.title).replace("\n", " ")
    found = [block for block in map(closed_up, blocks) if block]
    if title and found and found[0].replace("\n", " ").casefold() == title.casefold():
        found = found[1:]
    if title:
        layout.headline = Extent(0, len(title))
    text = "\n\n".join([title, *found] if title else found)
    mark_body(text, len(title), layout)
    return text


def closed_up(text: str) -> str:
    """A text with every run of blanks as one, none at the ends of its lines, and LF line ends."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()
