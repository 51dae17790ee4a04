"""Sentences: where one ends, by rules for news in English and Korean.

Every run of end marks is looked at once, with what stands before and behind it, so the time is
linear in the text.
"""

from __future__ import annotations

import re

from tui.articles.blocks import paragraphs
from tui.articles.words import BEFORE_FIGURES, MAYBE_LAST, STARTERS, TITLES
from tui.model.spans import Extent

# An end mark or several, closing quotes and brackets, white space, opening quotes and brackets.
_END = re.compile(
    r"[.!?…。！？]++(?P<closed>[\"'”’)\]}»」』》〉*_]*+)(?P<gap>\s*+)[\"'“‘(\[{«「『《〈*_]*+"
)
_LONGEST_WORD = 40

_SAYING = re.compile(
    r"(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|asks|told|wrote|writes|added|adds|replied|tweeted"
    r"|shouted|cried|exclaimed|recalled|noted|commented|wondered)\b"
)
_ACRONYM = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$|[Pp]h\.?D$")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
# iPhone, and addresses: a sentence may begin with such small letters.
_BRAND = re.compile(r"[a-z]{1,5}[A-Z]|https?://")
_SHORT = 400  # code points of a paragraph that may be the caption of a picture
_CREDIT = re.compile(r"(?<=[^\s:(])\s+(?=(?:Image|Photo|Photograph|Picture|Credit)s?: \S)")
_CAPITAL_WORD = re.compile(r"[A-Z][a-z]*+(?=[\s,])")  # not part of an address
_KOREAN_LAST = frozenset("다요까죠음함임됨네라자니군")
_NO_START = frozenset(".!?…,;:-–—)]}%/&=+")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[Extent]:
    """The sentences of `text[start:end]`, in order, trimmed of white space.

    They cover everything there that is not white space; none crosses the end of a paragraph.
    """
    found: list[Extent] = []
    for paragraph in paragraphs(text, start, end):
        found.extend(split_paragraph(text, paragraph.start, paragraph.end))
    return found


def split_paragraph(text: str, start: int, end: int) -> list[Extent]:
    """The sentences of one paragraph, which begins and ends with what is not white space."""
    if end - start <= _SHORT and text.find(":", start, end) > 0:
        credit = _CREDIT.search(text, start, end)
        if credit:
            return [
                *split_paragraph(text, start, credit.start()),
                *split_paragraph(text, credit.end(), end),
            ]
    found: list[Extent] = []
    for match in _END.finditer(text, start, end):
        closed = match.end(1)
        if match.end() >= end:
            break
        if _ends(text, start, match.start(), closed, match.end(2), match.end()):
            found.append(Extent(start, closed))
            start = match.end(2)
    found.append(Extent(start, end))
    return found


def _ends(text: str, start: int, mark: int, closed: int, gap: int, head: int) -> bool:
    """Whether the sentence from `start` ends with the end mark at `mark`.

    `closed` is behind the mark's closing quotes, `gap` behind the white space, `head` at the first
    character of what follows that is no opening quote.
    """
    following = text[head]
    if closed == gap:
        return _ends_without_gap(text, mark, closed, following)
    if following.islower():
        if _is_korean_end(text, mark) or _BRAND.match(text, head):
            return True
        aside = text[gap] == "(" and text[mark] == "." and closed == mark + 1 and mark > start
        return aside and _ends_with_stop(text, start, mark, closed, head)
    if following in _NO_START:
        return False
    if mark == start or text[mark] != "." or text[mark + 1] in ".…!?":
        return _ends_loudly(text, start, mark, closed, head)
    return _ends_with_stop(text, start, mark, closed, head)


def _ends_without_gap(text: str, mark: int, closed: int, following: str) -> bool:
    """End marks that touch the next word: Korean and Chinese, and full stops that lost a blank."""
    if text[mark] in "。！？":
        return following not in "」』）"
    if text[closed - 1] not in ".!?…":
        return False
    before = text[mark - 1] if mark else ""
    if "가" <= before <= "힣":
        starts = "가" <= following <= "힣" or following.isdigit() or following.isupper()
        return starts and (before in _KOREAN_LAST or text[mark] in "!?")
    return (
        text[mark] == "."
        and closed == mark + 1
        and following.isupper()
        and text[mark - 2 : mark].isalpha()
        and text[mark - 2 : mark].islower()
        and _CAPITAL_WORD.match(text, closed) is not None
    )


def _is_korean_end(text: str, mark: int) -> bool:
    return mark > 0 and text[mark - 1] in _KOREAN_LAST


def _ends_loudly(text: str, start: int, mark: int, closed: int, head: int) -> bool:
    """After `!`, `?` and dots of omission, when no small letter follows."""
    before = text[mark - 1] if mark > start else ""
    if text[mark] in ".…":  # dots that begin a quotation or a sentence end nothing
        inside = bool(before) and before not in "\"'“‘(" and not before.isspace()
        return inside or closed - mark > 3
    if closed > mark + 1 and text[closed - 1] in "\"'”’" and _SAYING.match(text, head, head + 80):
        return False
    return text[mark - 5 : mark] != "Yahoo"


def _ends_with_stop(text: str, start: int, mark: int, closed: int, head: int) -> bool:
    """After one full stop, when no small letter follows."""
    floor = max(start, mark - _LONGEST_WORD)
    begin = max(text.rfind(" ", floor, mark), text.rfind("\n", floor, mark)) + 1 or floor
    word = text[begin:mark].lstrip("\"'“‘([{«*_—–-")
    following = text[head]
    if word in BEFORE_FIGURES and following.isdigit():
        return False
    if word in TITLES and closed == mark + 1:
        return False
    if word in MAYBE_LAST or _ACRONYM.match(word):
        return _is_starter(text, head)
    if len(word) == 1 and word.isalpha() and word.isascii():
        return begin > start and _is_starter(text, head)
    if word.isdigit() and len(word) <= 4:
        return not _is_enumerated(text, start, begin, head)
    return True


def _is_starter(text: str, head: int) -> bool:
    match = _FIRST_WORD.match(text, head, head + 20)
    return match is not None and match.group() in STARTERS


_NEXT_FIGURE = re.compile(r"\d{1,2}\.")
_FIGURE_BEFORE = re.compile(r"\d\.\s?$")


def _is_enumerated(text: str, start: int, begin: int, head: int) -> bool:
    """`1. The first item`, or a date such as `2025. 2. 5.`."""
    if begin == start or text[begin - 2] in ":;" or _NEXT_FIGURE.match(text, head):
        return True
    return _FIGURE_BEFORE.search(text, max(start, begin - 3), begin) is not None
