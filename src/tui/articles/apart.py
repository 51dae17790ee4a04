"""Read documents in a child process, with limits on time and memory.

Every parser of HTML and XML can be made to run for minutes or to fill the memory by some document.
Here that costs one document and one child; the next one is read by the next child.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from tui.apart.lines import Refusal
from tui.apart.worker import BrokenOffError, FailedError, Worker
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed
from tui.articles.formats import Format
from tui.articles.packing import unpacked
from tui.model.articles import Article
from tui.model.settings import Limits

_AS_TEXT = "save its text as .txt"


class Apart:
    """Reads one document at a time in a child; it is made when there is one to read.

    Not for two threads at once, but `break_off` and `stop` may be called from any.
    """

    def __init__(self, limits: Limits = Limits()) -> None:  # noqa: B008 - it is frozen
        self._limits = limits
        self._worker = Worker(limits.seconds, limits.memory)

    def read(self, document: Document, format_: Format) -> Iterator[Article | Passed]:
        """The articles in a document of this format, as they are found.

        Raises UnreadableError, with the path, if the document cannot be read or takes too long or
        too much memory; of a file with many articles those before that were yielded.
        """
        path = document.path
        request = {
            "format": format_.name,
            "document": {
                "path": document.path,
                "encoding": document.encoding,
                "timezone": document.timezone,
                "fields": dict(document.fields),
            },
        }
        try:
            end = monotonic() + self._limits.longest
            for line in self._worker.ask("tui.articles.reading_apart", request, document.data):
                if line:
                    yield unpacked(line)
                    end = monotonic() + self._limits.longest
                elif monotonic() > end:
                    most = self._limits.longest
                    what, mend = f"takes longer than {most} s to read", f"part it, or {_AS_TEXT}"
                    raise UnreadableError(what, _or_raise(mend, f"longest = {2 * most}"), path)
        except Refusal as refusal:
            raise UnreadableError(
                refusal.what, refusal.mend, path, lasting=refusal.lasting
            ) from refusal
        except FailedError as error:
            what = f"cannot be read ({error.name})"
            raise UnreadableError(what, "it may be damaged", path) from error
        except BrokenOffError as error:
            stopped = error.why == "stopped"
            raise UnreadableError(*self._why(error.why), path, lasting=not stopped) from error

    def break_off(self) -> None:
        """Give up the document that is being read now; the next one gets a new child."""
        self._worker.break_off()

    def stop(self) -> None:
        """End the child, and read nothing more."""
        self._worker.stop()

    def _why(self, why: str) -> tuple[str, str]:
        """What the document did, and what can be done about it."""
        if why == "stopped":
            return "was not read: reading was stopped", "open the folder again"
        if why == "time":
            most = self._limits.seconds
            mend = _or_raise(_AS_TEXT, f"seconds = {2 * most}")
            return f"takes longer than {most} s to read", mend
        if why == "memory":
            megabytes = self._limits.memory // 1_000_000
            mend = _or_raise(_AS_TEXT, f'memory = "{2 * megabytes} MB"')
            return f"takes more than {megabytes} MB of memory to read", mend
        return "cannot be read: its reader broke off", _AS_TEXT


def _or_raise(mend: str, setting: str) -> str:
    """A mend, and the setting that allows more."""
    return f"{mend}, or allow more with [reading] {setting} in pressmark.toml"
