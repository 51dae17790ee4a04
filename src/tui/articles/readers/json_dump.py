"""Dumps of articles in JSON: a list, a list inside an object, an object by ids, or JSON Lines."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import Any, cast

from tui.articles.decoding import Decoded, UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.readers import ninjs
from tui.articles.readers.json_fields import Fields, at, is_article, read_fields
from tui.articles.readers.json_values import Broken, is_lines, items, lines, load_any
from tui.articles.readers.metadata import Names

_DEEPEST = 4  # objects in objects that a list of articles is looked for in
_SAMPLE = 50  # items of a list that are looked at to tell what it holds
_WIDEST = 2000  # values that are looked at to find the list
_NO_ARTICLE = (
    "holds no article that is found by itself",
    "name its fields under [json] in pressmark.toml",
)


def read(document: Document) -> Iterator[Reading | Passed]:
    """The articles in a dump. `fields["articles"]` names the list if it is not found by itself.

    Lines and items that hold no article are passed over, with their number and the reason. Raises
    UnreadableError if there is none, with the place if the document is no JSON.
    """
    value, decoded = load_any(document)
    around: Any = None
    entries: Callable[[], Iterable[tuple[str, Any]]]
    if value is not None:
        listed, around = _list_in(value, document)
        entries = partial(iter, listed)
    else:
        entries = partial(lines if is_lines(decoded.text) else items, decoded.text)
    names = Names()
    is_dump = False
    for _, item in entries():
        if isinstance(item, dict):
            fields = _fields(item, document, around)
            named = fields.names()
            names.note(named.guid or named.url, named.key, named.title)
            is_dump = is_dump or ninjs.is_item(fields.item) or is_article(item, document)
    if not is_dump:
        raise UnreadableError(*_NO_ARTICLE)
    found = (_read(label, item, around, decoded, document) for label, item in entries())
    yield from names.settle(found)


def _fields(item: Any, document: Document, around: Any) -> Fields:
    return Fields(cast(dict[str, Any], item), document, around)


def _read(
    label: str, item: Any, around: Any, decoded: Decoded, document: Document
) -> Reading | Passed:
    if isinstance(item, Broken):
        return Passed(item.label, item.why)
    if not isinstance(item, dict):
        return Passed(label, "is no object with fields")
    if ninjs.is_item(cast(dict[str, Any], item)) and "body" not in document.fields:
        return ninjs.read_item(cast(dict[str, Any], item), decoded, document, label)
    return read_fields(_fields(item, document, around), decoded, label)


def _list_in(value: Any, document: Document) -> tuple[list[tuple[str, Any]], Any]:
    """The entries of a dump with their labels, and the object that holds them.

    The list that the field map names is taken where there is one: not all dumps need be alike.
    """
    path = document.fields.get("articles", "")
    named = at(cast(dict[str, Any], value), path) if path and isinstance(value, dict) else None
    if isinstance(named, list | dict):
        return _labelled(named), cast(Any, value)
    if isinstance(value, dict) and Fields(cast(dict[str, Any], value), document).has_text():
        return [("", value)], None
    found = _search(value, document)
    if found is not None:
        return found
    if is_article(value, document):
        return [("", value)], None
    raise UnreadableError(*_NO_ARTICLE)


def _search(value: Any, document: Document) -> tuple[list[tuple[str, Any]], Any] | None:
    """The first list (or object by ids) that holds articles, the nearest to the top."""
    waiting: deque[tuple[Any, Any, int]] = deque([(value, None, 0)])
    looked = 0
    while waiting and looked < _WIDEST:
        each, around, depth = waiting.popleft()
        looked += 1
        inner = _labelled(each)
        if _holds_articles(each, inner, document):
            return inner, around
        if depth < _DEEPEST and isinstance(each, dict):
            waiting.extend((below, cast(Any, each), depth + 1) for _, below in inner[:_WIDEST])
    return None


def _holds_articles(value: Any, inner: list[tuple[str, Any]], document: Document) -> bool:
    """Whether some of a list, or all of an object's values, are articles."""
    looked = [is_article(item, document) for _, item in inner[:_SAMPLE]]
    return any(looked) if isinstance(value, list) else bool(looked) and all(looked)


def _labelled(value: Any) -> list[tuple[str, Any]]:
    """The items of a list or the values of an object, each with a name for messages."""
    if isinstance(value, list):
        return [(f"item {n}", item) for n, item in enumerate(cast(list[Any], value), 1)]
    if isinstance(value, dict):
        return list(cast(dict[str, Any], value).items())
    return []
