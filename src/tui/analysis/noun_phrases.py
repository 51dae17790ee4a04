"""The words that name a source beside a cue, told from other words by form and by lists."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.analysis.cue_words import (
    ANONYMOUS,
    COLLECTIVE,
    DOCUMENTS,
    NOUN_TOO,
    ORGANISATION,
    PLACES,
    PRONOUNS,
    ROLES,
    SAYING,
    TITLES,
    WEAK,
)
from tui.analysis.phrase_words import (
    CONNECTORS,
    FINITE,
    NO_NAME,
    NO_START,
    PREPOSITIONS,
    QUANTIFIERS,
    SIMPLE_PAST,
)
from tui.analysis.quotations import MASK

_HEADS = ANONYMOUS | COLLECTIVE | DOCUMENTS | ROLES
_REACH = 240
_MAX_WORDS = 18


class NounPhrase(NamedTuple):
    """A source's words in a sentence. `first` is where its whole phrase begins, titles and all."""

    start: int
    end: int
    text: str
    first: int
    pronoun: bool = False
    sure: bool = False  # a name, or a phrase whose last word is a source's
    heads: bool = False


_MADE = ("conducted", "published", "commissioned", "compiled", "released", "obtained", "seen")
_BOUNDARY = re.compile(
    rf"[“”\"{MASK};:—()\[\]]|''|\s[–-]\s|,\s+(?:but|and|while|whereas|so|yet|or|although|though|because|as)\s|"
    r"\s(?:but|while|because|although|though|when|where|whether|whereas|that)\s|[.!?]\s+(?=[A-Z])",
    re.IGNORECASE,
)
_INITIAL = re.compile(
    r"(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Col|Lt|Capt|Sgt|St|Prof|Jr|Sr|U\.S|No)\.)$"
)
_LEADING = re.compile(
    r"(?:(?:but|and|so|yet|however|still|meanwhile|also|then|now|later|earlier|while|although|nor|"
    r"or|instead|separately|finally|moreover|indeed|today|yesterday|"
    r"on\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day|last\s+(?:week|month|year|night))\s+)+",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"(?:who|which|whose|whom|including)\s")
_RELATIVE = re.compile(r"\s(?:who|which|whose|whom)\s", re.IGNORECASE)
_TOKEN = re.compile(r"[^\s,]+")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’&-]*")
_ACRONYM = re.compile(r"[A-Z][A-Z.&-]{1,}")
_VERBS = FINITE | (frozenset((*SAYING, *WEAK)) - NOUN_TOO)
_STOP_AFTER = re.compile(
    rf"[,;:.!?()“”\"{MASK}—–](?:\s|$)|[“”\"{MASK};:—()]|\s(?:who|which|that|whose|where|when|after|before|"
    r"during|while|as|but|and\s+(?:said|that|was|were|had|has|added)|on\s+(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|\d)|"
    r"in\s+(?:an?|the|his|her|their|\d{4}|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\s|last\s|this\s(?:week|month|year|morning)|yesterday|today|tonight|"
    r"earlier|later|at\s+(?:a|the)\s|is|are|was|were|has|have|had|will|would|could|may|might|to|"
    r"adding|speaking|referring|published|released|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
)


def phrase_before(sentence: str, left: int, end: int) -> NounPhrase | None:
    """The source that ends just before `end`, looked for no further left than `left`."""
    low = max(left, end - _REACH)
    for found in _BOUNDARY.finditer(sentence, low, end):
        if found.group().strip() in (".", "!", "?") and _INITIAL.search(
            sentence[max(0, found.start() - 5) : found.start() + 1]
        ):
            continue
        if found.end() < end:
            low = found.end()
    words = sentence[low:end]
    trailing = words.rstrip()
    if trailing.endswith(","):
        return _before_apposition(sentence, low, low + len(trailing) - 1)
    if trailing.endswith((" -", " –", " —", "—")):
        dash = max(sentence.rfind(mark, left, low) for mark in (" - ", " – ", " — ", "—"))
        return phrase_before(sentence, left, dash) if dash > left else None
    segment = words.rfind(", ") + 2 if ", " in words else 0
    source = _phrase(sentence, low + segment, end)
    if source is None:
        return _behind_adjunct(sentence, low + segment, end)
    return _affiliated(sentence, low, low + segment, source) if segment else source


