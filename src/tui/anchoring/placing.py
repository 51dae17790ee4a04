"""Place highlights and claims on the revision of an article that is open today."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from tui.anchoring.quotes import find_quote
from tui.model.articles import Article
from tui.model.parts import claim_spans
from tui.model.records import Claim, Highlight
from tui.model.spans import Extent, Span
from tui.model.views import FITS, SOUGHT, Placed

if TYPE_CHECKING:
    from tui.anchoring.aligning import Alignment

LONGEST = 4_000_000  # code points; longer texts are not compared, for that would take seconds

TextOf = Callable[[str], str | None]  # the SHA-256 of a revision -> its canonical text, if kept


class Spot(NamedTuple):
    """Where the words of one part of a claim stand today; an orphan has no extent.

    `part` is the field, as in the exchange format: `when`, `chain.0.source`, `quantities.1`.
    `score` says how much of the words is the same, from 0 to 1.
    """

    part: str
    extent: Extent | None
    fit: str
    score: float = 1.0


class Found(NamedTuple):
    """Where a span stands today, its fit, and how much of its words is the same, from 0 to 1."""

    extent: Extent | None
    fit: str
    score: float


LOST = Found(None, "orphan", 0.0)
NOT_YET = Found(None, SOUGHT, 0.0)


class Passage(NamedTuple):
    """A span, and the revision it was made on: what is looked for on another text."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str
    revision: str

    @property
    def span(self) -> Span:
        """Its selectors."""
        return Span(self.start, self.end, self.exact, self.prefix, self.suffix)

    @classmethod
    def of(cls, span: Span, revision: str) -> Passage:
        """The passage of a span."""
        return cls(span.start, span.end, span.exact, span.prefix, span.suffix, revision)


class Placer:
    """Places what was marked on any revision of an article on its text of today.

    `text_of` gives the texts of older revisions. It is asked once for each, and only if something
    was marked on one that is not today's; without it, quote and context alone must do.

    With `known` nothing is compared: it says where passages stand, and those that it does not know
    are `sought`, without a place, and stand in `missing` afterwards.
    """

    def __init__(
        self,
        article: Article,
        text_of: TextOf | None = None,
        known: Mapping[Passage, Found] | None = None,
    ) -> None:
        self._article = article
        self._text_of = text_of
        self._known = known
        self._alignments: dict[str, Alignment | None] = {}
        self.missing: dict[Passage, None] = {}

    def highlight(self, highlight: Highlight) -> Placed:
        """The highlight on today's text: its extents, in the order of its spans, and its fit.

        `exact` if all spans stand at their own offsets, `moved` if all have the very same words
        and some stand elsewhere, `changed` if the words of some are not the same; else `orphan`,
        which has no extents: also when the spans, found one by one, are out of order or overlap,
        since then they are not the passage that was marked. The score is that of the worst span.
        """
        found = [self.span(span, highlight.revision) for span in highlight.spans]
        if NOT_YET in found:
            return Placed(highlight, (), SOUGHT, 0.0)
        extents = [each.extent for each in found if each.extent is not None]
        if not found or len(extents) < len(found) or not _same_order(highlight.spans, extents):
            return Placed(highlight, (), "orphan", 0.0)
        fit = max((each.fit for each in found), key=FITS.index)
        return Placed(highlight, tuple(extents), fit, min(each.score for each in found))

    def claim(self, claim: Claim) -> tuple[Spot, ...]:
        """Where the words of each part of a claim stand today, each by itself, in its order.

        Parts that were typed and not read off the text have no words there and are left out.
        """
        return tuple(
            Spot(part, *self.span(span, claim.revision)) for part, span in claim_spans(claim)
        )

    def span(self, span: Span, revision: str) -> Found:
        """The place of a span. On its own revision the offsets decide, if its words are there."""
        text = self._article.text
        if revision == self._article.revision and _on(span, text):
            return Found(span.extent, "exact", 1.0)
        if self._known is not None:
            passage = Passage.of(span, revision)
            if passage not in self._known:
                self.missing[passage] = None
            return self._known.get(passage, NOT_YET)
        return place_span(span, text, self.alignment(revision))

    def alignment(self, revision: str) -> Alignment | None:
        """The alignment of a revision with today's text; None if they are not to be compared."""
        if self._text_of is None or not self._article.text or revision == self._article.revision:
            return None
        if revision not in self._alignments:
            old = self._text_of(revision)
            self._alignments[revision] = self._aligned(old) if old is not None else None
        return self._alignments[revision]

    def _aligned(self, old: str) -> Alignment | None:
        from tui.anchoring.aligning import Alignment

        new = self._article.text
        return Alignment(old, new) if comparable(old, new) else None


def comparable(old: str, new: str) -> bool:
    """Whether two texts are short enough to be compared word by word."""
    return max(len(old), len(new)) <= LONGEST


def place(highlight: Highlight, article: Article, text_of: TextOf | None = None) -> Placed:
    """One highlight on today's text, as `Placer.highlight` says."""
    return Placer(article, text_of).highlight(highlight)


def place_claim(claim: Claim, article: Article, text_of: TextOf | None = None) -> tuple[Spot, ...]:
    """The parts of one claim on today's text, as `Placer.claim` says."""
    return Placer(article, text_of).claim(claim)


def place_span(span: Span, text: str, alignment: Alignment | None = None) -> Found:
    """Where a span stands in a text that may not be the one it was made on.

    With the alignment of its own text and this one, the words around it say so; else its quote and
    context alone. `exact`: at its own offsets; `moved`: elsewhere; both only if the words are the
    same to the code point. `changed`: its words are not the same, or only set otherwise.
    `orphan`: gone, or not to be told from another place.
    """
    if alignment is not None and _on(span, alignment.old.text):
        from tui.anchoring.following import follow

        followed = follow(alignment, span.extent)
        return LOST if followed is None else _fitted(span, text, *followed)
    start = find_quote(span, text)
    if start is not None:
        return _fitted(span, text, Extent(start, start + len(span.exact)), 1.0)
    if span.exact in text:
        return LOST  # the same words, and none of the places can be the one that is meant
    from tui.anchoring.searching import search

    searched = search(span, text)
    return LOST if searched is None else _fitted(span, text, *searched)


def _on(span: Span, text: str) -> bool:
    return 0 <= span.start < span.end and span.extent.of(text) == span.exact


def _fitted(span: Span, text: str, extent: Extent, score: float) -> Found:
    if extent.of(text) != span.exact:
        return Found(extent, "changed", score)
    return Found(extent, "exact" if extent == span.extent else "moved", 1.0)


def _same_order(spans: Sequence[Span], extents: Sequence[Extent]) -> bool:
    """Whether extents follow each other as their spans do, and overlap only where those do."""
    pieces = sorted(zip(spans, extents, strict=True), key=lambda piece: piece[0].extent)
    return all(
        before.start <= after.start
        and (before.end <= after.start or first.extent.meets(next_.extent))
        for (first, before), (next_, after) in pairwise(pieces)
    )
