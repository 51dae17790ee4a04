"""How far a long run is: a line on standard error while that is a terminal, gone at the end."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from threading import Timer
from time import monotonic
from typing import TYPE_CHECKING, Self

from tui.cli.output import on_terminal
from tui.model.visible import visible
from tui.model.wording import bar

if TYPE_CHECKING:
    from tui.model.steps import Far

LONG = 0.5  # seconds from which a run is long
OFTEN = 0.1  # seconds between two looks


class Progress:
    """Says how many of how many things are done, from half a second on. `clear` takes it away."""

    def __init__(self) -> None:
        self._drawn = False
        self._next = monotonic() + LONG
        self._shown = on_terminal(sys.stderr)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.clear()

    def scanning(self, stage: str, done: int, found: int) -> None:
        """So much of what was found so far was done: files are `reading` or `checking`."""
        files = stage in ("reading", "checking")
        self._say(stage, done, found, "files" if files else "articles")

    def proposals(self, done: int, articles: int) -> None:
        """Claims were proposed for so many of all articles."""
        self._say("proposing", done, articles, "articles")

    def comparing(self, what: str, done: int, total: int) -> None:
        """So much of what comparing takes was done: `proposing` articles, `comparing` claims."""
        self._say(what, done, total, "articles" if what == "proposing" else "statements")

    def indexing(self, done: int, found: int) -> None:
        """So many of the files and annotated articles found so far are in the index."""
        self._say("indexing", done, found, "articles")

    def far(self, far: Far) -> None:
        """So much of something long was done, as the desk says it."""
        if far.of:
            self._say(far.what, far.done, far.of, far.things)
        else:
            self._waiting(far.what)

    def _waiting(self, what: str) -> None:
        if self._due():
            self.draw(f"{what} · Ctrl+C stops")

    def _due(self) -> bool:
        """Whether it is time to say something."""
        due = self._shown and monotonic() >= self._next
        if due:
            self._next = monotonic() + OFTEN
        return due

    def _say(self, what: str, done: int, total: int, things: str) -> None:
        if total and self._due():
            self.draw(f"{what} {bar(done, total)} {done:,} of {total:,} {things} · Ctrl+C stops")

    def draw(self, words: str) -> None:
        """Put words onto the line, in place of what is there."""
        if self._shown:
            self._drawn = bool(words)
            with contextlib.suppress(OSError, ValueError):
                sys.stderr.write(f"\r{visible(words)[:79]:<79}\r" if words else f"\r{'':79}\r")
                sys.stderr.flush()

    def clear(self) -> None:
        """Leave the line as it was."""
        if self._drawn:
            self.draw("")


@contextlib.contextmanager
def waiting(words: str) -> Iterator[None]:
    """Say what takes long, if it does, and no more when it is over."""
    progress = Progress()
    timer = Timer(LONG, progress.draw, [f"{words} · Ctrl+C stops"])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        timer.join()
        progress.clear()
