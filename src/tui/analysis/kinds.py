"""What kind of source a name or description is: named, role, collective, anonymous, document."""

from __future__ import annotations

import re

from tui.analysis.cue_words import (
    ANONYMOUS,
    COLLECTIVE,
    DOCUMENTS,
    ORGANISATION,
    ORGANISED,
    PLACES,
    ROLES,
)

_ARTICLES = ("the", "a", "an", "its", "his", "her", "their", "this", "that", "one", "another")
_LOW = re.compile(r"[^\W\d_][\w'’-]*")
_NAME = re.compile(r"[A-ZÀ-ÖØ-Þ][\w.'’-]*")
_CUT = re.compile(r"\s(?:of|in|at|for|from|with|to|on|who|that|which|familiar|close|by|near)\s|,")

_PERSONAL = ("Mr ", "Mr. ", "Mrs ", "Mrs. ", "Ms ", "Ms. ", "Dr ", "Dr. ", "Sir ", "Lord ", "Lady ")
_OTHERS = ("another", "one", "the other", "the second", "the first", "the third", "a second")
_PART_OF = re.compile(
    r"(?:one|two|three|four|five|several|some|many|most|both|neither|none|another|others|few|all|"
    r"either|each|half)\sof\s(?:the\s|these\s|his\s|her\s|its\s|their\s)?(.+)",
    re.IGNORECASE,
)


def kind_of(name: str) -> str:
    """The kind of a source by its words; one of the model's SOURCE_KINDS, `none` if empty."""
    words = " ".join(name.split())
    if not words:
        return "none"
    if re.search(r"[가-힣]", words):
        return _korean_kind(words)
    if words.casefold() in _OTHERS:
        return "anonymous"
    part = _PART_OF.match(words)
    if part is not None:
        return "anonymous" if part[1] in ("them", "those") else kind_of(part[1])
    head = _CUT.split(words, maxsplit=1)[0]
    tokens = [t.casefold().removesuffix("'s").removesuffix("’s") for t in _LOW.findall(head)]
    if not tokens:
        return "named"
    capitals = [t for t in _NAME.findall(head) if t.casefold() not in _ARTICLES]
    last = tokens[-1]
    if "-" in last and not any(last in nouns for _, nouns in _KINDS):
        last = last.rpartition("-")[2]  # co-chairman
    shouted = words.isupper() and len(words) > 5
    proper = head.split()[-1][:1].isupper() and not shouted
    body = last in ORGANISATION and len(capitals) > 1
    if proper and (body or (last not in ANONYMOUS and last not in COLLECTIVE)):
        return "named"
    for kind, nouns in _KINDS:
        if last in nouns:
            return kind
    if any(word in ANONYMOUS for word in tokens):
        return "anonymous"
    return "named" if capitals else "role"


_KINDS = (
    ("anonymous", ANONYMOUS),
    ("collective", COLLECTIVE),
    ("document", DOCUMENTS),
    ("role", ROLES),
)


def _korean_kind(words: str) -> str:
    from tui.analysis.korean_sources import korean_kind

    return korean_kind(words)


def is_plural(name: str) -> bool:
    """Whether the source is several, which `they` can mean."""
    head = _CUT.split(name, maxsplit=1)[0].casefold()
    last = (_LOW.findall(head) or [""])[-1]
    return (
        last in COLLECTIVE
        or last in ("authorities", "police", "people")
        or (last.endswith("s") and last in (ANONYMOUS | ROLES))
    )


def is_organisation(name: str) -> bool:
    """Whether the source is an organisation, a state or a document: `it`, or also `they`."""
    words = [w.casefold() for w in _LOW.findall(_CUT.split(name, maxsplit=1)[0])]
    if not words:
        return False
    last = words[-1].rpartition("-")[2]  # of `e-university` the part that tells
    if name.startswith(_PERSONAL):
        return False
    if name.startswith(("The ", "the ")) and kind_of(name) == "named":
        return True
    bare = name.removeprefix("the ").removeprefix("The ")
    if len(words) == 1 and (words[0] in PLACES or (bare.isupper() and len(bare) > 1)):
        return True
    organised = any(w in ORGANISATION for w in (*words, last))
    return organised or last in ORGANISED or last in DOCUMENTS
