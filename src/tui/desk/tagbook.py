"""The codebook as the analyst changes it: their own file holds what is theirs, and only that."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace

from tui.desk.events import DeskError
from tui.desk.sealing import now
from tui.model.codebook import Codebook, Tag, union
from tui.model.tag_steps import TagStep, step_between
from tui.store import (
    TagHistory,
    load_codebook,
    load_tag_history,
    other_codebooks,
    own_codebook,
    save_codebook,
    save_tag_history,
)
from tui.store.codebooks import FILE


class Tagbook:
    """The codebook in use, and what of it goes into the analyst's own file.

    Each change is a step of that file's history, so that it can be taken back after a restart.
    Saving goes through `submit`, in order with everything else.
    """

    def __init__(
        self, annotations: Path, folder: str, submit: Callable[[Callable[[], None]], None]
    ) -> None:
        self._annotations = annotations
        self._folder = folder
        self._submit = submit
        self.troubles: tuple[str, ...] = ()
        self.load()

    def load(self) -> bool:
        """Read the files; returns whether the codebook is another one than before."""
        old = getattr(self, "book", None)
        self._stamps = self._look()
        self.book, troubles = load_codebook(self._annotations, self._folder)
        self.own = own_codebook(self._annotations, self._folder)
        history, more = load_tag_history(self._annotations, self._folder)
        self._history = history.settled(self.own)
        self.troubles = (*troubles, *more)
        return old != self.book

    def stale(self) -> bool:
        """Whether a file is not as it was when it was read."""
        return self._look() != self._stamps

    def _look(self) -> frozenset[tuple[str, int, int]]:
        found: set[tuple[str, int, int]] = set()
        for path in (self._annotations / FILE, *self._annotations.glob(f"*/{FILE}")):
            try:
                status = path.stat()
            except OSError:
                continue
            found.add((str(path), status.st_mtime_ns, status.st_size))
        return frozenset(found)

    @property
    def written(self) -> bool:
        """Whether anybody has written a codebook; the starter codebook is in use if not."""
        return bool(self._look())

    def change(self, book: Codebook, label: str) -> bool:
        """Use another codebook; False if it is the same.

        Raises DeskError for a tag taken away that other files hold: it would come back.
        """
        if book == self.book:
            return False
        own = self._owned(book)
        step = step_between(self.own, own, label, now())
        self._use(book, own, TagHistory((*self._history.done, step)))
        return True

    def _owned(self, book: Codebook) -> Codebook:
        """What of a codebook goes into the own file: one's own tags, and whatever changed."""
        mine = {tag.path for tag in self.own.tags}
        for tag in self.book.tags:
            gone = book.get(tag.path) is None and book.resolve(tag.path) == tag.path
            if gone and tag.path not in mine:
                raise DeskError(
                    f"the tag {tag.path} is in the codebook of others, so it cannot be taken away "
                    f"here: take it out of {self._annotations / FILE}, or rename it",
                    1,
                )
        return Codebook(tuple(t for t in book.tags if t.path in mine or self.book.get(t.path) != t))

    def _use(self, book: Codebook, own: Codebook, history: TagHistory) -> None:
        before = self.own
        self.book, self.own, self._history = book, own, history
        self._submit(lambda: self._save(before, own, history))

    def _save(self, before: Codebook, own: Codebook, history: TagHistory) -> None:
        save_tag_history(self._annotations, self._folder, history)  # first: see `settled`
        save_codebook(self._annotations, self._folder, own, before=before)
        self._stamps = self._look()

    def undo(self) -> str:
        """Take back the newest change, of this session or one before; returns what it was.

        Raises DeskError if there is none, or what it changed has been changed since.
        """
        done, undone = self._history.done, self._history.undone
        if not done:
            raise DeskError("nothing to undo in the codebook", 1)
        history = TagHistory(done[:-1], (*undone, done[-1]))
        return self._step(done[-1].inverse(), history, "undo")

    def redo(self) -> str:
        """Do again what was taken back last; returns what it was. DeskError like `undo`."""
        done, undone = self._history.done, self._history.undone
        if not undone:
            raise DeskError("nothing to redo in the codebook", 1)
        return self._step(undone[-1], TagHistory((*done, undone[-1]), undone[:-1]), "redo")

    def _step(self, step: TagStep, history: TagHistory, verb: str) -> str:
        try:
            own = step.of(self.own)
        except ValueError as error:
            raise DeskError(f"cannot {verb} {error}; change it by hand", 1) from error
        others = other_codebooks(self._annotations, self._folder)
        self._use(union([own, *others]), own, history)
        return step.label

    def adopt(self) -> Path:
        """Write the codebook in use as the one for all; returns its file."""
        book = self.book
        self._submit(lambda: self._adopt(book))
        return self._annotations / FILE

    def _adopt(self, book: Codebook) -> None:
        save_codebook(self._annotations, self._folder, book, shared=True)
        self._stamps = self._look()


def received(book: Codebook, more: Codebook) -> Codebook:
    """The codebook with the tags of another one that it lacks; a slot in use stays where it is."""
    for tag in more.tags:
        there = book.get(tag.path)
        if there is not None:
            was = tuple(dict.fromkeys((*there.was, *tag.was)))
            book = book.with_tag(replace(there, was=was)) if was != there.was else book
        elif book.resolve(tag.path) == tag.path:
            slot = 0 if book.at_slot(tag.slot) else tag.slot
            book = Codebook((*book.tags, replace(tag, slot=slot)))
    return book


def new_tag(book: Codebook, path: str) -> Tag:
    """The tag of a path: the one there is, under whatever name it had, or a new one."""
    return book.get(book.resolve(path)) or Tag(path)
