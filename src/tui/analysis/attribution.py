"""Chains of attribution by plain cues: who a stretch of text says that something is from.

Nothing is guessed: where no rule is sure of the source, the chain ends at the outlet.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from tui.analysis.cue_words import KOREAN_PRONOUNS, PLACES
from tui.analysis.english_cues import Cue, find_cues
from tui.analysis.hedges import modality_of
from tui.analysis.kinds import is_organisation, is_plural, kind_of
from tui.analysis.noun_phrases import subject
from tui.analysis.quotations import masked, paragraphs_around, quotations, within
from tui.analysis.times import find_times, resolve_when
from tui.model.articles import Article, Caption, Outline, Sentence
from tui.model.records import Hop, Phrase, When
from tui.model.sources import Registry, Source, folded
from tui.model.spans import Extent, select

_VERB_GROUP = 60  # code points that may lie between a source and its verb
_LONGEST = 3000  # code points of a sentence that are searched for cues
_LOOK_BACK = 12  # sentences in which a pronoun's antecedent is looked for
_PARALLEL = re.compile(r"(?:,|;)\s+(?:while|but|and|whereas|although|though)\s|;\s")
_HANGUL = re.compile(r"[가-힣]")


@dataclass(frozen=True, slots=True)
class Attribution:
    """What cues tell of a stretch of text: the chain, outlet outermost, and how it is put."""

    chain: tuple[Hop, ...]
    modality: str = ""
    hedge: Phrase | None = None


def find_chain(
    article: Article, outline: Outline, extent: Extent, registry: Registry
) -> Attribution:
    """The chain of hops that the text gives for an extent, its modality and its hedge.

    The outlet comes first, if it is known, with the article's time as `said`; an inner hop has
    a `said` only where the text dates the saying. Spans are selectors of the article's text.
    """
    reading = Reading(article, outline, registry)
    words = extent.of(article.text)
    start = extent.start + len(words) - len(words.lstrip())
    index = reading.sentence_at(start)
    outer = reading.outlet()
    if index is None:
        return Attribution(outer, *modality_of(article.text, (extent,), "", None))
    sentence = outline.sentences[index]
    here = Extent(max(extent.start, sentence.start), min(extent.end, sentence.end))
    cues = _covering(reading.text_of(sentence), reading.cues(index), sentence.start, here)
    hops = reading.hops(index, cues)
    last = cues[-1] if cues else None
    if not hops:
        hops, last = reading.inherited(index, here, last)
    agentless = next((c for c in reading.cues(index) if c.agentless), None)
    place = _place(agentless, sentence) if agentless is not None else None
    if not hops and agentless is not None and place is not None:
        cue = _phrase(article.text, place)
        hops = (Hop(Phrase(""), "none", cue),)
    marker = (agentless.modality, place) if agentless is not None and place is not None else None
    verb = last.verb if last is not None else ""
    content = _content(extent, cues, sentence.start)
    return Attribution((*outer, *hops), *modality_of(article.text, content, verb, marker))


def _place(cue: Cue, sentence: Sentence) -> Extent:
    return Extent(sentence.start + cue.start, sentence.start + cue.end)


def _phrase(text: str, place: Extent) -> Phrase:
    words = " ".join(place.of(text).split())
    return Phrase(words, select(text, place.start, place.end))


def _content(extent: Extent, cues: tuple[Cue, ...], offset: int) -> tuple[Extent, ...]:
    """The extent without the words of its sources and cues."""
    pieces = [extent]
    for cue in cues:
        source = cue.source
        holes = [Extent(cue.start, cue.end)]
        if source is not None:
            holes.append(Extent(source.first, source.end))
            near = 0 <= cue.start - source.end < _VERB_GROUP
            if near and not _HANGUL.search(cue.words):
                holes = [Extent(source.first, cue.end)]
        for hole in holes:
            pieces = _without(pieces, Extent(hole.start + offset, hole.end + offset))
    return tuple(pieces)


def _without(extents: list[Extent], hole: Extent) -> list[Extent]:
    return [
        piece
        for whole in extents
        for piece in (
            Extent(whole.start, min(whole.end, hole.start)),
            Extent(max(whole.start, hole.end), whole.end),
        )
        if piece.start < piece.end
    ]


def _covering(words: str, cues: tuple[Cue, ...], offset: int, extent: Extent) -> tuple[Cue, ...]:
    """The cues whose content the extent is part of, outermost first."""
    sourced = [c for c in cues if c.source is not None]
    start, end = extent.start - offset, extent.end - offset
    sourced = _of_segment(words, sourced, start)
    outer = [c for c in sourced if c.position in ("mid", "tail") and _reaches(words, c, start)]
    leads = [c for c in sourced if c.position == "lead" and end > c.end]
    inner = [c for c in sourced if c.position == "inner"]
    return (*reversed(outer), *leads, *inner)


def _of_segment(words: str, cues: list[Cue], start: int) -> list[Cue]:
    """The cues of the extent's own half where two clauses attribute side by side."""
    leads = [c for c in cues if c.position == "lead"]
    for first, second in pairwise(leads):
        beginning = second.source.first if second.source is not None else second.start
        beginning = min(beginning, second.start)
        parts = list(_PARALLEL.finditer(words, first.end, beginning + 1))
        if not parts:
            continue
        parted = parts[-1]
        if start >= parted.start():
            return [c for c in cues if c.start >= parted.start()]
        return [c for c in cues if c.start < parted.start()]
    return cues


