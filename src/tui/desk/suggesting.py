"""What a worker process does: one article in, what is proposed for it out, both as JSON.

Many articles are read by a pool of processes (`begin`, `suggested`), the one that is about to be
looked at in a child with limits (`load`, `answers`: a `tui.apart.lines.Task`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.analysis import ANALYSIS_VERSION, Suggestions, suggest
from tui.articles import outline
from tui.articles.packing import packed, unpacked
from tui.desk.keeping import keep, kept
from tui.model.articles import Article
from tui.model.codec import from_json, to_json
from tui.model.sources import Registry

READ = 1_000_000  # code points of an article that are read: one that is longer is no news
_registry = Registry()
_END = b"\n"


def begin(registry: bytes) -> None:
    """Take the sources that the analyst knows, once for all articles of a process."""
    global _registry
    _registry = from_json(Registry, json.loads(registry))


def registry_bytes(registry: Registry) -> bytes:
    """The sources of a registry as one line of JSON, the same for the same sources."""
    return json.dumps(to_json(registry), sort_keys=True).encode("ascii")


def suggested(article: bytes) -> bytes:
    """What is proposed for a packed article, as one line of JSON."""
    found = unpacked(article)
    assert isinstance(found, Article)
    return written(read_in(found, _registry))


def read_in(article: Article, registry: Registry) -> Suggestions:
    """What is proposed for an article, for the part of it that is read."""
    part = part_read(article)
    return suggest(part, outline(part, READ), registry)


def part_read(article: Article) -> Article:
    """The article as far as it is read: at most a million code points, whole lines or words."""
    text = article.text
    if len(text) <= READ:
        return article
    ends = (text.rfind(sign, READ - READ // 10, READ) for sign in "\n ")
    end = next((end for end in ends if end >= 0), READ)
    return replace(
        article,
        text=text[:end],
        headline=article.headline if article.headline and article.headline.end <= end else None,
        header=tuple(each for each in article.header if each.end <= end),
        sections=tuple(each for each in article.sections if each.end <= end),
        captions=tuple(each for each in article.captions if each.block.end <= end),
    )


def written(found: Suggestions) -> bytes:
    """Suggestions as one line of JSON."""
    return json.dumps(to_json(found), separators=(",", ":")).encode("ascii")


def read(line: bytes) -> Suggestions:
    """Suggestions of a line; raises ValueError if it holds none."""
    return from_json(Suggestions, json.loads(line))


def load(_request: Mapping[str, Any]) -> None:
    """Import what the work needs: it is there with this module."""


def answers(request: Mapping[str, Any], body: bytes) -> Iterator[bytes]:
    """What is proposed for the article in the body, with the sources in the request."""
    begin(str(request["registry"]).encode("ascii"))
    yield suggested(body)


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


def kept_under(folder: Path | None, key: str) -> Suggestions | None:
    """The suggestions that a folder keeps under a key; None if it has none that can be read."""
    lines = list(kept(folder, key)) if folder is not None else []
    if not lines or not lines[-1].endswith(_END):
        return None
    try:
        return read(lines[0])
    except ValueError:
        return None


def keep_under(folder: Path | None, key: str, line: bytes) -> None:
    """Keep the line of suggestions for the next time they are wanted."""
    if folder is not None:
        keep(folder, key, (line + _END,))
