"""The difference between two revisions of a text, word by word, as it is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from tui.anchoring.aligning import Alignment
from tui.model.spans import Extent

CHAIN = 64  # tokens that are compared as one


class Run(NamedTuple):
    """A stretch of two texts that is the `same` in both, was `removed`, or was `added`.

    `old` and `new` are its ranges in the two texts; what was removed has an empty range in the new
    text, at the place where it would stand, and what was added one in the old text.
    """

    kind: str
    old: Extent
    new: Extent


def differences(alignment: Alignment) -> tuple[Run, ...]:
    """The runs of two revisions in reading order; of each two texts, they give both back whole.

    Put together, the old ranges of all runs are the old text and the new ranges the new one,
    without a gap. `same` runs have the same code points. What was moved is removed in one place
    and added in another. Where words were replaced, what was removed comes first.
    """
    old, new = alignment.old.text, alignment.new.text
    runs: list[Run] = []
    end = (Extent(len(old), len(old)), Extent(len(new), len(new)))
    a = c = 0
    for one, other in (*_stretches(alignment), end):
        lead = _blanks(old[a : one.start], new[c : other.start], 1)
        _add(runs, "same", Extent(a, a + lead), Extent(c, c + lead))
        a, c = a + lead, c + lead
        tail = _blanks(old[a : one.start], new[c : other.start], -1)
        b, d = one.start - tail, other.start - tail
        _add(runs, "removed", Extent(a, b), Extent(c, c))
        _add(runs, "added", Extent(b, b), Extent(c, d))
        _add(runs, "same", Extent(b, one.end), Extent(d, other.end))
        a, c = one.end, other.end
    return tuple(runs)


def _add(runs: list[Run], kind: str, old: Extent, new: Extent) -> None:
    """Put a run behind the others; one of the same kind that it touches grows instead."""
    if old.start == old.end and new.start == new.end:
        return
    if runs and runs[-1].kind == kind:
        before = runs.pop()
        old, new = Extent(before.old.start, old.end), Extent(before.new.start, new.end)
    runs.append(Run(kind, old, new))


def _blanks(old: str, new: str, step: int) -> int:
    """How much white space two stretches have in common at the start (step 1) or end (step -1)."""
    count = 0
    for one, other in zip(old[::step], new[::step], strict=False):
        if one != other or not one.isspace():
            break
        count += 1
    return count


def _stretches(alignment: Alignment) -> Iterator[tuple[Extent, Extent]]:
    """Words that are the same in both texts to the code point, in order, and what joins them.

    Of those that follow each other in both texts many come as one, if what stands between them is
    the same as well: of a long text that was hardly changed that is most of it.
    """
    old, new = alignment.old, alignment.new
    for first, k, count in _chains(alignment):
        last = count - 1
        one = Extent(old.starts[first], old.ends[first + last])
        other = Extent(new.starts[k], new.ends[k + last])
        if one.of(old.text) == other.of(new.text):
            yield one, other
            continue
        for n in range(count):
            one = Extent(old.starts[first + n], old.ends[first + n])
            other = Extent(new.starts[k + n], new.ends[k + n])
            if one.of(old.text) == other.of(new.text):
                yield one, other


def _chains(alignment: Alignment) -> Iterator[tuple[int, int, int]]:
    """Matched tokens that rise on both sides: first of the old, of the new text, how many."""
    first = k = -1
    count = 0
    for i, at in _in_order(alignment):
        if count and i == first + count and at == k + count and count < CHAIN:
            count += 1
            continue
        if count:
            yield first, k, count
        first, k, count = i, at, 1
    if count:
        yield first, k, count


def _in_order(alignment: Alignment) -> Iterator[tuple[int, int]]:
    """Pairs of tokens that are matched and rise on both sides."""
    last = -1
    for i, k in enumerate(alignment.to):
        if k > last and i not in alignment.moved:
            yield i, k
            last = k
