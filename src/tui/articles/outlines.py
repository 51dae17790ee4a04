"""The outline of an article: its paragraphs and the stops of the reading cursor."""

from __future__ import annotations

from tui.articles.blocks import Wrapping, paragraphs, wrapping_of
from tui.articles.sentences import split_paragraph
from tui.articles.stretches import far_part, paragraph_end
from tui.model.articles import Article, Outline, Sentence, is_taken_apart
from tui.model.spans import Extent

CAREFUL = 100_000  # code points in which every sentence is found at once: a news article, and more
_REACH = 12_000  # code points behind them in which that part must end


def outline(article: Article, careful: int = CAREFUL) -> Outline:
    """Paragraphs and sentences of an article, in text order; none touches its header.

    The headline and each caption are a paragraph and a stop of their own. A sentence lies in one
    paragraph, even where it runs over a blank line: the paragraph then does, too. Together the
    sentences cover everything outside the header that is not white space.

    Behind the first `careful` code points the stops are rough: stretches of whole paragraphs, or
    parts of one that is very long. `refined` finds what is in those that are looked at.
    """
    if not is_taken_apart(article.text):
        return _outline(article, careful)
    from tui.model.composed import Composed

    copy = Composed(article.text)
    return copy.own_outline(_outline(copy.article(article), len(copy.text)))


def _outline(article: Article, careful: int) -> Outline:
    text = article.text
    how = wrapping_of(text)
    found: list[Extent] = []
    stops: list[Sentence] = []
    rough = at = 0
    for start, end, kind in (*_parts(article), (len(text), len(text), "")):
        edge = _edge(text, at, start, careful, how)
        for paragraph in paragraphs(text, at, edge, how):
            found.append(paragraph)
            stops.extend(Sentence(*s) for s in split_paragraph(text, *paragraph))
        for stretch, pieces in far_part(text, edge, start, how):
            found.append(stretch)
            stops.extend(pieces)
            rough += len(pieces)
        if kind:
            found.append(Extent(start, end))
            stops.append(Sentence(start, end, kind))
        at = max(at, end)
    return Outline(tuple(found), tuple(stops), rough)


def _edge(text: str, start: int, end: int, careful: int, how: Wrapping) -> int:
    """Where in a range the careful part ends: with a paragraph, or a word of a very long one."""
    if end <= careful:
        return end
    if start >= careful:
        return start
    found = paragraph_end(text, start, careful, end, how)
    if found <= careful + _REACH:
        return found
    blank = text.find(" ", careful, careful + _REACH)
    return blank if blank >= 0 else careful


def _parts(article: Article) -> list[tuple[int, int, str]]:
    """Header ranges (kind empty), headline and captions in text order."""
    parts = [(e.start, e.end, "") for e in article.header]
    if article.headline:
        parts.append((article.headline.start, article.headline.end, "headline"))
    parts.extend((c.start, c.end, "caption") for c in article.captions)
    return sorted(parts)
