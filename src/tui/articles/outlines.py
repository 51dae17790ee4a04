"""The outline of an article: its paragraphs and the stops of the reading cursor."""

from __future__ import annotations

from collections.abc import Iterator

from tui.articles.blocks import paragraphs, wrapping_of
from tui.articles.sentences import split_paragraph
from tui.model.articles import Article, Outline, Sentence, is_taken_apart
from tui.model.spans import Extent

CAREFUL = 1_000_000  # code points in which every sentence is found
_STRETCH = 3_000  # beyond them a paragraph is lines of at least so many code points ...
_LONGEST = 4_000  # ... and a stop no longer than this


def outline(article: Article) -> Outline:
    """Paragraphs and sentences of an article, in text order; none touches its header.

    The headline and each caption are a paragraph and a stop of their own. A sentence lies in one
    paragraph, even where it runs over a blank line: the paragraph then does, too. Together the
    sentences cover everything outside the header that is not white space.

    Behind the first million code points the stops are stretches of whole lines, or up to a full
    stop in a line that is very long: so large a text is looked through rather than read.
    """
    if not is_taken_apart(article.text):
        return _outline(article)
    from tui.model.composed import Composed

    copy = Composed(article.text)
    return copy.own_outline(_outline(copy.article(article)))


def _outline(article: Article) -> Outline:
    text = article.text
    how = wrapping_of(text)
    found: list[Extent] = []
    stops: list[Sentence] = []
    at = 0
    for start, end, kind in (*_parts(article), (len(text), len(text), "")):
        edge = _edge(text, at, start)
        for paragraph in paragraphs(text, at, edge, how):
            found.append(paragraph)
            stops.extend(Sentence(*s) for s in split_paragraph(text, *paragraph))
        for stretch in _stretches(text, edge, start):
            found.append(stretch)
            stops.extend(_pieces(text, stretch))
        if kind:
            found.append(Extent(start, end))
            stops.append(Sentence(start, end, kind))
        at = max(at, end)
    return Outline(tuple(found), tuple(stops))


def _edge(text: str, start: int, end: int) -> int:
    """Where in a range the careful part ends: behind a line, or a word of a very long one."""
    if end <= CAREFUL:
        return end
    if start >= CAREFUL:
        return start
    for sign in ("\n", " "):
        found = text.find(sign, CAREFUL, CAREFUL + _LONGEST)
        if 0 <= found < end:
            return found
    return CAREFUL


def _stretches(text: str, start: int, end: int) -> Iterator[Extent]:
    """Lines taken together, trimmed of white space."""
    while start < end:
        stop = text.find("\n", min(start + _STRETCH, end), end)
        stop = end if stop < 0 else stop
        yield from _trimmed(text, start, stop)
        start = stop + 1


def _pieces(text: str, stretch: Extent) -> Iterator[Sentence]:
    """A stretch as stops, cut behind full stops or blanks if it is too long for one."""
    start, end = stretch
    if end - start <= _LONGEST:
        yield Sentence(start, end)
        return
    while end - start > _LONGEST:
        stop = text.rfind(". ", start, start + _LONGEST) + 1 or text.rfind(
            " ", start, start + _LONGEST
        )
        stop = stop if stop > start else start + _LONGEST
        yield from (Sentence(*piece) for piece in _trimmed(text, start, stop))
        start = stop
    yield from (Sentence(*piece) for piece in _trimmed(text, start, end))


def _trimmed(text: str, start: int, end: int) -> Iterator[Extent]:
    """A range without its outer white space, unless that is all."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Extent(start, end)


def _parts(article: Article) -> list[tuple[int, int, str]]:
    """Header ranges (kind empty), headline and captions in text order."""
    parts = [(e.start, e.end, "") for e in article.header]
    if article.headline:
        parts.append((article.headline.start, article.headline.end, "headline"))
    parts.extend((c.start, c.end, "caption") for c in article.captions)
    return sorted(parts)
