"""STIX 2.1 bundle: a report an article, a note a claim or highlight, an opinion an assessment.

Analysts and sources are identities, links are relationships; what STIX has no property for stands
in a property extension, which the bundle defines. Ids are made from ours (UUIDv5 in a namespace of
our own), so that the same workspace gives the same objects again.
(https://docs.oasis-open.org/cti/stix/v2.1/stix-v2.1.html)
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from tui.exchange import native
from tui.exchange.addresses import web_uri
from tui.exchange.bundles import ArticleBundle, Bundle, Item
from tui.exchange.json_values import array_in
from tui.exchange.native import by_highlight
from tui.model.records import Assessment, Claim, Hop, Link, Record
from tui.model.sources import Registry, folded
from tui.model.spans import joined_quote
from tui.model.views import grade_of
from tui.model.wording import format_attribution, format_quantity

# Not that of STIX itself, which is for observables.
_NAMESPACE = uuid5(NAMESPACE_URL, "urn:pressmark:stix")
_ALWAYS = "2025-01-01T00:00:00.000Z"  # the time of what is the same in every export
_CLASSES = {"collective": "group", "role": "individual", "anonymous": "individual"}
_ANALYST, _PROGRAM = "individual", "system"
# How far an analyst agrees; the verdict itself is in the extension.
OPINIONS: Mapping[str, str] = {
    "corroborated": "agree",
    "contested": "neutral",
    "unverifiable": "neutral",
    "refuted": "strongly-disagree",
}
# The scales of STIX 2.1, appendix A; 6, cannot be judged, has no number.
_CREDIBILITY = {"1": 90, "2": 70, "3": 50, "4": 30, "5": 10}
_CONFIDENCE = {"low": 15, "moderate": 50, "high": 85}
_SCHEMA = (
    "admiralty_grade, admiralty_reliability, admiralty_credibility: the grade of the claim, of its"
    " source (A to F) and of the information (1 to 6); hedge, modality: the words that hedge it and"
    " how the text puts it; status: draft, accepted, rejected or disputed; attribution: the chain"
    " of sources in words; time: EDTF; quantities: in words; place, about, comment, translation;"
    " positions: start and end in Unicode code points of the text whose SHA-256 is text_sha256;"
    " verdict, likelihood, confidence_level, confidence_basis: of an assessment; records: all of it"
    " as JSON of Pressmark."
)


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The bundle as one STIX bundle, object by object."""
    name = _id("bundle", bundle.workspace, bundle.scope)
    yield from array_in({"type": "bundle", "id": name}, "objects", _once(_objects(bundle)))
    yield "\n"


def _once(objects: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """The objects, but analysts and sources, each of whom comes with all that is theirs, once."""
    known: set[str] = set()
    for each in objects:
        if each["type"] == "identity":
            if each["id"] in known:
                continue
            known.add(each["id"])
        yield each


@lru_cache(maxsize=4096)
def _id(kind: str, *parts: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, json.dumps([kind, *parts]))}"


PROGRAM = _id("identity", "pressmark")
EXTENSION = _id("extension-definition", "1")


def _objects(bundle: Bundle) -> Iterator[dict[str, Any]]:
    yield _identity("Pressmark", _PROGRAM, PROGRAM)
    yield _made("extension-definition", EXTENSION, _ALWAYS, _ALWAYS, PROGRAM) | {
        "name": "Pressmark claims",
        "description": "Grades, hedges, attribution and places in the text of claims in the news.",
        "schema": _SCHEMA,
        "version": "1.0.0",
        "extension_types": ["property-extension"],
    }
    for part, items, objects in native.packed(bundle):
        yield from _of_article(part, items, objects, bundle.sources)


