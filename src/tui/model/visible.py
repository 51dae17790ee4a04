"""What may reach a terminal: every other code point is replaced, one for one.

Control characters could drive the terminal, bidirectional controls reorder what is read, and
invisible ones hide text; lengths stay as they are, so offsets stay true.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

HIDDEN = "\u25af"  # a small box: something stands here that shows nothing
BROKEN = "\ufffd"
MARKS_IN_A_ROW = 8

_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")  # ZWNJ, ZWJ, text and emoji presentation
# Zero-width or blank although their category says letter, mark or unassigned.
_FILLERS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2065\u2800\u3164\uffa0")


def _drawn(char: str) -> str:
    """What is drawn for one character."""
    code = ord(char)
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0x80 <= code <= 0x9F or 0xD800 <= code <= 0xDFFF:
        return BROKEN
    if char in _JOINERS:
        return char
    if unicodedata.category(char) in ("Cf", "Zl", "Zp") or char in _FILLERS:
        return HIDDEN
    if 0x180B <= code <= 0x180F or 0xFE00 <= code <= 0xFE0F or 0xFFF0 <= code <= 0xFFF8:
        return HIDDEN
    if 0xE0000 <= code <= 0xE0FFF:
        return HIDDEN
    return char


_substitute = lru_cache(maxsize=4096)(_drawn)


@lru_cache(maxsize=4096)
def _is_mark(char: str) -> bool:
    return unicodedata.category(char) in ("Mn", "Me")


def is_visible(text: str) -> bool:
    """Whether `visible()` would leave the text as it is."""
    return visible(text) == text


def visible(text: str, keep: str = "") -> str:
    """The text as it may be drawn: same length, nothing in it that acts on the terminal.

    C0 controls become their pictures (U+2400 block), DEL U+2421, C1 controls and lone surrogates
    U+FFFD, bidirectional controls and everything invisible U+25AF, as does each combining mark
    after the eighth in a row. ZWJ, ZWNJ and VS15/16 stay. Characters in `keep` (say newline, for
    a command line) are left alone.
    """
    if text.isascii() and text.isprintable():
        return text
    odd = {ord(c): s for c in set(text) if c not in keep and (s := _substitute(c)) != c}
    if odd:
        text = text.translate(odd)
    return _thinned(text) if any(_is_mark(c) for c in set(text) if c > "\u02ff") else text


def _thinned(text: str) -> str:
    """The text with every combining mark after the eighth in a row replaced."""
    found: list[str] = []
    run = 0
    for char in text:
        run = run + 1 if char > "\u02ff" and _is_mark(char) else 0
        found.append(HIDDEN if run > MARKS_IN_A_ROW else char)
    return "".join(found)
