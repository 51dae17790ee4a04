"""Zip archives of other programs, read in memory and in bounds."""

from __future__ import annotations

import stat
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, ZipFile, ZipInfo, is_zipfile

from tui.exchange.files import LARGEST, ExchangeError

RATIO = 200  # how many times its packed size a member may have
_SMALL = 10_000_000  # bytes up to which the ratio does not matter
_MEMBERS = 100_000


def is_archive(path: Path) -> bool:
    """Whether a file is a zip archive, whatever its name."""
    return path.is_file() and is_zipfile(path)


def members(path: Path, suffix: str) -> Iterator[tuple[str, bytes]]:
    """The files of an archive whose names end so, each with its bytes; nothing is unpacked.

    Raises ExchangeError, with one sentence, if it is broken, too large, or holds links, encrypted
    files or paths that lead out of it.
    """
    try:
        with ZipFile(path) as archive:
            given = archive.infolist()
            _check(path, given)
            for info in given:
                if info.filename.lower().endswith(suffix) and not info.is_dir():
                    yield info.filename, archive.read(info)
    except (BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise ExchangeError(f"{path} is no whole zip archive: {error}") from error
    except Exception as error:
        if type(error).__module__ == "zlib":
            raise ExchangeError(f"{path} is no whole zip archive: {error}") from error
        raise


def _check(path: Path, given: list[ZipInfo]) -> None:
    if len(given) > _MEMBERS or sum(info.file_size for info in given) > LARGEST:
        raise ExchangeError(f"{path} holds more than {LARGEST:,} bytes: import it in parts")
    for info in given:
        place = PurePosixPath(info.filename.replace("\\", "/"))
        if place.is_absolute() or ".." in place.parts or ":" in place.parts[:1]:
            raise ExchangeError(f"{path} holds a path that leads out of it: {info.filename!r}")
        if stat.S_ISLNK(info.external_attr >> 16):
            raise ExchangeError(
                f"{path} holds a link: {info.filename!r}; pack the files themselves"
            )
        if info.flag_bits & 1:
            raise ExchangeError(f"{path} is encrypted: unpack it first")
        if info.file_size > max(_SMALL, RATIO * info.compress_size):
            raise ExchangeError(f"{path} holds more than it can: {info.filename!r} is a zip bomb")
