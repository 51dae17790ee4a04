"""An article and its outline, as every reader gives them."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct

from tui.model.spans import Extent


class Section(NamedTuple):
    """A part of an article under a section mark such as `[LEAD]`; the mark itself lies outside."""

    label: str
    start: int
    end: int


class Caption(NamedTuple):
    """A speaker's caption line, `Given Name/ Institution`: the source of the block below it."""

    start: int
    end: int
    name: str
    affiliation: str
    block: Extent


ROUGH = "rough"


class Sentence(NamedTuple):
    """One stop of the cursor; `kind` is `sentence`, `headline`, `caption` or `rough`.

    A rough one is a stretch of a long text in which sentences were not looked for yet.
    """

    start: int
    end: int
    kind: str = "sentence"

    @property
    def extent(self) -> Extent:
        """Its range without the kind."""
        return Extent(self.start, self.end)


class Article(Struct, frozen=True):
    """One news text in one revision. Times are ISO 8601; an unknown field is the empty string."""

    id: str
    text: str  # canonical: decoded, no byte-order mark, LF line ends
    revision: str  # SHA-256 of the canonical text
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    archive_url: str = ""
    language: str = ""  # "en", "ko", or empty
    published: str = ""
    modified: str = ""
    retrieved: str = ""
    path: str = ""  # as opened, relative to the workspace if it lies in it
    entry: str = ""  # key of the entry in a file that holds many articles
    guid: str = ""
    encoding: str = ""
    replaced: int = 0  # bytes that could not be decoded
    basis: str = ""  # what the encoding was known by: named, mark, valid, declared; empty: guessed
    bytes_sha256: str = ""
    reader: str = ""
    reader_version: str = ""
    headline: Extent | None = None  # where the title stands in the text, if it does
    header: tuple[Extent, ...] = ()  # ranges that are no text: date prefix, times, section marks
    sections: tuple[Section, ...] = ()
    captions: tuple[Caption, ...] = ()


Story = tuple[str, str, str]  # outlet, time of publication, title


def story_of(outlet: str, published: str, title: str) -> Story | None:
    """What the versions of a story have in common; None where that is not known."""
    found = tuple(" ".join(part.split()) for part in (outlet, published, title))
    return (found[0], found[1], found[2]) if all(found) else None


_VOWELS = ("\u1161", "\u1173", "\u1175")  # the commonest jamo: no text is without all of them
_SAMPLE = 20_000  # code points in which it shows whether a text is taken apart
_LONGEST = 2_000_000  # code points of a text that is looked at: a larger one is no news article


def is_taken_apart(text: str) -> bool:
    """Whether Hangul stands in a text as single letters (NFD); see `tui.model.composed`."""
    if text.isascii() or len(text) > _LONGEST:
        return False
    sample = text[:_SAMPLE]
    return any(vowel in sample for vowel in _VOWELS)


def decoding_words(encoding: str, replaced: int) -> str:
    """How a text was read, in words: an encoding that is not everybody's, or bytes that were lost.

    Empty where there is nothing to say.
    """
    if replaced:
        what = "1 byte" if replaced == 1 else f"{replaced:,} bytes"
        return f"{what} could not be read as {encoding}"
    return f"read as {encoding}" if encoding not in ("", "utf-8") else ""


class Outline(Struct, frozen=True):
    """Paragraphs and sentences of an article in text order; none of them touches the header.

    A rough stop is a paragraph of its own, or part of one that is very long; `rough` counts them.
    """

    paragraphs: tuple[Extent, ...]
    sentences: tuple[Sentence, ...]
    rough: int = 0

    def index_at(self, offset: int) -> int:
        """Index of the stop that an offset is in, else of the last before it, else 0; -1: none."""
        found = bisect_right(self.sentences, offset, key=lambda stop: stop.start) - 1
        return max(0, found) if self.sentences else -1

    def stop_at(self, offset: int) -> Sentence | None:
        """The stop that an offset is in, else the last one before it, else the first."""
        index = self.index_at(offset)
        return self.sentences[index] if index >= 0 else None


def instant(iso: str) -> float:
    """Seconds since 1970 of an ISO date or time, for sorting; an unknown one lies behind all."""
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return float("inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
