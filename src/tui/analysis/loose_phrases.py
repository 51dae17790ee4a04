"""Subjects found by where they stand: for proposals, where a wrong edge costs a glance."""

from __future__ import annotations

import re

from tui.analysis.attributing_words import PLAIN, WITH_ANYTHING
from tui.analysis.cue_words import NOUN_TOO, PRONOUNS, SAYING, WEAK
from tui.analysis.noun_phrases import NounPhrase
from tui.analysis.phrase_words import FINITE, NO_START, SIMPLE_PAST
from tui.analysis.quotations import MASK


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_REACH = 200  # code points in which a subject is looked for
_LONGEST = 14  # words of a subject
_HARD = re.compile(rf"[;:“”\"{MASK}()—\[\]]|\s[–-]\s")
_TOKEN = re.compile(r"[^\s,]+")
_VERBS = (
    FINITE
    | SIMPLE_PAST
    | _words("will would could can may might must should to not n't also never")
    | (frozenset((*SAYING, *WEAK)) - NOUN_TOO)
    | (WITH_ANYTHING - PLAIN - NOUN_TOO)
)
_STOPPERS = (NO_START - {"of", "in", "at", "for", "with", "on", "by"}) | _words(
    "because while although though since unless before after than and but or so yet"
)
_RELATIVE = re.compile(r",?\s+(?:who|which|that)\s*$")
_COORDINATED = re.compile(r"(?:\b(?:and|or|but|then)|,)\s*$")
_LEADING = re.compile(
    r"\s*(?:(?:and|but|so|yet|still|however|meanwhile|also|then|now|later|earlier|indeed|instead|"
    r"though|while|when|if|as|because|although|after|before|since|that)\b,?\s*)*",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    r"(?:in|on|at|during|after|before|for|from|with|under|by|as|when|while|if|since|although|though|"
    r"despite|asked|according|speaking|to|once|until|beyond|inside|amid|among|like|unlike|given|"
    r"because|[A-Za-z]+ly|[A-Za-z]+ing)\b[^,]{0,120},\s+",
    re.IGNORECASE,
)
_NEAREST = re.compile(r"\s(?:from|by|with|to|against|about)\s")
_PREPOSITION = re.compile(r"(?:of|in|on|at|for|with|by|from|to|as|like)\s", re.IGNORECASE)
_PRONOUNS = (*PRONOUNS, "i", "we", "you", "who", "him", "her", "them", "me", "us")
_ARTICLES = _words("the a an his her its their this that these those several many some other")
_JOINING = _words("but and yet so or nor")
_NO_SUBJECT = _words(
    "it there this that what which it's there's that's whatever whoever neither nothing nobody"
)
_BEFORE_VERB = _words(
    """
    long ever already never not also just only still now often even both all always once then
    later first again soon since rightly began begun begins started starts continued continues
    has have had is are was were be been being will would could can may might must should did do
    does to n't
    """
)


def loose_subject(sentence: str, left: int, end: int) -> NounPhrase | None:
    """The words before a verb that seem to be its subject; offsets in the sentence."""
    low = max(left, end - _REACH)
    for found in _HARD.finditer(sentence, low, end):
        if found.end() < end - 1:
            low = found.end()
    words = sentence[low:end].rstrip()
    relative = _RELATIVE.search(words)
    if relative is not None:
        return _relative(sentence, low, low + relative.start(), low + relative.end())
    if words.endswith(","):
        cut = words.rfind(",", 0, len(words) - 1)
        inner = _before(sentence, low, low + cut) if cut > 0 else None
        return inner or main_subject(sentence, end)
    if _COORDINATED.search(words) or not words:
        return main_subject(sentence, end)
    return _before(sentence, low, low + len(words)) or main_subject(sentence, end)


def _relative(sentence: str, low: int, stop: int, end: int) -> NounPhrase | None:
    """The `who` of a relative clause, with the words that it stands for as its text."""
    pronoun = re.compile(r"\w+\s*$").search(sentence, max(low, end - 8), end)
    meant = _before(sentence, low, stop)
    if meant is None or pronoun is None:
        return meant
    start = pronoun.start()
    nearest = [m.end() for m in _NEAREST.finditer(meant.text)]
    meant = meant._replace(text=meant.text[nearest[-1] :]) if nearest else meant
    return meant._replace(start=start, end=start + len(pronoun.group().rstrip()), first=start)


def _before(sentence: str, low: int, end: int) -> NounPhrase | None:
    """The run of words up to `end` in which no verb and no conjunction stands."""
    tokens = list(_TOKEN.finditer(sentence, low, end))
    while tokens and _goes_with_verb(tokens[-1].group()):
        tokens.pop()
    first = len(tokens)
    while first > 0:
        word = tokens[first - 1].group()
        if first < len(tokens) and "," in sentence[tokens[first - 1].end() : tokens[first].start()]:
            break
        if _stops(word) and not _joins(tokens, first - 1):
            break
        captured = first < len(tokens) and _PREPOSITION.match(f"{tokens[first].group()} ")
        if _past(tokens, first - 1) and not captured:  # "soldiers captured in Kursk"
            break
        first -= 1
    return _phrase(sentence, tokens[first:])


