"""One writer at a time among the processes of one analyst on one machine."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import json
import os
import random
import socket
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, cast

from tui.store.durable import sentence
from tui.store.protocol import StoreError

_UNSUPPORTED = {errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS, errno.EINVAL}
_NOT_OURS = {errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOTDIR, errno.EEXIST}
_STALE = 60.0  # seconds after which a lock file of another machine counts as left behind


@contextmanager
def held(folder: Path, name: str, *, patience: float = 30.0) -> Generator[None]:
    """Hold the lock `name` in the folder of locks, which is made if need be.

    Where that folder cannot be written, the system's temporary one serves. `flock` is used, or,
    on a file system without it, a file that only one process can make. Raises StoreError after
    `patience` seconds.
    """
    until = time.monotonic() + patience
    path = folder / f"{name}.lock"
    try:
        try:
            handle = _flock(path, until)
        except OSError as error:
            if error.errno not in {errno.ENOENT, *_NOT_OURS}:
                raise
            path = _usable(folder) / path.name
            handle = _flock(path, until)
        if handle is None:
            made = path.with_suffix(".held")
            _make(made, until)
            let_go = made.unlink
        else:
            let_go = partial(os.close, handle)  # which gives the lock back
    except OSError as error:
        raise StoreError(sentence("locked", path, error)) from error
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            let_go()


def _usable(folder: Path) -> Path:
    """The folder of locks, or the substitute for it."""
    spare = Path(tempfile.gettempdir()) / f"pressmark-locks-{os.getuid()}"
    try:
        return _writable(folder)
    except OSError as error:
        # Not for an error that may be gone next time: all processes have to choose alike.
        if error.errno not in _NOT_OURS:
            raise
        with contextlib.suppress(OSError):
            return _writable(spare)
        raise StoreError(sentence("written", folder, error)) from error


def _writable(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return folder


def _flock(path: Path, until: float) -> int | None:
    """A descriptor that holds the lock, or None where the file system knows no such lock."""
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # A cleaner of caches may have taken the file away: then it locks nothing.
            if os.fstat(handle).st_ino == path.stat().st_ino:
                return handle
        except FileNotFoundError:
            pass
        except (BlockingIOError, PermissionError):
            _wait(path, until, handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _UNSUPPORTED:
                return None
            raise
        os.close(handle)


def _wait(path: Path, until: float, handle: int | None = None) -> None:
    if time.monotonic() > until:
        if handle is not None:
            os.close(handle)
        raise StoreError(
            f"another Pressmark of yours holds {path} and does not let go; end it, then save again"
        )
    time.sleep(random.uniform(0.0003, 0.003))


def _make(path: Path, until: float) -> None:
    """Take a lock by making the file `path`, which only one process can."""
    text = json.dumps({"pid": os.getpid(), "host": socket.gethostname()})
    while True:
        try:
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
            break
        except FileExistsError:
            if _is_left_behind(path):
                with contextlib.suppress(OSError):
                    path.unlink()
            else:
                _wait(path, until)
    try:
        os.write(handle, text.encode())
    finally:
        os.close(handle)


def _is_left_behind(path: Path) -> bool:
    """Whether whoever made a lock file has ended without taking it away."""
    try:
        age = time.time() - path.stat().st_mtime
        data = path.read_bytes()
    except OSError:
        return False
    host, process = _owner(data)
    if host != socket.gethostname() or process <= 0:
        return age > _STALE
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # somebody else's process: it is there
        return False
    return False


def _owner(data: bytes) -> tuple[str, int]:
    """The machine and the process that a lock file names; none if it was cut short."""
    try:
        found = json.loads(data)
    except ValueError:
        return "", 0
    owner = cast("dict[str, Any]", found) if isinstance(found, dict) else {}
    process = owner.get("pid")
    return str(owner.get("host")), process if isinstance(process, int) else 0
