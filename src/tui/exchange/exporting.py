"""A bundle written in a format: a text piece by piece, a file or a folder step by step."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from pathlib import Path
from typing import Any, Protocol, cast

from tui.exchange.bundles import Bundle
from tui.exchange.files import ExchangeError, placing, writing
from tui.exchange.formats import FORMATS, about_format, answered_for, get_format
from tui.model.steps import through


class Writer(Protocol):
    """A format that is written as text."""

    def export(self, bundle: Bundle, **options: bool) -> str | Iterable[str]:
        """The bundle, whole or in pieces; options that the format does not know are left alone.

        Pieces that come as they are asked for let large bundles go out in little memory, and keys
        be answered meanwhile; an empty one is a pause. A generator may return what it left out, in
        sentences.
        """
        ...


class FileWriter(Protocol):
    """A format that is written as a file that is no text, or as a folder of files."""

    def write(self, bundle: Bundle, path: Path, **options: bool) -> Iterable[str]:
        """Write the bundle to a path that is not there yet.

        Yields what could not be kept, in sentences; an empty one is a pause, best one an article.
        """
        ...


def is_text(name: str) -> bool:
    """Whether a format is written as text, which can go into a pipe."""
    return FORMATS[name].place == "text" if name in FORMATS else hasattr(get_format(name), "export")


def export_pieces(
    bundle: Bundle, name: str, **options: bool
) -> Generator[str, None, tuple[str, ...]]:
    """The bundle in a format that is text, piece by piece; returns what could not be kept.

    Raises ExchangeError, with one sentence, if there is no such format, it is no text, or it
    cannot hold the bundle.
    """
    module = get_format(name)
    if not hasattr(module, "export"):
        raise ExchangeError(f"{name} is no text: name a file with --output")
    with answered_for(name):
        found = cast(Writer, module).export(bundle, **options)
        if isinstance(found, str):
            yield found
            return ()
        said: Iterable[str] | None = yield from cast("Generator[str, None, Any]", found)
        return tuple(said or ())


def export_text(bundle: Bundle, name: str, **options: bool) -> str:
    """The same in one."""
    return "".join(export_pieces(bundle, name, **options))


def writing_out(
    bundle: Bundle, name: str, path: Path, **options: bool
) -> Generator[object, None, tuple[str, ...]]:
    """Write the bundle in a format, as a file or a folder, whole or not at all, step by step.

    Closed before its last step it leaves nothing behind. Returns what could not be kept, in
    sentences. Raises ExchangeError, with one sentence, if there is no such format, it cannot hold
    the bundle, or the path cannot be written.
    """
    module = get_format(name)
    if hasattr(module, "export"):
        return (yield from writing(path, export_pieces(bundle, name, **options)))
    if not hasattr(module, "write"):
        raise ExchangeError(f"{name} can only be read: {', '.join(FORMATS)} can be written")

    def write(place: Path) -> Iterable[str]:
        with answered_for(name):
            found = cast(FileWriter, module).write(bundle, place, **options)
            said: Iterable[str] | None = yield from cast("Generator[str, None, Any]", found or ())
            yield from said or ()

    folder = about_format(name).place == "folder"
    return (yield from placing(path, write, folder=folder))


def write_out(bundle: Bundle, name: str, path: Path, **options: bool) -> tuple[str, ...]:
    """The same in one."""
    return through(writing_out(bundle, name, path, **options))
