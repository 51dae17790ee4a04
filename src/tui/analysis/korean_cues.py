"""Who says it, in one Korean sentence: the topic of a reporting verb, `에 따르면`, no agent."""

from __future__ import annotations

import re
from functools import lru_cache

from tui.analysis.cue_words import (
    KOREAN_AGENTLESS,
    KOREAN_LEAD_INS,
    KOREAN_PRONOUNS,
    KOREAN_SAYING,
)
from tui.analysis.english_cues import Cue
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.quotations import MASK


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


# The verb ends the sentence, behind what was said: -고, -며, -면서도, or a quotation.
_VERB = re.compile(
    rf"(?P<link>[가-힣{MASK}]*(?:고|라며|다며|면서|냐며)[”\"']?|[”\"']고?|것으로)\s"
    rf"(?P<between>(?:[^\s.“”\"]+\s){{0,4}}?)(?P<verb>{_any(KOREAN_SAYING)})(?=[.\s”\"]|$)"
)
_AGENTLESS = re.compile(
    rf"(?P<noun>것으로|것이라는\s?\S{{0,8}}|는\s?(?:관측|지적|전망|분석|주장|우려)[이도]|[가-힣]*로)\s?"
    rf"(?P<verb>{_any(tuple(KOREAN_AGENTLESS))})(?=[.\s]|$)"
)
_ACCORDING = re.compile(r"(?P<cue>에\s?(?:따르면|의하면))(?=[\s,]|$)")
_TOPIC = re.compile(
    r"(?P<noun>[^\s,“”\"]*?[가-힣A-Za-z0-9)])(?P<particle>께서는|에서는|측은|측도|은|는|도)(?=\s)"
)
_SUBJECT = re.compile(r"(?P<noun>[^\s,“”\"]*?[가-힣A-Za-z0-9)])(?P<particle>이|가)(?=\s)")
_LEAD_IN = re.compile(rf"(?:(?:{_any(KOREAN_LEAD_INS)})[\s,]+)+")
_NO_TOPIC = (
    "것",
    "수",
    "데",
    "이날",
    "때",
    "적",
    "바",
    "있",
    "없",
    "않",
    "하",
    "되",
    "지금",
    "이번",
    "최근",
)
_DAY_FIRST = re.compile(r"(?:지난\s|오는\s)?\d{1,2}일(?:\([^()]{1,8}\))?\s+")
_MAX_TOKENS = 8
_MAX_SUBJECT = 3  # words before 이 or 가, which end other words too


@lru_cache(maxsize=4096)
def find_korean_cues(sentence: str) -> tuple[Cue, ...]:
    """The attributions of a Korean sentence whose quoted words are masked, in text order."""
    found: list[Cue] = []
    for match in _ACCORDING.finditer(sentence):
        source = _noun_before(sentence, match.start())
        if source is not None:
            found.append(Cue(match.start(), match.end(), match["cue"], source, "lead", "따르면"))
    verbs = list(_VERB.finditer(sentence))
    if verbs:
        last = verbs[-1]
        source = _topic(sentence, last)
        if source is not None:
            start, end = last.span("verb")
            found.append(Cue(start, end, last["verb"], source, "lead", last["verb"]))
    elif not found:
        agentless = list(_AGENTLESS.finditer(sentence))
        if agentless:
            match = agentless[-1]
            start, end = match.span("verb")
            verb = match["verb"]
            modality = KOREAN_AGENTLESS[verb]
            if "관측" in match["noun"]:
                modality = "possible"
            found.append(Cue(start, end, verb, None, "tail", verb, True, modality))
    return tuple(sorted(found))


def _topic(sentence: str, verb: re.Match[str]) -> NounPhrase | None:
    """The source of a verb: the topic just before it, else the first one of the sentence."""
    near = _phrase(sentence, verb.start("between"), verb.end("between"), _TOPIC)
    if near is None:
        near = _phrase(sentence, verb.start("between"), verb.end("between"), _SUBJECT)
    if near is not None:
        return near
    lead = _LEAD_IN.match(sentence)
    start = lead.end() if lead else len(sentence) - len(sentence.lstrip())
    first = _phrase(sentence, start, verb.start("verb"), _TOPIC)
    if first is not None:
        return first
    subject = _phrase(sentence, start, verb.start("verb"), _SUBJECT)
    if subject is None or len(subject.text.split()) > _MAX_SUBJECT:
        return None
    return None if re.search(r"(?:와|과|인|의|한|된|는|을|를)\s", subject.text) else subject


def _phrase(sentence: str, start: int, end: int, pattern: re.Pattern[str]) -> NounPhrase | None:
    found = pattern.search(sentence, start, end)
    if found is None or found["noun"] in _NO_TOPIC or MASK in sentence[start : found.end()]:
        return None
    stop = found.end("noun")
    words = sentence[start:stop]
    if len(words.split()) > _MAX_TOKENS or re.search(r"[“”\".]", words):
        return None
    return _trimmed(sentence, start, stop)


def _trimmed(sentence: str, start: int, stop: int) -> NounPhrase:
    """Without what stands before the source's own words: places, times, clauses with particles."""
    words = sentence[start:stop]
    cut = 0
    for found in re.finditer(r"(?:에서|부터|까지|으로|에게|에|며|고|서|지만|면서),?\s", words):
        cut = found.end()
    start += cut
    day = _DAY_FIRST.match(sentence, start, stop)
    start = day.end() if day is not None else start
    start += len(sentence[start:stop]) - len(sentence[start:stop].lstrip())
    text = sentence[start:stop]
    return NounPhrase(start, stop, text, start, pronoun=text in KOREAN_PRONOUNS, sure=True)


def _noun_before(sentence: str, end: int) -> NounPhrase | None:
    low = max(0, end - 60)
    for found in re.finditer(r"[,.“”\"]\s*", sentence[low:end]):
        low_cut = low + found.end()
        if low_cut < end:
            start = low_cut
            break
    else:
        start = low
    lead = _LEAD_IN.match(sentence, start, end)
    if lead is not None:
        start = lead.end()
    words = sentence[start:end].split()
    if not words or len(words) > _MAX_TOKENS or MASK in sentence[start:end]:
        return None
    return _trimmed(sentence, start, end)
