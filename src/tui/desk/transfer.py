"""Annotations out of the workspace and into it: counts in words, and what an import would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from tui.anchoring import TextOf, place
from tui.model.articles import Article
from tui.model.records import ArticleRecord, Change, Highlight, Record
from tui.model.views import SAID_IN_ORDER
from tui.model.wording import counted


class Exported(Struct, frozen=True):
    """What was exported: the text, or the file it went to; counts by name, and as words.

    `lost` has sentences on what the format could not keep.
    """

    format: str
    text: str
    path: Path | None
    counts: Mapping[str, int]
    words: str
    lost: tuple[str, ...] = ()


class Refusal(NamedTuple):
    """What was not taken in: the line of the file (0 if it is not one alone), and why."""

    line: int
    reason: str


class Imported(Struct, frozen=True):
    """What an import did, or with `dry_run` would do.

    `added` and `updated` records were news, `equal` ones were here already, `older` ones are here
    in a newer version. `reanchored` and `orphaned` count highlights whose article reads otherwise
    today. `deleted` ones were deleted here and stay so, `restored` ones were brought back. `tags`,
    `sources` and `articles` are new ones. `left_out` says what the `ignored` were, by kind;
    `changed` were changed elsewhere on a highlight of ours, and stand beside it.
    """

    path: Path
    dry_run: bool = False
    added: int = 0
    updated: int = 0
    equal: int = 0
    older: int = 0
    deleted: int = 0
    restored: int = 0
    reanchored: int = 0
    orphaned: int = 0
    tags: int = 0
    sources: int = 0
    articles: int = 0
    ignored: int = 0
    left_out: Mapping[str, int] = field(default_factory=dict[str, int])
    changed: int = 0
    refused: tuple[Refusal, ...] = ()

    @property
    def words(self) -> str:
        """The counts as one line."""
        names = ("added", "updated", "equal", "older", "reanchored", "orphaned")
        found = [f"{getattr(self, n)} {n}" for n in names if getattr(self, n) or n == "added"]
        found += [f"{self.deleted} deleted here, left so"] if self.deleted else []
        found += [f"{self.restored} brought back"] if self.restored else []
        found += [counted(self.tags, "new tag")] if self.tags else []
        found += [counted(self.sources, "new source")] if self.sources else []
        found += [counted(self.articles, "new article")] if self.articles else []
        found += [f"{self.changed} changed elsewhere, beside yours"] if self.changed else []
        if self.left_out:
            kinds = ", ".join(f"{kind} ({count})" for kind, count in self.left_out.items())
            found.append(f"left out: {kinds}")
        if self.refused:
            found.append(f"{len(self.refused)} refused: {self.refused[0].reason}")
        return ", ".join(found) + (" (nothing written)" if self.dry_run else "")


def in_words(counts: Mapping[str, int]) -> str:
    """What an export holds: `6 claims, 2 accepted, 4 draft, 3 highlights without a claim`."""
    found = [counted(counts.get("claims", 0), "claim")]
    found += [f"{counts[name]} {name}" for name in SAID_IN_ORDER if counts.get(name)]
    if counts.get("bare"):
        found.append(f"{counted(counts['bare'], 'highlight')} without a claim")
    return ", ".join(found)


class Sorting(Struct):
    """Incoming records, sorted by what becomes of them.

    `deleted` are those that were deleted here since, each with the tombstone that is here.
    """

    news: list[Record] = field(default_factory=list[Record])
    deleted: list[Change] = field(default_factory=list[Change])
    added: int = 0
    updated: int = 0
    equal: int = 0
    older: int = 0

    def sort(self, record: Record, there: Record | None, shown: Record | None) -> None:
        """Take one record, with what is here under its id, as it is kept and as it is shown."""
        if there is None:
            self.added += 1
            self.news.append(record)
        elif any(_same(record, other) for other in (there, shown) if other is not None):
            self.equal += 1
        elif (record.rev, record.modified) > (there.rev, there.modified):
            self.updated += 1
            self.news.append(record)
        elif there.deleted and not record.deleted:
            self.deleted.append(Change(there, record))
        else:
            self.older += 1


def _same(one: Record, other: Record) -> bool:
    """Whether two records say the same, whatever their `rev`, times and origin are."""

    def said(record: Record) -> Record:
        return replace(record, rev=0, modified="", v=0, created="", origin="")

    return type(one) is type(other) and said(one) == said(other)


def fit_of(
    record: Record, article_of: Callable[[str], Article | None], text_of: TextOf | None = None
) -> str:
    """How a highlight stands in today's text: `exact`, `moved`, `changed` or `orphan`.

    What is no highlight, and one whose text is not to be had, is `exact`.
    """
    if not isinstance(record, Highlight) or record.deleted:
        return "exact"
    article = article_of(record.article)
    return place(record, article, text_of).fit if article is not None else "exact"


def identities(records: list[Record]) -> dict[str, ArticleRecord]:
    """The article records among them, by article."""
    return {r.article: r for r in records if isinstance(r, ArticleRecord)}
