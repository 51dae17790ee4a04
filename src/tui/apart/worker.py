"""A child process that does one task at a time, with limits on time and memory.

What overruns them is killed, and costs that task; the next one is done by the next child.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import subprocess
import sys
from collections.abc import Iterator, Mapping
from time import monotonic
from typing import Any

from tui.apart.lines import ANSWER, DONE, FAILED, MEMORY, READY, REFUSED, Refusal

LOADING = 30.0  # seconds in which the child and the libraries of a task must be there
RESERVED = sys.platform == "linux"  # whether the system keeps a limit of what is reserved
_CHUNK = 1 << 16


class BrokenOffError(Exception):
    """A task came to no end: `why` is `time`, `memory`, `stopped` or `ended` (by itself)."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class FailedError(Exception):
    """A fault in the code of a task: `name` is that of the exception."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Worker:
    """A child process, made when there is something to do.

    `seconds` may pass without an answer; `memory` is bytes of address space, or
    of memory in use where the system does not limit that. Not for two threads
    at once, but `break_off` and `stop` may be called from any.
    """

    def __init__(self, seconds: int, memory: int) -> None:
        self._seconds = seconds
        self._memory = memory
        self._child: subprocess.Popen[bytes] | None = None
        self._buffer = b""
        self._broken_off = False
        self._stopped = False

    def ask(self, task: str, request: Mapping[str, Any], body: bytes) -> Iterator[bytes]:
        """The answers of a task, as they come; `task` is its module (see `lines.Task`).

        Raises Refusal from the task, FailedError for a fault in it, and BrokenOffError where it
        overran its limits, ended, or was broken off.
        """
        self._broken_off = self._stopped
        try:
            self._send({**request, "task": task, "size": len(body)}, body)
            yield from self._answers()
        except BrokenOffError:
            self._kill()
            raise
        except GeneratorExit:
            self._kill()  # the rest of its answers is not wanted
            raise

    def break_off(self) -> None:
        """Give up what is being done now; the next task gets a new child."""
        self._broken_off = True
        child = self._child
        if child is not None:
            child.kill()

    def stop(self) -> None:
        """End the child, and do nothing more."""
        self._stopped = True
        self.break_off()

    def _send(self, request: Mapping[str, Any], body: bytes) -> None:
        child = self._running()
        assert child.stdin is not None
        try:
            child.stdin.write(json.dumps(request).encode() + b"\n")
            child.stdin.write(body)
            child.stdin.flush()
        except (OSError, ValueError) as error:
            raise self._ending() from error

    def _running(self) -> subprocess.Popen[bytes]:
        if self._broken_off:
            raise self._ending()
        if self._child is None or self._child.poll() is not None:
            self._buffer = b""
            self._child = subprocess.Popen(
                # -P: the folder that the analyst stands in holds news, no modules.
                [sys.executable, "-P", "-X", "utf8", "-m", "tui.apart.child"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                start_new_session=True,  # the terminal's signals are not for it
                env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            )
            settings = {"memory": self._memory, "seconds": self._seconds, "reserved": RESERVED}
            assert self._child.stdin is not None
            with contextlib.suppress(OSError):
                self._child.stdin.write(json.dumps(settings).encode() + b"\n")
        return self._child

    def _answers(self) -> Iterator[bytes]:
        limit = LOADING
        while True:
            word, _, more = self._line(limit).partition(b" ")
            limit = float(self._seconds)
            if word == ANSWER:
                yield more
            elif word == DONE:
                return
            elif word == MEMORY:
                raise BrokenOffError("memory")
            elif word == FAILED:
                raise FailedError(more.decode("ascii", "replace"))
            elif word == REFUSED:
                raise Refusal(*json.loads(more))
            elif word != READY:
                raise BrokenOffError("ended")

    def _line(self, seconds: float) -> bytes:
        """The next line of the child. Raises BrokenOffError if none comes in time, or ever."""
        output = self._child.stdout if self._child is not None else None
        assert output is not None
        end = monotonic() + seconds
        parts = [self._buffer]
        while b"\n" not in parts[-1]:
            left = end - monotonic()
            if left < 0 or not select.select([output], [], [], left)[0]:
                raise BrokenOffError("time")
            chunk = os.read(output.fileno(), _CHUNK)
            if not chunk:
                raise self._ending()
            parts.append(chunk)
        line, _, self._buffer = b"".join(parts).partition(b"\n")
        return line

    def _ending(self) -> BrokenOffError:
        """Why the child ended by itself."""
        if self._broken_off:
            return BrokenOffError("stopped")
        code = self._child.wait() if self._child is not None else 0
        # What a library does when there is no more memory.
        return BrokenOffError("memory" if code in (-6, -9, -11) else "ended")

    def _kill(self) -> None:
        child, self._child, self._buffer = self._child, None, b""
        if child is not None:
            child.kill()
            with contextlib.suppress(OSError):
                child.communicate(timeout=LOADING)