def _reaches(words: str, cue: Cue, start: int) -> bool:
    if start < cue.end:
        return True
    return re.match(r"[\s,]*(?:but|and|though|although)\b", words[cue.end :]) is None


class Reading:
    """One article as its cues are read: looks up sentences near an extent, never all of them."""

    def __init__(self, article: Article, outline: Outline, registry: Registry) -> None:
        self.article = article
        self.outline = outline
        self.names = _index(registry)

    # Sentences

    def sentence_at(self, offset: int) -> int | None:
        """The index of the sentence that covers an offset, or of the next one that begins."""
        sentences = self.outline.sentences
        index = bisect_right(sentences, offset, key=lambda s: s.start) - 1
        if 0 <= index < len(sentences) and offset < sentences[index].end:
            return index
        return index + 1 if index + 1 < len(sentences) else None

    def text_of(self, sentence: Sentence) -> str:
        """The sentence's words with what it quotes masked."""
        extent = Extent(sentence.start, min(sentence.end, sentence.start + _LONGEST))
        quoted = quotations(self.article, self.outline, extent)
        return masked(self.article.text, extent, quoted)

    def cues(self, index: int) -> tuple[Cue, ...]:
        """The cues of a sentence outside its quotations, in text order."""
        sentence = self.outline.sentences[index]
        if sentence.kind == "caption":
            return ()
        words = self.text_of(sentence)
        if _HANGUL.search(words):
            from tui.analysis.korean_cues import find_korean_cues

            return find_korean_cues(words)
        return find_cues(words)

    # Hops

    def outlet(self) -> tuple[Hop, ...]:
        """The outermost hop: who published it, and when."""
        outlet, published = self.article.outlet, self.article.published
        if not outlet:
            return ()
        said = None
        if published:
            when = resolve_when(published, "")
            said = replace(when, rule="published") if when.edtf else None
        return (Hop(Phrase(outlet), "named", Phrase("reported"), said),)

    def hops(self, index: int, cues: tuple[Cue, ...]) -> tuple[Hop, ...]:
        """The hops of a sentence's cues, outermost first; a source that repeats is one hop."""
        found: list[Hop] = []
        sentence = self.outline.sentences[index]
        for cue in cues:
            hop = self._hop(index, sentence, cue)
            if hop is None:
                continue
            if folded(hop.source.text) == folded(self.article.outlet):
                continue
            if any(folded(hop.source.text) == folded(other.source.text) for other in found):
                continue
            found.append(hop)
        return tuple(found)

    def _hop(self, index: int, sentence: Sentence, cue: Cue) -> Hop | None:
        source = cue.source
        if source is None:
            return None
        text = self.article.text
        place = Extent(sentence.start + source.start, sentence.start + source.end)
        phrase = _phrase(text, place)
        said = self._said(sentence, cue)
        cue_phrase = _phrase(text, _place(cue, sentence))
        if source.pronoun:
            named = self._antecedent(index, cue)
            if named is None:
                return None
            return Hop(replace(phrase, text=named[0]), named[1], cue_phrase, said, resolved=True)
        name, kind, known = self._named(phrase.text)
        if not known and kind == "named":
            full = self._full_name(index, name)
            if full is not None:
                return Hop(replace(phrase, text=full), kind, cue_phrase, said, resolved=True)
        return Hop(replace(phrase, text=name), kind, cue_phrase, said)

    def _named(self, words: str) -> tuple[str, str, bool]:
        """The canonical name and kind of a source's words, and whether the registry knows it."""
        tokens = words.split()
        for first in range(min(len(tokens), 8)):
            known = self.names.get(folded(" ".join(tokens[first:])))
            if known is not None:
                return known.name, known.kind or kind_of(known.name), True
        return words, kind_of(words), False

    def _said(self, sentence: Sentence, cue: Cue) -> When | None:
        """When the text dates the saying: a day beside the cue."""
        text = self.article.text
        start, end = sentence.start + cue.start, sentence.start + cue.end
        if cue.verb in ("according to", "account", "따르면"):
            return None
        anchor = self.article.published[:10]
        if _HANGUL.search(cue.words):
            return self._said_in_korean(sentence, cue, anchor)
        ahead = Extent(end, min(sentence.end, end + 90))
        for when in find_times(text, ahead, anchor):
            if when.span is not None and _dates_saying(text, cue, end, when, sentence.end):
                return when if when.edtf and ".." not in when.edtf else None
        low = max(sentence.start, start - 28)
        for when in find_times(text, Extent(low, start), anchor):
            gap = text[when.span.end : start].strip() if when.span is not None else "-"
            if gap in ("", "has", "had", "also", ","):
                before = text[low : when.span.start].rstrip() if when.span else ""
                return when if when.edtf and not before.endswith("since") else None
        return None

    def _said_in_korean(self, sentence: Sentence, cue: Cue, anchor: str) -> When | None:
        """The day that follows the source's particle: `국정원은 5일 ... 밝혔다`."""
        if cue.source is None:
            return None
        end = sentence.start + cue.source.end
        ahead = Extent(end, min(sentence.end, end + 30))
        for when in find_times(self.article.text, ahead, anchor):
            near = when.span is not None and when.span.start - end <= 4
            return when if near and re.fullmatch(r"[\d-]{10}", when.edtf) else None
        return None

    # Antecedents

    def _antecedent(self, index: int, cue: Cue) -> tuple[str, str] | None:
        """The nearest source before a pronoun that it can mean."""
        assert cue.source is not None
        pronoun = cue.source.text.casefold()
        for text, caption in self._sources_before(index, cue):
            name, kind, _ = self._named(text)
            if _can_mean(pronoun, name, kind, person=caption):
                return name, kind
        return None

    def _sources_before(self, index: int, cue: Cue) -> Iterator[tuple[str, bool]]:
        for other in reversed(self.cues(index)):
            if other.start < cue.start and other.source is not None and not other.source.pronoun:
                yield other.source.text, False
        for before in range(index - 1, max(-1, index - 1 - _LOOK_BACK), -1):
            sentence = self.outline.sentences[before]
            caption = self._caption_of(sentence)
            if caption is not None:
                yield caption.name, True
                continue
            yield from self._sources_of(before)

    def _sources_of(self, index: int) -> Iterator[tuple[str, bool]]:
        sentence = self.outline.sentences[index]
        if sentence.kind != "sentence":
            return
        cues = [c for c in self.cues(index) if c.source is not None and not c.source.pronoun]
        for cue in reversed(cues):
            if cue.source is not None:
                yield cue.source.text, False
        if not cues:
            begun = subject(self.text_of(sentence))
            if begun is not None and not begun.pronoun:
                yield begun.text, False

    def _full_name(self, index: int, name: str) -> str | None:
        """The one full name before that a lone surname is a word of."""
        if " " in name or _HANGUL.search(name) or name.isupper() or name.casefold() in PLACES:
            return None
        captions = [c.name for c in self.article.captions]
        before = [text for text, _ in self._names_before(index)]
        full = {n for n in (*captions, *before) if name in n.split() and " " in n}
        full = {n for n in full if not is_organisation(n)}
        return full.pop() if len(full) == 1 else None

    def _names_before(self, index: int) -> Iterator[tuple[str, bool]]:
        for before in range(index - 1, max(-1, index - 1 - 2 * _LOOK_BACK), -1):
            yield from self._sources_of(before)

    # What a sentence takes over from around it

    def _caption_of(self, sentence: Sentence) -> Caption | None:
        for caption in self.article.captions:
            if caption.block.start <= sentence.start < caption.block.end:
                return caption
        return None

    def inherited(
        self, index: int, extent: Extent, last: Cue | None
    ) -> tuple[tuple[Hop, ...], Cue | None]:
        """The hops of a quotation's speaker or a caption's, for a sentence without a source."""
        sentence = self.outline.sentences[index]
        caption = self._caption_of(sentence)
        if caption is not None:
            return (self._speaker(caption),), last
        quoted = quotations(self.article, self.outline, sentence.extent)
        quote = within(extent, quoted, self.article.text)
        if quote is None:
            return (), last
        other = self._sentence_of_quote(index, quote)
        if other is None:
            return (), last
        cues = tuple(c for c in self.cues(other) if c.source is not None)
        cues = tuple(reversed([c for c in cues if c.position != "lead"])) or cues
        found = self.hops(other, cues)
        return tuple(replace(hop, resolved=True) for hop in found), (cues or (None,))[-1]

    def _speaker(self, caption: Caption) -> Hop:
        text = self.article.text
        start = text.find(caption.name, caption.start, caption.end)
        name, kind, known = self._named(caption.name)
        span = select(text, start, start + len(caption.name)) if start >= 0 else None
        return Hop(Phrase(name, span), kind if known else "named", None, None, resolved=True)

    def _sentence_of_quote(self, index: int, quote: Extent) -> int | None:
        """The sentence that says whose quotation it is: its end's, or the one spoken before."""
        sentences = self.outline.sentences
        around = paragraphs_around(self.outline, sentences[index].extent)
        for after in range(index + 1, min(index + _LOOK_BACK, len(sentences))):
            if sentences[after].start >= quote.end + 2 or sentences[after].start >= around.end:
                break
            if self._attributes(after, quote.end - sentences[after].start):
                return after
        for before in range(index - 1, max(-1, index - _LOOK_BACK), -1):
            if sentences[before].start < around.start:
                return self._paragraph_before(before, quote, around)
            if self._attributes(before, 0):
                return before
        return None

    def _attributes(self, index: int, low: int) -> bool:
        return any(
            c.source is not None and c.end > low and not c.agentless for c in self.cues(index)
        )

    def _paragraph_before(self, before: int, quote: Extent, around: Extent) -> int | None:
        """The speaker goes on in a paragraph that opens with a quotation, the last one open."""
        sentence = self.outline.sentences[before]
        paragraph = paragraphs_around(self.outline, sentence.extent)
        quoted = quotations(self.article, self.outline, sentence.extent)
        words = sentence.extent.of(self.article.text).rstrip()
        opened = bool(quoted) and quoted[-1].end >= paragraph.end and words[-1] not in '”"'
        introduced = words.endswith(":")
        if quote.start > around.start + 1 or not (opened or introduced):
            return None
        for index in range(before, max(-1, before - _LOOK_BACK), -1):
            if self.outline.sentences[index].start < paragraph.start:
                return None
            if self._attributes(index, 0):
                return index
        return None


