"""The contexts that our linked data names, as far as it uses them, so that no test needs a network.

Written down from the vocabularies (https://www.w3.org/TR/annotation-vocab/ and https://schema.org).
"""

from __future__ import annotations

import json
from typing import Any

from pyld import jsonld

OA, DCTERMS, XSD = (
    "http://www.w3.org/ns/oa#",
    "http://purl.org/dc/terms/",
    "http://www.w3.org/2001/XMLSchema#",
)
STREAMS = "https://www.w3.org/ns/activitystreams#"
_SAME = (
    *("Annotation", "TextualBody", "SpecificResource", "TextQuoteSelector"),
    *("TextPositionSelector", "exact", "prefix", "suffix", "tagging", "commenting"),
    *("describing", "highlighting"),
)


def _node(iri: str, **more: str) -> dict[str, str]:
    return {"@id": iri, "@type": "@id", **more}


ANNO: dict[str, Any] = {
    "id": {"@id": "@id", "@type": "@id"},
    "type": {"@id": "@type", "@type": "@id"},
    **{name: OA + name for name in _SAME},
    "AnnotationCollection": f"{STREAMS}OrderedCollection",
    "AnnotationPage": f"{STREAMS}OrderedCollectionPage",
    "Person": "http://xmlns.com/foaf/0.1/Person",
    "name": "http://xmlns.com/foaf/0.1/name",
    "label": "http://www.w3.org/2000/01/rdf-schema#label",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
    "format": "http://purl.org/dc/elements/1.1/format",
    "body": _node(f"{OA}hasBody"),
    "target": _node(f"{OA}hasTarget"),
    "source": _node(f"{OA}hasSource"),
    "selector": _node(f"{OA}hasSelector"),
    "creator": _node(f"{DCTERMS}creator"),
    "first": _node(f"{STREAMS}first"),
    "partOf": _node(f"{STREAMS}partOf"),
    "items": _node(f"{STREAMS}items") | {"@container": "@list"},
    "motivation": {"@id": f"{OA}motivatedBy", "@type": "@vocab"},
    "purpose": {"@id": f"{OA}hasPurpose", "@type": "@vocab"},
    "created": {"@id": f"{DCTERMS}created", "@type": f"{XSD}dateTime"},
    "modified": {"@id": f"{DCTERMS}modified", "@type": f"{XSD}dateTime"},
    "start": {"@id": f"{OA}start", "@type": f"{XSD}nonNegativeInteger"},
    "end": {"@id": f"{OA}end", "@type": f"{XSD}nonNegativeInteger"},
    "total": {"@id": f"{STREAMS}totalItems", "@type": f"{XSD}nonNegativeInteger"},
    "startIndex": {"@id": f"{STREAMS}startIndex", "@type": f"{XSD}nonNegativeInteger"},
}
SCHEMA_ORG: dict[str, Any] = {
    "@vocab": "http://schema.org/",
    "url": {"@type": "@id"},
    "datePublished": {"@type": "http://schema.org/Date"},
    "dateModified": {"@type": "http://schema.org/DateTime"},
}
CONTEXTS = {"http://www.w3.org/ns/anno.jsonld": ANNO, "https://schema.org": SCHEMA_ORG}


def loaded(url: str, options: object = None) -> dict[str, Any]:
    """A document loader of pyld that knows these contexts and asks nobody."""
    return {"contextUrl": None, "documentUrl": url, "document": {"@context": CONTEXTS[url]}}


def told(value: Any) -> Any:
    """A JSON-LD value without what says nothing: nulls, and lists of one that stand for the one."""
    if isinstance(value, dict):
        found = {k: told(v) for k, v in value.items() if v is not None and k != "@context"}
        return {k: v for k, v in found.items() if v not in ([], {})}
    if isinstance(value, list):
        found_all = [told(each) for each in value]
        return found_all[0] if len(found_all) == 1 else found_all
    return value


def through_pyld(data: dict[str, Any]) -> dict[str, Any]:
    """A document expanded, then compacted under its own context again."""
    options: Any = {"documentLoader": loaded}
    expanded: Any = jsonld.expand(data, options)
    compacted: Any = jsonld.compact(expanded, data["@context"], options)
    return compacted


def embedded(data: dict[str, Any]) -> str:
    """A document with the contexts in it, for readers that would fetch them."""
    contexts = data["@context"] if isinstance(data["@context"], list) else [data["@context"]]
    known = [CONTEXTS[each] if isinstance(each, str) else each for each in contexts]
    return json.dumps(data | {"@context": known})
