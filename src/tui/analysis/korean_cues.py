"""Who says what, in one Korean sentence: each verb or phrase that attributes, with its words.

The verb ends the clause; what is said stands before it, up to the source and its particle. So the
search begins at the verb and goes back to the nearest `-고`, `-며`, `것으로` or quotation mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.english_cues import Cue
from tui.analysis.korean_contents import pieces_of
from tui.analysis.korean_predicates import Predicate, predicates
from tui.analysis.korean_sources import (
    DAY,
    LEADING,
    Found,
    candidates,
    is_speaker,
    phrase_start,
)
from tui.analysis.korean_words import DOCUMENTS, GOING_ON, VENUES
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.quotations import MASK
from tui.model.spans import Extent

_ACCORDING = re.compile(r"에\s?(?:따르면|의하면)(?=[\s,]|$)")
_CITING = re.compile(
    r"(?P<of>의\s(?:말|발언|발표|설명|보도))?(?P<cue>(?:을|를)\s인용(?:해서|해|하여|하며)?)(?=[\s,])"
)
_TOLD_ALL = re.compile(
    r"(?:(?P<that>(?<=[다라])고)|(?P<mark>[”\"])(?:이?라)?고)\s"
    r"(?:한다|합니다|했다|했습니다|전했다|보도했다)(?=[.\s]|$)"
)
_THEMES = re.compile(
    r"(?:사실|문제|점|것|이유|특징|의미|핵심|관건|목표|목적|원인|결론|요점|장점|단점)(?:은|는)(?=\s)"
)
_GOING_ON = re.compile(rf"(?:{'|'.join(w.replace('_', ' ') for w in GOING_ON)})[\s,]")
_NO_SOURCE_HERE = ("이", "이것", "그", "그것", "여기")
_SHORT = 6  # words of a clause before `알려진`
_VENUE = re.compile(
    rf"(?:[^\s“”\",]+\s){{0,4}}?[^\s“”\",]*(?:{'|'.join(VENUES)})(?:에서|(?:을|를)\s통해|에)\s"
)
_NEAR_HEAD = 40  # code points between where a clause begins and its subject
_NAMING = re.compile(r"[을를]\s(?:\S+\s)?\S+라$|[’'](?:이)?라$")  # `이것을 매질이라고 한다`
_BARE = 3  # letters that a statement has at least


class Told(NamedTuple):
    """What one cue attributes: the cues above it and itself, outermost first, and its words."""

    cues: tuple[Cue, ...]
    content: tuple[Extent, ...]


@lru_cache(maxsize=2048)
def find_korean_cues(sentence: str) -> tuple[Cue, ...]:
    """The cues of a Korean sentence that are sure, its quoted words masked; in text order."""
    cues = {cue for told in told_in(sentence) for cue in told.cues if cue.sure}
    return tuple(sorted(cues))


@lru_cache(maxsize=2048)
def all_korean_cues(sentence: str) -> tuple[Cue, ...]:
    """All cues of a Korean sentence, those among them that are only good enough to propose."""
    return tuple(sorted({cue for told in told_in(sentence) for cue in told.cues}))


@lru_cache(maxsize=2048)
def told_in(sentence: str) -> tuple[Told, ...]:
    """The attributed statements of a Korean sentence whose quoted words are masked, in order."""
    outer = _according(sentence)
    found: list[Told] = []
    low = outer.end if outer is not None else 0
    before: Cue | None = None
    used = False
    for each in predicates(sentence):
        if each.end <= low:
            continue
        if outer is not None and outer.start > each.start:
            continue
        told = _told(sentence, each, low, outer, before)
        if told is None:
            continue
        used = used or (outer is not None and outer in told.cues)
        found.append(told)
        if each.kind not in ("agentless", "adnominal"):
            before, low = told.cues[-1], each.stop
    if not found and outer is None:
        headline = _headline(sentence)
        return (headline,) if headline is not None else ()
    if outer is not None and not used:
        content = _rest(sentence, outer)
        if content:
            found.insert(0, Told((outer,), content))
    return tuple(found)


_HEADLINE = re.compile(
    r"(?:\[[^\]]{1,20}\]\s*)?(?P<source>[^“”\"…\[\]]{2,40}?)(?:의\s\S{1,6})?[,\s]*"
    r"(?P<said>[“\"][^“”\"]{4,}[”\"]|[“\"][^“”\"]{4,}$)[.\s]*"
)


def _headline(words: str) -> Told | None:
    """`서울대 연구팀 “뿌리가 햇빛을 본다”`: a line that is a source and its quotation."""
    found = _HEADLINE.fullmatch(words)
    if found is None or not is_speaker(found["source"]):
        return None
    start, end = found.span("source")
    begin = phrase_start(words, start, end)
    source = NounPhrase(begin, end, words[begin:end], begin, sure=True)
    said = Extent(*found.span("said"))
    return Told((Cue(said.start, said.start, "", source, "lead", sure=False),), (said,))


def _according(words: str) -> Cue | None:
    """`X에 따르면`: whose words the rest of the sentence is."""
    for match in _ACCORDING.finditer(words):
        start = phrase_start(words, 0, match.start())
        source = _phrase(words, start, match.start())
        if source is None or source.text in _NO_SOURCE_HERE:
            continue
        return Cue(match.start(), match.end(), match.group(), source, "lead", "따르면")
    return None


def _phrase(words: str, start: int, end: int) -> NounPhrase | None:
    text = words[start:end]
    if not text.strip() or MASK in text or len(text.split()) > 8 or re.search(r"[“”\"]", text):
        return None
    return NounPhrase(start, end, text, start, sure=True)


def _rest(words: str, outer: Cue) -> tuple[Extent, ...]:
    told = list(_TOLD_ALL.finditer(words, outer.end))
    if told:
        last = told[-1]
        end = last.start() + 1 if last["mark"] else last.start()
        return pieces_of(words, outer.end, end, quoted=last["mark"] is not None)
    return pieces_of(words, outer.end, len(words), quoted=False)


def _told(
    words: str, each: Predicate, low: int, outer: Cue | None, before: Cue | None
) -> Told | None:
    low = _behind_conjunction(words, low)
    hearsay = each.base == "했다" and words[each.start] in "한합"
    if outer is not None and each.base == "했다":
        return None
    if hearsay and _NAMING.search(words, max(low, each.end - 30), each.end):
        return None
    if each.kind in ("agentless", "arises"):
        return None if outer is not None else _unsaid(words, each, low)
    if each.kind == "adnominal":
        return _of_noun(words, each, low)
    if each.kind == "closing":
        return _closing(words, each, low, outer)
    medial = words[each.stop - 1] not in "다요"
    citing = _citing(words, low, each.end)
    head = _head(words, low)
    found = _beside(words, each) or _ahead(words, each, head, citing)
    source, start, sure = None, head, each.strong
    if found is not None:
        source = found.phrase
        start = found.end if found.phrase.start < each.end else head
        sure = sure and _is_sure(words, found, each)
    elif before is not None and before.source is not None:
        source, sure = before.source, sure and before.sure
    if each.kind in ("noun", "about", "finding", "pointing"):
        sure = False
    if source is None and outer is not None:
        if citing is None:
            return None
        sure = False
    if citing is not None:
        start = max(start, citing.end)
    dropped = source is None and not hearsay
    if hearsay and source is not None and not (found and found.topic and found.speaker):
        return _unsaid(words, each._replace(modality="reported"), low)
    if hearsay and source is None:
        return _unsaid(words, each._replace(modality="reported"), low)
    if dropped and ((medial and each.kind == "noun") or each.base == "보여줬다"):
        return None
    if dropped:
        sure = sure and each.quoted and _GOING_ON.match(words) is not None
        if each.kind == "about" and before is None and not _GOING_ON.match(words):
            return None
    if source is None or (found is None and before is not None):
        start = _head(words, low, days=False)
        start = max(start, citing.end) if citing is not None else start
    else:
        start = _behind_day(words, start, each)
    content = pieces_of(words, start, each.end, quoted=each.quoted)
    if each.kind == "pointing":
        content = ()
    elif not content or sum(c.isalnum() or c == MASK for p in content for c in p.of(words)) < _BARE:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base,
        agentless=dropped and each.kind == "quote", modality=each.modality, sure=sure, dropped=dropped,
    )  # fmt: skip
    above = (outer,) if outer is not None else ()
    inner = (citing._replace(sure=sure),) if citing is not None else ()
    return Told((*above, cue, *inner), content)


def _behind_conjunction(words: str, low: int) -> int:
    while low < len(words) and words[low] in " ,;.":
        low += 1
    return low


def _head(words: str, low: int, *, days: bool = True) -> int:
    """Behind the words that lead in, and a day."""
    start = _behind_conjunction(words, low)
    while True:
        found = LEADING.match(words, start) or (DAY.match(words, start) if days else None)
        if found is None:
            return start
        start = found.end()


def _behind_day(words: str, start: int, each: Predicate) -> int:
    """Behind the day and the place of the saying, which follow the source."""
    if DAY.search(words, each.link, each.start) is None:
        day = DAY.match(words, start)
        start = day.end() if day is not None else start
    venue = _VENUE.match(words, start, each.end)
    return venue.end() if venue is not None else start


def _citing(words: str, low: int, high: int) -> Cue | None:
    """`X를 인용해`: whose words they are that the source passes on."""
    match = _CITING.search(words, low, high)
    if match is None:
        return None
    start = phrase_start(words, low, match.start())
    source = _phrase(words, start, match.start())
    if source is None:
        return None
    begin, end = match.span("cue")
    begin += 2  # behind the particle
    return Cue(begin, end, words[begin:end], source, "lead", "인용했다")


def _beside(words: str, each: Predicate) -> Found | None:
    """A source between what is said and its verb: `...고 연구팀은 설명했다`."""
    found = [c for c in candidates(words, each.link, each.start) if c.phrase.start >= each.link]
    speakers = [c for c in found if c.speaker and not c.place]
    if each.kind in ("finding", "about", "noun"):
        return speakers[-1] if speakers else None
    if speakers:
        return speakers[-1]
    return found[-1] if found and each.kind == "quote" else None


def _ahead(words: str, each: Predicate, head: int, citing: Cue | None) -> Found | None:
    """A source before what is said: a topic that can speak, a subject that can, any first topic."""
    high = min(each.end, citing.source.start if citing is not None and citing.source else each.end)
    found = list(candidates(words, head, high))
    mark = re.compile(rf"[“\"「{MASK}]").search(words, head, each.end)
    quoted = each.quoted and mark is not None
    speaking = [c for c in found if c.speaker and not c.place]
    topics = [c for c in speaking if c.topic]
    if each.kind == "pointing":
        plain = [c for c in found if c.topic]
        return (topics or speaking or plain or [None])[0]
    if quoted:
        said = topics or speaking
        if said:
            return said[0] if said[0].topic else said[-1]
        plain = [c for c in found if c.topic]
        return plain[-1] if plain else None
    if topics:
        first = topics[0]
        subjects = [c for c in speaking if not c.topic and c.phrase.start <= head]
        return subjects[0] if subjects and subjects[0].phrase.end < first.phrase.start else first
    if speaking:
        near = speaking[0] is found[0] or speaking[0].phrase.start <= head + _NEAR_HEAD
        return speaking[0] if near else None
    if each.kind == "closing":
        return None
    plain = [
        c
        for c in found
        if c.topic and (c.phrase.start <= head or _INTRODUCED.search(words, head, c.phrase.start))
    ]
    if plain and plain[0].topic:
        return plain[0]
    places = [c for c in found if c.place and c.phrase.start <= head]
    return places[0] if places and each.strong and each.kind in ("quote", "thing") else None


_INTRODUCED = re.compile(r"(?:한|인|된|던|운|낸|은)\s$")
_NOUN_AFTER = re.compile(
    r"\s(?P<noun>(?:[^\s,.“”\"]+\s){0,3}?[^\s,.“”\"]*?[가-힣A-Za-z)])"
    r"(?:은|는|이|가|을|를|의|에서|에서는|도|에게|와|과|에|측은|측이)(?=[\s,])"
)


def _of_noun(words: str, each: Predicate, low: int) -> Told | None:
    """`개발하겠다고 밝힌 중국`: the source stands behind the verb."""
    found = _NOUN_AFTER.match(words, each.stop)
    if found is None or not is_speaker(found["noun"]):
        return None
    start, end = found.span("noun")
    source = NounPhrase(start, end, found["noun"], start, sure=True)
    content = pieces_of(words, _head(words, low), each.end, quoted=each.quoted)
    if not content:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base, sure=False
    )
    return Told((cue,), content)


def _is_sure(words: str, found: Found, each: Predicate) -> bool:
    """Whether a phrase is its verb's source beyond doubt."""
    if found.phrase.start >= each.link:
        return True
    near = words[found.end : found.end + 1] in ("“", '"', "「")
    if each.quoted and (near or found.topic):
        return True
    return found.speaker and found.topic


