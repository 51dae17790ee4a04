"""Every change goes through here: memory first, then the writer; undo, flush and poll."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Self

from msgspec.structs import replace

from tui.desk import sealing
from tui.desk.events import Changed, DeskError, Event
from tui.desk.library import Library
from tui.desk.reader import Reader
from tui.desk.undoing import NO_STEP, Ledger, first_of, inverse, past, said
from tui.desk.writer import Job
from tui.model.ids import folder_of, new_id
from tui.model.records import Alias, ArticleRecord, Change, Record, Step
from tui.model.settings import Settings
from tui.model.steps import Far, Steps, followed, through
from tui.store import (
    Conflict,
    Encodings,
    PastChange,
    PastStep,
    StoreError,
    keep_revision,
    open_store,
)

if TYPE_CHECKING:
    from tui.desk.watching import Watch

_FEW = 50  # articles of a step whose records stay in memory when it is taken back
_AT_ONCE = 500  # articles of which it is asked at once when they were changed last


class Workbench(Reader):
    """Articles and their records for one analyst, in memory first and then on the disk.

    It is called from one thread. Events go to `notify` from the writer's thread.
    """

    last_step: Step | None = None
    _watch: Watch | None = None
    _proposals: Path | None = None
    _indexes: Path | None = None

    @classmethod
    def open(
        cls,
        paths: Sequence[Path] = (),
        *,
        root: Path,
        analyst: str,
        locks: Path,
        settings: Settings | None = None,
        encoding: str = "",
        notify: Callable[[Event], None] | None = None,
        cache: Path | None = None,
    ) -> Self:
        """A desk on files and folders of a workspace; nothing is read or made on the disk yet.

        Without `paths` it is the whole workspace. `cache` is the user's cache folder: what was
        made of documents that take long to read is kept there, and what was proposed. Raises
        DeskError if a path does not exist or the annotations cannot be kept there.
        """
        settings = settings or Settings()
        troubles: list[str] = []
        root = Path(root).absolute()
        places = list(paths) or [root]
        encodings = Encodings(root / "annotations", folder_of(analyst))
        readings = cache / "readings" if cache is not None else None
        library = Library(
            root, places, encoding, settings, troubles, cache=readings, encodings=encodings
        )
        try:
            store = open_store(root / "annotations", analyst, locks=locks)
        except StoreError as error:
            raise DeskError(str(error)) from error
        desk = cls(
            library,
            store,
            root=root,
            analyst=analyst,
            settings=settings,
            troubles=troubles,
            notify=notify,
        )
        desk._proposals = cache / "proposals" if cache is not None else None
        desk._indexes = cache / "index" if cache is not None else None
        desk._begin()
        return desk

    def _begin(self) -> None:
        """What an upper storey begins with."""

    # changes

    def apply(self, step: Step) -> Step:
        """Make a step's changes: at once in memory, then on the disk; returns it as kept.

        Its records need not be sealed yet. Raises DeskError if it changes nothing.
        """
        found = self._do(step.label, step.changes, kind=step.kind, of=step.of)
        if found is None:
            raise DeskError("this step changes nothing", 1)
        return found

    def _do(
        self, label: str, changes: Iterable[Change], *, kind: str = "do", of: str = ""
    ) -> Step | None:
        moment, texts = sealing.now(), dict[str, str]()
        found = self._sealed(changes, moment, texts, whole=kind != "do")
        if not found:
            return None
        return self._commit(Step(new_id(), label, moment, found, kind, of), texts)

    def _sealed(
        self, changes: Iterable[Change], moment: str, texts: dict[str, str], *, whole: bool = False
    ) -> tuple[Change, ...]:
        """Changes as they will be kept, and with them what their articles' records need.

        Without what changes nothing, unless `whole`. Raises DeskError for what cannot be changed.
        """
        found = sealing.sealed(changes, self.analyst, moment, whole=whole)
        if found and not whole:
            found = self._with_article_records(found, moment, texts)
        self._refuse_newer(found)
        self._refuse_hasty(found)
        return found

    def _commit(self, step: Step, texts: dict[str, str]) -> Step:
        """Take a step whose records are sealed: at once into memory, then to the writer."""
        self._memory.apply(step)
        self._remember(past(step))
        self.last_step = step
        self._writer.submit(Job(self._save, step, texts))
        ids = frozenset(change.after.id for change in step.changes)
        for article in map(self._known.canonical, step.articles):
            self._listing.touch(article)
            self._writer.post(Changed(article, ids))
        return step

    def _refuse_newer(self, changes: Iterable[Change]) -> None:
        for change in changes:
            if change.after.id in self._state(change.after.article).newer:
                raise DeskError("this was written by a newer Pressmark: update to change it", 1)

    def _refuse_hasty(self, changes: Iterable[Change]) -> None:
        if self._hasty.intersection(change.after.article for change in changes):
            raise DeskError(
                "not yet: the annotations here are still being read, and this text may be a later "
                "version of one that has some",
                1,
            )

    def _with_article_records(
        self, changes: tuple[Change, ...], moment: str, texts: dict[str, str]
    ) -> tuple[Change, ...]:
        """The changes and what brings the article records of their articles up to date."""
        of_articles = [c for c in changes if isinstance(c.after, ArticleRecord)]
        heads = {c.after.article: c for c in reversed(of_articles)}
        found = [c for c in changes if heads.get(c.after.article) is not c]
        for article in dict.fromkeys(self._known.canonical(c.after.article) for c in changes):
            own = self._state(article).own_article(self.analyst)
            change = heads.pop(article, None)
            before, wanted = change or (own, own)
            fresh = self._described(article, wanted, moment)
            if not isinstance(before, ArticleRecord) or before.revisions != fresh.revisions:
                self._keep_text(article, texts)
            found += sealing.sealed([Change(before, fresh)], self.analyst, moment)
            found += sealing.sealed(self._aliases(article), self.analyst, moment)
        return (*found, *heads.values())

    def _described(self, article: str, wanted: Record | None, moment: str) -> ArticleRecord:
        record = wanted if isinstance(wanted, ArticleRecord) else None
        files = self._library.files(article)
        return sealing.described(record, self._head(article), files, self.analyst, moment)

    def _keep_text(self, article: str, texts: dict[str, str]) -> None:
        """Have the text that a record names kept before the record is."""
        opened = self._text(article)
        if opened is not None:
            texts[opened.revision] = opened.text

    def _kept(self, sha256: str) -> str | None:
        """The text of a revision that was marked, also while it is still to be saved."""
        waiting = (job.texts[sha256] for job in self._writer.jobs() if sha256 in job.texts)
        return next(waiting, None) or super()._kept(sha256)

    def _aliases(self, article: str) -> Iterator[Change]:
        """Records that join the other ids of an article, where nobody has written them yet."""
        members = self._known.members(article)
        aliases = self._state(article).aliases.values()
        joined = {end for alias in aliases for end in (alias.article, alias.other)}
        for other in members[1:]:
            if other not in joined:
                name = sealing.article_record_id(f"{article} {other}", self.analyst)
                yield Change(None, Alias(id=name, article=article, other=other))

    def _save(self, job: Job) -> None:
        """Write a step; called by the writer's thread."""
        for sha256, text in job.texts.items():
            keep_revision(self.annotations_dir, sha256, text)
        if job.step is None:
            return
        try:
            self._store.put(job.step)
        except Conflict:
            with self._store.alone():  # so that nobody comes between reading and writing again
                job.step = self._rebased_step(job.step)
                self._rebased.append(job.step)
                for article in job.step.articles:
                    self._writer.post(Changed(self._known.canonical(article), job.ids, "other"))
                self._store.put(job.step)

    def _rebased_step(self, step: Step) -> Step:
        """The step made from the records that are on the disk now, which another process wrote."""
        changes: list[Change] = []
        for before, after in step.changes:
            disk = self._store.get(after.article, after.id)
            if disk is None:
                changes.append(Change(None, replace(after, rev=1)))
            elif before is not None and (disk.rev, disk.modified) == (before.rev, before.modified):
                changes.append(Change(before, after))
            else:
                merged = sealing.merged(before, after, disk)
                merged = replace(merged, rev=disk.rev + 1, modified=after.modified)
                changes.append(Change(disk, merged))
        return replace(step, changes=tuple(changes))

    # undo

    def undo(self, articles: Sequence[str] | None = None) -> Step:
        """Take back, whole, the newest own step that touched one of the articles (None: any).

        Raises DeskError (code 1) if there is none or a record changed since; then nothing changes.
        """
        return through(self.undoing(articles))

    def redo(self, articles: Sequence[str] | None = None) -> Step:
        """Do again what was undone last there, until a new step has been made."""
        return through(self.redoing(articles))

    def undoing(self, articles: Sequence[str] | None = None) -> Steps[Step]:
        """The same as `undo` in steps: all is done in the last, and nothing before it.

        What touched one article alone is done in the first.
        """
        return self._inverting(articles, "undo")

    def redoing(self, articles: Sequence[str] | None = None) -> Steps[Step]:
        """The same as `redo` in steps."""
        return self._inverting(articles, "redo")

    def _inverting(self, articles: Sequence[str] | None, kind: str) -> Steps[Step]:
        self._catch_up()
        since, moment, texts = len(self._session), sealing.now(), dict[str, str]()
        chosen = yield from self._newest(
            self._within_reach(kind) if articles is None else articles, kind
        )
        places: dict[str, list[PastChange]] = {}
        for change in chosen.changes:
            places.setdefault(self._known.canonical(change.article), []).append(change)
        changes: list[Change] = []
        for count, (article, inside) in enumerate(places.items()):
            if count:
                yield Far(f"{kind}ing", count, len(places))
            with self._memory.borrowing() if len(places) > _FEW else nullcontext():
                found = self._inverted(article, chosen, inside, kind)
                changes += self._sealed(found, moment, texts, whole=True)
        if not changes:
            raise DeskError(f"nothing to {kind} here", 1)
        self._refuse_changed(places, since)
        step = Step(new_id(), chosen.label, moment, tuple(changes), kind, first_of(chosen))
        return self._commit(step, texts)

    def _inverted(
        self, article: str, step: PastStep, inside: Sequence[PastChange], kind: str
    ) -> list[Change]:
        """What takes back those changes of a step that lie in one article."""
        book, state = self._book(article), self._state(article)
        changes = [*inverse(step, inside, book, self._current, state.altered)]
        if changes:
            book.standing(kind).pop(first_of(step), None)
            if kind == "redo":
                book.applied[first_of(step)] = step
            self._tidy(article, changes, book)
        return changes

    def _refuse_changed(self, articles: Container[str], since: int) -> None:
        """Raise DeskError if one of the articles was changed after so many steps of the session."""
        changed = map(self._known.canonical, self._session.since(since))
        if any(article in articles for article in changed):
            raise DeskError("some of this was changed meanwhile: look again", 1)

    def _within_reach(self, kind: str) -> Sequence[str]:
        """The articles whose steps are undone: all, or while they are read those of this session.

        Raises DeskError (code 1) if there are none of this session.
        """
        if self._heads_read or not self._listened:
            return tuple(self._annotated_ids())
        found = tuple(self._session.times())
        if not found:
            raise DeskError(f"nothing to {kind} yet: what was done before is still being read", 1)
        return found

    def _newest(self, articles: Sequence[str], kind: str) -> Steps[PastStep]:
        """The newest step that touched one of the articles and is in force, whole; or is undone.

        Nothing is done again that a new step has followed. Of many, only those are looked into
        that were changed last: no step is newer than the records that it left.
        """
        last: dict[str, str] = {}
        for article in map(self._known.canonical, articles):
            last[article] = self._changed_last(article)
            if not len(last) % _AT_ONCE:
                yield Far(f"{kind}ing")
        for name, time in self._session.times().items():  # of which the index may not know yet
            article = self._known.canonical(name)
            if article in last:
                last[article] = max(last[article], time)
        best, done = NO_STEP, NO_STEP
        for count, article in enumerate(sorted(last, key=lambda name: last[name], reverse=True)):
            if last[article] <= max(best.time, done.time):
                break
            if count:
                yield Far(f"{kind}ing")
            book = self._book(article)
            best = max((best, *book.standing(kind).values()), key=lambda step: step.id)
            if kind == "redo":
                done = max((done, book.newest_do), key=lambda step: step.id)
        if best.id <= done.id:
            raise DeskError(f"nothing to {kind} here", 1)
        return (yield from self._whole(best, kind))

    def _whole(self, step: PastStep, kind: str) -> Steps[PastStep]:
        """A step of which it is known what it did in one article, with all that it did."""
        held = self._session.whole(step.id)
        if held is not None or len(step.articles) == 1 or not step.changes:
            return held or step
        reading = self._store.whole(step.changes[0].article, step.id)
        return (yield from followed(reading, lambda: Far(f"{kind}ing"))) or step

    def _changed_last(self, article: str) -> str:
        """When the newest of the analyst's records of an article was written; empty for none."""
        records = self._state(article).records.values()
        return max((r.modified for r in records if r.by == self.analyst), default="")

    def _tidy(self, article: str, changes: list[Change], book: Ledger) -> None:
        """Have the article record there while anything lies on it, and go with its maker.

        `changes` are those of this article.
        """
        state = self._state(article)
        own = state.own_article(self.analyst)
        change = next((c for c in changes if own is not None and c.after.id == own.id), None)
        head = change.after if change is not None else own
        after = {r.id: r for r in state.records.values()} | {c.after.id: c.after for c in changes}
        needed = any(
            r.by == self.analyst and not r.deleted and not isinstance(r, (ArticleRecord, Alias))
            for r in after.values()
            if self._known.canonical(r.article) == article
        )
        blank = not isinstance(head, ArticleRecord) or said(head) == said(ArticleRecord())
        fresh: Record | None = None
        if needed and (head is None or head.deleted):
            fresh = self._described(article, head, sealing.now())
        elif head is not None and not needed and blank and not book.made(head.id):
            fresh = None if head.deleted else replace(head, deleted=True)
        if fresh is not None:
            if change is not None:
                changes.remove(change)
            changes.append(Change(own, fresh))
        if fresh is not None and fresh.deleted:
            changes += [
                Change(r, replace(r, deleted=True))
                for r in state.live()
                if isinstance(r, Alias) and r.by == self.analyst
            ]

    def _current(self, article: str, record: str) -> Record | None:
        return self._state(article).records.get(record)

    # saving

    @property
    def pending(self) -> int:
        """How many changes are not on the disk yet."""
        return self._writer.pending

    @property
    def failed(self) -> str:
        """Why the last save failed; empty if it did not."""
        return self._writer.failed

    def hold(self, seconds: float) -> None:
        """Let saving wait for so long, or until `release`, so that a key is answered first."""
        self._writer.hold(seconds)

    def release(self, after: float = 0.0) -> None:
        """Go on saving, so many seconds from now."""
        self._writer.release(after)

    def retry(self) -> None:
        """Try a save that failed again now."""
        self._writer.retry()

    def flush(self, timeout: float | None = None) -> None:
        """Wait until everything is on the disk; DeskError (code 3) if that cannot be."""
        self._writer.flush(timeout)

    def close(self) -> None:
        """Save what is left, then let go of everything.

        Raises DeskError like `flush`; the desk then stays open, and can be closed again.
        """
        self._writer.flush()
        self._writer.stop()
        self._store.close()
        self._library.end()
        self._seeking.comparing.stop()
        if self._watch is not None:
            self._watch.stop()

    def watch(self) -> None:
        """Notice from now on which files under the opened paths appear, change or go."""
        from tui.desk.watching import Watch

        if self._watch is None:
            self._watch = Watch(self._library.paths, self._library.all_files, self._library.stamps)

    def poll(self) -> None:
        """Look for changes by other processes and to files, and try a failed save again.

        What changed is said by Changed events. Files that `watch` noticed are read by `scan`, and
        the folders of shards that there was no time for are looked into by `look_on`.
        """
        if self._writer.failed:
            self._writer.retry()
        self._catch_up()
        self.look_on()
        if self._watch is not None:
            self._library.renew(self._watch.taken())
            if self._watch.word and self._watch.word not in self.troubles:
                self.troubles.append(self._watch.word)
        for found in self._library.stale():
            if found.key:  # what takes long is read in the background
                self._library.renew([Path(found.file)])
                continue
            self._library.texts.close(found.article.id)
            self._listing.touch(found.article.id)
            self._writer.post(Changed(found.article.id, frozenset(), "file"))
