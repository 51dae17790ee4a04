"""schema.org ClaimReview (JSON-LD): a review for each claim whose truth an analyst has assessed.

The file says what the desk knows; `url`, the page on which a review is published, is for whoever
publishes it. (https://schema.org/ClaimReview)
"""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from typing import Any

from tui.exchange.addresses import web_address
from tui.exchange.bundles import Bundle, Item
from tui.exchange.json_values import array_in
from tui.model.articles import Article
from tui.model.records import Assessment, Claim
from tui.model.spans import joined_quote
from tui.model.wording import counted

CONTEXT = "https://schema.org"
# From 1, the worst, to 5; what cannot be verified has words only.
RATINGS: Mapping[str, int] = {"refuted": 1, "contested": 3, "corroborated": 5}
UNCHECKED = "unchecked"
_NAMED = 3  # how many of those left out are named
_SHORT = 60  # characters of a statement that names one


def export(bundle: Bundle, **_: bool) -> Generator[str, None, list[str]]:
    """The bundle as one graph of reviews; drafts are told by `creativeWorkStatus`.

    Returns one sentence on the claims without an assessment, which are no reviews, and one on
    highlights without a claim.
    """
    left_out = _LeftOut()
    yield from array_in({"@context": CONTEXT}, "@graph", _reviews(bundle, left_out))
    yield "\n"
    return list(left_out.sentences())


class _LeftOut:
    """What there is no review of, counted; of the claims the first few by name."""

    def __init__(self) -> None:
        self.bare = self.unchecked = 0
        self.names: list[str] = []

    def add(self, item: Item) -> None:
        """Count a highlight without a claim, or a claim that is unchecked."""
        if item.claim is None:
            self.bare += 1
            return
        self.unchecked += 1
        if self.unchecked <= _NAMED:
            self.names.append(f"“{_short(_statement(item))}”")

    def sentences(self) -> Iterator[str]:
        """One for the claims, one for the highlights, where there are some."""
        if self.unchecked:
            more = self.unchecked - len(self.names)
            names = ", ".join(self.names) + (f" and {more:,} more" if more else "")
            yield f"no review of {counted(self.unchecked, 'unchecked claim')}: {names}"
        if self.bare:
            yield f"no review of {counted(self.bare, 'highlight')} without a claim"


def _reviews(bundle: Bundle, left_out: _LeftOut) -> Iterator[dict[str, Any] | None]:
    """A review for each claim with an assessment; None in place of anything else."""
    for item in bundle.items():
        if item.claim is None or item.claim.assessment.verdict == UNCHECKED:
            left_out.add(item)
            yield None
        else:
            yield _review(item, item.claim)


def _short(words: str) -> str:
    return words if len(words) <= _SHORT else f"{words[:_SHORT].rstrip()} …"


def _statement(item: Item) -> str:
    said = item.claim.statement if item.claim is not None else ""
    return " ".join((said or joined_quote(item.placed.record.spans)).split())


def _review(item: Item, claim: Claim) -> dict[str, Any]:
    name = f"urn:pressmark:claim:{claim.id}"
    found = {
        "@type": "ClaimReview",
        "@id": f"{name}:review",
        "claimReviewed": _statement(item),
        "author": {"@type": "Person", "name": claim.by} if claim.by else None,
        "dateCreated": claim.created,
        "dateModified": claim.modified,
        "creativeWorkStatus": item.status.name,
        "reviewRating": _rating(claim.assessment),
        "citation": [_evidence(each) for each in claim.assessment.evidence],
        "itemReviewed": {
            "@type": "Claim",
            "@id": name,
            "text": joined_quote(item.placed.record.spans),
            **_claimed_by(claim),
            "appearance": _article(item.article),
        },
    }
    return {key: value for key, value in found.items() if value not in ("", None, [])}


def _rating(assessment: Assessment) -> dict[str, Any]:
    """The verdict in words and, where it lies on the scale, as a number; why and how sure."""
    sure = f"{assessment.confidence} confidence" if assessment.confidence else ""
    if sure and assessment.confidence_basis:
        sure += f" ({assessment.confidence_basis})"
    reasons = [assessment.rationale, assessment.likelihood, sure]
    value = RATINGS.get(assessment.verdict)
    scale = {"ratingValue": value, "bestRating": 5, "worstRating": 1} if value else {}
    found = {
        "@type": "Rating",
        "alternateName": assessment.verdict.capitalize(),
        **scale,
        "ratingExplanation": "; ".join(reason for reason in reasons if reason),
    }
    return {key: value for key, value in found.items() if value != ""}


def _evidence(named: str) -> dict[str, str]:
    """What speaks for the verdict: a web address, or a claim of ours."""
    address = web_address(named)
    if address:
        return {"@type": "CreativeWork", "url": address}
    return {"@type": "Claim", "@id": f"urn:pressmark:claim:{named}"}


def _claimed_by(claim: Claim) -> dict[str, Any]:
    """The original source by name; whether it is a person or an organization may not be known."""
    hop = claim.chain[-1] if claim.chain else None
    if hop is None or not hop.source.text:
        return {}
    kind = {"@type": "Organization"} if hop.kind == "collective" else {}
    role = {"description": hop.role} if hop.role else {}
    return {"author": {**kind, "name": hop.source.text, **role}}


def _article(article: Article) -> dict[str, Any]:
    found = {
        "@type": "NewsArticle",
        "headline": article.title,
        "url": web_address(article.url),
        "datePublished": article.published,
        "dateModified": article.modified,
        "inLanguage": article.language,
        "publisher": {"@type": "Organization", "name": article.outlet} if article.outlet else "",
    }
    return {key: value for key, value in found.items() if value}
