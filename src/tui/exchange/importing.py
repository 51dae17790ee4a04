"""What a file or a folder brings: the format that it is in, and what stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, cast

from tui.exchange.files import ExchangeError, read_bytes, read_text
from tui.exchange.formats import FORMATS, answered_for, by_ending, format_of, get_format
from tui.exchange.incoming import Incoming

HEAD = 65_536  # bytes of a file that are looked at to tell its format


class Reader(Protocol):
    """A format that is read from text."""

    def read(self, text: str, name: str) -> Incoming:
        """What is in the text of the file `name`."""
        ...


class FileReader(Protocol):
    """A format that is read from a file that is no text, or from a folder."""

    def read_path(self, path: Path) -> Incoming:
        """What is in the file or folder. Raises ExchangeError with a sentence."""
        ...


def recognised(path: Path, head: bytes) -> str:
    """The format that a file is to be read in, by its first bytes and its name; empty if unknown.

    What stands in it goes before its name: several formats are JSON. Of several that it could be,
    the first of the table is it; what asks for the most stands first there. A plug-in is asked for
    a name that is none of ours.
    """
    readable = [about for about in FORMATS.values() if about.reads]
    told = (a.name for a in readable if a.marks and all(mark in head for mark in a.marks))
    name = path.name.lower()
    named = (a.name for a in readable if a.suffixes and name.endswith(a.suffixes) and not a.marks)
    found = next(told, None) or next(named, "")
    if found or by_ending(path, FORMATS.values()):
        return found
    from tui.exchange import plugins

    return by_ending(path, (about for about in plugins.all_about() if about.reads))


def folder_of(path: Path) -> str:
    """The format that a folder is to be read in, by what it holds.

    Raises ExchangeError, with one sentence, if it is none.
    """
    from tui.exchange.folders import files_in

    for about in FORMATS.values():
        if about.holds and about.reads and files_in(path, about.holds):
            return about.name
    names = [about.name for about in FORMATS.values() if about.holds and about.reads]
    raise ExchangeError(f"{path} is a folder of no format that is read: {', '.join(names)}")


def read_in(path: Path, name: str = "") -> Incoming:
    """What a file or folder brings; its format is told by what is in it, if none is named.

    Raises ExchangeError, with one sentence, if it cannot be read or is of no format that can.
    """
    if not name:
        name = folder_of(path) if path.is_dir() else recognised(path, read_bytes(path, HEAD))
        name = name or format_of(path)  # to say that it can only be written
    name = name or "jsonl"
    module = get_format(name)
    with answered_for(name):
        if hasattr(module, "read_path"):
            return cast(FileReader, module).read_path(path)
        if hasattr(module, "read"):
            return cast(Reader, module).read(read_text(path), str(path))
    readable = [about.name for about in FORMATS.values() if about.reads]
    raise ExchangeError(f"{path}: {name} can only be written; import reads {', '.join(readable)}")
