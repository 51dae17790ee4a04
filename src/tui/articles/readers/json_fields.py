"""The fields of an article in an object of JSON: by the field map, else by their usual names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from tui.articles.composing import compose
from tui.articles.decoding import Decoded
from tui.articles.documents import Document, Passed, Reading
from tui.articles.layout import Layout
from tui.articles.readers.fragments import blocks_of, line_of
from tui.articles.readers.json_names import BODIES, NAMES, SUMMARIES, TITLES
from tui.articles.readers.metadata import (
    NO_TEXT,
    global_name,
    host_of,
    iso_time,
    language_code,
    names_of,
)

_INNER = ("_source", "fields", "attributes", "article", "doc", "news")
# Where the value of a field is an object: the key of what is meant.
_VALUES = ("rendered", "value", "main", "name", "text", "original", "#text", "$t", "label", "@id")
_NONE: list[str] = []
_DEEPEST = 4  # values in values
_MOST = 1000  # values of a list that are looked at
_SQUEEZED = re.compile(r"[\W_]+")
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINES = ("title", "outlet", "byline", "url", "archive_url")
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)


class Named(NamedTuple):
    """What names an entry in a file and beyond it."""

    guid: str
    key: str
    url: str
    title: str


def squeezed(item: Mapping[str, Any]) -> dict[str, Any]:
    """An object by its keys without big letters and signs, with what stands one level inward."""
    found: dict[str, Any] = {}
    for key, value in _levels(item):
        found.setdefault(_SQUEEZED.sub("", key).casefold(), value)
    return found


def _levels(item: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name in _INNER:
        inner = item.get(name)
        if isinstance(inner, dict):
            yield from cast(dict[str, Any], inner).items()
    yield from item.items()


def words(value: Any, depth: int = 0) -> list[str]:
    """The texts in a value: of a list all, of an object what it is named or what it holds."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if depth > _DEEPEST:
        return []
    if isinstance(value, list):
        items = cast(list[Any], value)[:_MOST]
        return [text for item in items for text in words(item, depth + 1)]
    if isinstance(value, dict):
        inner = cast(dict[str, Any], value)
        return next(
            (found for key in _VALUES if (found := words(inner.get(key), depth + 1))), _NONE
        )
    return []


def at(item: Mapping[str, Any], path: str) -> Any:
    """The value under a key, or behind a path of keys and numbers with dots between; else None."""
    if path in item:
        return item[path]
    value: Any = item
    for key in path.split("."):
        if isinstance(value, dict):
            value = cast(dict[str, Any], value).get(key)
        elif isinstance(value, list) and key.isdecimal() and len(key) < 10:
            items = cast(list[Any], value)
            value = items[int(key)] if int(key) < len(items) else None
        else:
            return None
    return value


