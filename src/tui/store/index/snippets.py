"""The words around what was found, cut from the stored text, with its place in it.

FTS5 itself says where in a text an expression matches: the text is put into a table in memory and
its `highlight` function is asked, so that a snippet shows what the index found.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator, Sequence

from msgspec import Struct

from tui.model.articles import Article
from tui.model.spans import Extent
from tui.store.index.bigrams import Paired, paired
from tui.store.index.writing import blanked, columns_of

LENGTH = 160  # code points of a snippet, about
BEFORE = 40  # of them before the match
_WORD = 24  # at most so many are added or left out for the sake of whole words
_OPEN, _CLOSE = "\1", "\2"


class Snippet(Struct, frozen=True):
    """Some text on one line. `marks` are what was found in it, in code points of `text`.

    `place` is the first of them in the whole text; `places` are all that stand there. Both are
    empty where only a title that is not in the text has the words.
    """

    text: str
    marks: tuple[Extent, ...] = ()
    place: Extent = Extent(0, 0)
    places: tuple[Extent, ...] = ()


class Marker:
    """Says where expressions match in texts. For one thread at a time."""

    def __init__(self) -> None:
        self._connection = sqlite3.connect(
            ":memory:", isolation_level=None, check_same_thread=False
        )
        self._connection.execute(
            "create virtual table t using fts5(title, body, tokenize='unicode61')"
        )

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()

    def places(self, words: str, title: str, body: str) -> tuple[list[Extent], list[Extent]]:
        """Where an expression matches in a title and in a body, in text order."""
        both = (paired(title), paired(body))
        if not words:
            return [], []
        self._connection.execute("delete from t")
        self._connection.execute("insert into t values(?, ?)", tuple(each.text for each in both))
        row = self._connection.execute(
            "select highlight(t, 0, ?, ?), highlight(t, 1, ?, ?) from t where t match ?",
            (_OPEN, _CLOSE, _OPEN, _CLOSE, words),
        ).fetchone()
        if row is None:
            return [], []
        first, second = (list(_marked(*each)) for each in zip(row, both, strict=True))
        return first, second


def of_article(marker: Marker, words: str, article: Article) -> Snippet:
    """The snippet of an article's text."""
    title, body = columns_of(article)
    in_title, places = marker.places(words, title, body)
    head = article.headline
    begin = len(body) - len(body.lstrip())
    around = _densest(places) or Extent(begin, begin)
    if head is not None:
        in_title = [Extent(head.start + e.start, head.start + e.end) for e in in_title]
        around = in_title[0] if in_title and not places else around
        places = in_title + places
    return cut(blanked(article.text, article.header), places, around)


def of_words(marker: Marker, words: str, text: str) -> Snippet:
    """The snippet of an annotation's words; its places are in these."""
    _, places = marker.places(words, "", text)
    return cut(text, places, _densest(places) or Extent(0, 0))


def cut(text: str, places: Sequence[Extent], around: Extent) -> Snippet:
    """The text around a place on one line, with the places in it marked."""
    start = _at_word(text, around.start - BEFORE, forward=True, stop=around.start)
    end = _at_word(text, start + LENGTH, forward=False, stop=min(around.end, start + 2 * LENGTH))
    raw = text[start:end]
    # White space is closed up: where each code point of the text is in the snippet.
    shown: list[str] = ["…"] if text[:start].strip() else []
    offsets: list[int] = []
    for letter in raw:
        blank = letter.isspace()
        offsets.append(len(shown))
        if not blank:
            shown.append(letter)
        elif shown and shown[-1] not in (" ", "…"):
            shown.append(" ")
    offsets.append(len(shown))
    marks = [
        Extent(offsets[max(p.start, start) - start], offsets[min(p.end, end) - start])
        for p in places
        if p.start < end and p.end > start
    ]
    line = "".join(shown)
    closed = line.rstrip()
    marks = [Extent(m.start, min(m.end, len(closed))) for m in marks if m.start < len(closed)]
    more = "…" if text[end:].strip() else ""
    return Snippet(closed + more, tuple(marks), around, tuple(places))


def _densest(places: Sequence[Extent]) -> Extent | None:
    """The place behind which most others lie close by, the first of these."""
    best, most, last = None, 0, 0
    for index, place in enumerate(places):
        last = max(last, index)
        while last < len(places) and places[last].end <= place.start + LENGTH - BEFORE:
            last += 1
        if last - index > most:
            best, most = place, last - index
    return best or (places[0] if places else None)


def _at_word(text: str, offset: int, *, forward: bool, stop: int) -> int:
    """The begin or end of a word near an offset, not beyond `stop`."""
    if offset <= 0 or offset >= len(text):
        return max(0, min(offset, len(text)))
    if forward:
        for at in range(offset, min(offset + _WORD, stop)):
            if text[at - 1].isspace():
                return at
        return min(offset, stop)
    for at in range(offset, max(offset - _WORD, stop), -1):
        if text[at].isspace():
            return at
    return max(offset, stop)


def _marked(line: str, original: Paired) -> Iterator[Extent]:
    """The ranges of the original that stand between the marks of a line."""
    removed = 0
    at = line.find(_OPEN)
    while at >= 0:
        start = at - removed
        close = line.find(_CLOSE, at)
        if close < 0:
            return
        end = close - removed - 1
        removed += 2
        with contextlib.suppress(IndexError):
            yield Extent(*original.back(start, end))
        at = line.find(_OPEN, close)
