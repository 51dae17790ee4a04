"""ClaimReview by schema.org's own definitions: which property a type has, and what it may hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from pyld import jsonld
from tests.exchange.telling import telling_bundle

from tui.exchange import Bundle, export_text
from tui.model.records import Assessment

VERSION = "30.0"
SCHEMA = "http://schema.org/"
DATES = {
    "Date": r"\d{4}(-\d\d(-\d\d)?)?",
    "DateTime": r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?",
}


class Vocabulary:
    """Types with those above them; properties with what has them and what they hold."""

    def __init__(self, file: Path) -> None:
        self._terms = {
            each["@id"].removeprefix("schema:"): each
            for each in json.loads(file.read_text("utf-8"))["@graph"]
        }

    def _named(self, term: str, key: str) -> set[str]:
        found = self._terms[term].get(key, [])
        found = found if isinstance(found, list) else [found]
        return {each["@id"].removeprefix("schema:") for each in found}

    def above(self, kind: str) -> set[str]:
        """A type and all that it is one of."""
        over = self._named(kind, "rdfs:subClassOf") & self._terms.keys()
        return {kind}.union(*map(self.above, over))

    def faults(self, node: Mapping[str, Any], may_be: set[str]) -> Iterator[str]:
        """What is wrong in an expanded node; one without a type may be any of `may_be`."""
        kinds = {each.removeprefix(SCHEMA) for each in node.get("@type", ())} or may_be
        above = set[str]().union(*map(self.above, kinds))
        for iri, values in node.items():
            name = iri.removeprefix(SCHEMA)
            if iri.startswith("@"):
                continue
            if name not in self._terms:
                yield f"there is no {iri}"
            elif not self._named(name, "schema:domainIncludes") & above:
                yield f"{name} is not of {kinds}"
            else:
                holds = self._named(name, "schema:rangeIncludes")
                for value in values:
                    yield from self._held(name, value, holds)

    def _held(self, name: str, value: Mapping[str, Any], holds: set[str]) -> Iterator[str]:
        if "@value" not in value:
            kinds = {each.removeprefix(SCHEMA) for each in value.get("@type", ())}
            is_address = not kinds and set(value) == {"@id"}
            fits = "URL" in holds if is_address else not kinds or any(
                self.above(kind) & holds for kind in kinds
            )  # fmt: skip
            if not fits:
                yield f"{name} holds no {kinds or 'address'}"
            if not is_address:
                yield from self.faults(value, holds - {"Text", "URL"})
            return
        held = value["@value"]
        if isinstance(held, int | float):
            fits = "Number" in holds
        else:
            dated = any(re.fullmatch(DATES[kind], held) for kind in DATES.keys() & holds)
            fits = dated or "Text" in holds
        if not fits:
            yield f"{name} holds no {held!r}"


@pytest.fixture(scope="module")
def place(published: Callable[[str, str], Path]) -> Callable[[str], Path]:
    base = f"https://raw.githubusercontent.com/schemaorg/schemaorg/main/data/releases/{VERSION}"
    return lambda name: published(f"schema.org/{name}", f"{base}/{name}")


def test_every_property_is_one_of_its_type_and_holds_what_it_may(
    place: Callable[[str], Path], bundle: Bundle
) -> None:
    vocabulary = Vocabulary(place("schemaorg-current-https.jsonld"))
    context = json.loads(place("schemaorgcontext.jsonld").read_text("utf-8"))

    def loaded(url: str, options: object = None) -> dict[str, Any]:
        assert url == "https://schema.org"
        return {"contextUrl": None, "documentUrl": url, "document": context}

    options: Any = {"documentLoader": loaded}
    for each in (bundle, assessed(telling_bundle())):
        data = json.loads(export_text(each, "claimreview"))
        reviews: Any = jsonld.expand(data, options)
        assert len(reviews) == len(data["@graph"]) > 0
        for review in reviews:
            assert review["@type"] == [f"{SCHEMA}ClaimReview"]
            assert list(vocabulary.faults(review, set())) == []
    wrong = {"@type": [f"{SCHEMA}Claim"], f"{SCHEMA}reviewRating": [{"@value": "5"}]}
    assert list(vocabulary.faults(wrong, set())) == ["reviewRating is not of {'Claim'}"]


def assessed(bundle: Bundle) -> Bundle:
    """The bundle with every claim refuted, for a reason and on evidence."""
    judged = Assessment("refuted", "No.", ("https://example.org/x", "01ARZ3NDEKTSV4RRFFQ69G5FAV"))
    parts = [
        replace(
            part,
            annotations=replace(
                part.annotations,
                claims={
                    key: tuple(replace(claim, assessment=judged) for claim in claims)
                    for key, claims in part.annotations.claims.items()
                },
            ),
        )
        for part in bundle.articles
    ]
    return replace(bundle, articles=tuple(parts))