def _of_article(
    part: ArticleBundle, items: Sequence[Item], objects: Sequence[dict[str, Any]], known: Registry
) -> Iterator[dict[str, Any]]:
    whole, own = by_highlight(objects)
    report = _id("report", part.article.id)
    held: list[str] = []
    for item in items:
        found = list(_of_item(item, report, own.get(item.placed.record.id, []), known))
        held += (each["id"] for each in found)
        yield from found
    for record in part.annotations.records:
        analyst = _analyst(record.by)
        yield analyst
        if record.tags or record.note or grade_of(record):
            grade = {
                "admiralty_grade": grade_of(record),
                "admiralty_reliability": record.reliability,
                "admiralty_credibility": record.credibility,
            }
            note = _by(record, "note", record.id)
            held.append(note["id"])
            yield note | _filled(
                content=record.note or "the article as a whole",
                authors=[record.by],
                labels=list(record.tags),
                object_refs=[report],
                extensions=_extended(grade),
            )
    for link in _links(objects):
        relation = _by(link, "relationship", link.id)
        held.append(relation["id"])
        yield _analyst(link.by)
        yield relation | {
            "relationship_type": link.kind,
            "source_ref": _id("note", link.from_),
            "target_ref": _id("note", link.to),
        }
    yield _report(part, report, held or [PROGRAM], whole)