def _goes_with_verb(word: str) -> bool:
    return word in _BEFORE_VERB or word.endswith(("ly", "n't", "n’t"))


def _stops(word: str) -> bool:
    bare = word.casefold().strip(".'’")
    return (bare in _VERBS or bare in _STOPPERS) and not word[:1].isupper()


def _past(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether a word with -ed is the verb of a clause; behind an article it is none."""
    word = tokens[index].group()
    if not word.endswith("ed") or not word.islower() or index == 0:
        return False
    return tokens[index - 1].group().casefold() not in _ARTICLES


def _joins(tokens: list[re.Match[str]], index: int) -> bool:
    """Whether `and` stands between two names or plural nouns."""
    if tokens[index].group() not in ("and", "or") or not 0 < index < len(tokens) - 1:
        return False
    before, after = tokens[index - 1].group(), tokens[index + 1].group()
    return before[0].isupper() == after[0].isupper() and not _stops(before)


def _phrase(sentence: str, tokens: list[re.Match[str]]) -> NounPhrase | None:
    while len(tokens) > 1 and tokens[0].group().casefold() in _JOINING:
        tokens = tokens[1:]
    while len(tokens) > 1 and _PREPOSITION.match(sentence, tokens[0].start()):
        pronoun = tokens[-1].group().casefold() in PRONOUNS
        names = [i for i, t in enumerate(tokens) if t.group()[0].isupper() and i]
        tokens = tokens[-1:] if pronoun else tokens[names[-1] :] if names else tokens[1:]
    while tokens and tokens[-1].group().endswith("ly") and tokens[-1].group().islower():
        tokens = tokens[:-1]
    if not tokens or len(tokens) > _LONGEST:
        return None
    start, end = tokens[0].start(), tokens[-1].end()
    if sentence[end - 1] == ")" and "(" not in sentence[start:end]:
        end -= 1  # "the authority (QCA) told"
    text = sentence[start:end]
    if _PREPOSITION.fullmatch(f"{text} "):
        return None
    lowest = tokens[0].group().casefold().replace("’", "'")
    if MASK in text or lowest in _NO_SUBJECT or not text[:1].isalnum():
        return None
    return NounPhrase(start, end, text, start, pronoun=text.casefold() in _PRONOUNS)


def main_subject(sentence: str, end: int) -> NounPhrase | None:
    """The words that a sentence's main clause begins with, up to its first verb before `end`.

    A colon, a dash or a quotation before `end` begins it anew, if a subject stands behind them.
    """
    marks = [m.end() for m in _HARD.finditer(sentence, 0, end)]
    for low in (*marks[-1:], 0):
        found = _clause_subject(sentence, low, end)
        if found is not None:
            return found
    return None


def _clause_subject(sentence: str, low: int, end: int) -> NounPhrase | None:
    start = _LEADING.match(sentence, low, end).end()  # pyright: ignore[reportOptionalMemberAccess]
    for _ in range(2):
        adjunct = _ADJUNCT.match(sentence, start, end)
        if adjunct is None:
            break
        start = adjunct.end()
    stop = min(end, start + _REACH)
    hard = _HARD.search(sentence, start, stop)
    stop = hard.start() if hard is not None else stop
    tokens: list[re.Match[str]] = []
    for token in _TOKEN.finditer(sentence, start, stop):
        if tokens and "," in sentence[tokens[-1].end() : token.start()]:
            break
        if _stops(token.group()) and token.group() != "and":
            break
        if tokens and (token.group() in ("who", "which") or token.group() in _BEFORE_VERB):
            break
        if _past([*tokens, token], len(tokens)):
            break
        tokens.append(token)
    while tokens and tokens[-1].group().casefold() in ("and", "also", "then"):
        tokens.pop()
    return _phrase(sentence, tokens)


def loose_after(sentence: str, start: int) -> NounPhrase | None:
    """The words behind `by` up to a comma, a verb or the end."""
    tokens: list[re.Match[str]] = []
    hard = _HARD.search(sentence, start)
    stop = min(hard.start() if hard is not None else len(sentence), start + _REACH)
    for token in _TOKEN.finditer(sentence, start, stop):
        if tokens and "," in sentence[tokens[-1].end() : token.start()]:
            break
        if _stops(token.group()) and token.group() != "and":
            break
        if tokens and token.group().casefold() in ("on", "in", "at", "for", "who", "which", "as"):
            break
        tokens.append(token)
        if token.group()[-1] in ".!?" and len(token.group()) > 3:
            break
    if not tokens or len(tokens) > _LONGEST:
        return None
    end = tokens[-1].end()
    while end > tokens[-1].start() + 1 and sentence[end - 1] in ".!?":
        end -= 1
    first = tokens[0].start()
    text = sentence[first:end]
    return NounPhrase(first, end, text, first, pronoun=text.casefold() in _PRONOUNS)
