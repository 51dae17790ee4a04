"""The verbs and phrases of a Korean sentence that attribute, and where what they attribute ends."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from tui.analysis.korean_words import (
    ABOUT,
    ABOUT_PARTICLES,
    AGENTLESS,
    AGENTLESS_FORMAL,
    AGENTLESS_JOINED,
    ARISES,
    CLOSING_NOUNS,
    FINDING,
    FORECASTS,
    GIVING,
    INTENTIONS,
    SAYING,
    SET_PHRASES,
    TELLING_NOUNS,
    THINKING,
    WEAK_CLOSINGS,
    Verb,
)
from tui.analysis.quotations import MASK

_NEAR = 90  # code points between what is said and its verb
_PHRASE = 60  # code points of a phrase such as `-다는 연구 결과를`
_MOST_BETWEEN = 6  # words there


class Predicate(NamedTuple):
    """One thing that attributes. Offsets are counted from the start of the sentence.

    `end` is where what is said ends, `link` where the verb's own part begins; `start` and `stop`
    bound the cue. `kind` is `quote` (behind `-고` or a mark), `thing` (`것으로`), `noun`
    (`-다는 분석을`), `finding`, `about`, `agentless`, `arises`, `closing` or `pointing` (`이렇게`).
    `whose` are the words in which its source may stand beside the cue.
    """

    kind: str
    end: int
    link: int
    start: int
    stop: int
    base: str
    strong: bool = False
    modality: str = ""
    quoted: bool = False
    whose: tuple[int, int] | None = None


def _any(words: Iterable[str]) -> str:
    unique = sorted(set(words), key=len, reverse=True)
    return "|".join(re.escape(word.replace("_", " ")).replace(r"\ ", r"\s") for word in unique)


_STRONG = {stem: f"{verb.past}다" for verb in SAYING for stem in verb}
_FOUND = {stem: f"{verb.past}다" for verb in FINDING for stem in verb}
_GIVEN = {stem: f"{verb.past}다" for verb in GIVING for stem in verb}
_SEEN = Verb("봤", "본", "봅", "보", "본", "봐")
_THOUGHT = {stem: f"{verb.past}다" for verb in (*THINKING, _SEEN) for stem in verb}
_VERBS = (*SAYING, *THINKING, *FINDING, *GIVING, _SEEN)
_STEMS = frozenset((*_STRONG, *_FOUND, *_GIVEN, *_THOUGHT))
_DONE = Verb("했", "한", "합", "하", "한", "해")


def _finite(verbs: Iterable[Verb]) -> str:
    past, present, formal, joining, adnominal, infinitive = (
        _any(s) for s in zip(*verbs, strict=True)
    )
    return (
        rf"(?:{past})(?:다|습니다|었다|었습니다)|(?:{present})다|(?:{formal})니다|"
        rf"(?:{joining})(?:고\s?있(?:다|습니다|었다|었습니다)|기도\s?했(?:다|습니다)|곤\s?[했한]다)|"
        rf"(?:{infinitive})\s?(?:왔|오고\s?있)(?:다|습니다)|"
        rf"(?:{adnominal})\s?(?:바\s?|적이\s)있(?:다|습니다)"
    )


def _medial(verbs: Iterable[Verb]) -> str:
    past, joining = (_any(getattr(v, name) for v in verbs) for name in ("past", "joining"))
    return rf"(?:{joining})(?:고|며|면서)(?=[,\s])|(?:{past})(?:고|으며|으나|지만|는데)(?=[,\s])"


_AFTER = r"(?=[\s.,!?…”\"’')\]]|$)"


def _first(words: Iterable[str]) -> str:
    """What can stand first, looked at before the many words are tried."""
    return f"(?=[{''.join(sorted({word[0] for word in words}))}])"


_FIRST = _first((*_STEMS, *SET_PHRASES, *_DONE))
_FIRST_AGENTLESS = _first((*AGENTLESS, *AGENTLESS_FORMAL, *AGENTLESS_JOINED))
_VERB = re.compile(
    rf"(?<![가-힣]){_FIRST}(?:(?P<final>{_finite(_VERBS)}){_AFTER}|(?P<medial>{_medial(SAYING)})|"
    rf"(?P<set>{_any(SET_PHRASES)}){_AFTER}|(?P<done>{_finite([_DONE])}){_AFTER}|"
    rf"(?P<adnominal>{_any(verb.adnominal for verb in SAYING)})(?=\s))"
)
_LINK = re.compile(
    r"(?P<mark>[”\"」])(?:이?라)?(?:고|며|면서|하고)(?:도|는)?(?=[\s,])|"
    r"(?:(?<=[다라자냐까])|(?<=[다라자냐까요][’']))(?:고|며|면서)(?:도|는|만)?(?=[\s,])"
)
_THING = re.compile(r"(?<=것)으로(?=\s)")
_NOUNS = _any(TELLING_NOUNS)
_CLAUSE = (
    rf"(?:(?<=[다라자냐{MASK}])는|(?<=[다라자냐][’'])는|(?<=이)란|(?<=[”\"’'`」])(?:이?라)?[는란])"
)
_NOUN = re.compile(
    rf"{_CLAUSE}\s(?P<whose>(?:[^\s“”\"]+\s){{0,3}}?)(?P<noun>{_NOUNS})(?:을|를|도|만)\s"
    r"(?:[^\s“”\"]+\s){0,2}$"
)
_MEANING = re.compile(
    r"\s(?P<noun>뜻|의사|계획|방침|의향|입장|생각)(?:을|를|도|임을)\s(?:[^\s“”\"]+\s){0,2}$"
)
_FINDING_OF = re.compile(r"(?:(?<=것)|(?<=점)|(?<=사실)|(?<=[음함임됨짐킴남]))을\s")
_FEW = 2  # words between `것을` and its verb
_FOUND_FACT = re.compile(
    rf"{_CLAUSE}\s(?:[^\s“”\"]+\s){{0,1}}?(?:사실|것|점)(?:을|도)\s(?:[^\s“”\"]+\s){{0,2}}$"
)
_OF = re.compile(rf"(?<=[가-힣)”\"]){ABOUT_PARTICLES}\s(?:[^\s“”\"]+\s)?$")
_POINTING = re.compile(r"(?:이렇게|이같이|이처럼|이와\s같이|다음과\s같이|이런)\s$")
_AGENTLESS = re.compile(
    rf"(?<![가-힣]){_FIRST_AGENTLESS}(?:"
    rf"(?P<past>{_any(AGENTLESS)})(?:다|습니다|었다|었습니다|지만|으며|으나|고(?=[\s,])|는데){_AFTER}|"
    rf"(?P<formal>{_any(AGENTLESS_FORMAL)})니다{_AFTER}|"
    rf"(?P<joined>{_any(AGENTLESS_JOINED)})"
    rf"(?:\s있(?:었|었었)?(?:다|습니다|지만|으나|으며|고|는데){_AFTER}|며(?=\s)|면서(?=\s)|(?=\s))|"
    rf"(?P<adnominal>알려진|전해진)(?=\s))"
)
_UNTO = re.compile(
    r"(?:(?<=것)(?P<thing>으로)|(?<=[다라])(?P<that>고)|"
    r"(?:(?<=[음함임됨])|(?<=것)|(?<=점)|(?<=사실))이|"
    # no adverb: `최초로`, `실제로`
    r"(?<=[가-힣\d)%])(?<!최초)(?<!실제)(?<!새)(?<!추가)(?<!적)(?<!처음)(?:으로|로)|"
    r"(?<=[가-힣])(?P<of>이|가|도))\s"
)
_EXPECTED = ("예상", "전망", "우려", "기대", "예측")
_ARISES = re.compile(
    rf"{_CLAUSE}\s(?P<whose>(?:[^\s“”\"]+\s){{0,4}}?)"
    rf"(?P<cue>(?P<noun>{_NOUNS})(?:이|가|도|은|는|들이|들도)\s(?:[^\s“”\"]+\s)?(?:{_any(ARISES)})){_AFTER}"
)
_CLOSES = re.compile(
    rf"{_CLAUSE}\s(?P<whose>(?:[^\s“”\"]+\s){{0,4}}?)"
    rf"(?P<cue>(?P<noun>{_any(CLOSING_NOUNS)})(?:이?다|입니다|이었다|였다|라고\s한다|이라고\s한다)){_AFTER}"
)
_EXPECTS = re.compile(
    rf"(?P<last>[가-힣])(?=\s)\s(?P<cue>{_any((*FORECASTS, *INTENTIONS))}){_AFTER}"
)
_FINAL_L = 8  # the final consonant of a syllable that is going to be


def predicates(words: str) -> list[Predicate]:
    """All that attributes in a sentence whose quoted words are masked, in text order."""
    found = [*_by_verb(words), *_agentless(words), *_by_noun(words)]
    found.sort(key=lambda p: (p.start, -p.stop))
    kept: list[Predicate] = []
    for each in found:
        if kept and each.start < kept[-1].stop:
            continue
        kept.append(each)
    return kept


def _by_verb(words: str) -> Iterator[Predicate]:
    for match in _VERB.finditer(words):
        found = _verb(words, match)
        if found is not None:
            yield found


def _base(table: dict[str, str], verb: str) -> str | None:
    """The past form of a verb of a table; None if its longest stem is that of another one."""
    for length in range(min(6, len(verb)), 0, -1):
        if verb[:length] in _STEMS:
            return table.get(verb[:length])
    return None


def _verb(words: str, match: re.Match[str]) -> Predicate | None:
    start, stop = match.span()
    low = max(0, start - _NEAR)
    verb = match.group()
    if match["adnominal"]:
        base = _base(_STRONG, verb) or verb
        found = _said(words, max(0, start - 8), start, stop, base, False)
        return found._replace(kind="adnominal") if found is not None else None
    if match["done"]:
        return _said(words, low, start, stop, "했다", True) if _ends_in_link(words, start) else None
    if match["set"]:
        said = _said(words, low, start, stop, verb, False)
        return said or (_pointing(words, start, stop, verb) if verb.startswith("말") else None)
    strong = _base(_STRONG, verb)
    if strong is not None:
        found = _said(words, low, start, stop, strong, True)
        found = _nearest(found, _noun(words, start, stop, strong))
        if found is None and not match["medial"]:
            found = _pointing(words, start, stop, strong)
        if found is None and strong[:-1] in ABOUT and not match["medial"]:
            found = _about(words, start, stop, strong)
        if found is not None and found.kind not in ("about", "pointing"):
            return found
        if strong not in _FOUND.values():
            return found
    base = _base(_THOUGHT, verb)
    if base is not None:
        seen = base == "봤다" and not match["medial"]
        found = _said(words, low, start, stop, base, seen)
        found = _nearest(found, None if seen else _noun(words, start, stop, base))
        if found is None and base[:-1] in ABOUT:
            found = _about(words, start, stop, base)
        return found
    base = _base(_FOUND, verb)
    if base is not None:
        return _finding(words, low, start, stop, base)
    base = _base(_GIVEN, verb)
    return _noun(words, start, stop, base) if base is not None else None


def _nearest(first: Predicate | None, second: Predicate | None) -> Predicate | None:
    if first is None or second is None:
        return first or second
    return first if first.link >= second.link else second


def _ends_in_link(words: str, start: int) -> bool:
    return words[max(0, start - 3) : start].rstrip()[-1:] in ("고", "며")


def _between(words: str, link: int, start: int) -> bool:
    between = words[link:start]
    return len(between.split()) <= _MOST_BETWEEN and not re.search(rf"[.“”\"{MASK}]", between)


def _said(words: str, low: int, start: int, stop: int, base: str, strong: bool) -> Predicate | None:
    """A verb behind `-고`, `-며`, a mark or `것으로`."""
    last: Predicate | None = None
    for link in _LINK.finditer(words, low, start):
        if _between(words, link.end(), start):
            mark = link["mark"] is not None
            end = link.start() + 1 if mark else link.start()
            last = Predicate("quote", end, link.end(), start, stop, base, strong, quoted=mark)
    for link in _THING.finditer(words, low, start):
        if _between(words, link.end(), start) and (last is None or link.start() > last.end):
            last = Predicate("thing", link.start(), link.end(), start, stop, base, strong)
    return last


def _noun(words: str, start: int, stop: int, base: str) -> Predicate | None:
    low = max(0, start - _PHRASE)
    found = _NOUN.search(words, low, start)
    if found is None:
        meant = _MEANING.search(words, low, start)
        if meant is None or not _is_coming(words[meant.start() - 1]):
            return None
        return Predicate("noun", meant.start(), meant.end("noun") + 1, start, stop, base)
    return Predicate(
        "noun", _clause_end(words, found.start()), found.end("noun") + 1, start, stop, base,
        modality=TELLING_NOUNS[found["noun"]] if found["noun"] in ("우려", "의혹", "추측") else "",
    )  # fmt: skip


def _clause_end(words: str, end: int) -> int:
    """Where a clause before `-는` or `-란` ends: `것이란` without its copula."""
    return end - 1 if words[end - 2 : end + 1] in ("것이란", "이이란") else end


def _is_coming(syllable: str) -> bool:
    return "가" <= syllable <= "힣" and (ord(syllable) - 0xAC00) % 28 == _FINAL_L


def _about(words: str, start: int, stop: int, base: str) -> Predicate | None:
    found = _OF.search(words, max(0, start - _PHRASE), start)
    if found is None:
        return None
    return Predicate("about", found.start(), found.start(), start, stop, base)


def _pointing(words: str, start: int, stop: int, base: str) -> Predicate | None:
    found = _POINTING.search(words, max(0, start - 12), start)
    if found is None:
        return None
    return Predicate("pointing", found.start(), found.start(), start, stop, base)


def _finding(words: str, low: int, start: int, stop: int, base: str) -> Predicate | None:
    low = max(low, start - _PHRASE)
    fact = _FOUND_FACT.search(words, low, start)
    if fact is not None:
        return Predicate("finding", fact.start(), fact.start(), start, stop, base)
    found = _last(_FINDING_OF, words, low, start)
    if found is not None:
        return Predicate("finding", found.start(), found.start(), start, stop, base)
    return _nearest(_noun(words, start, stop, base), _said(words, low, start, stop, base, False))


def _last(pattern: re.Pattern[str], words: str, low: int, start: int) -> re.Match[str] | None:
    """The match nearest before a verb, if no more than a few words stand between."""
    found = list(pattern.finditer(words, low, start))
    if not found:
        return None
    between = words[found[-1].end() : start]
    if len(between.split()) > _FEW or re.search(rf"[“”\"{MASK}]", between):
        return None
    return found[-1]


def _agentless(words: str) -> Iterator[Predicate]:
    for match in _AGENTLESS.finditer(words):
        start, stop = match.span()
        link = _last(_UNTO, words, max(0, start - _PHRASE), start)
        if link is None:
            continue
        stem = match["past"] or match["formal"] or match["joined"] or match["adnominal"]
        if link["of"] and not stem.startswith(_EXPECTED):
            continue
        if stem in ("보인", "보입") and not link["thing"]:
            continue
        if match["adnominal"] and not (link["that"] or link["thing"]):
            continue
        modality = AGENTLESS.get(stem) or AGENTLESS_FORMAL.get(stem) or AGENTLESS_JOINED[stem]
        sure = bool(match["past"] or match["formal"]) and not link["of"]
        yield Predicate(
            "agentless", link.start(), link.end(), start, stop, match.group(), sure, modality
        )


def _by_noun(words: str) -> Iterator[Predicate]:
    for pattern, kind in ((_ARISES, "arises"), (_CLOSES, "closing")):
        for match in pattern.finditer(words):
            noun = match["noun"]
            end = _clause_end(words, match.start())
            weak = kind == "closing" and noun in WEAK_CLOSINGS
            base = "" if weak else noun
            yield Predicate(
                kind, end, match.start(), *match.span("cue"), base, kind == "arises",
                TELLING_NOUNS.get(noun, ""), whose=match.span("whose"),
            )  # fmt: skip
    for match in _EXPECTS.finditer(words):
        if _is_coming(match["last"]):
            coming = match["cue"].startswith("전망")
            yield Predicate(
                "agentless" if coming else "closing", match.end("last"), match.end("last"),
                *match.span("cue"), "전망" if coming else "", False, "estimated" if coming else "",
            )  # fmt: skip
