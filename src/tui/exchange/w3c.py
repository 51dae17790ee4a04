"""W3C Web Annotation (JSON-LD): an annotation a highlight, positions in Unicode code points.

What the model has no word for (claims, grades, chains, reviews, links) stands as linked data under
a context of our own, which the file brings along: no network is needed to understand it. It reads
what others write more freely. (https://www.w3.org/TR/annotation-model/)
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from tui.exchange import native
from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.files import ExchangeError
from tui.exchange.foreign import tags_of
from tui.exchange.incoming import Incoming
from tui.exchange.json_values import (
    array_in,
    as_json,
    listed,
    object_in,
    objects_in,
    parsed,
    words,
)
from tui.exchange.native import by_highlight
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
from tui.model.ids import sha256
from tui.model.spans import Span, select
from tui.model.views import Placed

ANNO = "http://www.w3.org/ns/anno.jsonld"
TERMS = "urn:pressmark:term:"
SEAL = "pressmarkSeal"
_IN_ORDER = (
    *("chain", "quantities", "spans", "tags", "evidence", "revisions", "paths", "today"),
    *("warnings", "changed", "was"),
)
CONTEXT: Mapping[str, Any] = {
    SEAL: f"{TERMS}seal",
    native.KEY: {
        "@id": f"{TERMS}records",
        "@container": "@list",
        "@context": [
            None,
            {
                "@version": 1.1,
                "@vocab": TERMS,
                "type": "@type",
                "fields": {"@id": f"{TERMS}fields", "@type": "@json"},
                **{n: {"@id": f"{TERMS}{n}", "@container": "@list"} for n in _IN_ORDER},
            },
        ],
    },
}
_PASSED = "selectors of another kind ({}), beside a quote"


def export(bundle: Bundle, *, with_text: bool = False, **_: bool) -> Iterator[str]:
    """The bundle as an annotation collection of one page; `with_text` adds the articles' texts."""
    label = bundle.scope or f"{bundle.workspace}: claims and highlights"
    name = sha256(json.dumps([bundle.workspace, bundle.scope, bundle.made]))[:32]
    collection = f"urn:pressmark:collection:{name}"
    about = {"id": collection, "type": "AnnotationCollection", "label": label}
    head = {"@context": [ANNO, CONTEXT], **about}
    page = {
        "id": f"{collection}:1",
        "type": "AnnotationPage",
        "partOf": about,
        "startIndex": 0,
    }
    total = 0

    def found() -> Iterator[dict[str, Any]]:
        nonlocal total
        for part, _items, objects in native.packed(bundle):
            for annotation in _annotations(part, objects, with_text):
                total += 1
                yield annotation

    yield f'{as_json(head)[:-1]}, "first": '
    yield from array_in(page, "items", found())
    yield f', "total": {total}}}\n'


def _annotations(
    part: ArticleBundle, objects: Sequence[dict[str, Any]], with_text: bool
) -> Iterator[dict[str, Any]]:
    """One that describes the article, then one a highlight, each with the records it rests on."""
    shared, own = by_highlight(objects)
    if with_text:
        key, revision = part.article.id, part.article.revision
        shared.append(
            {"type": "text", "article": key, "revision": revision, "text": part.article.text}
        )
    source = address(part)
    said = part.annotations.records
    bodies = [
        *_bodies((tag for each in said for tag in each.tags), "tagging"),
        *_bodies((each.note for each in said if each.note), "commenting"),
    ]
    yield {
        "id": f"urn:pressmark:article:{part.article.id}:notes",
        "type": "Annotation",
        "motivation": "describing",
        **({"body": bodies} if bodies else {}),
        "target": source,
        native.KEY: shared,
    }
    for placed in part.annotations.highlights:
        yield _annotation(part, placed, source, own.get(placed.record.id, []))


