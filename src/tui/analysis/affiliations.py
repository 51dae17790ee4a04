"""What a text says beside a source's name: a role, and whom the source speaks for."""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.analysis.cue_words import ORGANISATION, ROLES

_LONGEST = 90  # code points of what stands between a name and its verb
_BEFORE_VERB = re.compile(r"\s*,\s*([^,;:.“”\"()]+(?:,\s*[^\s,;:.“”\"()][^,;:.“”\"()]*)?),?\s*$")
_BEHIND = re.compile(r"\s*,\s*([^,;:.“”\"()]+)(?=[,.;])")
_FROM = re.compile(r"(?:of|from|for|with|representing)\s+(.+)", re.IGNORECASE)
_SPLIT = re.compile(r"\s+(?:of|at|for|from|with)\s+(?=(?:the\s+)?[A-Z])|,\s*(?=[A-Z])")
_WORD = re.compile(r"[^\W\d_][\w'’-]*")


class Standing(NamedTuple):
    """The role and the affiliation of a source, as the text words them; empty if it says none."""

    role: str = ""
    affiliation: str = ""


def standing_between(words: str) -> Standing:
    """What stands between a name and the verb behind it: `, chief economist at the Institute,`."""
    found = _BEFORE_VERB.fullmatch(words) if len(words) <= _LONGEST else None
    return _read(found[1]) if found is not None else Standing()


def standing_behind(words: str) -> Standing:
    """What follows a name that stands behind its verb: `said Ann Ahn, a spokeswoman.`."""
    found = _BEHIND.match(words[:_LONGEST])
    return _read(found[1]) if found is not None else Standing()


def _read(words: str) -> Standing:
    """A role and an affiliation; nothing unless a word says that it is one of the two."""
    words = " ".join(words.split())
    whole = _FROM.fullmatch(words)
    if whole is not None:
        return Standing("", _bare(whole[1])) if whole[1][:1].isupper() or _named(whole[1]) else NONE
    role, *rest = _SPLIT.split(words, maxsplit=1)
    if _is_role(role):
        return Standing(_bare(role), _bare(rest[0]) if rest else "")
    return Standing("", _bare(words)) if _named(words) and _is_body(words) else NONE


NONE = Standing()


def _is_role(words: str) -> bool:
    """Whether words name a function of a person, and not somebody or something by name."""
    tokens = [word.casefold() for word in _WORD.findall(words)]
    last = tokens[-1] if tokens else ""
    return (last in ROLES or last.rpartition("-")[2] in ROLES) and not _is_body(words)


def _is_body(words: str) -> bool:
    tokens = [word.casefold() for word in _WORD.findall(words)]
    return _named(words) and any(token in ORGANISATION for token in tokens)


def _named(words: str) -> bool:
    bare = re.sub(r"^(?:the|The)\s+", "", words)
    return bare[:1].isupper()


def _bare(words: str) -> str:
    """The words without the article before them."""
    return re.sub(r"^(?:the|a|an|its|their)\s+", "", words.strip(), flags=re.IGNORECASE)
