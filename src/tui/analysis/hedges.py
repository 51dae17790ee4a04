"""How the text puts it: the modality of a statement and the words that hedge it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tui.analysis.cue_words import (
    ABILITY,
    DENYING,
    DENYING_KOREAN,
    ESTIMATING,
    ESTIMATING_KOREAN,
    HEDGES,
    KOREAN_HEDGES,
)
from tui.model.records import Phrase
from tui.model.spans import Extent, select


def _any(words: Sequence[str]) -> str:
    return "|".join(
        re.escape(w).replace(r"\ ", r"\s{1,3}") for w in sorted(words, key=len, reverse=True)
    )


_HEDGE = re.compile(rf"(?<![\w])(?:{_any(tuple(HEDGES))})(?![\w])", re.IGNORECASE)
_KOREAN_HEDGE = re.compile(_any(tuple(KOREAN_HEDGES)))
_NEGATION = re.compile(r"\s*(?:not|n['’]t|never)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+(?:(?:also|soon|still|well|even|then|only|easily|now)\s+)?([^\W\d_]+)")
_MEASURED = re.compile(r"\b(?:too|so|how|less)\s+$", re.IGNORECASE)
_COUNTERFACTUAL = re.compile(r"\s+have\b", re.IGNORECASE)
# What a statement that denies something ends with: `사실이 아니라`, `그런 적 없다`.
_DENIAL = re.compile(
    r"(?P<words>(?:사실|진실)(?:이|은)?\s?(?:전혀\s)?아니|사실(?:과|하고)\s(?:전혀\s)?다르|사실무근|"
    r"근거(?:가|는)?\s(?:전혀\s)?없|(?:그런|한|본|준|받은)\s(?:적|일)(?:이|은|도)?\s(?:전혀\s)?없|"
    r"계획(?:이|은)?\s없|(?:것은|것이|가|이|은|는)\s아니)(?:다|라|라는 것|습니다|었다)?[”\"’.\s]*$"
)
_RANKS = ("possible", "estimated", "reported")


def find_hedges(text: str, extent: Extent) -> list[tuple[str, Extent]]:
    """The modality and place of each hedge in a range of a text, in order."""
    found: list[tuple[str, Extent]] = []
    for match in _HEDGE.finditer(text, extent.start, extent.end):
        words = " ".join(match.group().casefold().split())
        if not _is_hedge(text, match, words):
            continue
        found.append((HEDGES[words], Extent(*match.span())))
    if re.compile(r"[가-힣]").search(text, extent.start, extent.end):
        found.extend(
            (KOREAN_HEDGES[match.group()], Extent(*match.span()))
            for match in _KOREAN_HEDGE.finditer(text, extent.start, extent.end)
        )
    return sorted(found, key=lambda hedge: hedge[1])


def _is_hedge(text: str, match: re.Match[str], words: str) -> bool:
    if words == "may" and match.group()[0] == "M" and match.start() > 0:
        return text[match.start() - 2 : match.start()] in (". ", "\n\n")
    before = text[max(0, match.start() - 8) : match.start()]
    if words in ("likely", "unlikely") and _MEASURED.search(before):
        return False
    if words in ("could", "might") and _COUNTERFACTUAL.match(text, match.end()):
        return re.search(r"\b(?:that|which|who)\s+$", before) is None
    if words not in ("could", "may", "might"):
        return not (words in ("estimate", "estimates") and text.endswith("the ", 0, match.start()))
    if text[max(0, match.start() - 4) : match.start()].casefold() == "nor ":
        return False
    if words == "could" and _NEGATION.match(text, match.end()):
        return False
    if words == "could":
        following = _NEXT_WORD.match(text, match.end())
        return following is None or following[1].casefold() not in ABILITY
    return True


def modality_of(
    text: str, extents: Sequence[Extent], cue: str, agentless: tuple[str, Extent] | None
) -> tuple[str, Phrase | None]:
    """The modality of what is said in the extents under a cue, and the hedge that makes it so.

    A denial comes before all; then what is possible, estimated, reported.
    """
    found = [hedge for extent in extents for hedge in find_hedges(text, extent)]
    if agentless is not None and not any(h[1].meets(agentless[1]) for h in found):
        found.append(agentless)
    verb = cue.casefold()
    if verb in DENYING or verb in DENYING_KOREAN:
        return "denied", None
    denial = _denial(text, extents)
    if denial is not None:
        return "denied", denial
    for rank in _RANKS:
        for modality, place in found:
            if modality == rank:
                return rank, Phrase(place.of(text), select(text, place.start, place.end))
        if rank == "estimated" and (verb in ESTIMATING or verb in ESTIMATING_KOREAN):
            return rank, None
    return "asserted", None


def _denial(text: str, extents: Sequence[Extent]) -> Phrase | None:
    """The words at the end of what is said that deny it, in Korean."""
    for extent in extents:
        found = _DENIAL.search(text, max(extent.start, extent.end - 24), extent.end)
        if found is not None:
            return Phrase(found["words"], select(text, *found.span("words")))
    return None