def _annotation(
    part: ArticleBundle, placed: Placed, source: str, objects: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    record = placed.record
    spans: list[tuple[Span, tuple[int, int] | None]] = [
        (select(part.article.text, *extent), extent) for extent in placed.extents
    ] or [(span, None) for span in record.spans]
    statements = (each["statement"] for each in objects if each["type"] == "claim")
    found: dict[str, Any] = {
        "id": f"urn:pressmark:highlight:{record.id}",
        "type": "Annotation",
        "motivation": "commenting" if record.note else "tagging" if record.tags else "highlighting",
        "creator": {"type": "Person", "name": record.by},
        "created": record.created,
        "modified": record.modified,
        "body": [
            *_bodies(record.tags, "tagging"),
            *_bodies([record.note], "commenting"),
            *_bodies(statements, "describing"),
        ],
        "target": [
            {"type": "SpecificResource", "source": source, "selector": written(span, extent)}
            for span, extent in spans
        ],
    }
    found = {key: value for key, value in found.items() if value not in ("", [])}
    if not record.by:
        del found["creator"]
    found[native.KEY] = objects
    return found | {SEAL: _told(found, {}).seal}


def _bodies(values: Any, purpose: str) -> list[dict[str, str]]:
    body = {"type": "TextualBody", "purpose": purpose, "format": "text/plain"}
    return [body | {"value": value} for value in values if value]


def read(text: str, name: str) -> Incoming:
    """What is in such a file: a collection, a page, a list of annotations or a single one.

    A bad annotation costs itself. Raises ExchangeError if the file is no JSON or has none at all.
    """
    found = Gathering(name)
    annotations = list(_found(parsed(text, name)))
    if not annotations:
        raise ExchangeError(f"{name}: no Web Annotations in it: name the format with --format")
    names = {words(each, "id", "@id") for each in annotations} - {""}
    for number, each in enumerate(annotations, 1):
        try:
            _take(each, names, found)
        except (ValueError, RecursionError) as error:
            found.refuse(number, str(error))
    return found.incoming()


def _found(data: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """The annotations in a collection, page, graph or list, pages that follow included."""
    if isinstance(data, list) and depth < 100:
        for each in cast("list[object]", data):
            yield from _found(each, depth + 1)
    elif isinstance(data, dict) and depth < 100:
        given = cast("dict[str, Any]", data)
        if "target" in given or kind_of(given) == "Annotation":
            yield given
            return
        for key in ("@graph", "first", "items", "resources", "next"):
            yield from _found(given.get(key), depth + 1)


def _take(given: Mapping[str, Any], names: set[str], found: Gathering) -> None:
    objects = objects_in(given.get(native.KEY))
    texts = [each for each in objects if each.get("type") == "text"]
    carried = native.unpacked([each for each in objects if each not in texts])
    passed: dict[str, int] = {}
    told = _told(given, passed)
    heads = [each for each in objects if each.get("type") == "article"]
    if heads:
        raw = words(texts[0], "text") if texts else ""
        found.describe(described(heads[0], told.address, raw), carried.records)
        return
    targets = [_source(each) for each in listed(given.get("target"))]
    if "replying" in listed(given.get("motivation")) or names.intersection(targets):
        found.ignore("replies")
        return
    if not targets:
        raise ValueError("no target")
    if not told.spans:
        found.ignore("notes on a whole page")
        return
    for kind, count in passed.items():
        found.ignore(_PASSED.format(kind), count)
    if len(set(targets)) > 1 and not carried.records:
        for source in dict.fromkeys(targets):
            one = dict(given) | {
                "target": [t for t in listed(given.get("target")) if _source(t) == source]
            }
            alone = _told(one, {})
            found.take(alone, carried, "", page(source))
        return
    found.take(told, carried, words(given, SEAL), page(told.address))


def _told(given: Mapping[str, Any], passed: dict[str, int]) -> Told:
    """What an annotation says, ours or another's. Raises ValueError for selectors without quote."""
    targets = listed(given.get("target"))
    chosen = [each["selector"] for each in objects_in(targets) if each.get("selector")]
    spans = [span_in(selector, passed) for selector in chosen]
    tags: list[str] = []
    notes: list[str] = []
    for body in _each_body([given.get("body"), given.get("bodyValue")]):
        purpose, value = body
        if purpose in ("tagging", "classifying"):
            tags.append(value)
        elif purpose != "describing" or native.KEY not in given:
            notes.append(value)
    return Told(
        words(given, "id", "@id"),
        _source(targets[0]) if targets else "",
        tuple(sorted(spans, key=lambda span: span.start)),
        tags_of(tags),
        "\n\n".join(notes),
        words(given, "created"),
        ", ".join(filter(None, map(_name, listed(given.get("creator"))))),
    )


def _name(creator: object) -> str:
    """Whom an agent names, or its address."""
    if isinstance(creator, str):
        return creator
    return words(object_in(creator), "name", "nickname", "id", "@id")


def _each_body(body: object) -> Iterator[tuple[str, str]]:
    """The purpose and the words of each body; one that is elsewhere has its address for words."""
    if isinstance(body, str):
        yield "", body
    elif isinstance(body, list):
        for each in cast("list[object]", body):
            yield from _each_body(each)
    elif isinstance(body, dict):
        given = cast("dict[str, Any]", body)
        purposes = [str(each).removeprefix("oa:") for each in listed(given.get("purpose"))]
        value = words(given, "value", "chars")
        for key in ("items", "source"):
            if not value and isinstance(given.get(key), dict | list):
                yield from _each_body(given[key])
                return
        value = value or words(given, "source", "id", "@id")
        if value:
            yield (purposes[0] if purposes else ""), value


def _source(target: object) -> str:
    """What a target is on: an address, or the id of another annotation."""
    if isinstance(target, dict):
        given = cast("dict[str, Any]", target)
        source: object = given.get("source", given.get("id", given.get("@id", "")))
        if isinstance(source, dict):
            return words(cast("dict[str, Any]", source), "id", "@id")
        return source if isinstance(source, str) else ""
    return target if isinstance(target, str) else ""
