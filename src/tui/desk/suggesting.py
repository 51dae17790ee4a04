"""What a worker process does: one article in, what is proposed for it out, both as JSON."""

from __future__ import annotations

import hashlib
import json

from msgspec.structs import replace

from tui.analysis import ANALYSIS_VERSION, Suggestions, suggest
from tui.articles import outline
from tui.articles.packing import packed, unpacked
from tui.model.articles import Article
from tui.model.codec import from_json, to_json
from tui.model.sources import Registry

_registry = Registry()


def begin(registry: bytes) -> None:
    """Take the sources that the analyst knows, once for all articles of a process."""
    global _registry
    _registry = from_json(Registry, json.loads(registry))


def suggested(article: bytes) -> bytes:
    """What is proposed for a packed article, as one line of JSON."""
    found = unpacked(article)
    assert isinstance(found, Article)
    return written(suggest(found, outline(found), _registry))


def written(found: Suggestions) -> bytes:
    """Suggestions as one line of JSON."""
    return json.dumps(to_json(found), separators=(",", ":")).encode("ascii")


def read(line: bytes) -> Suggestions:
    """Suggestions of a line; raises ValueError if it holds none."""
    return from_json(Suggestions, json.loads(line))


def key_of(article: Article, registry: bytes) -> str:
    """The name that a result is kept under: SHA-256 of all that it depends on, hexadecimal."""
    shape = Article(
        "",
        "",
        article.revision,
        outlet=article.outlet,
        language=article.language,
        published=article.published,
        modified=article.modified,
        headline=article.headline,
        header=article.header,
        sections=article.sections,
        captions=article.captions,
    )
    digest = hashlib.sha256(f"{ANALYSIS_VERSION} ".encode() + packed(shape))
    digest.update(registry)
    return digest.hexdigest()


def named(found: Suggestions, article: str) -> Suggestions:
    """The suggestions under the id that the article has today."""
    return found if found.article == article else replace(found, article=article)
