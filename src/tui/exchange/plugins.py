"""Formats of a user's own: entry points of the group `pressmark.formats`.

An entry point names an object, mostly a module, that has what a format of ours has: `export` or
`write`, `read` or `read_path`. If it wants, `SUMMARY`, `SUFFIXES`, `UNIT` and `LOST` say of it what
`About` says of ours, and `FOLDER` that `write` makes a folder of files. Plug-ins are loaded only
for names and files that none of ours serves.
"""

from __future__ import annotations

import sys
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import lru_cache
from importlib.metadata import EntryPoint, entry_points
from typing import cast

from tui.exchange.about import About
from tui.exchange.files import ExchangeError
from tui.model.sentences import SentenceError

GROUP = "pressmark.formats"


def names() -> tuple[str, ...]:
    """Those that are installed, each once; nothing is loaded."""
    return tuple(dict.fromkeys(entry.name for entry in _entries(tuple(sys.path))))


def named(name: str) -> object | None:
    """The plug-in of this name, None if there is none.

    Raises ExchangeError, with one sentence, if it does not load.
    """
    found = next((each for each in _entries(tuple(sys.path)) if each.name == name), None)
    return None if found is None else _loaded(found)


def about(name: str) -> About | None:
    """What the plug-in of this name says of itself, None if there is none.

    Raises ExchangeError, with one sentence, if it does not load.
    """
    plugin = named(name)
    if plugin is None:
        return None
    with answered_for(name):
        return _about(name, plugin)


def all_about() -> Iterator[About]:
    """What each of them says of itself; of one that does not load, why, as its summary."""
    for name in names():
        try:
            found = about(name)
        except ExchangeError as error:
            found = About(name, "", str(error), reads=True)  # so that whoever asks for it is told
        if found is not None:
            yield found


@contextmanager
def answered_for(name: str) -> Generator[None]:
    """Whatever a plug-in raises as an ExchangeError, with one sentence."""
    try:
        yield
    except SentenceError:  # also of the desk, whose articles a plug-in goes through
        raise
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
        raise ExchangeError(f"the format {name!r}, a plug-in, fails: {said}") from error


@lru_cache(maxsize=1)  # each package that is installed is looked into for it
def _entries(_path: tuple[str, ...]) -> tuple[EntryPoint, ...]:
    return tuple(entry_points(group=GROUP))


def _loaded(entry: EntryPoint) -> object:
    try:
        return cast(object, entry.load())
    except Exception as error:  # a plug-in may raise anything
        raise ExchangeError(f"the format {entry.name!r} of {entry.value} fails: {error}") from error


def _about(name: str, plugin: object) -> About:
    text = hasattr(plugin, "export")
    given = cast("tuple[object, ...] | str | None", getattr(plugin, "SUFFIXES", ()))
    suffixes = (given,) if isinstance(given, str) else given or ()
    return About(
        name,
        str(getattr(plugin, "__name__", "")),
        str(getattr(plugin, "SUMMARY", "")),
        tuple(str(suffix).lower() for suffix in suffixes),
        reads=hasattr(plugin, "read") or hasattr(plugin, "read_path"),
        writes=text or hasattr(plugin, "write"),
        unit=str(getattr(plugin, "UNIT", "")),
        lost=str(getattr(plugin, "LOST", "")),
        place="text" if text else "folder" if getattr(plugin, "FOLDER", False) else "file",
    )
