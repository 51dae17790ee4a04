"""Claims proposed: of one article at once, of many in worker processes; kept in the cache."""

from __future__ import annotations

import os
import signal
from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING

from tui.articles.packing import packed
from tui.desk.events import DeskError
from tui.desk.learning import Learning
from tui.model.articles import Article
from tui.model.sources import Registry

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from tui.analysis import Suggestions

_REMEMBERED = 64  # articles whose proposals stay in memory
_FEW = 6  # articles that are read here: a worker process takes as long to start
_AHEAD = 4  # articles a worker that are asked for before the first of them is there


class Proposing(Learning):
    """What the machine proposes for an article; nothing of it is a claim or is saved as one."""

    @cached_property
    def _suggested(self) -> OrderedDict[str, Suggestions]:
        return OrderedDict()

    @cached_property
    def _mentions(self) -> OrderedDict[str, tuple[Registry, Registry]]:
        """The sources that texts mention, beside the registry that these were looked for in."""
        return OrderedDict()

    def suggest(self, article: str) -> Suggestions:
        """Proposals, dates and quantities of an article's text of today.

        Found once for each revision, and kept. Raises DeskError without a text.
        """
        from tui.desk import suggesting

        opened = self.article(article)
        key = self._suggestions_key(opened)
        found = self._at_hand(key)
        if found is None:
            found = suggesting.read_in(opened, self.sources)
            suggesting.keep_under(self._proposals, key, suggesting.written(found))
            self._hold(key, found)
        return suggesting.named(found, opened.id)

    def _at_hand(self, key: str) -> Suggestions | None:
        """What is in memory or kept under a key."""
        from tui.desk import suggesting

        found = self._suggested.get(key) or suggesting.kept_under(self._proposals, key)
        if found is not None:
            self._hold(key, found)
        return found

    def _hold(self, key: str, found: Suggestions) -> None:
        """Have suggestions in memory, in place of those that were wanted least lately."""
        self._suggested[key] = found
        self._suggested.move_to_end(key)
        if len(self._suggested) > _REMEMBERED:
            self._suggested.popitem(last=False)

    def suggest_all(
        self, articles: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Generator[Suggestions, None, None]:
        """The same for many articles, in their order, on all cores; one without a text is left out.

        What is ready is kept, so that a run that was broken off goes on where it was. `progress` is
        told how many are done.
        """
        if len(articles) <= _FEW:
            for done, article in enumerate(articles, start=1):
                with suppress(DeskError):
                    yield self.suggest(article)
                if progress is not None:
                    progress(done)
            return
        yield from self._suggest_apart(articles, progress)

    def _suggest_apart(
        self, articles: Sequence[str], progress: Callable[[int], None] | None
    ) -> Generator[Suggestions, None, None]:
        from tui.desk import suggesting

        workers = _Workers(os.cpu_count() or 1, suggesting.registry_bytes(self.sources))
        waiting: deque[tuple[str, str, Future[bytes] | Suggestions | None]] = deque()
        left, done = deque(articles), 0
        try:
            while left or waiting:
                while left and len(waiting) < _AHEAD * workers.count:
                    opened = self._text(left.popleft())
                    key = self._suggestions_key(opened) if opened is not None else ""
                    ready = (
                        suggesting.kept_under(self._proposals, key) if opened is not None else None
                    )
                    if opened is not None and ready is None:
                        part = suggesting.part_read(opened)
                        waiting.append((opened.id, key, workers.ask(part)))
                    else:
                        waiting.append((opened.id if opened is not None else "", key, ready))
                article, key, found = waiting.popleft()
                if article:
                    yield suggesting.named(self._answer(article, key, found), article)
                done += 1
                if progress is not None:
                    progress(done)
        finally:
            workers.stop()

    def _answer(
        self, article: str, key: str, found: Future[bytes] | Suggestions | None
    ) -> Suggestions:
        """What a worker found, or this process where the worker is gone."""
        from concurrent.futures.process import BrokenProcessPool

        from tui.analysis import Suggestions
        from tui.desk import suggesting

        if isinstance(found, Suggestions):
            return found
        try:
            line = found.result() if found is not None else b""
        except BrokenProcessPool:  # it was killed, or there was no memory for it
            line = b""
        if not line:
            return self.suggest(article)
        suggesting.keep_under(self._proposals, key, line)
        return suggesting.read(line)

    def _suggestions_key(self, article: Article) -> str:
        """The name that the suggestions of a text are kept under.

        Of the sources only those that it mentions count: a new one leaves all others as they are.
        """
        from tui.desk import suggesting

        return suggesting.key_of(article, suggesting.registry_bytes(self._mentioned(article)))

    def _mentioned(self, article: Article) -> Registry:
        """The sources that the part of a text mentions which is read."""
        from tui.desk import suggesting

        asked, found = self._mentions.get(article.revision, (Registry(), Registry()))
        if asked is not self.sources:
            text = suggesting.part_read(article).text
            found = self.sources.mentioned_too(text, asked, found)
            self._mentions[article.revision] = self.sources, found
            if len(self._mentions) > _REMEMBERED:
                self._mentions.popitem(last=False)
        return found


class _Workers:
    """Worker processes that are started with the first article there is for them."""

    def __init__(self, count: int, registry: bytes) -> None:
        self.count = count
        self._registry = registry
        self._pool: ProcessPoolExecutor | None = None

    def ask(self, article: Article) -> Future[bytes] | None:
        """Have an article read; None if the workers are gone.

        They are started with Ctrl+C held back: it is for this process alone to end them.
        """
        from concurrent.futures.process import BrokenProcessPool
        from multiprocessing import resource_tracker

        from tui.desk import suggesting

        resource_tracker.ensure_running()  # starting it would let Ctrl+C through again
        held = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
        try:
            self._pool = self._pool or self._started()
            return self._pool.submit(suggesting.suggested, packed(article))
        except BrokenProcessPool:
            return None
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, held)

    def stop(self) -> None:
        """Let the workers end with what they are at, and give up the rest."""
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _started(self) -> ProcessPoolExecutor:
        from concurrent.futures import ProcessPoolExecutor
        from multiprocessing import get_context

        from tui.desk import suggesting

        return ProcessPoolExecutor(
            self.count,
            get_context("spawn"),
            initializer=suggesting.begin,
            initargs=(self._registry,),
        )