_TO_SAYING = re.compile(
    r"\s*(?:,?\s*(?:also|earlier|again|late|early)\s+)?(?:(?:on|in|at)\s+)?", re.IGNORECASE
)
_NO_CLAUSE = re.compile(r"[,;:.“”\"]|\b(?:that|is|are|was|were|has|have|had|will|would|could)\b")


def _dates_saying(text: str, cue: Cue, end: int, when: When, stop: int) -> bool:
    assert when.span is not None
    if when.qualifier in ("since", "until", "before", "after") or when.rule.startswith("duration"):
        return False
    between = text[end : when.span.start]
    after = text[when.span.end : min(stop, when.span.end + 6)]
    if _TO_SAYING.fullmatch(between):
        return True
    if _NO_CLAUSE.search(between) or len(between) > 70:
        return False
    if re.match(r"\s+that\b", after):
        return True
    return cue.position == "mid" and re.match(r"\s*[.,”\"]|\s*$", after) is not None


def _can_mean(pronoun: str, name: str, kind: str, *, person: bool) -> bool:
    if kind == "document":
        return pronoun in ("it", "they")
    organisation = not person and is_organisation(name)
    plural = not person and is_plural(name)
    if pronoun in ("he", "she", *KOREAN_PRONOUNS[:3]):
        opposite = "spokeswoman" if pronoun == "he" else "spokesman"
        titles = ("Mrs", "Ms") if pronoun == "he" else ("Mr", "Sir")
        if opposite in name.casefold() or name.startswith(titles):
            return False
        return not organisation and not plural and kind != "collective"
    if pronoun == "it":
        return organisation and not plural
    return plural or organisation


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
