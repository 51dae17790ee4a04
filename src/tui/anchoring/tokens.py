"""A text as tokens, so that two revisions can be compared word by word.

What only typography sets apart is one word here: quotation marks, dashes, white space, case, and
composed or decomposed letters (Unicode Normalization Form C, UAX #15). Offsets stay those of the
text itself.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from typing import NamedTuple

_MARKS = (
    "!-/:-@\\[-`{-~\u00a1\u00a7\u00ab\u00b6\u00b7\u00bb\u00bf"
    "\u2010-\u2027\u2030-\u205e\u3000-\u3030"
)
# Letters of scripts that are written without blanks: each is a token of its own.
_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
_TOKEN = re.compile(rf"\d+(?:[.,:]\d+)*|[{_UNSPACED}]|[^\s\d{_MARKS}{_UNSPACED}]{{1,60}}|\.+|-+|\S")
_END = re.compile(r"[.!?\u3002\uff01\uff1f\u2026]+[\"')\]]*(?=\s)|\n[^\S\n]*\n")
_SAME = {
    **dict.fromkeys(map(ord, "“”„‟«»″＂"), '"'),
    **dict.fromkeys(map(ord, "‘’‚‛′`´＇"), "'"),
    **dict.fromkeys(map(ord, "‐‑‒–—―−"), "-"),
    ord("…"): ".",
}


class Tokens(NamedTuple):
    """A text and its tokens in order, parted into segments that are about a sentence each.

    `starts` and `ends` are code points of the text; `words` are numbers, equal for equal words of
    all texts that were read with the same table. Segment `k` holds the tokens from `cuts[k]` up
    to `cuts[k + 1]`.
    """

    text: str
    starts: list[int]
    ends: list[int]
    words: list[int]
    cuts: list[int]

    def within(self, start: int, end: int) -> tuple[int, int]:
        """Indices, half-open, of the tokens that share a code point with a range of the text."""
        return bisect_right(self.ends, start), bisect_left(self.starts, end)

    def segment(self, token: int) -> int:
        """The segment that a token belongs to."""
        return bisect_right(self.cuts, token) - 1

    def borders(self, token: int) -> tuple[int, int]:
        """The tokens, half-open, of the segment that a token belongs to."""
        at = self.segment(token)
        return self.cuts[at], self.cuts[at + 1]

    def letters(self, first: int, end: int) -> int:
        """Code points of the tokens from `first` up to `end`, without what stands between them."""
        return sum(self.ends[first:end]) - sum(self.starts[first:end])


def tokens(text: str, table: dict[str, int]) -> Tokens:
    """The tokens of a text; words that are not in the table yet are entered into it."""
    same = folded(text)
    spans = [found.span() for found in _TOKEN.finditer(same)]
    keys = [same[start:end] for start, end in spans]
    if not same.isascii():
        keys = [unicodedata.normalize("NFC", key) for key in keys]
    words = [
        table.setdefault(key.rstrip(".") or "." if key[-1] == "." else key, len(table))
        for key in keys
    ]
    starts = [start for start, _ in spans]
    inner = {bisect_left(starts, found.end()) for found in _END.finditer(same)}
    cuts = sorted(inner | {0, len(spans)})
    return Tokens(text, starts, [end for _, end in spans], words, cuts)


def folded(text: str) -> str:
    """The text in small letters, with one kind of quotation marks and dashes; its length stays."""
    same = text.translate(_SAME) if not text.isascii() else text
    small = same.lower()
    if len(small) == len(same):
        return small
    return "".join(low if len(low := c.lower()) == 1 else c for c in same)
