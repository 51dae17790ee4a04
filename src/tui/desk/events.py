"""What the desk says to whoever opened it: events, and the one exception it raises."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import NamedTuple, TypeVar

from msgspec import Struct

Done = TypeVar("Done")


class DeskError(Exception):
    """Something cannot be done; one sentence that says what, where and the mend.

    `code` is the exit code of the command line: 1 not found or fell short, 2 wrong use or unusable
    input, 3 could not write.
    """

    def __init__(self, sentence: str, code: int = 2) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code


class Changed(Struct, frozen=True):
    """Annotations of an article changed; `article` is empty for the codebook and the sources.

    `origin` is `own` for a change through this desk, `other` for one by another process or
    analyst, `file` for a new text of the article, `compared` where long texts were compared and
    what was not known of them is, `encoding` where a file has been read in an encoding that was
    chosen, or could not be, `proposals` where an article has been read for them, `codebook`,
    `sources`, or `learner` where another process taught it.
    """

    article: str
    ids: frozenset[str]
    origin: str = "own"


class Saved(Struct, frozen=True):
    """A step is on the disk. `pending` counts what is still to be saved; `step` may be empty."""

    step: str
    articles: tuple[str, ...]
    ids: frozenset[str]
    pending: int = 0


class SaveFailed(Struct, frozen=True):
    """A save failed and will be tried again; nothing is lost while the desk is open."""

    why: str
    pending: int = 1


Event = Changed | Saved | SaveFailed


class Far(NamedTuple):
    """How far something is that takes long: `exporting` 120 of 2,000 `articles`.

    As long as nobody knows of how many, `of` is 0.
    """

    what: str
    done: int = 0
    of: int = 0
    things: str = "articles"


# What takes long as steps of a few milliseconds; whoever takes them may stop between two.
Steps = Generator[Far, None, Done]


def through(steps: Steps[Done], tell: Callable[[Far], object] | None = None) -> Done:
    """Take all steps; `tell` hears how far it is. Returns what comes of them."""
    while True:
        try:
            far = next(steps)
        except StopIteration as end:
            return end.value
        if tell is not None:
            tell(far)
