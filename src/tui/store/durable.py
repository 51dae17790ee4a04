"""Files written whole and durably, or not at all."""

from __future__ import annotations

import contextlib
import errno
import os
import socket
import threading
import time
from pathlib import Path

from msgspec import Struct

from tui.model.ids import sha256
from tui.store.protocol import StoreError

_DAY = 86_400
_MENDS = {
    errno.ENOSPC: "the disk is full; free some space",
    errno.EDQUOT: "your quota is used up; free some space",
    errno.EFBIG: "it would grow beyond the file size allowed; raise the limit",
    errno.EACCES: "no permission; make the file and its folder yours to write",
    errno.EPERM: "no permission; make the file and its folder yours to write",
    errno.EROFS: "the disk is read-only; open a copy of the workspace on another one",
    errno.EIO: "the disk reports an error; check it and copy the workspace to another one",
    errno.ENOTDIR: "a file is in the place of a folder; move it away",
    errno.EISDIR: "a folder has its name; move it away",
    errno.ELOOP: "it is a link, and links are not followed; put the file itself there",
    errno.ENAMETOOLONG: "its path is too long; move the workspace up",
}


class Signature(Struct, frozen=True):
    """What tells one state of a file from another without reading it."""

    inode: int
    modified: int  # nanoseconds
    size: int


def signature(stat: os.stat_result) -> Signature:
    """The signature that a stat result gives."""
    return Signature(stat.st_ino, stat.st_mtime_ns, stat.st_size)


def sentence(verb: str, path: Path | str, error: OSError) -> str:
    """One sentence: the file could not be `verb` (written, read), why, and the mend."""
    if error.errno == errno.ELOOP and error.strerror != os.strerror(errno.ELOOP):
        return error.strerror or ""  # it says which folder on the way it is
    why = _MENDS.get(error.errno or 0) or os.strerror(error.errno or 0).lower()
    return f"{path} could not be {verb}: {why}"


def write_whole(path: Path, data: bytes, mode: int = 0o666) -> Signature:
    """Replace a file durably: temporary file beside it, fsync, os.replace, fsync of the folder.

    `mode` is who may read and write it, as far as the user's umask allows. Folders are made as
    needed. Raises StoreError; the old file is then still there, whole (or the new one, if only the
    last fsync failed), and the temporary file is gone.
    """
    writer = f"{_host()}-{os.getpid()}-{threading.get_ident()}"  # two desks of a process are two
    temporary = path.with_name(f".{path.name}.{writer}.tmp")
    try:
        try:
            try:
                found = _write_synced(temporary, data, mode)
            except FileNotFoundError:
                make_folder(path.parent)
                found = _write_synced(temporary, data, mode)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink()
            raise
        sync_folder(path.parent)
    except OSError as error:
        raise StoreError(sentence("written", path, error)) from error
    return found


def _write_synced(path: Path, data: bytes, mode: int) -> Signature:
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW
    handle = os.open(path, flags, mode)
    try:
        rest = memoryview(data)
        while rest:
            rest = rest[os.write(handle, rest) :]
        os.fsync(handle)
        return signature(os.fstat(handle))
    finally:
        os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it, each one durably; raises OSError."""
    try:
        folder.mkdir()
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR)) from None
        return
    except FileNotFoundError:
        make_folder(folder.parent)
        folder.mkdir(exist_ok=True)  # another thread may have been as quick
    sync_folder(folder.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable; raises OSError."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_whole(path: Path) -> tuple[bytes, Signature] | None:
    """The bytes of a file and its signature, or None if there is no such file; raises OSError.

    A link is not followed (ELOOP): it may come with somebody else's files and lead anywhere.
    """
    tries = 5
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOFOLLOW)
        except (FileNotFoundError, NotADirectoryError):
            return None
        try:
            before = signature(os.fstat(handle))
            data = _read_all(handle)
            # Others than we may write in place: what is read has to be one state of the file.
            tries -= 1
            if signature(os.fstat(handle)) == before or not tries:
                return data, before
        finally:
            os.close(handle)


def _read_all(handle: int) -> bytes:
    parts: list[bytes] = []
    while part := os.read(handle, 1 << 20):
        parts.append(part)
    return b"".join(parts)


def set_aside(path: Path, data: bytes) -> Path:
    """Keep bytes that could not be read in a file beside `path`; returns where.

    Its name is `<stem>.<hash>.damaged`, so what lies there already is never overwritten. Raises
    StoreError.
    """
    place = path.with_name(f"{path.stem}.{sha256(data)[:12]}.damaged")
    if not place.exists():
        write_whole(place, data)
    return place


def is_leftover(name: str, of: str) -> bool:
    """Whether `name` is a temporary file of the file called `of`."""
    return name.startswith(f".{of}.") and name.endswith(".tmp")


def sweep(path: Path) -> None:
    """Remove a temporary file that a killed process left; only for whoever holds the lock.

    What another machine may be writing right now stays for a day.
    """
    with contextlib.suppress(OSError):
        if f".{_host()}-" in path.name or time.time() - path.stat().st_mtime > _DAY:
            path.unlink()


def _host() -> str:
    try:
        return sha256(socket.gethostname())[:6]
    except OSError:  # a name is no reason not to save
        return "nameless"
