"""What comes in from a terminal, parted into keys, whole escape sequences and pastes.

Textual's parser types out, key by key, an escape sequence that it does not know, and the rest of
a paste that holds one. Here a sequence is whole before anything is made of it (ECMA-48, section
5.4), and all that stands between the marks of a bracketed paste is one piece of text.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator

from msgspec import Struct

ESCAPE = "\x1b"
PASTE_BEGIN, PASTE_END = "\x1b[200~", "\x1b[201~"
LONE_ESCAPE = 0.1  # seconds of silence after which an escape is the key
BROKEN_OFF = 1.0  # ... a sequence will not be ended
PASTE_ENDS = 2.0  # ... a paste is over although its end was not marked
LONGEST = 4096  # code points of a sequence that is waited for

_WHOLE = r"""(?xs)\x1b(?:
        \[(?: \[. | M... | (?![\[M])[ -?]*[@-~] )   # CSI; the Linux console's F keys; X10 mouse
        | O[^\x1b]                                  # SS3
        | [\]P_][^\x07\x1b]*(?:\x07|\x1b\\)         # OSC, DCS, APC
        | [^\[O\]P_\x1b]                            # escape and a character: Alt
    )"""
_BEGUN = r"(?s)\x1b(?:\[(?:\[|M.{0,2}|[ -?]*)|O|[\]P_][^\x07\x1b]*\x1b?)?"


class Piece(Struct, frozen=True):
    """`kind` is keys, sequence, escape or paste; an escape is the key of that name."""

    kind: str
    text: str


class Typed:
    """Parts a stream of text; `waiting` says whether a piece is not whole yet."""

    def __init__(self) -> None:
        self._held = ""
        self._paste: list[str] | None = None

    @property
    def waiting(self) -> bool:
        """Whether something was begun that has no end yet."""
        return bool(self._held) or self._paste is not None

    def feed(self, text: str) -> Iterator[Piece]:
        """The pieces that are whole now."""
        text, self._held = self._held + text, ""
        while text:
            if self._paste is not None:
                text = yield from self._pasted(text)
                continue
            keys, escape, rest = text.partition(ESCAPE)
            if keys:
                yield Piece("keys", keys)
            if not escape:
                return
            text = yield from self._sequence(escape + rest)

    def silence(self, seconds: float) -> Iterator[Piece]:
        """The pieces that a silence of so long makes whole; what was broken off is dropped."""
        if self._paste is not None:
            if seconds >= PASTE_ENDS:
                yield Piece("paste", "".join(self._paste) + self._held)
                self._paste, self._held = None, ""
        elif self._held == ESCAPE:
            if seconds >= LONE_ESCAPE:
                self._held = ""
                yield Piece("escape", ESCAPE)
        elif self._held and seconds >= BROKEN_OFF:
            self._held = ""

    def _pasted(self, text: str) -> Generator[Piece, None, str]:
        """Take in pasted text; returns what follows its end."""
        assert self._paste is not None
        pasted, end, rest = text.partition(PASTE_END)
        if end:
            yield Piece("paste", "".join(self._paste) + pasted)
            self._paste = None
            return rest
        cut = next((n for n in range(5, 0, -1) if text.endswith(PASTE_END[:n])), 0)
        self._paste.append(text[: len(text) - cut])
        self._held = text[len(text) - cut :]
        return ""

    def _sequence(self, text: str) -> Generator[Piece, None, str]:
        """Take the sequence that text begins with; returns what follows it."""
        whole = re.match(_WHOLE, text)
        if whole is not None:
            if whole[0] == PASTE_BEGIN:
                self._paste = []
            else:
                yield Piece("sequence", whole[0])
            return text[whole.end() :]
        begun = re.match(_BEGUN, text)
        end = begun.end() if begun is not None else 1
        if end == len(text) and end < LONGEST:
            self._held = text
            return ""
        if end == 1:  # an escape before another one
            yield Piece("escape", ESCAPE)
        elif text[end - 1] == ESCAPE:  # a string that another sequence cut short
            end -= 1
        return text[end:]
