"""What the annotation tools of the web say of one mark, in and out of W3C selectors.

A quote is what counts; a position is only about where it stood, as it is not known in which text
and in which unit another program counted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast
from urllib.parse import unquote

from msgspec import Struct, field
from msgspec.structs import replace

from tui.exchange import native
from tui.exchange.addresses import web_uri
from tui.exchange.bundles import ArticleBundle
from tui.exchange.foreign import document, highlight, quoted_span, stable_id, without
from tui.exchange.incoming import Document, Incoming, Refused
from tui.exchange.json_values import listed, object_in, words
from tui.exchange.offsets import canonical
from tui.model.ids import sha256
from tui.model.records import AUTHOR, Claim, Highlight, Record
from tui.model.spans import Span

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]+")
_NAMED = "urn:pressmark:article:"  # and its id: an article that has no address
QUOTE, POSITION = "TextQuoteSelector", "TextPositionSelector"


class Told(Struct, frozen=True):
    """One mark as a file has it: what it is called there, on what, its words, tags and note.

    `author` is who made it, by a name.
    """

    name: str
    address: str
    spans: tuple[Span, ...] = ()
    tags: tuple[str, ...] = ()
    note: str = ""
    created: str = ""
    author: str = ""

    @property
    def seal(self) -> str:
        """A hash of all that a person may change in it."""
        spans = [(span.start, span.exact) for span in self.spans]
        told = (self.address, spans, sorted(self.tags), self.note)
        return sha256(json.dumps(told))


def written(span: Span, extent: tuple[int, int] | None) -> list[dict[str, Any]]:
    """The selectors of a span; `extent` in the unit of the format, None if it stands nowhere."""
    quote = {"type": QUOTE, "exact": span.exact, "prefix": span.prefix, "suffix": span.suffix}
    position = {"type": POSITION, "start": extent[0], "end": extent[1]} if extent else None
    return [quote, position] if position else [quote]


def span_in(selector: object, passed: dict[str, int]) -> Span:
    """The span that selectors tell, whether one, several, or one refined by another.

    Selectors of other kinds are counted in `passed`. Raises ValueError if none has a quote.
    """
    found = list(_each(selector))
    quote = next((each for each in found if kind_of(each) == QUOTE), None)
    others = [kind_of(each) for each in found if kind_of(each) not in (QUOTE, POSITION)]
    if quote is None:
        kinds = [kind_of(each) for each in found]
        raise ValueError(f"no quote, only {', '.join(kinds)}" if kinds else "no quote")
    for kind in others:
        passed[kind] = passed.get(kind, 0) + 1
    places = [each.get("start") for each in found if kind_of(each) == POSITION]
    start = next((place for place in places if isinstance(place, int)), 0)
    exact, prefix, suffix = (canonical(words(quote, k)) for k in ("exact", "prefix", "suffix"))
    return quoted_span(start, exact, prefix, suffix)


def _each(selector: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(selector, list):
        for each in cast("list[object]", selector):
            yield from _each(each)
    elif isinstance(selector, dict):
        given = cast("dict[str, Any]", selector)
        yield given
        yield from _each(given.get("refinedBy"))


def kind_of(given: Mapping[str, Any]) -> str:
    """The first type of an object, without a prefix such as `oa:`."""
    kinds = listed(given.get("type", given.get("@type")))
    first = kinds[0] if kinds and isinstance(kinds[0], str) else "a selector without a type"
    return first.removeprefix("oa:")


def address(part: ArticleBundle) -> str:
    """The address of an article as a URI, or a name of its own."""
    url = part.article.url
    other = url if _ADDRESS.fullmatch(url) and url.isascii() else ""
    return web_uri(url) or other or f"{_NAMED}{part.article.id}"


def page(source: str, title: str = "") -> Document:
    """The document at an address that another program names; a file that is no web page by name."""
    article = source.removeprefix(_NAMED)
    web = source.startswith(("http:", "https:"))
    return document(
        None,
        article=article if article != source else "",
        url=source,
        name="" if web else unquote(source.rpartition("/")[2]),
        title=title,
    )


def described(head: Mapping[str, Any], source: str, raw: str = "") -> Document:
    """The document that an article's native object is about; `source` if that has no address."""
    about = object_in(head.get("metadata"))
    return document(
        canonical(raw) if raw else None,
        article=words(head, "article"),
        name=words(about, "path"),
        title=words(about, "title"),
        url=words(about, "url") or source,
        outlet=words(about, "outlet"),
        published=words(about, "published"),
        revision=words(about, "revision"),
    )


class Gathering(Struct):
    """The marks of a file as they are read, by document, with what of our own they carry."""

    name: str  # of the file
    documents: dict[str, Document] = field(default_factory=dict[str, Document])
    fresh: list[Record] = field(default_factory=list[Record])
    carried: dict[str, Record] = field(default_factory=dict[str, Record])
    gone: set[str] = field(default_factory=set[str])
    refused: list[Refused] = field(default_factory=list[Refused])
    ignored: dict[str, int] = field(default_factory=dict[str, int])
    changed: int = 0

    def refuse(self, number: int, reason: str) -> None:
        """Say why one annotation, by its number from 1, is not read."""
        self.refused.append(Refused(0, f"annotation {number}: {reason}"))

    def ignore(self, what: str, count: int = 1) -> None:
        """Count what there is no place for here."""
        self.ignored[what] = self.ignored.get(what, 0) + count

    def take(self, told: Told, carried: native.Packed, seal: str, where: Document) -> None:
        """One mark; what it carries from us counts if nobody has changed the mark since."""
        for record in carried.records:
            self.carried.setdefault(record.id, record)
        ours = [r for r in carried.records if isinstance(r, Highlight)]
        if ours and seal == told.seal:
            where = self._document(document(None, article=ours[0].article, url=where.url))
            return
        self.gone |= {record.id for record in ours}
        if told.spans:
            known = document(None, article=ours[0].article, url=where.url) if ours else where
            known = self._document(known)
            key = stable_id("mark", told.name, told.seal)
            made = highlight(known, key, told.spans, tags=told.tags, note=told.note)
            self.fresh.append(replace(made, extra={AUTHOR: told.author} if told.author else {}))
            self.changed += bool(ours)

    def describe(self, where: Document, carried: Sequence[Record]) -> None:
        """A document with its title and address, and what was said of it as a whole."""
        self.documents[where.key] = where
        for record in carried:
            self.carried.setdefault(record.id, record)

    def _document(self, where: Document) -> Document:
        return self.documents.setdefault(where.key, where)

    def incoming(self) -> Incoming:
        """All of it."""
        kept = without(list(self.carried.values()), self.gone)
        claims = sum(isinstance(record, Claim) for record in self.carried.values())
        lost = claims - sum(isinstance(record, Claim) for record in kept)
        if lost:
            self.ignore("claims on marks that were changed elsewhere", lost)
        return Incoming(
            self.name,
            (*kept, *self.fresh),
            refused=tuple(self.refused),
            changed=self.changed,
            ignored=self.ignored,
            documents=tuple(self.documents.values()),
        )
