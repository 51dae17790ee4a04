"""A report in Markdown (CommonMark with tables): claims by topic, each with its evidence."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from tui.exchange.appendices import People, article_entry, legend
from tui.exchange.bundles import ArticleBundle, Bundle, Item
from tui.exchange.markdown import plain
from tui.exchange.prose import capital, claim_name, is_quoted
from tui.exchange.report_blocks import claim_blocks, compared, facts, highlight_blocks
from tui.exchange.spools import Spool, resolved
from tui.model.codebook import Codebook
from tui.model.records import Claim
from tui.model.views import SAID_IN_ORDER, grade_of
from tui.model.wording import counted, format_date, format_list

UNTAGGED = ""
Pair = tuple[str, str]  # ids of claims, the one that a link runs from first


def export(bundle: Bundle, **_: bool) -> Iterator[str]:
    """The bundle as a report, block by block, once all of it was read.

    Text of articles and of analysts stands in it as data, escaped. What is written of each claim
    waits in a temporary file until the order is known.
    """
    with Spool() as spool:
        report = _Report(bundle, spool)
        for part in bundle.articles:
            report.take(part)
            yield ""
        yield from report.pieces()


class _Kept(NamedTuple):
    """A claim by its id, and where its block is kept."""

    id: str
    place: int


class _Report:
    """Takes in an article at a time; of each claim only what orders and counts it is in memory."""

    def __init__(self, bundle: Bundle, spool: Spool) -> None:
        self._bundle, self._spool = bundle, spool
        self._order = {tag.path: i for i, tag in enumerate(bundle.codebook.tags)}
        self._topics: dict[str, list[_Kept]] = {}
        self._rejected: list[_Kept] = []
        self._bare: list[int] = []  # places
        self._articles: list[int] = []  # places
        self._days: set[str] = set()
        self._statuses: Counter[str] = Counter()
        self._own = self._repeats = 0
        self._lost: list[str] = []  # claims whose quote does not stand in today's text
        self._conflicts: dict[str, list[Pair]] = {}  # by claim
        self._sides: dict[str, int] = {}  # places of what is set side by side
        self._grades: set[str] = set()
        self._people = People()

    def take(self, part: ArticleBundle) -> None:
        """One article."""
        claims = 0
        for item in self._bundle.items_of(part):
            self._people.wrote(item)
            if item.claim is None:
                block = "\n\n".join(highlight_blocks(self._bundle, item))
                self._bare.append(self._spool.put(block))
            else:
                claims += 1
                self._take_claim(item, item.claim)
        self._people.reviewed(part.annotations.reviews)
        self._grades.update(*(grade_of(said) for said in part.annotations.records))
        self._days |= {part.article.published[:10]} - {""}
        entry = article_entry(self._bundle.codebook, part, claims)
        self._articles.append(self._spool.put(entry))

    def _take_claim(self, item: Item, claim: Claim) -> None:
        rejected = item.status.name == "rejected"
        topic = UNTAGGED if rejected else _topic(self._bundle.codebook, item, self._order)
        block = "\n\n".join(claim_blocks(self._bundle, item, claim, topic))
        kept = _Kept(claim.id, self._spool.put(block))
        (self._rejected if rejected else self._topics.setdefault(topic, [])).append(kept)
        self._statuses[item.status.name] += 1
        self._own += item.status.self_reviewed
        self._repeats += any(link.kind == "repeats" for link in item.links)
        self._lost += [] if item.placed.extents else [claim.id]
        self._grades.update(item.grade, *(hop.reliability for hop in claim.chain))
        pairs = [(link.from_, link.to) for link in item.links if link.kind == "contradicts"]
        if pairs:
            self._conflicts[claim.id] = pairs
            side = json.dumps([is_quoted(item), dict(facts(item, claim))])
            self._sides[claim.id] = self._spool.put(side)

    def pieces(self) -> Iterator[str]:
        """The report; nothing more is taken in."""
        between = ""
        for block in self._blocks():
            yield f"{between}{block}"
            between = "\n\n"
        between = "\n\n## Articles\n\n"
        for number, place in enumerate(self._articles, 1):
            yield f"{between}{number}. {self._spool.at(place)}"
            between = "\n"
        for block in (*legend(self._grades), *self._people.blocks()):
            yield f"\n\n{block}"
        yield "\n"

    def _blocks(self) -> Iterator[str]:
        """What stands before the list of articles."""
        rank = {path: _rank(path, self._order) for path in self._topics}
        topics = {path: self._topics[path] for path in sorted(rank, key=lambda path: rank[path])}
        ordered = [*chain.from_iterable(topics.values()), *self._rejected]
        numbers = {kept.id: number for number, kept in enumerate(ordered, 1)}
        pairs = _each_once(pair for kept in ordered for pair in self._conflicts.get(kept.id, ()))
        yield from self._head(numbers, len(pairs))
        yield from self._side_by_side(pairs, numbers)
        yield from self._by_topic(topics, numbers)
        if self._rejected:
            yield "## Rejected in review"
            yield "These are on the record and are not claims of this report."
            yield from self._claims(self._rejected, numbers)
        if self._bare:
            yield "## Highlights without a claim"
            yield from map(self._spool.at, self._bare)

    def _head(self, numbers: Mapping[str, int], pairs: int) -> Iterator[str]:
        bundle = self._bundle
        yield f"# {plain(bundle.workspace) or 'Claims'}: claims and evidence"
        scope = plain(bundle.scope).rstrip(".")
        made = f"Made on {plain(format_date(bundle.made))}." if bundle.made else ""
        if scope or made:
            yield " ".join(part for part in (f"{scope}." if scope else "", made) if part)
        yield "## Summary"
        yield "\n".join(f"- {line}" for line in self._summary(numbers, pairs))

    def _summary(self, numbers: Mapping[str, int], pairs: int) -> Iterator[str]:
        read = counted(len(self._articles), "article")
        yield f"{counted(len(numbers), 'claim')} from {read}{_period(self._days)}."
        if numbers:
            yield _reviewed(self._statuses, self._own)
        if pairs:
            yield f"{counted(pairs, 'pair')} of claims in conflict, set side by side below."
        if self._repeats:
            yield (
                f"{counted(self._repeats, 'claim')} {'goes' if self._repeats == 1 else 'go'} back"
                " to the same original source as another: that is repetition, no corroboration."
            )
        if self._lost:
            found = format_list(
                [f"claim {number}" for number in sorted(map(numbers.__getitem__, self._lost))]
            )
            yield f"Not found again in the text of today: the quote of {found}."

    def _side_by_side(self, pairs: Sequence[Pair], numbers: Mapping[str, int]) -> Iterator[str]:
        if pairs:
            yield "## In conflict"
        for pair in pairs:
            ends = sorted(pair, key=lambda end: numbers.get(end, 1 << 30))
            names = [capital(claim_name(end, numbers)) for end in ends]
            if all(end in self._sides for end in ends):
                yield compared(names, [json.loads(self._spool.at(self._sides[e])) for e in ends])
            else:
                yield f"{names[0]} is in conflict with {claim_name(ends[1], numbers)}."

    def _by_topic(
        self, topics: Mapping[str, Sequence[_Kept]], numbers: Mapping[str, int]
    ) -> Iterator[str]:
        if topics:
            yield "## Claims by topic"
        for topic, claims in topics.items():
            yield f"### {plain(topic).replace('/', ' / ') or 'Without a tag'}"
            tag = self._bundle.codebook.get(topic)
            if tag is not None and tag.description:
                yield f"*{plain(tag.description)}*"
            yield from self._claims(claims, numbers)

    def _claims(self, claims: Sequence[_Kept], numbers: Mapping[str, int]) -> Iterator[str]:
        for kept in claims:
            block = resolved(self._spool.at(kept.place), lambda other: claim_name(other, numbers))
            yield f"#### {numbers[kept.id]}. {block}"


def _reviewed(counts: Counter[str], own: int) -> str:
    parts = [f"{counts[name]} {name}" for name in SAID_IN_ORDER if counts[name]]
    notes = [
        f"{counted(own, 'decision')} by the claim's own author (self-reviewed)." if own else "",
        "What is draft has not been reviewed as it stands." if counts["draft"] else "",
    ]
    return " ".join(part for part in (f"Review: {format_list(parts)}.", *notes) if part)


def _period(days: Collection[str]) -> str:
    if not days:
        return ""
    first, last = format_date(min(days)), format_date(max(days))
    span = f"of {first}" if first == last else f"published from {first} to {last}"
    return f" {plain(span)}"


def _each_once(pairs: Iterable[Pair]) -> list[Pair]:
    """Each pair of claims once, whichever of them contradicts the other."""
    found: dict[frozenset[str], Pair] = {}
    for pair in pairs:
        found.setdefault(frozenset(pair), pair)
    return list(found.values())


def _topic(codebook: Codebook, item: Item, order: Mapping[str, int]) -> str:
    """The first of its tags in the codebook's order."""
    tags = codebook.resolved(item.placed.record.tags)
    return min(tags, key=lambda path: (order.get(path, len(order)), path), default=UNTAGGED)


def _rank(path: str, order: Mapping[str, int]) -> tuple[bool, tuple[tuple[int, str], ...]]:
    """A tag after its parent and beside its siblings, each level in the codebook's order."""
    parts = path.split("/")
    levels = ("/".join(parts[: i + 1]) for i in range(len(parts)))
    return path == UNTAGGED, tuple((order.get(level, len(order)), level) for level in levels)
