"""What could not be saved when the program had to end: kept aside, brought in at the next start.

A rescue file is JSON Lines. Records, texts, tags and sources in it are those of the native format,
so that `pressmark import` reads it too; a line `rescue` says whose it is, and lines `before` hold
the records as they were on the disk, with the step that changed them last.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from tui.desk import sealing
from tui.desk.events import DeskError
from tui.desk.importing import Importing
from tui.model.codebook import Codebook, Tag, union
from tui.model.codec import from_json, to_json
from tui.model.ids import folder_of, is_article_id, new_id, number_of_id, sha256
from tui.model.records import Alias, ArticleRecord, Change, Record, Step, record_from_json
from tui.model.sources import Source
from tui.model.wording import counted
from tui.store import StoreError
from tui.store.durable import write_whole

_OWNER_ALONE = 0o600


class Rescue(Struct):
    """What a rescue file holds. By record: `changes`, its first state and last; the last step."""

    id: str = ""
    made: str = ""
    changes: dict[str, Change] = {}
    steps: dict[str, str] = {}
    texts: dict[str, str] = {}
    tags: list[Tag] = []
    sources: list[Source] = []

    @property
    def annotations(self) -> int:
        """How many annotations it is about; what only describes an article does not count."""
        kinds = (change.after for change in self.changes.values())
        return sum(not isinstance(record, (ArticleRecord, Alias)) for record in kinds)


class Rescuing(Importing):
    """Rescue on top of import."""

    def _begin(self) -> None:
        super()._begin()
        self._taken: list[Path] = []  # rescue files whose content is not on the disk yet

    def rescue(self, path: Path) -> None:
        """Write what is not on the disk to a file that only its owner can read.

        Raises DeskError (code 3) with a sentence if that cannot be either.
        """
        lines = "".join(_line(item) for item in self._unsaved_lines())
        try:
            write_whole(path, lines.encode(), _OWNER_ALONE)
        except StoreError as error:
            raise DeskError(str(error), 3) from error
        for old in self._taken:
            with contextlib.suppress(OSError):
                old.unlink(missing_ok=True)  # the new one has all of it
        self._taken = [path]

    def abandon(self) -> None:
        """Let go of everything without saving; what was not rescued is lost."""
        self._writer.stop()
        self._store.close()

    def _unsaved_lines(self) -> Iterator[dict[str, Any]]:
        jobs = self._writer.jobs()
        steps = [job.step for job in jobs if job.step is not None]
        yield {
            "type": "rescue",
            "id": new_id(),
            "analyst": self.analyst,
            "workspace": str(self.root),
            "made": sealing.now(),
        }
        for job in jobs:
            where = job.articles[0] if job.articles else ""
            for revision, text in job.texts.items():
                yield {"type": "text", "article": where, "revision": revision, "text": text}
        if any(job.step is None for job in jobs):
            yield from ({"type": "tag", **to_json(tag)} for tag in self._tagbook.own.tags)
            yield from ({"type": "source", **to_json(s)} for s in self._own_sources.sources)
        for (before, after), step in _first_and_last(steps).values():
            record = to_json(before) if before is not None else None
            yield {"type": "before", "id": after.id, "step": step, "record": record}
            yield to_json(after)

    def take_rescued(self, paths: Sequence[Path]) -> str:
        """Bring in what rescue files hold and the store does not; a sentence on what came.

        The records of a file are one step that can be undone. A file goes when all of it is on
        the disk, and brought in twice it changes nothing; one that cannot be read is left alone.
        """
        annotations, days = 0, list[str]()
        for path in paths:
            try:
                found = read_rescue(path)
                self._refuse_what_cannot_be_saved(path, found)
                came = self._take(found)
            except DeskError as error:
                self.troubles.append(str(error))
                continue
            if came:
                annotations += found.annotations
                days.append(found.made[:10])
            self._taken.append(path)
            self._save_later(lambda path=path: self._let_go(path))
        if not days:
            return ""
        what = counted(annotations, "annotation") if annotations else "tags or sources"
        return f"{what} not saved on {days[-1]} came back from the rescue file; u takes that back"

    def _refuse_what_cannot_be_saved(self, path: Path, found: Rescue) -> None:
        """Raise DeskError for a record that the store would never take: nothing after it would be.

        It was changed by something else, or another analyst is named.
        """
        for change in found.changes.values():
            record = change.after
            try:
                number_of_id(record.id)
                if not is_article_id(record.article):
                    raise ValueError(f"{record.article[:80]!r} is no article id")
                if folder_of(record.by) != folder_of(self.analyst):
                    raise ValueError(f"annotation {record.id} is by {record.by!r}")
            except ValueError as error:
                raise DeskError(
                    f"{path} holds what {self.analyst} cannot save: {error}; it stays there"
                ) from error

    def _let_go(self, path: Path) -> None:
        """Everything before this job is on the disk: the file has done its duty."""
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)
            self._taken.remove(path)

    def _take(self, found: Rescue) -> bool:
        """Bring in one rescue; whether anything of it was missing."""
        self._read_heads()
        moment = sealing.now()
        changes = tuple(self._missing(found, moment))
        self._refuse_newer(changes)
        if changes:
            label = f"bring back {counted(found.annotations, 'annotation')} not saved"
            step = Step(new_id(), label, moment, changes, of=found.id)
            self._commit(step, found.texts)
        return any((changes, self._take_tags(found.tags), self._take_sources(found.sources)))

    def _take_tags(self, tags: Sequence[Tag]) -> bool:
        book = union([Codebook(tuple(tags)), self.codebook]) if tags else self.codebook
        same = {t.path: t for t in book.tags} == {t.path: t for t in self.codebook.tags}
        return not same and self.change_codebook(book, "bring back tags not saved")

    def _take_sources(self, sources: Sequence[Source]) -> bool:
        missing = [s for s in sources if self._own_sources.find(s.name) != s]
        for source in missing:
            self.remember_source(source)
        return bool(missing)

    def _missing(self, found: Rescue, moment: str) -> Iterator[Change]:
        """The changes of a rescue that the store does not know, made from what it holds now."""
        for before, after in found.changes.values():
            there = self._state(after.article).records.get(after.id)
            wanted = {found.id, found.steps.get(after.id, found.id)}
            past = self._history_of(after.article).values()
            if any(not wanted.isdisjoint((step.id, step.of)) for step in past):
                continue
            if there is None or _stamp(there) == _stamp(before):
                if there is not None or not after.deleted:
                    yield Change(there, after)
            elif _stamp(there) != _stamp(after):
                merged = sealing.merged(before, after, there)
                if merged != there:
                    yield Change(there, replace(merged, rev=there.rev + 1, modified=moment))


def _stamp(record: Record | None) -> tuple[int, str] | None:
    return (record.rev, record.modified) if record is not None else None


def _first_and_last(steps: Iterable[Step]) -> dict[str, tuple[Change, str]]:
    """What several steps together make of each record, with the id of the last of them."""
    found: dict[str, tuple[Change, str]] = {}
    for step in steps:
        for before, after in step.changes:
            known = found.get(after.id)
            found[after.id] = Change(known[0].before if known else before, after), step.id
    return found


def _line(item: dict[str, Any]) -> str:
    return json.dumps(item, separators=(",", ":")) + "\n"  # ASCII: exact, whatever is in it


def read_rescue(path: Path) -> Rescue:
    """What a rescue file holds. Raises DeskError with a sentence if it cannot be read.

    A record comes after its line `before`.
    """
    found = Rescue()
    befores: dict[str, Record] = {}
    try:
        for line in path.read_text(encoding="ascii").splitlines():
            item: Any = json.loads(line)
            _read_line(cast("dict[str, Any]", item), found, befores)
    except OSError as error:
        raise DeskError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        why = str(error).partition("\n")[0]
        raise DeskError(
            f"{path} holds changes that were not saved and cannot be read: {why}; it stays there"
        ) from error
    if not found.id:
        raise DeskError(f"{path} is no rescue file: it is left as it is")
    return found


def _read_line(item: dict[str, Any], found: Rescue, befores: dict[str, Record]) -> None:
    kind = item.get("type")
    if kind == "rescue":
        found.id, found.made = str(item["id"]), str(item["made"])
    elif kind == "before":
        found.steps[item["id"]] = str(item["step"])
        if item["record"] is not None:
            befores[item["id"]] = record_from_json(item["record"])
    elif kind == "text":
        if sha256(item["text"]) != item["revision"]:
            raise ValueError("a text does not have the SHA-256 that its revision says")
        found.texts[str(item["revision"])] = str(item["text"])
    elif kind == "tag":
        found.tags.append(from_json(Tag, item))
    elif kind == "source":
        found.sources.append(from_json(Source, item))
    else:
        record = record_from_json(item)
        found.changes[record.id] = Change(befores.get(record.id), record)
