"""A text whose Hangul is taken apart (NFD, as macOS names files), put together to be read by rules.

The canonical text stays as it is and so do the offsets of all records: what is found in the
composed copy is brought back to the places of the text itself.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from msgspec.structs import replace

from tui.model.articles import Article, Caption, Outline, Section, Sentence
from tui.model.spans import Extent

# Modern syllables (The Unicode Standard, 3.12): leading consonant, vowel, perhaps a trailing one.
_SYLLABLE = "[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?"


class Composed:
    """A copy of a text with one code point a syllable, and the way of offsets to and fro."""

    def __init__(self, text: str) -> None:
        parts: list[str] = []
        self._at: list[int] = []  # of each syllable in the copy ...
        self._own_at: list[int] = []  # ... and in the text itself
        self._more = [0]  # code points that the text has more, before each syllable and at the end
        last = 0
        for found in re.finditer(_SYLLABLE, text):
            parts += (text[last : found.start()], _together(found.group()))
            last = found.end()
            self._own_at.append(found.start())
            self._at.append(found.start() - self._more[-1])
            self._more.append(self._more[-1] + found.end() - found.start() - 1)
        self.text = "".join((*parts, text[last:]))

    def own(self, extent: tuple[int, int]) -> Extent:
        """Where a range of the copy lies in the text itself."""
        start, end = (at + self._more[bisect_left(self._at, at)] for at in extent)
        return Extent(start, end)

    def there(self, extent: tuple[int, int]) -> Extent:
        """Where a range of the text itself lies in the copy; an edge in a syllable takes it in."""
        start, end = extent
        first = bisect_left(self._own_at, start + 1) - 1  # the syllable at or before the start
        last = bisect_left(self._own_at, end)
        low = start - self._more[first + 1] if first >= 0 else start
        high = end - self._more[last]
        if first >= 0:
            low = max(low, self._at[first] + (start > self._last_of(first)))
        if last:
            high = max(high, self._at[last - 1] + 1)
        return Extent(low, high)

    def _last_of(self, index: int) -> int:
        """The last code point of a syllable in the text itself."""
        return self._own_at[index] + self._more[index + 1] - self._more[index]

    def article(self, article: Article) -> Article:
        """The article with the copy for its text."""
        return replace(
            article,
            text=self.text,
            headline=self.there(article.headline) if article.headline else None,
            header=tuple(map(self.there, article.header)),
            sections=tuple(
                Section(s.label, *self.there((s.start, s.end))) for s in article.sections
            ),
            captions=tuple(
                Caption(*self.there((c.start, c.end)), c.name, c.affiliation, self.there(c.block))
                for c in article.captions
            ),
        )

    def outline(self, outline: Outline) -> Outline:
        """The outline of the text itself, in the copy."""
        return Outline(
            tuple(map(self.there, outline.paragraphs)),
            tuple(Sentence(*self.there((s.start, s.end)), s.kind) for s in outline.sentences),
        )

    def own_outline(self, outline: Outline) -> Outline:
        """The outline of the copy, in the text itself."""
        return Outline(
            tuple(map(self.own, outline.paragraphs)),
            tuple(Sentence(*self.own((s.start, s.end)), s.kind) for s in outline.sentences),
        )


def _together(jamo: str) -> str:
    """One code point for the jamo of a syllable (The Unicode Standard, 3.12)."""
    leading, vowel = ord(jamo[0]) - 0x1100, ord(jamo[1]) - 0x1161
    trailing = ord(jamo[2]) - 0x11A7 if len(jamo) > 2 else 0
    return chr(0xAC00 + (leading * 21 + vowel) * 28 + trailing)
