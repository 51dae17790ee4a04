"""What is written into the index, inside a transaction; writing the same again changes nothing."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tui.model.articles import Article
from tui.model.spans import Extent
from tui.store.index.bigrams import spaced
from tui.store.index.keys import keys_of_article
from tui.store.index.kinds import KINDS, Lying, Note, Shelved, kind_of
from tui.store.index.packing import (
    Beside,
    packed,
    packed_claim,
    packed_words,
    unpacked,
    unpacked_words,
)

USUAL = "utf-8"  # the encoding that takes no room
_TO_SECONDS = 19  # characters of an ISO time
_SHA256 = re.compile("[0-9a-f]{64}")
_FARTHEST = 2**62  # an offset that no text has


def key_of(path: str) -> int:
    """The number of a file: 63 bits of a hash of its path."""
    digest = hashlib.blake2b(path.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 1


def mark_of(revision: str) -> int:
    """The first 63 bits of a revision, by which two are told apart; 0 for what is no SHA-256."""
    return int(revision[:16], 16) >> 1 if _SHA256.fullmatch(revision) else 0


def columns_of(article: Article) -> tuple[str, str]:
    """The title and the body of an article as they are indexed.

    What is no text (header, headline) is blank in the body, so that offsets stay. A headline that
    stands in the text is the title.
    """
    headline = article.headline
    if headline is None:
        return article.title, blanked(article.text, article.header)
    return headline.of(article.text), blanked(article.text, (*article.header, headline))


def blanked(text: str, extents: Iterable[Extent]) -> str:
    """A text with blanks in place of some of its ranges, as long as it was."""
    parts: list[str] = []
    at = 0
    for extent in sorted(extents):
        start, end = max(at, extent.start), max(at, extent.end)
        parts += [text[at:start], " " * (end - start)]
        at = end
    parts.append(text[at:])
    return "".join(parts)


class Pen:
    """Writes one transaction: what goes into FTS5 tables last, in its order.

    Most other statements in between would make FTS5 put what it gathered onto the disk, since it
    has no other way to go back to before a statement: three times the work.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.execute = connection.execute
        self._later: list[tuple[str, Sequence[object]]] = []

    def later(self, sql: str, values: Sequence[object] = ()) -> None:
        """Have a statement on an FTS5 table executed at the end."""
        self._later.append((sql, values))

    def finish(self) -> None:
        """Execute what was left for the end."""
        for sql, values in self._later:
            self.execute(sql, values)
        self._later.clear()


# files and articles


def put_file(pen: Pen, lying: Lying, articles: Sequence[Article]) -> None:
    """Say what a file holds now, in place of what it held before."""
    file = key_of(lying.path)
    pen.execute(
        "insert or replace into files values(?, ?, ?, ?, ?)",
        (file, _plain(lying.path), lying.size, lying.mtime, lying.encoding),
    )
    kept = {article.id for article in articles}
    _leave(pen, file, kept)
    for article in articles:
        _put_article(pen, file, lying.path, article)


def drop_files(pen: Pen, files: Iterable[int]) -> None:
    """Forget files, by their numbers."""
    for file in files:
        _leave(pen, file, ())
        pen.execute("delete from files where file = ?", (file,))


def _leave(pen: Pen, file: int, kept: Collection[str]) -> None:
    """Take articles out of a file; one that lies in another one too is to be read there."""
    held = pen.execute("select article from articles where file = ?", (file,)).fetchall()
    for (article,) in held:
        if article not in kept:
            _take_out(pen, article)
            pen.execute(
                "update files set size = -1 where file in "
                "(select file from others where article = ?)",
                (article,),
            )
            pen.execute("delete from others where article = ?", (article,))
    beside = pen.execute("select article from others where file = ?", (file,)).fetchall()
    for (article,) in beside:
        if article not in kept:
            pen.execute("delete from others where article = ? and file = ?", (article, file))


def _put_article(pen: Pen, file: int, path: str, article: Article) -> None:
    there = pen.execute(
        "select a.file, a.revision, a.modified, a.published, f.path, a.row "
        "from articles a left join files f on f.file = a.file where a.article = ?",
        (article.id,),
    ).fetchone()
    revision = bytes.fromhex(article.revision)
    if there is not None and there[0] != file and there[4] is not None:
        known, fresh = _age(there[2], there[3], there[4]), _age(*_times(article), path)
        other = file if known <= fresh else there[0]
        pen.execute("insert or ignore into others values(?, ?)", (article.id, other))
        if other == file:  # of two texts of one article the newer one is today's
            return
    pen.execute("delete from others where article = ? and file = ?", (article.id, file))
    head = (file, article.entry, *_head(article))
    if there is not None and there[1] == revision:
        pen.execute(
            "update articles set (file, entry, title, outlet, byline, url, language, published, "
            "modified, encoding, replaced) = (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) where article = ?",
            (*head, article.id),
        )
        _find_by(pen, there[5], article)
        return
    _take_out(pen, article.id)
    file, entry, *rest = head
    row = pen.execute(
        "insert into articles values(null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (article.id, file, entry, revision, len(article.text), *rest),
    ).lastrowid
    _find_by(pen, row, article)
    title, body = columns_of(article)
    pen.later(
        "insert into article_words(rowid, title, body) values(?, ?, ?)",
        (row, spaced(title), spaced(body)),
    )


