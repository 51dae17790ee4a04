"""One article as its cues are read: looks up sentences near an extent, never all of them."""

from __future__ import annotations

import re
from bisect import bisect_right

from tui.analysis.english_cues import Cue, find_cues
from tui.analysis.kinds import kind_of
from tui.analysis.quotations import masked, quotations
from tui.model.articles import Article, Caption, Outline, Sentence
from tui.model.records import Phrase
from tui.model.sources import Registry, Source, folded
from tui.model.spans import Extent, select

LOOK_BACK = 12  # sentences in which a pronoun's antecedent or a quotation's speaker is looked for
HANGUL = re.compile(r"[가-힣]")
_ENGLISH = re.compile(r"[A-Za-z]")
_LONGEST = 3000  # code points of a sentence that are searched for cues


def is_korean(words: str) -> bool:
    """Whether a sentence is Korean: a name in Hangul does not make an English one Korean."""
    if HANGUL.search(words) is None:
        return False
    return 2 * len(HANGUL.findall(words)) >= len(_ENGLISH.findall(words))


def place_of(cue: Cue, sentence: Sentence) -> Extent:
    """Where a cue of a sentence stands in the text."""
    return Extent(sentence.start + cue.start, sentence.start + cue.end)


def phrase_at(text: str, place: Extent) -> Phrase:
    """The words at a place, line breaks closed up, with their selector."""
    words = " ".join(place.of(text).split())
    return Phrase(words, select(text, place.start, place.end))


class Reading:
    """An article, its outline and the analyst's names of sources."""

    def __init__(self, article: Article, outline: Outline, registry: Registry) -> None:
        self.article = article
        self.outline = outline
        self._names = _index(registry)
        self._words: dict[int, str] = {}  # of sentences, by where they begin

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that covers an offset, or of the next one that begins."""
        sentences = self.outline.sentences
        index = bisect_right(sentences, offset, key=lambda s: s.start) - 1
        if 0 <= index < len(sentences) and offset < sentences[index].end:
            return index
        return index + 1 if index + 1 < len(sentences) else None

    def text_of(self, sentence: Sentence) -> str:
        """The sentence's words with what it quotes masked."""
        words = self._words.get(sentence.start)
        if words is None:
            extent = Extent(sentence.start, min(sentence.end, sentence.start + _LONGEST))
            quoted = quotations(self.article, self.outline, extent)
            words = self._words[sentence.start] = masked(self.article.text, extent, quoted)
        return words

    def cues(self, index: int) -> tuple[Cue, ...]:
        """The cues of a sentence outside its quotations, in text order."""
        sentence = self.outline.sentences[index]
        if sentence.kind == "caption":
            return ()
        words = self.text_of(sentence)
        if is_korean(words):
            from tui.analysis.korean_cues import find_korean_cues

            return find_korean_cues(words)
        return find_cues(words)

    def all_cues(self, index: int) -> tuple[Cue, ...]:
        """The cues of a sentence, those that are only good enough to propose among them."""
        sentence = self.outline.sentences[index]
        words = self.text_of(sentence)
        if sentence.kind == "caption":
            return ()
        if is_korean(words):
            from tui.analysis.korean_cues import all_korean_cues

            return all_korean_cues(words)
        from tui.analysis.english_wide import find_wide_cues

        return find_wide_cues(words)

    def named(self, words: str) -> tuple[str, str, bool]:
        """The canonical name and kind of a source's words, and whether the registry knows it."""
        tokens = words.split()
        for first in range(min(len(tokens), 8)):
            known = self._names.get(folded(" ".join(tokens[first:])))
            if known is not None:
                return known.name, known.kind or kind_of(known.name), True
        return words, kind_of(words), False

    def known(self, name: str) -> Source | None:
        """The source that the registry has under a name."""
        return self._names.get(folded(name))

    def caption_of(self, sentence: Sentence) -> Caption | None:
        """The speaker's caption in whose block a sentence stands."""
        for caption in self.article.captions:
            if caption.block.start <= sentence.start < caption.block.end:
                return caption
        return None


_cached: list[tuple[tuple[Source, ...], dict[str, Source]]] = []


def _index(registry: Registry) -> dict[str, Source]:
    """Sources by folded name; kept for the registry asked for last."""
    if _cached and _cached[0][0] is registry.sources:
        return _cached[0][1]
    names: dict[str, Source] = {}
    for source in registry.sources:
        for name in source.names():
            names.setdefault(folded(name), source)
    _cached[:] = [(registry.sources, names)]
    return names
