"""Where a passage of one revision stands in another, by what became of its words."""

from __future__ import annotations

from itertools import accumulate
from typing import NamedTuple

from tui.anchoring.aligning import Alignment
from tui.model.spans import Extent

LONG = 30  # code points from which a passage needs no words beside it that stayed
KEPT = 0.4  # share of a passage's letters that must have stayed
DENSE = 0.25  # share of the place found that they must make up
AROUND = 4  # tokens on either side that are looked at for that, ...
COMPANY = 2  # ... of which so many must have stayed
WHOLE = 3  # tokens from which a passage that is whole needs only one
TOGETHER = 0.5  # share of their place that words which stayed must make up to stand together
MARKS = 2  # punctuation marks with which a sentence ends
MISSING = 0.12  # share of a passage that may be missing where something else stands
REWORDED = 0.1  # share of what is missing that is found in what stands there
LONG_WORD = 4  # letters
VAGUE = 0.1  # share of the place that may be in doubt where changed words run over an edge of it
REACH = 12  # tokens that may have come in between two words which stayed


class _Edge(NamedTuple):
    """Words at an edge of a passage that did not stay, from the inside outward.

    The first `mine` of the tokens `lost` were the passage's, the others stood beside it; in place
    of them all are the tokens of `room`. `retold`: they run on to the end of the sentence.
    """

    lost: range
    mine: int
    room: range
    retold: bool = False


class Place(NamedTuple):
    """A place in the new text, and how much of the passage it has, from 0 to 1."""

    extent: Extent
    score: float


def follow(alignment: Alignment, passage: Extent) -> Place | None:
    """Where a passage of the old text stands in the new one; None if it is gone.

    The place runs from the first to the last of its words that stayed, and takes in what stands
    where changed words at its edges stood. None also if too few of its words stayed, or if a
    short one has no neighbour that stayed beside it.
    """
    a, b = alignment.old.within(*passage)
    group = _group(alignment, a, b)
    if not group:
        return None
    first, last = group[0], group[-1]
    if len(passage.of(alignment.old.text)) < LONG and not _accompanied(
        alignment, a, b, first, last
    ):
        return None
    if _doubtful(alignment, a, b, group):
        return None
    before, after = _before(alignment, a, first), _after(alignment, b, last)
    extent = Extent(
        _start(alignment, passage, a, first, before), _end(alignment, passage, b, last, after)
    )
    if _vague(alignment, extent, before) or _vague(alignment, extent, after):
        return None
    score = _score(alignment, extent, group, a, b)
    return None if score is None else Place(extent, score)


def _group(alignment: Alignment, a: int, b: int) -> list[int]:
    """The tokens from `a` to `b` that stayed: all, if they stand together, else most of them.

    Most of them are the weightiest ones that stand in order and not far from each other.
    """
    stayed = [i for i in range(a, b) if alignment.to[i] >= 0]
    if not stayed:
        return []
    stayed.sort(key=alignment.to.__getitem__)
    if _weight(alignment, stayed) >= TOGETHER * _letters_between(alignment, stayed):
        return stayed
    groups: list[list[int]] = [[]]
    for i in sorted(stayed):
        last = groups[-1][-1] if groups[-1] else i
        if not 0 <= alignment.to[i] - alignment.to[last] <= max(REACH, 2 * (b - a)):
            groups.append([])
        groups[-1].append(i)
    return max(groups, key=lambda group: _weight(alignment, group))


def _letters_between(alignment: Alignment, group: list[int]) -> int:
    """Letters of the new text from the first to the last token of a group."""
    new, to = alignment.new, alignment.to
    return sum(new.ends[k] - new.starts[k] for k in range(to[group[0]], to[group[-1]] + 1))


def _weight(alignment: Alignment, group: list[int]) -> float:
    old = alignment.old
    return sum(alignment.strength[i] * (old.ends[i] - old.starts[i]) for i in group)


def _accompanied(alignment: Alignment, a: int, b: int, first: int, last: int) -> bool:
    """Whether words around the passage stayed around it; so they did, if there are none.

    For three words or more that stayed as they were, one of them is enough.
    """
    to = alignment.to
    low, high = alignment.old.borders(a)[0], alignment.old.borders(b - 1)[1]
    before = range(max(low, a - AROUND), a)
    after = range(b, min(high, b + AROUND))
    stayed = sum(0 < to[first] - to[i] <= first - i + AROUND for i in before if to[i] >= 0)
    stayed += sum(0 < to[i] - to[last] <= i - last + AROUND for i in after if to[i] >= 0)
    whole = last - first == to[last] - to[first] == b - a - 1 >= WHOLE - 1
    return stayed >= min(1 if whole else COMPANY, len(before) + len(after))


def _doubtful(alignment: Alignment, a: int, b: int, group: list[int]) -> bool:
    """Whether a good part of the passage is missing where new words stand that may be it, reworded.

    What stands in for it cannot be told from what merely came in; half a passage would be wrong.
    """
    old, to, taken = alignment.old, alignment.to, alignment.taken
    first, last = to[group[0]], to[group[-1]]
    before = next((k for k in range(first - 1, -1, -1) if taken[k]), -1)
    after = next((k for k in range(last + 1, len(taken)) if taken[k]), len(taken))
    head = range(a, old.borders(group[0])[0])
    tail = range(old.borders(group[-1])[1], b)
    most = MISSING * old.letters(a, b)
    return _reworded(alignment, head, range(before + 1, first), most) or _reworded(
        alignment, tail, range(last + 1, after), most
    )