class Fields:
    """The fields of one entry. `around` is the object that holds the list of entries."""

    def __init__(self, item: Mapping[str, Any], document: Document, around: Any = None) -> None:
        self.item = item
        self._found = squeezed(item)
        self._document = document
        self._values: dict[str, list[str]] = {}
        self._around = cast(dict[str, Any], around) if isinstance(around, dict) else {}

    def has_text(self) -> bool:
        """Whether there is a text, and it is no list of articles."""
        found = next((v for name in BODIES if words(v := self._found.get(name))), None)
        if self._document.fields.get("body"):
            found = at(self.item, self._document.fields["body"])
        if isinstance(found, list) and found:
            first = cast(list[Any], found)[0]
            return not isinstance(first, dict) or not any(
                key in TITLES for key in squeezed(cast(dict[str, Any], first))
            )
        return bool(words(found))

    def values(self, field: str) -> list[str]:
        """The texts of a field: what the field map names, else the first usual name."""
        known = self._values.get(field)
        if known is None:
            path = self._document.fields.get(field, "")
            known = words(at(self.item, path)) if path else []
            known = self._values[field] = known or self._first(NAMES[field])
        return known

    def _first(self, names: Sequence[str]) -> list[str]:
        there = (self._found[name] for name in names if name in self._found)
        return next((found for value in there if (found := words(value))), _NONE)

    def line(self, field: str) -> str:
        """A field in one line."""
        return line_of(", ".join(dict.fromkeys(self.values(field))))

    def title(self) -> str:
        """The title: where there are several, the first."""
        found = self.values("title")
        return line_of(found[0]) if found else ""

    def byline(self) -> str:
        """The authors, without a `By` in front."""
        return names_of(self.line("byline"))

    def url(self) -> str:
        """The URL, if what stands there is one."""
        there = [*self.values("url"), *self.values("outlet")]  # some dumps call it the source
        return next((u.strip() for u in there if _ADDRESS.match(u.strip())), "")

    def outlet(self) -> str:
        """The outlet; of a feed in JSON its title."""
        named = self.line("outlet")
        return ("" if _ADDRESS.match(named) else named) or (
            line_of("".join(words(self._around.get("title"))[:1]))
            if "items" in self._around
            else ""
        )

    def names(self) -> Named:
        """What names the entry. A bare number is put behind the outlet or the host of its URL."""
        given, url = "".join(self.values("guid")[:1]).strip(), self.url()
        guid = global_name(given)
        if given and not guid:
            guid = global_name(given, self.outlet() or host_of(url))
        return Named(guid, guid or given or url, url, self.title())

    def blocks(self) -> list[str]:
        """The paragraphs of the text."""
        found = self.values("body")
        if not found and self.title():
            found = self._first(SUMMARIES)
        return [block for value in found for block in blocks_of(value)]

    def time(self, field: str) -> str:
        """A time as ISO 8601."""
        found = (iso_time(value, self._document.timezone) for value in self.values(field))
        return next((iso for iso in found if iso), "")


def is_article(item: Any, document: Document) -> bool:
    """Whether an object looks like an article: a text, or a title with a URL, time or summary."""
    if not isinstance(item, dict):
        return False
    fields = Fields(cast(dict[str, Any], item), document)
    if fields.has_text():
        return True
    return bool(fields.values("title")) and bool(
        fields.url() or fields.values("published") or fields.blocks()
    )


def read_fields(fields: Fields, decoded: Decoded, label: str) -> Reading | Passed:
    """The article in the fields of an entry; passed over, under `label`, if there is no text.

    `decoded` is the whole file.
    """
    names = fields.names()
    layout = Layout(
        title=names.title,
        outlet=fields.outlet(),
        byline=fields.byline(),
        url=names.url,
        archive_url="".join(fields.values("archive_url")[:1]),
        published=fields.time("published"),
        modified=fields.time("modified"),
        retrieved=fields.time("retrieved"),
    )
    found = Reading(
        "",
        layout,
        entry=names.key,
        guid=names.guid,
        language=language_code(fields.line("language")),
        encoding=decoded.encoding,
        basis=decoded.basis,
        replaced=decoded.replaced,
    )
    return filled(found, fields.blocks()) or Passed(names.key or label, NO_TEXT)


def filled(found: Reading, blocks: Sequence[str]) -> Reading | None:
    """A reading with the text of its title and these blocks; None if there is no text.

    Escapes of JSON that are half a character (lone surrogates) become U+FFFD. Of the `replaced`
    of the whole file only what stands in this text is counted, and such halves.
    """
    text = compose(found.layout, blocks)
    halves = len(_SURROGATES.findall(text))
    found.text = _SURROGATES.sub("\ufffd", text)
    found.replaced = min(found.replaced, text.count("\ufffd")) + halves
    for name in _LINES:
        setattr(found.layout, name, _SURROGATES.sub("\ufffd", getattr(found.layout, name)))
    found.guid = _SURROGATES.sub("\ufffd", found.guid)
    found.entry = _SURROGATES.sub("\ufffd", found.entry)
    return found if text.strip() else None
