"""Texts as FTS5's `unicode61` is to see them: Hangul, kana and Han in pairs, and the way back."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from unicodedata import is_normalized, normalize

from msgspec import Struct

# Letters that are written without blanks, or with particles grown onto them.
_LETTERS = (
    "\u1100-\u11ff\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
)
_RUN = re.compile(f"[{_LETTERS}]+")
_UNFIT = re.compile("[\0-\x08\ud800-\udfff]")  # what SQLite, or the marks of a match, cannot have


def cleaned(text: str) -> str:
    """A text that SQLite takes, as long as it was."""
    return _UNFIT.sub(" ", text)


def spaced(text: str) -> str:
    """A text with each run of such letters as pairs of neighbours and its last letter.

    `북한군` becomes ` 북한 한군 군 `: whatever part of it is asked for stands there as words in a
    row.
    """
    if text.isascii():
        return cleaned(text)
    return _RUN.sub(_pairs, cleaned(text))


def _pairs(match: re.Match[str]) -> str:
    return f" {' '.join(_words(_composed(match[0])))} "


def _words(run: str) -> list[str]:
    """The pairs of a run, and its last letter."""
    return [*(a + b for a, b in pairwise(run)), run[-1]]


def _composed(run: str) -> str:
    return run if is_normalized("NFC", run) else "".join(c for _, c in _letters(run))


def _letters(run: str) -> Iterator[tuple[int, str]]:
    """The composed letters of a run, each with where it begins."""
    begin, letter = 0, run[0]
    for offset, code in enumerate(run[1:], start=1):
        both = normalize("NFC", letter + code)
        if len(both) == len(letter):
            letter = both
        else:
            yield from ((begin, c) for c in letter)
            begin, letter = offset, code
    yield from ((begin, c) for c in letter)


def asked(words: str, prefix: bool = False) -> str:
    """Words to be found in a row, as an FTS5 expression; `prefix`: the last one only begins so.

    A run at the end may go on in the text: its last letter alone is not asked for.
    """
    words = cleaned(words)
    found: list[str] = []
    at = 0
    for match in _RUN.finditer(words):
        found.append(words[at : match.start()])
        at = match.end()
        run = _composed(match[0])
        last = not any(c.isalnum() for c in words[at:])
        found += _words(run)[:-1] if last and len(run) > 1 else _words(run)
        prefix |= last and len(run) == 1
    found.append(words[at:])
    phrase = " ".join(found).replace('"', " ")
    return f'"{phrase}"{" *" if prefix else ""}'


class Paired(Struct, frozen=True):
    """A text with pairs and, in order, the runs in it: where each begins in both."""

    text: str
    begins: tuple[int, ...]  # of the blanks before the pairs, in the text with pairs
    runs: tuple[tuple[int, ...], ...]  # where each letter of a run begins, and the run ends
    plain: tuple[int, ...]  # where the original goes on after a run

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range of the original that a range of words covers."""
        return self._back(start, first=True), self._back(end, first=False)

    def _back(self, offset: int, *, first: bool) -> int:
        number = bisect_right(self.begins, offset if first else offset - 1) - 1
        if number < 0:
            return offset
        begin, run = self.begins[number], self.runs[number]
        count = len(run) - 1
        inside = offset - begin
        if inside >= 3 * count:  # a blank, pairs and a letter, each with a blank behind it
            return self.plain[number] + inside - 3 * count
        word = max(0, min((inside - 1 if first else inside - 2) // 3, count - 1))
        return run[word if first else min(word + 2, count)]


def paired(text: str) -> Paired:
    """`spaced` with the way back."""
    text = cleaned(text)
    parts: list[str] = []
    begins: list[int] = []
    runs: list[tuple[int, ...]] = []
    plain: list[int] = []
    at = length = 0
    for match in () if text.isascii() else _RUN.finditer(text):
        part, pairs = text[at : match.start()], _pairs(match)
        begins.append(length + len(part))
        starts = (match.start() + offset for offset, _ in _letters(match[0]))
        runs.append((*starts, match.end()))
        parts += [part, pairs]
        length += len(part) + len(pairs)
        at = match.end()
        plain.append(at)
    parts.append(text[at:])
    return Paired("".join(parts), tuple(begins), tuple(runs), tuple(plain))
