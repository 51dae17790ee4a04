"""What an import is to do; which articles here the documents of other programs are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePath

from msgspec import Struct, field
from msgspec.structs import replace

from tui.desk.transfer import Imported, Refusal, Sorting
from tui.model.articles import Article
from tui.model.codebook import Codebook
from tui.model.records import Change, Highlight, Link, Record
from tui.model.sources import Source

BROUGHT = "imported"  # the folder of the workspace that texts of other programs come into
_NO_NAME = re.compile(r"[^\w.-]+")


class Arrival(Struct):
    """Where the documents of a file belong.

    `here` has the article of each document, `brought` the texts of the file by revision, `fresh`
    by id those that become articles, the file's name as their path.
    """

    here: dict[str, str] = field(default_factory=dict[str, str])
    brought: dict[str, str] = field(default_factory=dict[str, str])
    fresh: dict[str, Article] = field(default_factory=dict[str, Article])

    def text_of(self, kept: Callable[[str], str | None]) -> Callable[[str], str | None]:
        """The text of a revision, of those that the file brings too."""

        def found(revision: str) -> str | None:
            return self.brought.get(revision) or (kept(revision) if revision else None)

        return found


class Plan(Struct, frozen=True):
    """What an import is to do: see `Importing`. `texts` are those of articles that are not here."""

    name: str  # of the file
    arrival: Arrival
    texts: dict[str, Article]
    sorting: Sorting
    back: list[Change]  # what was deleted here and is to come back
    codebook: Codebook
    sources: list[Source]
    new_tags: int
    moved: int
    lost: int
    ignored: Mapping[str, int]  # what there is no place for here, by what it is
    changed: int  # notes and marks of ours that were changed elsewhere
    refused: tuple[Refusal, ...]

    @property
    def ours(self) -> list[Record]:
        """New records that nobody here is the author of but who imports them."""
        return [r for r in self.sorting.news if r.origin == f"import:{self.name}"]

    @property
    def others(self) -> list[Record]:
        """New records that have an author, and so stay as they are."""
        return [r for r in self.sorting.news if r.origin != f"import:{self.name}"]

    def told(self, path: Path, dry_run: bool) -> Imported:
        """It in counts."""
        sorting = self.sorting
        return Imported(
            path,
            dry_run,
            added=sorting.added,
            updated=sorting.updated,
            equal=sorting.equal,
            older=sorting.older,
            deleted=len(sorting.deleted) - len(self.back),
            restored=len(self.back),
            reanchored=self.moved,
            orphaned=self.lost,
            tags=self.new_tags,
            sources=len(self.sources),
            articles=len(self.arrival.fresh),
            ignored=sum(self.ignored.values()),
            left_out=self.ignored,
            changed=self.changed,
            refused=self.refused,
        )


def by_name(paths: Mapping[str, str], name: str) -> str:
    """The article whose file is called so, whatever its ending; empty if none or several are.

    `paths` has the path of each article.
    """
    wanted = _stem(name)
    found = [article for article, path in paths.items() if wanted and _stem(path) == wanted]
    return found[0] if len(found) == 1 else ""


def _stem(name: str) -> str:
    return PurePath(name.replace("\\", "/")).stem.casefold()


def place_for(root: Path, article: Article) -> Path:
    """A path in the workspace for a text that is new in it: free, or where it lies already."""
    stem = _NO_NAME.sub("-", PurePath(article.path.replace("\\", "/")).stem).strip("-.")[:80]
    number = 1
    while True:
        name = stem or article.id
        path = root / BROUGHT / (f"{name}.txt" if number == 1 else f"{name}-{number}.txt")
        if not path.exists() or path.read_bytes() == data_of(article.text):
            return path
        number += 1


def data_of(text: str) -> bytes:
    """The bytes of a canonical text as a file."""
    return text.encode("utf-8", "surrogatepass")


def as_ours(
    records: Iterable[Record],
    here: Mapping[str, str],
    today: Callable[[str], Article | None],
    analyst: str,
    origin: str,
) -> Iterator[Record]:
    """The records of documents, on the articles that they are here; those of nobody are ours.

    A highlight whose words do not stand where its file says, in the very text that is here, is to
    be looked for by its words: its revision is not known then.
    """
    for record in records:
        ours = replace(record, article=here.get(record.article, record.article))
        if not ours.by:
            ours = replace(ours, by=analyst, origin=origin)
        if isinstance(ours, Link) and ours.to_article:
            ours = replace(ours, to_article=here.get(ours.to_article, ours.to_article))
        if isinstance(ours, Highlight):
            article = today(ours.article)
            text = article.text if article and article.revision == ours.revision else None
            if text is not None and any(s.extent.of(text) != s.exact for s in ours.spans):
                ours = replace(ours, revision="")
        yield ours