def _reworded(alignment: Alignment, gone: range, come: range, most: float) -> bool:
    """Whether more than `most` letters are gone, and a part of the words are in what came."""
    old, new = alignment.old, alignment.new
    letters = old.letters(gone.start, gone.stop) if gone else 0
    if letters <= most or not come:
        return False
    there = set(new.words[come.start : come.stop])
    again = sum(
        size
        for i in gone
        if old.words[i] in there and (size := old.ends[i] - old.starts[i]) >= LONG_WORD
    )
    return again >= REWORDED * letters


def _before(alignment: Alignment, a: int, first: int) -> _Edge:
    """What became of the words before `first`, the first token of a passage that stayed."""
    old, new, to = alignment.old, alignment.new, alignment.to
    k = to[first]
    low = old.borders(first)[0]
    before = next((i for i in range(first - 1, low - 1, -1) if 0 <= to[i] < k), None)
    lost = range(first - 1, low - 1 if before is None else before, -1)
    room = range(k - 1, (new.borders(k)[0] if before is None else to[before] + 1) - 1, -1)
    return _Edge(lost, sum(i >= a for i in lost), room)


def _after(alignment: Alignment, b: int, last: int) -> _Edge:
    """What became of the words after `last`, the last token of a passage that stayed."""
    old, new, to = alignment.old, alignment.new, alignment.to
    k = to[last]
    high = old.borders(last)[1]
    after = next((i for i in range(last + 1, high) if to[i] > k), None)
    lost = range(last + 1, high if after is None else after)
    room = range(k + 1, new.borders(k)[1] if after is None else to[after])
    retold = after is None or high - after <= MARKS
    return _Edge(lost, sum(i < b for i in lost), room, retold)


def _start(alignment: Alignment, passage: Extent, a: int, first: int, edge: _Edge) -> int:
    """Where the passage begins today, whose first token that stayed is `first`."""
    if first == a:
        return _edge_start(alignment, passage, a)
    return alignment.new.starts[alignment.to[first] - _share(alignment, edge)]


def _end(alignment: Alignment, passage: Extent, b: int, last: int, edge: _Edge) -> int:
    """Where the passage ends today, whose last token that stayed is `last`."""
    if last == b - 1:
        return _edge_end(alignment, passage, last)
    return alignment.new.ends[alignment.to[last] + _share(alignment, edge)]


def _vague(alignment: Alignment, extent: Extent, edge: _Edge) -> bool:
    """Whether too much of a place is a guess, since words on both sides of its edge were replaced.

    Which of the new words stand for those of the passage is then told by their length alone.
    """
    lost, mine, room, _retold = edge
    if not 0 < mine < len(lost) or not room:
        return False
    new = alignment.new
    whole = sum(new.ends[k] - new.starts[k] for k in range(*new.within(*extent)))
    inside = sum(new.ends[k] - new.starts[k] for k in room[: _share(alignment, edge)])
    outside = sum(new.ends[k] - new.starts[k] for k in room) - inside
    return inside > VAGUE * whole or outside > VAGUE * (whole + outside)


def _share(alignment: Alignment, edge: _Edge) -> int:
    """How many tokens from the inner end of an edge's room belong to the passage.

    As many letters as there were in proportion. But many more new tokens than old are something
    that came in beside the words that were replaced, unless the sentence was retold to its end.
    """
    lost, mine, room, retold = edge
    if not mine or not room:
        return 0
    if len(room) > 2 * len(lost) + 1 and not retold:
        return min(mine, len(room))
    old, new = alignment.old, alignment.new
    sizes = [old.ends[i] - old.starts[i] for i in lost]
    part = sum(sizes[:mine]) / sum(sizes)
    letters = [new.ends[k] - new.starts[k] for k in room]
    ends = list(accumulate(letters))
    return sum(end - size / 2 < part * ends[-1] for end, size in zip(ends, letters, strict=True))


def _edge_start(alignment: Alignment, passage: Extent, a: int) -> int:
    """Where a passage begins whose first token stayed, to the code point."""
    old, new = alignment.old, alignment.new
    at = new.starts[alignment.to[a]]
    if passage.start >= old.starts[a]:
        return min(at + passage.start - old.starts[a], new.ends[alignment.to[a]])
    lead = old.text[passage.start : old.starts[a]]  # white space belongs to it
    return at - len(lead) if new.text.endswith(lead, 0, at) else at


def _edge_end(alignment: Alignment, passage: Extent, last: int) -> int:
    """Where a passage ends whose last token stayed, to the code point."""
    old, new = alignment.old, alignment.new
    at = new.ends[alignment.to[last]]
    if passage.end < old.ends[last]:
        return min(new.starts[alignment.to[last]] + passage.end - old.starts[last], at)
    tail = old.text[old.ends[last] : passage.end]
    return at + len(tail) if new.text.startswith(tail, at) else at


def _score(alignment: Alignment, extent: Extent, group: list[int], a: int, b: int) -> float | None:
    """How much is the same, from 0 to 1; None if it is too little to be the same passage."""
    old, new = alignment.old, alignment.new
    if extent.start >= extent.end:
        return None
    kept = _weight(alignment, group)
    mine = sum(old.ends[i] - old.starts[i] for i in range(a, b))
    theirs = sum(new.ends[k] - new.starts[k] for k in range(*new.within(*extent)))
    if kept < KEPT * mine or kept < DENSE * theirs:
        return None
    c, d = new.within(*extent)
    if old.words[a:b] == new.words[c:d]:
        return 1.0
    return min(1.0, 2 * kept / max(1, mine + theirs))
