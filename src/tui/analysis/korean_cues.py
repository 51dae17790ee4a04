"""Who says what, in one Korean sentence: each verb or phrase that attributes, with its words.

The verb ends the clause; what is said stands before it, up to the source and its particle. So the
search begins at the verb and goes back to the nearest `-고`, `-며`, `것으로` or quotation mark.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.english_cues import Cue
from tui.analysis.korean_contents import pieces_of
from tui.analysis.korean_predicates import Predicate, predicates
from tui.analysis.korean_sources import DAY, Found, is_speaker, phrase_start
from tui.analysis.korean_speakers import behind_marks, head_of, is_sure, speaker_of, whose
from tui.analysis.korean_words import GOING_ON, VENUES
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
_NAMING = re.compile(r"[을를]\s(?:\S+\s)?\S+라$|[’'](?:이)?라$")  # `이것을 매질이라고 한다`
_BARE = 3  # letters that a statement has at least


_NOUN_AFTER = re.compile(
    r"\s(?P<noun>(?:[^\s,.“”\"]+\s){0,3}?[^\s,.“”\"]*?[가-힣A-Za-z)])"
    r"(?:은|는|이|가|을|를|의|에서|에서는|도|에게|와|과|에|측은|측이)(?=[\s,])"
)
_HEADLINE = re.compile(
    r"(?:\[[^\]]{1,20}\]\s*)?(?P<source>[^“”\"…\[\]]{2,40}?)(?:의\s\S{1,6})?[,\s]*"
    r"(?P<said>[“\"][^“”\"]{4,}[”\"]|[“\"][^“”\"]{4,}$)[.\s]*"
)
_BY_NOBODY = ("agentless", "arises", "closing")
_NAME_REACH = 30  # code points before `-라고 한다` in which what is named stands
_UNSURE = ("noun", "about", "finding", "pointing")  # kinds that are proposed only
_MOST_WORDS = 8  # of a source before `에 따르면`


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
    if (
        not text.strip()
        or MASK in text
        or len(text.split()) > _MOST_WORDS
        or re.search(r"[“”\"]", text)
    ):
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
    """What one predicate attributes; `outer` is `X에 따르면`, `before` the cue before it."""
    low = behind_marks(words, low)
    if each.kind == "adnominal":
        return _of_noun(words, each, low)
    if outer is not None and (each.base == "했다" or each.kind in _BY_NOBODY):
        return None  # `X에 따르면 ...다고 한다`: that is X's
    if each.kind in ("agentless", "arises"):
        return _unsaid(words, each, low)
    if each.kind == "closing":
        return _closing(words, each, low)
    if each.base == "했다" and words[each.start] in "한합":
        return _hearsay(words, each, low)
    return _said(words, each, low, outer, before)


def _hearsay(words: str, each: Predicate, low: int) -> Told | None:
    """`-다고 한다`: nobody's, unless a topic says whose; and no name that something is given."""
    if _NAMING.search(words, max(low, each.end - _NAME_REACH), each.end):
        return None
    found = speaker_of(words, each, head_of(words, low), each.end)
    if found is not None and found.topic and found.speaker:
        return _said(words, each, low, None, None)
    return _unsaid(words, each._replace(modality="reported"), low)


def _said(
    words: str, each: Predicate, low: int, outer: Cue | None, before: Cue | None
) -> Told | None:
    """What somebody says: named here, before in the sentence, or not at all."""
    citing = _citing(words, low, each.end)
    head = head_of(words, low)
    stop = citing.source.start if citing is not None and citing.source is not None else each.end
    found = speaker_of(words, each, head, stop)
    source = found.phrase if found is not None else None
    sure = each.strong and each.kind not in _UNSURE
    if found is not None:
        sure = sure and is_sure(words, found, each)
    elif before is not None and before.source is not None:
        source, sure = before.source, sure and before.sure
    if source is None:
        if outer is not None and citing is None:
            return None
        if not _goes_on(words, each, before):
            return None
        sure = sure and outer is None and each.quoted and _GOING_ON.match(words) is not None
    content = _content(words, each, low, found, citing)
    if content is None:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base,
        agentless=source is None and each.kind == "quote", modality=each.modality, sure=sure,
        dropped=source is None,
    )  # fmt: skip
    above = (outer,) if outer is not None else ()
    inner = (citing._replace(sure=sure),) if citing is not None else ()
    return Told((*above, cue, *inner), content)


def _goes_on(words: str, each: Predicate, before: Cue | None) -> bool:
    """Whether a verb that nobody stands with can be of him who spoke before."""
    if each.base == "보여줬다":
        return False  # a result shows it
    if each.kind == "noun":
        return words[each.stop - 1] in "다요"
    return each.kind != "about" or before is not None or _GOING_ON.match(words) is not None


def _content(
    words: str, each: Predicate, low: int, found: Found | None, citing: Cue | None
) -> tuple[Extent, ...] | None:
    """The words of a predicate; none where it only points at them, None if there are too few."""
    if each.kind == "pointing":
        return ()
    if found is None:
        start = head_of(words, low, days=False)
    elif found.phrase.start < each.end:
        start = _behind_day(words, found.end, each)
    else:
        start = _behind_day(words, head_of(words, low, days=False), each)
    if citing is not None:
        start = max(start, citing.end)
    content = pieces_of(words, start, each.end, quoted=each.quoted)
    letters = sum(c.isalnum() or c == MASK for piece in content for c in piece.of(words))
    return content if letters >= _BARE else None


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


def _of_noun(words: str, each: Predicate, low: int) -> Told | None:
    """`개발하겠다고 밝힌 중국`: the source stands behind the verb."""
    found = _NOUN_AFTER.match(words, each.stop)
    if found is None or not is_speaker(found["noun"]):
        return None
    start, end = found.span("noun")
    source = NounPhrase(start, end, found["noun"], start, sure=True)
    content = pieces_of(words, head_of(words, low), each.end, quoted=each.quoted)
    if not content:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base, sure=False
    )
    return Told((cue,), content)


def _unsaid(words: str, each: Predicate, low: int) -> Told | None:
    """What is said, found, expected, and by nobody in particular."""
    source = whose(words, *each.whose) if each.whose is not None else None
    start = head_of(words, low, days=False)
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


def _closing(words: str, each: Predicate, low: int) -> Told | None:
    """`-다는 것이다`, `-다는 입장이다`: of its topic, of whose it is, else of who spoke before."""
    head = head_of(words, low)
    source = whose(words, *each.whose) if each.whose is not None else None
    start = head
    if source is None:
        found = speaker_of(words, each, head, each.end)
        if found is not None and found.topic and found.phrase.start <= head + 20:
            source, start = found.phrase, found.end
    if source is None and _THEMES.search(words, low, each.end):
        return None
    content = pieces_of(words, start, each.end, quoted=False)
    if not content:
        return None
    cue = Cue(
        each.start, each.stop, words[each.start : each.stop], source, "lead", each.base,
        agentless=source is None and bool(each.base),
        modality=each.modality if source is None else "", sure=False, dropped=source is None,
    )  # fmt: skip
    return Told((cue,), content)
