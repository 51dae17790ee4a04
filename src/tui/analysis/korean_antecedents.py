"""Whom a Korean text means again: by a pronoun, a surname with a title, `연구팀`, or by nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tui.analysis.kinds import kind_of
from tui.analysis.korean_cues import all_korean_cues
from tui.analysis.korean_names import (
    BODIES_AGAIN,
    FIRM_AGAIN,
    NAMES_OF_STATES,
    PAPER_AGAIN,
    PERSONAL_PRONOUNS,
    PLURAL_PRONOUNS,
    TEAMS,
    UNNAMED,
)
from tui.analysis.korean_sources import (
    Parts,
    candidates,
    ends_before_name,
    is_body,
    is_person_name,
    is_title,
    parts_of,
    phrase_start,
)
from tui.analysis.korean_speakers import first_topic
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.quotations import MASK, quotations
from tui.analysis.reading import LOOK_BACK, Reading

_NEAR = 20_000  # code points before a name in which its whole form is looked for
_GIVEN = 8  # code points of a given name
_KOREAN_NAME = re.compile(r"(?<![가-힣])([가-힣]{2,3})(?=[\s(])")
_LAST_WORD = re.compile(r"(?<![가-힣])[가-힣]{1,7}$")
_BEHIND = re.compile(r"(?:\([^()]*\))?\s(?P<words>(?:[^\s“”\"]+\s?){1,6})")
_SILENT = 4  # sentences without any speaker over which one goes on speaking
_NO_FIRM = re.compile(
    r"(?:부|청|처|원|대|당|정부|경찰|검찰|국회|의회|위원회|협회|학회|연구소|대학|대학교|병원|재단|통신|신문|일보|"
    r"방송|타임스|저널|포스트|매체)$"
)
_PAPERS = re.compile(r"(?:통신|신문|일보|방송|타임스|저널|포스트|매체|학술지)$")


class Meant(NamedTuple):
    """Who is meant, as the text named him before."""

    name: str
    kind: str
    parts: Parts
    words: str


def meant_by(reading: Reading, index: int, source: NounPhrase) -> Meant | None:
    """Whom a pronoun or a description such as `회사 측` means, or None."""
    text = " ".join(source.text.split())
    if text in PERSONAL_PRONOUNS:
        return _before(reading, index, _can_be_he, source.start)
    if text in PLURAL_PRONOUNS:
        return _before(reading, index, lambda found: found.kind == "collective", source.start)
    spoken = text.replace(" ", "_")
    if _is_this(text):
        who = text.removeprefix("이 ")
        return _before(reading, index, lambda found: found.name.endswith(who))
    if spoken in FIRM_AGAIN:
        return _before(reading, index, _can_be_firm)
    if spoken in PAPER_AGAIN:
        return _before(reading, index, lambda found: _PAPERS.search(found.name) is not None)
    if spoken in (*TEAMS, *BODIES_AGAIN):
        return _team(reading, index, source, text)
    return None


def _is_this(words: str) -> bool:
    """Whether words point at an unnamed source of before: `이 소식통`."""
    return words.startswith("이 ") and words.endswith(UNNAMED)


def is_again(source: NounPhrase) -> bool:
    """Whether a phrase means only somebody of whom the text has spoken."""
    spoken = "_".join(source.text.split())
    return source.pronoun or spoken in (*FIRM_AGAIN, *PAPER_AGAIN)


def _can_be_he(found: Meant) -> bool:
    return found.parts.person or found.kind in ("anonymous", "role")


def _can_be_firm(found: Meant) -> bool:
    named = found.kind == "named" and not found.parts.person
    return named and _NO_FIRM.search(found.name) is None and found.name not in NAMES_OF_STATES


def speaker_before(reading: Reading, index: int) -> Meant | None:
    """Who goes on speaking in a sentence that names nobody."""
    words = reading.text_of(reading.outline.sentences[index])
    if words.lstrip('“"').startswith(MASK) and not words.startswith(("“", '"')):
        opened = _opener(reading, index)
        if opened is not None:
            return opened
    return _before(reading, index, lambda _: True, reach=_SILENT)


def _opener(reading: Reading, index: int) -> Meant | None:
    """Who stands before the quotation that a sentence goes on with."""
    sentence = reading.outline.sentences[index]
    for quote in quotations(reading.article, reading.outline, sentence.extent):
        if quote.start >= sentence.start:
            return None
        first = reading.sentence_at(quote.start)
        if first is None or first >= index:
            return None
        opening = reading.outline.sentences[first]
        return before_mark(reading, first, quote.start - opening.start)
    return None


def before_mark(reading: Reading, index: int, mark: int) -> Meant | None:
    """The speaker who stands before a mark in a sentence, worked out if it is a pronoun."""
    words = reading.text_of(reading.outline.sentences[index])
    found = [c for c in candidates(words, 0, mark) if c.topic or c.speaker]
    if not found:
        return None
    speakers = [c for c in found if c.speaker]
    source = (speakers or found)[0].phrase
    if is_again(source):
        return meant_by(reading, index, source)
    return as_meant(reading, index, source)


def as_meant(reading: Reading, index: int, source: NounPhrase) -> Meant:
    """A source's phrase as somebody who can be meant again, by his full name if there is one."""
    words = " ".join(source.text.split())
    parts = parts_of(words)
    name = parts.name.of(words)
    full = full_name(reading, index, name, parts.role) if parts.person else None
    known, kind, _ = reading.named(full or name)
    if kind == "named" and not parts.person:
        kind = kind_of(words)
    return Meant(known, kind, parts, words)


