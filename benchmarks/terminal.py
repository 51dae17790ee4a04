"""A program on a pseudo-terminal: what it has painted by now, and how it answers a key."""

from __future__ import annotations

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

COLUMNS, ROWS = 120, 40
FRAME_END = b"\x1b[?2026l"
_MODE_QUERY, _MODE_ANSWER = b"\x1b[?2026$p", b"\x1b[?2026;2$y"
_CONTROLS = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|.)"
)


class Answer(NamedTuple):
    """What came after a key: seconds to the end of the first frame, and to the last that came.

    `marked` is when the words came that were waited for, 0 if they did not.
    """

    first: float
    last: float
    written: bytes
    marked: float = 0.0

    @property
    def words(self) -> str:
        """What was written, without the controls."""
        return plain(self.written)


def plain(data: bytes) -> str:
    """What was written to a terminal, without the controls."""
    return _CONTROLS.sub(b"", data).decode(errors="replace")


class Program:
    """A process with a terminal of its own. Times are seconds.

    With `synchronized` the terminal says that it knows synchronized output, as present ones do,
    so that the end of each frame can be told; otherwise it answers nothing at all.
    """

    def __init__(
        self,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        folder: Path | None = None,
        synchronized: bool = False,
        size: tuple[int, int] = (COLUMNS, ROWS),
    ) -> None:
        self._synchronized = synchronized
        self._asked = b""
        self.seen = b""
        self.kept = 4096  # bytes of it that `settle` leaves
        self.begun = time.perf_counter()
        self.pid, self.file = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
                if folder is not None:
                    os.chdir(folder)
                os.execvpe(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    def read(self, timeout: float) -> bytes:
        """What it writes next; nothing if there is nothing in time, or it has ended."""
        if not select.select([self.file], [], [], max(0.0, timeout))[0]:
            return b""
        try:
            data = os.read(self.file, 1 << 16)
        except OSError:
            return b""
        self.seen += data
        if self._synchronized:
            lately = self._asked + data  # a query may come in two pieces
            self._asked = lately[-len(_MODE_QUERY) + 1 :]
            if _MODE_QUERY in lately:
                os.write(self.file, _MODE_ANSWER)
        return data

    def painted(self, words: str, timeout: float = 60) -> float:
        """Seconds from the start of the process until the words stand on the terminal.

        Raises TimeoutError, with what there is to see, if they do not come.
        """
        wanted = words.encode()
        limit = time.perf_counter() + timeout
        while (now := time.perf_counter()) < limit:
            data = self.read(min(1.0, limit - now))
            taken = time.perf_counter() - self.begun
            lately = self.seen[-len(data) - 4096 :]
            if data and wanted in _CONTROLS.sub(b"", lately):
                return taken
            if not data and self.ended():
                raise TimeoutError(f"the program ended before {words!r} was painted")
        shown = _CONTROLS.sub(b" ", self.seen)[-600:].decode(errors="replace")
        raise TimeoutError(f"{words!r} was not painted in {timeout:g} s; last: {shown}")

    def frame(self, timeout: float) -> bytes:
        """What it writes until a frame is over; nothing if none comes in time."""
        written = b""
        limit = time.perf_counter() + timeout
        while (left := limit - time.perf_counter()) > 0:
            data = self.read(left)
            if not data:
                return b""
            written += data
            if FRAME_END in written[-len(data) - len(FRAME_END) :]:
                return written
        return b""

    def press(self, key: str, timeout: float = 10) -> tuple[float, bytes]:
        """Seconds from a key to the end of the frame that answers it, and that frame.

        Raises TimeoutError if none comes.
        """
        self.seen = b""
        begun = time.perf_counter()
        os.write(self.file, key.encode())
        answer = self.frame(timeout)
        taken = time.perf_counter() - begun
        if not answer:
            raise TimeoutError(f"the key {key!r} was not answered in {timeout:g} s")
        return taken, answer

    def answer(self, keys: str, quiet: float = 0.3, timeout: float = 10, mark: str = "") -> Answer:
        """What comes after these keys, until nothing has come for `quiet` seconds.

        `mark` is a pattern of words that are waited for. Raises TimeoutError if nothing comes at
        all, or if it is not quiet in time.
        """
        self.seen = b""
        begun = time.perf_counter()
        limit = begun + timeout
        os.write(self.file, keys.encode())
        pattern = re.compile(mark)
        written, first, last, marked = b"", 0.0, 0.0, 0.0
        while data := self.read(quiet if first else limit - time.perf_counter()):
            written += data
            last = time.perf_counter() - begun
            framed = FRAME_END in written[-len(data) - len(FRAME_END) :]
            if not first and (framed or not self._synchronized):
                first = last
            if mark and not marked and pattern.search(plain(written[-len(data) - 4096 :])):
                marked = last
            if begun + last > limit:
                raise TimeoutError(f"the key {keys!r} was still being answered after {timeout:g} s")
        if not first:
            raise TimeoutError(f"the key {keys!r} was not answered in {timeout:g} s")
        return Answer(first, last, written, marked)

    def until(self, words: str, timeout: float) -> float:
        """Seconds from now until words that match the pattern come out of the terminal.

        Raises TimeoutError, with what came instead.
        """
        pattern = re.compile(words)
        written = b""
        begun = time.perf_counter()
        while (left := begun + timeout - time.perf_counter()) > 0:
            data = self.read(left)
            written = written[-4096:] + data
            if data and pattern.search(plain(written)):
                return time.perf_counter() - begun
            if not data and self.ended():
                break
        raise TimeoutError(
            f"{words!r} did not come in {timeout:g} s; last: {plain(written)[-300:]}"
        )

    def ended(self) -> bool:
        """Whether the process is over; it is not reaped."""
        found = os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
        return found is not None

    def leave(self, keys: str, timeout: float = 30) -> int:
        """The exit code after keys that leave the program.

        Raises TimeoutError if it does not leave in time.
        """
        os.write(self.file, keys.encode())
        limit = time.perf_counter() + timeout
        while not self.ended() and time.perf_counter() < limit:
            self.read(0.1)
        if not self.ended():
            raise TimeoutError(f"the program did not leave in {timeout:g} s after {keys!r}")
        code = os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        os.close(self.file)
        return code

    def settle(self, quiet: float = 0.03, timeout: float = 30) -> None:
        """Read on until nothing has come for so long."""
        limit = time.perf_counter() + timeout
        while self.read(quiet) and time.perf_counter() < limit:
            self.seen = self.seen[-self.kept :]

    def type(self, keys: str) -> None:
        """Send keys, and wait for nothing."""
        os.write(self.file, keys.encode())

    def peak(self) -> float:
        """Megabytes of memory that it has held at most (0 where the system does not say)."""
        return self._status("VmHWM")

    def memory(self) -> float:
        """Megabytes of memory that it holds now (0 where the system does not say)."""
        return self._status("VmRSS")

    def _status(self, name: str) -> float:
        with contextlib.suppress(OSError):
            status = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
            found = re.search(rf"{name}:\s+(\d+) kB", status)
            return int(found[1]) / 1024 if found else 0.0
        return 0.0

    def work(self) -> float:
        """Seconds of processor time that its threads have taken (0 where the system is silent).

        Unlike the time on the clock it does not grow when other programs are at work.
        """
        taken = 0
        for task in Path(f"/proc/{self.pid}/task").glob("*/schedstat"):
            with contextlib.suppress(OSError):
                taken += int(task.read_text(encoding="utf-8").split()[0])
        return taken / 1e9

    def end(self) -> None:
        """End it at once."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.file)
