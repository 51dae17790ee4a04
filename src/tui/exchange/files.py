"""Write a file or a folder whole or not at all, and read what somebody else wrote, in bounds."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from tui.model.ids import new_id

LARGEST = 2_000_000_000  # bytes of a file that is imported

Done = TypeVar("Done")


class ExchangeError(Exception):
    """What could not be exported or imported, and why, in one sentence."""


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write text as UTF-8, line ends as they are, in one step; piece by piece, as they come.

    It is written to a temporary file beside `path`, brought to the disk and put in its place: the
    old file or the new one is there, never a part. A symbolic link stays one. A device or a pipe
    is written to as it is.

    Raises ExchangeError, with one sentence, and leaves nothing behind, if that cannot be.
    """
    data = (piece.encode("utf-8") for piece in pieces)

    def write() -> None:
        target = _target(path)
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                file.writelines(data)
        else:
            _replace(target, data)

    _said(path, write)


def place_file(path: Path, write: Callable[[Path], Done]) -> Done:
    """Have `write` make a new file under a name beside `path`, then put it in its place, whole.

    Returns what `write` does. Raises ExchangeError like `write_whole`.
    """

    def make() -> Done:
        target = _target(path)
        beside = _beside(target)
        try:
            done = write(beside)
            _synced(beside)
            beside.replace(target)
        except BaseException:
            with suppress(OSError):
                beside.unlink()
            raise
        _sync_folder(target.parent)
        return done

    return _said(path, make)


def place_folder(path: Path, write: Callable[[Path], Done]) -> Done:
    """Have `write` make a new folder beside `path`, then give it its name; none may be there.

    An empty folder may. Returns what `write` does. Raises ExchangeError with one sentence.
    """

    def make() -> Done:
        target = path.resolve()
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise ExchangeError(f"{path} is there already: name a folder that is not, or is empty")
        beside = _beside(target)
        try:
            done = write(beside)
            for file in sorted(beside.rglob("*")):
                if file.is_file():
                    _synced(file)
            beside.replace(target)
        except BaseException:
            shutil.rmtree(beside, ignore_errors=True)
            raise
        _sync_folder(target.parent)
        return done

    return _said(path, make)


def read_text(path: Path) -> str:
    """The text of a file that is UTF-8, without byte-order mark, line ends as they are.

    Raises ExchangeError, with one sentence, if it is none, or larger than LARGEST.
    """
    data = read_bytes(path)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ExchangeError(f"{path}: not UTF-8 at byte {error.start}; export it again") from error


def read_bytes(path: Path, limit: int | None = None) -> bytes:
    """The bytes of a file, of a longer one the first `limit`; raises ExchangeError."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            if limit is None and size > LARGEST:
                raise ExchangeError(
                    f"{path} has {size:,} bytes and no more than {LARGEST:,} are imported: export "
                    "it in parts"
                )
            return file.read() if limit is None else file.read(limit)
    except OSError as error:
        raise ExchangeError(f"{path}: {(error.strerror or str(error)).lower()}") from error


def _target(path: Path) -> Path:
    target = path.resolve()
    if target.is_dir():
        raise ExchangeError(f"{path} is a folder: name a file to write to")
    return target


def _beside(target: Path) -> Path:
    return target.with_name(f".{target.name[:100]}.{new_id()}")


def _said(path: Path, write: Callable[[], Done]) -> Done:
    """Do it; what goes wrong is one sentence."""
    try:
        return write()
    except UnicodeEncodeError as error:
        raise ExchangeError(f"{path} was not written: no UTF-8 at {error.start}") from error
    except FileNotFoundError as error:
        raise ExchangeError(f"{path} was not written: there is no folder {path.parent}") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        reason = error.strerror if isinstance(error, OSError) else None
        raise ExchangeError(f"{path} was not written: {(reason or str(error)).lower()}") from error


def _replace(target: Path, data: Iterable[bytes]) -> None:
    beside = _beside(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(beside, flags, 0o666)  # less the umask, as for any new file
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.writelines(data)
            file.flush()
            with suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
    _sync_folder(target.parent)


def _synced(file: Path) -> None:
    """Bring the bytes of a file to the disk."""
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where folders can be synced at all."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
