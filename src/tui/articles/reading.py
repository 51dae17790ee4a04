"""Bytes and a path to an Article."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.layout import Layout
from tui.articles.readers import is_wire, read_markdown, read_plain, read_wire
from tui.model.articles import Article
from tui.model.ids import article_id, sha256

READER_VERSION = "1"

Reader = Callable[[str, str], Layout]
_BY_NAME: dict[str, Reader] = {"plain": read_plain, "wire": read_wire, "markdown": read_markdown}

# Suffix -> name of the reader. A text with the layout of wire copy is read as that all the same.
READERS = {".txt": "plain", ".text": "plain", ".md": "markdown", ".markdown": "markdown"}

_LATIN = re.compile(r"[A-Za-z]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_LETTERS = re.compile(r"[^\W\d_]")
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|for|that|said)\b", re.IGNORECASE)
_SAMPLE = 8_000


def read_article(data: bytes, path: str, *, encoding: str = "", timezone: str = "") -> Article:
    """The article in the bytes of a text file.

    `path` names the file in messages, tells its kind by the suffix, and its stem is the title of
    last resort. `timezone` (IANA name or offset) is for times that say none; a Korean `입력` is
    Seoul time. Raises UnreadableError for what is no text.
    """
    try:
        decoded = decode(data, encoding)
    except UnreadableError as error:
        raise error.named(path) from error
    return _article(decoded, data, path, timezone)


def _article(decoded: Decoded, data: bytes, path: str, timezone: str) -> Article:
    text = decoded.text
    name = READERS.get(PurePath(path).suffix.lower(), "plain")
    if name == "plain" and is_wire(text):
        name = "wire"
    layout = _BY_NAME[name](text, timezone)
    revision = sha256(text)
    return Article(
        id=article_id(layout.url or text),
        text=text,
        revision=revision,
        title=layout.title or _first_words(text) or PurePath(path).stem,
        outlet=layout.outlet,
        byline=layout.byline,
        url=layout.url,
        archive_url=layout.archive_url,
        language=language_of(text),
        published=layout.published,
        modified=layout.modified,
        retrieved=layout.retrieved,
        path=path,
        encoding=decoded.encoding,
        replaced=decoded.replaced,
        bytes_sha256=revision if data == text.encode("utf-8", "surrogatepass") else sha256(data),
        reader=name,
        reader_version=READER_VERSION,
        headline=layout.headline,
        header=tuple(sorted(layout.header)),
        sections=tuple(layout.sections),
        captions=tuple(layout.captions),
    )


def _first_words(text: str) -> str:
    """The only line of a text if it is short enough for a title."""
    line = text[:400].strip()
    return line if "\n" not in line and 0 < len(line) <= 120 else ""


def language_of(text: str) -> str:
    """`ko` or `en` by the script of most letters and common English words; else empty."""
    sample = text[:_SAMPLE]
    if len(sample.encode("ascii", "ignore")) < 0.8 * len(sample):
        letters = len(_LETTERS.findall(sample))
        hangul = len(_HANGUL.findall(sample))
        if hangul * 2 > letters:
            return "ko"
        if len(_LATIN.findall(sample)) < 0.8 * letters:
            return "ko" if hangul * 3 > letters else ""
    return "en" if _ENGLISH.search(sample) else ""
