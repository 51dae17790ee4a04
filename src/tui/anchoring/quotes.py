"""Find a quote again by its words and their context, where the text it was made on is lost.

A W3C text quote selector (Web Annotation Data Model 4.2.4) names the words and what stands before
and after them. Here the words must be found unchanged; the context tells which of several places
is meant, and whether a short quote is more than a chance find.
"""

from __future__ import annotations

from msgspec import Struct

from tui.model.spans import Span

LONG = 30  # code points from which a quote that stands once needs no context
MARGIN = 8  # code points by which the best context must agree more than the next best
MANY = 500  # places beyond which only the whole context can tell


class _Candidate(Struct, frozen=True, order=True):
    agreement: int  # code points of context that agree, both sides together
    start: int


def find_quote(span: Span, text: str) -> int | None:
    """Where the words of a span start in a text that may not be the one it was made on.

    The words must be the same to the code point. The place is the only one where they stand with
    their whole context; else the only one where they stand, if the quote is long or half its
    context agrees; else the one whose context agrees by half while that of no other does, by a
    wide margin. None if there is no such place.
    """
    if not span.exact:
        return None
    whole = _with_whole_context(span, text)
    if whole:
        return whole[0] if len(whole) == 1 and not _rivalled(span, text, whole[0]) else None
    starts = _occurrences(span.exact, text, MANY)
    if not starts or len(starts) == MANY:
        return None
    if len(starts) == 1 and len(span.exact) >= LONG:
        return starts[0]
    best, *others = sorted((_Candidate(_agreement(span, text, s), s) for s in starts), reverse=True)
    if not _enough(span, best.agreement):
        return None
    if others and not _clear(span, best.agreement, others[0].agreement):
        return None
    return best.start


def _clear(span: Span, best: int, next_: int) -> bool:
    """Whether the best place is the one that is meant, by a margin over the next best.

    Either the next could not stand for itself, or the best has nearly the whole context.
    """
    nearly_whole = best >= len(span.prefix) + len(span.suffix) - MARGIN
    return best - next_ >= MARGIN and (nearly_whole or not _enough(span, next_))


def _with_whole_context(span: Span, text: str) -> list[int]:
    """At most two places where the quote stands with all of its context, if it has enough."""
    if len(span.prefix) + len(span.suffix) < MARGIN:
        return []
    passage = span.prefix + span.exact + span.suffix
    found = [start + len(span.prefix) for start in _occurrences(passage, text, 2)]
    at_start = span.start == len(span.prefix)  # nothing stood before: that is context too
    if at_start and len(found) == 2 and found[0] == span.start:
        return found[:1]
    return found


def _rivalled(span: Span, text: str, start: int) -> bool:
    """Whether the words stand at their old offsets too, with enough context to be meant there.

    A text may hold a passage twice; an edit next to the one that was marked leaves the whole
    context only to the other.
    """
    return (
        0 <= span.start != start
        and text.startswith(span.exact, span.start)
        and _enough(span, _agreement(span, text, span.start))
    )


def _enough(span: Span, agreement: int) -> bool:
    return agreement >= max(MARGIN, (len(span.prefix) + len(span.suffix)) / 2)


def _occurrences(words: str, text: str, most: int) -> list[int]:
    """Where words stand in a text, overlapping ones too, at most `most` of them."""
    found: list[int] = []
    start = text.find(words)
    while start >= 0 and len(found) < most:
        found.append(start)
        start = text.find(words, start + 1)
    return found


def _agreement(span: Span, text: str, start: int) -> int:
    """How many code points next to a place agree with the stored context, outward on each side."""
    end = start + len(span.exact)
    before = text[max(0, start - len(span.prefix)) : start]
    after = text[end : end + len(span.suffix)]
    return _shared(before[::-1], span.prefix[::-1]) + _shared(after, span.suffix)


def _shared(one: str, other: str) -> int:
    """Length of the common beginning of two texts."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
