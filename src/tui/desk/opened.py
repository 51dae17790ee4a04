"""The texts of articles that are in memory, each with its outline."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator

from msgspec import Struct

from tui.articles import outline, refined
from tui.model.articles import Article, Outline
from tui.model.spans import Extent

KEPT_TEXTS = 16  # opened articles that stay in memory ...
KEPT_CHARS = 24_000_000  # ... as long as they are no longer than this together
NEAR = 12_000  # code points around what is looked at in which paragraphs and sentences are found


class Opened(Struct, frozen=True):
    """An article with its text, and its outline."""

    article: Article
    outline: Outline


class OpenedTexts:
    """Texts by the id of their article; those not used for longest are let go."""

    def __init__(self) -> None:
        self._texts: OrderedDict[str, Opened] = OrderedDict()

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def get(self, article: str) -> Opened | None:
        """An article whose text is in memory; it counts as used."""
        there = self._texts.get(article)
        if there is not None:
            self._texts.move_to_end(article)
        return there

    def keep(self, article: Article) -> Opened:
        """Hold the text of an article, and let those go that were not used for longest."""
        opened = Opened(article, outline(article))
        self._texts[article.id] = opened
        self._texts.move_to_end(article.id)
        while len(self._texts) > 1 and (
            len(self._texts) > KEPT_TEXTS
            or sum(len(o.article.text) for o in self._texts.values()) > KEPT_CHARS
        ):
            self._texts.popitem(last=False)
        return opened

    def nearer(self, opened: Opened, near: Extent) -> Opened:
        """The same article, with what its outline has around an extent found, and kept so."""
        around = Extent(max(0, near.start - NEAR), near.end + NEAR)
        finer = refined(opened.article, opened.outline, around)
        if finer is not opened.outline:
            opened = self._texts[opened.article.id] = Opened(opened.article, finer)
        return opened

    def close(self, article: str) -> None:
        """Let the text of an article go, to be read again."""
        self._texts.pop(article, None)
