"""Who speaks in a Korean sentence: which of its phrases is the source of a verb."""

from __future__ import annotations

import re

from tui.analysis.korean_names import DOCUMENTS
from tui.analysis.korean_predicates import Predicate
from tui.analysis.korean_sources import (
    DAY,
    LEADING,
    Found,
    candidates,
    is_speaker,
    phrase_start,
)
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.quotations import MASK

_NEAR_HEAD = 40  # code points between where a clause begins and its subject
_QUOTE = re.compile(rf"[“\"「{MASK}]")
_SHORT_QUOTE = 12  # code points: it may be a word of what is said about the topic
# Behind a word that ends so a name may follow that nothing else tells: `창시한 찰스 다윈은`.
_INTRODUCED = re.compile(r"(?:한|인|된|던|운|낸|은)\s$")


def speaker_of(words: str, each: Predicate, start: int, stop: int) -> Found | None:
    """The source of a verb: beside it, else before what is said, from `start` and up to `stop`."""
    beside = _beside(words, each)
    if beside is not None:
        return beside
    found = list(candidates(words, start, min(each.end, stop)))
    if each.kind == "pointing":
        return _topic_first(found)
    if each.quoted and _QUOTE.search(words, start, each.end) is not None:
        return _quoting(found)
    return _clausal(words, each, start, found)


def _beside(words: str, each: Predicate) -> Found | None:
    """A source between what is said and its verb: `...고 연구팀은 설명했다`."""
    found = [c for c in candidates(words, each.link, each.start) if c.phrase.start >= each.link]
    speakers = [c for c in found if c.speaker and not c.place]
    if speakers:
        return speakers[-1]
    return found[-1] if found and each.kind == "quote" else None


def _topic_first(found: list[Found]) -> Found | None:
    speaking = [c for c in found if c.speaker and not c.place]
    topics = [c for c in found if c.topic]
    return next(iter([c for c in speaking if c.topic] or speaking or topics), None)


def _quoting(found: list[Found]) -> Found | None:
    """Whose a quotation is: the first topic that can speak, the last subject, the last topic."""
    speaking = [c for c in found if c.speaker and not c.place]
    topics = [c for c in speaking if c.topic]
    if topics:
        return topics[0]
    rest = speaking or [c for c in found if c.topic]
    return rest[-1] if rest else None


def _clausal(words: str, each: Predicate, head: int, found: list[Found]) -> Found | None:
    """Whose a clause is: a topic that can speak, a subject that can, any topic at the head."""
    speaking = [c for c in found if c.speaker and not c.place]
    topics = [c for c in speaking if c.topic]
    if topics:
        first = topics[0]
        subjects = [c for c in speaking if not c.topic and c.phrase.start <= head]
        return subjects[0] if subjects and subjects[0].phrase.end < first.phrase.start else first
    if speaking:
        near = speaking[0] is found[0] or speaking[0].phrase.start <= head + _NEAR_HEAD
        return speaking[0] if near else None
    if each.kind == "closing":
        return None
    for one in found:
        start = one.phrase.start
        if one.topic and (start <= head or _INTRODUCED.search(words, head, start)):
            return one
    places = [c for c in found if c.place and c.phrase.start <= head]
    return places[0] if places and each.strong and each.kind in ("quote", "thing") else None


def is_sure(words: str, found: Found, each: Predicate) -> bool:
    """Whether a phrase is its verb's source beyond doubt."""
    if found.phrase.start >= each.link:
        return True
    if found.speaker and found.topic:
        return True
    near = words[found.end : found.end + 1] in ("“", '"', "「")
    long = found.speaker or each.end - found.end > _SHORT_QUOTE
    return each.quoted and near and long


def whose(words: str, start: int, end: int) -> NounPhrase | None:
    """A source among the words before a noun of telling: `전문가 진단`, `연구진의 판단`."""
    text = words[start:end].rstrip()
    end = start + len(text)
    if text.endswith("의"):
        text, end = text[:-1], end - 1
    for lead in ("것이 ", "게 ", "것은 "):
        if text.startswith(lead):
            start, text = start + len(lead), text[len(lead) :]
    if not text:
        return None
    last = text.split()[-1]
    if not is_speaker(text) and not last.endswith(DOCUMENTS):
        return None
    begin = phrase_start(words, start, end)
    return NounPhrase(begin, end, words[begin:end], begin, sure=True)


def behind_marks(words: str, low: int) -> int:
    """Behind blanks and the marks that end a clause."""
    while low < len(words) and words[low] in " ,;.":
        low += 1
    return low


def head_of(words: str, low: int, *, days: bool = True) -> int:
    """Behind the words that lead in, and a day."""
    start = behind_marks(words, low)
    while True:
        found = LEADING.match(words, start) or (DAY.match(words, start) if days else None)
        if found is None:
            return start
        start = found.end()


def first_topic(words: str) -> NounPhrase | None:
    """Whom a sentence without a cue is about, if that can be somebody who speaks."""
    found = candidates(words, head_of(words, 0), len(words))
    return next((c.phrase for c in found if c.speaker and c.topic), None)
