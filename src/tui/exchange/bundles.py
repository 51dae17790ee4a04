"""What is exported: articles with their annotations, and how its claims hang together."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple

from msgspec import Struct, field

from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.records import ArticleRecord, Claim, Highlight, Link
from tui.model.settings import Settings
from tui.model.sources import Registry
from tui.model.views import (
    Annotations,
    Placed,
    Status,
    grade_of,
    grade_warnings,
    said_of_whole,
)


class ArticleBundle(Struct, frozen=True):
    """One article and those of its annotations that are exported."""

    article: Article
    annotations: Annotations


class Bundle(Struct, frozen=True):
    """All that an export needs. `scope` is a sentence that says what is in it; `made` is ISO.

    The articles may be read one after the other as they are asked for, anew each time, so a format
    goes through them once where it can, and keeps none. `whole` says that it is the whole
    workspace: then the codebook is all of it too. `fields` are the fields of the workspace's own
    that its claims have, as far as that is known; None if it is not.
    """

    workspace: str
    articles: Collection[ArticleBundle] = ()
    codebook: Codebook = field(default_factory=Codebook)
    sources: Registry = field(default_factory=Registry)
    settings: Settings = field(default_factory=Settings)
    scope: str = ""
    made: str = ""
    whole: bool = True
    fields: tuple[str, ...] | None = None

    def items(self) -> Iterator[Item]:
        """Every claim, and every highlight that has none, by article and in text order."""
        for part in self.articles:
            yield from self.items_of(part)

    def items_of(self, part: ArticleBundle) -> Iterator[Item]:
        """Those of one article.

        A claim whose highlight somebody else has deleted comes last, on a highlight without spans.
        """
        notes = part.annotations
        links = _links(notes)
        there = {placed.record.id for placed in notes.highlights}
        lost = (_without_highlight(part, key) for key in notes.claims if key not in there)
        whole = said_of_whole(notes)
        for placed in (*notes.highlights, *lost):
            claims = notes.claims.get(placed.record.id, ())
            for claim in claims:
                status = notes.status(claim)
                yield Item(part.article, placed, claim, status, links.get(claim.id, ()), whole)
            if not claims:
                yield Item(part.article, placed, None, Status(), (), whole)


class LinksOnce:
    """The links that are to be written with an article: one between two is known to both."""

    def __init__(self) -> None:
        self._half: set[str] = set()  # those that the other one may still come with

    def of(self, part: ArticleBundle) -> list[Link]:
        """Those that were not written with another article."""
        links = part.annotations.links
        fresh = [link for link in links if link.id not in self._half]
        self._half ^= {link.id for link in links if link.to_article != link.article}
        return fresh


def _links(notes: Annotations) -> dict[str, tuple[Link, ...]]:
    """Live links by the ids at both ends; annotations hold those from other articles too."""
    found: dict[str, dict[str, Link]] = {}
    for link in notes.links:
        if not link.deleted:
            for end in (link.from_, link.to):
                found.setdefault(end, {})[link.id] = link
    return {end: tuple(links.values()) for end, links in found.items()}


def _without_highlight(part: ArticleBundle, record_id: str) -> Placed:
    return Placed(Highlight(id=record_id, article=part.article.id), (), "orphan")


class Item(NamedTuple):
    """One claim with what it rests on; or, with `claim` None, a highlight by itself."""

    article: Article
    placed: Placed
    claim: Claim | None
    status: Status
    links: tuple[Link, ...]
    whole: tuple[ArticleRecord, ...] = ()  # what was said of its article as a whole

    @property
    def grade(self) -> str:
        """The Admiralty grade shown, or empty."""
        return grade_of(self.claim) if self.claim is not None else ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What speaks against the grade."""
        return grade_warnings(self.claim, self.links) if self.claim is not None else ()


# How a link reads from the claim it runs from, and from the one it runs to.
LINK_WORDS = {
    "supports": ("supports", "supported by"),
    "contradicts": ("contradicts", "contradicts"),
    "updates": ("updates", "updated by"),
    "repeats": ("repeats", "repeats"),
}


def link_words(link: Link, claim_id: str) -> tuple[str, str]:
    """How a link reads from one of its claims, and the id of the other one."""
    outward, inward = LINK_WORDS.get(link.kind, (link.kind, f"{link.kind} by"))
    return (outward, link.to) if link.from_ == claim_id else (inward, link.from_)
