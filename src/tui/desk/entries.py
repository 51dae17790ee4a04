"""An article as the list shows it: light enough to hold many thousands."""

from __future__ import annotations

from msgspec import Struct

from tui.model.articles import Article, instant
from tui.model.records import ArticleRecord
from tui.model.views import Annotations


class Entry(Struct, frozen=True):
    """One article of the library, with what the analysts have done to it in counts.

    `path` is relative to the workspace if the file lies in it. `drafts` are claims nobody has
    decided on. `new`: the analyst never opened it. `replaced` counts bytes that could not be read.
    `gone`: no file that was read holds it.
    """

    id: str
    path: str = ""
    title: str = ""
    outlet: str = ""
    byline: str = ""
    url: str = ""
    language: str = ""
    encoding: str = ""
    published: str = ""
    modified: str = ""
    revision: str = ""
    highlights: int = 0
    claims: int = 0
    drafts: int = 0
    done: bool = False
    new: bool = True
    tags: tuple[str, ...] = ()
    replaced: int = 0
    gone: bool = False


class Found(Struct, frozen=True):
    """A file that was read: the article without its text, and how to notice that it changed."""

    article: Article  # with an empty text
    file: str  # absolute
    size: int = -1
    mtime: int = -1  # nanoseconds
    key: str = ""  # of the reading it is from, where that is kept


def order(entry: Entry) -> tuple[float, str]:
    """The place of an entry in the list: by published time, oldest first, then by path."""
    return instant(entry.published), entry.path


class Counts(Struct, frozen=True):
    """What an entry shows of the annotations."""

    highlights: int
    claims: int
    drafts: int
    done: bool
    known: bool
    tags: tuple[str, ...]


NONE = Counts(0, 0, 0, done=False, known=False, tags=())


def counts_of(annotations: Annotations, own: str) -> Counts:
    """Counts over what the analyst `own` sees of an article."""
    claims = annotations.all_claims()
    drafts = sum(annotations.status(claim).name == "draft" for claim in claims)
    mine = [r for r in annotations.records if r.by == own]
    tags = dict.fromkeys(tag for r in annotations.records for tag in r.tags)
    return Counts(
        len(annotations.highlights),
        len(claims),
        drafts,
        any(r.done for r in mine),
        bool(mine),
        tuple(tags),
    )


def entry_of(article: Article, found: Counts, *, shown: bool, gone: bool) -> Entry:
    """The entry of an article that was read, or is only remembered."""
    return Entry(
        article.id,
        article.path,
        article.title,
        article.outlet,
        article.byline,
        article.url,
        article.language,
        article.encoding,
        article.published,
        article.modified,
        article.revision,
        found.highlights,
        found.claims,
        found.drafts,
        found.done,
        not (found.known or shown),
        found.tags,
        article.replaced,
        gone,
    )


def remembered(record: ArticleRecord, article: str) -> Article:
    """What a shard remembers of an article whose file was not read, without text."""
    revision = record.revisions[-1].sha256 if record.revisions else ""
    reader = record.revisions[-1] if record.revisions else None
    return Article(
        article,
        "",
        revision,
        title=record.title,
        outlet=record.outlet,
        url=record.url,
        published=record.published,
        guid=record.guid,
        path=record.paths[-1].path if record.paths else "",
        entry=record.paths[-1].entry if record.paths else "",
        modified=reader.modified if reader else "",
        encoding=reader.encoding if reader else "",
    )
