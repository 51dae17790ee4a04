"""Texts that are near duplicates of each other, found by samples of their shingles.

An inverted index in one sorted array: 8 bytes for each sampled shingle of a text, whatever the
number of texts. A shingle that very many texts have, such as the foot of a page, is followed to
the first few of them only, so that the work grows with the number of texts and not with its square.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from tui.analysis.shingles import Sketch

LEAST = 0.5  # of the shingles of the shorter text that a near duplicate has too
_MAYBE = 0.3  # of them, by the samples, at which two texts are worth comparing whole
_FEWEST = 3  # sampled shingles that two texts share at least, if twice as many can be in both
_FOLLOWED = 50  # texts that one shingle leads to
_FOUND = 50  # texts that are told of one text
_TEXTS = 1 << 31  # that an index can hold, each a number behind the hash of a shingle


class Resembling:
    """An index of texts by their sketches; keys are told in the order they were given."""

    def __init__(self, texts: Iterable[tuple[str, Sketch]]) -> None:
        self._keys: list[str] = []
        self._sketches: list[Sketch] = []
        same: dict[Sketch, int] = {}
        self._same: dict[int, list[int]] = {}  # texts without a difference, by the first of them
        entries: list[int] = []
        for key, found in texts:
            number = len(self._keys)
            self._keys.append(key)
            self._sketches.append(found)
            first = same.setdefault(found, number)
            self._same.setdefault(first, []).append(number)
            if first == number:
                entries += [hashed * _TEXTS + number for hashed in found.hashes]
        entries.sort()
        self._entries = array("Q", entries)
        self._first = {key: same[self._sketches[at]] for at, key in enumerate(self._keys)}

    def __len__(self) -> int:
        return len(self._keys)

    def near(self, key: str) -> list[str]:
        """The keys of texts that may be near duplicates of one, the likeliest first.

        By the samples alone: compare them whole. At most 50; none for a text without shingles.
        """
        first = self._first.get(key)
        if first is None or not self._sketches[first].hashes:
            return []
        mine = self._sketches[first]
        shares = Counter({first: len(mine.hashes)})
        for hashed in mine.hashes:
            shares.update(number for number in self._with(hashed) if number != first)
        found: list[tuple[float, int]] = []
        for number, count in shares.items():
            theirs = self._sketches[number]
            level, shorter = max(mine.level, theirs.level), min(mine.size, theirs.size)
            # Of a text that is far shorter than the other few shingles are in both samples.
            least = min(_FEWEST, max(1, (shorter >> level) // 2))
            share = (count << level) / shorter
            error = (int(count**0.5) << level) / shorter  # one standard error of the sample
            if share + error >= _MAYBE and count >= least:
                found += [(-share, other) for other in self._same[number][:_FOUND]]
        ordered = [self._keys[number] for _, number in sorted(found)]
        return [other for other in ordered if other != key][:_FOUND]

    def _with(self, hashed: int) -> Sequence[int]:
        """The numbers of the first few texts that have a shingle."""
        start = bisect_left(self._entries, hashed * _TEXTS)
        end = bisect_left(self._entries, (hashed + 1) * _TEXTS, lo=start)
        return [entry % _TEXTS for entry in self._entries[start : min(end, start + _FOLLOWED)]]
