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
from tui.articles.packing import unpacked
from tui.articles.recognising import Format
from tui.model.articles import Article

SECONDS = 5  # that one article may take, or one step of it, such as a page
LONGEST = 60.0  # seconds that one article may take in all its steps
MEMORY_LIMIT = 500 * 1024 * 1024  # bytes of address space of the child
_AS_TEXT = "save its text as .txt"


class Apart:
    """Reads one document at a time in a child; it is made when there is one to read.

    Not for two threads at once, but `break_off` and `stop` may be called from any.
    """

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY_LIMIT) -> None:
        self._seconds = seconds
        self._memory = memory
        self._worker = Worker(seconds, memory)

    def read(self, document: Document, format_: Format) -> Iterator[Article | Passed]:
        """The articles in a document of this format, as they are found.

        Raises UnreadableError, with the path, if the document cannot be read or takes too long or
        too much memory; of a file with many articles those before that were yielded.
        """
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
            end = monotonic() + LONGEST
            for line in self._worker.ask("tui.articles.reading_apart", request, document.data):
                if line:
                    yield unpacked(line)
                    end = monotonic() + LONGEST
                elif monotonic() > end:
                    what = f"takes longer than {LONGEST:g} s to read"
                    raise UnreadableError(what, f"part it, or {_AS_TEXT}", document.path)
        except Refusal as refusal:
            raise UnreadableError(refusal.what, refusal.mend, document.path) from refusal
        except FailedError as error:
            what = f"cannot be read ({error.name})"
            raise UnreadableError(what, "it may be damaged", document.path) from error
        except BrokenOffError as error:
            raise UnreadableError(*self._why(error.why), document.path) from error

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
            return f"takes longer than {self._seconds} s to read", _AS_TEXT
        if why == "memory":
            megabytes = self._memory // (1024 * 1024)
            return f"takes more than {megabytes} MB of memory to read", _AS_TEXT
        return "cannot be read: its reader broke off", _AS_TEXT
