"""Questions to the index: a query, kinds and a limit become rows, the best first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from msgspec import Struct

from tui.model.codebook import Codebook, covers
from tui.model.filters import FLAGS, STATUSES, Filter
from tui.model.sources import Registry, folded
from tui.store.index.kinds import KINDS, Answer, kind_of
from tui.store.index.language import Query
from tui.store.index.noting import STATUS_FACTS
from tui.store.index.packing import unpacked, unpacked_words
from tui.store.index.writing import mark_of

_END = "\U0010ffff"  # sorts behind every path that begins alike
_PLACE = "f.path, a.entry, a.revision, a.title, a.outlet, a.published"


class Meaning(Struct, frozen=True):
    """What names in a filter mean today.

    `tagged` says of the path of a tag, as records have it, whether a tag wanted covers it;
    `untagged`: those without a tag are wanted too. `sources` are folded names of the one wanted.
    """

    tagged: Callable[[str], bool] = bool
    untagged: bool = False
    sources: frozenset[str] = frozenset()


def meaning_of(wanted: Filter, codebook: Codebook, sources: Registry) -> Meaning:
    """What the names in a filter mean by a codebook and a registry, as `Filter.matches` has it."""
    untagged = wanted.tag == "none"
    tags = wanted.tag.split(",") if wanted.tag and not untagged else []
    parents = [codebook.resolve(tag) for tag in tags]
    known = sources.find(wanted.source) if wanted.source else None
    names = known.names() if known is not None else (wanted.source,)

    def tagged(path: str) -> bool:
        today = codebook.resolve(path)
        return any(covers(parent, today) for parent in parents)

    return Meaning(tagged, untagged, frozenset(map(folded, names)))


def ask(
    connection: sqlite3.Connection,
    query: Query,
    meaning: Meaning,
    kinds: Collection[str] = KINDS,
    places: Sequence[str] = (),
    limit: int = 50,
) -> list[Answer]:
    """At most so many answers of these kinds, the best first.

    Where only the filter asks, the newest first. With `places` only what lies in these files or
    folders.
    """
    asked = _Asked(connection, query, meaning, tuple(places), limit)
    found = asked.articles() if "article" in kinds else []
    notes = [kind for kind in KINDS if kind != "article" and kind in kinds]
    if notes:
        found += asked.notes(notes)
    if query.words:
        found.sort(key=lambda answer: -answer.score)
    return found[:limit]


def ask_articles(connection: sqlite3.Connection, query: Query, meaning: Meaning) -> frozenset[str]:
    """The ids of all articles that answer, or that have an annotation which does."""
    return _Asked(connection, query, meaning, (), 0).ids()


class _Asked:
    def __init__(
        self,
        connection: sqlite3.Connection,
        query: Query,
        meaning: Meaning,
        places: tuple[str, ...],
        limit: int,
    ) -> None:
        self._connection = connection
        self._words = query.words
        self._filter = query.filter
        self._meaning = meaning
        self._places = places
        self._limit = limit

    def articles(self) -> list[Answer]:
        """Articles; none where the filter asks for what only an annotation has."""
        condition = self._article_condition()
        if condition is None:
            return []
        source, where, values = condition
        rows = self._connection.execute(
            f"select a.article, {'-w.rank' if self._words else '0.0'}, {_PLACE} "
            f"from {source} left join files f on f.file = a.file where {where} "
            f"order by {'w.rank' if self._words else 'a.published desc, a.row'} limit ?",
            (*values, self._limit),
        )
        return [
            Answer("article", article, article, score, **_place(place))
            for article, score, *place in rows
        ]

    def ids(self) -> frozenset[str]:
        """Articles that answer, and those of annotations that do."""
        found: list[tuple[str]] = []
        condition = self._article_condition()
        if condition is not None:
            source, where, values = condition
            sql = f"select a.article from {source} where {where}"
            found += self._connection.execute(sql, values).fetchall()
        condition = self._note_condition([kind for kind in KINDS if kind != "article"])
        if condition is not None:
            source, where, values = condition
            sql = (
                "select article from shelves where shelf in "
                f"(select n.shelf from {source} where {where})"
            )
            found += self._connection.execute(sql, values).fetchall()
        return frozenset(article for (article,) in found)

    def _article_condition(self) -> tuple[str, str, list[Any]] | None:
        """Tables and a condition for articles; None if none can answer."""
        wanted = self._filter
        if wanted.status or wanted.source or wanted.analyst:
            return None
        where, values = ["true"], list[Any]()
        if self._words:
            where, values = ["article_words match ?"], [self._words]
        moments = ("substr(a.published, 1, 19)", "substr(a.modified, 1, 19)")
        for part, given in (_in_time(wanted, moments), self._lying(), self._tagged()):
            where += [part] if part else []
            values += given
        words = "article_words w cross join articles a on a.row = w.rowid"
        return (words if self._words else "articles a"), " and ".join(where), values

    def _tagged(self) -> tuple[str, list[Any]]:
        """A condition on the tags of an article as a whole."""
        if not self._filter.tag:
            return "", []
        whole = (
            "(select s.article from note_words w join notes n on n.row = w.rowid "
            "join shelves s on s.shelf = n.shelf where note_words match ?)"
        )
        if self._meaning.untagged:
            return f"a.article not in {whole}", ['facts : "knote" NOT facts : "t0"']
        numbers = self._numbers("t", self._meaning.tagged)
        if not numbers:
            return "false", []
        return f"a.article in {whole}", [f'facts : "knote" AND {_facts("t", numbers)}']

    def notes(self, kinds: Sequence[str]) -> list[Answer]:
        """Highlights, claims, and notes on whole articles."""
        condition = self._note_condition(kinds)
        if condition is None:
            return []
        source, where, values = condition
        order = "w.rank" if self._words else "coalesce(n.modified, n.created) desc, n.row"
        rows = self._connection.execute(
            f"select n.kind, s.article, n.record, {'-w.rank' if self._words else '0.0'}, n.words, "
            f"n.start, n.stop, n.revision, {_PLACE} from {source} "
            "join shelves s on s.shelf = n.shelf left join articles a on a.article = s.article "
            f"left join files f on f.file = a.file where {where} "
            f"order by {order} limit ?",
            (*values, self._limit),
        )
        found: list[Answer] = []
        for number, article, record, score, words, start, stop, mark, *place in rows:
            kind, where_ = kind_of(number), _place(place)
            current = kind == "note" or mark == mark_of(where_["revision"])
            found.append(
                Answer(
                    *(kind, article, unpacked(record), score, unpacked_words(words)),
                    *(start, stop, current),
                    **where_,
                )
            )
        return found

    def _note_condition(self, kinds: Sequence[str]) -> tuple[str, str, list[Any]] | None:
        """Tables and a condition for annotations; None if none can answer."""
        match = self._note_match(kinds)
        if match is None:
            return None
        where, values = (["note_words match ?"], list[Any]([match])) if match else (["true"], [])
        moments = ("n.created", "coalesce(n.modified, n.created)")
        for part, given in (_in_time(self._filter, moments), self._lying()):
            where += [part] if part else []
            values += given
        source = "note_words w cross join notes n on n.row = w.rowid" if match else "notes n"
        return source, " and ".join(where), values

    def _note_match(self, kinds: Sequence[str]) -> str | None:
        """The FTS5 expression for annotations; None if none can match."""
        wanted, groups = self._filter, list[str]()
        if len(kinds) < len(KINDS) - 1:
            groups.append(_group(f"k{kind}" for kind in kinds))
        if wanted.tag:
            numbers = self._numbers("t", self._meaning.tagged)
            groups.append(_facts("t", [0] if self._meaning.untagged else numbers))
        if wanted.source:
            groups.append(_facts("n", self._numbers("n", self._meaning.sources.__contains__)))
        if wanted.analyst:
            groups.append(_facts("b", self._numbers("b", folded(wanted.analyst).__eq__)))
        if wanted.status:
            names = [name for name in wanted.status.split(",") if name in (*STATUSES, *FLAGS)]
            groups.append(_group(STATUS_FACTS[name] for name in names))
        if not all(groups):
            return None
        return " AND ".join([*groups, *([f"words : ({self._words})"] if self._words else [])])

    def _numbers(self, kind: str, meant: Callable[[str], bool]) -> list[int]:
        return sorted(
            name
            for name, words in self._connection.execute(
                "select name, words from names where kind = ?", (kind,)
            )
            if meant(words)
        )

    def _lying(self) -> tuple[str, list[Any]]:
        """A condition on where the article lies."""
        if not self._places:
            return "", []
        inside = " or ".join(["f.path = ? or (f.path > ? and f.path < ?)"] * len(self._places))
        values: list[Any] = []
        for place in self._places:
            below = f"{place.rstrip('/')}/"
            values += [place, below, below + _END]
        return f"({inside})", values


def _in_time(wanted: Filter, moments: Iterable[str]) -> tuple[str, list[Any]]:
    """Created or changed in time, as `Filter` compares: the texts of ISO times."""
    if not (wanted.after or wanted.before):
        return "", []
    parts: list[str] = []
    values: list[Any] = []
    for moment in moments:
        before = f" and {moment} < ?" if wanted.before else ""
        parts.append(f"({moment} >= ?{before})")
        values += [wanted.after, *([wanted.before] if wanted.before else [])]
    return f"({' or '.join(parts)})", values


def _facts(letter: str, numbers: Iterable[int]) -> str:
    return _group(f"{letter}{number}" for number in numbers)


def _group(facts: Iterable[str]) -> str:
    words = [f'"{fact}"' for fact in facts]
    return f"facts : ({' OR '.join(words)})" if words else ""


def _place(values: Sequence[Any]) -> dict[str, Any]:
    path, entry, revision, title, outlet, published = values
    return {
        "path": path or "",
        "entry": entry or "",
        "revision": revision.hex() if revision else "",
        "title": title or "",
        "outlet": outlet or "",
        "published": published or "",
    }
