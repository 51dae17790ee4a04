"""What a proposal is like, in short words that a learner can weigh and an analyst can read.

Only what the proposal itself tells: how it is attributed, by what kind of word and source, how its
words stand, what is filled in. Nothing of other proposals or of the article as a whole. What is
most usual has no name (asserted, not quoted, a finite verb as the cue): it would only say again
what all proposals have in common.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from tui.analysis.attributing_words import ADJECTIVES, NOUNS, verb_of
from tui.analysis.suggestions import Suggestion
from tui.model.records import Hop, Phrase


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _words("he she they we i you it who which his her their its my our your him them us me")
# Words that tell by themselves what follows a cue; of all others only the kind is told.
_TELLING = _words(
    "the a an his her its their he she it they we i you that to of about for on in with at by as "
    "if how what why when whether and but or not no him them me us this these those there who"
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|do|does|did|should|been)\b"
    r"|['’](?:s|re|ve|ll|m|d)\s|n['’]t\b",
    re.IGNORECASE,
)
_HANGUL = re.compile(r"[가-힣]")
_NEXT = re.compile(r"\s*([\w’'-]+|[^\w\s])")
_QUOTES = '“”"「『‘'
_STEPS = 3  # hops of a chain that are told apart


class Features(Struct, frozen=True):
    """What a proposal is like: its rank by the rules, 0 to 1, and its features' names."""

    rank: float
    names: tuple[str, ...]


def features_of(suggestion: Suggestion) -> Features:
    """The features of a proposal, in an order that is always the same."""
    return Features(suggestion.points / 100, tuple(dict.fromkeys(_names(suggestion))))


def _names(suggestion: Suggestion) -> Iterator[str]:
    if suggestion.chain:
        hop = suggestion.chain[-1]
        yield from _of_cue(suggestion, hop.cue)
        yield from _of_source(hop)
    steps = sum(h.cue is not None and h.cue.span is not None for h in suggestion.chain)
    yield f"steps in the chain: {min(steps, _STEPS)}{'+' if steps >= _STEPS else ''}"
    yield from _of_words(suggestion)
    yield "a date" if suggestion.when is not None else "no date"
    yield "a figure" if suggestion.quantities else "no figure"
    if suggestion.modality != "asserted":
        yield f"modality: {suggestion.modality}"


def _of_cue(suggestion: Suggestion, cue: Phrase | None) -> Iterator[str]:
    """How the proposal is attributed: by which word, how sure that is, and where it stands."""
    yield "cue is sure" if suggestion.sure else "cue is loose"
    if not suggestion.place or cue is None:
        yield "no cue beside it"  # speech that goes on, a speaker's caption
        return
    word = " ".join(cue.text.casefold().replace("’", "'").split())
    yield f"cue: {verb_of(word)}"
    sort = _sort(word, sure=suggestion.sure)
    if sort:
        yield f"cue is {sort}"
    yield f"cue stands {_PLACES.get(suggestion.place, suggestion.place)}"
    if cue.span is not None:
        yield f"next word: {_following(cue.span.suffix)}"


_PLACES = {"lead": "before", "mid": "amid or behind", "tail": "behind", "inner": "inside"}


def _sort(word: str, *, sure: bool) -> str:
    """What kind of word a cue is; empty for a finite verb."""
    if not sure and word in NOUNS:
        return "a noun"
    if word in ADJECTIVES:
        return "an adjective"
    return "a participle" if word.endswith("ing") else ""


def _following(words: str) -> str:
    """The word behind a cue if it tells something, else what kind of word it is."""
    found = _NEXT.match(words)
    if found is None:
        return "none"
    word = found[1]
    if word.casefold() in _TELLING or not word[0].isalnum():
        return word.casefold()
    return "a name" if word[0].isupper() else "a number" if word[0].isdigit() else "a word"


_KINDS = {
    "anonymous": "source is anonymous",
    "collective": "source is a group",
    "document": "source is a document",
}


def _of_source(hop: Hop) -> Iterator[str]:
    words = hop.source.span.exact if hop.source.span is not None else hop.source.text
    if not words:
        yield "source is not given"
    elif words.casefold() in _PRONOUNS:
        yield "source is a pronoun"
    else:
        yield "source is a name" if words[0].isupper() else "source is a description"
    if hop.kind in _KINDS:
        yield _KINDS[hop.kind]
    if hop.source.text and hop.kind not in ("", "none", "anonymous"):
        yield f"source: {' '.join(hop.source.text.split())}"


def _of_words(suggestion: Suggestion) -> Iterator[str]:
    """How the words of the statement stand: quoted or not, with a verb or as a mere phrase."""
    first = suggestion.spans[0]
    quoted = first.prefix.rstrip()[-1:] in (*_QUOTES,) or any(c in first.exact for c in _QUOTES)
    if quoted:
        yield "quoted"
    if not any(_HANGUL.search(span.exact) for span in suggestion.spans):
        yield "has a verb" if _FINITE.search(first.exact) else "has no verb"
