"""Plain text: the wire layout, ordinary texts, Markdown."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from pathlib import PurePath

from tui.articles.decoding import decode
from tui.articles.documents import Document, Reading
from tui.articles.heading import read_ending, read_heading, read_line
from tui.articles.layout import Layout, unquoted
from tui.articles.marks import mark_body, section_mark
from tui.articles.times import SEOUL, find_moment
from tui.model.articles import is_taken_apart
from tui.model.spans import Extent

_WIRE_DATE = re.compile(
    r"\s*(?P<head>date\s+(?P<date>\d{4}-\d{1,2}-\d{1,2}(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?)"
    r"[ \t]*(?:\[(?P<outlet>[^\[\]\n]{1,80})\])?)[ \t]*(?P<headline>[^\n]*)"
)
_WIRE_ENTRY = re.compile(r"(?:^|\n)[ \t]*(?:기사)?입력[ \t]*:?[ \t]*\d{4}[-.]")
_NEXT_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_MARKDOWN = (".md", ".markdown")


def read(document: Document) -> Iterator[Reading]:
    """The one article in a text. Wire copy is told by its layout, whatever the file is called.

    Raises UnreadableError for what is no text.
    """
    decoded = decode(document.data, document.encoding)
    if is_taken_apart(decoded.text):
        from tui.model.composed import Composed

        copy = Composed(decoded.text)
        name, layout = _read(copy.text, document)
        layout.move(copy.own)
    else:
        name, layout = _read(decoded.text, document)
    yield Reading(
        decoded.text,
        layout,
        encoding=decoded.encoding,
        basis=decoded.basis,
        replaced=decoded.replaced,
        reader=name,
        whole=decoded.whole,
    )


def _read(text: str, document: Document) -> tuple[str, Layout]:
    """Which kind of text it is, and its layout."""
    if PurePath(document.path).suffix.lower() in _MARKDOWN:
        return "markdown", read_markdown(text, document.timezone)
    if is_wire(text):
        return "wire", read_wire(text, document.timezone)
    return "plain", read_plain(text, document.timezone)


def is_wire(text: str) -> bool:
    """Whether a text has the layout of Korean wire copy: a `date` line, or an `입력` line."""
    top = text[:1000]
    return _WIRE_DATE.match(top) is not None or _WIRE_ENTRY.search(top) is not None


def read_wire(text: str, zone: str) -> Layout:
    """Korean wire copy: a `date` line with outlet and headline, an `입력` line, marks."""
    layout = Layout()
    start = 0
    match = _WIRE_DATE.match(text)
    if match:
        layout.head(*match.span("head"))
        moment = find_moment(match["date"], zone=SEOUL)
        if moment:
            layout.publish(moment.iso)
        layout.take("outlet", (match["outlet"] or "").strip())
        start = match.end()
        headline = match["headline"].rstrip()
        if headline:
            _set_headline(layout, match.start("headline"), headline)
        else:
            start = _headline_below(text, start, layout)
    body = read_heading(text, start, layout, zone=zone)
    _finish(text, body, layout, zone)
    return layout


def _headline_below(text: str, start: int, layout: Layout) -> int:
    """A headline on the line after the `date` line; returns where to go on."""
    below = _NEXT_LINE.search(text, start)
    if below is None or section_mark(below.group()) or len(below.group()) > 200:
        return start
    if read_line(below.group()) is not None:
        return start
    _set_headline(layout, below.start(), below.group())
    return below.end()


def _set_headline(layout: Layout, start: int, headline: str) -> None:
    layout.headline = Extent(start, start + len(headline))
    layout.take("title", unquoted(headline))


def read_plain(text: str, zone: str) -> Layout:
    """An ordinary text: its first short line is the title."""
    layout = Layout()
    body = read_heading(text, 0, layout, zone=zone)
    _finish(text, body, layout, zone)
    return layout


def _finish(text: str, body: int, layout: Layout, zone: str) -> None:
    read_ending(text, body, layout, zone=zone)
    mark_body(text, body, layout)


_FRONT_MATTER = r"\s*(---|\+\+\+)[ \t]*\n(?P<body>(?:[^\n]*\n){0,200}?)\1[ \t]*(?=\n|\Z)"
_PAIR = r"(?P<key>[A-Za-z_][\w -]{0,30}?)\s*[:=]\s*(?P<value>.*)$"
_ATX = r"\s*(?P<marks>#{1,6}[ \t]+)(?P<title>[^\n]*?)[ \t]*(?P<tail>#*)[ \t]*(?=\n|\Z)"
_SETEXT = r"\s*(?P<title>\S[^\n]{0,300})\n(?P<line>=+|-{2,})[ \t]*(?=\n|\Z)"
_KEYS = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "source": "outlet",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "archive": "archive_url",
    "archive_url": "archive_url",
    "date": "published",
    "published": "published",
    "created": "published",
    "pubdate": "published",
    "updated": "modified",
    "modified": "modified",
    "lastmod": "modified",
    "retrieved": "retrieved",
    "accessed": "retrieved",
}


def read_markdown(text: str, zone: str) -> Layout:
    """Markdown: front matter between `---` or `+++`, then the first heading as the title."""
    layout = Layout()
    start = 0
    matter = re.match(_FRONT_MATTER, text)
    if matter:
        _read_matter(matter["body"], layout, zone)
        layout.head(matter.start(1), matter.end())
        start = matter.end()
    heading = re.compile(_ATX).match(text, start) or re.compile(_SETEXT).match(text, start)
    if heading and heading["title"]:
        start = heading.end()
        layout.headline = Extent(*heading.span("title"))
        layout.take("title", unquoted(heading["title"]))
        for group in ("marks", "tail", "line"):
            if heading.re.groupindex.get(group):
                begin, end = heading.span(group)
                layout.head(begin, begin + len(text[begin:end].rstrip()))
    body = read_heading(text, start, layout, zone=zone)
    _finish(text, body, layout, zone)
    return layout


def _read_matter(matter: str, layout: Layout, zone: str) -> None:
    """The fields of front matter: plain `key: value` lines, and lists of one value a line."""
    key = ""
    lists: dict[str, list[str]] = {}
    for line in matter.split("\n"):
        pair = re.match(_PAIR, line)
        if pair:
            key = _KEYS.get(pair["key"].strip().lower().replace(" ", "_"), "")
            value = _scalar(pair["value"])
            if value:
                _set(layout, key, value, zone)
        elif key and line.lstrip().startswith("- "):
            lists.setdefault(key, []).append(_scalar(line.lstrip()[2:]))
    for name, values in lists.items():
        _set(layout, name, ", ".join(values), zone)


def _scalar(value: str) -> str:
    """A value of front matter as text: without quotes, brackets of a list, or a comment."""
    value = value.strip()
    if value[:1] in "\"'" and value[-1:] == value[:1] and len(value) > 1:
        inner = value[1:-1]
        if value[0] == "'":
            return inner.replace("''", "'")
        with suppress(ValueError):  # YAML writes a string in double quotes as JSON does
            said: str = json.loads(value)
            said.encode()  # half of a character is none
            inner = " ".join(said.split())
        return inner
    value = re.sub(r"\s#.*$", "", value)
    if value[:1] == "[" and value[-1:] == "]":
        return ", ".join(_scalar(part) for part in value[1:-1].split(",") if part.strip())
    return value


def _set(layout: Layout, name: str, value: str, zone: str) -> None:
    if name in ("published", "modified", "retrieved"):
        moment = find_moment(value, zone=zone)
        if moment and moment.start == 0:
            layout.take(name, moment.iso)
    elif name == "outlet" and value.startswith(("http://", "https://")):
        layout.take("url", value)
    elif name:
        layout.take(name, value)
