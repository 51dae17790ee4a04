"""A disk that remembers everything that was written to it, in order.

It is one file in a file system of our own (FUSE), under a loop device. So every write and every
flush of the file system on it goes through `Disk`, and what was on it at any moment can be made
again: all that was flushed before, and of what came after the flush as much as the drive had
happened to write.
"""

from __future__ import annotations

import ctypes
import os
import random
import select
import struct
import subprocess
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

SECTOR = 512
NAME = b"disk"
PATIENCE = 60.0  # seconds longer that a process has to say enough
_IN = struct.Struct("<IIQQIIII")  # length, opcode, unique, node, uid, gid, pid, padding
_OUT = struct.Struct("<IiQ")
_ATTR = struct.Struct("<QQQQQQIIIIIIIIII")
_LOOKUP, _FORGET, _GETATTR, _SETATTR, _OPEN, _READ, _WRITE = 1, 2, 3, 4, 14, 15, 16
_STATFS, _RELEASE, _FSYNC, _FLUSH, _INIT, _OPENDIR, _RELEASEDIR = 17, 18, 20, 25, 26, 27, 29
_BATCH_FORGET = 42
_NO_REPLY = {_FORGET, _BATCH_FORGET, 36}
ENOENT, ENOSYS = 2, 38


class Write(NamedTuple):
    """Bytes that arrived at an offset."""

    offset: int
    data: bytes


class Flush(NamedTuple):
    """Everything before this is on the disk for good."""


class Said(NamedTuple):
    """What the process on the disk had said by then, a whole line."""

    line: bytes


Entry = Write | Flush | Said


class NotAllowed(Exception):  # noqa: N818 - a fact about the machine
    """This machine does not let us have such a disk; the text says why."""


def run(*line: object) -> str:
    """Run a command that has to succeed; raises NotAllowed."""
    try:
        done = subprocess.run(list(map(str, line)), capture_output=True, text=True, check=False)
    except FileNotFoundError:
        raise NotAllowed(f"there is no {line[0]} command") from None
    if done.returncode:
        raise NotAllowed(f"{line[0]}: {done.stderr.strip()}")
    return done.stdout.strip()


