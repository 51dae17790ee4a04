"""What is derived from records and never stored: status, grade, places on today's text."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from itertools import islice

from msgspec import Struct, field
from msgspec.structs import replace

from tui.model.records import (
    PROPOSED,
    ArticleRecord,
    Claim,
    Decision,
    Highlight,
    Hop,
    Link,
    Record,
    Review,
)
from tui.model.sequences import differing
from tui.model.spans import Extent, merged

FITS = ("exact", "moved", "changed", "orphan")
SOUGHT, UNPLACED = "sought", "unplaced"  # in place of a fit: not known yet, or given up
STATUSES = ("draft", "accepted", "rejected", "disputed")
SAID_IN_ORDER = ("accepted", "draft", "rejected", "disputed")  # where claims are counted


class Status(Struct, frozen=True, omit_defaults=True):
    """What reviews make of a claim. `stale` says that it was edited after its newest review."""

    name: str = "draft"
    stale: bool = False
    flagged: bool = False
    by: str = ""
    time: str = ""
    reason: str = ""
    self_reviewed: bool = False


def status_of(claim: Claim, reviews: Iterable[Review]) -> Status:
    """The status of a claim: the newest decision's; `disputed` where reviewers' newest differ.

    Of each reviewer only the newest review counts. One that decides nothing (`none`: a flag, or a
    decision taken back) leaves the others' decisions in force, as does a review of an older `rev`
    that came in late.
    """
    newest: dict[str, Review] = {}
    for review in sorted(reviews, key=lambda r: (r.modified, r.id)):
        if review.claim == claim.id and not review.deleted:
            newest[review.by] = review
    if not newest:
        return Status()
    flagged = any(review.flag for review in newest.values())
    decided = [r for r in newest.values() if r.decision != "none"]
    current = [r for r in decided if r.claim_rev >= claim.rev]
    last = max(current or newest.values(), key=lambda r: (r.modified, r.id))
    if not current:
        return Status("draft", bool(decided), flagged, last.by, last.modified, last.reason)
    name = {"accept": "accepted", "reject": "rejected"}.get(last.decision, "draft")
    if len({r.decision for r in current}) > 1:
        name = "disputed"
    own = all(review.by == claim.by for review in current)
    own = own and not claim.origin.startswith(PROPOSED)  # the machine worded it
    return Status(name, False, flagged, last.by, last.modified, last.reason, own)


def graded_hop(chain: Sequence[Hop]) -> int | None:
    """Index of the hop whose letter a claim shows: the innermost named one, else the innermost."""
    unnamed = ("anonymous", "collective", "none")
    named = [i for i, hop in enumerate(chain) if hop.kind not in unnamed and hop.source.text]
    if named:
        return named[-1]
    return len(chain) - 1 if chain else None


def grade_of(graded: Claim | ArticleRecord) -> str:
    """The Admiralty grade of a claim or a whole article, such as `B2`.

    A missing half is `-`, neither is empty.
    """
    if isinstance(graded, ArticleRecord):
        letter = graded.reliability
    else:
        index = graded_hop(graded.chain)
        letter = graded.chain[index].reliability if index is not None else ""
    if not letter and not graded.credibility:
        return ""
    return f"{letter or '-'}{graded.credibility or '-'}"


def said_of_whole(notes: Annotations) -> tuple[ArticleRecord, ...]:
    """What analysts said of the article as a whole: a tag, a note, a grade."""
    return tuple(
        record for record in notes.records if record.tags or record.note or grade_of(record)
    )


def grade_warnings(claim: Claim, links: Iterable[Link]) -> tuple[str, ...]:
    """Sentences about a grade that the chain or the links do not bear out."""
    found: list[str] = []
    index = graded_hop(claim.chain)
    letter = claim.chain[index].reliability if index is not None else ""
    for hop in claim.chain:
        if letter and hop.reliability == "F" != letter:
            found.append(f"{hop.source.text} in the chain is F: cannot be judged")
        elif letter and letter != "F" and hop.reliability > letter:
            found.append(
                f"{hop.source.text} in the chain is {hop.reliability}, worse than {letter}"
            )
    supported = any(
        link.kind == "supports" and claim.id in (link.from_, link.to) and not link.deleted
        for link in links
    )
    if claim.credibility == "1" and not supported:
        found.append("1 means confirmed by independent sources: no supports link says so")
    return tuple(found)


def wording_warnings(claim: Claim) -> tuple[str, ...]:
    """Sentences about a modality that the words which hedge the claim contradict.

    What is asserted is not hedged; what is estimated or possible is not said to be certain.
    """
    hedge = " ".join(claim.hedge.text.split()) if claim.hedge is not None else ""
    certain = bool(set(hedge.casefold().split()) & _CERTAIN)
    if not hedge or certain == (claim.modality == "asserted"):
        return ()
    if claim.modality == "asserted":
        return (f"asserted, but “{hedge}” says less",)
    return (f"{claim.modality}, but “{hedge}” says more",) if claim.modality in _WEAKER else ()


_WEAKER = ("estimated", "possible")
_CERTAIN = frozenset(
    ("certain", "certainly", "clearly", "confirmed", "definitely", "surely", "undoubtedly")
)


class Placed(Struct, frozen=True):
    """A highlight on today's text: its ranges there, and how it fits. An orphan has no ranges.

    Nor has one that is `sought`, while long texts are compared, or `unplaced`, if that was given
    up: its place is not known. `score` says how much of its words is the same, from 0 to 1.
    """

    record: Highlight
    extents: tuple[Extent, ...]
    fit: str = "exact"
    score: float = 1.0

    @property
    def unsettled(self) -> bool:
        """Whether its words are not in today's text as they were: somebody has to decide."""
        return self.fit in ("changed", "orphan")

    @property
    def unknown(self) -> bool:
        """Whether it is not known where its words are today, and if they are there."""
        return self.fit in (SOUGHT, UNPLACED)

    @property
    def start(self) -> int:
        """Where it begins; orphans sort behind everything."""
        return self.extents[0].start if self.extents else 1 << 60


