"""What crosses articles: claims listed, tags counted, candidates for a link, words found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from tui.desk.entries import Entry
from tui.model.articles import Article, instant
from tui.model.codebook import Codebook, covers
from tui.model.filters import Filter
from tui.model.records import PROPOSED, ArticleRecord, Claim, Highlight, Hop, Record
from tui.model.sources import Registry, is_name
from tui.model.spans import Extent
from tui.model.views import Annotations, Placed, Status, grade_of

if TYPE_CHECKING:
    from tui.model.told import Told


class ClaimRow(Struct, frozen=True):
    """One claim in a list, with its article, the highlight it rests on, its status and grade."""

    entry: Entry
    placed: Placed
    claim: Claim
    status: Status
    grade: str


class Occurrence(Struct, frozen=True):
    """One place where words stand, with the text around it closed up to one line."""

    article: str
    extent: Extent
    snippet: str


def rows(
    entry: Entry,
    annotations: Annotations,
    article: Article,
    wanted: Filter,
    codebook: Codebook,
    sources: Registry,
) -> Iterator[ClaimRow]:
    """The claims of an article that a filter means, in text order."""
    all_of_them = not wanted
    for placed in annotations.highlights:
        for claim in annotations.claims.get(placed.record.id, ()):
            parts = (claim, placed, annotations.status, article, codebook, sources)
            if all_of_them or wanted.matches(*parts):
                status = annotations.status(claim)
                yield ClaimRow(entry, placed, claim, status, grade_of(claim))


def told(
    entry: Entry,
    annotations: Annotations,
    article: Article,
    wanted: Filter,
    codebook: Codebook,
    sources: Registry,
) -> Iterator[Told]:
    """The claims of an article that a filter means, as lists of them tell them."""
    for row in rows(entry, annotations, article, wanted, codebook, sources):
        yield told_of(row, codebook, sources)


def told_of(row: ClaimRow, codebook: Codebook, sources: Registry) -> Told:
    """A claim as lists of them tell it."""
    from tui.model.told import Told, position_of

    entry, spans = row.entry, row.placed.record.spans
    source, nameless = original(row.claim.chain[-1] if row.claim.chain else None, sources)
    return Told(
        row.claim,
        position_of(row.claim.when),
        entry.id,
        entry.title,
        entry.outlet,
        entry.published,
        entry.path,
        row.status,
        row.grade,
        codebook.resolved(row.placed.record.tags),
        spans[0].start if spans else 0,
        source,
        nameless,
    )


def original(hop: Hop | None, sources: Registry) -> tuple[str, bool]:
    """The source of a hop by the name it is known under, and whether that may name several."""
    name = " ".join(hop.source.text.split()) if hop is not None else ""
    if hop is None or not name:
        return "", True
    if hop.kind in ("anonymous", "collective", "none"):
        return name, True
    known = sources.find(name)
    return (known.name, False) if known is not None else (name, not is_name(name))


def tag_sets(records: Collection[Record], own: str) -> Counter[tuple[str, ...]]:
    """How many highlights and articles carry the same tags, of the live records of an article.

    An own copy counts in its original's place.
    """
    live = [r for r in records if isinstance(r, (Highlight, ArticleRecord)) and r.tags]
    replaced = {r.re for r in records if r.re and r.by == own}
    return Counter(record.tags for record in live if record.id not in replaced)


def tag_counts(sets: Mapping[tuple[str, ...], int], codebook: Codebook) -> Mapping[str, int]:
    """How many highlights and articles carry each tag, by today's path; children count apart."""
    found: Counter[str] = Counter()
    for tags, count in sets.items():
        for tag in codebook.resolved(tags):
            found[tag] += count
    return dict(found)


def is_named(entry: Entry, wanted: Filter) -> bool:
    """Whether a filter that names articles, by the beginning of an id or a path, names this one."""
    names = [name for name in wanted.articles if name]
    return not wanted.articles or any(
        entry.id.startswith(name) or entry.path == name for name in names
    )


def candidates(mine: Told, others: Iterable[Told]) -> list[Told]:
    """Claims that may be linked with one, the likeliest first: by tag, unit, source and date."""
    units, times, names, words = (tell(mine.claim) for tell in (_units, _times, _names, _words))
    found: list[tuple[float, float, Told]] = []
    for other in others:
        claim = other.claim
        if claim.id == mine.claim.id:
            continue
        score = 2.0 * any(covers(a, b) or covers(b, a) for a in mine.tags for b in other.tags)
        score += 2.0 * bool(units & _units(claim))
        score += 1.5 * bool(times & _times(claim))
        score += bool(names & _names(claim))
        score += min(len(words & _words(claim)), 6) / 2
        apart = abs(_moment(mine.published) - _moment(other.published))
        found.append((-score, apart, other))
    found.sort(key=lambda item: (*item[:2], item[2].claim.id))
    return [other for *_, other in found]


def _units(claim: Claim) -> set[str]:
    words = (w for q in claim.quantities for w in (q.unit, q.measure))
    return {word.casefold() for word in words if word}


def _times(claim: Claim) -> set[str]:
    return {claim.when.edtf[:7]} if claim.when is not None and claim.when.edtf else set()


def _names(claim: Claim) -> set[str]:
    phrases = [hop.source for hop in claim.chain[1:]]
    phrases += [phrase for phrase in (claim.about, claim.place) if phrase is not None]
    return {" ".join(phrase.text.casefold().split()) for phrase in phrases if phrase.text}


def _words(claim: Claim) -> set[str]:
    return {w for w in claim.statement.casefold().split() if len(w) > 4}


def _moment(published: str) -> float:
    found = instant(published)
    return found if found != float("inf") else 0.0


def snippet(text: str, extent: Extent, around: int = 40) -> str:
    """The words of an extent with some text around them, on one line."""
    start, end = max(0, extent.start - around), min(len(text), extent.end + around)
    words = " ".join(text[start:end].split())
    return f"{'…' if start else ''}{words}{'…' if end < len(text) else ''}"


def restricted(
    annotations: Annotations,
    article: Article,
    wanted: Filter,
    codebook: Codebook,
    sources: Registry,
) -> Annotations | None:
    """Those annotations of an article that a filter means, with what belongs to them; else None.

    A highlight stays with its claims that are meant, or by itself if it is meant without one.
    """
    if not wanted:
        return annotations if annotations.highlights or annotations.records else None
    kept: list[Placed] = []
    claims: dict[str, tuple[Claim, ...]] = {}
    for placed in annotations.highlights:
        there = annotations.claims.get(placed.record.id, ())

        def means(claim: Claim | None, placed: Placed = placed) -> bool:
            return wanted.matches(claim, placed, annotations.status, article, codebook, sources)

        found = tuple(claim for claim in there if means(claim))
        if found or means(None):
            kept.append(placed)
            if found:
                claims[placed.record.id] = found
    if not kept:
        return None
    ids = {claim.id for found in claims.values() for claim in found}
    origins = {claim.origin for found in claims.values() for claim in found}
    return replace(
        annotations,
        highlights=tuple(kept),
        claims=claims,
        reviews=tuple(r for r in annotations.reviews if r.claim in ids),
        links=tuple(k for k in annotations.links if k.from_ in ids or k.to in ids),
        decisions=tuple(d for d in annotations.decisions if f"{PROPOSED}{d.suggestion}" in origins),
    )
