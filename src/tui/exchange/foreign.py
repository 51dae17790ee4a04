"""Marks of other programs as highlights: ids that stay the same, spans that hold their quote.

A format's module gives what its file says; what it means here is settled in this one place.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from tui.exchange.incoming import Document
from tui.exchange.json_values import words
from tui.exchange.native import Packed
from tui.exchange.offsets import CODE_POINTS, Offsets
from tui.model.articles import Article
from tui.model.codebook import tag_path
from tui.model.ids import article_id, id_of_number, is_article_id, number_of_id, sha256
from tui.model.records import Highlight, Record
from tui.model.spans import Extent, Span, select

UNTAGGED = "untagged"  # what a highlight without a tag is called where each has a label
_EARLY = 1 << 80  # the time in an id that was worked out: a millisecond after the beginning


def document(
    text: str | None,
    *,
    article: str = "",
    name: str = "",
    title: str = "",
    url: str = "",
    outlet: str = "",
    published: str = "",
    revision: str = "",
) -> Document:
    """A document of another program; `article` and `revision` if the file has them from us.

    `text` has to be canonical.
    """
    key = article if is_article_id(article) else article_id(text or url or name or title)
    if text is not None:
        revision = sha256(text)
    return Document(
        key,
        text=text,
        revision=revision,
        name=name,
        title=title,
        url=url,
        outlet=outlet,
        published=published,
    )


def about(article: Article) -> dict[str, str]:
    """What goes along of an article in a file of another program, for `document_about`."""
    return {
        "article": article.id,
        "title": article.title,
        "url": article.url,
        "path": article.path,
    }


def document_about(
    text: str, said: Mapping[str, Any], *, title: str = "", url: str = "", name: str = ""
) -> Document:
    """The document of such a file; what does not stand there is as it is given here."""
    return document(
        text,
        article=words(said, "article"),
        title=words(said, "title") or title,
        url=words(said, "url") or url,
        name=words(said, "path") or name,
    )


def stable_id(*parts: str) -> str:
    """A ULID made from words: what is imported twice is one record.

    Its time is the beginning of 1970, so that it sorts before all that is made here.
    """
    digest = bytes.fromhex(sha256("\0".join(parts)))[:10]
    return id_of_number(_EARLY | int.from_bytes(digest))


def tags_of(names: Iterable[str]) -> tuple[str, ...]:
    """Tag paths for the names that another program gives its codes; each once, none empty."""
    return tuple(dict.fromkeys(path for name in names if (path := tag_for(name))))


@lru_cache(maxsize=4096)
def tag_for(name: str) -> str:
    """The path of a code's name; what a path cannot hold is a blank. Empty if nothing is left."""
    shown = "".join(c if c.isprintable() and c != "," else " " for c in name)
    segments = [" ".join(part.split()) for part in shown.split("/")]
    try:
        return tag_path("/".join(filter(None, segments)))
    except ValueError:
        return ""


def spans_in(
    text: str, ranges: Sequence[tuple[int, int]], unit: str = CODE_POINTS
) -> tuple[Span, ...]:
    """Selectors of ranges that are counted in `unit` in a canonical text, in text order.

    Raises ValueError, with the end of a sentence, for a range that is none in this text.
    """
    offsets = Offsets(text, unit)
    found = sorted((offsets.back(start), offsets.back(end)) for start, end in ranges)
    return tuple(select(text, start, end) for start, end in found)


def quoted_span(start: int, exact: str, prefix: str = "", suffix: str = "") -> Span:
    """A selector of which only the words and about where they stood are known, in code points.

    Raises ValueError if there are no words.
    """
    if not exact:
        raise ValueError("the quote is empty")
    start = max(0, start)
    return Span(start, start + len(exact), exact, prefix, suffix)


def highlight(
    where: Document,
    key: str,
    spans: Sequence[Span],
    *,
    tags: Iterable[str] = (),
    note: str = "",
    id: str = "",  # noqa: A002
    created: str = "",
) -> Highlight:
    """A highlight as the file has it; `key` tells it from others of its document.

    `id` is given where the file has it from us. Who imports it becomes its author.
    Raises ValueError if `id` is no id.
    """
    if id:
        number_of_id(id)
    return Highlight(
        id=id or stable_id("highlight", where.key, key),
        article=where.key,
        revision=where.revision,
        spans=tuple(spans),
        tags=tags_of(tags),
        note=note,
        created=created,
    )


class Mark(NamedTuple):
    """One piece of a text under one tag, as most programs have it; in code points."""

    start: int
    end: int
    tag: str = UNTAGGED


def marks_of(extents: Iterable[Extent], tags: Sequence[str]) -> list[Mark]:
    """A highlight as such pieces: each span under each tag."""
    return [Mark(*extent, tag) for extent in extents for tag in tags or (UNTAGGED,)]


def reunited(where: Document, marks: Iterable[Mark], carried: Packed) -> tuple[Record, ...]:
    """The records of a document that was written by us and may have been worked on elsewhere.

    A highlight all of whose marks are there still comes back as it was, with its claims. Marks that
    are new or moved are highlights of their own: what stands here is never overwritten. What went
    elsewhere is left out; nothing here goes with it. `where` has its text.
    """
    left = Counter(marks)

    def is_there(record: Highlight) -> bool:
        pieces = Counter(marks_of(carried.today.get(record.id, ()), tags_of(record.tags)))
        if not pieces <= left:
            return False
        left.subtract(pieces)
        return True

    kept = still_there(carried, is_there)
    return (*kept, *_fresh(where, left.elements()))


def still_there(carried: Packed, is_there: Callable[[Highlight], bool]) -> list[Record]:
    """The records that were carried along, without highlights that went and what rests on them."""
    highlights = (r for r in carried.records if isinstance(r, Highlight))
    return without(carried.records, {r.id for r in highlights if not is_there(r)})


def without(records: Sequence[Record], gone: Collection[str]) -> list[Record]:
    """Those of the records that are not among `gone`, by id, nor rest on one that is."""
    kept = [r for r in records if not _rests_on(r, gone)]
    lost = {r.id for r in records} - {r.id for r in kept}
    return [r for r in kept if not _rests_on(r, lost)]


def _rests_on(record: Record, gone: Collection[str]) -> bool:
    names = (
        record.id,
        getattr(record, "highlight", ""),
        getattr(record, "claim", ""),
        getattr(record, "from_", ""),
    )
    return any(name in gone for name in names)


def _fresh(where: Document, marks: Iterable[Mark]) -> Iterator[Highlight]:
    """Highlights for marks, those on one range as one."""
    tags: dict[Extent, list[str]] = {}
    for mark in sorted(marks):
        tags.setdefault(Extent(mark.start, mark.end), []).append(mark.tag)
    for extent, names in tags.items():
        spans = spans_in(where.text or "", [extent])
        named = [name for name in names if name != UNTAGGED]
        yield highlight(where, f"{extent.start}-{extent.end}", spans, tags=named)
