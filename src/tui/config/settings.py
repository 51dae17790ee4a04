"""What a workspace's `pressmark.toml` says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace

from tui.config.places import SETTINGS
from tui.desk.events import DeskError
from tui.model.settings import FIELD_TYPES, JSON_FIELDS, FieldSpec, Limits, Settings

_FIELD_NAME = r"[^\W\d]\w*(?:-\w+)*"
_KEYS = ("name", "timezone", "fields", "json", "reading")
_FIELD_KEYS = ("type", "values", "label")
_READING_KEYS = ("largest", "seconds", "longest", "memory", "follow_links")
_MOST_SECONDS = 24 * 60 * 60
_SIZE = r"(?i)([1-9]\d{0,14}) ?(kB|MB|GB)?"
_UNITS = {"": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


def load_settings(root: Path) -> Settings:
    """What the workspace's `pressmark.toml` says; the defaults if there is none.

    Raises DeskError (code 2), naming the file and the place, if it cannot be understood.
    """
    path = root / SETTINGS
    data = read_toml(path)
    _check_keys(data, _KEYS, path)
    name, zone = text_in(data, "name", path), text_in(data, "timezone", path)
    if zone:
        _check_zone(zone, path)
    fields = data.get("fields", {})
    if not isinstance(fields, dict):
        raise DeskError(f"{path}: fields is no table; write [fields.NAME]")
    specs = tuple(_field(n, s, path) for n, s in cast("dict[str, Any]", fields).items())
    return _reading(data, path, Settings(name, zone, specs, _json_fields(data, path)))


def _check_keys(table: dict[str, Any], known: Sequence[str], path: Path, place: str = "") -> None:
    """Raises DeskError for a key that means nothing: a misspelt one would be silently without."""
    unknown = next((key for key in table if key not in known), None)
    if unknown is not None:
        raise DeskError(f"{path}: {place}no key {unknown!r}; there are {', '.join(known)}")


def _json_fields(data: dict[str, Any], path: Path) -> dict[str, str]:
    """`[json]`: for fields of an article the keys that hold them in dumps, dots leading inward."""
    table: Any = data.get("json", {})
    if not _is_table(table):
        raise DeskError(f'{path}: json is no table; write [json] and below it title = "headline"')
    found = cast("dict[str, Any]", table)
    for name, key in found.items():
        if name not in JSON_FIELDS:
            there = ", ".join(JSON_FIELDS)
            raise DeskError(f"{path}: [json]: no field {name!r}; there are {there}")
        if not isinstance(key, str) or not key.strip():
            raise DeskError(f'{path}: [json]: {name} is no key; write {name} = "a.key.of.the.dump"')
    return {name: key.strip() for name, key in found.items()}


def _reading(data: dict[str, Any], path: Path, settings: Settings) -> Settings:
    """`[reading]`: what a file, and the reading of it, may cost; whether links are followed."""
    if "reading" not in data:
        return settings
    if not _is_table(data["reading"]):
        raise DeskError(f"{path}: reading is no table; write [reading] and below it seconds = 10")
    table = cast("dict[str, Any]", data["reading"])
    _check_keys(table, _READING_KEYS, path, "[reading]: ")
    plain = settings.limits
    limits = Limits(
        _seconds(table, "seconds", plain.seconds, path),
        _seconds(table, "longest", plain.longest, path),
        _size(table, "memory", plain.memory, path),
    )
    follow: Any = table.get("follow_links", False)
    if not isinstance(follow, bool):
        raise DeskError(f"{path}: [reading] follow_links is true or false")
    largest = _size(table, "largest", settings.largest, path)
    return replace(settings, largest=largest, limits=limits, follow_links=follow)


def _size(table: dict[str, Any], key: str, without: int, path: Path) -> int:
    """Bytes: a number with MB or GB behind it, or of bytes."""
    given: Any = table.get(key, without)
    plain = isinstance(given, (int, str)) and not isinstance(given, bool)
    found = re.fullmatch(_SIZE, str(given)) if plain else None
    if found is None:
        raise DeskError(f'{path}: [reading] {key} is no size; write one such as "200 MB"')
    return int(found[1]) * _UNITS[(found[2] or "").upper()]


def _seconds(table: dict[str, Any], key: str, without: int, path: Path) -> int:
    given: Any = table.get(key, without)
    if isinstance(given, bool) or not isinstance(given, int) or not 0 < given <= _MOST_SECONDS:
        raise DeskError(f"{path}: [reading] {key} is no number of seconds; write one such as 20")
    return given


def _is_table(value: Any) -> bool:
    return isinstance(value, dict)


def read_toml(path: Path) -> dict[str, Any]:
    """The contents of a TOML file; empty if there is none. Raises DeskError with the place."""
    if not path.exists():
        return {}
    if not path.is_file():
        raise DeskError(f"{path} is no file: mend it or move it away")
    import tomllib

    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise DeskError(f"{path}: {(error.strerror or str(error)).lower()}") from error
    except ValueError as error:  # no TOML, or no UTF-8
        raise DeskError(f"{path} cannot be read: {error}; correct it") from error


def text_in(data: dict[str, Any], key: str, path: Path) -> str:
    """The text under a key, empty if there is none; DeskError if it is something else."""
    value = data.get(key, "")
    if not isinstance(value, str):
        raise DeskError(f'{path}: {key} is no text; write {key} = "..."')
    return value.strip()


def _check_zone(zone: str, path: Path) -> None:
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(zone)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfoNotFoundError is a KeyError
        raise DeskError(
            f'{path}: no timezone {zone!r}; write one such as "Asia/Seoul" or "Europe/London"'
        ) from error


def _field(name: str, given: Any, path: Path) -> FieldSpec:
    """One of the workspace's own claim fields: `name = "number"`, or a table with `type`."""
    where = f"{path}: [fields.{name}]"
    if not re.fullmatch(_FIELD_NAME, name):
        raise DeskError(f"{where}: a field's name is letters, digits, _ and -, a letter first")
    table: dict[str, Any] = {"type": given} if isinstance(given, str) else given
    if not isinstance(cast(Any, table), dict):
        raise DeskError(f'{where}: write {name} = "text", or a table with type and values')
    unknown = [key for key in table if key not in _FIELD_KEYS]
    if unknown:
        raise DeskError(f"{where}: no key {unknown[0]!r}; there are {', '.join(_FIELD_KEYS)}")
    kind, label, values = table.get("type", "text"), table.get("label", ""), table.get("values", [])
    if kind not in FIELD_TYPES:
        raise DeskError(f"{where}: no type {kind!r}; there are {', '.join(FIELD_TYPES)}")
    texts = cast("list[Any]", values) if isinstance(values, list) else [None]
    if not isinstance(label, str) or not all(isinstance(v, str) and v for v in texts):
        raise DeskError(f'{where}: label is a text, values a list of texts such as ["a", "b"]')
    if (kind == "choice") != bool(texts):
        raise DeskError(f"{where}: values go with type choice, and a choice needs values")
    return FieldSpec(name, kind, tuple(dict.fromkeys(cast("list[str]", texts))), label)
