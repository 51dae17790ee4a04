"""Our records inside the files of other programs, so that what those cannot hold comes back.

They are the objects of the native format (`tui.exchange.jsonl`), each highlight with `today`: where
it stood in the text that was written with it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct, field

from tui.exchange.bundles import ArticleBundle, Bundle, Item, LinksOnce
from tui.exchange.jsonl import article_objects
from tui.exchange.reading import DERIVED, checked
from tui.model.records import Highlight, Record, record_from_json
from tui.model.spans import Extent

KEY = "pressmark"  # what our own part is called in files that allow keys of one's own


class Packed(Struct, frozen=True):
    """The records that a file carried along, and where its highlights stood in its text, by id."""

    records: tuple[Record, ...] = ()
    today: Mapping[str, tuple[Extent, ...]] = field(default_factory=dict[str, "tuple[Extent, ...]"])


def packed(bundle: Bundle) -> Iterator[tuple[ArticleBundle, list[Item], list[dict[str, Any]]]]:
    """For each article with annotations its claims and highlights, and all of it as objects."""
    links = LinksOnce()
    for part in bundle.articles:
        items = list(bundle.items_of(part))
        yield part, items, list(article_objects(part, items, links.of(part)))


def unpacked(data: object) -> Packed:
    """The records of such objects; raises ValueError, with the end of a sentence, if it is none."""
    if not isinstance(data, list):
        raise ValueError("its part of Pressmark is no array")
    records: list[Record] = []
    today: dict[str, tuple[Extent, ...]] = {}
    for each in cast("list[object]", data):
        if not isinstance(each, dict):
            raise ValueError("its part of Pressmark holds what is no object")
        given = cast("dict[str, Any]", each)
        kind = given.get("type")
        if kind == "article" and not given.get("id"):
            continue  # an article that nobody has a record of
        derived = DERIVED.get(str(kind), frozenset())
        record = checked(record_from_json({k: v for k, v in given.items() if k not in derived}))
        records.append(record)
        if isinstance(record, Highlight):
            today[record.id] = _extents(given.get("today"))
    return Packed(tuple(records), today)


def _extents(data: object) -> tuple[Extent, ...]:
    try:
        found = [(each["start"], each["end"]) for each in cast("Sequence[Any]", data)]
    except (TypeError, KeyError):
        return ()
    return tuple(Extent(a, b) for a, b in found if isinstance(a, int) and isinstance(b, int))


def as_line(objects: Sequence[Mapping[str, Any]]) -> str:
    """Such objects as one line of JSON in ASCII, for a note or a memo."""
    return json.dumps(objects, separators=(",", ":"), allow_nan=False)


def by_highlight(
    objects: Sequence[dict[str, Any]],
) -> tuple[list[dict[str, Any]], dict[str, list[dict[str, Any]]]]:
    """Native objects of one article: those of it as a whole, and by highlight what rests on it."""
    whole: list[dict[str, Any]] = []
    own: dict[str, list[dict[str, Any]]] = {}
    home: dict[str, str] = {}  # the highlight of each claim
    for each in objects:
        kind = each["type"]
        if kind == "highlight":
            own[each["id"]] = [each]
            continue
        if kind == "claim":
            home[each["id"]] = each["highlight"]
        on = home.get(str(each.get({"link": "from", "claim": "id"}.get(kind, "claim"), "")), "")
        own.get(on, whole).append(each)
    return whole, own