def _report(
    part: ArticleBundle, name: str, held: Sequence[str], whole: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    article, notes = part.article, part.annotations
    claims = (claim for held in notes.claims.values() for claim in held)
    highlights = (placed.record for placed in notes.highlights)
    records: list[Record] = [*notes.records, *highlights, *claims]
    created = min((_time(r.created) for r in records), default=_ALWAYS)
    modified = max((_time(r.modified) for r in records), default=created)
    address = web_uri(article.url)
    source = _filled(
        source_name=article.outlet or "the article",
        url=address,
        description="" if address else article.path or article.id,
    )
    about = {"text_sha256": article.revision, "records": native.as_line(whole) if whole else ""}
    return _made("report", name, created, max(created, modified), PROGRAM) | _filled(
        name=article.title or article.path or article.id,
        published=_time(article.published) if article.published else created,
        lang=article.language,
        object_refs=list(dict.fromkeys(held)),
        external_references=[source],
        extensions=_extended(about),
    )


def _of_item(
    item: Item, report: str, own: Sequence[Mapping[str, Any]], known: Registry
) -> Iterator[dict[str, Any]]:
    claim, highlight = item.claim, item.placed.record
    record = claim or highlight
    sources = [_source(hop, f"{record.id} {n}", known) for n, hop in enumerate(_chain(claim))]
    yield from sources
    yield _analyst(record.by)
    own = [each for each in own if claim is None or each.get("id") in (claim.id, highlight.id)]
    about: dict[str, Any] = {
        "positions": [f"{extent.start}-{extent.end}" for extent in item.placed.extents],
        "text_sha256": item.article.revision if item.placed.extents else "",
        "comment": highlight.note,
        "records": native.as_line(own) if own else "",
    }
    if claim is not None:
        about |= _of_claim(item, claim)
    quote = joined_quote(highlight.spans)
    statement = claim.statement if claim is not None else ""
    yield _by(record, "note", record.id) | _filled(
        abstract=statement if quote else "",
        content=quote or statement or record.id,
        authors=[record.by] if record.by else [],
        labels=list(highlight.tags),
        confidence=_CREDIBILITY.get(claim.credibility) if claim is not None else None,
        lang=item.article.language,
        object_refs=list(dict.fromkeys([report, *(each["id"] for each in sources)])),
        extensions=_extended(about),
    )
    if claim is not None and claim.assessment.verdict in OPINIONS:
        yield _opinion(claim, claim.assessment)


def _chain(claim: Claim | None) -> list[Hop]:
    return [hop for hop in claim.chain if hop.source.text] if claim is not None else []


def _of_claim(item: Item, claim: Claim) -> dict[str, Any]:
    grade = item.grade
    return {
        "admiralty_grade": grade,
        "admiralty_reliability": grade[:1].strip("-"),
        "admiralty_credibility": claim.credibility,
        "modality": claim.modality,
        "hedge": claim.hedge.text if claim.hedge is not None else "",
        "status": item.status.name,
        "attribution": format_attribution(claim.chain),
        "time": claim.when.edtf or claim.when.text if claim.when is not None else "",
        "quantities": [format_quantity(each) for each in claim.quantities],
        "place": claim.place.text if claim.place is not None else "",
        "about": claim.about.text if claim.about is not None else "",
        "comment": "\n\n".join(filter(None, (item.placed.record.note, claim.note))),
        "translation": claim.translation,
    }


def _opinion(claim: Claim, assessment: Assessment) -> dict[str, Any]:
    addresses = [url for each in assessment.evidence if (url := web_uri(each))]
    claims = [each for each in assessment.evidence if not web_uri(each)]
    about = {
        "verdict": assessment.verdict,
        "likelihood": assessment.likelihood,
        "confidence_level": assessment.confidence,
        "confidence_basis": assessment.confidence_basis,
        "evidence": [_id("note", each) for each in claims],
    }
    return _by(claim, "opinion", claim.id) | _filled(
        opinion=OPINIONS[assessment.verdict],
        explanation=assessment.rationale,
        authors=[claim.by] if claim.by else [],
        confidence=_CONFIDENCE.get(assessment.confidence),
        external_references=[{"source_name": "evidence", "url": url} for url in addresses],
        object_refs=[_id("note", claim.id)],
        extensions=_extended(about),
    )


def _links(objects: Iterable[Mapping[str, Any]]) -> Iterator[Link]:
    found = native.unpacked([each for each in objects if each["type"] == "link"])
    yield from (record for record in found.records if isinstance(record, Link))


def _analyst(name: str) -> dict[str, Any]:
    return _identity(name or "an analyst", _ANALYST)


def _source(hop: Hop, place: str, known: Registry) -> dict[str, Any]:
    """A source as an identity; two that are not named are never one."""
    entry = known.find(hop.source.text)
    if entry is not None:
        roles = [entry.role] if entry.role else []
        found = _identity(entry.name, _CLASSES.get(entry.kind, "unknown"), "", *roles)
        return found | _filled(roles=roles, description=entry.affiliation)
    unnamed = hop.kind in ("anonymous", "collective", "role")
    key = _id("identity", "source", place) if unnamed else ""
    return _identity(hop.source.text, _CLASSES.get(hop.kind, "unknown"), key)


def _identity(name: str, kind: str, key: str = "", *told: str) -> dict[str, Any]:
    key = key or _id("identity", kind, folded(name), *told)
    by = "" if key == PROGRAM else PROGRAM
    return _made("identity", key, _ALWAYS, _ALWAYS, by) | {"name": name, "identity_class": kind}


def _by(record: Record, kind: str, key: str) -> dict[str, Any]:
    """The head of an object that tells of a record."""
    created = _time(record.created)
    analyst = _analyst(record.by)["id"]
    return _made(kind, _id(kind, key), created, max(created, _time(record.modified)), analyst)


def _made(kind: str, key: str, created: str, modified: str, by: str) -> dict[str, Any]:
    head = {"type": kind, "spec_version": "2.1", "id": key}
    author = {"created_by_ref": by} if by else {}
    return head | author | {"created": created, "modified": modified}


def _filled(**properties: Any) -> dict[str, Any]:
    """The properties that are there: STIX knows no empty ones."""
    return {key: value for key, value in properties.items() if value not in (None, "", [], {})}


def _extended(about: Mapping[str, Any]) -> dict[str, Any]:
    found = _filled(**about)
    return {EXTENSION: {"extension_type": "property-extension", **found}} if found else {}


def _time(iso: str) -> str:
    """A time in UTC with milliseconds, as STIX has them; a day is its beginning."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return _ALWAYS
    moment = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
