"""The outline of an article: its paragraphs and the stops of the reading cursor."""

from __future__ import annotations

from tui.articles.blocks import paragraphs, wrapping_of
from tui.articles.sentences import split_paragraph
from tui.model.articles import Article, Outline, Sentence
from tui.model.spans import Extent


def outline(article: Article) -> Outline:
    """Paragraphs and sentences of an article, in text order; none touches its header.

    The headline and each caption are a paragraph and a stop of their own. A sentence lies in one
    paragraph, even where it runs over a blank line: the paragraph then does, too. Together the
    sentences cover everything outside the header that is not white space.
    """
    text = article.text
    how = wrapping_of(text)
    found: list[Extent] = []
    stops: list[Sentence] = []
    at = 0
    for start, end, kind in (*_parts(article), (len(text), len(text), "")):
        for paragraph in paragraphs(text, at, start, how):
            found.append(paragraph)
            stops.extend(Sentence(*s) for s in split_paragraph(text, *paragraph))
        if kind:
            found.append(Extent(start, end))
            stops.append(Sentence(start, end, kind))
        at = max(at, end)
    return Outline(tuple(found), tuple(stops))


def _parts(article: Article) -> list[tuple[int, int, str]]:
    """Header ranges (kind empty), headline and captions in text order."""
    parts = [(e.start, e.end, "") for e in article.header]
    if article.headline:
        parts.append((article.headline.start, article.headline.end, "headline"))
    parts.extend((c.start, c.end, "caption") for c in article.captions)
    return sorted(parts)
