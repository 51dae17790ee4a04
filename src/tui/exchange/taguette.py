"""Taguette projects (SQLite): documents as HTML, highlights in UTF-8 bytes of their text, tags.

What else we know of an article stands in the last line of its document's description, which
Taguette keeps when it copies, exports and migrates projects; it would not keep a table of ours.
(https://www.taguette.org; the tables are those of version 1.5.)
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path, PurePosixPath

from tui.exchange import native
from tui.exchange.bundles import Bundle
from tui.exchange.carrying import carried_line
from tui.exchange.foreign import marks_of
from tui.exchange.incoming import Incoming
from tui.exchange.offsets import UTF8, Offsets
from tui.exchange.tag_memos import described
from tui.exchange.taguette_html import as_html, fitting
from tui.model.articles import Article
from tui.model.codebook import Tag
from tui.model.views import Placed
from tui.model.wording import counted

# The migrations of Taguette that the tables are of, and what marks its databases.
VERSION, APPLICATION = "db5e31a0233d", 0x54677474
USER = "admin"  # who works in a Taguette on one's own computer
LONGEST = 102_400  # characters of a description
NAME = 50  # characters of a document's or a project's name

_TABLES = """
create table users (
    login varchar(30) not null primary key, created datetime not null,
    hashed_password varchar(192), disabled boolean not null, password_set_date datetime,
    language varchar(10), email varchar(256), email_sent datetime);
create unique index ix_users_email on users (email);
create table projects (
    id integer not null primary key autoincrement, name varchar(200) not null,
    description text not null, created datetime not null);
create table project_members (
    project_id integer not null references projects (id) on delete cascade,
    user_login varchar(30) not null
        references users (login) on delete cascade on update cascade,
    privileges varchar(11) not null, primary key (project_id, user_login));
create index ix_project_members_project_id on project_members (project_id);
create index ix_project_members_user_login on project_members (user_login);
create table documents (
    id integer not null primary key autoincrement, name varchar(200) not null,
    description text not null, filename varchar(200) not null, created datetime not null,
    project_id integer not null references projects (id) on delete cascade,
    text_direction varchar(13) not null, contents text not null);
create index ix_documents_project_id on documents (project_id);
create table commands (
    id integer not null primary key autoincrement, date datetime not null,
    user_login varchar(30) not null references users (login) on update cascade,
    project_id integer not null references projects (id) on delete cascade,
    document_id integer, payload text not null);
create index idx_project_document on commands (project_id, document_id);
create index idx_project_id on commands (project_id, id);
create index ix_commands_date on commands (date);
create index ix_commands_user_login on commands (user_login);
create index ix_commands_project_id on commands (project_id);
create index ix_commands_document_id on commands (document_id);
create table tags (
    id integer not null primary key autoincrement,
    project_id integer not null references projects (id) on delete cascade,
    path varchar(200) not null, description text not null,
    constraint uq_tags_project_id unique (project_id, path));
create index ix_tags_path on tags (path);
create index ix_tags_project_id on tags (project_id);
create table highlights (
    id integer not null primary key autoincrement,
    document_id integer not null references documents (id) on delete cascade,
    start_offset integer not null, end_offset integer not null, snippet text not null);
create index ix_highlights_document_id on highlights (document_id);
create table highlight_tags (
    highlight_id integer not null references highlights (id) on delete cascade,
    tag_id integer not null references tags (id) on delete cascade,
    primary key (highlight_id, tag_id));
