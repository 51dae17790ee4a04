"""Bytes and a path to articles: the reader that fits, and an id for each of its readings."""

from __future__ import annotations

import functools
import importlib
import re
from collections.abc import Callable, Iterator
from pathlib import PurePath

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Read, Reading, Step
from tui.articles.formats import FORMATS, Format
from tui.articles.recognising import HEAD, recognise
from tui.model.articles import Article
from tui.model.ids import article_id, article_id_of_text, sha256

_LATIN = r"[A-Za-z]"
_HANGUL = r"[\uac00-\ud7a3\u1100-\u11ff]"  # jamo: Hangul that is taken apart
_LETTERS = r"[^\W\d_]"
_ENGLISH = re.compile(r"\b(?:the|of|and|to|in|is|was|for|that|said)\b", re.IGNORECASE)
_SAMPLE = 8_000


def read_article(data: bytes, path: str, *, encoding: str = "", timezone: str = "") -> Article:
    """The article in the bytes of a text file: plain text, wire copy or Markdown, by its name.

    `path` names the file in messages, tells its kind by the suffix, and its stem is the title of
    last resort. `timezone` (IANA name or offset) is for times that say none; a Korean `입력` is
    Seoul time. Raises UnreadableError for what is no text.
    """
    markdown = PurePath(path).suffix.lower() in FORMATS["markdown"].suffixes
    format_ = FORMATS["markdown" if markdown else "plain"]
    (article,) = read_as(format_, Document(data, path, encoding, timezone))
    assert isinstance(article, Article)
    return article


def read_document(document: Document) -> Iterator[Article | Passed]:
    """The articles in a document of any format, in its order, and the entries passed over.

    The format is found by content first, then by name. Raises UnreadableError, with the path in
    it, for what is in no format that can be read.
    """
    return read_as(recognise(document.data[:HEAD], document.path), document)


def read_as(format_: Format, document: Document) -> Iterator[Article | Passed]:
    """The articles in a document of this format. Raises UnreadableError with the path in it."""
    for found in read_in_steps(format_, document):
        if not isinstance(found, Step):
            yield found


def read_in_steps(format_: Format, document: Document) -> Iterator[Article | Passed | Step]:
    """The same, and the steps in which a long article is read."""
    read: Read = importlib.import_module(format_.module).read
    digest = functools.cache(lambda: sha256(document.data))  # a file may hold many articles
    try:
        for found in read(document):
            if isinstance(found, Reading):
                yield _article(found, format_, document, digest)
            else:
                yield found
    except UnreadableError as error:
        raise error.named(document.path) from error


def _article(
    found: Reading, format_: Format, document: Document, digest: Callable[[], str]
) -> Article:
    text, layout = found.text, found.layout
    data = document.data
    written = data if found.whole else text.encode("utf-8", "surrogatepass")
    revision = sha256(written)
    whole = found.whole or (not found.entry and data == written)
    named = found.guid or layout.url
    return Article(
        id=article_id(named) if named else article_id_of_text(revision),
        text=text,
        revision=revision,
        title=layout.title or _first_words(text) or PurePath(document.path).stem,
        outlet=layout.outlet,
        byline=layout.byline,
        url=layout.url,
        archive_url=layout.archive_url,
        language=found.language or language_of(text),
        published=layout.published,
        modified=layout.modified,
        retrieved=layout.retrieved,
        path=document.path,
        entry=found.entry,
        guid=found.guid,
        encoding=found.encoding,
        replaced=found.replaced,
        basis=found.basis,
        bytes_sha256=revision if whole else digest(),
        reader=found.reader or format_.name,
        reader_version=format_.version,
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
        letters = len(re.findall(_LETTERS, sample))
        hangul = len(re.findall(_HANGUL, sample))
        if hangul * 2 > letters:
            return "ko"
        if len(re.findall(_LATIN, sample)) < 0.8 * letters:
            return "ko" if hangul * 3 > letters else ""
    return "en" if _ENGLISH.search(sample) else ""
