"""The codebook as the analyst changes it: their own file holds what is theirs, and only that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from tui.desk.events import DeskError
from tui.model.codebook import Codebook, Tag
from tui.store import load_codebook, own_codebook, save_codebook
from tui.store.codebooks import FILE


class Tagbook:
    """The codebook in use, and what of it goes into the analyst's own file.

    Saving goes through `submit`, in order with everything else.
    """

    def __init__(
        self, annotations: Path, folder: str, submit: Callable[[Callable[[], None]], None]
    ) -> None:
        self._annotations = annotations
        self._folder = folder
        self._submit = submit
        self._undone: list[tuple[str, Codebook, Codebook]] = []
        self._done: list[tuple[str, Codebook, Codebook]] = []
        self.troubles: tuple[str, ...] = ()
        self.load()

    def load(self) -> bool:
        """Read the files; returns whether the codebook is another one than before."""
        old = getattr(self, "book", None)
        self._stamps = self._look()
        self.book, self.troubles = load_codebook(self._annotations, self._folder)
        self._own = own_codebook(self._annotations, self._folder)
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
        self._done.append((label, self.book, self._own))
        self._undone.clear()
        self._use(book, own)
        return True

    def _owned(self, book: Codebook) -> Codebook:
        """What of a codebook goes into the own file: one's own tags, and whatever changed."""
        mine = {tag.path for tag in self._own.tags}
        for tag in self.book.tags:
            gone = book.get(tag.path) is None and book.resolve(tag.path) == tag.path
            if gone and tag.path not in mine:
                raise DeskError(
                    f"the tag {tag.path} is in the codebook of others, so it cannot be taken away "
                    f"here: take it out of {self._annotations / FILE}, or rename it",
                    1,
                )
        return Codebook(tuple(t for t in book.tags if t.path in mine or self.book.get(t.path) != t))

    def _use(self, book: Codebook, own: Codebook) -> None:
        self.book, self._own = book, own
        self._submit(lambda: self._save(own))

    def _save(self, own: Codebook) -> None:
        save_codebook(self._annotations, self._folder, own)
        self._stamps = self._look()

    def undo(self) -> str:
        """Take back the newest change of this session; returns what it was. DeskError if none."""
        return self._step(self._done, self._undone, "undo")

    def redo(self) -> str:
        """Do it again; returns what it was. DeskError if there is nothing."""
        return self._step(self._undone, self._done, "redo")

    def _step(
        self,
        here: list[tuple[str, Codebook, Codebook]],
        there: list[tuple[str, Codebook, Codebook]],
        verb: str,
    ) -> str:
        if not here:
            raise DeskError(f"nothing to {verb} in the codebook", 1)
        label, book, own = here.pop()
        there.append((label, self.book, self._own))
        self._use(book, own)
        return label

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
