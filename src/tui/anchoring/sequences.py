"""What two sequences of numbers have in common, in order.

Longest common subsequences are rapidfuzz's (bit-parallel, Hyyrö 2004). It is imported at the first
use: a text that did not change needs none of it.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

CELLS = 100_000_000  # elements of one side times the other's that are compared at once


class Block(NamedTuple):
    """Where two sequences agree: start in the old one, start in the new one, length."""

    old: int
    new: int
    length: int


class Gap(NamedTuple):
    """What lies between two matches: `a` to `b` of the old sequence, `c` to `d` of the new one."""

    a: int
    b: int
    c: int
    d: int


def blocks(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    """The blocks in which two sequences agree, in the order of both.

    They make up a longest common subsequence, as long as what is left between the common beginning
    and end is within CELLS. Beyond that only elements are matched that stand once on either side
    (patience difference), and what lies between these.
    """
    head = _common(old, new, 1)
    tail = min(_common(old, new, -1), min(len(old), len(new)) - head)
    m, n = len(old) - tail, len(new) - tail
    if head:
        yield Block(0, 0, head)
    if m > head and n > head:
        for block in _inner(old[head:m], new[head:n]):
            yield Block(block.old + head, block.new + head, block.length)
    if tail:
        yield Block(m, n, tail)


def settled(found: Iterable[Block], old: Sequence[int], new: Sequence[int]) -> list[Block]:
    """The same matches, with short blocks joined to their longer neighbour where that can be.

    Of "the" in "He met the King. The Queen" and in "The Queen", the one next to "Queen" is meant;
    a longest common subsequence may take either.
    """
    done: list[Block] = []
    for block in found:
        here = block
        while done and (joined := _joined(done[-1], here, old, new)) is not None:
            done.pop()
            here = joined
        done.append(here)
    return done


def _joined(one: Block, two: Block, old: Sequence[int], new: Sequence[int]) -> Block | None:
    """Two blocks as one, if they touch on one side and the shorter can be shifted on the other."""
    touch_old, touch_new = one.old + one.length == two.old, one.new + one.length == two.new
    if touch_old == touch_new:
        return None
    length = one.length + two.length
    shift = one.length if one.length <= two.length else 0
    start = two if shift else one
    whole = Block(start.old - shift, start.new - shift, length)
    ours = old[whole.old : whole.old + length]
    same = ours == new[whole.new : whole.new + length]
    return whole if same else None


def gaps(pairs: Sequence[tuple[int, int]], m: int, n: int) -> Iterator[Gap]:
    """What lies between pairs of places that rise on both sides, in sequences so long."""
    a = c = 0
    for i, k in [*pairs, (m, n)]:
        if i > a and k > c:
            yield Gap(a, i, c, k)
        a, c = i + 1, k + 1


def best_chain(worth: Sequence[Sequence[float]]) -> list[tuple[int, int]]:
    """Pairs (row, column), rising in both, whose worths add up to the most; 0 is no pair."""
    if len(worth) == 1:
        best = max(range(len(worth[0])), key=worth[0].__getitem__)
        return [(0, best)] if worth[0][best] > 0 else []
    columns = len(worth[0])
    most = [[0.0] * (columns + 1) for _ in range(len(worth) + 1)]
    for i, row in enumerate(worth, 1):
        above, here = most[i - 1], most[i]
        for k, value in enumerate(row, 1):
            here[k] = max(above[k], here[k - 1], above[k - 1] + value)
    chain: list[tuple[int, int]] = []
    i, k = len(worth), columns
    while i and k:
        if most[i][k] == most[i - 1][k]:
            i -= 1
        elif most[i][k] == most[i][k - 1]:
            k -= 1
        else:
            i, k = i - 1, k - 1
            chain.append((i, k))
    return chain[::-1]


def _common(old: Sequence[int], new: Sequence[int], step: int) -> int:
    """Length of the common beginning (step 1) or end (step -1)."""
    count = 0
    for one, other in zip(old[::step], new[::step], strict=False):
        if one != other:
            break
        count += 1
    return count


def _inner(old: Sequence[int], new: Sequence[int]) -> Iterator[Block]:
    if len(old) * len(new) <= CELLS:
        from rapidfuzz.distance import Indel

        for found in Indel.opcodes(old, new).as_matching_blocks():
            if found.size:
                yield Block(found.a, found.b, found.size)
        return
    unique = _patience(old, new)
    if not unique:
        return
    a = c = 0
    for i, k in [*unique, (len(old), len(new))]:
        for block in blocks(old[a:i], new[c:k]):
            yield Block(block.old + a, block.new + c, block.length)
        if i < len(old):
            yield Block(i, k, 1)
        a, c = i + 1, k + 1


def _patience(old: Sequence[int], new: Sequence[int]) -> list[tuple[int, int]]:
    """The longest rising chain of elements that stand once on either side."""
    often = Counter(old)
    there = Counter(new)
    where = {word: k for k, word in enumerate(new) if there[word] == 1 == often[word]}
    ends: list[int] = []  # the smallest end of a chain of each length ...
    last: list[tuple[int, int]] = []  # ... and the pair that it is
    before: dict[tuple[int, int], tuple[int, int] | None] = {}
    for i, word in enumerate(old):
        k = where.get(word)
        if k is None:
            continue
        at = bisect_left(ends, k)
        before[i, k] = last[at - 1] if at else None
        ends[at : at + 1] = [k]
        last[at : at + 1] = [(i, k)]
    chain: list[tuple[int, int]] = []
    pair = last[-1] if last else None
    while pair is not None:
        chain.append(pair)
        pair = before[pair]
    return chain[::-1]