def _before_apposition(sentence: str, low: int, end: int) -> NounPhrase | None:
    """The source before `, who ...,` or `, a researcher,`; or the name that stands in commas."""
    cuts = [m.start() for m in re.finditer(r",\s", sentence[low:end])]
    if not cuts:
        return None
    starts = [low, *(low + cut + 2 for cut in cuts)]
    ends = [*(low + cut for cut in cuts), end]
    inner = _phrase(sentence, starts[-1], ends[-1])
    clause = max((k for k, s in enumerate(starts) if k and _CLAUSE.match(sentence, s)), default=0)
    if clause:  # "which was paid for by the port, the council and the union,"
        starts, ends, inner = starts[: clause + 1], ends[: clause + 1], None
    for start, stop in reversed(list(zip(starts[:-1], ends[:-1], strict=True))):
        outer = _phrase(sentence, start, stop)
        if outer is None:
            continue
        if inner is not None and _is_person(inner.text) and not _is_person(outer.text):
            return inner._replace(first=outer.first)
        return outer
    return None


_OPENING = 5  # code points that a conjunction before the first word may take
_ADJUNCT = re.compile(
    r"(?:(?:in|on|at|during|after|before|for|from|with|under|to)|[a-z]+ing)\s", re.IGNORECASE
)
_LAST_SUBJECT = re.compile(
    r".*\s((?:the|an?|his|her|its|their)(?:\s[\w'’-]+){1,4}"
    r"|(?:Mr|Mrs|Ms|Dr|Sir)\.?(?:\s[A-Z][\w-]+){1,2})\s*"
)


def _behind_adjunct(sentence: str, start: int, end: int) -> NounPhrase | None:
    """The source behind `In its report` or `Opening the port`, where no comma parts them."""
    while start < end and sentence[start].isspace():
        start += 1
    if start > _OPENING or not _ADJUNCT.match(sentence, start, end):
        return None
    words = sentence[start:end].split()
    if len(words) > 14 or any(w.casefold() in _VERBS or MASK in w for w in words):
        return None
    found = _LAST_SUBJECT.fullmatch(sentence, start, end)
    if found is None:
        return None
    source = _phrase(sentence, found.start(1), found.end(1))
    if source is None or not source.sure or source.first != found.start(1):
        return None
    inner = source.text.casefold().split()
    return None if any(w in PREPOSITIONS for w in inner) else source


def _affiliated(
    sentence: str, low: int, start: int, source: NounPhrase | None
) -> NounPhrase | None:
    """Of `Colm Reyes, Harbour Union said` the person, not whom the person belongs to."""
    if source is None or source.pronoun or _is_person(source.text):
        return source
    if source.text.split()[0].casefold() in ("the", "a", "an") and source.first == source.start:
        return source
    before = sentence.rfind(", ", low, start - 2)
    person = _phrase(sentence, before + 2 if before >= 0 else low, start - 2)
    if person is None or person.text.isupper() or not _is_person(person.text):
        return source
    return person


def _is_person(text: str) -> bool:
    tokens = text.split()
    return (
        len(tokens) > 1
        and all(_NAME.fullmatch(t) for t in tokens)
        and (not any(t.casefold() in ORGANISATION for t in tokens))
    )


def phrase_after(
    sentence: str, start: int, *, end: int | None = None, alone: bool = False
) -> NounPhrase | None:
    """The source that begins just after `start`; `alone` looks for no name behind a comma."""
    stop = len(sentence) if end is None else end
    first = start
    while first < stop and sentence[first].isspace():
        first += 1
    last = min(stop, first + _REACH)
    position = first
    while (found := _STOP_AFTER.search(sentence, position, last)) is not None:
        if found.group()[0] == "." and _INITIAL.search(sentence[first : found.start() + 1]):
            position = found.end()
            continue
        last = found.start()
        break
    source = _phrase(sentence, first, last)
    if source is None or alone or end is not None:
        return source
    return _named_behind(sentence, source)


