"""Texts as sets of shingles, and small samples of those by which near duplicates are found.

A shingle is a run of units that follow each other, hashed: four words, or in Korean eight syllables
whatever the blanks between them. Two texts are as alike as their sets are (A. Broder, "On the
resemblance and containment of documents", Compression and Complexity of Sequences, 1997). Of the
set of a long text only the hashes that a power of two divides are kept, as in that paper's section
on sampling modulo m: what two samples share is then a fair sample of what the sets share.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import normalize
from zlib import crc32

from msgspec import Struct

WORDS = 4  # of a shingle
SYLLABLES = 8  # of a Korean shingle, about three words
SAMPLED = 64  # hashes at least that are kept of a text that has so many, and at most twice as many
_UNIT = re.compile(r"\d+(?:[.,]\d+)*|[가-힣]|[^\W\d_가-힣]+")
_HANGUL = re.compile(r"[가-힣]")


class Sketch(Struct, frozen=True):
    """A sample of a text's shingles: those hashes that 2 to the power of `level` divides."""

    level: int
    hashes: tuple[int, ...]

    def shared(self, other: Sketch) -> int:
        """About how many shingles two texts share."""
        both = len(set(self.hashes).intersection(other.hashes))
        return both << max(self.level, other.level)

    @property
    def size(self) -> int:
        """About how many shingles the text has."""
        return len(self.hashes) << self.level


class Likeness(Struct, frozen=True):
    """How alike two sets of shingles are, from 0 to 1.

    `resemblance` is what they share of all they have, `containment` of the smaller one.
    """

    resemblance: float
    containment: float
    shared: int


def shingles(text: str, words: int = WORDS, syllables: int = SYLLABLES) -> frozenset[int]:
    """The shingles of a text as 32-bit hashes (CRC-32); a text too short for one has none.

    Case, punctuation and composed or decomposed letters make no difference.
    """
    units: list[str] = _UNIT.findall(normalize("NFC", text).casefold())
    korean = 2 * sum(1 for unit in units if _HANGUL.match(unit)) > len(units)
    length = syllables if korean else words
    joined = [unit.encode("utf-8", "surrogatepass") for unit in units]
    data = b" ".join(joined)
    starts, at = [0], 0
    for unit in joined:
        at += len(unit) + 1
        starts.append(at)
    pairs = zip(starts, starts[length:], strict=False)
    return frozenset(crc32(data[start : end - 1]) for start, end in pairs)


def sketch(found: Iterable[int]) -> Sketch:
    """The sample of a set of shingles."""
    hashes = set(found)
    level = max(0, (len(hashes) // SAMPLED).bit_length() - 1)
    mask = (1 << level) - 1
    return Sketch(level, tuple(sorted(h for h in hashes if not h & mask)))


def likeness(one: frozenset[int], other: frozenset[int]) -> Likeness:
    """How alike two texts are by all their shingles; without any they are not alike."""
    shared = len(one & other)
    if not shared:
        return Likeness(0.0, 0.0, 0)
    every = len(one) + len(other) - shared
    return Likeness(shared / every, shared / min(len(one), len(other)), shared)
