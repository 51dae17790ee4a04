"""Saved searches and filters on the disk: `saved.toml` in the analyst's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from tui.model.saved import KINDS, Saved, saved_name
from tui.store.durable import sentence
from tui.store.inside import read_inside, write_inside
from tui.store.protocol import StoreError

FILE = "saved.toml"
_TABLES = "saved"
_NO_LIST = f"`{_TABLES}` is no list of [[{_TABLES}]]"


def load_saved(annotations: Path, folder: str) -> tuple[tuple[Saved, ...], tuple[str, ...]]:
    """What the analyst saved, by name, and sentences about what was passed over of it.

    Raises StoreError if the file cannot be read.
    """
    path = annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
        if found is None:
            return (), ()
        import tomllib  # a first start has none

        data = tomllib.loads(found[0].decode("utf-8-sig"))
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    except ValueError as error:
        raise StoreError(_unreadable(path, _first_line(error))) from error
    entries = data.get(_TABLES, [])
    if not isinstance(entries, list):
        raise StoreError(_unreadable(path, _NO_LIST))
    saved: dict[str, Saved] = {}
    troubles: list[str] = []
    for number, entry in enumerate(cast("list[Any]", entries), start=1):
        try:
            one = _saved(entry)
        except ValueError as error:
            troubles.append(f"{path}: entry {number} is passed over: {error}; correct it")
        else:
            saved.setdefault(one.name, one)
    return tuple(saved[name] for name in sorted(saved)), tuple(troubles)


def write_saved(annotations: Path, folder: str, name: str, saved: Saved | None) -> None:
    """Put what is saved under a name into the analyst's file, or (None) take it out.

    Everything else in the file stays, comments too. Raises StoreError if it cannot be written, or
    is there and unreadable: it is not overwritten.
    """
    import tomlkit
    from tomlkit.exceptions import TOMLKitError
    from tomlkit.items import AoT

    path = annotations / folder / FILE
    try:
        found = read_inside(annotations, path)
        document = tomlkit.parse(found[0].decode("utf-8-sig")) if found else tomlkit.document()
        there = cast("dict[str, Any]", document).get(_TABLES, tomlkit.aot())
        if not isinstance(there, AoT):
            raise ValueError(_NO_LIST)
    except OSError as error:
        raise StoreError(sentence("read", path, error)) from error
    except (TOMLKitError, ValueError) as error:
        raise StoreError(_unreadable(path, _first_line(error))) from error
    tables = cast("list[Any]", there)
    table = next((each for each in tables if _named(each) == name), None)
    if saved is None:
        if table is not None:
            tables.remove(table)
    else:
        if table is None:
            table = tomlkit.table()
            table["name"] = name
            tables.append(table)
        table["kind"], table["words"] = saved.kind, saved.words
    document[_TABLES] = there
    write_inside(annotations, path, tomlkit.dumps(document).encode())


def _saved(entry: Any) -> Saved:
    """What a TOML table says; raises ValueError with what is wrong in it."""
    if not isinstance(entry, dict):
        raise ValueError(f"it is no [[{_TABLES}]] table")
    given = cast("dict[str, Any]", entry)
    name, words, kind = given.get("name"), given.get("words"), given.get("kind", KINDS[0])
    if not isinstance(name, str) or not isinstance(words, str) or not words.strip():
        raise ValueError("it needs a name and words, both texts")
    if kind not in KINDS:
        raise ValueError(f"{name}: kind is one of {', '.join(KINDS)}")
    return Saved(saved_name(name), " ".join(words.split()), kind)


def _named(table: Any) -> str:
    name = table.get("name")
    return name.casefold() if isinstance(name, str) else ""


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


def _unreadable(path: Path, why: str) -> str:
    return f"{path} cannot be read: {why}; correct it or move it away"
