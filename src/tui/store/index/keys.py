"""By what an article is found again: its texts, links, places and story, each as a number."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator

from tui.model.articles import Article, story_of
from tui.model.records import ArticleRecord, Record


def keys_of_article(article: Article) -> Iterator[int]:
    """The numbers by which a text that was read is found: as the same text, as the same story."""
    yield _text(article.revision)
    yield from _story(article.outlet, article.published, article.title)


def keys_of_records(records: Iterable[Record]) -> frozenset[int]:
    """The numbers by which the shards of an article are found, deleted records too."""
    return frozenset(
        key for record in records if isinstance(record, ArticleRecord) for key in _of_record(record)
    )


def keys_wanted(article: Article) -> frozenset[int]:
    """The numbers of all that may tell which article a text is."""
    links = [_link(link) for link in (article.guid, article.url) if link]
    return frozenset((*keys_of_article(article), *links, _place(article.path, article.entry)))


def _of_record(record: ArticleRecord) -> Iterator[int]:
    for revision in record.revisions:
        yield _text(revision.sha256)
    for link in (record.guid, record.url):
        if link:
            yield _link(link)
    for path in record.paths:
        yield _place(path.path, path.entry)
    yield from _story(record.outlet, record.published, record.title)


def _text(revision: str) -> int:
    return _number("text", revision)


def _link(link: str) -> int:
    return _number("link", link)


def _place(path: str, entry: str) -> int:
    return _number("place", path, entry)


def _story(outlet: str, published: str, title: str) -> Iterator[int]:
    story = story_of(outlet, published, title)
    if story is not None:
        yield _number("story", *story)


def _number(*words: str) -> int:
    """63 bits of a hash: two that fall together cost a shard that is read for nothing."""
    data = "\0".join(words).encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest()) >> 1