class Annotations(Struct, frozen=True, dict=True):
    """All live annotations of one article, by all analysts, ready to be shown."""

    article: str
    highlights: tuple[Placed, ...] = ()  # in text order
    claims: Mapping[str, tuple[Claim, ...]] = field(default_factory=dict[str, tuple[Claim, ...]])
    reviews: tuple[Review, ...] = ()
    links: tuple[Link, ...] = ()
    decisions: tuple[Decision, ...] = ()  # on what was proposed, by all analysts
    records: tuple[ArticleRecord, ...] = ()  # the analyst's own first
    unsaved: frozenset[str] = frozenset()  # ids not yet on the disk
    altered: frozenset[str] = frozenset()  # ids that something else than Pressmark changed
    troubles: tuple[str, ...] = ()  # sentences about what could not be read

    @cached_property
    def places(self) -> Mapping[str, Placed]:
        """The highlights by id."""
        return {placed.record.id: placed for placed in self.highlights}

    @cached_property
    def _claims(self) -> Mapping[str, Claim]:
        return {claim.id: claim for claims in self.claims.values() for claim in claims}

    @cached_property
    def _reviews(self) -> Mapping[str, Sequence[Review]]:
        found: dict[str, list[Review]] = {}
        for review in self.reviews:
            found.setdefault(review.claim, []).append(review)
        return found

    def but(self, placed: Placed) -> Annotations:
        """These with one highlight more, or where it stands now.

        The others are not gone through: what was looked up in them is taken along.
        """
        highlights = list(self.highlights)
        before = self.places.get(placed.record.id)
        if before is not None:
            del highlights[self.index_of(before)]
        highlights.insert(bisect_left(highlights, text_order(placed), key=text_order), placed)
        places = {**self.places, placed.record.id: placed}
        return self._with_lookups(replace(self, highlights=tuple(highlights)), places)

    def waiting(self, unsaved: frozenset[str]) -> Annotations:
        """These while the records with some ids are not on the disk yet."""
        if unsaved == self.unsaved:
            return self
        return self._with_lookups(replace(self, unsaved=unsaved), self.places)

    def headed(self, records: Sequence[ArticleRecord]) -> Annotations:
        """These with other records of the article as a whole."""
        return self._with_lookups(replace(self, records=tuple(records)), self.places)

    def _with_lookups(self, other: Annotations, places: Mapping[str, Placed]) -> Annotations:
        vars(other).update(places=places, _claims=self._claims)
        return other

    def index_of(self, placed: Placed) -> int:
        """Which of the highlights in text order this one is."""
        return bisect_left(self.highlights, text_order(placed), key=text_order)

    def changed_since(self, before: Annotations) -> frozenset[str]:
        """Ids of what is not as it was: highlights new, gone or changed, records saved meanwhile.

        What is the same at both ends of the text is passed over without looking into it.
        """
        found = self.unsaved ^ before.unsaved
        if self.highlights is before.highlights:
            return found
        ours, theirs, _ = differing(self.highlights, before.highlights)
        old, new = ({id(placed): placed.record.id for placed in part} for part in (theirs, ours))
        gone = (old[key] for key in old.keys() - new.keys())
        return found.union(gone, (new[key] for key in new.keys() - old.keys()))

    def at(self, extent: Extent) -> tuple[Placed, ...]:
        """Highlights that share a code point with the extent, in text order."""
        return tuple(p for p in self.highlights if any(e.meets(extent) for e in p.extents))

    def on(self, extents: Iterable[Extent]) -> Placed | None:
        """The highlight on exactly these extents."""
        wanted = merged(Extent(*extent) for extent in extents)
        if not wanted:
            return None
        start = wanted[0].start
        first = bisect_left(self.highlights, start, key=lambda placed: placed.start)
        for placed in islice(self.highlights, first, None):
            if placed.start != start:
                break
            if merged(placed.extents) == wanted:
                return placed
        return None

    def highlight(self, record_id: str) -> Placed | None:
        """The placed highlight with this id."""
        return self.places.get(record_id)

    def claim(self, record_id: str) -> Claim | None:
        """The claim with this id."""
        return self._claims.get(record_id)

    def came_of(self, proposal: str) -> Claim | None:
        """The claim that a proposal with this id has become."""
        origin = f"{PROPOSED}{proposal}"
        return next((claim for claim in self._claims.values() if claim.origin == origin), None)

    def all_claims(self) -> tuple[Claim, ...]:
        """All claims in text order of their highlights."""
        there = (p for name in self.claims if (p := self.highlight(name)) is not None)
        return tuple(
            claim
            for placed in sorted(there, key=text_order)
            for claim in self.claims[placed.record.id]
        )

    def status(self, claim: Claim) -> Status:
        """What the reviews make of a claim."""
        return status_of(claim, self.reviews_of(claim.id))

    def reviews_of(self, claim_id: str) -> Sequence[Review]:
        """The reviews of a claim, by all analysts."""
        return self._reviews.get(claim_id, ())

    def links_of(self, claim_id: str) -> tuple[Link, ...]:
        """Links that run from or to a claim."""
        return tuple(li for li in self.links if claim_id in (li.from_, li.to))


