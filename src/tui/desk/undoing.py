"""Undo and redo as new steps, from nothing but the history: the same before and after a restart.

A step is in force from when it was done (or redone) until it is undone. What takes it back is the
inverse of its newest application, and what brings it back the inverse of the step that undid it.

The article record that comes along with the first annotation is no part of what is taken back: it
stays while something lies on it, and goes with the last annotation if its maker was undone too.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from msgspec import Struct, field
from msgspec.structs import replace

from tui.desk.events import DeskError
from tui.model.records import Alias, ArticleRecord, Change, Record, Step
from tui.store.protocol import PastChange, PastStep

Current = Callable[[str, str], Record | None]  # (article, record id) -> the record as it is now


def past(step: Step) -> PastStep:
    """A step as its history will remember it."""
    changes = tuple(
        PastChange(c.after.id, c.after.article, c.before, c.after.rev) for c in step.changes
    )
    return PastStep(step.id, step.label, step.time, step.kind, step.of, step.articles, changes)


NO_STEP = PastStep("", "", "", "do", "", (), ())  # older than all others


def first_of(step: PastStep) -> str:
    """The id of the step that one undid or did again, or its own."""
    return step.id if step.kind == "do" else step.of


class Ledger(Struct):
    """Which steps are in force, which are taken back, and which `rev`s mean the same content."""

    applied: dict[str, PastStep] = field(default_factory=dict[str, PastStep])
    undone: dict[str, PastStep] = field(default_factory=dict[str, PastStep])
    newest_do: PastStep = NO_STEP
    makers: dict[str, str] = field(default_factory=dict[str, str])  # article record -> step
    _heads: dict[tuple[str, int], ArticleRecord] = field(
        default_factory=dict[tuple[str, int], ArticleRecord]
    )
    _same: dict[tuple[str, int], int] = field(default_factory=dict[tuple[str, int], int])

    def meaning(self, record: str, rev: int) -> int:
        """The first `rev` of a record that had the content of this one; 0: there was none."""
        return self._same.get((record, rev), rev)

    def head(self, record: str, rev: int) -> ArticleRecord | None:
        """An article record as it was at a `rev`, if a later step tells."""
        return self._heads.get((record, rev))

    def made(self, record: str) -> bool:
        """Whether the step that made an article record is in force, or nobody knows."""
        maker = self.makers.get(record)
        return maker is None or maker in self.applied

    def standing(self, kind: str) -> dict[str, PastStep]:
        """What an `undo` or a `redo` is the inverse of, by the step that was done first."""
        return self.applied if kind == "undo" else self.undone

    def holds(self, step: PastStep) -> bool:
        """Whether what a step made is what stands."""
        there = self.standing("redo" if step.kind == "undo" else "undo").get(first_of(step))
        return there is not None and there.id == step.id

    def enter(self, step: PastStep) -> None:
        """Take the next step of the history into account."""
        for change in step.changes:
            if isinstance(change.before, ArticleRecord):
                self._heads[change.record, change.before.rev] = change.before
            if step.kind == "do" and (change.before is None or change.before.deleted):
                self.makers[change.record] = step.id
        if step.kind == "do":
            self.applied[step.id] = step
            self.newest_do = step
            return
        here, there = self.applied, self.undone
        if step.kind == "redo":
            here, there = there, here
        inverted = here.pop(step.of, None)
        there[step.of] = step
        if inverted is None:
            return
        befores = {c.record: c.before for c in inverted.changes}
        for change in step.changes:
            if change.record in befores:
                before = befores[change.record]
                rev = self.meaning(change.record, before.rev) if before is not None else 0
                self._same[change.record, change.rev] = rev


def ledger(history: Iterable[PastStep]) -> Ledger:
    """The ledger of a history, in the order of the steps' ids."""
    found = Ledger()
    for step in sorted(history, key=lambda s: s.id):
        found.enter(step)
    return found


def inverse(
    step: PastStep,
    changes: Iterable[PastChange],
    book: Ledger,
    current: Current,
    altered: Collection[str] = (),
) -> tuple[Change, ...]:
    """The changes that put back what was there before those of a step in one article.

    Nothing where it does not stand any more: so far came an undoing that was interrupted. Raises
    DeskError if one of its records is not as the step left it.
    """
    verb = "redo" if step.kind == "undo" else "undo"
    if not book.holds(step):
        return ()
    pairs = [(change, current(change.article, change.record)) for change in changes]
    along = any(not isinstance(now, (ArticleRecord, Alias)) for _, now in pairs)
    found: list[Change] = []
    for change, now in pairs:
        if isinstance(now, Alias) or (along and not _is_meant(change, now, book)):
            continue
        if now is None or now.id in altered or not _as_left(change, now, book):
            kind = now.type if now is not None else "annotation"
            raise DeskError(
                f"cannot {verb} “{step.label}”: its {kind} has changed since; "
                "take the newer change back first, or change it by hand",
                1,
            )
        found.append(Change(now, _put_back(change.before, now)))
    return tuple(reversed(found))


def _is_meant(change: PastChange, now: Record | None, book: Ledger) -> bool:
    """Whether a change is one by itself: an article record mostly only goes along."""
    if not isinstance(now, ArticleRecord):
        return True
    left, old = _head_left(change, now, book), change.before
    before = old if isinstance(old, ArticleRecord) and not old.deleted else ArticleRecord()
    return left is not None and said(left) != said(before)


def _head_left(change: PastChange, now: ArticleRecord, book: Ledger) -> ArticleRecord | None:
    """An article record as a change left it, if that is known still."""
    return now if now.rev == change.rev else book.head(change.record, change.rev)


def _as_left(change: PastChange, now: Record, book: Ledger) -> bool:
    """Whether a record still says what a change made of it."""
    if isinstance(now, ArticleRecord):
        left = _head_left(change, now, book)
        return left is not None and said(left) == said(now)
    return book.meaning(now.id, now.rev) == book.meaning(change.record, change.rev)


def _put_back(before: Record | None, now: Record) -> Record:
    """What a record is to be again; of an article record only what the analyst said of it."""
    if isinstance(now, ArticleRecord):
        old = before if isinstance(before, ArticleRecord) and not before.deleted else None
        return with_said(now, old or ArticleRecord())
    if before is None:
        return replace(now, deleted=True)
    return replace(before, rev=now.rev)


def said(record: ArticleRecord) -> tuple[object, ...]:
    """What the analyst said of the article itself."""
    return record.done, record.tags, record.note, record.reliability, record.credibility


def with_said(record: ArticleRecord, other: ArticleRecord) -> ArticleRecord:
    """The record saying what the other one says; live."""
    return replace(
        record,
        done=other.done,
        tags=other.tags,
        note=other.note,
        reliability=other.reliability,
        credibility=other.credibility,
        deleted=False,
    )
