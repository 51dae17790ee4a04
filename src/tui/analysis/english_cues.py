"""Who says it, in one English sentence: reporting verbs, `according to`, and what has no agent.

Rules of form, without a parser; where the subject cannot be told for sure there is no cue.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from tui.analysis.cue_words import (
    AGENTLESS_ADVERBS,
    AGENTLESS_NOUNS,
    AGENTLESS_VERBS,
    DOCUMENTS,
    NOUN_TOO,
    SAYING,
    WEAK,
)
from tui.analysis.noun_phrases import NounPhrase, phrase_after, phrase_before, subject
from tui.analysis.quotations import MASK


class Cue(NamedTuple):
    """One attribution in a sentence; offsets are counted from the sentence's start.

    `position` is `lead` (what is said follows), `tail` (it stands before) or `mid` (around it).
    An agentless cue has no source. One that is not `sure` rests on a word alone: it is proposed,
    but nothing is filled in from it. The source of a `dropped` one is not said again: it is he who
    spoke before, as Korean leaves it; agentless too, if the statement is one without him.
    """

    start: int
    end: int
    words: str
    source: NounPhrase | None
    position: str
    verb: str = ""
    agentless: bool = False
    modality: str = ""
    sure: bool = True
    dropped: bool = False


def _any(words: tuple[str, ...] | frozenset[str]) -> str:
    return "|".join(sorted((w.replace(" ", r"\s") for w in words), key=len, reverse=True))


_VERB = re.compile(rf"(?<![\w'’-])({_any((*SAYING, *WEAK))})(?![\w-])", re.IGNORECASE)
_SAYING = frozenset(SAYING)
_BAD_BEFORE = re.compile(
    r"(?:\b(?:to|not|would|will|could|can|cannot|may|might|must|should|did|do|does|let|please|is|"
    r"are|was|were|be|been|being|get|got|who|which|that|the|a|an|its|his|her|their|this|these|"
    r"those|my|our|your|of|for|by|with|in|on|at|from|no|any|as|than|if|having|I|we|you|what)|n['’]t|"
    r"['’]ll|['’]d|['’]re|['’]m)\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_WENT_ON = re.compile(r"\b(?:went|goes|gone)\s+on\s+to\s+$")
_PASSIVE_PERFECT = re.compile(
    r"\b(?:has|have|had)\s+(?:also\s+)?been\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_THAT = r"that\b(?!\s+(?:year|month|week|day|time|point)\b)"
# What may stand between a verb and `that`; the object of another clause may not.
_BETWEEN = (
    r"(?:(?:on|last|this|earlier|later)\s\w+|in\s(?:an?|the|his|her|its|their|\d{4})(?:\s[\w-]+){0,3}|"
    r"\w+ly|also|again|earlier|later|today|yesterday|(?:him|her|them|us|me)|reporters|lawmakers|"
    r"(?:with\s)?(?-i:[A-Z])[\w.'’-]+|to\s(?:\w+\s)?\w+|"
    r"the\s(?:idea|claim|notion|suggestion|report|allegation|accusation|charge)s?)"
)
_CONTENT = re.compile(
    rf"\s*(?:[:,]?\s*[“\"]|:|,?\s+(?:{_BETWEEN}\s+){{0,3}}?{_THAT}|\s+how\b)", re.IGNORECASE
)
_ASIDE = re.compile(rf",\s[^,;:.“”\"]{{2,40}},\s(?:{_THAT}|[“\"])")
_NOUN_NEXT = re.compile(
    r"\s+(?:that|the|its|their|his|her|it|they|he|she|there|an?|at|more|some|about|over|no|in|[A-Z]|"
    r"\d|[“\"])"
)
_AFTER_END = re.compile(r"\s*(?:[.,;:!?—–)]|$|[“”\"])")
_SHORT_END = re.compile(
    r"(?:\s+(?:[\w'’.-]+)){1,8}\s*[.!?]?[”\"]?\s*$|(?:\s+[\w'’.-]+){1,8}\s*,\s*(?:speaking|who|"
    r"adding|referring|citing|after|before|when|in|on|at|without|as)\b"
)
_TOLD_WHOM = re.compile(
    r"\s+(?:(?:[Tt]he\s)?(?:[A-Z][\w.’'-]*\s?){1,5}|reporters|lawmakers|journalists|parliament)\s?,"
)
_NOTHING_SAID = re.compile(r"\s*[,;)](?!\s*[“\"])|\s+(?:of|against|about|for|in|on)\s*[.,;]")
_CLAUSE_VERB = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|do|does|did|should|been|"
    r"that)\b|['’](?:s|re|ve|ll)\s"
)
_ACCORDING = re.compile(r"\baccording\s+to\s+", re.IGNORECASE)
_NO_ACCORDING = re.compile(
    r"(?:plan|schedule|need|taste|age|size|law|type|whether)\b",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?P<cue>by|in|on)\s+(?P<who>(?:the\s+)?[^\W\d_][\w.-]*(?:\s[^\W\d_][\w.-]*){0,5})['’]s?\s+"
    r"(?P<noun>accounts?|view|words|opinion|estimates?|reckoning|telling)\b",
    re.IGNORECASE,
)
_QUOTED_AS = re.compile(
    r"\b(?:was|were|is|are|been)\s+(?P<cue>quoted\s+as\s+saying)\b",
    re.IGNORECASE,
)
_QUOTES_AS = re.compile(
    r"\b(?P<cue>quot(?:ed|es)|cit(?:ed|es))\s+(?P<who>[^,;“”\"]{2,70}?)\s+(?P<cue2>as\s+saying)\b",
    re.IGNORECASE,
)
_CITING = re.compile(r",\s+(?P<cue>citing|quoting)\s+", re.IGNORECASE)
_PUT_AT = re.compile(
    r"\b(?P<cue>puts?)\s+[^.;,“”\"]{2,70}?\bat\s+(?:about|around|roughly|nearly|more|at|some|up|"
    r"between|close|over|\d|one|two)\b",
    re.IGNORECASE,
)
_DESCRIBE_AS = re.compile(
    r"\b(?P<cue>describe[sd]?|called|calls|dismissed|dismisses)\s+[^.;,“”\"]{2,60}?\bas\b",
    re.IGNORECASE,
)
_SPEAK_OF = re.compile(r"\b(?P<cue>(?:spoke|spoken|speaks|speak)\s+of)\b", re.IGNORECASE)
_AGENTLESS = re.compile(
    rf"\b(?:is|are|was|were|been|being|be|['’]re)\s+(?:also\s+|widely\s+|now\s+|still\s+)?"
    rf"(?P<verb>{_any(AGENTLESS_VERBS)})\s+(?:to|that)\b"
    rf"|\bit\s+(?:is|was|has\s+been)\s+(?:also\s+|widely\s+)?(?P<verb2>{_any(AGENTLESS_VERBS)})\b"
    rf"|\b(?P<adverb>{_any(AGENTLESS_ADVERBS)})\b"
    rf"|\bthere\s+(?:is|are|was|were|has\s+been|have\s+been)\s+(?:\w+\s+){{0,3}}?"
    rf"(?P<noun>{_any(tuple(AGENTLESS_NOUNS))})\b",
    re.IGNORECASE,
)
_TRAILING_AUX = re.compile(
    r"(?:\s+|^)(?:has|have|had|also|then|later|earlier|recently|previously|already|repeatedly|again|"
    r"publicly|privately|still|often|always|so\s+far|now|just|once|both|all|first|separately|subsequently|yesterday|today|"
    r"(?:on\s+)?(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|last\s+\w+|in\s+\d{4}|this\s+\w+|in\s+a\s+statement|"
    r"(?!only)[a-z]+ly)\s*$"
)
# What stands in brackets behind a politician's name.
_PARTY = re.compile(r"\s\([A-Z][\w.]{0,4}[-–][A-Z][\w.]{0,10}\)")
_PREDICATE = re.compile(r"\w+(?:ed|s)\b|said|told|wrote")
_COORDINATED = re.compile(r"\b(?:and|or|but)\s*$")


@lru_cache(maxsize=4096)
def find_cues(sentence: str) -> tuple[Cue, ...]:
    """The attributions of a sentence whose quoted words are masked, in text order."""
    sentence = _PARTY.sub(lambda m: " " * len(m.group()), sentence)
    found: list[Cue] = []
    found.extend(_according(sentence))
    found.extend(_fixed(sentence))
    for match in _VERB.finditer(sentence):
        if any(c.start < match.end() and match.start() < c.end for c in found):
            continue
        cue = _verb_cue(sentence, match, found)
        if cue is not None:
            found.append(cue)
    found.sort()
    for match in _AGENTLESS.finditer(sentence):
        if not any(c.start < match.end() and match.start() < c.end for c in found):
            found.append(_agentless(match))
    return tuple(sorted(found))


def _verb_cue(sentence: str, match: re.Match[str], found: list[Cue]) -> Cue | None:
    verb = " ".join(match[1].casefold().split())
    if match[1][0].isupper() and not sentence.isupper():
        return None
    start, end = match.span()
    before = sentence[max(0, start - 24) : start]
    if _PASSIVE_PERFECT.search(before):
        return None
    inverted = inverted_cue(sentence, start, end, verb)
    if inverted is not None:
        return inverted
    went_on = _WENT_ON.search(before)
    if went_on is None and _BAD_BEFORE.search(before):
        return None
    left = max((c.end for c in found if c.end <= start and c.position == "lead"), default=0)
    verbs = start - len(went_on.group()) if went_on is not None else start
    group = group_start(sentence, left, verbs)
    if _COORDINATED.search(sentence[max(0, group - 6) : group]):
        source = subject(sentence) if not left and _PREDICATE.match(match[1]) else None
    else:
        source = phrase_before(sentence, left, group)
    if source is None or source.end > start:
        return None
    position = position_of(sentence, source, end, verb)
    if not _fits(sentence, end, verb, source, position):
        return None
    return Cue(start, end, sentence[start:end], source, position, verb)


def group_start(sentence: str, left: int, start: int) -> int:
    """Where the auxiliaries and adverbs before a verb begin."""
    position = start
    for _ in range(4):
        found = _TRAILING_AUX.search(sentence, max(left, position - 28), position)
        if found is None:
            break
        position = found.start()
    return position


def inverted_cue(sentence: str, start: int, end: int, verb: str) -> Cue | None:
    """The cue of a verb that stands before its source: `“...,” said Ann Lee.`, or None."""
    before = sentence[:start].rstrip()
    if verb not in _SAYING or verb in ("told", "tell", "tells", "noted"):
        return None
    if not before or before[-1] not in ",”\"'’?!":
        return None
    source = phrase_after(sentence, end)
    if source is None or (source.pronoun and before[-1] == ","):
        return None
    if len(before.split()) < 2 and MASK not in before:
        return None
    tail = _AFTER_END.match(sentence, source.end) is not None
    if verb == "say" and not (tail and source.sure):
        return None
    if not tail and before[-1] == ",":
        tail = bool(
            re.match(
                r"\s+(?:on|in|at|after|last|who|of|from|during|[A-Z])", sentence[source.end :][:12]
            )
        )
    if not tail and before[-1] == ",":
        return None
    return Cue(start, end, sentence[start:end], source, "mid", verb)


def position_of(sentence: str, source: NounPhrase, end: int, verb: str) -> str:
    """`mid` if what is said stands before the source and the verb that ends at `end`, or `lead`."""
    before = sentence[: source.first].rstrip()
    rest = sentence[end:]
    told = _TOLD_WHOM.match(rest) if verb in ("told", "tells", "tell") else None
    if told is not None and before.endswith(",") and len(before.split()) > 3:
        return "mid"
    spoken = before.endswith((",", "”", '"', "''", "—", "–", "?", "!", "’")) and (
        MASK in before or len(before.split()) > (1 if _AFTER_END.match(rest) else 3)
    )
    if not spoken:
        return "lead"
    if _AFTER_END.match(rest):
        return "mid"
    short = _SHORT_END.match(rest)
    whom = re.sub(r"['’]s\s", " ", short.group()) if short is not None and verb == "told" else ""
    if short is not None and not _CLAUSE_VERB.search(whom or short.group()):
        closes = (
            before.endswith(("”", '"', "''"))
            or verb == "told"
            or re.match(
                r"\s+(?:on|in|at|during|after|last|yesterday|today|to|from|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|of|by|later|"
                r"earlier|recently|this|as)\b",
                rest,
            )
        )
        if closes:
            return "mid"
    return "lead"


def _fits(sentence: str, end: int, verb: str, source: NounPhrase, position: str) -> bool:
    rest = sentence[end:]
    if position == "mid":
        return verb not in NOUN_TOO or source.sure
    if _ASIDE.match(rest):
        return True
    if not rest.strip(' .!?”"') or _NOTHING_SAID.match(rest):
        return False
    if verb in NOUN_TOO and not (source.sure and _NOUN_NEXT.match(rest)):
        return False
    if verb in ("thought", "think", "thinks", "reported") and re.match(r"\s+(?:of|from)\b", rest):
        return False
    if verb in _SAYING:
        return re.match(r"\s+(?:of\s+)?(?:nothing|little|goodbye|so|yes)\b", rest) is None
    if verb.startswith("expect") and re.match(r"\s+[^.,;]{2,80}\sto\s", rest):
        return True
    found = _CONTENT.match(rest)
    return found is not None and "," not in found.group()


def _according(sentence: str) -> list[Cue]:
    found: list[Cue] = []
    for match in _ACCORDING.finditer(sentence):
        if _NO_ACCORDING.match(sentence, match.end()):
            continue
        source = phrase_after(sentence, match.end() - 1, alone=True)
        if source is None:
            continue
        source = _reporter(sentence, source)
        before = sentence[: match.start()].strip(" “”\"'")
        position = "lead" if len(before.split()) < 3 and MASK not in before else "mid"
        start, end = match.start(), match.start() + len(match.group().rstrip())
        found.append(Cue(start, end, sentence[start:end], source, position, "according to"))
    return found


_BY = re.compile(
    r"\b(?:reports?|accounts?|article|story|interview)\s+(?:by|from|in|with)\s+",
    re.IGNORECASE,
)


def _reporter(sentence: str, source: NounPhrase) -> NounPhrase:
    """Of `a report by News Today` the one who reports."""
    found = _BY.search(sentence, source.start, source.end)
    if found is None or source.text.split()[-1].casefold() in DOCUMENTS:
        return source
    inner = phrase_after(sentence, found.end() - 1)
    return inner if inner is not None and inner.sure else source


def _fixed(sentence: str) -> list[Cue]:
    found: list[Cue] = []
    for match in _ACCOUNT.finditer(sentence):
        source = phrase_after(sentence, match.start("who") - 1, end=match.end("who"))
        if source is not None and source.sure:
            position = "lead" if match.start() < 4 else "mid"
            found.append(_phrase_cue(match, "noun", source, position, "account"))
    for pattern, verb in (
        (_QUOTED_AS, "quoted"),
        (_PUT_AT, "put"),
        (_DESCRIBE_AS, "described"),
        (_SPEAK_OF, "spoke"),
    ):
        for match in pattern.finditer(sentence):
            group = group_start(sentence, 0, match.start("cue" if verb != "quoted" else 0))
            if _COORDINATED.search(sentence[max(0, group - 6) : group]):
                continue
            left = max((c.end for c in found if c.end <= match.start()), default=0)
            source = phrase_before(sentence, left, group)
            if source is not None and (verb != "put" or source.sure or source.heads):
                found.append(_phrase_cue(match, "cue", source, "lead", verb))
    for match in _QUOTES_AS.finditer(sentence):
        outer = phrase_before(sentence, 0, group_start(sentence, 0, match.start()))
        inner = phrase_after(sentence, match.start("who") - 1, end=match.end("who"))
        if outer is not None:
            found.append(_phrase_cue(match, "cue", outer, "lead", "quoted"))
        if inner is not None:
            found.append(_phrase_cue(match, "cue2", inner, "lead", "saying"))
    for match in _CITING.finditer(sentence):
        source = phrase_after(sentence, match.end() - 1)
        if source is not None and source.sure:
            found.append(_phrase_cue(match, "cue", source, "inner", "citing"))
    return found


def _phrase_cue(
    match: re.Match[str], group: str, source: NounPhrase, position: str, verb: str
) -> Cue:
    return Cue(*match.span(group), match[group], source, position, verb)


def _agentless(match: re.Match[str]) -> Cue:
    group = next(g for g in ("verb", "verb2", "adverb", "noun") if match[g])
    start = match.start() if group in ("verb", "verb2") else match.start(group)
    end = match.end(group)
    words = match.string[start:end]
    if group == "verb":
        start += match.group().startswith(("'", "’")) and 4
        end = match.end() if match.group().endswith("to") else end
        words = match.string[start:end]
    modality = AGENTLESS_NOUNS.get(match[group].casefold(), "reported")
    if match[group].casefold() in ("estimated", "expected"):
        modality = "estimated"
    return Cue(start, end, words, None, "lead", match[group].casefold(), True, modality)
