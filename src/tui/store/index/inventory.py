"""What the index knows of files, articles and shards, so that these need not be read."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any

from tui.model.articles import Article
from tui.store.index.kinds import KINDS, Held, Lying, Shelved
from tui.store.index.packing import Beside, packed, unpacked, unpacked_claim, unpacked_words
from tui.store.index.writing import USUAL, key_of, mark_of

_PAGE = 250  # rows that are fetched at once
_HELD = "c.held, n.record, s.article, r.revision, n.created, n.words"  # packed, and beside it
_CLAIMS = (
    "notes n join claims c on c.row = n.row join shelves s on s.shelf = n.shelf "
    "left join revisions r on r.mark = n.revision"
)
_HEAD = (
    "a.row, a.article, a.revision, a.title, a.outlet, a.byline, a.url, a.language, a.published, "
    "a.modified, a.encoding, a.replaced, a.entry, a.file, f.path, f.size, f.mtime, f.encoding "
    "from articles a join files f on f.file = a.file"
)


class DamagedError(Exception):
    """The index cannot be read: see `Index.renew`."""


class Inventory:
    """Questions about what was indexed; each may raise DamagedError."""

    _reader: sqlite3.Connection
    _asking: threading.Lock

    def files(self, only: int | None = None) -> dict[int, tuple[int, int, str]]:
        """Size, mtime and named encoding of all files, or of one, by their numbers (`number`)."""
        where = ("", ()) if only is None else (" where file = ?", (only,))
        rows = self._rows(f"select file, size, mtime, encoding from files{where[0]}", *where[1])
        return {file: (size, mtime, encoding) for file, size, mtime, encoding in rows}

    @staticmethod
    def number(path: str) -> int:
        """The number of a file by its path, as records have it."""
        return key_of(path)

    def paths(self, files: Collection[int] | None = None) -> dict[int, str]:
        """The paths of files by their numbers; without numbers, of those to be read again."""
        if files is None:
            return dict(self._rows("select file, path from files where size = -1"))
        return {
            file: path
            for file in files
            for (path,) in self._rows("select path from files where file = ?", file)
        }

    def place(self, article: str) -> tuple[str, str]:
        """The path and entry key of an article's file; empty if it is not known."""
        rows = self._rows(
            "select f.path, a.entry from articles a join files f on f.file = a.file "
            "where a.article = ?",
            article,
        )
        return (rows[0][0], rows[0][1]) if rows else ("", "")

    # articles

    def articles(self) -> int:
        """How many articles are known."""
        return self._rows("select count(*) from articles")[0][0]

    def heads(self) -> Iterator[Sequence[tuple[Article, Lying]]]:
        """All articles as they are known, without texts, and their files; some at a time."""
        last = 0
        while rows := self._rows(
            f"select {_HEAD} where a.row > ? order by a.row limit {_PAGE}", last
        ):
            yield [_head(row) for row in rows if _is_as_it_was(row[14], row[13])]
            last = rows[-1][0]

    def alike(self, keys: Collection[int]) -> list[Article]:
        """The articles that have one of these numbers."""
        if not keys:
            return []
        found = self._rows(
            f"select {_HEAD} where a.row in "
            f"(select row from article_keys where key in ({_marks(keys)}))",
            *keys,
        )
        return [_head(row)[0] for row in found]

    def several(self) -> set[str]:
        """The paths of the files that hold a text of an article which lies elsewhere too."""
        rows = self._rows(
            "select path from files where file in (select file from others) or file in "
            "(select a.file from articles a join others o on o.article = a.article)"
        )
        return {path for (path,) in rows}

    # annotated articles

    def shelves(self) -> Iterator[dict[str, tuple[str, str]]]:
        """The stamp of the shards of each article, and the id that it goes by; some at a time."""
        last = 0
        while rows := self._rows(
            "select shelf, article, stamp, top from shelves where shelf > ? "
            f"order by shelf limit {4 * _PAGE}",
            last,
        ):
            yield {article: (stamp, top) for _, article, stamp, top in rows}
            last = rows[-1][0]

    def joined(self) -> list[tuple[str, str]]:
        """The ids of articles that go by another id, with that."""
        return [
            (a, b) for a, b in self._rows("select article, top from shelves where top <> article")
        ]

    def counted(self) -> Iterator[Sequence[Shelved]]:
        """What the annotations of each article come to, some articles at a time."""
        last = 0
        while rows := self._rows(
            "select shelf, article, done, highlights, claims, drafts, known, live, tags, changed "
            f"from shelves where shelf > ? and top = article order by shelf limit {_PAGE}",
            last,
        ):
            yield [_shelved(row) for row in rows]
            last = rows[-1][0]

    def of_keys(self, keys: Collection[int]) -> list[str]:
        """The annotated articles that have one of these numbers."""
        if not keys:
            return []
        rows = self._rows(
            "select article from shelves where shelf in "
            f"(select shelf from shelf_keys where key in ({_marks(keys)}))",
            *keys,
        )
        return [article for (article,) in rows]

    def linking(self, articles: Iterable[str]) -> list[str]:
        """The articles with a link to one of some articles."""
        rows = [
            row
            for article in articles
            for row in self._rows(
                "select s.article from shelf_links l join shelves s on s.shelf = l.shelf "
                "where l.article = ?",
                article,
            )
        ]
        return list(dict.fromkeys(article for (article,) in rows))

    def of_records(self, records: Iterable[str]) -> dict[str, str]:
        """The articles that highlights, claims and notes belong to."""
        found: dict[str, str] = {}
        wanted = iter(dict.fromkeys(records))
        while some := tuple(islice(wanted, _PAGE)):
            names = {packed(record): record for record in some}
            rows = self._rows(
                "select n.record, s.article from notes n join shelves s on s.shelf = n.shelf "
                f"where n.record in ({_marks(names)})",
                *names,
            )
            found |= {names[record]: article for record, article in rows}
        return found

    def claims(self, articles: Collection[str]) -> list[tuple[str, Held]]:
        """The claims of some articles with these, in the order of their texts."""
        rows = self._rows(
            f"select {_HELD} from {_CLAIMS} where s.article in ({_marks(articles)}) "
            "order by s.article, n.start, n.record",
            *articles,
        )
        return list(zip((row[2] for row in rows), _unpacked(rows), strict=True))

    def all_claims(self, after: str = "") -> Iterator[Held]:
        """All claims by their ids, or those whose ids come `after` one.

        None comes twice, whatever is written meanwhile.
        """
        last = packed(after) if after else b""
        while rows := self._rows(
            f"select {_HELD} from {_CLAIMS} where n.record > ? order by n.record limit {_PAGE}",
            last,
        ):
            yield from _unpacked(rows)
            last = rows[-1][1]

    def held(self, claims: Collection[str]) -> dict[str, Held]:
        """Those of some claims that are known, by their ids."""
        rows = self._rows(
            f"select {_HELD} from {_CLAIMS} where n.record in ({_marks(claims)})",
            *map(packed, claims),
        )
        return {each.claim.id: each for each in _unpacked(rows)}

    def on_another_text(self, article: str) -> bool:
        """Whether some highlight of an article was made on another text than is indexed now."""
        rows = self._rows(
            "select distinct a.revision, n.revision from shelves s join articles a "
            "on a.article = s.article join notes n on n.shelf = s.shelf "
            "where s.article = ? and n.kind = ?",
            article,
            KINDS.index("highlight"),
        )
        return any(mark != mark_of(revision.hex()) for revision, mark in rows)

    def stamp(self, articles: Collection[str]) -> str:
        """The stamps of the shards of some ids of an article as they were indexed."""
        wanted = f"select stamp from shelves where article in ({_marks(articles)}) order by article"
        return " ".join(stamp for (stamp,) in self._rows(wanted, *articles))

    def changes(self) -> dict[str, str]:
        """When the analyst's newest record of each annotated article was written."""
        return dict(self._rows("select article, changed from shelves where changed > ''"))

    def tagged(self) -> Mapping[tuple[str, ...], int]:
        """How many highlights and articles carry the same tags, as they were given."""
        rows = self._rows("select tags, count from tagged where count > 0")
        return {tuple(tags.split("\n")): count for tags, count in rows}

    def _rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        with self._asking:
            try:
                return self._reader.execute(sql, values).fetchall()
            except sqlite3.Error as error:
                raise DamagedError(str(error)) from error


