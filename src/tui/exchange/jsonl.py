"""JSON Lines, the native format: one record a line, every field written, read back equal.

Lines are UTF-8 and end in LF. Whatever would act on a terminal, end a line for some readers
(U+2028, U+0085) or has no UTF-8 (lone surrogates) is written as a JSON escape, so that nothing is
lost and nothing is let through.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from msgspec import Struct

from tui.exchange.bundles import ArticleBundle, Bundle, Item, LinksOnce
from tui.exchange.files import ExchangeError
from tui.exchange.incoming import Incoming
from tui.model.articles import Article
from tui.model.records import ArticleRecord, Link
from tui.model.spans import joined_quote
from tui.model.views import Placed
from tui.model.visible import is_visible

_PLAIN = frozenset((str, int, bool, type(None)))  # most fields, written as they are
_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def export(bundle: Bundle, *, with_text: bool = False, **_: bool) -> Iterator[str]:
    """The bundle as JSON Lines, line by line; `with_text` adds the canonical text of each article.

    Raises ExchangeError if a record holds what JSON has no word for (a number that is none).
    """
    return map(_line, _objects(bundle, with_text))


def read(text: str, name: str) -> Incoming:
    """What is in a native file; see `tui.exchange.reading`."""
    from tui.exchange.reading import read_lines

    return read_lines(text, name)


def complete(value: Any) -> Any:
    """A value of the model as JSON with every field written, unknown ones put back."""
    if isinstance(value, tuple | list):
        return [complete(item) for item in cast(list[Any], value)]
    keys = _keys(cast(type[Any], type(value)))
    if keys is None:
        return value
    found: dict[str, Any] = dict(getattr(value, "extra", {}))
    for name, key in keys:
        item = getattr(value, name)
        found[key] = item if type(item) in _PLAIN else complete(item)
    return found


@functools.cache
def _keys(shape: type) -> tuple[tuple[str, str], ...] | None:
    """The fields of a record that are written, with their keys; None for another type."""
    if not issubclass(shape, Struct):
        return None
    names = (name for name in shape.__struct_fields__ if name not in ("extra", "deleted"))
    return tuple((name, name.rstrip("_")) for name in names)


def _line(item: Mapping[str, Any]) -> str:
    try:
        line = _ENCODER.encode(item)
    except (ValueError, TypeError) as error:
        raise ExchangeError(f"{item['type']} {item.get('id', '')} has no JSON: {error}") from error
    if line.isascii() and line.isprintable():
        return line + "\n"
    escapes = {ord(char): escape for char in set(line) if (escape := _escape(char))}
    return line.translate(escapes) + "\n" if escapes else line + "\n"


@functools.lru_cache(maxsize=4096)
def _escape(char: str) -> str:
    """The JSON escape of a character that must not stand in a line as it is, else empty."""
    return "" if is_visible(char) else json.dumps(char)[1:-1]


def _objects(bundle: Bundle, with_text: bool) -> Iterator[dict[str, Any]]:
    for source in bundle.sources.sources:
        yield _typed("source", source)
    for tag in bundle.codebook.tags:
        yield _typed("tag", tag) | {"whole": bundle.whole}
    links = LinksOnce()
    for part in bundle.articles:
        yield from article_objects(part, bundle.items_of(part), links.of(part), with_text)


def article_objects(
    part: ArticleBundle,
    items: Iterable[Item],
    links: Sequence[Link],
    with_text: bool = False,
) -> Iterator[dict[str, Any]]:
    """The objects of one article: its records, its text if wanted, and what is on it."""
    article, notes = part.article, part.annotations
    for record in notes.records or (_unwritten(article),):
        yield _typed("article", record) | {"metadata": _metadata(article)}
    if with_text:
        revision = {"article": article.id, "revision": article.revision}
        yield {"type": "text", **revision, "text": article.text}
    for placed in notes.highlights:
        yield _typed("highlight", placed.record) | _placing(placed)
    for item in items:
        if item.claim is not None:
            yield _typed("claim", item.claim) | _judgement(item)
    for review in notes.reviews:
        yield _typed("review", review)
    for decision in notes.decisions:
        yield _typed("decision", decision)
    for link in links:
        yield _typed("link", link)


def _typed(kind: str, value: Any) -> dict[str, Any]:
    """`type` and what tells a record first, for the eye that reads the line."""
    fields: dict[str, Any] = complete(value)
    first = {key: fields[key] for key in ("id", "article", "highlight") if key in fields}
    return {"type": kind, **first, **fields}


def _unwritten(article: Article) -> ArticleRecord:
    """The line of an article that nobody has a record of; it has no id, and is not read back."""
    return ArticleRecord(
        article=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        url=article.url,
        guid=article.guid,
    )


def _metadata(article: Article) -> dict[str, Any]:
    names = (
        "title outlet byline url archive_url language published modified retrieved path entry"
        " revision encoding bytes_sha256"
    )
    return {name: getattr(article, name) for name in names.split()}


def _placing(placed: Placed) -> dict[str, Any]:
    today = [{"start": extent.start, "end": extent.end} for extent in placed.extents]
    quote = joined_quote(placed.record.spans)
    return {"quote": quote, "fit": placed.fit, "today": today}


def _judgement(item: Item) -> dict[str, Any]:
    status = item.status
    review = {
        "by": status.by,
        "time": status.time,
        "reason": status.reason,
        "stale": status.stale,
        "flagged": status.flagged,
        "self_reviewed": status.self_reviewed,
    }
    return {
        "quote": joined_quote(item.placed.record.spans),
        "grade": item.grade,
        "warnings": list(item.warnings),
        "status": status.name,
        "review": review,
    }
