from __future__ import annotations

import json
from collections import Counter
from typing import Any

import stix2
from tests.exchange.telling import telling_bundle

from tui.exchange import Bundle, export_text
from tui.exchange.stix import EXTENSION


def objects(bundle: Bundle) -> list[dict[str, Any]]:
    return json.loads(export_text(bundle, "stix"))["objects"]


def about(found: dict[str, Any]) -> dict[str, Any]:
    return found["extensions"][EXTENSION]


def test_the_library_reads_every_object_as_it_is(bundle: Bundle) -> None:
    text = export_text(bundle, "stix")
    parsed = stix2.parse(text)
    there = [json.loads(each.serialize()) for each in parsed["objects"]]
    for theirs, ours in zip(there, objects(bundle), strict=True):
        if "published" in ours:  # the library leaves out milliseconds that are none
            ours["published"] = ours["published"].replace(".000Z", "Z")
        assert theirs == ours


def test_each_claim_is_a_note_each_link_a_relationship_each_assessment_an_opinion(
    bundle: Bundle,
) -> None:
    found = objects(bundle)
    kinds = Counter(each["type"] for each in found)
    items = list(bundle.items())
    links = {link.id for part in bundle.articles for link in part.annotations.links}
    whole = sum(len(part.annotations.records) for part in bundle.articles)
    assert kinds["report"] == len(bundle.articles)
    assert kinds["note"] == len(items) + whole
    assert kinds["relationship"] == len(links)
    assert kinds["opinion"] == sum(
        item.claim is not None and item.claim.assessment.verdict != "unchecked" for item in items
    )
    ids = {each["id"] for each in found}
    for each in found:
        named = [*each.get("object_refs", ()), each.get("created_by_ref", each["id"])]
        ends = [each[key] for key in ("source_ref", "target_ref") if key in each]
        assert ids.issuperset([*named, *ends])


def test_grade_and_hedge_are_in_the_extension_and_the_opinion_says_how_sure(
    bundle: Bundle,
) -> None:
    found = objects(bundle)
    note = next(each for each in found if "11,000" in each.get("content", ""))
    told = about(note)
    assert (told["admiralty_grade"], told["hedge"], note["confidence"]) == ("B3", "estimates", 50)
    assert told["quantities"][1] == "> 3,000 casualties (total)"
    opinion = next(each for each in found if each["type"] == "opinion")
    assert (opinion["opinion"], opinion["confidence"]) == ("neutral", 50)
    assert (about(opinion)["verdict"], about(opinion)["likelihood"]) == ("contested", "likely")
    assert opinion["object_refs"] == [note["id"]]
    assert all(each["created"].endswith(".000Z") for each in found)


def test_unnamed_sources_are_never_one_and_named_ones_are(bundle: Bundle) -> None:
    identities = [each for each in objects(bundle) if each["type"] == "identity"]
    names = Counter(each["name"] for each in identities)
    assert names["News Today"] == 1
    assert len({each["id"] for each in identities}) == len(identities)


def test_a_second_export_is_the_same() -> None:
    assert export_text(telling_bundle(), "stix") == export_text(telling_bundle(), "stix")
    note = next(each for each in objects(telling_bundle()) if each["type"] == "note")
    assert (note["content"], about(note)["positions"]) == ("NIS 🇰🇷 (국가정보원)", ["4-18"])
