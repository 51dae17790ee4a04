"""Claims and proposals in the one shape in which they are compared across articles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from msgspec import Struct
from msgspec.structs import replace

from tui.analysis.content_words import Read, read_words, terms
from tui.analysis.drafts import proposed_claim
from tui.analysis.figures import Figure, figure_of
from tui.analysis.origins import Origin, origin_of
from tui.analysis.shingles import shingles
from tui.analysis.suggestions import Suggestion
from tui.analysis.time_words import ALL_MONTHS, MONTHS
from tui.model.articles import Article
from tui.model.records import Claim, When
from tui.model.sources import Registry
from tui.model.spans import Extent, Span, joined_quote

_NOTHING = Read(frozenset(), frozenset(), frozenset(), frozenset())
WORDS, SYLLABLES = 3, 6  # of a shingle of a statement
_LONGEST = 2000  # code points of a statement that are compared
_PERIOD = re.compile(
    rf"\b(?P<month>{ALL_MONTHS})\b|\b(?P<year>(?:19|20)\d\d)\b"
    r"|\b(?P<part>first|second|third|fourth|last|final)[\s-](?:quarter|half)\b",
    re.IGNORECASE,
)


class Account(Struct, frozen=True):
    """What one article says, by whom, about when and how many: a claim or a proposal.

    `id` is that of the claim or the suggestion. `extents` are code points of the revision's text.
    `own` are the terms of the statement, `around` those of its title and sentence besides; `names`
    are the names of all these, `named` those of the statement that are names for sure.
    """

    id: str
    article: str
    revision: str
    title: str
    outlet: str
    published: str  # ISO, or empty
    extents: tuple[Extent, ...]
    quote: str
    proposed: bool
    highlight: str
    origin: Origin
    said: str  # the day of the original saying: ISO, or empty
    when: When | None
    modality: str
    figures: tuple[Figure, ...]
    shingles: frozenset[int]
    own: frozenset[str]
    around: frozenset[str]
    names: frozenset[str]
    named: frozenset[str]
    about: frozenset[str]
    place: frozenset[str]
    countries: frozenset[str]
    periods: frozenset[str]
    hangul: bool

    @property
    def order(self) -> tuple[str, str]:
        """Its place among others: by the day of publication, unknown days first, then by id."""
        return self.published, self.id


def account_of_claim(
    claim: Claim, spans: Sequence[Span], article: Article, registry: Registry
) -> Account:
    """A claim as compared; `spans` are its highlight's. The article need have no text."""
    return _account(claim, spans, article, registry, "", proposed=False)


def account_of_proposal(
    found: Suggestion, article: Article, sentences: Iterable[Extent], registry: Registry
) -> Account:
    """A proposal as compared; `sentences` are those of the article that it stands in."""
    claim = replace(proposed_claim(article, found), id=found.id)
    beside = " ".join(" ".join(extent.of(article.text).split()) for extent in sentences)
    return _account(claim, found.spans, article, registry, beside, proposed=True)


def _account(
    claim: Claim,
    spans: Sequence[Span],
    article: Article,
    registry: Registry,
    beside: str,
    *,
    proposed: bool,
) -> Account:
    quote = joined_quote(spans)
    statement = (" ".join(claim.statement.split()) or quote)[:_LONGEST]
    subject = [phrase.text for phrase in (claim.about, claim.place) if phrase is not None]
    told = " ".join([statement, *subject, claim.translation])[:_LONGEST]
    own = read_words(told)
    found = (figure_of(quantity) for quantity in claim.quantities)
    figures = tuple(figure for figure in found if figure is not None)
    # Only figures need to be told apart by what stands around them.
    title = read_words(article.title[:_LONGEST]) if figures else _NOTHING
    sentence = read_words(beside[:_LONGEST]) if figures else _NOTHING
    said = claim.chain[-1].said if claim.chain else None
    when = claim.when
    return Account(
        id=claim.id,
        article=article.id,
        revision=claim.revision,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        extents=tuple(span.extent for span in spans),
        quote=quote or statement,
        proposed=proposed,
        highlight=claim.highlight,
        origin=origin_of(claim.chain, registry),
        said=said.edtf if said is not None and "/" not in said.edtf else "",
        when=when,
        modality=claim.modality,
        figures=figures,
        shingles=shingles(statement, WORDS, SYLLABLES),
        own=own.terms,
        around=own.terms | sentence.terms | title.terms,
        names=own.names | sentence.names | title.names,
        named=own.sure,
        about=terms(claim.about.text) if claim.about is not None else frozenset(),
        place=terms(claim.place.text) if claim.place is not None else frozenset(),
        countries=own.countries or title.countries,
        periods=_periods(f"{told} {when.text if when is not None else ''}")
        if figures
        else frozenset(),
        hangul=any("가" <= char <= "힣" for char in told),
    )


def _periods(text: str) -> frozenset[str]:
    """The months, years and quarters that a text names."""
    found: set[str] = set()
    for match in _PERIOD.finditer(text):
        if match["month"] and match["month"][0].isupper():
            found.add(f"month {MONTHS[match['month'].casefold()]}")
        elif match["year"] or match["part"]:
            found.add(f"{'year' if match['year'] else 'part'} {match.group().casefold()}")
    return frozenset(found)
