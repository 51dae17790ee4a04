"""What became of the words of a passage: removed and added ones, and some around them."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from tui.anchoring.aligning import Alignment
from tui.anchoring.differing import differences

ELLIPSIS = "…"


class Bit(NamedTuple):
    """A stretch of a comparison: `same`, `removed`, or `added`; `text` is never empty."""

    kind: str
    text: str


def compared(old: str, new: str) -> tuple[Bit, ...]:
    """Two texts as one, word by word; white space is closed up, since no word lies in it."""
    old, new = " ".join(old.split()), " ".join(new.split())
    bits: list[Bit] = []
    for run in differences(Alignment(old, new)):
        text = run.new.of(new) if run.kind == "added" else run.old.of(old)
        bits.append(Bit(run.kind, text))
    return tuple(bits)


def excerpt(bits: Iterable[Bit], words: int = 3) -> tuple[Bit, ...]:
    """The same comparison with so many words on either side of what changed; `…` for the rest."""
    everything = tuple(bits)
    last = len(everything) - 1
    return tuple(
        bit if bit.kind != "same" else Bit("same", _shortened(bit.text, words, n > 0, n < last))
        for n, bit in enumerate(everything)
    )


def _shortened(text: str, words: int, before: bool, after: bool) -> str:
    """What stayed the same, cut down to the words beside the change `before` and `after` it."""
    parts = text.split(" ")
    room = words * (before + after) + 2
    if len(parts) <= room:
        return text
    head = " ".join(parts[: words + 1]) if before else ""
    tail = " ".join(parts[-words - 1 :]) if after else ""
    return " ".join(part for part in (head, ELLIPSIS, tail) if part)


def marked(bits: Iterable[Bit]) -> str:
    """A comparison as plain text: `more than [-3,000-] {+4,000+} men`, as in GNU wdiff."""
    found = list(bits)
    return "".join(
        text + _gap(bit, after)
        for (bit, after), text in zip(
            pairwise([*found, Bit("same", " ")]), map(enclosed, found), strict=True
        )
    )


def enclosed(bit: Bit) -> str:
    """The text of a bit with the signs that say what became of it, blanks left outside."""
    if bit.kind == "same":
        return bit.text
    opening, closing = ("[-", "-]") if bit.kind == "removed" else ("{+", "+}")
    words = bit.text.strip()
    if not words:
        return f"{opening}{bit.text}{closing}"
    head, _, tail = bit.text.partition(words)
    return f"{head}{opening}{words}{closing}{tail}"


def _gap(bit: Bit, after: Bit) -> str:
    """A blank between what was removed and what stands there instead."""
    replaced = bit.kind == "removed" and after.kind == "added"
    return " " if replaced and not bit.text[-1:].isspace() else ""
