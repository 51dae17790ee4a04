"""Feeds saved to a file: RSS 0.9x to 2.0, RSS 1.0 (RDF) and Atom, an article an entry."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, cast

from tui.articles.composing import compose
from tui.articles.decoding import Decoded, UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.extras import library
from tui.articles.layout import Layout
from tui.articles.readers.declared import xml_text
from tui.articles.readers.fragments import blocks_of, blocks_of_markup, blocks_of_plain, line_of
from tui.articles.readers.metadata import (
    NO_TEXT,
    Names,
    global_name,
    iso_time,
    language_code,
    names_of,
)

_Object = Mapping[str, Any]
_MARKED_UP = ("text/html", "application/xhtml+xml")
_FALLS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, RecursionError)


def read(document: Document) -> Iterator[Reading | Passed]:
    """The entries of a feed in its order. What there is of the text is taken: content or summary.

    Raises UnreadableError for what is no feed, and for a feed without entries.
    """
    decoded = xml_text(document)
    parsed = _parsed(decoded.text.encode("utf-8", "replace"))
    entries = cast(list[_Object], parsed.entries)
    if not entries:
        raise _no_feed(parsed)
    feed = cast(_Object, parsed.feed)
    names = Names()
    for entry in entries:
        guid, key = _names(entry, feed)
        names.note(guid or _text(entry, "link"), key, _title(entry))
    yield from names.settle(
        _read(entry, feed, decoded, document, f"entry {number}")
        for number, entry in enumerate(entries, 1)
    )


def _parsed(data: bytes) -> Any:
    """What feedparser makes of a feed in UTF-8.

    Its strict parser falls over some documents, such as those with a blank in the name of a
    namespace; then its loose one is asked, which it takes for what is no XML from the start.
    """
    parse = library("feedparser", "feed").parse
    for attempt in (data, b"&\n" + data):
        with suppress(*_FALLS):
            return parse(
                BytesIO(attempt),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                resolve_relative_uris=False,
                sanitize_html=False,  # only its words are taken
            )
    raise UnreadableError("is no feed that can be read", "save the feed anew")


def _no_feed(parsed: Any) -> UnreadableError:
    if parsed.get("version"):
        return UnreadableError("is a feed without entries", "there is nothing to read in it")
    return UnreadableError("is no feed that can be read", "save the feed anew")


def _read(
    entry: _Object, feed: _Object, decoded: Decoded, document: Document, label: str
) -> Reading | Passed:
    guid, key = _names(entry, feed)
    published, modified = (_time(entry, name, document) for name in ("published", "updated"))
    published = published or _time(entry, "created", document)
    layout = Layout(
        title=_title(entry),
        outlet=_outlet(entry, feed),
        byline=_byline(entry),
        url=_text(entry, "link"),
        published=published or modified,
        modified=modified if published and modified != published else "",
    )
    blocks, language = _content(entry)
    text = compose(layout, blocks)
    if not text:
        return Passed(key or label, NO_TEXT)
    return Reading(
        text,
        layout,
        entry=key,
        guid=guid,
        language=language_code(language or _text(feed, "language")),
        encoding=decoded.encoding,
        basis=decoded.basis,
        replaced=min(decoded.replaced, text.count("\ufffd")),
    )


def _text(value: _Object, key: str) -> str:
    found = value.get(key)
    return found.strip() if isinstance(found, str) else ""


def _objects(value: _Object, key: str) -> list[_Object]:
    found = value.get(key)
    items = cast(list[Any], found) if isinstance(found, list) else []
    return [cast(_Object, item) for item in items if isinstance(item, Mapping)]


def _object(value: _Object, key: str) -> _Object:
    found = value.get(key)
    return cast(_Object, found) if isinstance(found, Mapping) else {}


def _names(entry: _Object, feed: _Object) -> tuple[str, str]:
    """The guid, made unlike that of any other feed, and the key of an entry in this one."""
    given = _text(entry, "id")
    links = [_text(each, "href") for each in _objects(feed, "links") if each.get("rel") == "self"]
    publisher = next(filter(None, (_text(feed, "link"), *links, _text(feed, "id"))), "")
    guid = global_name(given, publisher or _text(feed, "title"))
    return guid, guid or given or _text(entry, "link")


def _title(entry: _Object) -> str:
    """The title in one line, without the markup that RSS leaves undeclared."""
    title = _text(entry, "title")
    if _text(_object(entry, "title_detail"), "type") in _MARKED_UP:
        return line_of(title)
    return " ".join(title.split())


def _outlet(entry: _Object, feed: _Object) -> str:
    """The source that an entry names, as aggregators do; else the feed."""
    return line_of(_text(_object(entry, "source"), "title") or _text(feed, "title"))


def _byline(entry: _Object) -> str:
    names = [_text(each, "name") for each in _objects(entry, "authors")]
    words = ", ".join(dict.fromkeys(filter(None, names))) or _text(entry, "author")
    return names_of(line_of(words))


def _content(entry: _Object) -> tuple[list[str], str]:
    """The blocks of the first content that has words, else of the summary; and its language."""
    for content in (*_objects(entry, "content"), _object(entry, "summary_detail")):
        kind, value = _text(content, "type"), _text(content, "value")
        if kind in _MARKED_UP or kind.endswith("+xml"):
            blocks = blocks_of_markup(value)
        elif kind.startswith("text/") or not kind:
            blocks = blocks_of(value) if "<" in value else blocks_of_plain(value)
        else:
            continue  # a picture or a recording
        if blocks:
            return blocks, _text(content, "language")
    return blocks_of(_text(entry, "summary")), ""


def _time(entry: _Object, name: str, document: Document) -> str:
    """A time as it is written; in forms that only feedparser knows, as it understands them (UTC).

    feedparser gives the time of an update for a missing one of publication: that is not taken.
    """
    written = _text(entry, name) if name in entry else ""
    found = iso_time(written, document.timezone) if written else ""
    if found or not written:
        return found
    parsed = entry.get(f"{name}_parsed")
    if not isinstance(parsed, tuple):
        return ""
    try:
        moment = datetime.fromtimestamp(timegm(cast(Any, parsed)), UTC)
    except (ValueError, OverflowError, OSError):
        return ""
    return moment.isoformat(timespec="seconds")
