"""Write a file or a folder whole or not at all, and read what somebody else wrote, in bounds."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import Any, BinaryIO, cast

from tui.model.ids import new_id
from tui.model.sentences import SentenceError
from tui.model.steps import mapped, through

LARGEST = 2_000_000_000  # bytes of a file that is imported
_ROOM = 1_000_000  # bytes that are free on a disk that is not full


class ExchangeError(SentenceError):
    """What could not be exported or imported, and why, in one sentence."""


def write_whole(path: Path, pieces: Iterable[str]) -> None:
    """Write text as UTF-8, line ends as they are, in one step; piece by piece, as they come.

    Raises ExchangeError, with one sentence, and leaves nothing behind, if that cannot be.
    """
    through(writing(path, pieces))


def writing(path: Path, pieces: Iterable[str]) -> Generator[object, None, Any]:
    """The same, step by step, a piece each; returns what `pieces` does, if it is a generator.

    It is written to a temporary file beside `path`, brought to the disk and put in its place: the
    old file or the new one is there, never a part, also if it is closed before the last step. A
    symbolic link stays one. A device or a pipe is written to as it is.
    """
    with _saying(path):
        target = _target(path)
        if target.exists() and not target.is_file():
            with target.open("wb") as file:
                return (yield from _put(file, pieces))
        return (yield from _replaced(target, pieces))


def placing(
    path: Path, write: Callable[[Path], Iterable[str]], *, folder: bool = False
) -> Generator[object, None, tuple[str, ...]]:
    """Have `write` make a new file, or folder, beside `path`, then give it its name, whole.

    Where a folder is to be there may be none yet, or an empty one. A step is what `write` yields;
    returns the sentences among that. Closed before the last step, or with ExchangeError and one
    sentence, it leaves nothing behind.
    """
    with _saying(path):
        target = _target_folder(path) if folder else _target(path)
        beside = _beside(target)
        said: list[str] = []
        steps: Iterable[str] = ()
        try:
            steps = write(beside)
            for sentence in steps:
                said += [sentence] if sentence else []
                yield
            for file in _files_of(beside):
                _synced(file)
                yield
            beside.replace(target)
        except BaseException:
            _give_up(steps)
            _remove(beside)
            raise
        _sync_folder(target.parent)
        return tuple(said)


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


def _target_folder(path: Path) -> Path:
    target = path.resolve()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise ExchangeError(f"{path} is there already: name a folder that is not, or is empty")
    return target


@contextmanager
def _saying(path: Path) -> Generator[None]:
    """What goes wrong inside is one sentence."""
    try:
        yield
    except UnicodeEncodeError as error:
        raise ExchangeError(f"{path} was not written: no UTF-8 at {error.start}") from error
    except FileNotFoundError as error:
        raise ExchangeError(f"{path} was not written: there is no folder {path.parent}") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        reason = error.strerror if isinstance(error, OSError) else None
        where = _full_instead(path, error)
        raise ExchangeError(
            f"{path} was not written: {(reason or str(error)).lower()}{where}"
        ) from error


def _full_instead(path: Path, error: Exception) -> str:
    """The folder that is full, where it is not that of the file, and the mend."""
    if not isinstance(error, OSError) or error.errno != errno.ENOSPC:
        return ""
    aside = gettempdir()
    room = [shutil.disk_usage(folder).free for folder in (aside, path.resolve().parent)]
    if room[0] >= _ROOM or room[1] < _ROOM:
        return ""
    return f" in {aside}, where it is put together: name another folder in TMPDIR"


def _put(file: BinaryIO, pieces: Iterable[str]) -> Generator[object, None, Any]:
    """Write piece by piece; returns what `pieces` does."""

    def coming() -> Generator[str, None, Any]:
        return (yield from cast("Generator[str, None, Any]", pieces))

    return mapped(coming(), lambda piece: file.write(piece.encode("utf-8")))


def _replaced(target: Path, pieces: Iterable[str]) -> Generator[object, None, Any]:
    beside = _beside(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(beside, flags, 0o666)  # less the umask, as for any new file
    try:
        with os.fdopen(descriptor, "wb") as file:
            done = yield from _put(file, pieces)
            file.flush()
            with suppress(FileNotFoundError):
                beside.chmod(stat.S_IMODE(target.stat().st_mode))
            os.fsync(file.fileno())
        beside.replace(target)
    except BaseException:
        _remove(beside)
        raise
    _sync_folder(target.parent)
    return done


def _give_up(steps: Iterable[str]) -> None:
    """Have a writer that is not to go on close what it has open."""
    if isinstance(steps, Generator):
        with suppress(Exception):  # what went wrong before is what is to be said
            steps.close()


def _remove(beside: Path) -> None:
    if beside.is_dir():
        shutil.rmtree(beside, ignore_errors=True)
    else:
        with suppress(OSError):
            beside.unlink()


def _files_of(place: Path) -> Iterator[Path]:
    """The file, or the files in the folder and below."""
    if not place.is_dir():
        yield place
    for folder, _, names in os.walk(place):
        for name in names:
            yield Path(folder, name)


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
