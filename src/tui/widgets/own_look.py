"""The analyst's own theme, from `theme.toml` in the folder of the user's settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from msgspec.structs import replace
from rich.color import Color, ColorParseError

from tui.widgets.looks import DEFAULT_THEME, LOOKS, Look, TagLook

_COLOURS = ("background", "foreground", "dim", "accent", "warning", "error", "soft")


class LookError(ValueError):
    """A theme file that cannot be used; the text is one sentence: file, place, mend."""


def read_look(path: Path) -> Look | None:
    """The look of a theme file, on the `base` it names; None if there is no such file.

    Raises LookError, with a sentence, if it cannot be used.
    """
    if not path.exists():
        return None
    import tomllib  # few have colours of their own

    try:
        data = tomllib.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise LookError(f"{path}: cannot be read ({error}); the usual colours hold") from error
    base = LOOKS.get(str(data.get("base", DEFAULT_THEME)))
    if base is None:
        raise LookError(f"{path}: base is none of {', '.join(LOOKS)}")
    colours = _table(data, "colours", path)
    unknown = [key for key in colours if key not in (*_COLOURS, "selected", "dark")]
    if unknown:
        known = ", ".join(
            name for name in Look.__struct_fields__ if name in (*_COLOURS, "selected", "dark")
        )
        raise LookError(f"{path}: colours.{unknown[0]} is unknown; there are {known}")
    changed: dict[str, Any] = {k: _colour(v, f"colours.{k}", path) for k, v in colours.items()
                               if k in _COLOURS}  # fmt: skip
    if "selected" in colours:
        background, text = _colours(colours["selected"], 2, "colours.selected", path)
        changed["selected"] = (background, text)
    if isinstance(colours.get("dark"), bool):
        changed["dark"] = colours["dark"]
    tags = dict(base.tags)
    for name, value in _table(data, "tags", path).items():
        tags[name] = TagLook(*_colours(value, 3, f"tags.{name}", path))
    name = str(data.get("name", "own"))
    if name in LOOKS:
        raise LookError(f"{path}: name is that of a theme there is; choose another one")
    return replace(base, name=name, tags=tags, _styles={}, **changed)


def _table(data: dict[str, Any], key: str, path: Path) -> dict[str, Any]:
    value = data.get(key, {})
    if not isinstance(value, dict):
        raise LookError(f"{path}: [{key}] is no table")
    return cast("dict[str, Any]", value)


def _colours(value: Any, count: int, place: str, path: Path) -> list[str]:
    given = cast("list[Any]", value) if isinstance(value, list) else []
    if len(given) != count:
        raise LookError(f"{path}: {place} takes a list of {count} colours")
    return [_colour(item, place, path) for item in given]


def _colour(value: Any, place: str, path: Path) -> str:
    try:
        Color.parse(str(value))
    except ColorParseError as error:
        raise LookError(f"{path}: {place}: {value!r} is no colour; write #rrggbb") from error
    return str(value)
