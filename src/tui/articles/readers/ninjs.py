"""News items in ninjs, the JSON of the IPTC: 1.x (`body_text`), 2.x and 3.x (`bodies`).

The fields are those of the schemas at iptc.org/std/ninjs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from tui.articles.decoding import Decoded, UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.layout import Layout
from tui.articles.readers.fragments import blocks_of_markup, blocks_of_plain, line_of
from tui.articles.readers.json_fields import filled, words
from tui.articles.readers.json_values import MEND, load
from tui.articles.readers.metadata import NO_TEXT, global_name, iso_time, language_code, names_of

_MARKED_UP = ("body_xhtml", "body_html")
_BODIES = (*_MARKED_UP, "body_text", "bodies")
_PLAIN = ("", "text/plain", "text")


def read(document: Document) -> Iterator[Reading | Passed]:
    """The one item of a document. Raises UnreadableError if it is no news item or has no text."""
    item, decoded = load(document)
    if not isinstance(item, dict):
        raise UnreadableError("is no news item in ninjs", MEND)
    found = read_item(cast(dict[str, Any], item), decoded, document, "")
    if isinstance(found, Passed):
        kind = _text(cast(dict[str, Any], item), "type")
        what = f"{NO_TEXT}, only {kind}" if kind and kind != "text" else NO_TEXT
        raise UnreadableError(what, "there is nothing to read in it")
    found.entry = ""
    yield found


def is_item(item: Mapping[str, Any]) -> bool:
    """Whether an object is a news item in ninjs."""
    return "uri" in item and any(key in item for key in _BODIES)


def read_item(
    item: Mapping[str, Any], decoded: Decoded, document: Document, label: str
) -> Reading | Passed:
    """The article in a news item; passed over, under its uri or `label`, if it has no text."""
    uri = _text(item, "uri") or _text(item, "guid")
    outlet = _outlet(item)
    created = _time(item, "firstcreated", document) or _time(item, "contentcreated", document)
    version = _time(item, "versioncreated", document)
    layout = Layout(
        title=_headline(item),
        outlet=outlet,
        byline=names_of(
            line_of(", ".join(words(item.get("byline") or item.get("bylines") or item.get("by"))))
        ),
        url=uri if uri.startswith(("http://", "https://")) else "",
        published=created or version,
        modified=version if created and version != created else "",
    )
    found = Reading(
        "",
        layout,
        entry=uri,
        guid=global_name(uri, outlet),
        language=language_code(_text(item, "language")),
        encoding=decoded.encoding,
        basis=decoded.basis,
        replaced=decoded.replaced,
    )
    return filled(found, _body(item)) or Passed(uri or label, NO_TEXT)


def _text(item: Mapping[str, Any], key: str) -> str:
    return "".join(words(item.get(key))[:1]).strip()


def _time(item: Mapping[str, Any], key: str, document: Document) -> str:
    return iso_time(_text(item, key), document.timezone)


def _objects(item: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in a list of an item."""
    found = item.get(key)
    values = cast(list[Any], found) if isinstance(found, list) else []
    return [cast(dict[str, Any], value) for value in values if isinstance(value, dict)]


def _headline(item: Mapping[str, Any]) -> str:
    """The headline; of several the main one, else the first."""
    several = _objects(item, "headlines")
    main = [each for each in several if _text(each, "role").rpartition(":")[2] in ("", "main")]
    chosen = next((text for each in main + several if (text := _text(each, "value"))), "")
    return line_of(_text(item, "headline") or chosen or _text(item, "title"))


def _outlet(item: Mapping[str, Any]) -> str:
    """The source of the information; else whoever holds the rights."""
    sources = (*_objects(item, "infosources"), *_objects(item, "infosource"))
    named = next((name for each in sources if (name := _text(each, "name"))), "")
    return line_of(named or _text(item, "source") or _text(item, "copyrightholder"))


def _body(item: Mapping[str, Any]) -> list[str]:
    """The blocks of the text: from markup if there is some, since it has the paragraphs."""
    for key in _MARKED_UP:
        blocks = blocks_of_markup(_text(item, key))
        if blocks:
            return blocks
    plain = _text(item, "body_text")
    for body in _objects(item, "bodies"):
        if _text(body, "contenttype").partition(";")[0].strip().lower() not in _PLAIN:
            blocks = blocks_of_markup(_text(body, "value"))
            if blocks:
                return blocks
        plain = plain or _text(body, "value")
    return blocks_of_plain(plain)