def _unsaid(words: str, each: Predicate, low: int) -> Told | None:
    """What is said, found, expected, and by nobody in particular."""
    source = None
    if each.whose is not None:
        source = _whose(words, *each.whose)
    start = _head(words, low, days=False)
    content = pieces_of(words, start, each.end, quoted=False)
    if not content:
        return None
    if words[each.start : each.stop] in ("알려진", "전해진") and (
        len(words[start : each.end].split()) > _SHORT
    ):
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base,
        agentless=source is None, modality=each.modality, sure=each.strong and source is None,
    )  # fmt: skip
    return Told((cue,), content)


def _whose(words: str, start: int, end: int) -> NounPhrase | None:
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


def _closing(words: str, each: Predicate, low: int, outer: Cue | None) -> Told | None:
    """`-다는 것이다`, `-다는 입장이다`: of its topic, of whose it is, else of who spoke before."""
    if outer is not None:
        return None
    head = _head(words, low)
    source = _whose(words, *each.whose) if each.whose is not None else None
    start = head
    if source is None:
        found = _ahead(words, each, head, None)
        if found is not None and found.topic and found.phrase.start <= head + 20:
            source, start = found.phrase, found.end
    if source is None and _THEMES.search(words, low, each.end):
        return None
    content = pieces_of(words, start, each.end, quoted=False)
    if not content:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base,
        agentless=source is None and bool(each.base), modality=each.modality if source is None else "",
        sure=False, dropped=source is None,
    )  # fmt: skip
    return Told((cue,), content)


def first_topic(words: str, low: int = 0) -> NounPhrase | None:
    """Whom a sentence without a cue is about, if that can be somebody who speaks."""
    return next(_speakers(candidates(words, _head(words, low), len(words))), None)


def _speakers(found: Iterable[Found]) -> Iterable[NounPhrase]:
    return (each.phrase for each in found if each.speaker and each.topic)
