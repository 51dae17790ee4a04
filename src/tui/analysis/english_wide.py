"""Attributions of an English sentence in the wider sense: what somebody thinks, wants, is asked.

They rest on a word and on where it stands. Their sources are looked for without a parser and may
be missed by a word or two: good enough to propose, not to fill a claim in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.attributing_words import (
    ADJECTIVES,
    NOUN_AS_OFTEN,
    NOUNS,
    PLAIN,
    WITH_A_CLAUSE,
    WITH_A_WORD,
    WITH_AN_INFINITIVE,
    WITH_ANYTHING,
    WITH_AS,
)
from tui.analysis.cue_words import DOCUMENTS, SAYING
from tui.analysis.english_cues import Cue, find_cues, group_start, inverted_cue, position_of
from tui.analysis.loose_phrases import loose_after, loose_subject, main_subject
from tui.analysis.noun_phrases import NounPhrase, phrase_before
from tui.analysis.quotations import MASK

_TOKEN = re.compile(r"[^\W\d_][\w'’-]*")
_CLAUSE = re.compile(
    r"\s*[,:]?\s*[“\"]|\s*:|,?\s+(?:that|how|why|whether|what|if|when)\b", re.IGNORECASE
)
_AS = re.compile(r"\s[^.,;:“”\"]{2,70}?\sas\s")
_TO = re.compile(r"\s+(?:not\s+)?to\b")
_NOUN_CONTENT = re.compile(
    r"\s+(?:that|to|of|about|for|against|over|on|from|whether|how|as|with)\b"
    r"|\s*[,:]?\s*[“\"]",
    re.IGNORECASE,
)
_ADJECTIVE_CONTENT = re.compile(
    r"\s+(?:that|to|of|about|with|in|by|for|how|he|she|they|it|whether)\b", re.IGNORECASE
)
_DETERMINED = re.compile(
    r"(?:\b(?:the|an?|his|her|its|their|my|our|your|this|that|these|those|any|no|some|more|new|"
    r"own|of|in|on|with|from|at|for|by|about|under|between|such|several|many|other|recent|latest|"
    r"public|political|negative|similar)|['’]s|s['’])\s+([a-z]+(?:al|ic|ive|ent|ary|ful|ous|ed|"
    r"ian|ing)\s+)?$",
    re.IGNORECASE,
)
_BE = re.compile(
    r"(?:\b(?:is|are|was|were|be|been|being|get|got|gets)|['’](?:re|m))\s+(?:not\s+)?"
    r"(?:(?:\w+ly|also|still|now|often|even|once|so|first|never|all)\s+){0,2}$",
    re.IGNORECASE,
)
_HAVE = re.compile(
    r"(?:\b(?:has|have|had|having)(?:n['’]t)?|['’](?:ve|d|s))\s+(?:not\s+)?"
    r"(?:(?:\w+ly|also|still|now|often|even|once|so|first|never|all|both|long|since)\s+){0,2}$",
    re.IGNORECASE,
)
_MODAL = re.compile(
    r"(?:\b(?:will|would|could|can|cannot|may|might|must|should|did|do|does|wo|shall)(?:\s?n['’]t)?|"
    r"['’](?:ll|d))\s+(?:not\s+)?(?:(?:\w+ly|also|still|even|never|all|both|just)\s+){0,2}$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(r"\bto\s+(?:\w+ly\s+)?$", re.IGNORECASE)
_PLURAL = re.compile(
    r"(?:\w+s|\d%|people|men|women|children|media|[Ww]e|I|[Yy]ou|[Tt]hey|who|police|many|most|percent|"
    r"some|all|both)[’']?\s+(?:(?:\w+ly|also|all|still|even|often|both|now)\s+)?$"
)
# Behind whom a form that is also a noun is a verb: a pronoun, a name, what goes with a verb.
_DOER = re.compile(
    r"(?:\b(?:he|she|they|we|I|you|who|it|also|has|have|had|to|not|will|would|could|can|may|might|"
    r"must|should|did|does|do|been|and|but|or|[a-z]+ly|officials|voters|people|republicans|democrats)|n['’]t|"
    r"\b[A-Z][\w.-]*|,)\s+$"
)
_PARTICIPLE_AFTER = re.compile(r"(?:,|[”\"]|—|–|\s-)\s*(?:(?:and|but|\w+ly|also|even|then)\s+)*$")
_BY = re.compile(r"(?:\s+[\w'’-]+){0,3}?\s+by\s+")
_TOGETHER = re.compile(r"(?:\band|\bor|\bbut|,)\s+(?:(?:also|then|even|later|\w+ly)\s+)*$")
_WHO = re.compile(r"\b(?:who|which|that)\s*,?[^,]*,?\s*$")
_OWNER = re.compile(
    r"(?P<own>\b(?:his|her|their|its|my|our)|(?:[A-Z][\w.-]*\s){0,3}[A-Z][\w.-]*['’]s?)\s+"
    r"(?:[\w-]+\s+){0,3}$"
)
_DOCUMENT = re.compile(rf"\b(?:{'|'.join(sorted(DOCUMENTS))})\s+(?:\S+\s+){{0,3}}?$", re.IGNORECASE)
_HYPHEN = re.compile(r"[\w'’]-$")


_PARTICIPLES = frozenset(
    ("said", "told", "thought", "felt", "foreseen", "known", "sworn", "sought", "written", "put",
     "heard", "held", "shown")
)  # fmt: skip
_ALWAYS_VERBS = frozenset(("said", "told", "thought", "say", "argue", "believe", "insist", "think"))


_SOMEBODY = re.compile(r"\s+(?:(?:the|an?|his|her|one|another)\s|[A-Z][\w.-]*\s+[A-Z])")
_INSERTED = re.compile(r"\s*,\s+(?!that\b)(?=\w)")
_COMMA = re.compile(r",\s+$")
_HEADLINE_VERB = re.compile(r"(?<=\w\s)(?:Says?|Said|Warns?|Claims|Tells|Denies|Reports|Calls)\b")


class _Word(NamedTuple):
    """A word that may attribute: where it and what belongs to it end, and what it is."""

    start: int
    end: int
    form: str
    kind: str  # "verb", "noun", "adjective"


@lru_cache(maxsize=4096)
def find_wide_cues(sentence: str) -> tuple[Cue, ...]:
    """All attributions of a sentence whose quoted words are masked, the sure ones among them."""
    found = list(find_cues(sentence))
    found += _unnamed_according(sentence, found)
    found += _colon(sentence, found)
    found += _titled(sentence, found)
    for match in _TOKEN.finditer(sentence):
        if any(c.start < match.end() and match.start() < c.end for c in found):
            continue
        word = _word(sentence, match)
        cue = _cue(sentence, word, found) if word is not None else None
        if cue is not None:
            found.append(cue)
    return tuple(sorted(found, key=lambda c: (c.start, c.end)))


_ACCORDING = re.compile(r"\baccording\s+to\s+(?!plan|schedule|whether)", re.IGNORECASE)
_SPEAKER = re.compile(
    r"\s*(?!The\s|Q:|A:)(?P<who>[A-Z][\w.'’-]*(?:\s[A-Z][\w.'’-]*){0,4})\s?(?P<cue>:)\s"
)


def _unnamed_according(sentence: str, found: list[Cue]) -> Iterator[Cue]:
    """`according to` with a source that no rule is sure of."""
    for match in _ACCORDING.finditer(sentence):
        if any(c.start < match.end() and match.start() < c.end for c in found):
            continue
        source = loose_after(sentence, match.end())
        before = sentence[: match.start()].strip(" “”\"'")
        position = "lead" if len(before.split()) < 3 and MASK not in before else "mid"
        end = match.start() + len(match.group().rstrip())
        words = sentence[match.start() : end]
        yield Cue(
            match.start(), end, words, source, position, "according to", source is None, sure=False
        )


def _colon(sentence: str, found: list[Cue]) -> Iterator[Cue]:
    """`TRUMP: We will see.`: who speaks, in a transcript or a headline."""
    match = _SPEAKER.match(sentence)
    if match is not None and not any(c.start < match.end() for c in found):
        start, end = match.span("who")
        source = NounPhrase(start, end, match["who"], start)
        yield Cue(*match.span("cue"), ":", source, "lead", ":", sure=False)


def _titled(sentence: str, found: list[Cue]) -> Iterator[Cue]:
    """The verb of a headline in which each word has a capital: `Poll Says Quays Are Full`."""
    match = _HEADLINE_VERB.search(sentence)
    if match is None or found or len(sentence) > _HEADLINE:
        return
    long = [w for w in re.findall(r"[^\W\d_]+", sentence) if len(w) > 3]
    if sum(w[0].isupper() for w in long) < 0.8 * len(long):
        return
    before = sentence[: match.start()]
    start = max(before.rfind(mark) + 1 for mark in ',:;”"')
    start += len(before[start:]) - len(before[start:].lstrip())
    text = before[start:].rstrip()
    if not text or len(text.split()) > _HEADLINE_SOURCE:
        return
    source = NounPhrase(start, start + len(text), text, start)
    ends = re.match(r"\W*$", sentence[match.end() :]) is not None
    position = "mid" if ends else "lead"
    yield Cue(*match.span(), match.group(), source, position, match.group().casefold(), sure=False)


_HEADLINE, _HEADLINE_SOURCE = 200, 6  # code points of a headline; words of its source


def _word(sentence: str, match: re.Match[str]) -> _Word | None:
    """The word as one that may attribute here, by what stands around it."""
    start, end = match.span()
    form = match.group().casefold().replace("’", "'")
    if match.group()[0].isupper() and start > 2 and not sentence.isupper():
        return None  # part of a name
    if _HYPHEN.search(sentence, max(0, start - 2), start) or sentence[end : end + 1] == "-":
        return None
    before = sentence[max(0, start - 40) : start]
    found = _DETERMINED.search(before)
    determined = found is not None and (found[1] is None or form in NOUN_AS_OFTEN | NOUNS)
    if determined and form in NOUNS and _NOUN_CONTENT.match(sentence, end):
        return _Word(start, end, form, "noun")
    if form in ADJECTIVES and _BE.search(before) and _ADJECTIVE_CONTENT.match(sentence, end):
        return _Word(start, end, form, "adjective")
    stop = _verb_end(sentence, form, start, end)
    if stop is None or (determined and not (form.endswith("ing") and _free(before))):
        return None
    return _Word(start, stop, form, "verb")


def _free(before: str) -> bool:
    """Whether a form with -ing behind a preposition is a verb: `accused of saying`."""
    return (
        re.search(r"\b(?:by|for|of|with|from|in|while|after|before|without|than|as)\s+$", before)
        is not None
    )


def _verb_end(sentence: str, form: str, start: int, end: int) -> int | None:
    """Where a verb and its particle end, if it attributes with what follows; else None."""
    particles = WITH_A_WORD.get(form)
    if particles is not None:
        following = re.compile(r"\s+([a-z]+)\b").match(sentence, end)
        if following is not None and following[1] in particles:
            return end if following[1] == "that" else following.end()
        if not particles:
            return end
    if form in WITH_ANYTHING:
        return end
    if form in WITH_AS and _AS.match(sentence, end):
        return end
    if form in WITH_A_CLAUSE and _DOCUMENT.search(sentence, max(0, start - 60), start):
        return end
    if form in WITH_A_CLAUSE and (_CLAUSE.match(sentence, end) or _closes(sentence, end)):
        return end
    if form in WITH_AN_INFINITIVE and _TO.match(sentence, end):
        return end
    return None


def _closes(sentence: str, end: int) -> bool:
    """Whether a verb stands behind a quotation: `“...,” he continued`."""
    return MASK in sentence[:end] and re.match(r"\s*(?:[.,:]|$)", sentence[end:]) is not None


def _cue(sentence: str, word: _Word, found: list[Cue]) -> Cue | None:
    if word.kind == "noun":
        return _noun_cue(sentence, word)
    left = max((c.end for c in found if c.end <= word.start and c.position == "lead"), default=0)
    if word.kind == "adjective":
        return _made(sentence, word, _subject(sentence, left, word.start, found))
    before = sentence[max(0, word.start - 40) : word.start]
    if word.form.endswith("ing"):
        return _participle(sentence, word, before, left, found)
    if word.form.endswith("ed") or word.form in _PARTICIPLES:
        if _BE.search(before) and not _HAVE.search(before):
            return _passive(sentence, word) if word.form in WITH_ANYTHING else None
        if re.match(r"\s+by\s", sentence[word.end :]) and not _HAVE.search(before):
            return _passive(sentence, word)
    inverted = inverted_cue(sentence, word.start, word.end, word.form)
    if inverted is not None:
        return inverted._replace(sure=False)
    doers = (_DOER, _PLURAL) if word.form in PLAIN else (_DOER,)
    if word.form in NOUN_AS_OFTEN and not any(p.search(before) for p in doers):
        return None
    if word.form in PLAIN and not _is_finite(before, word.form):
        return None
    spoken = _loosely_inverted(sentence, word, before)
    if spoken is not None:
        return spoken
    if _INFINITIVE.search(before):
        return _made(sentence, word, main_subject(sentence, word.start))
    return _made(sentence, word, _subject(sentence, left, word.start, found))


def _loosely_inverted(sentence: str, word: _Word, before: str) -> Cue | None:
    """`“...,” said Cruz constituent Dan Lee when asked`: what follows the verb, up to a verb."""
    if word.form in PLAIN or not re.search(r"[”\"'’]\s*$", before):
        return None
    if word.form not in SAYING and not _SOMEBODY.match(sentence, word.end):
        return None
    source = loose_after(sentence, word.end)
    if source is None:
        return None
    return _made(sentence, word, source)._replace(position="mid")


def _is_finite(before: str, form: str) -> bool:
    """Whether a plain form is a verb here: behind `to`, a modal verb, or several who do it."""
    if form in _ALWAYS_VERBS:
        return True
    return any(p.search(before) for p in (_INFINITIVE, _MODAL, _PLURAL, _TOGETHER))


def _participle(sentence: str, word: _Word, before: str, left: int, found: list[Cue]) -> Cue | None:
    """`, saying that`, `is calling for`, `by suggesting`."""
    if _BE.search(before):
        return _made(sentence, word, _subject(sentence, left, word.start, found))
    if not (_PARTICIPLE_AFTER.search(before) or _free(before) or _TOGETHER.search(before)):
        source = _subject(sentence, left, word.start, found)  # "a man calling himself"
        return _made(sentence, word, source) if source is not None else None
    spoken = [c.source for c in found if c.source is not None and c.end <= word.start]
    if _PARTICIPLE_AFTER.search(before) and spoken:
        return _made(sentence, word, spoken[-1])._replace(position="lead")
    return _made(sentence, word, main_subject(sentence, word.start))._replace(position="lead")


def _passive(sentence: str, word: _Word) -> Cue:
    by = _BY.match(sentence, word.end)
    source = loose_after(sentence, by.end()) if by is not None else None
    return _made(sentence, word, source)


def _noun_cue(sentence: str, word: _Word) -> Cue | None:
    owner = _OWNER.search(sentence, max(0, word.start - 60), word.start)
    source = None
    if owner is not None:
        start, end = owner.span("own")
        text = re.sub(r"['’]s?$", "", owner["own"])
        end = start + len(text)
        source = NounPhrase(start, end, text, start, pronoun=text.casefold() in _POSSESSIVES)
    return _made(sentence, word, source)


_POSSESSIVES = ("his", "her", "their", "its", "my", "our")


def _subject(sentence: str, left: int, start: int, found: list[Cue]) -> NounPhrase | None:
    """The subject of a verb; behind `and`, where none stands there, that of the cue before."""
    group = group_start(sentence, left, start)
    if _TOGETHER.search(sentence, left, group) and not _WHO.search(sentence, left, group):
        spoken = [c for c in found if c.source is not None and c.position == "lead"]
        spoken = [c for c in spoken if c.end <= start and c.source and c.source.end <= c.start]
        if spoken:
            return spoken[-1].source
    strict = phrase_before(sentence, left, group)
    if strict is not None and strict.end <= start:
        return strict
    return loose_subject(sentence, left, group)


def _made(sentence: str, word: _Word, source: NounPhrase | None) -> Cue:
    position = "lead"
    if source is not None and source.end <= word.start and word.kind == "verb":
        position = position_of(sentence, source, word.end, word.form)
        if _INSERTED.match(sentence, word.end) and _COMMA.search(sentence, 0, source.first):
            position = "mid"  # "Recently, he said, it rains"
    return Cue(
        word.start,
        word.end,
        sentence[word.start : word.end],
        source,
        position,
        word.form,
        source is None,
        sure=False,
    )
