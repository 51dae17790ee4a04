"""The one place where records get their id, `rev`, author and times."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import UTC, datetime

from msgspec.structs import replace

from tui.desk.entries import Found
from tui.desk.events import DeskError
from tui.model.articles import Article
from tui.model.ids import folder_of, id_of_number, new_id
from tui.model.records import (
    SCHEMA_VERSION,
    ArticleRecord,
    Change,
    PathRef,
    Record,
    RevisionRef,
)


def now() -> str:
    """This moment in UTC, ISO 8601 with microseconds and Z."""
    return datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def sealed(
    changes: Iterable[Change], analyst: str, time: str, *, whole: bool = False
) -> tuple[Change, ...]:
    """The changes as they will be kept; those that change nothing are left out unless `whole`.

    What changes a record of somebody else becomes a copy of one's own with `re`. Raises DeskError
    for a record of a newer Pressmark, or for somebody else's that would be deleted.
    """
    found: list[Change] = []
    for before, after in changes:
        if before is not None and not whole and _equal(before, after):
            continue
        if before is not None and before.v > SCHEMA_VERSION:
            raise DeskError(f"this {before.type} was written by a newer Pressmark: update to edit")
        if before is not None and before.by != analyst:
            found.append(Change(None, _copy(before, after, analyst, time)))
            continue
        fresh = replace(
            after,
            id=(before.id if before else after.id) or new_id(),
            rev=(before.rev if before else 0) + 1,
            v=SCHEMA_VERSION,
            by=analyst,
            created=before.created if before else time,
            modified=time,
        )
        found.append(Change(before, fresh))
    return tuple(found)


def _copy(before: Record, after: Record, analyst: str, time: str) -> Record:
    if after.deleted:
        raise DeskError(
            f"this {before.type} is {before.by}'s: you can edit it (that makes a copy of your own) "
            "or review it, not delete it",
            1,
        )
    return replace(
        after,
        id=new_id(),
        re=before.id,
        rev=1,
        v=SCHEMA_VERSION,
        by=analyst,
        created=time,
        modified=time,
    )


def _equal(before: Record, after: Record) -> bool:
    return before == replace(
        after,
        id=before.id,
        rev=before.rev,
        v=before.v,
        by=before.by,
        created=before.created,
        modified=before.modified,
    )


def article_record_id(article: str, analyst: str) -> str:
    """The id of an analyst's record of an article: always the same, and first in the shard.

    So two processes that begin at once make one record and not two.
    """
    digest = hashlib.sha256(f"{folder_of(analyst)}\n{article}".encode()).digest()
    return id_of_number(int.from_bytes(digest[:10]))


def described(
    record: ArticleRecord | None, article: Article, files: Iterable[Found], analyst: str, time: str
) -> ArticleRecord:
    """The analyst's record of an article with today's revision and paths in it.

    One that was deleted comes back without what was said of the article then.
    """
    if record is None or record.deleted:
        record = ArticleRecord(
            id=article_record_id(article.id, analyst),
            article=article.id,
            title=article.title,
            outlet=article.outlet,
            published=article.published,
            url=article.url,
            guid=article.guid,
            revisions=record.revisions if record is not None else (),
            paths=record.paths if record is not None else (),
        )
    revisions = record.revisions
    if article.revision and not any(r.sha256 == article.revision for r in revisions):
        fresh = RevisionRef(
            article.revision,
            article.bytes_sha256,
            article.encoding,
            article.reader,
            article.reader_version,
            article.modified,
            time,
        )
        revisions = (*revisions, fresh)
    places = [PathRef(f.article.path, f.article.entry) for f in files] or (
        [PathRef(article.path, article.entry)] if article.path else []
    )
    known = {(p.path, p.entry) for p in record.paths}
    paths = (*record.paths, *(p for p in places if (p.path, p.entry) not in known))
    return replace(record, revisions=revisions, paths=paths)


def merged(before: Record | None, after: Record, disk: Record) -> Record:
    """What a change makes of a record that somebody else changed meanwhile: field by field.

    A field that the change did not touch stays as it is on the disk; tags are merged one by one.
    """
    if before is None:
        return replace(after, rev=disk.rev, created=disk.created)
    values: dict[str, object] = {}
    for name in type(after).__struct_fields__:
        old, new, there = (getattr(r, name) for r in (before, after, disk))
        if name in ("rev", "modified") or old == new:
            continue
        if isinstance(old, tuple) and name in ("tags", "revisions", "paths"):
            kept = tuple(x for x in there if x not in old or x in new)
            values[name] = (*kept, *(x for x in new if x not in old and x not in kept))
        else:
            values[name] = new
    if values and "deleted" not in values:
        values["deleted"] = False  # an edit brings back what was deleted elsewhere
    return replace(disk, **values)
