"""Hops of a chain from Korean cues: name, role, affiliation, whom is meant, the day of saying."""

from __future__ import annotations

import re

from tui.analysis.english_cues import Cue
from tui.analysis.korean_antecedents import (
    Meant,
    before_mark,
    full_name,
    is_again,
    meant_by,
    speaker_before,
)
from tui.analysis.korean_cues import Told, told_in
from tui.analysis.korean_sources import parts_of
from tui.analysis.reading import Reading, phrase_at, place_of
from tui.analysis.times import find_times
from tui.model.articles import Sentence
from tui.model.records import Hop, Phrase, When
from tui.model.spans import Extent

_DAY = re.compile(r"[\d-]{10}")
_AHEAD, _BESIDE, _BEFORE = 30, 18, 30  # code points in which a day of saying stands


def korean_hop(reading: Reading, index: int, cue: Cue, *, in_doubt: bool) -> Hop | None:
    """The hop of one cue; None if who speaks cannot be told and those `in_doubt` are not wanted."""
    sentence = reading.outline.sentences[index]
    words = (
        phrase_at(reading.article.text, place_of(cue, sentence)) if cue.end > cue.start else None
    )
    said = _said(reading, sentence, cue)
    source = cue.source
    if source is None:
        meant = speaker_before(reading, index) if cue.dropped else None
        return None if meant is None else _meant_hop(meant, Phrase(meant.name), words, said)
    place = Extent(sentence.start + source.start, sentence.start + source.end)
    phrase = phrase_at(reading.article.text, place)
    meant = meant_by(reading, index, source)
    if meant is not None:
        return _meant_hop(meant, Phrase(meant.name, phrase.span), words, said)
    if is_again(source):
        if not in_doubt:
            return None
        return Hop(phrase, "" if source.pronoun else "role", words, said)
    return _named_hop(reading, index, place, words, said)


def _meant_hop(meant: Meant, phrase: Phrase, words: Phrase | None, said: When | None) -> Hop:
    parts = meant.parts
    return Hop(
        phrase,
        meant.kind,
        words,
        said,
        resolved=True,
        role=parts.role,
        affiliation=parts.affiliation,
    )


def _named_hop(
    reading: Reading,
    index: int,
    place: Extent,
    words: Phrase | None,
    said: When | None,
) -> Hop:
    """The hop of a source that is named or described where it stands."""
    text = reading.article.text
    parts = parts_of(text[place.start : place.end])
    name_at = Extent(place.start + parts.name.start, place.start + parts.name.end)
    phrase = phrase_at(text, name_at)
    name, kind, known = reading.named(phrase.text)
    full = full_name(reading, index, name, parts.role) if parts.person and not known else None
    if full is not None:
        again, kind, known = reading.named(full)
        phrase = Phrase(again, phrase.span)
    else:
        phrase = Phrase(name, phrase.span)
    role, affiliation = parts.role, parts.affiliation
    if known and not (role or affiliation):
        recorded = reading.known(phrase.text)
        if recorded is not None and kind != "anonymous":
            role, affiliation = recorded.role, recorded.affiliation
    return Hop(
        phrase, kind, words, said, resolved=full is not None, role=role, affiliation=affiliation
    )


def _said(reading: Reading, sentence: Sentence, cue: Cue) -> When | None:
    """The day beside the verb, behind the source or before it: `국정원은 5일 ... 밝혔다`."""
    if cue.verb == "따르면" or cue.end == cue.start:
        return None
    text, anchor = reading.article.text, reading.article.published[:10]
    start = sentence.start + cue.start
    near = Extent(max(sentence.start, start - _BESIDE), start)
    for when in find_times(text, near, anchor):
        if when.span is not None and not text[when.span.end : start].strip() and _is_day(when):
            return when
    source = cue.source
    if source is None:
        return None
    end = sentence.start + source.end
    for when in find_times(text, Extent(end, min(sentence.end, end + _AHEAD)), anchor):
        if when.span is not None and when.span.start - end <= 4:
            return when if _is_day(when) else None
        break
    first = sentence.start + source.first
    if not 0 < source.first <= _BEFORE:
        return None
    for when in find_times(text, Extent(sentence.start, first), anchor):
        if when.span is not None and not text[when.span.end : first].strip() and _is_day(when):
            return when
    return None


def _is_day(when: When) -> bool:
    return _DAY.fullmatch(when.edtf) is not None


def speaking_in_korean(
    reading: Reading, quote: Extent, first: int, last: int
) -> tuple[tuple[Hop, ...], Cue | None] | None:
    """Whose a quotation is that begins in one sentence and ends in another, or in the same."""
    ending = reading.outline.sentences[last]
    for told in told_in(reading.text_of(ending)):
        if any(
            Extent(p.start + ending.start, p.end + ending.start).meets(quote) for p in told.content
        ):
            return _hops(reading, last, told), told.cues[-1]
    opening = reading.outline.sentences[first]
    if first < last:
        meant = before_mark(reading, first, quote.start - opening.start)
        if meant is not None:
            return (_meant_hop(meant, Phrase(meant.name), None, None),), None
    for index in (first - 1, last + 1):
        pointing = _pointing(reading, index)
        if pointing is not None:
            return _hops(reading, index, pointing), pointing.cues[-1]
    return None


def _pointing(reading: Reading, index: int) -> Told | None:
    """`이렇게 말한다`: a sentence that says who speaks, beside what is said."""
    if not 0 <= index < len(reading.outline.sentences):
        return None
    sentence = reading.outline.sentences[index]
    if sentence.kind != "sentence":
        return None
    told = told_in(reading.text_of(sentence))
    return told[-1] if told and not told[-1].content and told[-1].cues[-1].source else None


def _hops(reading: Reading, index: int, told: Told) -> tuple[Hop, ...]:
    found = (korean_hop(reading, index, cue, in_doubt=False) for cue in told.cues)
    return tuple(hop for hop in found if hop is not None)
