"""What a statement says beside its chain: when, and how many."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tui.analysis.quantities import find_quantities
from tui.analysis.quotations import quotations
from tui.analysis.times import find_times
from tui.model.articles import Article, Outline
from tui.model.records import Hop, Quantity, When
from tui.model.spans import Extent

_PLACELESS = ("duration", "recurring", "present")


def when_of(
    article: Article, outline: Outline, pieces: Sequence[Extent], chain: Sequence[Hop]
) -> When | None:
    """The time that the words in these ranges are about, which is not when they were said."""
    said = [hop.said for hop in chain if hop.said is not None]
    whens = times_of(article, outline, pieces, chain)
    return _best([w for w in whens if not _is_said(w, said)])


def quantities_of(
    article: Article, pieces: Sequence[Extent], chain: Sequence[Hop]
) -> tuple[Quantity, ...]:
    """The quantities in these ranges that are not part of a source's words: `two officials`."""
    sources = [hop.source.span.extent for hop in chain if hop.source.span is not None]
    return tuple(
        q
        for e in pieces
        for q in find_quantities(article.text, e)
        if q.span is not None and not any(s.meets(q.span.extent) for s in sources)
    )


def times_of(
    article: Article, outline: Outline, pieces: Sequence[Extent], chain: Sequence[Hop]
) -> Iterator[When]:
    """The times of the extents, each resolved against its own anchor."""
    published = article.published[:10]
    for piece in pieces:
        quoted = [*quotations(article, outline, piece)]
        quoted.extend(c.block for c in article.captions if c.block.meets(piece))
        spoken = shifted_anchor(chain, article.outlet)
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
