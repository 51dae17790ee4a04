"""Which rows the annotation panel has: of highlights, their claims, links, the whole article."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.filters import Filter
from tui.model.records import Claim, Link, Record, Review
from tui.model.sources import Registry
from tui.model.views import Annotations, Placed, said_of_whole
from tui.widgets.looks import PLAIN_TAG

if TYPE_CHECKING:
    from tui.analysis.proposed_links import ProposedLink


class OtherClaim(Struct, frozen=True):
    """The claim at the other end of a link: its words, the original source, where it stands.

    `article` is the id of its article, `date` the ISO time of publication; each may be empty.
    """

    statement: str
    source: str = ""
    article: str = ""
    date: str = ""


Other = Callable[[str], OtherClaim | None]  # claim id -> what is known of it


class Row(Struct, frozen=True):
    """One row of the panel. `start` is its place, `kind` what it is: see the panel.

    `highlight` is the one it belongs to, None for the article's own row; `claim` the id of the
    claim that a link stands under, and `other` that of the claim at its other end; `reasons` are
    those of a proposal, and `link` is the one that is proposed.
    """

    id: str
    kind: str
    start: int
    end: int
    record: Record
    highlight: Placed | None = None
    claim: str = ""
    other: str = ""
    reasons: tuple[str, ...] = ()
    link: ProposedLink | None = None

    def like(self, other: Row) -> bool:
        """Whether the two are made of the very same records, with the same fit."""
        if self.record is not other.record:
            return False
        mine, its = self.highlight, other.highlight
        if mine is its:
            return True
        return mine is not None and its is not None and _same(mine, its)


def _same(one: Placed, other: Placed) -> bool:
    return one.record is other.record and (one.fit, one.extents) == (other.fit, other.extents)


_NO_ARTICLE = Article("", "", "")


def _unknown(_claim: str) -> OtherClaim | None:
    return None


class Shelf(Struct, frozen=True):
    """All that the rows of one article are made of, with reviews and links found by claim."""

    annotations: Annotations
    codebook: Codebook
    analyst: str
    reviews: Mapping[str, Sequence[Review]]
    links: Mapping[str, Sequence[Link]]
    article: Article = _NO_ARTICLE
    other: Other = _unknown
    own: Mapping[str, str] = field(default_factory=dict[str, str])  # names of own fields: labels
    seen: dict[tuple[str, ...], Tagging] = field(default_factory=dict[tuple[str, ...], "Tagging"])

    def tagging(self, paths: tuple[str, ...]) -> Tagging:
        """What the codebook makes of the tags of a record; looked up once for equal ones."""
        found = self.seen.get(paths)
        if found is None:
            tags = self.codebook.resolved(paths)
            colours = tuple(self.codebook.colour(tag) for tag in tags)
            slot = next((slot for slot in map(self.codebook.slot, tags) if slot), 0)
            found = self.seen[paths] = Tagging(tags, colours, slot)
        return found


class Tagging(Struct, frozen=True):
    """Today's paths of a record's tags, the colour of each, and the first slot among them."""

    tags: tuple[str, ...]
    colours: tuple[str, ...]
    slot: int

    @property
    def colour(self) -> str:
        """The colour that the record is drawn in."""
        return next((colour for colour in self.colours if colour), PLAIN_TAG)


def shelf_of(
    annotations: Annotations,
    codebook: Codebook,
    analyst: str,
    article: Article = _NO_ARTICLE,
    other: Other = _unknown,
    own: Mapping[str, str] | None = None,
) -> Shelf:
    """The annotations with what the rows look up in them.

    `other` tells of claims in other articles; those of this one are looked up here. `own` has the
    labels of the workspace's own fields by name, in their order.
    """
    reviews: dict[str, list[Review]] = {}
    for review in annotations.reviews:
        reviews.setdefault(review.claim, []).append(review)
    links: dict[str, list[Link]] = {}
    for link in annotations.links:
        for claim_id in {link.from_, link.to}:
            links.setdefault(claim_id, []).append(link)
    here = {claim.id: claim for claims in annotations.claims.values() for claim in claims}

    def found(claim_id: str) -> OtherClaim | None:
        claim = here.get(claim_id)
        return other(claim_id) if claim is None else _end(claim, article.id)

    return Shelf(annotations, codebook, analyst, reviews, links, article, found, own or {})


def _end(claim: Claim, article: str) -> OtherClaim:
    source = claim.chain[-1].source.text if len(claim.chain) > 1 else ""
    return OtherClaim(claim.statement, source, article)


def rows_of(shelf: Shelf, wanted: Filter, article: Article, sources: Registry) -> list[Row]:
    """The rows in text order: the article's own if it says anything, highlights, their claims.

    A highlight stays above each of its claims that the filter wants.
    """
    asked = bool(wanted)  # looks at every part of the filter: once is enough
    found = [] if asked else head_rows(shelf)
    for placed in shelf.annotations.highlights:
        claims: Sequence[Claim] = shelf.annotations.claims.get(placed.record.id, ())
        keep = True
        if asked:
            parts = (placed, shelf.annotations.status, article, shelf.codebook, sources)
            claims = [claim for claim in claims if wanted.matches(claim, *parts)]
            keep = bool(claims) or wanted.matches(None, *parts)
        if keep:
            found += rows_on(placed, claims, shelf)
    return found


def head_rows(shelf: Shelf) -> list[Row]:
    """The rows of the article itself: what its records say of it as a whole."""
    said = said_of_whole(shelf.annotations)
    return [Row(record.id, "article", 0, 0, record) for record in said]


def rows_on(placed: Placed, claims: Iterable[Claim], shelf: Shelf) -> list[Row]:
    """The rows of a highlight: its own, those of these claims on it, and of their links."""
    start = placed.start
    end = placed.extents[-1].end if placed.extents else start
    found = [Row(placed.record.id, "highlight", start, end, placed.record, placed)]
    for claim in claims:
        found.append(Row(claim.id, "claim", start, end, claim, placed, claim.id))
        for link in shelf.links.get(claim.id, ()):
            far = link.to if link.from_ == claim.id else link.from_
            found.append(Row(link.id, "link", start, end, link, placed, claim.id, far))
    return found
