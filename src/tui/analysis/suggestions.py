"""Claims of a whole article, proposed; and all dates and quantities that stand in it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from msgspec import Struct
from msgspec.structs import replace

from tui.analysis.english_cues import Cue
from tui.analysis.filling import quantities_of, times_of, when_of
from tui.analysis.hedges import modality_of
from tui.analysis.hops import agentless_hop, hops_of, outlet_hops
from tui.analysis.quantities import find_quantities
from tui.analysis.quotations import quotations, within
from tui.analysis.ranking import points_of, reasons_of
from tui.analysis.reading import Reading, is_korean, place_of
from tui.analysis.speakers import inherited
from tui.analysis.statements import Stated, statements_of
from tui.model.articles import Article, Outline, Sentence
from tui.model.records import Hop, Phrase, Quantity, When
from tui.model.sources import Registry
from tui.model.spans import Extent, Span, select

ANALYSIS_VERSION = 3  # of what is proposed: grows when the same text may be read differently
_SENTENCES = 20_000  # of an article that are read: what is longer is no news article
_LONGEST = 5000  # code points of one statement that are read
_DAY_REACH = 4  # code points, such as `on `, before the day of a saying
_SHORTEST = 2  # words that a quotation without a cue has at least


class Suggestion(Struct, frozen=True):
    """One proposed claim. `rank` is 0 to 1, the most worth checking first; `reasons` say why.

    `points`, 0 to 100, are the rules' (see `ranking`), and so is the rank where no learner gave it.

    `id` is a hash of the revision, the kind and the spans. `chain` runs as a claim's does; a hop
    with an empty kind has a pronoun for its source that could mean anybody. `sure` says that the
    cue is one of those that alone may fill a claim in; `place` is where it stands in the sentence:
    `lead` before what is said, `mid` amid or behind it, `inner` inside; empty without a cue there.
    """

    id: str
    spans: tuple[Span, ...]
    chain: tuple[Hop, ...]
    when: When | None
    quantities: tuple[Quantity, ...]
    modality: str
    hedge: Phrase | None
    rank: float
    reasons: tuple[str, ...]
    sure: bool = True
    place: str = ""
    points: int = 0


class Dated(Struct, frozen=True):
    """A time of the text. `kind` is `date`, `time`, `duration` or `recurring`.

    `value` is the EDTF value, or the ISO 8601 duration of what has no place on the calendar.
    """

    when: When
    kind: str
    value: str


class Suggestions(Struct, frozen=True):
    """What an article says, as plain cues tell it: proposals in text order, dates, quantities."""

    article: str
    revision: str
    proposals: tuple[Suggestion, ...] = ()
    dates: tuple[Dated, ...] = ()
    quantities: tuple[Quantity, ...] = ()


class _Found(NamedTuple):
    """A statement with its chain, before what it says is read off."""

    content: tuple[Extent, ...]
    chain: tuple[Hop, ...]
    cue: Cue | None
    sentence: Sentence


def suggest(article: Article, outline: Outline, registry: Registry) -> Suggestions:
    """Proposals for claims, and all dates and quantities of the text; nothing of the header.

    A proposal is a statement that the text attributes to somebody. Statements in the outlet's
    own voice are none, but their dates and quantities are listed.
    """
    reading = Reading(article, outline, registry)
    outer = outlet_hops(reading)
    proposals: list[Suggestion] = []
    dates: list[Dated] = []
    quantities: list[Quantity] = []
    last: tuple[Hop, ...] = ()
    for index, sentence in enumerate(outline.sentences[:_SENTENCES]):
        if sentence.kind == "caption":
            last = ()
            continue
        found = list(_found(reading, index, last))
        silent = not found and is_korean(reading.text_of(sentence))
        last = _speaker(found, last, sentence, silent=silent)
        proposals += [_suggestion(reading, outer, each) for each in found]
        dates += _dates(reading, outer, sentence, found)
        quantities += find_quantities(article.text, _readable(sentence.extent))
    return Suggestions(
        article.id, article.revision, _distinct(proposals), tuple(dates), tuple(quantities)
    )


def _found(reading: Reading, index: int, last: tuple[Hop, ...]) -> Iterator[_Found]:
    """The statements of a sentence: by its cues, else by the speaker it belongs to."""
    sentence = reading.outline.sentences[index]
    spoken = reading.caption_of(sentence) is not None
    stated = [] if spoken else statements_of(reading, index)
    for each in stated:
        chain = _chain(reading, index, each)
        content = _behind_day(each.content, chain)
        if chain and content:
            yield _Found(content, chain, each.cue, sentence)
    if stated and not _opens_in_quote(reading, sentence, stated):
        return
    whole = _opened(reading, sentence) if not stated else _before(sentence, stated)
    hops, cue = inherited(reading, index, whole, None)
    if not hops and _is_quoted(reading, whole):
        hops = tuple(replace(hop, resolved=True) for hop in last)
    content = _trimmed(reading.article.text, whole)
    if hops and content is not None:
        yield _Found((content,), hops, cue, sentence)


def _behind_day(content: tuple[Extent, ...], chain: tuple[Hop, ...]) -> tuple[Extent, ...]:
    """The content without the day of its saying, where it begins with that."""
    said = chain[-1].said if chain else None
    if said is None or said.span is None or not content:
        return content
    first = content[0]
    if not first.start <= said.span.start <= first.start + _DAY_REACH or said.span.end >= first.end:
        return content
    return (Extent(said.span.end + 1, first.end), *content[1:])


def _opened(reading: Reading, sentence: Sentence) -> Extent:
    """A sentence; of a Korean one the quotation only that opens in it and goes on behind it."""
    if is_korean(reading.text_of(sentence)):
        for quote in quotations(reading.article, reading.outline, sentence.extent):
            if sentence.start < quote.start and sentence.end < quote.end:
                return Extent(quote.start, sentence.end)
    return sentence.extent


def _before(sentence: Sentence, stated: Sequence[Stated]) -> Extent:
    """The part of a sentence before its first statement, source and cue."""
    sources = [each.cue.source for each in stated if each.cue.source is not None]
    first = min(
        sentence.end,
        *(piece.start for each in stated for piece in each.content),
        *(place_of(each.cue, sentence).start for each in stated),
        *(sentence.start + source.first for source in sources),
    )
    return Extent(sentence.start, first)


def _opens_in_quote(reading: Reading, sentence: Sentence, stated: Sequence[Stated]) -> bool:
    """Whether a quotation that began before the sentence ends in it, before its statements."""
    whole = _before(sentence, stated)
    if whole.end - whole.start < 8:
        return False
    quoted = quotations(reading.article, reading.outline, whole)
    return bool(quoted) and quoted[0].start < sentence.start and quoted[0].end <= whole.end + 2


def _is_quoted(reading: Reading, extent: Extent) -> bool:
    """Whether all words of a range, and not only one or two, are quoted."""
    quoted = quotations(reading.article, reading.outline, extent)
    words = extent.of(reading.article.text)
    return len(words.split()) >= _SHORTEST and (
        within(extent, quoted, reading.article.text) is not None
    )


def _speaker(
    found: Sequence[_Found], last: tuple[Hop, ...], sentence: Sentence, *, silent: bool
) -> tuple[Hop, ...]:
    """Whose the next quotation is, should nobody else be named with it.

    A Korean sentence in which nobody speaks is `silent`: behind it each quotation has its verb.
    """
    for each in reversed(found):
        if each.chain and each.chain[-1].source.text:
            return each.chain
    return last if sentence.kind == "sentence" and not silent else ()


def _chain(reading: Reading, index: int, stated: Stated) -> tuple[Hop, ...]:
    """The hops of a statement's cues; one without an agent where no source is given."""
    hops = hops_of(reading, index, stated.cues, in_doubt=True)
    cue = stated.cue
    if cue.source is None and (not cue.dropped or (cue.agentless and not hops)):
        hops = (*hops, agentless_hop(reading, reading.outline.sentences[index], stated.cue))
    return hops


