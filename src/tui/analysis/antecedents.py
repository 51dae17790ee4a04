"""Whom a pronoun or a lone surname means: the nearest it can, or nobody where that is in doubt."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tui.analysis.cue_words import (
    ANONYMOUS,
    ORGANISED,
    PLACES,
    PRONOUNS,
    ROLES,
)
from tui.analysis.english_cues import Cue
from tui.analysis.kinds import is_organisation, is_plural
from tui.analysis.noun_phrases import NounPhrase, subject
from tui.analysis.person_words import FEMALE, FEMALE_NAMES, MALE, MALE_NAMES, PERSONAL_TITLES
from tui.analysis.reading import HANGUL, LOOK_BACK, Reading

_NOMINATIVE = {
    "his": "he", "him": "he", "her": "she", "their": "they", "them": "they", "its": "it",
}  # fmt: skip
_NEAR = 20_000  # code points around a name in which its title is looked for
_SHORTEST, _LONGEST = 3, 8  # letters of an abbreviation: two fit too much
_SMALL = r"of\s|for\s|and\s|the\s|on\s|in\s|to\s"  # words that have no letter in it
_PERSONS = "|".join(sorted((ANONYMOUS | ROLES) - ORGANISED, key=len, reverse=True))
_PERSON = re.compile(
    rf"\b(?:{'|'.join(PERSONAL_TITLES)})\.?\s[A-Z]|\b[A-Z][a-z]+\s[A-Z][a-z]+(?!\w)"
    rf"|\b(?:the|an?|his|her|one|its|their)\s(?:[\w-]+\s){{0,2}}?(?:{_PERSONS})\b"
)
_BEGINS = re.compile(r"(?:(?:But|And|However|Earlier|Later),?\s)?(he|she)\s", re.IGNORECASE)
_WORD = re.compile(r"[^\W\d_][\w-]*")


def antecedent(reading: Reading, index: int, cue: Cue) -> tuple[str, str] | None:
    """The name and kind of the source that a cue's pronoun means, or None.

    A sentence between that speaks of another person whom the pronoun could mean ends the search.
    """
    assert cue.source is not None
    pronoun = cue.source.text.casefold()
    pronoun = _NOMINATIVE.get(pronoun, pronoun)
    if pronoun not in PRONOUNS:
        return None  # "I", "we"
    for before in range(index, max(-1, index - 1 - LOOK_BACK), -1):
        sentence = reading.outline.sentences[before]
        caption = reading.caption_of(sentence) if before < index else None
        if caption is not None:
            meant = _can_mean(reading, pronoun, caption.name, "named", person=True)
            return reading.named(caption.name)[:2] if meant else None
        if sentence.kind != "sentence":
            continue
        for source in _sources(reading, before, cue if before == index else None):
            name, kind, _ = reading.named(source.text)
            whole = _whole(reading, before, source)
            if _can_mean(reading, pronoun, name, kind, person=False, whole=whole):
                return None if _speaks_of(reading, index, pronoun, name) else (name, kind)
        if before < index and _in_doubt(reading, before, pronoun):
            return None
    return None


def _whole(reading: Reading, index: int, source: NounPhrase) -> str:
    """A source's phrase with what stands before its name: `father Giuseppe`."""
    words = reading.text_of(reading.outline.sentences[index])
    return words[source.first : source.end]


def _sources(reading: Reading, index: int, upto: Cue | None) -> Iterator[NounPhrase]:
    """The sources of a sentence, that of the main clause first, else whom it speaks of."""
    cues = [c for c in reading.cues(index) if c.source is not None and not c.agentless]
    if upto is not None:
        cues = [c for c in cues if c.start < upto.start]
    outer = [c for c in cues if c.position in ("mid", "tail")]
    for cue in (*reversed(outer), *(c for c in cues if c not in outer)):
        if cue.source is not None and not cue.source.pronoun:
            yield cue.source
    if not cues and upto is None:
        begun = subject(reading.text_of(reading.outline.sentences[index]))
        if begun is not None and not begun.pronoun:
            yield begun


