"""What two sequences have in common, beside the plain definitions of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.anchoring import sequences
from tui.anchoring.sequences import Block, Gap, best_chain, blocks, gaps, settled

NUMBERS = st.lists(st.integers(0, 4), max_size=12)


def longest(old: Sequence[int], new: Sequence[int]) -> int:
    """The length of a longest common subsequence, as the textbook has it."""

    @cache
    def of(i: int, k: int) -> int:
        if i == len(old) or k == len(new):
            return 0
        same = 1 + of(i + 1, k + 1) if old[i] == new[k] else 0
        return max(same, of(i + 1, k), of(i, k + 1))

    return of(0, 0)


def assert_sound(found: Sequence[Block], old: Sequence[int], new: Sequence[int]) -> None:
    for block in found:
        assert block.length > 0
        ours = old[block.old : block.old + block.length]
        assert ours == new[block.new : block.new + block.length]
        assert len(ours) == block.length
    for one, two in pairwise(found):
        assert one.old + one.length <= two.old
        assert one.new + one.length <= two.new


@given(NUMBERS, NUMBERS)
def test_blocks_are_a_longest_common_subsequence_settled_or_not(old, new):
    found = list(blocks(old, new))
    assert_sound(found, old, new)
    assert sum(block.length for block in found) == longest(old, new)
    joined = settled(found, old, new)
    assert_sound(joined, old, new)
    assert sum(block.length for block in joined) == longest(old, new)
    assert len(joined) <= len(found)


@given(st.permutations(range(9)), st.permutations(range(9)))
def test_of_long_sequences_elements_that_stand_once_are_matched_as_well_as_can_be(old, new):
    small = pytest.MonkeyPatch()
    small.setattr(sequences, "CELLS", 0)
    found = list(blocks(old, new))
    small.undo()
    assert_sound(found, old, new)
    assert sum(block.length for block in found) == longest(tuple(old), tuple(new))


def test_of_long_sequences_only_what_stands_once_and_what_lies_between_is_matched(monkeypatch):
    old = [1, 7, 7, 2, 8, 3, 9, 4]
    new = [5, 7, 7, 2, 8, 8, 3, 9, 9, 6]
    monkeypatch.setattr(sequences, "CELLS", 0)
    # 2 and 3 stand once on either side; 7 7, the first 8 and the first 9 touch them.
    assert list(blocks(old, new)) == [
        Block(1, 1, 2),
        Block(3, 3, 1),
        Block(4, 4, 1),
        Block(5, 6, 1),
        Block(6, 7, 1),
    ]
    assert list(blocks([1, 2, 2, 3], [4, 2, 2, 5])) == []
    monkeypatch.setattr(sequences, "CELLS", 16)
    assert list(blocks([1, 2, 2, 3], [4, 2, 2, 5])) == [Block(1, 1, 2)]


@given(NUMBERS, NUMBERS)
def test_blocks_of_long_sequences_stand_in_the_order_of_both(old, new):
    small = pytest.MonkeyPatch()
    small.setattr(sequences, "CELLS", 3)
    found = list(blocks(old, new))
    small.undo()
    assert_sound(found, old, new)
    assert_sound(settled(found, old, new), old, new)


def test_a_short_match_is_joined_to_the_longer_one_that_it_belongs_to():
    # "the king . the queen" and "the queen": the second "the" is meant.
    old, new = [1, 2, 3, 1, 4], [1, 4]
    assert settled([Block(0, 0, 1), Block(4, 1, 1)], old, new) == [Block(3, 0, 2)]
    # "the queen" and "the king . the queen", of which the longer one stays where it is.
    old, new = [1, 4, 5], [1, 3, 1, 4, 5]
    assert settled([Block(0, 0, 1), Block(1, 3, 2)], old, new) == [Block(0, 2, 3)]
    old, new = [1, 4, 5], [1, 4, 3, 5]
    assert settled([Block(0, 0, 2), Block(2, 3, 1)], old, new) == [Block(0, 0, 2), Block(2, 3, 1)]
    old, new = [1, 4, 5], [1, 4, 5, 3, 5]
    assert settled([Block(0, 0, 2), Block(2, 4, 1)], old, new) == [Block(0, 0, 3)]
    apart = [Block(0, 0, 1), Block(2, 2, 1)]
    assert settled(apart, [1, 2, 1], [1, 3, 1]) == apart


@given(
    st.sets(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=6),
    st.integers(10, 12),
    st.integers(10, 12),
)
def test_gaps_are_what_lies_between_on_both_sides(points, m, n):
    pairs = []
    for i, k in sorted(points):
        if not pairs or (i > pairs[-1][0] and k > pairs[-1][1]):
            pairs.append((i, k))
    wanted = []
    for (i, k), (j, h) in pairwise([(-1, -1), *pairs, (m, n)]):
        if j - i > 1 and h - k > 1:
            wanted.append(Gap(i + 1, j, k + 1, h))
    assert list(gaps(pairs, m, n)) == wanted


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(
            st.lists(st.integers(0, 3), min_size=width, max_size=width), min_size=1, max_size=4
        )
    )
)
def test_the_best_chain_rises_and_is_worth_as_much_as_any(worth):
    chain = best_chain(worth)
    assert all(i < j and k < h for (i, k), (j, h) in pairwise(chain))
    assert all(worth[i][k] > 0 for i, k in chain)
    rows, columns = range(len(worth)), range(len(worth[0]))
    most = max(
        sum(worth[i][k] for i, k in zip(some, others, strict=True))
        for size in range(min(len(rows), len(columns)) + 1)
        for some in combinations(rows, size)
        for others in combinations(columns, size)
    )
    assert sum(worth[i][k] for i, k in chain) == most
