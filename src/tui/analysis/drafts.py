"""A claim filled in from cues: what `c` puts before the analyst."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.analysis.attribution import Attribution, find_chain
from tui.analysis.quantities import find_quantities
from tui.analysis.quotations import quotations
from tui.analysis.times import find_times
from tui.model.articles import Article, Outline
from tui.model.records import NO_OUTLET, Claim, Hop, When
from tui.model.sources import Registry
from tui.model.spans import Extent, joined_quote, merged, select

_PLACELESS = ("duration", "recurring")
_LONGEST = 5000  # code points of an extent that are read; no statement is as long


def draft_claim(
    article: Article, outline: Outline, extents: Sequence[Extent], registry: Registry
) -> Claim:
    """A claim on the extents with what plain cues tell: chain, time, quantities, modality, hedge.

    Likelihood, assessment, place and subject are left to the analyst. The claim has no id,
    analyst or revision count yet; its origin is `cues`. Of an extent at most 5,000 code points
    are read, so that the answer comes at once whatever the text is. Raises ValueError without any
    text.
    """
    pieces = _statement(article, extents)
    spans = [select(article.text, e.start, e.end) for e in pieces]
    if not spans:
        raise ValueError("A claim needs at least one character of text.")
    pieces = [Extent(e.start, min(e.end, e.start + _LONGEST)) for e in pieces]
    attribution = _attribution(article, outline, pieces, registry)
    said = [hop.said for hop in attribution.chain if hop.said is not None]
    whens = [w for w in _times(article, outline, pieces, attribution) if not _is_said(w, said)]
    sources = [hop.source.span.extent for hop in attribution.chain if hop.source.span is not None]
    quantities = tuple(
        q
        for e in pieces
        for q in find_quantities(article.text, e)
        if q.span is not None and not any(s.meets(q.span.extent) for s in sources)
    )
    return Claim(
        article=article.id,
        origin="cues",
        revision=article.revision,
        statement=joined_quote(spans),
        chain=attribution.chain if article.outlet else _unpublished(attribution.chain),
        when=_best(whens),
        quantities=quantities,
        modality=attribution.modality,
        hedge=attribution.hedge,
    )


def _unpublished(chain: Sequence[Hop]) -> tuple[Hop, ...]:
    """The chain behind a nameless hop for the outlet, so that no source is taken for it."""
    return (NO_OUTLET, *chain) if chain else ()


def _attribution(
    article: Article, outline: Outline, pieces: Sequence[Extent], registry: Registry
) -> Attribution:
    """That of the first piece; a hedge may stand in a later one."""
    first = find_chain(article, outline, pieces[0], registry)
    if first.modality == "asserted":
        for piece in pieces[1:]:
            other = find_chain(article, outline, piece, registry)
            if other.modality != "asserted":
                return Attribution(first.chain, other.modality, other.hedge)
    return first


def _statement(article: Article, extents: Sequence[Extent]) -> list[Extent]:
    """The extents without captions, header and the blanks at their ends; captions alone stay."""
    pieces = [e for e in merged(Extent(*e) for e in extents) if e.of(article.text).strip()]
    without = pieces
    for caption in article.captions:
        without = _less(without, Extent(caption.start, caption.end))
    for header in article.header:
        without = _less(without, header)
    trimmed = [t for t in (_trimmed(article.text, e) for e in without) if t is not None]
    return trimmed or [t for t in (_trimmed(article.text, e) for e in pieces) if t is not None]


def _less(extents: Sequence[Extent], hole: Extent) -> list[Extent]:
    found: list[Extent] = []
    for extent in extents:
        if not extent.meets(hole):
            found.append(extent)
            continue
        if extent.start < hole.start:
            found.append(Extent(extent.start, hole.start))
        if hole.end < extent.end:
            found.append(Extent(hole.end, extent.end))
    return found


def _trimmed(text: str, extent: Extent) -> Extent | None:
    words = extent.of(text)
    if not words.strip():
        return None
    start = extent.start + len(words) - len(words.lstrip())
    return Extent(start, extent.end - (len(words) - len(words.rstrip())))


def _times(
    article: Article, outline: Outline, pieces: Sequence[Extent], attribution: Attribution
) -> Iterator[When]:
    """The times of the extents, each resolved against its own anchor."""
    published = article.published[:10]
    for piece in pieces:
        quoted = [*quotations(article, outline, piece)]
        quoted.extend(c.block for c in article.captions if c.block.meets(piece))
        spoken = shifted_anchor(attribution.chain, article.outlet)
        whens = find_times(article.text, piece, published)
        inside = [w for w in whens if _stands_in(w, quoted) and w.anchor]
        again = find_times(article.text, piece, spoken) if inside else []
        for when in whens:
            if when in inside:
                yield _as_spoken(when, again)
            else:
                yield _as_revised(article, piece, when)


def _as_revised(article: Article, piece: Extent, when: When) -> When:
    """A doubtful date counted from the last change: an article revised names that day too."""
    revised = article.modified[:10]
    if when.qualifier != "uncertain" or revised in ("", article.published[:10]):
        return when
    for other in find_times(article.text, piece, revised):
        if other.span == when.span and other.edtf and other.qualifier != "uncertain":
            return other
    return when


def _stands_in(when: When, quoted: Sequence[Extent]) -> bool:
    return when.span is not None and any(q.covers(when.span.start) for q in quoted)


def _as_spoken(when: When, again: Sequence[When]) -> When:
    """A relative time inside a quotation, counted from when it was said, or unresolved."""
    assert when.span is not None
    for other in again:
        if other.span is not None and other.span.extent.meets(when.span.extent) and other.edtf:
            return other
    return When(when.text, when.span, rule="relative, inside a quotation whose day is not known")


def shifted_anchor(chain: Sequence[Hop], outlet: str) -> str:
    """The anchor of times inside a quotation: when its speaker said it, or empty if unknown."""
    inner = [hop for hop in chain if hop.source.text != outlet]
    if not inner or inner[-1].said is None:
        return ""
    return inner[-1].said.edtf


def _is_said(when: When, said: Sequence[When]) -> bool:
    return any(
        s.span is not None and when.span is not None and s.span.extent.meets(when.span.extent)
        for s in said
    )


def _best(whens: Sequence[When]) -> When | None:
    """The first time that has a place on the calendar, else the first that only lacks an anchor.

    A duration, or what comes back again and again, is not a time that a claim is about.
    """
    resolved = [w for w in whens if w.edtf]
    unresolved = [w for w in whens if not w.rule.startswith(_PLACELESS)]
    return (resolved or unresolved or [None])[0]