def _named_behind(sentence: str, source: NounPhrase) -> NounPhrase:
    """Of `its chairman, Barry Sheerman.` the name."""
    if source.pronoun or _NAME.match(source.text.split()[-1]):
        return source
    found = re.compile(r",\s+").match(sentence, source.end)
    if found is None:
        return source
    stop = _STOP_AFTER.search(sentence, found.end(), found.end() + 60)
    last = stop.start() if stop else min(len(sentence), found.end() + 60)
    named = _phrase(sentence, found.end(), last)
    if named is not None and _is_person(named.text):
        return named._replace(first=source.first)
    return source


def subject(sentence: str) -> NounPhrase | None:
    """The person that a sentence begins with, if it does: `The official was blunter`."""
    found = _SUBJECT.match(sentence[:120])
    if found is None or found[1].endswith(("ing", "ed")):
        return None
    return _phrase(sentence, found.start(1), found.end(1))


_SUBJECT = re.compile(
    r"(?:(?:But|And|However|Meanwhile|Later|Earlier),?\s)?"
    r"((?:(?:The|A|An|One|Another)\s)?+[\w'’-]+(?:\s[\w'’-]+){0,5}?)"
    r"(?:,\s(?:who|a|an|the|whose|of|from|head|chief)\s|\s(?:who|also|sees|expects|wants|"
    rf"{'|'.join(sorted(SIMPLE_PAST))}|[a-z]{{2,}}ed)\b)"
)


def _phrase(sentence: str, start: int, end: int) -> NounPhrase | None:
    while start < end and sentence[start].isspace():
        start += 1
    leading = _LEADING.match(sentence, start, end)
    if leading is not None and leading.end() < end:
        start = leading.end()
    relative = _RELATIVE.search(sentence, start, end)
    if relative is not None:
        end = relative.start()
    tokens = list(_TOKEN.finditer(sentence, start, end))
    if not tokens or len(tokens) > _MAX_WORDS or "," in sentence[start : tokens[-1].end()]:
        return None
    words = [t.group() for t in tokens]
    folded = [w.casefold().rstrip(".") if len(w) > 3 else w.casefold() for w in words]
    first, last = tokens[0].start(), tokens[-1].end()
    if folded[0] in PRONOUNS and len(words) == 1:
        return NounPhrase(first, last, words[0], first, pronoun=True)
    if (
        folded[0] in NO_START
        or any(MASK in w for w in words)
        or any(_is_verb(words, folded, i) for i in range(len(words)))
        or (not words[-1][-1].isalnum() and (not words[-1].endswith(".")))
    ):
        return None
    named = _named(words, folded)
    if named is not None:
        start = tokens[named].start()
        if named and words[named - 1] == "The" and tokens[named - 1].start() > 3:
            start = tokens[named - 1].start()  # inside a sentence it is part of the name
        last = _without_place(tokens[named:], last)
        return NounPhrase(start, last, sentence[start:last], first, sure=True)
    base = next((i for i, w in enumerate(folded) if w in PREPOSITIONS and i), len(words))
    if base > 1 and folded[base - 1] in _MADE:
        base -= 1
    if not _described(words, folded, base):
        return None
    head = _is_office(folded[base - 1])
    return NounPhrase(first, last, sentence[first:last], first, sure=head, heads=head)


def _is_verb(words: list[str], folded: list[str], i: int) -> bool:
    """Whether a word is a verb; inside a name `May` and `Will` are none."""
    if folded[i] not in _VERBS:
        return False
    word = words[i]
    return not (i and len(words) <= 6 and word.istitle() and words[i - 1][:1].isupper())


def _may_name(words: list[str], folded: list[str], i: int) -> bool:
    """Whether a word can be part of a name; `Today` only behind another: `News Today`."""
    if not _NAME.fullmatch(words[i]):
        return False
    if folded[i] not in NO_NAME:
        return True
    behind = i > 0 and _NAME.fullmatch(words[i - 1]) and folded[i - 1] not in NO_NAME
    return bool(behind) and folded[i].removesuffix("'s") in ("today", "now", "sunday")


