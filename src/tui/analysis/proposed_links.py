"""Links between two statements, proposed: what is repeated, contradicted, updated or supported.

Rules, no guesses: what a link is proposed for is said in its reasons, and what is not known too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import NamedTuple

from msgspec import Struct

from tui.analysis.accounts import Account
from tui.analysis.content_words import Weigh
from tui.analysis.figures import Figure
from tui.analysis.likeness import Pair
from tui.model.spans import Extent
from tui.model.wording import format_quantity

_CONTAINED = 0.8  # of its share that a statement which the other one holds counts for
_SAME_THING = 0.4  # of the score by which two figures are of the same thing
_STRONGLY, _WORDS = 0.6, 5  # of the words of statements without figures, and how many at least
_UNSURE = ("possible", "denied")
_GROWING = ("killed", "wounded", "casualties", "captured", "detained", "displaced", "infected")


class Quoted(Struct, frozen=True):
    """One end of a proposed link: the claim or (`proposed`) the suggestion, its words and place.

    `extents` are code points of the text of `revision`; `published` is ISO, or empty.
    """

    id: str
    article: str
    revision: str
    title: str
    outlet: str
    published: str
    extents: tuple[Extent, ...]
    quote: str
    proposed: bool


class ProposedLink(Struct, frozen=True):
    """A link that may hold between two statements; `kind` is one of the model's LINK_KINDS.

    It runs from the later article to the earlier one. `score` is 0 to 1; `reasons` say in words why
    it is proposed. `id` is a hash of the kind and both ends, the same in whichever order: what was
    dropped under it stays dropped.
    """

    id: str
    kind: str
    from_: Quoted
    to: Quoted
    score: float
    reasons: tuple[str, ...]


class _Found(NamedTuple):
    kind: str
    score: float
    reasons: Sequence[str]


def _equally(_term: str) -> float:
    return 1.0


def proposed_link(one: Account, other: Account, weigh: Weigh = _equally) -> ProposedLink | None:
    """The link that the words, figures and sources of two statements bear out, or None.

    It is the same in whichever order they are given. `weigh` says how much a word tells. Within
    one article only claims are compared, and only for contradictions.
    """
    if one.id == other.id or (one.highlight and one.highlight == other.highlight):
        return None
    if one.article == other.article and (one.proposed or other.proposed):
        return None
    if (one.modality == "denied") != (other.modality == "denied"):
        return None
    earlier, later = sorted((one, other), key=lambda account: account.order)
    pair = Pair(later, earlier, weigh)
    found = _same_words(pair) if pair.word_for_word else _same_thing(pair)
    if found is None or (pair.within_article and found.kind != "contradicts"):
        return None
    return ProposedLink(
        link_id(found.kind, later.id, earlier.id),
        found.kind,
        _quoted(later),
        _quoted(earlier),
        round(min(1.0, found.score), 2),
        (*found.reasons, *pair.circumstances()),
    )


def link_id(kind: str, one: str, other: str) -> str:
    """SHA-256 over the kind and both ends, its first 16 hexadecimal digits."""
    ends = " ".join(sorted((one, other)))
    return hashlib.sha256(f"link {kind} {ends}".encode()).hexdigest()[:16]


def _quoted(account: Account) -> Quoted:
    return Quoted(
        account.id,
        account.article,
        account.revision,
        account.title,
        account.outlet,
        account.published,
        account.extents,
        account.quote,
        account.proposed,
    )


def _same_words(pair: Pair) -> _Found | None:
    """One text in two places: it repeats itself, unless another figure stands in it."""
    alike = max(pair.words_alike.resemblance, pair.words_alike.containment * _CONTAINED)
    words = f"word for word the same: {alike:.0%}"
    for figure, against in pair.figures_apart:
        if pair.slots_alike(figure, against):
            found = _apart(pair, figure, against, 0.5 + alike / 2)
            return found._replace(reasons=(words, *found.reasons)) if found is not None else None
    if pair.same_source:
        return _Found("repeats", 0.5 + alike / 2, (pair.same_source, words))
    if pair.other_source:
        return None  # others in the same words: which of the two texts errs is not known
    return _Found("repeats", alike * 0.8, (words, "source: only the words tell that it is one"))


def _same_thing(pair: Pair) -> _Found | None:
    """Other words: the same figures, or figures that cannot both be true, of the same thing."""
    if not pair.one.figures and not pair.other.figures:
        return _same_terms(pair)
    if not pair.comparable or pair.times_differ or pair.about_differs:
        return None
    for figures, judge in (
        (pair.figures_same, _agreeing),
        (pair.figures_apart, _apart),
        (pair.figures_open, _open),
    ):
        for figure, against in figures:
            score = pair.same_thing(figure, against)
            if score >= _SAME_THING:
                return judge(pair, figure, against, score)
    return None


def _agreeing(pair: Pair, figure: Figure, _against: Figure, score: float) -> _Found | None:
    """The same figure of the same thing: repeated by one source, or supported by another."""
    told = f"the same figure: {format_quantity(figure.quantity)}"
    if pair.same_source:
        return _Found("repeats", score, (pair.same_source, told))
    if pair.other_source and pair.one.modality not in _UNSURE:
        independent = "whether they are independent is not told"
        return _Found("supports", score, (told, _sources(pair), independent))
    return None


def _apart(pair: Pair, figure: Figure, against: Figure, score: float) -> _Found | None:
    """Figures that cannot both be true of the same thing: an update, or a contradiction."""
    if pair.one.modality in _UNSURE or pair.other.modality in _UNSURE:
        return None
    if pair.times_differ or pair.about_differs:
        return None
    if pair.later and pair.same_source:
        return _updated(pair, figure, against, score)
    told = (_figures(figure, against), *_kind(figure, against))
    grows = figure.loose.low >= against.loose.high and not figure.kind[1]
    if pair.later and grows and figure.kind[0] in _GROWING:
        return _Found(
            "updates", score, (*told, f"a count that grows, {pair.later}", _sources(pair))
        )
    if pair.two_samples:
        return None
    return _Found("contradicts", score, (*told, _sources(pair)))


def _open(pair: Pair, figure: Figure, against: Figure, score: float) -> _Found | None:
    """Figures that differ and can both be true: an update, if one source gave both."""
    unsure = pair.one.modality in _UNSURE or pair.other.modality in _UNSURE
    if unsure or not (pair.same_source and pair.later):
        return None
    return _updated(pair, figure, against, score)


def _updated(pair: Pair, figure: Figure, against: Figure, score: float) -> _Found:
    told = (_figures(figure, against), *_kind(figure, against))
    return _Found("updates", score, (pair.same_source, *told, pair.later))


def _same_terms(pair: Pair) -> _Found | None:
    """Statements without figures in much the same words, of one source."""
    common = pair.one.own & pair.other.own
    if len(common) < _WORDS or not pair.same_source or pair.own_alike < _STRONGLY:
        return None
    if pair.times_differ or pair.about_differs:
        return None
    words = f"words in common: {', '.join(sorted(common))}"
    return _Found("repeats", pair.own_alike * 0.8, (pair.same_source, words))


def _figures(figure: Figure, against: Figure) -> str:
    return f"{format_quantity(figure.quantity)} against {format_quantity(against.quantity)}"


def _kind(figure: Figure, against: Figure) -> tuple[str, ...]:
    """What happened to those counted, and the basis, where both say so."""
    one, other = figure.quantity, against.quantity
    measure = one.measure if figure.measured else ""
    what = ", ".join(filter(None, (measure, one.basis if one.basis == other.basis else "")))
    return (f"both {what}",) if what else ()


def _sources(pair: Pair) -> str:
    if pair.same_source:
        return pair.same_source
    one, other = pair.one.origin, pair.other.origin
    if pair.other_source:
        return f"sources: {one.name}; {other.name}"
    return "source: not told whether it is the same"
