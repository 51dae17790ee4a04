"""Articles are read for proposals before the analyst's eye gets there, in a child process."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from tui.articles.packing import packed
from tui.model.articles import Article
from tui.model.sources import Registry

if TYPE_CHECKING:
    from tui.analysis import Suggestions
    from tui.apart.worker import Worker

SECONDS = 60  # that one article may take
MEMORY_LIMIT = 1024**3  # bytes of address space of the child
IDLE = 120.0  # seconds after which a child with nothing to do ends


class Ahead:
    """Has articles read one after the other. All methods are for the desk's thread.

    `told` is called, from another thread, when one has been read: `taken` gives what came of it.
    What is kept in the folder is not read again, and what was read is kept there.
    """

    def __init__(self, told: Callable[[], None], folder: Path | None) -> None:
        self._told = told
        self._folder = folder
        self._wanted: OrderedDict[str, tuple[Article, Registry]] = OrderedDict()
        self._done: dict[str, Suggestions] = {}
        self._refused: set[str] = set()  # what took too long, once: not to be tried again
        self._under_way = ""
        self._stopped = False
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._worker: Worker | None = None

    @property
    def pending(self) -> int:
        """How many articles are being read, or wait for that."""
        return len(self._wanted) + bool(self._under_way)

    def refused(self, key: str) -> bool:
        """Whether reading this one came to no end."""
        return key in self._refused

    def want(self, wanted: Mapping[str, tuple[Article, Registry]]) -> None:
        """Have these read next, in this order: key, article, and the sources it mentions.

        What was wanted before and is not any more is forgotten, unless it is under way.
        """
        with self._changed:
            self._wanted = OrderedDict(
                (key, each)
                for key, each in wanted.items()
                if key not in self._done and key not in self._refused and key != self._under_way
            )
            if not self._wanted or self._stopped:
                return
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify()

    def taken(self) -> Mapping[str, Suggestions]:
        """What was read since this was asked last, by key."""
        if not self._done:
            return {}
        with self._changed:
            done, self._done = self._done, {}
        return done

    def stop(self) -> None:
        """Read nothing more."""
        with self._changed:
            self._stopped = True
            self._wanted.clear()
            if self._worker is not None:
                self._worker.stop()
            self._changed.notify()

    def _work(self) -> None:
        from tui.apart.worker import Worker

        worker = Worker(SECONDS, MEMORY_LIMIT)
        while True:
            with self._changed:
                self._worker = worker
                if not self._wanted and not self._stopped:
                    self._changed.wait(IDLE)
                if not self._wanted:
                    self._thread = self._worker = None
                    break
                key, (article, sources) = self._wanted.popitem(last=False)
                self._under_way = key
            found = self._read(worker, key, article, sources)
            with self._changed:
                self._under_way = ""
                if found is not None:
                    self._done[key] = found
                else:
                    self._refused.add(key)
            if not self._stopped:
                self._told()
        worker.stop()

    def _read(
        self, worker: Worker, key: str, article: Article, sources: Registry
    ) -> Suggestions | None:
        """The suggestions of an article; None if there are none to be had."""
        from tui.apart.lines import Refusal
        from tui.apart.worker import BrokenOffError, FailedError
        from tui.desk import suggesting

        found = suggesting.kept_under(self._folder, key)
        if found is not None:
            return found
        request = {"registry": suggesting.registry_bytes(sources).decode("ascii")}
        try:
            (line,) = worker.ask(suggesting.__name__, request, packed(article))
        except (BrokenOffError, FailedError, Refusal):
            return None
        suggesting.keep_under(self._folder, key, line)
        return suggesting.read(line)
