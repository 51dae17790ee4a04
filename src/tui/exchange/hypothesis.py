"""Hypothesis: the JSON that its client exports and imports, and the rows of its search API.

Positions are UTF-16 units. Its server keeps the first target of an annotation with all selectors,
whatever their type, and its client brings in no other keys: so our records go along as a selector
of a type of ours. (https://h.readthedocs.io/en/latest/api-reference/)
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from tui.exchange import native
from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import tags_of
from tui.exchange.incoming import Document, Incoming
from tui.exchange.json_values import array_in, listed, object_in, objects_in, parsed, words
from tui.exchange.native import by_highlight
from tui.exchange.offsets import UTF16, Offsets
from tui.exchange.selectors import (
    Gathering,
    Told,
    address,
    described,
    kind_of,
    page,
    span_in,
    written,
)
from tui.model.ids import folder_of
from tui.model.records import Record
from tui.model.spans import select
from tui.model.views import Placed
from tui.version import VERSION

OURS = "PressmarkSelector"
_AUTHORITY = "pressmark.invalid"  # a name that no server can have
_OF_ITS_SERVER: Mapping[str, Any] = {  # what each row of its API has too
    "links": {},
    "hidden": False,
    "flagged": False,
    "moderation_status": "APPROVED",
    "actions": [],
}
_PASSED_OVER = ("RangeSelector", OURS)  # what its client writes with each quote


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The bundle as one file, which the client of Hypothesis imports."""
    head = {
        "export_date": bundle.made,
        "export_userid": "",
        "client_version": f"pressmark {VERSION}",
    }
    found = (
        annotation
        for part, _items, objects in native.packed(bundle)
        for annotation in _annotations(part, objects)
    )
    yield from array_in(head, "annotations", found)
    yield "\n"


def _annotations(
    part: ArticleBundle, objects: Sequence[dict[str, Any]]
) -> Iterator[dict[str, Any]]:
    """A page note for what was said of the article as a whole, then an annotation a highlight."""
    whole, own = by_highlight(objects)
    said = [each for each in part.annotations.records if each.note or each.tags]
    if said or not part.annotations.highlights:
        note = "\n\n".join(each.note for each in said if each.note)
        tags = dict.fromkeys(tag for each in said for tag in each.tags)
        found = _annotation(part, f"article-{part.article.id}", said[0] if said else None)
        found |= {"text": note, "tags": list(tags), "target": [{"source": address(part)}]}
        yield found | {native.KEY: [] if part.annotations.highlights else whole}
    offsets = Offsets(part.article.text, UTF16)
    for number, placed in enumerate(part.annotations.highlights):
        record = placed.record
        found = _annotation(part, record.id, record)
        found |= {"text": record.note, "tags": list(record.tags)}
        selectors = _selectors(part, placed, offsets)
        found["target"] = [{"source": address(part), "selector": selectors}]
        ours = {"type": OURS, "seal": _told(found).seal, "records": own.get(record.id, [])}
        selectors.append(ours if number else ours | {"article": whole})
        yield found


def _selectors(part: ArticleBundle, placed: Placed, offsets: Offsets) -> list[dict[str, Any]]:
    """Those of its first piece: the program knows one range only."""
    if not placed.extents:
        return written(placed.record.spans[0], None) if placed.record.spans else []
    extent = placed.extents[0]
    units = (offsets.out(extent.start), offsets.out(extent.end))
    return written(select(part.article.text, *extent), units)[::-1]


def _annotation(part: ArticleBundle, key: str, record: Record | None) -> dict[str, Any]:
    article, by = part.article, record.by if record else ""
    user = f"acct:{folder_of(by)}@{_AUTHORITY}"
    return {
        "id": key,
        "uri": address(part),
        "document": {"title": [article.title or article.path or article.id]},
        "user": user,
        "user_info": {"display_name": by},
        "created": record.created if record else "",
        "updated": record.modified if record else "",
        "references": [],
        "group": "__world__",
        # The client asks who may read what it imports; so they come in for their owner alone.
        "permissions": {"read": [user], "update": [user], "delete": [user]},
        **_OF_ITS_SERVER,
    }


def read(text: str, name: str) -> Incoming:
    """What is in such a file: an export of the client, rows of the API, or a list of annotations.

    A bad annotation costs itself. Raises ExchangeError if the file is no JSON or has none at all.
    """
    data = held = parsed(text, name)
    if isinstance(data, dict):
        given = cast("dict[str, Any]", data)
        held = given.get("annotations", given.get("rows", given if "uri" in given else None))
    annotations = listed(held)
    if not any(isinstance(each, dict) and "uri" in each for each in annotations):
        raise ExchangeError(f"{name}: no annotations of Hypothesis in it: export it again as JSON")
    found = Gathering(name)
    for number, each in enumerate(annotations, 1):
        try:
            if not isinstance(each, dict):
                raise ValueError("no JSON object")
            _take(cast("dict[str, Any]", each), found)
        except (ValueError, RecursionError) as error:
            found.refuse(number, str(error))
    return found.incoming()


def _take(given: Mapping[str, Any], found: Gathering) -> None:
    selectors = _selectors_of(given)
    ours = object_in([each for each in selectors if kind_of(each) == OURS])
    carried = native.unpacked(ours.get("records", []))
    whole = objects_in(ours.get("article", given.get(native.KEY)))
    head = next((each for each in whole if each.get("type") == "article"), None)
    where = _document(given)
    if head is not None:
        found.describe(described(head, where.url), native.unpacked(whole).records)
    if native.KEY in given:
        return  # a page note of ours: the record that it tells of goes along
    if listed(given.get("references")):
        found.ignore("replies")
    elif not where.url:
        raise ValueError("it has no uri")
    elif all(kind_of(each) == OURS for each in selectors):
        found.ignore("notes on a whole page")
    else:
        found.take(_told(given), carried, words(ours, "seal"), where)


def _told(given: Mapping[str, Any]) -> Told:
    """What an annotation says, ours or another's. Raises ValueError if it has no quote."""
    selectors = [each for each in _selectors_of(given) if kind_of(each) not in _PASSED_OVER]
    return Told(
        words(given, "id"),
        words(given, "uri"),
        (span_in(selectors, {}),),
        tags_of(tag for tag in listed(given.get("tags")) if isinstance(tag, str)),
        words(given, "text"),
        words(given, "created"),
        words(object_in(given.get("user_info")), "display_name")
        or words(given, "user").removeprefix("acct:"),
    )


def _selectors_of(given: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [
        selector
        for target in objects_in(given.get("target"))
        for selector in objects_in(target.get("selector"))
    ]


def _document(given: Mapping[str, Any]) -> Document:
    titles = listed(object_in(given.get("document")).get("title"))
    return page(
        words(given, "uri"), next((title for title in titles if isinstance(title, str)), "")
    )
