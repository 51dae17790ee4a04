"""Documents that are read in the background: a queue, child processes, and what came of them."""

from __future__ import annotations

import os
import threading
from collections import deque
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed
from tui.articles.formats import Format
from tui.desk.readings import Readings
from tui.model.articles import Article
from tui.model.settings import Limits

if TYPE_CHECKING:  # it brings in subprocesses, which a workspace of plain texts does not need
    from tui.articles.apart import Apart

CHILDREN = max(1, min(4, (os.cpu_count() or 2) - 1))
QUEUED = 2 * CHILDREN  # documents that wait in memory at most


class Gathered(Struct):
    """A document and what stands in it. `error` says why the rest, or all of it, is not there."""

    file: Path
    document: Document
    format: Format
    stamp: tuple[int, int]  # size and mtime of the file, from before it was read
    key: str = ""  # of the reading, where that is kept
    chosen: str | None = None  # the encoding that the analyst chose, for good, and now waits for
    found: list[Article | Passed] = field(default_factory=list["Article | Passed"])
    error: UnreadableError | None = None

    @property
    def articles(self) -> tuple[Article, ...]:
        """Its articles."""
        return tuple(each for each in self.found if isinstance(each, Article))

    @property
    def troubles(self) -> tuple[str, ...]:
        """A sentence for each entry that was passed over, and for what broke the reading off."""
        path = self.document.path
        said = [
            f"{path}: {p.entry or 'an entry'} {p.why}" for p in self.found if isinstance(p, Passed)
        ]
        return (*said, *([str(self.error)] if self.error is not None else ()))


class Gathering:
    """Reads documents apart, several at once; threads only wait for the children.

    All methods are for the desk's thread.
    """

    def __init__(self, readings: Readings, limits: Limits) -> None:
        self._readings = readings
        self._limits = limits
        self._waiting: deque[Gathered] = deque()
        self._done: deque[Gathered] = deque()
        self._changed = threading.Condition()
        self._threads: list[threading.Thread] = []
        self._children: list[Apart] = []
        self._under_way = 0
        self._stopped = False

    @property
    def pending(self) -> int:
        """How many documents are not taken yet."""
        return len(self._waiting) + self._under_way + len(self._done)

    @property
    def full(self) -> bool:
        """Whether no more should be asked for before some were taken."""
        return self.pending >= QUEUED

    def ask(self, wanted: Gathered) -> None:
        """Have a document read; `take` gives it back in the order in which they are ready."""
        with self._changed:
            self._waiting.append(wanted)
            if len(self._threads) < CHILDREN and self.pending > len(self._threads):
                self._begin()
            self._changed.notify_all()

    def take(self, seconds: float = 0.0) -> Gathered | None:
        """One that is ready, waited for at most so long; None if there is none."""
        with self._changed:
            if not self._done and self.pending:
                self._changed.wait_for(lambda: bool(self._done), seconds)
            return self._done.popleft() if self._done else None

    def now(self, wanted: Gathered) -> Gathered:
        """Read a document while the caller waits."""
        from tui.articles.apart import Apart

        child = Apart(self._limits)
        try:
            return self._read(child, wanted)
        finally:
            child.stop()

    def drop(self) -> int:
        """Give up what waits and what is under way; returns how many documents that were."""
        with self._changed:
            dropped = self.pending - len(self._done)
            self._waiting.clear()
            for child in self._children:
                child.break_off()
            return dropped

    def close(self) -> None:
        """End all children."""
        with self._changed:
            self._stopped = True
            self._waiting.clear()
            self._changed.notify_all()
        for child in self._children:
            child.stop()
        for thread in self._threads:
            thread.join(1.0)

    def _begin(self) -> None:
        from tui.articles.apart import Apart

        child = Apart(self._limits)
        thread = threading.Thread(target=self._work, args=(child,), daemon=True)
        self._children.append(child)
        self._threads.append(thread)
        thread.start()

    def _work(self, child: Apart) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting or self._stopped)
                if self._stopped:
                    return
                wanted = self._waiting.popleft()
                self._under_way += 1
            try:
                self._read(child, wanted)
            finally:
                with self._changed:
                    self._under_way -= 1
                    self._done.append(wanted)
                    self._changed.notify_all()

    def _read(self, child: Apart, wanted: Gathered) -> Gathered:
        try:
            for found in child.read(wanted.document, wanted.format):
                wanted.found.append(found)
        except UnreadableError as error:
            wanted.error = error
        self._readings.put(wanted.key, wanted.found, wanted.error)
        return wanted
