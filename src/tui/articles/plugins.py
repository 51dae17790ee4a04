"""Readers of a user's own: entry points of the group `pressmark.readers`.

An entry point names a module that has `read(document)` as our readers do, `SUFFIXES` and, if it
wants, `VERSION` (a string) and `MANY`. They are looked up only for names that no reader of ours
knows, and run in the child process like all others.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import PurePath

from tui.articles.formats import FORMATS, Format

GROUP = "pressmark.readers"


@functools.cache
def plugins() -> Mapping[str, Format]:
    """The readers that are installed, by name; one that does not load is left out."""
    from importlib.metadata import entry_points

    found: dict[str, Format] = {}
    for entry in entry_points(group=GROUP):
        try:
            module = entry.load()
            suffixes = tuple(str(suffix).lower() for suffix in module.SUFFIXES)
        except Exception:
            continue
        version = str(getattr(module, "VERSION", "1"))
        many = bool(getattr(module, "MANY", False))
        found[entry.name] = Format(entry.name, module.__name__, suffixes, version, many=many)
    return found


def plugin_for(path: str) -> Format | None:
    """The plug-in for a file of this name, or None."""
    suffix = PurePath(path).suffix.lower()
    return next((each for each in plugins().values() if suffix in each.suffixes), None)


def format_named(name: str) -> Format:
    """The format of this name, ours first. Raises KeyError if there is none."""
    return FORMATS[name] if name in FORMATS else plugins()[name]
