"""Pages and chapters in HTML: to a tree, and from a tree to blocks of text.

Nothing is fetched and no entity but those of HTML is known. What a browser does not show is left
out; what it shows on a line of its own is a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tui.articles.decoding import UnreadableError
from tui.articles.extras import library

DEEPEST = 2000  # nested elements; the parser silently drops what lies below 2,048

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_CLOSED = re.compile(r"<([A-Za-z][\w:.-]*)((?:\s[^<>]*)?)/>")
_VOID = frozenset(
    "area base br col embed hr img input link meta param source track wbr".split()  # noqa: SIM905
)
_SILENT = frozenset(
    [
        "applet",
        "audio",
        "button",
        "canvas",
        "datalist",
        "embed",
        "frameset",
        "head",
        "iframe",
        "input",
        "map",
        "noembed",
        "noframes",
        "noscript",
        "object",
        "script",
        "select",
        "style",
        "svg",
        "template",
        "textarea",
        "title",
        "video",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_KINDS = {
    "li": "item",
    "dd": "item",
    "dt": "item",
    "blockquote": "quote",
    "pre": "pre",
    "figcaption": "caption",
    "caption": "caption",
    "tr": "row",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
}
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_UNSEEN = re.compile(r"(?:^|\s)(?:sr-only|screen-reader-text|visually-?hidden)(?:\s|$)")
_WHITE = re.compile(r"[ \t\n\r\f]+")
_BREAKS = re.compile(r"[^\S\n]*\n[^\S\n]*\n\s*")


class Block(NamedTuple):
    """A paragraph, heading, list item, row of a table or the like, as a browser shows it.

    `kind` is `text`, `heading`, `item`, `quote`, `caption`, `row` or `pre`; `linked` counts the
    code points that are links; `element` is the one that holds it.
    """

    text: str
    kind: str
    linked: int
    element: Any


def parse_page(markup: str) -> Any:
    """The tree (lxml) of a page in HTML or XHTML, or of a fragment of one; None if it is empty.

    Raises UnreadableError for elements nested too deep, of which the parser would keep no word.
    """
    html = library("lxml.html", "html")
    text = _FORBIDDEN.sub("", markup)
    if text.lstrip().startswith("<?xml"):
        text = _CLOSED.sub(_opened, text)
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        tree = html.document_fromstring(text.encode(), parser=parser)
    except (ValueError, library("lxml.etree", "html").LxmlError):
        return None
    if depth(tree) > DEEPEST:
        mend = "save the text of the article as .txt and open that"
        raise UnreadableError(f"has more than {DEEPEST:,} elements one in another", mend)
    return tree


def _opened(match: re.Match[str]) -> str:
    """An element that XHTML closes at once, as HTML has to write it."""
    name, attributes = match.groups()
    return match.group() if name.lower() in _VOID else f"<{name}{attributes}></{name}>"


def depth(tree: Any) -> int:
    """How many elements of a tree lie one in another at most."""
    deepest = level = 0
    for event, _ in library("lxml.etree", "html").iterwalk(tree, events=("start", "end")):
        level += 1 if event == "start" else -1
        deepest = max(deepest, level)
    return deepest


@dataclass(slots=True)
class _Run:
    """What has been read since the last block ended."""

    parts: list[str] = field(default_factory=list[str])
    linked: int = 0

    def add(self, words: str | None, linked: int, preformatted: int) -> None:
        """Takes in the words of one piece of text."""
        if words:
            words = words if preformatted else _WHITE.sub(" ", words)
            self.parts.append(words)
            self.linked += len(words.strip()) if linked else 0

    def take(self, kind: str, element: Any) -> Iterator[Block]:
        """The blocks in it: more than one where blank lines part it."""
        text, linked = _FORBIDDEN.sub("", "".join(self.parts)), self.linked
        self.parts.clear()
        self.linked = 0
        for part in _BREAKS.split(text) if "\n" in text else (text,):
            if part.strip():
                yield Block(part.strip(), kind, min(linked, len(part)), element)


def blocks(root: Any) -> Iterator[Block]:
    """The blocks of a tree in its order. Rows of a table whose cells are plain are one block each.

    White space is closed up as a browser does; `<br>` is a line break, two of them end the block.
    """
    walk = library("lxml.etree", "html").iterwalk(root, events=("start", "end"))
    run = _Run()
    kinds: list[tuple[str, Any]] = [("text", root)]
    linked = rows = preformatted = 0
    skipped: Any = None
    for event, element in walk:
        name, starts = name_of(element), event == "start"
        if starts and (name in _SILENT or is_hidden(element, name)):
            if name in _BLOCKS:
                yield from run.take(*kinds[-1])
            skipped = element
            walk.skip_subtree()
            continue
        if element is skipped:
            run.add(element.tail, linked, preformatted)
            continue
        within_row = rows and name in ("td", "th")
        if name in _BLOCKS and not within_row:
            yield from run.take(*kinds[-1])
            if starts:
                kinds.append((_KINDS.get(name) or _inherited(kinds[-1][0]), element))
            elif len(kinds) > 1:
                kinds.pop()
        linked += _step(name == "a", starts)
        rows += _step(name == "tr" and _is_plain_row(element), starts)
        preformatted += _step(name == "pre", starts)
        if starts and within_row and run.parts:
            run.parts.append(" | ")
        if starts and name == "br":
            run.parts.append("\n")
        # The text behind an element belongs to what holds it.
        words = element.text if starts else (element.tail if element is not root else None)
        run.add(words, linked, preformatted)
    yield from run.take(*kinds[-1])


def _step(applies: bool, starts: bool) -> int:
    return (1 if starts else -1) if applies else 0


def _inherited(kind: str) -> str:
    """The kind of a plain block within another one."""
    return kind if kind in ("item", "quote", "caption") else "text"


def name_of(element: Any) -> str:
    """The name of an element in small letters without its namespace; empty for what is none."""
    tag = element.tag
    return tag.rpartition("}")[2].rpartition(":")[2].lower() if isinstance(tag, str) else ""


def is_hidden(element: Any, name: str) -> bool:
    """Whether a browser would not show an element, as far as the element itself says so."""
    if name in ("html", "body", "article", "main") or not element.attrib:
        return False
    if element.get("hidden") is not None:
        return True
    style, classes = element.get("style"), element.get("class")
    return bool((style and _HIDING.search(style[:500])) or (classes and _UNSEEN.search(classes)))


def _is_plain_row(row: Any) -> bool:
    """Whether the cells of a row hold words only, so that they can stand side by side."""
    cells = list(row)
    return len(cells) > 1 and not any(
        name_of(inner) in _BLOCKS or name_of(inner) == "br"
        for cell in cells
        for inner in cell.iterdescendants()
    )