def _named(words: list[str], folded: list[str]) -> int | None:
    """The index at which a name begins that all the words up to their end are of, or None."""
    begin = len(words)
    while begin > 0:
        if _may_name(words, folded, begin - 1) or (
            folded[begin - 1] in CONNECTORS
            and begin < len(words)
            and begin > 1
            and _NAME.fullmatch(words[begin - 2])
        ):
            begin -= 1
        elif (
            folded[begin - 1] == "the"
            and begin > 2
            and folded[begin - 2] in ("of", "for", "and", "in", "on")
            and _NAME.fullmatch(words[begin - 3])
        ):
            begin -= 2
        else:
            break
    if begin == len(words):
        return None
    if folded[begin] in ("the", "a", "an") and begin + 1 < len(words):
        begin += 1
    before = [
        w for w in folded[:begin] if w not in ("the", "a", "an", "its", "his", "her", "their")
    ]
    if before and not (_is_office(before[-1]) or before[-1].endswith("-")):
        person = _is_person(" ".join(words[begin:]))
        if not (person and _speaks_for(words, before, begin)):
            return None
    if any(w in PREPOSITIONS for w in before) and not _speaks_for(words, before, begin):
        return None
    return _without_title(words, folded, begin)


def _speaks_for(words: list[str], before: list[str], begin: int) -> bool:
    """Whether a person's name stands behind an office: `spokeswoman for women Ann Lee`."""
    at = next((i for i, w in enumerate(before) if w in PREPOSITIONS), 0)
    if not at or before[at - 1] not in _HEADS | TITLES or before[at] not in ("for", "on", "of"):
        return False
    inner = before[at + 1 :]
    return bool(inner) and inner[-1] not in PREPOSITIONS and _is_person(" ".join(words[begin:]))


def _without_place(tokens: list[re.Match[str]], last: int) -> int:
    """Where the name ends in `Claire Ostrander of the Institute`, `the Service in Seoul`."""
    words = [t.group() for t in tokens]
    folded = [w.casefold() for w in words]
    for i in range(1, len(words) - 1):
        if folded[i] not in ("of", "from", "at", "in", "for"):
            continue
        person = i > 1 and not any(w in ORGANISATION or w in TITLES for w in folded[:i])
        person = person and all(_NAME.fullmatch(w) for w in words[:i])
        if person or (folded[i] == "in" and folded[i + 1] in PLACES):
            return tokens[i - 1].end()
    return last


def _without_title(words: list[str], folded: list[str], begin: int) -> int | None:
    if words[begin][0].isupper() and folded[begin] == "the":
        begin += 1
    if begin == len(words):
        return None
    if folded[-1] in TITLES | ANONYMOUS | COLLECTIVE and not words[-1].isupper():
        return None if folded[-1] not in TITLES else begin
    titled = [
        i
        for i in range(begin, len(words))
        if folded[i] in TITLES and (i + 1 == len(words) or folded[i + 1] not in PREPOSITIONS)
    ]
    if titled and len(words) - titled[-1] > 2 and not _organised(folded[begin:]):
        return titled[-1] + 1
    owner = next((i for i in range(begin, len(words)) if words[i].endswith(("'s", "’s"))), None)
    if owner is not None and len(words) - owner > 2:
        return owner + 1
    return begin


def _is_office(word: str) -> bool:
    """Whether a common noun, or the last part of a compound, is a source's: `co-chairman`."""
    if word in _HEADS or word in TITLES:
        return True
    last = word.rpartition("-")[2]
    return last in _HEADS or (last.endswith("s") and last[:-1] in ROLES)


def _organised(folded: list[str]) -> bool:
    return any(w in ORGANISATION for w in folded)


def _described(words: list[str], folded: list[str], base: int) -> bool:
    """Whether words such as `a government official in Seoul` describe a source."""
    if base == 0 or base > 10:
        return False
    head = folded[base - 1]
    if folded[0] in QUANTIFIERS and base == 1:
        whole = folded[-1] in _HEADS or folded[-1] in ("them", "those")
        return (len(words) > 2 and folded[1] == "of" and whole) or head == "others"
    if _is_office(head) or head.removesuffix("'s") in PLACES:
        return True
    return folded[0] == "the" and head in ("second", "other", "first", "third", "latter")
