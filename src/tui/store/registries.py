"""The source registry on the disk: `sources.json` in each analyst's folder, one source a line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

from tui.model.codec import MisshapenError, from_json, to_json
from tui.model.sources import Registry, Source, folded, union
from tui.store.durable import sentence
from tui.store.inside import read_inside, write_inside
from tui.store.lines import canonical
from tui.store.places import analysts
from tui.store.protocol import StoreError

FILE = "sources.json"
_VERSION = 1


def load_sources(annotations: Path, folder: str) -> tuple[Registry, tuple[str, ...]]:
    """All analysts' sources, those of `folder` first, and sentences about what was passed over."""
    troubles: list[str] = []
    others = [name for name in analysts(annotations, troubles) if name != folder]
    found = [_read(annotations, name, troubles)[0] for name in (folder, *others)]
    return union(found), tuple(troubles)


def own_sources(annotations: Path, folder: str) -> Registry:
    """The sources in one analyst's own file; what is not readable in it is passed over."""
    return _read(annotations, folder, [])[0]


def save_source(annotations: Path, folder: str, source: Source) -> None:
    """Add a source to the analyst's own file, or replace the one of that name there.

    All others in it stay. Raises StoreError like `save_sources`.
    """
    _write(annotations, folder, None, source)


def save_sources(annotations: Path, folder: str, registry: Registry) -> None:
    """Write the analyst's own file. What it holds and this version does not understand stays.

    Raises StoreError if it cannot be written, or is there and unreadable: it is not overwritten.
    """
    _write(annotations, folder, registry)


def _write(
    annotations: Path, folder: str, registry: Registry | None, source: Source | None = None
) -> None:
    """Write the registry (None: the one in the file), with a source put into it.

    The file is read once: what could not be read at first and then could would be overwritten.
    """
    troubles: list[str] = []
    path = annotations / folder / FILE
    found, kept, more = _read(annotations, folder, troubles)
    if kept is None:
        raise StoreError(f"{path} was not written, since it cannot be read; {troubles[0]}")
    registry = found if registry is None else registry
    registry = registry if source is None else registry.with_source(source)
    head = canonical({**more, "v": max(_VERSION, cast(int, more.get("v", _VERSION)))})
    try:
        lines = [canonical(to_json(source)) for source in registry.sources]
    except ValueError as error:
        raise StoreError(f"{path} was not written: {error}") from error
    lines += [canonical(entry) for entry in kept]
    body = b"\n,".join(lines) + b"\n" if lines else b""
    # The sources last, one a line, so that one more source is one more line in a diff.
    write_inside(annotations, path, head[:-1] + b',"sources":[\n' + body + b"]}\n")


def _read(
    annotations: Path, folder: str, troubles: list[str]
) -> tuple[Registry, list[dict[str, Any]] | None, dict[str, Any]]:
    """The registry, entries that are no source to us, other fields; None for an unreadable file."""
    path = annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
        if found is None:
            return Registry(), [], {}
        data = json.loads(found[0].decode())
        entries = cast("list[Any]", data["sources"])
        if not isinstance(data.get("v", _VERSION), int):
            raise TypeError("v is no number")
        entries = [*entries]
    except OSError as error:
        troubles.append(sentence("read", path, error))
        return Registry(), None, {}
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        troubles.append(f"{path} is passed over: {error}; correct it or move it away")
        return Registry(), None, {}
    more = {k: v for k, v in cast("dict[str, Any]", data).items() if k != "sources"}
    sources: dict[str, Source] = {}
    kept: list[dict[str, Any]] = []
    for number, entry in enumerate(entries, start=1):
        try:
            source = from_json(Source, entry)
            if sources.setdefault(folded(source.name), source) != source:
                kept.append(entry)  # of two with one name the first one counts
        except MisshapenError as error:
            troubles.append(f"{path}: source {number} is passed over: {error}; correct that line")
            kept.append(entry)
    return Registry(tuple(sources.values())), kept, more