def _in_doubt(reading: Reading, index: int, pronoun: str) -> bool:
    """Whether a sentence speaks of somebody whom no rule could name for `he` or `she`."""
    if pronoun not in ("he", "she"):
        return False
    words = reading.text_of(reading.outline.sentences[index])
    begun = _BEGINS.match(words)
    if begun is not None and begun[1].casefold() == pronoun:
        return False
    for found in _PERSON.finditer(words):
        person = found.group()
        if is_organisation(person) or is_plural(person) or person.casefold() in PLACES:
            continue
        if _gender(reading, person) in ("", pronoun):
            return True
    return False


def _speaks_of(reading: Reading, index: int, pronoun: str, name: str) -> bool:
    """Whether the pronoun's own sentence names the candidate: then it means somebody else."""
    if pronoun not in ("he", "she"):
        return False
    words = reading.outline.sentences[index].extent.of(reading.article.text)
    last = (_WORD.findall(name) or [""])[-1]
    return last[:1].isupper() and re.search(rf"\b{re.escape(last)}\b", words) is not None


def _can_mean(
    reading: Reading, pronoun: str, name: str, kind: str, *, person: bool, whole: str = ""
) -> bool:
    if kind == "document":
        return pronoun in ("it", "they")
    organisation = not person and is_organisation(name)
    plural = not person and is_plural(name)
    if pronoun in ("he", "she"):
        if _gender(reading, whole or name) not in ("", pronoun):
            return False
        return not organisation and not plural and kind != "collective"
    if pronoun == "it":
        return organisation and not plural
    return plural or organisation


def _gender(reading: Reading, name: str) -> str:
    """`he` or `she` by a title, a word or a given name, here or beside the surname elsewhere."""
    words = [w.casefold().removesuffix("'s") for w in _WORD.findall(name)]
    for word in words:
        if word in FEMALE or word in MALE:
            return "she" if word in FEMALE else "he"
    surname = (_WORD.findall(name) or [""])[-1]
    if surname[:1].isupper() and len(words) > 1:
        if words[-2] in FEMALE_NAMES or words[-2] in MALE_NAMES:
            return "she" if words[-2] in FEMALE_NAMES else "he"
        titled = re.compile(
            rf"\b(Mr|Sir|Lord|Mrs|Ms|Miss|Dame|Lady)\.?\s(?:[A-Z]\w+\s)?{re.escape(surname)}\b"
        )
        titles = {
            m[1] in ("Mr", "Sir", "Lord") for m in titled.finditer(reading.article.text[:_NEAR])
        }
        if len(titles) == 1:
            return "he" if titles.pop() else "she"
    return ""


def full_name(reading: Reading, index: int, name: str) -> str | None:
    """The one full name before that a lone surname is part of, or an abbreviation of."""
    if " " in name or HANGUL.search(name) or name.casefold() in PLACES:
        return None
    if name.isupper():
        return _spelled_out(reading, index, name)
    full = {c.name for c in reading.article.captions if name in c.name.split()}
    for before in range(index - 1, max(-1, index - 1 - 2 * LOOK_BACK), -1):
        if reading.outline.sentences[before].kind == "sentence":
            full |= {s.text for s in _sources(reading, before, None) if name in s.text.split()}
    full = {n for n in full if " " in n and not is_organisation(n)}
    return full.pop() if len(full) == 1 else None


def _spelled_out(reading: Reading, index: int, name: str) -> str | None:
    """The one name before whose words begin with the letters of an abbreviation: `NIS`."""
    if not _SHORTEST <= len(name) <= _LONGEST or not (name.isascii() and name.isalpha()):
        return None
    end = reading.outline.sentences[index].start
    words = rf"\s(?:{_SMALL})*".join(rf"{letter}[a-z][\w'’-]*" for letter in name)
    found = re.finditer(
        rf"(?<![\w-]){words}(?![\w-])", reading.article.text[max(0, end - _NEAR) : end]
    )
    full = {" ".join(match.group().split()) for match in found}
    return full.pop() if len(full) == 1 else None