def _find_by(pen: Pen, row: int | None, article: Article) -> None:
    """Have an article found again; what it was found by before may stay: it is only looked at."""
    for key in keys_of_article(article):
        pen.execute("insert or ignore into article_keys values(?, ?)", (key, row))


def _take_out(pen: Pen, article: str) -> None:
    """Take an article's row out; its words stay, dead."""
    pen.execute(
        "insert into meta select 'dead', length from articles where article = ? "
        "on conflict(key) do update set value = value + excluded.value",
        (article,),
    )
    pen.execute("delete from articles where article = ?", (article,))


def is_worn(connection: sqlite3.Connection) -> bool:
    """Whether so much of the index is dead that it should be built anew."""
    dead = connection.execute("select value from meta where key = 'dead'").fetchone()
    if dead is None or dead[0] < 4_000_000:
        return False
    live = connection.execute("select sum(length) from articles").fetchone()[0] or 0
    return dead[0] > live / 2


def settle(pen: Pen) -> None:
    """Put all words in one place after much was written: smaller, and quicker to be asked."""
    for table in ("article_words", "note_words"):
        pen.later(f"insert into {table}({table}) values('optimize')")


def give_back(connection: sqlite3.Connection) -> None:
    """Have the file be no larger than what it holds; outside a transaction."""
    # `execute` would take one step of it, which is one page.
    connection.executescript("pragma incremental_vacuum")
    connection.execute("pragma wal_checkpoint(truncate)").fetchall()


def _head(article: Article) -> tuple[str | int | None, ...]:
    parts = (article.title, article.outlet, article.byline, article.url, article.language)
    encoding = article.encoding if article.encoding != USUAL else None
    return (*map(_plain, parts), *_times(article)[::-1], encoding, article.replaced or None)


def _times(article: Article) -> tuple[str, str]:
    return article.modified, article.published


def _age(modified: str, published: str, path: str) -> tuple[float, float, str]:
    """Sorts texts of one article, the newest first; unknown times lie behind."""
    return -_instant(modified or published), -_instant(published), path


def _instant(iso: str) -> float:
    try:
        moment = datetime.fromisoformat(iso)
    except ValueError:
        return float("-inf")
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _plain(text: str) -> str:
    """A text that SQLite takes; half of a surrogate pair, as an odd byte of a name, is escaped."""
    return text.encode("utf-8", "backslashreplace").decode() if not text.isascii() else text


# annotations


def put_notes(
    pen: Pen,
    shelved: Shelved,
    notes: Iterable[Note],
    only: Collection[str] | None = None,
) -> None:
    """Say what annotations an article has now; with `only`, which of the records with these ids."""
    shelf = _shelve(pen, shelved)
    there = {
        (unpacked(record), kind_of(kind)): (row, values)
        for row, record, kind, *values in pen.execute(
            "select row, record, kind, start, stop, revision, created, modified, words, facts "
            "from notes where shelf = ?",
            (shelf,),
        )
        if only is None or unpacked(record) in only
    }
    for note in notes:
        values = _values(pen, note)
        row, known = there.pop((note.record, note.kind), (None, None))
        if known is None and only is not None and note.record not in only:
            row, known = _row_of(pen, shelf, note)
        if known != values:
            if row is not None and known is not None:
                _drop_note(pen, row, note.kind, known)
            row = _add_note(pen, shelf, note, values)
        if note.held is not None:
            _, _, mark, created, *_ = values
            revision = _revision(pen, mark, note.held.claim.revision)
            beside = Beside(note.record, shelved.article, revision, created, _plain(note.words))
            held = packed_claim(note.held, beside)
            pen.execute("insert or replace into claims values(?, ?)", (row, held))
    for (_, kind), (row, known) in there.items():
        _drop_note(pen, row, kind, known)


def drop_shelf(pen: Pen, article: str) -> None:
    """Forget an article's shards, and what was indexed of them."""
    put_notes(pen, Shelved(article), ())
    pen.execute("delete from shelves where article = ?", (article,))


def _shelve(pen: Pen, shelved: Shelved) -> int:
    for article, stamp in shelved.members:
        pen.execute(
            "insert into shelves(article, stamp, top) values(?, ?, ?) "
            "on conflict(article) do update set stamp = excluded.stamp, top = excluded.top",
            (article, stamp, shelved.article),
        )
    pen.execute(
        "insert into shelves(article, stamp, top) values(?, '', ?) on conflict(article) do nothing",
        (shelved.article, shelved.article),
    )
    shelf, sets = pen.execute(
        "select shelf, sets from shelves where article = ?", (shelved.article,)
    ).fetchone()
    pen.execute(
        "update shelves set (done, highlights, claims, drafts, known, live, tags, changed, sets) "
        "= (?, ?, ?, ?, ?, ?, ?, ?, ?) where shelf = ?",
        (
            *(shelved.done, shelved.highlights, shelved.claims, shelved.drafts),
            *(shelved.known, shelved.live, "\n".join(map(_plain, shelved.tags)) or None),
            *(_plain(shelved.changed), _counted(pen, sets or "", shelved.tagged), shelf),
        ),
    )
    for key in shelved.keys:
        pen.execute("insert or ignore into shelf_keys values(?, ?)", (key, shelf))
    for other in shelved.linked:
        pen.execute("insert or ignore into shelf_links values(?, ?)", (_plain(other), shelf))
    for article, _ in shelved.members:
        if article != shelved.article:  # what lay under an id that is in use no more
            _empty(pen, article)
    return shelf