def _suggestion(reading: Reading, outer: tuple[Hop, ...], found: _Found) -> Suggestion:
    article = reading.article
    chain = (*outer, *found.chain)
    pieces = tuple(Extent(e.start, min(e.end, e.start + _LONGEST)) for e in found.content)
    cue = found.cue
    marker = None
    if cue is not None and cue.agentless and cue.modality:
        marker = (cue.modality, place_of(cue, found.sentence))
    verb = cue.verb if cue is not None else ""
    modality, hedge = modality_of(article.text, pieces, verb, marker)
    spans = tuple(select(article.text, e.start, e.end) for e in found.content)
    bare = Suggestion(
        id=suggestion_id(article.revision, spans),
        spans=spans,
        chain=chain,
        when=when_of(article, reading.outline, pieces, chain),
        quantities=quantities_of(article, pieces, chain),
        modality=modality,
        hedge=hedge,
        rank=0.0,
        reasons=(),
        sure=cue is None or cue.sure,
        place=cue.position if cue is not None else "",
    )
    hops = len(outer)
    points = points_of(bare, hops)
    return replace(bare, points=points, rank=points / 100, reasons=reasons_of(bare, hops))


def suggestion_id(revision: str, spans: Sequence[Span]) -> str:
    """SHA-256 over revision, kind and spans, its first 16 hexadecimal digits."""
    places = ",".join(f"{span.start}-{span.end}" for span in spans)
    return hashlib.sha256(f"{revision} claim {places}".encode()).hexdigest()[:16]


def _distinct(proposals: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """One proposal for each set of spans, in text order: the one with the longer chain."""
    found: dict[str, Suggestion] = {}
    for each in proposals:
        known = found.get(each.id)
        if known is None or len(each.chain) > len(known.chain):
            found[each.id] = each
    return tuple(sorted(found.values(), key=lambda s: (s.spans[0].start, s.spans[-1].end)))


def _dates(
    reading: Reading, outer: tuple[Hop, ...], sentence: Sentence, found: Sequence[_Found]
) -> Iterator[Dated]:
    """The times of a sentence; one inside a quotation is counted from when its speaker spoke."""
    extent = _readable(sentence.extent)
    chains = [each.chain for each in found if each.chain]
    chain = (*outer, *(chains[0] if chains else ()))
    for when in times_of(reading.article, reading.outline, [extent], chain):
        yield _dated(when)


def _dated(when: When) -> Dated:
    for kind in ("duration", "recurring"):
        if when.rule.startswith(f"{kind}: "):
            value = when.rule.removeprefix(f"{kind}: ").partition(",")[0]
            return Dated(when, kind, value if value.startswith("P") else "")
    return Dated(when, "time" if "T" in when.edtf else "date", when.edtf)


def _readable(extent: Extent) -> Extent:
    return Extent(extent.start, min(extent.end, extent.start + _LONGEST))


def _trimmed(text: str, extent: Extent) -> Extent | None:
    words = extent.of(text)
    if not any(c.isalnum() for c in words):
        return None
    start = extent.start + len(words) - len(words.lstrip())
    return Extent(start, extent.end - (len(words) - len(words.rstrip())))
