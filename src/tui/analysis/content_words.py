"""The words of a text that tell what it is about, so that two texts can be compared by them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple
from unicodedata import normalize

from tui.analysis.telling_words import COUNTRIES, STOPS

Weigh = Callable[[str], float]  # how much a word tells: a rare one more

_WORD = re.compile(r"[가-힣]+|[^\W\d_가-힣]+(?:['’][a-z]+)?")
_BEGINS = re.compile(r"[.!?:“”\"‘]")


class Read(NamedTuple):
    """What a text holds of words that tell something, each as a term; `names` are among the terms.

    A name is a word with a capital, in a text that is not all shouted; `sure` are those that do
    not begin a sentence. `countries` are those of a list of the larger ones.
    """

    terms: frozenset[str]
    names: frozenset[str]
    sure: frozenset[str]
    countries: frozenset[str]


def read_words(text: str) -> Read:
    """The telling words of a text, folded, without their plural; of Korean ones all syllable pairs.

    Pairs of syllables find Korean words whatever particle they carry, without a dictionary.
    """
    found: set[str] = set()
    named: set[str] = set()
    countries: set[str] = set()
    sure: set[str] = set()
    text = normalize("NFC", text)
    shouted, before, end = text.isupper(), "", 0
    for match in _WORD.finditer(text):
        word, gap = match.group(), text[end : match.start()]
        begins, end = not end or _BEGINS.search(gap) is not None, match.end()
        if "가" <= word[0] <= "힣":
            found.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
            countries.add(_korean_country(word))
            before = ""
            continue
        folded = word.casefold().replace("’", "'").removesuffix("'s")
        capital = word[0].isupper()
        if capital:
            countries.add(_country(before, word, folded))
        before = folded
        if len(folded) > 2 and folded not in STOPS:
            term = _singular(folded)
            found.add(term)
            if capital and not shouted:
                named.add(term)
                if not begins:
                    sure.add(term)
    return Read(frozenset(found), frozenset(named), frozenset(sure), frozenset(countries - {""}))


def terms(text: str) -> frozenset[str]:
    """The terms of a text alone."""
    return read_words(text).terms


def _singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is"))
    return word[:-1] if plural else word


def _country(before: str, word: str, folded: str) -> str:
    """The country of a word with a capital, or of two words: `us` and `turkey` are none."""
    pair = _COUNTRY_OF.get(f"{before} {folded}", "")
    return pair or _COUNTRY_OF.get(
        word if word.isupper() and len(word) <= _ABBREVIATED else folded, ""
    )


def _korean_country(word: str) -> str:
    """The country that a Korean word begins with; a particle may follow."""
    heads = (word[:length] for length in range(min(len(word), _LONGEST_KOREAN), 1, -1))
    return next((_COUNTRY_OF[head] for head in heads if head in _COUNTRY_OF), "")


_ABBREVIATED = 3  # letters at most of a word such as `US`
_LONGEST_KOREAN = 5  # syllables of a country
_COUNTRY_OF = {word: country for country, words in COUNTRIES.items() for word in words.split(", ")}


def shared(one: frozenset[str], other: frozenset[str], weigh: Weigh) -> float:
    """How much of their words two texts share, from 0 to 1, each word by its weight (Dice).

    Sums run over sorted words, so that neither order nor process makes a difference.
    """
    both = sum(weigh(term) for term in sorted(one & other))
    every = sum(weigh(term) for term in sorted(one)) + sum(weigh(term) for term in sorted(other))
    return 2 * both / every if every else 0.0
