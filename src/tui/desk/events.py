"""What the desk says to whoever opened it: events, and the one exception it raises."""

from __future__ import annotations

from msgspec import Struct

from tui.model.sentences import SentenceError


class DeskError(SentenceError):
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
    chosen, or could not be, `proposals` where an article has been read for them, `index` where
    that turned out to be damaged and is built anew meanwhile, `codebook`,
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