create index ix_highlight_tags_highlight_id on highlight_tags (highlight_id);
create index ix_highlight_tags_tag_id on highlight_tags (tag_id);
create table alembic_version (version_num varchar(32) not null primary key);
"""


def write(bundle: Bundle, path: Path, **_: bool) -> Iterator[str]:
    """Write the bundle as a project of one user, an article each step.

    Says what Taguette has no room for.
    """
    moment = _moment(bundle.made)
    with closing(sqlite3.connect(path, isolation_level=None)) as there:
        there.execute(f"pragma application_id={APPLICATION}")
        there.executescript(f"pragma auto_vacuum=1; {_TABLES}")
        there.execute("begin")
        there.execute("insert into alembic_version values (?)", (VERSION,))
        there.execute(
            "insert into users (login, created, disabled) values (?, ?, 0)", (USER, moment)
        )
        name = (fitting(bundle.workspace) or "Pressmark")[:NAME]
        there.execute(
            "insert into projects values (1, ?, ?, ?)", (name, fitting(bundle.scope), moment)
        )
        there.execute("insert into project_members values (1, ?, 'ADMIN')", (USER,))
        there.execute(
            "insert into commands (date, user_login, project_id, payload) values (?, ?, 1, ?)",
            (moment, USER, json.dumps({"type": "project_import"})),
        )
        yield from _documents(there, bundle, moment)
        there.execute("commit")


def read_path(path: Path) -> Incoming:
    """What is in the projects of a Taguette database; see `tui.exchange.taguette_reading`."""
    from tui.exchange.taguette_reading import read_projects

    return read_projects(path)


def _documents(there: sqlite3.Connection, bundle: Bundle, moment: str) -> Iterator[str]:
    tags = _Tags(there, bundle.codebook.tags)
    too_long = changed = 0
    for part, _items, objects in native.packed(bundle):
        article = part.article
        text = fitting(article.text)
        changed += text != article.text
        description = _description(article, carried_line(article, objects))
        if len(description) > LONGEST:
            too_long += 1
            description = _description(article, "")
        key = there.execute(
            "insert into documents (name, description, filename, created, project_id, "
            "text_direction, contents) values (?, ?, ?, ?, 1, 'LEFT_TO_RIGHT', ?)",
            (_name(article), description, _filename(article), moment, as_html(text)),
        ).lastrowid
        _add_highlights(there, key, text, part.annotations.highlights, tags)
        yield ""
    if too_long:
        yield (
            f"{counted(too_long, 'article')} with more on it than a description of Taguette holds: "
            "its claims, notes and links are left out"
        )
    if changed:
        yield f"{counted(changed, 'text')} with control characters written with ? in their place"


def _add_highlights(
    there: sqlite3.Connection,
    document: int | None,
    text: str,
    highlights: Iterable[Placed],
    tags: _Tags,
) -> None:
    """Put the highlights of a text into the project, each piece by itself with its tags."""
    offsets = Offsets(text, UTF8)
    for placed in highlights:
        marks = marks_of(placed.extents, placed.record.tags)
        for extent in placed.extents:
            where = offsets.out(extent.start), offsets.out(extent.end)
            mark = there.execute(
                "insert into highlights (document_id, start_offset, end_offset, snippet) "
                "values (?, ?, ?, ?)",
                (document, *where, as_html(extent.of(text))),
            ).lastrowid
            names = {m.tag for m in marks if (m.start, m.end) == extent}
            there.executemany(
                "insert into highlight_tags values (?, ?)",
                [(mark, tags.key_of(name)) for name in sorted(names)],
            )


class _Tags:
    """The tags of the project, those of the codebook first; one for what has none."""

    def __init__(self, there: sqlite3.Connection, known: Iterable[Tag]) -> None:
        self._there = there
        self._keys: dict[str, int] = {}
        for tag in sorted(known, key=lambda tag: tag.path):
            self._add(tag)

    def key_of(self, path: str) -> int:
        """The id of a tag, which is put into the project if it is not in there."""
        if path not in self._keys:
            self._add(Tag(path))
        return self._keys[path]

    def _add(self, tag: Tag) -> None:
        number = self._keys[tag.path] = len(self._keys) + 1
        memo = fitting(described(tag))[:LONGEST]
        row = (number, fitting(tag.path)[:200], memo)
        self._there.execute("insert into tags values (?, 1, ?, ?)", row)


def _description(article: Article, line: str) -> str:
    """What the description of a document says to a reader, and then our line."""
    parts = (article.title, article.outlet, article.published, article.url)
    return "\n".join(filter(None, (*map(fitting, parts), line)))


def _name(article: Article) -> str:
    return (fitting(article.title) or _filename(article))[:NAME]


def _filename(article: Article) -> str:
    name = PurePosixPath(article.path)
    return f"{fitting(name.stem)[:40] or article.id}{fitting(name.suffix)[:8]}"


def _moment(made: str) -> str:
    """A moment as SQLAlchemy has it."""
    given = made[:19].replace("T", " ")
    return f"{given if len(given) == 19 else '1970-01-01 00:00:00'}.000000"