def _empty(pen: Pen, article: str) -> None:
    """Take away what was indexed under an id that is in use no more."""
    shelf, sets = pen.execute(
        "select shelf, sets from shelves where article = ?", (article,)
    ).fetchone()
    for row, kind, *values in pen.execute(
        "select row, kind, words, facts from notes where shelf = ?", (shelf,)
    ).fetchall():
        _drop_note(pen, row, kind_of(kind), values)
    _counted(pen, sets or "", {})
    pen.execute(
        "update shelves set (done, highlights, claims, drafts, known, live, tags, changed, sets) "
        "= (0, 0, 0, 0, 0, 0, null, '', '') where shelf = ?",
        (shelf,),
    )


def _counted(pen: Pen, before: str, tagged: Mapping[tuple[str, ...], int]) -> str:
    """Count the tags of an article in place of those it had; how they are kept with it."""
    changes: Counter[int] = Counter()
    for part in before.split():
        number, _, count = part.partition("*")
        changes[int(number)] -= int(count)
    now: list[str] = []
    for tags, count in tagged.items():
        words = "\n".join(map(_plain, tags))
        pen.execute("insert into tagged values(null, ?, 0) on conflict(tags) do nothing", (words,))
        found = pen.execute("select number from tagged where tags = ?", (words,)).fetchone()
        changes[found[0]] += count
        now.append(f"{found[0]}*{count}")
    for number, change in changes.items():
        if change:
            pen.execute("update tagged set count = count + ? where number = ?", (change, number))
    return " ".join(now)


def _values(pen: Pen, note: Note) -> list[Any]:
    """What a row says but for its record and kind."""
    facts = [*note.facts, f"b{_name(pen, 'b', note.by)}"]
    facts += [f"t{_name(pen, 't', tag)}" for tag in note.tags] or ["t0"]
    facts += [f"n{_name(pen, 'n', source)}" for source in note.sources]
    created, modified = (_plain(time[:_TO_SECONDS]) for time in (note.created, note.modified))
    return [
        _offset(note.start),
        _offset(note.end),
        mark_of(note.revision),
        created,
        None if modified == created else modified,
        packed_words(_plain(note.words)),
        " ".join(facts),
    ]


def _offset(offset: int) -> int:
    """An offset as SQLite can keep it; no text has one that it cannot."""
    return max(-_FARTHEST, min(offset, _FARTHEST))


def _revision(pen: Pen, mark: int, revision: str) -> str:
    """The revision that is kept for a mark: this one, if there is none yet and it has that mark."""
    if mark and mark_of(revision) == mark:
        kept = bytes.fromhex(revision)
        pen.execute("insert or ignore into revisions values(?, ?)", (mark, kept))
    found = pen.execute("select revision from revisions where mark = ?", (mark,)).fetchone()
    return found[0].hex() if found is not None else ""


def _name(pen: Pen, kind: str, words: str) -> int:
    known = pen.execute(
        "select name from names where kind = ? and words = ?", (kind, _plain(words))
    ).fetchone()
    if known is not None:
        return known[0]
    made = pen.execute("insert into names values(null, ?, ?)", (kind, _plain(words)))
    return made.lastrowid or 0


def _row_of(pen: Pen, shelf: int, note: Note) -> tuple[int | None, list[Any] | None]:
    for row, *values in pen.execute(
        "select row, start, stop, revision, created, modified, words, facts from notes "
        "where shelf = ? and record = ? and kind = ?",
        (shelf, packed(note.record), KINDS.index(note.kind)),
    ):
        return row, values
    return None, None


def _add_note(pen: Pen, shelf: int, note: Note, values: Sequence[Any]) -> int | None:
    row = pen.execute(
        "insert into notes values(null, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (shelf, packed(note.record), KINDS.index(note.kind), *values),
    ).lastrowid
    pen.later(
        "insert into note_words(rowid, words, facts) values(?, ?, ?)",
        (row, *_found_by(note.kind, values)),
    )
    return row


def _found_by(kind: str, values: Sequence[Any]) -> tuple[str, str]:
    """The words that a row is found by, and the facts."""
    *_, words, facts = values
    return spaced(unpacked_words(words)), f"k{kind} {facts}"


def _drop_note(pen: Pen, row: int, kind: str, values: Sequence[Any]) -> None:
    pen.later(
        "insert into note_words(note_words, rowid, words, facts) values('delete', ?, ?, ?)",
        (row, *_found_by(kind, values)),
    )
    pen.execute("delete from notes where row = ?", (row,))
    pen.execute("delete from claims where row = ?", (row,))
