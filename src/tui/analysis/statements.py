"""The attributed statements of one sentence: each cue with what it attributes.

Offsets of `Stated` are code points of the article's text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from tui.analysis.english_cues import Cue
from tui.analysis.quotations import MASK
from tui.analysis.reading import Reading, is_korean
from tui.model.spans import Extent

_BOUNDARY = re.compile(
    r"(?:[,;]|\s[-–—])\s+(?:(?:and|but|while|whereas|though|although|then|or|as|yet|so)\s+)?$|;\s*$|"
    r"\s(?:and|but|while|whereas|though|although)\s+$|[”\"]\s+(?:and|but|while|as)?\s*$"
)
_PARTICIPLE = re.compile(r"(?:,|[”\"]|—|–|\s-)\s*(?:(?:and|but|\w+ly|also|even|then)\s+)*$")
_COORDINATED = re.compile(r"(?:\band|\bbut|,)\s+(?:(?:also|then|even|later|\w+ly)\s+)*$")
_AFTER_MID = re.compile(r"\s*,?\s*(?=[“\"])|\s*[,:;—–]\s*(?:but|and|though|although)?\s*")
_OPENING = re.compile(
    r"[\s,;:—–-]*(?:(?:but|and|still|yet|so|however|meanwhile)\b,?\s*)?", re.IGNORECASE
)
_CLOSING = " \t\n,;:.!?—–-"
_BARE = 3  # letters that a statement has at least


class Stated(NamedTuple):
    """What one cue attributes: the cues above it and itself, outermost first, and its words."""

    cues: tuple[Cue, ...]
    content: tuple[Extent, ...]

    @property
    def cue(self) -> Cue:
        """The innermost cue."""
        return self.cues[-1]


def statements_of(reading: Reading, index: int) -> list[Stated]:
    """The statements of a sentence in the order of their cues, those without a cue left out."""
    sentence = reading.outline.sentences[index]
    words = reading.text_of(sentence)
    if is_korean(words):
        return _in_korean(words, sentence.start)
    cues = reading.all_cues(index)
    kept = _outer(words, cues)
    reaches = [_reach(words, cue, kept) for cue in kept]
    contents = [_content(words, cue, reach) for cue, reach in zip(kept, reaches, strict=True)]
    found: list[Stated] = []
    for cue, pieces in zip(kept, contents, strict=True):
        above = [
            other
            for other, covering in zip(kept, reaches, strict=True)
            if other is not cue
            and other.source is not None
            and any(p.covers(cue.start) for p in covering)
        ]
        above.sort(
            key=lambda c: (c.position == "lead", c.start if c.position == "lead" else -c.start)
        )
        if cue.agentless and not cue.sure and above:
            continue  # "The idea of it is bad, he said"
        if pieces and not _passed_on(words, cue, pieces, kept, contents):
            moved = (Extent(p.start + sentence.start, p.end + sentence.start) for p in pieces)
            found.append(Stated((*above, cue), tuple(moved)))
    return found


def _in_korean(words: str, offset: int) -> list[Stated]:
    """The statements of a Korean sentence; its cues are found together with what they attribute."""
    from tui.analysis.korean_cues import told_in

    return [
        Stated(told.cues, tuple(Extent(p.start + offset, p.end + offset) for p in told.content))
        for told in told_in(words)
        if told.content
    ]


def _beginning(cue: Cue) -> int:
    """Where a cue and the source before it begin."""
    return min(cue.start, cue.source.first) if cue.source is not None else cue.start


def _outer(words: str, cues: Sequence[Cue]) -> list[Cue]:
    """The cues that stand by themselves, and the sure ones in what another one attributes."""
    kept: list[Cue] = []
    for cue in cues:
        before = [c for c in kept if c.position == "lead" and c.end <= cue.start]
        above = before[-1] if before else None
        if (
            above is None
            or cue.position != "lead"
            or _beside(words, above, cue)
            or (cue.sure and cue.source is not None and above.sure)
        ):
            kept.append(cue)
    return kept


def _beside(words: str, first: Cue, second: Cue) -> bool:
    """Whether the second cue is not part of what the first one attributes."""
    return _parted(words, first, second) is not None


def _parted(words: str, first: Cue, second: Cue) -> int | None:
    """Where the first cue's words end because the second cue stands beside it, or None."""
    start = _group(words, first.end, second.start)
    if second.source is not None and first.end <= second.source.first < second.start:
        start = second.source.first
        found = _BOUNDARY.search(words, first.end, start)
        return found.start() if found is not None else None
    pattern = _PARTICIPLE if second.verb.endswith("ing") else _COORDINATED
    found = pattern.search(words, first.end, start)
    if found is None or second.source is None:
        return None
    return found.start()


_AUXILIARY = re.compile(
    r"(?:has|have|had|is|are|was|were|also|then|later|not|been|will|would|\w+ly)\s+$"
)


def _group(words: str, low: int, start: int) -> int:
    """Where the auxiliaries before a verb begin."""
    while (found := _AUXILIARY.search(words, max(low, start - 16), start)) is not None:
        start = found.start()
    return start


def _content(words: str, cue: Cue, reach: tuple[Extent, ...]) -> tuple[Extent, ...]:
    """What a cue attributes, without whom it was told to, when, and `that`."""
    if len(reach) != 1 or reach[0].start < cue.end or cue.position != "lead":
        return reach
    whom = _WHOM.match(words, reach[0].start, reach[0].end)
    if whom is not None and not _VERBAL.search(whom.group()):
        return _pieces(words, Extent(whom.end(), reach[0].end))
    conjunction = _THAT.match(words, reach[0].start, reach[0].end)
    if conjunction is None or _VERBAL.search(conjunction["between"]):
        return reach
    return _pieces(words, Extent(conjunction.end(), reach[0].end))