def gathered(
    article: str, records: Iterable[Record], placed: Iterable[Placed], own: str = ""
) -> Annotations:
    """The annotations of one article from its live records and its highlights' places.

    Where an analyst has an own copy of another's record (`re`), it stands in the other's place.
    """
    live = [r for r in records if not r.deleted]
    replaced = {r.re for r in live if r.re and r.by == own}
    live = [r for r in live if r.id not in replaced]
    spots = sorted((p for p in placed if p.record.id not in replaced), key=text_order)
    claims: dict[str, list[Claim]] = {}
    moved = {p.record.re: p.record.id for p in spots if p.record.re and p.record.by == own}
    for record in live:
        if isinstance(record, Claim):
            claims.setdefault(moved.get(record.highlight, record.highlight), []).append(record)
    heads = [r for r in live if isinstance(r, ArticleRecord)]
    return Annotations(
        article,
        tuple(spots),
        {key: tuple(sorted(found, key=lambda c: c.id)) for key, found in claims.items()},
        tuple(r for r in live if isinstance(r, Review)),
        tuple(r for r in live if isinstance(r, Link)),
        tuple(r for r in live if isinstance(r, Decision)),
        tuple(sorted(heads, key=lambda r: head_order(r, own))),
    )


def head_order(record: ArticleRecord, own: str) -> tuple[bool, str, str]:
    """The place of an article record among those of others: one's own first."""
    return record.by != own, record.by, record.id


def text_order(placed: Placed) -> tuple[int, int, str]:
    """The place of a highlight among others: by its begin, the longer first, then by id."""
    end = placed.extents[-1].end if placed.extents else 0
    return placed.start, -end, placed.record.id
