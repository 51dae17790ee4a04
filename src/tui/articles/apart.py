"""Read documents in a child process, with limits on time and memory.

Every parser of HTML and XML can be made to run for minutes or to fill the memory by some document.
Here that costs one document and one child; the next one is read by the next child.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator
from time import monotonic

from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed
from tui.articles.packing import DONE, ENTRY, MEMORY, READY, unpacked
from tui.articles.recognising import Format
from tui.model.articles import Article

SECONDS = 5  # that one article may take
MEMORY_LIMIT = 500 * 1024 * 1024  # bytes of address space of the child
LOADING = 30.0  # seconds in which the child and the libraries of a format must be there
_CHUNK = 1 << 16


class Apart:
    """A child process that reads one document at a time; it is made when there is one to read.

    Not for two threads at once, but `break_off` and `stop` may be called from any.
    """

    def __init__(self, seconds: int = SECONDS, memory: int = MEMORY_LIMIT) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._broken_off = False
        self._stopped = False

    def read(self, document: Document, format_: Format) -> Iterator[Article | Passed]:
        """The articles in a document of this format, as they are found.

        Raises UnreadableError, with the path, if the document cannot be read or takes too long or
        too much memory; of a file with many articles those before that were yielded.
        """
        self._broken_off = self._stopped
        try:
            self._send(document, format_)
            yield from self._answers()
        except _OverrunError as error:
            self._kill()
            raise UnreadableError(error.what, error.mend, document.path) from error
        except UnreadableError as error:
            raise error.named(document.path) from error
        except GeneratorExit:
            self._kill()  # the rest of its answers is not wanted
            raise

    def break_off(self) -> None:
        """Give up the document that is being read now; the next one gets a new child."""
        self._broken_off = True
        child = self._child
        if child is not None:
            child.kill()

    def stop(self) -> None:
        """End the child, and read nothing more."""
        self._stopped = True
        self.break_off()

    def _send(self, document: Document, format_: Format) -> None:
        child = self._running()
        request = {
            "format": format_.name,
            "size": len(document.data),
            "document": {
                "path": document.path,
                "encoding": document.encoding,
                "timezone": document.timezone,
                "fields": dict(document.fields),
            },
        }
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.write(document.data)
            child.stdin.flush()
        except (OSError, ValueError) as error:
            raise _OverrunError(*self._ending()) from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._broken_off:
            raise _OverrunError(*self._ending())
        if self._child is None or self._child.poll() is not None:
            self._buffer = b""
            self._child = subprocess.Popen(
                # -P: the folder that the analyst stands in holds news, no modules.
                [sys.executable, "-P", "-X", "utf8", "-m", "tui.articles.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the terminal's signals are not for it
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            settings = {"memory": self._memory, "seconds": self._seconds}
            assert self._child.stdin is not None
            with contextlib.suppress(OSError):
                self._child.stdin.write(json.dumps(settings).encode() + b"\n")
        return self._child

    def _answers(self) -> Iterator[Article | Passed]:
        limit = LOADING
        while True:
            word, _, more = self._line(limit).partition(b" ")
            limit = float(self._seconds)
            if word == ENTRY:
                yield unpacked(more)
            elif word == DONE:
                return
            elif word == MEMORY:
                raise _OverrunError(*self._too_large())
            elif word != READY:
                what, mend = json.loads(more)
                raise UnreadableError(what, mend)

    def _line(self, seconds: float) -> bytes:
        """The next line of the child. Raises _OverrunError if none comes in time, or ever."""
        output = self._child.stdout if self._child is not None else None
        assert output is not None
        end = monotonic() + seconds
        parts = [self._buffer]
        while b"\n" not in parts[-1]:
            left = end - monotonic()
            if left < 0 or not select.select([output], [], [], left)[0]:
                raise _OverrunError(
                    f"takes longer than {self._seconds} s to read", "save its text as .txt"
                )
            chunk = os.read(output.fileno(), _CHUNK)
            if not chunk:
                raise _OverrunError(*self._ending())
            parts.append(chunk)
        line, _, self._buffer = b"".join(parts).partition(b"\n")
        return line

    def _ending(self) -> tuple[str, str]:
        """Why the child ended by itself."""
        if self._broken_off:
            return "was not read: reading was stopped", "open the folder again"
        code = self._child.wait() if self._child is not None else 0
        if code in (-6, -9, -11):  # what a library does when there is no more memory
            return self._too_large()
        return "cannot be read: its reader broke off", "save its text as .txt"

    def _too_large(self) -> tuple[str, str]:
        return (
            f"takes more than {self._memory // (1024 * 1024)} MB of memory to read",
            "save its text as .txt",
        )

    def _kill(self) -> None:
        child, self._child, self._buffer = self._child, None, b""
        if child is not None:
            child.kill()
            with contextlib.suppress(OSError):
                child.communicate(timeout=LOADING)


class _OverrunError(Exception):
    """The child has to go: what the document did, and what can be done about it."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(what)
        self.what = what
        self.mend = mend
