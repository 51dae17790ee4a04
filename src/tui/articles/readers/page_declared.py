"""What a page declares for machines: JSON-LD of schema.org, Open Graph, meta elements."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from tui.articles.markup import Block

_LONGEST = 500  # code points of a field
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_LD_LIMIT = 2_000_000  # code points of one JSON-LD script
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|NewsStory|LiveBlog)\w*$")

_METAS = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title"),
    "outlet": (
        "og:site_name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "article:publisher",
        "application-name",
        "al:android:app_name",
    ),
    "byline": (
        "author",
        "article:author",
        "og:article:author",
        "dable:author",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
        "parsely-author",
    ),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "article.published",
        "date",
    ),
    "modified": (
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "datemodified",
        "dcterms.modified",
        "lastmod",
        "last-modified",
        "article.updated",
    ),
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A page as its facts are read from it: the tree, what it shows, and what it declares.

    `metas` has the contents of the meta elements by their name in small letters, `article` the
    first description of an article in JSON-LD, or nothing.
    """

    tree: Any
    shown: Sequence[Block]
    metas: Mapping[str, list[str]]
    article: Mapping[str, Any]

    def given(self, field: str) -> Iterator[str]:
        """What the meta elements have for a field, the better ones first."""
        for name in _METAS[field]:
            yield from self.metas.get(name, ())


def declared_in(tree: Any, shown: Sequence[Block]) -> Declared:
    """What a page declares; `shown` are its blocks."""
    return Declared(tree, shown, _metas(tree), _linked_data(tree))


def one_line(value: object) -> str:
    """A value from a page as one line of at most 500 code points; empty if it is no text."""
    if not isinstance(value, str):
        return ""
    text = _TAG.sub("", html.unescape(value)) if "&" in value or "<" in value else value
    text = _CONTROLS.sub(" ", text)
    return " ".join(text.split())[:_LONGEST]


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta elements by their name in small letters."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        name = name or meta.get("http-equiv") or ""
        content = one_line(meta.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """The first description of an article in the JSON-LD of a page, or an empty one."""
    for script in tree.iter("script"):
        kind, text = script.get("type") or "", script.text or ""
        if "ld+json" not in kind.lower() or len(text) > _LD_LIMIT:
            continue
        text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            for node in _nodes(json.loads(text, strict=False)):
                if any(_ARTICLES.search(str(kind)) for kind in _listed(node.get("@type"))):
                    return node
        except (ValueError, RecursionError):
            continue
    return {}


def _nodes(data: Any, level: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects of some JSON-LD that may be an article, outer ones first."""
    if level > 4:
        return
    if isinstance(data, list):
        for each in cast("list[Any]", data)[:200]:
            yield from _nodes(each, level + 1)
    elif isinstance(data, dict):
        node = cast("dict[str, Any]", data)
        yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(node.get(key), level + 1)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def names_in(value: Any) -> list[str]:
    """The names in a value of JSON-LD: a text, an object with a name, or a list of them."""
    found: list[str] = []
    for each in _listed(value)[:20]:
        if isinstance(each, dict):
            found.extend(names_in(cast("dict[str, Any]", each).get("name")))
        else:
            found.append(one_line(each))
    return [name for name in dict.fromkeys(found) if name and not is_address(name)]


def is_address(text: str) -> bool:
    """Whether a text is an address of the web or of a network, not a name."""
    return text.lower().startswith(("http://", "https://", "//", "www.", "@"))


def letters_of(text: str) -> str:
    """A text as its letters and figures only, for comparing."""
    return re.sub(r"[\W_]+", "", text).casefold()
