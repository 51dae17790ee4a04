"""Which words of one revision of a text are which words of another.

Sentences that stayed as they were come first: the longest common subsequence of them, then those
that stand elsewhere. Between them the changed sentences are paired, in order, by how many words
they share, and only inside a pair are words compared one by one. So a sentence that was taken out
lends no words to one that merely sounds like it.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence

from tui.anchoring.sequences import Block, Gap, best_chain, blocks, gaps, settled
from tui.anchoring.tokens import Tokens, tokens

ALIKE = 0.5  # share of common tokens from which two sentences are one that was changed
BESIDE = 0.33  # the same for sentences next to one that stayed as it was
NEAR = 0.6  # share of common letters from which two words in one place are one that was changed
PAIRS = 10_000  # comparisons of sentences up to which a stretch is paired
STRAYED = 0.8  # ... if the changed one does not stand in order, ...
STRAYED_SIZE = 8  # ... has so many tokens ...
MARGIN = 0.15  # ... and no other sentence comes as near as that
PART = 70.0  # per cent of a sentence that must stand together for it to be part of another
CELLS = 4_000_000  # tokens of two stretches, multiplied, in which such parts are looked for
FEW = 9  # combinations of stretches between two matches that are compared
RUN = 3  # tokens from which a run that two unpaired stretches share counts ...
RUN_LETTERS = 12  # ... if it has so many letters


class Alignment:
    """Two revisions of a text, token by token.

    `to` has for each token of the old text its token in the new one or -1; `strength` how much of
    the word is the same, from 0 to 1; `taken` says of each token of the new text whether an old
    one is meant by it; `moved` are the tokens of the old text whose sentence stands elsewhere.
    """

    def __init__(self, old: str, new: str) -> None:
        table: dict[str, int] = {}
        self.old = tokens(old, table)
        self.new = tokens(new, table)
        self.to = [-1] * len(self.old.words)
        self.strength = [0.0] * len(self.old.words)
        self.taken = bytearray(len(self.new.words))
        self.moved: set[int] = set()
        kept = self._match_sentences()
        for gap in gaps(kept, len(self.old.cuts) - 1, len(self.new.cuts) - 1):
            self._match_changed(gap)
        self._match_strayed()
        for hole in self._holes():
            self._match_parts(hole)
        for hole in self._holes():
            self._match_runs(hole)
        for hole in self._holes():
            self._match_near(hole)

    # sentences

    def _match_sentences(self) -> list[tuple[int, int]]:
        """Match the sentences that are the same; returns those that stand in order."""
        table: dict[tuple[int, ...], int] = {}
        ours, theirs = _segments(self.old, table), _segments(self.new, table)
        before, after = Counter(ours), Counter(theirs)
        common = [(b.old + n, b.new + n) for b in blocks(ours, theirs) for n in range(b.length)]
        known = set(common)
        # Of several that are the same, and not as many as before, a neighbour says which is meant.
        kept = [
            (i, k)
            for i, k in common
            if before[ours[i]] == after[ours[i]]
            or (i - 1, k - 1) in known
            or (i + 1, k + 1) in known
        ]
        free = {theirs[k]: k for k in set(range(len(theirs))) - {k for _, k in kept}}
        moved = [
            (i, free[ours[i]])
            for i in sorted(set(range(len(ours))) - {i for i, _ in kept})
            if ours[i] in free and before[ours[i]] == after[ours[i]] == 1
        ]
        for i, k in kept:
            self._match_segment(i, k)
        for i, k in moved:
            a, b = self.old.cuts[i], self.old.cuts[i + 1]
            if b - a > RUN:
                self._match_segment(i, k)
                self.moved.update(range(a, b))
        return kept

    def _match_segment(self, i: int, k: int) -> None:
        a, c = self.old.cuts[i], self.new.cuts[k]
        self._match(a, c, self.old.cuts[i + 1] - a)

    def _match(self, a: int, c: int, length: int) -> None:
        self.to[a : a + length] = range(c, c + length)
        self.strength[a : a + length] = [1.0] * length
        self.taken[c : c + length] = b"\1" * length

    def _match_changed(self, gap: Gap) -> None:
        """Pair changed sentences, in order, so that they have as many words in common as can be."""
        ours = [i for i in range(gap.a, gap.b) if self.to[self.old.cuts[i]] < 0]
        theirs = [k for k in range(gap.c, gap.d) if not self.taken[self.new.cuts[k]]]
        if not ours or not theirs or len(ours) * len(theirs) > PAIRS:
            return
        shares = self._shares(ours, theirs, BESIDE)
        worth = [[0.0] * len(theirs) for _ in ours]
        for x, i in enumerate(ours):
            for y, k in enumerate(theirs):
                if shares[x][y] >= ALIKE or _beside(gap, i, k):
                    worth[x][y] = shares[x][y] * self._size(i)
        for x, y in best_chain(worth):
            self._pair(ours[x], theirs[y])

    def _shares(self, ours: list[int], theirs: list[int], least: float) -> list[list[float]]:
        """How much of their words each two sentences share, 0 where that is less than `least`."""
        from rapidfuzz.distance import Indel

        left = [self._words(self.old, i) for i in ours]
        right = [self._words(self.new, k) for k in theirs]
        share = Indel.normalized_similarity
        found = [[share(one, other, score_cutoff=least) for other in right] for one in left]
        for i, row in zip(ours, found, strict=True):
            for at, k in enumerate(theirs):
                if row[at] and self._other_subject(i, k):
                    row[at] = 0.0
        return found

    def _other_subject(self, i: int, k: int) -> bool:
        """Whether two sentences sound alike but share none of the names and figures in them.

        Not so if one half of it is the same in one piece: the rest was then written anew.
        """
        ours, theirs = self._names(self.old, i), self._names(self.new, k)
        if len(ours) < 2 or len(theirs) < 2 or ours & theirs:
            return False
        same = blocks(self._words(self.old, i), self._words(self.new, k))
        return 2 * max((block.length for block in same), default=0) < self._size(i)

    @staticmethod
    def _names(side: Tokens, segment: int) -> set[int]:
        """Words with a capital letter that do not begin the sentence, and figures."""
        first, end = side.cuts[segment], side.cuts[segment + 1]
        return {
            side.words[t]
            for t in range(first + 1, end)
            if (letter := side.text[side.starts[t]]).isupper() or letter.isdigit()
        }

    def _match_strayed(self) -> None:
        """Pair sentences that were changed and put elsewhere, where no other is nearly as like."""
        ours = [i for i in self._left(self.old, self.to) if self._size(i) >= STRAYED_SIZE]
        theirs = self._left(self.new, [k - 1 for k in self.taken])
        if not ours or not theirs or len(ours) * len(theirs) > PAIRS:
            return
        shares = self._shares(ours, theirs, STRAYED - MARGIN)
        for x, row in enumerate(shares):
            y = max(range(len(row)), key=row.__getitem__)
            others = [*row[:y], *row[y + 1 :], *(r[y] for n, r in enumerate(shares) if n != x)]
            if row[y] >= STRAYED and max(others, default=0.0) <= row[y] - MARGIN:
                self._pair(ours[x], theirs[y])
                self.moved.update(range(self.old.cuts[ours[x]], self.old.cuts[ours[x] + 1]))

    def _left(self, side: Tokens, matched: Sequence[int]) -> list[int]:
        """The sentences of which no word is matched."""
        cuts = side.cuts
        return [i for i in range(len(cuts) - 1) if max(matched[cuts[i] : cuts[i + 1]]) < 0]

    def _pair(self, i: int, k: int) -> None:
        old, new = self.old.cuts, self.new.cuts
        self._match_words(Gap(old[i], old[i + 1], new[k], new[k + 1]))

    def _size(self, i: int) -> int:
        return self.old.cuts[i + 1] - self.old.cuts[i]

    @staticmethod
    def _words(side: Tokens, segment: int) -> list[int]:
        return side.words[side.cuts[segment] : side.cuts[segment + 1]]

    # words

    def _match_words(self, gap: Gap, run: int = 1, letters: int = 0) -> None:
        """Match what two stretches have in common, in order, in runs so long at the least."""
        old, new = self.old.words[gap.a : gap.b], self.new.words[gap.c : gap.d]
        for block in settled(blocks(old, new), old, new):
            first = gap.a + block.old
            if block.length < run or self.old.letters(first, first + block.length) < letters:
                continue
            i, k = self.old.segment(first), self.new.segment(gap.c + block.new)
            if run == 1 and self._lone_mark(block, first):
                continue
            if run == 1 or not self._other_subject(i, k):
                self._match(first, gap.c + block.new, block.length)

    def _lone_mark(self, block: Block, first: int) -> bool:
        """Whether a match is only a punctuation mark far from any other, as at a sentence's end."""
        if block.length > 1 or self.old.text[self.old.starts[first]].isalnum():
            return False
        before = self.to[max(0, first - RUN) : first]
        return max(before, default=0) < 0

    def _holes(self) -> Iterator[Gap]:
        """Stretches without a match on both sides, between matches that stand in order."""
        there = [(i, k) for i, k in enumerate(self.to) if k >= 0 and i not in self.moved]
        for a, b, c, d in gaps(there, len(self.to), len(self.taken)):
            ours = _free([k >= 0 for k in self.to[a:b]])
            theirs = _free(self.taken[c:d])
            if len(ours) * len(theirs) <= FEW:
                for x, y in ours:
                    yield from (Gap(a + x, a + y, c + v, c + w) for v, w in theirs)

    def _match_parts(self, hole: Gap) -> None:
        """Match a sentence that became a part of another one."""
        from rapidfuzz import fuzz

        a, b, c, d = hole
        if (b - a) * (d - c) > CELLS:
            return
        while a < b:
            end = min(self.old.borders(a)[1], b)
            if end - a > RUN and d - c > RUN:
                words = self.old.words[a:end]
                found = fuzz.partial_ratio_alignment(words, self.new.words[c:d], score_cutoff=PART)
                if found is not None and end - a <= d - c:
                    part = Gap(a, end, c + found.dest_start, c + found.dest_end)
                    if not self._other_subject(self.old.segment(a), self.new.segment(part.c)):
                        self._match_words(part)
                        c = part.d
            a = end

    def _match_runs(self, hole: Gap) -> None:
        """Match longer runs where sentences were parted, joined, or written anew in part."""
        self._match_words(hole, RUN, RUN_LETTERS)

    def _match_near(self, hole: Gap) -> None:
        """Match words that stand in for each other one by one and are spelt alike."""
        a, b, c, d = hole
        if b - a != d - c or b - a > RUN:
            return
        from rapidfuzz.distance import Indel

        for i, k in zip(range(a, b), range(c, d), strict=True):
            one = self.old.text[self.old.starts[i] : self.old.ends[i]]
            other = self.new.text[self.new.starts[k] : self.new.ends[k]]
            share = Indel.normalized_similarity(one, other, score_cutoff=NEAR)
            if share:
                self.to[i], self.strength[i], self.taken[k] = k, share, 1


def _beside(gap: Gap, i: int, k: int) -> bool:
    """Whether two sentences stand next to the same one that stayed, or at the same end."""
    return (i == gap.a and k == gap.c) or (i == gap.b - 1 and k == gap.d - 1)


def _free(taken: Sequence[int]) -> list[tuple[int, int]]:
    """The runs of zeros, each as start and end."""
    runs: list[tuple[int, int]] = []
    for at, value in enumerate(taken):
        if not value and runs and runs[-1][1] == at:
            runs[-1] = (runs[-1][0], at + 1)
        elif not value:
            runs.append((at, at + 1))
    return runs


def _segments(side: Tokens, table: dict[tuple[int, ...], int]) -> Sequence[int]:
    """A number for each segment, the same for the same words."""
    words, cuts = side.words, side.cuts
    keys = (tuple(words[a:b]) for a, b in itertools.pairwise(cuts))
    return [table.setdefault(key, len(table)) for key in keys]
