"""Write a file whole or not at all."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from tui.model.ids import new_id


class ExportError(Exception):
    """What could not be exported, and why, in one sentence."""


def write_whole(path: Path, text: str) -> None:
    """Write a text as UTF-8, line ends as they are, in one step.

    It is written to a temporary file beside `path`, brought to the disk and put in its place: the
    old file or the new one is there, never a part. A symbolic link stays one. A device or a pipe
    is written to as it is.

    Raises ExportError, with one sentence, and leaves nothing behind, if that cannot be.
    """
    try:
        data = text.encode("utf-8")
        target = path.resolve()
        if target.is_dir():
            raise ExportError(f"{path} is a folder: name a file to write to")
        if target.exists() and not target.is_file():
            target.write_bytes(data)
        else:
            _replace(target, data)
    except UnicodeEncodeError as error:
        raise ExportError(f"{path} was not written: no UTF-8 at {error.start}") from error
    except FileNotFoundError as error:
        raise ExportError(f"{path} was not written: there is no folder {path.parent}") from error
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links
        reason = error.strerror if isinstance(error, OSError) else None
        raise ExportError(f"{path} was not written: {(reason or str(error)).lower()}") from error


def _replace(target: Path, data: bytes) -> None:
    beside = target.with_name(f".{target.name[:100]}.{new_id()}")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(beside, flags, 0o666)  # less the umask, as for any new file
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
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


def _sync_folder(folder: Path) -> None:
    """Bring the new name to the disk, where folders can be synced at all."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