def _is_as_it_was(path: str, file: int) -> bool:
    """Whether a path was kept as it is: that of a file whose name is no text is written out."""
    return "\\" not in path or key_of(path) == file


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _unpacked(rows: Iterable[Sequence[Any]]) -> Iterator[Held]:
    try:
        for held, record, article, revision, created, words in rows:
            known = revision.hex() if revision is not None else ""
            beside = Beside(unpacked(record), article, known, created, unpacked_words(words))
            yield unpacked_claim(held, beside)
    except sqlite3.Error as error:
        raise DamagedError(str(error)) from error


def _head(row: tuple[Any, ...]) -> tuple[Article, Lying]:
    _, article, revision, title, outlet, byline, url, language, published, modified, *rest = row
    encoding, replaced, entry, _, path, size, mtime, named = rest
    head = Article(
        article,
        "",
        revision.hex(),
        title=title,
        outlet=outlet,
        byline=byline,
        url=url,
        language=language,
        published=published,
        modified=modified,
        path=path,
        entry=entry,
        encoding=USUAL if encoding is None else encoding,
        replaced=replaced or 0,
    )
    return head, Lying(path, size, mtime, named)


def _shelved(row: tuple[Any, ...]) -> Shelved:
    _, article, done, highlights, claims, drafts, known, live, tags, changed = row
    return Shelved(
        article,
        (),
        bool(done),
        highlights or 0,
        claims or 0,
        drafts or 0,
        bool(known),
        bool(live),
        tuple(tags.split("\n")) if tags else (),
        changed or "",
    )