_THAT = re.compile(r"(?P<between>[^,;:“”\"–—]{0,80}?)(?<!\bof\s)(?<!\bin\s)\bthat\s")
# `told the seminar: “...”`, `said in a letter to members, “...”`
_WHOM = re.compile(
    r"[^,;:“”\"]{2,80}?[:,]\s*(?=[“\"])"
    r"|(?:reporters|journalists|lawmakers|MPs|delegates|parliament|him|her|them|us|me)\s+"
    r"(?=(?:it|he|she|they|we|I|there|the|this|his|her|their)\b)"
)
_VERBAL = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|will|would|could|can|may|might|does|did|who|which|"
    r"when|if|he|she|they|it|we|I|there)\b|['’](?:re|ve|ll)\s|\s-\s"
)


def _reach(words: str, cue: Cue, cues: Sequence[Cue]) -> tuple[Extent, ...]:
    """The ranges of a sentence that a cue governs; offsets from the sentence's start."""
    if cue.position in ("mid", "tail") or (cue.source is not None and cue.source.start >= cue.end):
        return _around(words, cue, cues)
    if cue.agentless and cue.words.casefold().endswith("ly"):
        return _pieces(words, Extent(0, len(words)))  # "reportedly"
    if cue.agentless and cue.words.casefold().endswith("to"):
        return _pieces(words, Extent(0, len(words)))  # "they are believed to"
    stop = len(words)
    aside = _ASIDE.search(words, cue.end, stop) if _is_aside(words, cue) else None
    stop = aside.start() if aside is not None else stop
    for other in cues:
        if other.position == "mid" and other.start > cue.end:
            stop = min(stop, _beginning(other))
        elif other.start > cue.end and other.position == "lead":
            parted = _parted(words, cue, other)
            if parted is not None:
                stop = min(stop, parted)
    return _pieces(words, Extent(cue.end, stop))


_ASIDE = re.compile(r",\s")


def _is_aside(words: str, cue: Cue) -> bool:
    """Whether a cue stands in a clause between commas: `Ann Lee, who doubts it, left`."""
    source = cue.source
    if source is None or words[source.start : source.end] not in ("who", "which"):
        return False
    return words[: source.start].rstrip().endswith(",")


def _around(words: str, cue: Cue, cues: Sequence[Cue]) -> tuple[Extent, ...]:
    """What stands before a cue with its source, and a quotation that goes on behind them."""
    begin, end = _beginning(cue), cue.end
    later = [c.start for c in cues if c.start > cue.end and c.position == "lead"]
    stop = min((len(words), *later))
    if cue.source is not None:
        end = max(end, cue.source.end)
    found = [*_pieces(words, Extent(0, begin))]
    after = _AFTER_MID.match(words, end)
    quoted = re.compile(r"[^“\"]{0,120}?[,:.]\s*(?=[“\"])").match(words, end)
    if quoted is not None:
        found += _pieces(words, Extent(quoted.end(), max(stop, quoted.end())))
    elif after is not None and after.end() > end and cue.verb not in ("according to", "account"):
        rest = words[after.end() :]
        if len(rest.split()) > 3 and not re.match(r"(?:who|which|a|an|the|adding)\s", rest):
            found += _pieces(words, Extent(after.end(), len(words)))
    elif not found:
        found += _pieces(words, Extent(end, len(words)))
    return tuple(found)


def _pieces(words: str, extent: Extent) -> tuple[Extent, ...]:
    """The range without conjunctions, marks and blanks at its edges; none if too little is left."""
    opening = _OPENING.match(words, extent.start, extent.end)
    start = opening.end() if opening is not None else extent.start
    end = extent.end
    while end > start and words[end - 1] in _CLOSING:
        end -= 1
    start, end = _without_stray_marks(words, start, end)
    kept = words[start:end]
    if sum(c.isalnum() or c == MASK for c in kept) < _BARE:
        return ()
    return (Extent(start, end),)


def _without_stray_marks(words: str, start: int, end: int) -> tuple[int, int]:
    """The edges without a quotation mark whose other one lies outside, as a headline's do."""
    kept = words[start:end]
    if kept.startswith("“") and "”" not in kept:
        start += 1
    if kept.endswith("”") and "“" not in kept and MASK not in kept:
        end -= 1
    return start, end


def _passed_on(
    words: str,
    cue: Cue,
    pieces: tuple[Extent, ...],
    cues: Sequence[Cue],
    contents: Sequence[tuple[Extent, ...]],
) -> bool:
    """Whether a statement is as good as that of a cue in it: `A reported that B said ...`."""
    covered = [0] * len(words)
    for other, inner in zip(cues, contents, strict=True):
        if other is cue or (other.source is None and cue.source is not None):
            continue
        if not any(p.covers(other.start) for p in pieces):
            continue
        begin = _beginning(other)
        ends = [piece.end for piece in inner if piece.start >= begin]
        for piece in (Extent(begin, max((other.end, *ends))), *inner):
            covered[piece.start : piece.end] = [1] * (piece.end - piece.start)
        if other.source is not None:
            covered[other.source.first : other.source.end] = [1] * (
                other.source.end - other.source.first
            )
    left = sum(words[i].isalnum() and not covered[i] for p in pieces for i in range(p.start, p.end))
    return any(covered) and left < 16
