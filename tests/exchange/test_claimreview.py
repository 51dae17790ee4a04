from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pyld import jsonld
from tests.exchange.linked_data import loaded, through_pyld, told
from tests.exchange.telling import telling_bundle

from tui.exchange import Bundle, export_text, write_out

SCHEMA = "http://schema.org/"


def reviews(bundle: Bundle) -> list[dict[str, Any]]:
    return json.loads(export_text(bundle, "claimreview"))["@graph"]


def test_an_assessed_claim_is_a_review_with_a_rating(bundle: Bundle) -> None:
    review = next(each for each in reviews(bundle) if "11,000" in each["claimReviewed"])
    assert review["reviewRating"] == {
        "@type": "Rating",
        "alternateName": "Contested",
        "ratingValue": 3,
        "bestRating": 5,
        "worstRating": 1,
        "ratingExplanation": "Kyiv counts nearly twice as many.; likely; moderate confidence"
        " (two services, no access to the ground)",
    }
    assert review["citation"] == [
        {"@type": "CreativeWork", "url": "https://stats.example/kursk"},
    ]
    claim = review["itemReviewed"]
    assert claim["author"] == {"name": "The agency"}
    assert claim["appearance"]["publisher"]["name"] == "News Today"
    assert (review["author"]["name"], review["creativeWorkStatus"]) == ("Kim", "accepted")


def test_all_of_it_is_in_the_vocabulary(bundle: Bundle) -> None:
    data = json.loads(export_text(bundle, "claimreview"))
    for each in data["@graph"]:
        review = {"@context": data["@context"], **each}
        assert told(through_pyld(review)) == told(review)
    expanded: Any = jsonld.expand(data, {"documentLoader": loaded})  # pyright: ignore[reportArgumentType]
    assert all(f"{SCHEMA}claimReviewed" in each for each in expanded)
    assert {each["@type"][0] for each in expanded} == {f"{SCHEMA}ClaimReview"}


def test_what_is_unchecked_is_named_in_one_line(bundle: Bundle, tmp_path: Path) -> None:
    said = write_out(bundle, "claimreview", tmp_path / "reviews.jsonld")
    assert said[0].startswith("no review of 1")
    assert "“no North Korean unit had been observed in combat since mid-J …”" in said[0]
    assert said[1] == "no review of 1 highlight without a claim"
    assert len(said) == 2
    assert reviews(telling_bundle()) == []