def _before(
    reading: Reading,
    index: int,
    fits: Callable[[Meant], bool],
    upto: int | None = None,
    reach: int = LOOK_BACK,
) -> Meant | None:
    for before in range(index, max(-1, index - 1 - reach), -1):
        if before == index and upto is None:
            continue
        sentence = reading.outline.sentences[before]
        caption = reading.caption_of(sentence) if before < index else None
        if caption is not None:
            name, kind, _ = reading.named(caption.name)
            return Meant(name, kind, Parts(parts_of(name).name, person=True), name)
        if sentence.kind != "sentence":
            continue
        for source in _spoken_of(reading, before, upto if before == index else None):
            found = as_meant(reading, before, source)
            if fits(found):
                return found
    return None


def _spoken_of(reading: Reading, index: int, upto: int | None) -> Iterator[NounPhrase]:
    """Who speaks in a sentence, the last one first; else whom it is about."""
    words = reading.text_of(reading.outline.sentences[index])
    cues = [c for c in all_korean_cues(words) if c.source is not None]
    if upto is not None:
        cues = [c for c in cues if c.end <= upto]
    found = [c.source for c in reversed(cues) if c.source is not None]
    if not cues and upto is None:
        topic = first_topic(words)
        found = [topic] if topic is not None else []
    yield from (source for source in found if not (is_again(source) or _is_this(source.text)))


def _team(reading: Reading, index: int, source: NounPhrase, text: str) -> Meant | None:
    """`연구팀` by its whole name, where the text gave one before."""
    same = text
    if text in TEAMS:
        same = "|".join(TEAMS)
    pattern = re.compile(rf"(?<=\s)(?:{same})(?=[은는이가도의을를에,\s])")
    for before in range(index, max(-1, index - 1 - LOOK_BACK), -1):
        sentence = reading.outline.sentences[before]
        words = reading.text_of(sentence)
        high = source.start if before == index else len(words)
        for found in reversed(list(pattern.finditer(words, 0, high))):
            start = phrase_start(words, 0, found.end())
            if start < found.start():
                phrase = NounPhrase(start, found.end(), words[start : found.end()], start)
                return as_meant(reading, before, phrase)
    return None


def full_name(reading: Reading, index: int, name: str, role: str) -> str | None:
    """The one full name before that a surname is part of: `김 박사`, `젤렌스키 대통령`."""
    surname, _, title = name.partition(" ")
    title = title or role
    if not title or is_person_name(surname) or not re.fullmatch(r"[가-힣]{1,6}", surname):
        return None
    end = reading.outline.sentences[index].end
    text = reading.article.text[max(0, end - _NEAR) : end]
    last = title.split()[-1]
    full: set[str] = set()
    if len(surname) == 1:
        full.update(_given_behind(text, surname, last))
    if not full:
        full.update(_given_before(text, surname, last))
    return full.pop() if len(full) == 1 else None


def _given_behind(text: str, surname: str, title: str) -> Iterator[str]:
    """The Korean names with a surname, before a title: `김하나 나루대 교수`."""
    for match in _KOREAN_NAME.finditer(text):
        name = match[1]
        named = name[0] == surname and is_person_name(name) and not is_title(name)
        if named and _is_titled(text, match.end(), title):
            yield name


def _given_before(text: str, surname: str, title: str) -> Iterator[str]:
    """The foreign names that end in a surname, before a title: `에바 린드 총리`."""
    at = text.find(f" {surname}")
    while at >= 0:
        given, end = _LAST_WORD.search(text, max(0, at - _GIVEN), at), at + 1 + len(surname)
        if given is not None and _is_titled(text, end, title):
            name = given.group()
            if not (is_body(name) or is_title(name) or ends_before_name(name)):
                yield f"{name} {surname}"
        at = text.find(f" {surname}", end)


def _is_titled(text: str, end: int, title: str) -> bool:
    """Whether a title stands not far behind a name."""
    found = _BEHIND.match(text, end)
    return found is not None and title in found["words"]