class Disk:
    """A disk of `size` bytes with an empty ext4 on it; `log` is what happened to it since."""

    def __init__(self, folder: Path, size: int) -> None:
        image = folder / "empty.img"
        with image.open("wb") as file:
            file.truncate(size)
        run(
            "mkfs.ext4", "-q", "-F", "-b", "4096", "-J", "size=4", "-E", "lazy_itable_init=0", image
        )
        self.empty = image.read_bytes()
        image.unlink()
        self.now = bytearray(self.empty)
        self.log: list[Entry] = []
        self._folder = folder
        self._fuse = -1

    def use(self, command: Callable[[Path], Sequence[str]], seconds: float, least: int) -> None:
        """Mount it, run a process on it, kill that after a time, unmount it.

        It has up to a minute longer until it has said `least` lines: a busy machine is slow.
        """
        back, top = self._folder / "back", self._folder / "top"
        back.mkdir()
        top.mkdir()
        self._fuse = _mount_fuse(back)
        loop = ""
        try:
            loop = self._served("losetup", "-f", "--show", "--direct-io=on", str(back / "disk"))
            self._served("mount", "-o", "noatime", loop, str(top))
            try:
                self.log.clear()
                self.empty = bytes(self.now)
                self._work(command(top), seconds, least)
            finally:
                self._served("umount", str(top))
        finally:
            if loop:
                self._served("losetup", "-d", loop)
            self._served("umount", str(back))
            os.close(self._fuse)

    def _served(self, *line: str) -> str:
        """Run a command that needs the disk to answer meanwhile."""
        try:
            process = subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        except FileNotFoundError:
            raise NotAllowed(f"there is no {line[0]} command") from None
        while process.poll() is None:
            self._answer_for(0.005)
        assert process.stdout is not None
        said = process.stdout.read().decode().strip()
        if process.returncode:
            raise NotAllowed(f"{line[0]}: {said}")
        return said

    def _work(self, line: Sequence[str], seconds: float, least: int) -> None:
        begun, killed, said = time.monotonic(), False, 0
        rest = b""
        with subprocess.Popen(line, stdout=subprocess.PIPE) as process:
            assert process.stdout is not None
            pipe = process.stdout.fileno()
            while True:
                ready, _, _ = select.select([self._fuse, pipe], [], [], 0.1)
                # What was said is taken in first: it was said before what is written next.
                if pipe in ready:
                    data = os.read(pipe, 1 << 16)
                    if not data:
                        break
                    *lines, rest = (rest + data).split(b"\n")
                    self.log += map(Said, lines)
                    said += len(lines)
                if self._fuse in ready:
                    self._answer()
                late = time.monotonic() - begun - seconds
                if not killed and late > 0 and (said >= least or late > PATIENCE):
                    process.kill()
                    killed = True

    def _answer_for(self, seconds: float) -> None:
        ready, _, _ = select.select([self._fuse], [], [], seconds)
        if ready:
            self._answer()

    def _answer(self) -> None:
        """Answer one request of the kernel."""
        try:
            request = os.read(self._fuse, 1 << 21)
        except OSError:  # interrupted, or unmounted
            time.sleep(0.001)
            return
        _, code, unique, node, *_ = _IN.unpack_from(request)
        if code in _NO_REPLY:
            return
        body = self._do(code, node, memoryview(request)[_IN.size :])
        error = 0
        if isinstance(body, int):
            error, body = -body, b""
        os.write(self._fuse, _OUT.pack(_OUT.size + len(body), error, unique) + body)

    def _do(self, code: int, node: int, body: Any) -> bytes | int:
        if code == _INIT:
            return struct.pack("<IIIIHHIIHHI28x", 7, 31, 1 << 17, 0, 16, 12, 1 << 17, 1, 32, 0, 0)
        if code == _LOOKUP:
            if bytes(body).rstrip(b"\0") != NAME:
                return ENOENT
            return struct.pack("<QQQQII", 2, 0, 3600, 3600, 0, 0) + self._attributes(2)
        if code in {_GETATTR, _SETATTR}:
            return struct.pack("<QII", 3600, 0, 0) + self._attributes(node)
        if code in {_OPEN, _OPENDIR}:
            return struct.pack("<QII", 1, 1, 0)  # FOPEN_DIRECT_IO: nothing is kept in between
        if code == _READ:
            _, offset, size = struct.unpack_from("<QQI", body)
            return bytes(self.now[offset : offset + size])
        if code == _WRITE:
            _, offset, size = struct.unpack_from("<QQI", body)
            data = bytes(body[40 : 40 + size])
            self.now[offset : offset + size] = data
            self.log.append(Write(offset, data))
            return struct.pack("<II", size, 0)
        if code == _FSYNC:
            self.log.append(Flush())
            return b""
        if code == _STATFS:
            return struct.pack("<QQQQQIIII24x", 9, 9, 9, 9, 9, 512, 64, 512, 0)
        return b"" if code in {_RELEASE, _RELEASEDIR, _FLUSH} else ENOSYS

    def _attributes(self, node: int) -> bytes:
        mode, size = (0o40755, 0) if node == 1 else (0o100600, len(self.now))
        return _ATTR.pack(node, size, size // SECTOR, 0, 0, 0, 0, 0, 0, mode, 1, 0, 0, 0, 4096, 0)

    # -- power loss --------------------------------------------------------------------------

    def crashes(self, moments: Sequence[int]) -> Any:
        """For each moment (a place in the log, ascending): the disk after power was lost there."""
        durable = bytearray(self.empty)
        done = 0
        for moment in moments:
            flushed = max(
                (n for n in range(done, moment) if isinstance(self.log[n], Flush)), default=done
            )
            for entry in self.log[done:flushed]:
                if isinstance(entry, Write):
                    durable[entry.offset : entry.offset + len(entry.data)] = entry.data
            done = flushed
            image = bytearray(durable)
            _lose_some(image, [e for e in self.log[flushed:moment] if isinstance(e, Write)])
            yield moment, image


def _lose_some(image: bytearray, writes: Sequence[Write]) -> None:
    """Of what was not flushed a drive has written all, nothing, or some sectors in any order."""
    share = random.choice((0.0, 0.2, 0.5, 0.8, 1.0))
    for offset, data in writes:
        torn = random.random() < 0.1
        kept = random.random() < share
        for start in range(0, len(data), SECTOR):
            if random.random() < share if torn else kept:
                part = data[start : start + SECTOR]
                image[offset + start : offset + start + len(part)] = part


def _mount_fuse(place: Path) -> int:
    try:
        handle = os.open("/dev/fuse", os.O_RDWR | os.O_CLOEXEC)
    except OSError as error:
        raise NotAllowed(f"/dev/fuse: {error.strerror}") from error
    libc = ctypes.CDLL(None, use_errno=True)
    options = b"fd=%d,rootmode=40000,user_id=%d,group_id=%d" % (handle, os.getuid(), os.getgid())
    if libc.mount(b"pressmark-test", bytes(place), b"fuse", 6, options):
        os.close(handle)
        raise NotAllowed(f"mount of a FUSE: {os.strerror(ctypes.get_errno())}")
    return handle


class mounted:  # noqa: N801 - used as a function
    """A context in which an image of a disk is mounted at a place."""

    def __init__(self, image: Path, place: Path) -> None:
        self._image, self._place = image, place

    def __enter__(self) -> Path:
        run("mount", "-o", "loop,noatime", self._image, self._place)
        return self._place

    def __exit__(self, *_: object) -> None:
        run("umount", self._place)
