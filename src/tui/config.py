"""Where things lie, what a workspace's settings say, who works, and what a session leaves behind.

Folders are those of the platform (`platformdirs`); on Linux `$XDG_CONFIG_HOME`, `$XDG_STATE_HOME`
and `$XDG_CACHE_HOME` move them.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from msgspec import Struct, field
from msgspec.structs import replace

from tui.desk.events import DeskError
from tui.model.ids import new_id, sha256
from tui.model.settings import FIELD_TYPES, JSON_FIELDS, FieldSpec, Limits, Settings

SETTINGS = "pressmark.toml"
ANNOTATIONS = "annotations"
USER_CONFIG = "config.toml"
ANALYST = "PRESSMARK_ANALYST"
_FIELD_NAME = r"[^\W\d]\w*(?:-\w+)*"
_KEYS = ("name", "timezone", "fields", "json", "reading")
_FIELD_KEYS = ("type", "values", "label")
_READING_KEYS = ("largest", "seconds", "longest", "memory", "follow_links")
_MOST_SECONDS = 24 * 60 * 60
_LONGEST_NAME = 80
_SIZE = r"(?i)([1-9]\d{0,14}) ?(kB|MB|GB)?"
_UNITS = {"": 1, "KB": 1_000, "MB": 1_000_000, "GB": 1_000_000_000}


class Places(Struct, frozen=True):
    """The user's folders: settings, what a session leaves, what can be thrown away, locks."""

    config: Path
    state: Path
    cache: Path

    @property
    def locks(self) -> Path:
        """Where locks between processes lie."""
        return self.cache / "locks"


def places() -> Places:
    """The user's folders. None of them is made here."""
    import platformdirs

    dirs = platformdirs.PlatformDirs("pressmark", appauthor=False)
    return Places(dirs.user_config_path, dirs.user_state_path, dirs.user_cache_path)


# the workspace


def find_workspace(paths: Sequence[Path], explicit: Path | None = None) -> Path:
    """The workspace's folder, absolute: the explicit one, else found from the first path.

    That is the nearest folder upward that has `pressmark.toml`, or `annotations/` with a
    `codebook.toml` or `revisions/` in it; else the path itself, or the folder of a file. The
    search ends at the home folder and at mount points. Without paths it begins at the current
    folder. Raises DeskError (code 2) for a path inside another workspace than the first one, and
    if `explicit` is no folder.
    """
    if explicit is not None:
        if not explicit.is_dir():
            what = "is no folder" if explicit.exists() else "does not exist"
            raise DeskError(f"the workspace {explicit} {what}: name a folder with --workspace")
        return _absolute(explicit)
    given = list(paths) or [Path()]
    start = _folder(given[0])
    root = _nearest(start) or start
    for path in given[1:]:
        other = _nearest(_folder(path))
        if other is not None and other != root:
            raise DeskError(
                f"{path} is in the workspace {other}, not in {root}: open it by itself, or say "
                "which one to use with --workspace"
            )
    return root


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100 - links stay as they are named


def _folder(path: Path) -> Path:
    absolute = _absolute(path)
    return absolute.parent if absolute.is_file() else absolute


def _nearest(start: Path) -> Path | None:
    """The nearest folder upward that is marked as a workspace."""
    return next((folder for folder in _upward(start) if _is_workspace(folder)), None)


def _upward(start: Path) -> Iterator[Path]:
    with contextlib.suppress(RuntimeError):  # no home folder: then only mount points end it
        home = Path.home()
        for folder in (start, *start.parents):
            yield folder
            if folder == home or folder.is_mount():
                return


def _is_workspace(folder: Path) -> bool:
    notes = folder / ANNOTATIONS
    marks = (folder / SETTINGS, notes / "codebook.toml", notes / "revisions")
    return any(mark.exists() for mark in marks)


# settings


def load_settings(root: Path) -> Settings:
    """What the workspace's `pressmark.toml` says; the defaults if there is none.

    Raises DeskError (code 2), naming the file and the place, if it cannot be understood.
    """
    path = root / SETTINGS
    data = _toml(path)
    _check_keys(data, _KEYS, path)
    name, zone = _text(data, "name", path), _text(data, "timezone", path)
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


def _toml(path: Path) -> dict[str, Any]:
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


def _text(data: dict[str, Any], key: str, path: Path) -> str:
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


# the analyst


def analyst_name(option: str = "") -> str:
    """Who works: the option, `$PRESSMARK_ANALYST`, `analyst` in one's config.toml, the login name.

    Raises DeskError (code 2) if that is no name.
    """
    name = option.strip() or os.environ.get(ANALYST, "").strip() or _configured() or _login()
    if not name.isprintable() or len(name) > _LONGEST_NAME:
        raise DeskError(f"{name[:_LONGEST_NAME]!r} is no name: give a shorter one with --analyst")
    return name


def _configured() -> str:
    path = places().config / USER_CONFIG
    return _text(_toml(path), "analyst", path)


def _login() -> str:
    import getpass

    try:
        return getpass.getuser().strip() or "analyst"
    except (KeyError, OSError, ImportError):
        return "analyst"


# what a session leaves behind


class State(Struct):
    """Where an analyst was in a workspace, in the user's state folder. `layout` is the screen's.

    `draft` is a half-filled form; it lies in a file of its own and is written when it changes.
    `seen` are articles that were opened, `left` is when the analyst left last (ISO, in UTC; empty
    before the first time).
    """

    file: Path
    article: str = ""
    path: str = ""  # where the article lies
    caret: int = 0
    layout: dict[str, Any] = field(default_factory=dict[str, Any])
    draft: dict[str, Any] = field(default_factory=dict[str, Any])
    seen: dict[str, None] = field(default_factory=dict[str, None])
    tour_offered: bool = False
    left: str = ""

    def save(self) -> bool:
        """Write place, layout and what was seen; False if that cannot be, which harms nothing."""
        kept = {
            "article": self.article,
            "path": self.path,
            "caret": self.caret,
            "layout": self.layout,
            "seen": list(self.seen),
            "left": self.left,
        }
        tour = _tour_file(self.file)
        toured = tour.exists() or not self.tour_offered or _write(tour, {"offered": True})
        return _write(self.file, kept) and toured

    def keep_draft(self, draft: dict[str, Any]) -> bool:
        """Keep a half-filled form; False if it could not be written.

        A signal may come in the middle of this, and has it kept again: only what was written whole
        is not written twice.
        """
        if draft == self.draft and _draft_file(self.file).exists():
            return True
        written = _write(_draft_file(self.file), draft)
        if written:
            self.draft = draft
        return written

    def forget_draft(self) -> None:
        """The form was saved or left."""
        self.draft = {}
        with contextlib.suppress(OSError):
            _draft_file(self.file).unlink(missing_ok=True)


def state_file(root: Path, analyst: str = "") -> Path:
    """The file of a workspace's state, by analyst if one is named."""
    name = sha256(f"{_absolute(root)}\n{analyst}" if analyst else str(_absolute(root)))[:16]
    return places().state / f"{name}.json"


def arrivals_file(root: Path, analyst: str) -> Path:
    """The file that says when what was met in a workspace, beside its state."""
    return state_file(root, analyst).with_suffix(".arrivals")


def rescue_file(root: Path, analyst: str) -> Path:
    """A new file for what could not be saved in a workspace, beside its state."""
    state = state_file(root, analyst)
    return state.with_name(f"{state.stem}.rescue-{new_id()}.jsonl")


def rescue_files(root: Path, analyst: str) -> list[Path]:
    """The files of what could not be saved in a workspace, the oldest first."""
    state = state_file(root, analyst)
    return sorted(state.parent.glob(f"{state.stem}.rescue-*.jsonl"))


def load_state(root: Path, analyst: str = "") -> State:
    """The state that was left; a new one if there is none or it cannot be read."""
    file = state_file(root, analyst)
    found, draft = _read(file), _read(_draft_file(file))
    article, path, caret = found.get("article"), found.get("path"), found.get("caret")
    layout, seen, left = found.get("layout"), found.get("seen"), found.get("left")
    return State(
        file,
        article if isinstance(article, str) else "",
        path if isinstance(path, str) else "",
        caret if isinstance(caret, int) and caret >= 0 else 0,
        cast("dict[str, Any]", layout) if isinstance(layout, dict) else {},
        draft,
        dict.fromkeys(s for s in cast("list[Any]", seen) if isinstance(s, str))
        if isinstance(seen, list)
        else {},
        _tour_file(file).exists(),
        left if isinstance(left, str) else "",
    )


def _draft_file(file: Path) -> Path:
    return file.with_suffix(".draft.json")


def _tour_file(file: Path) -> Path:
    return file.with_name("tour.json")


def _read(file: Path) -> dict[str, Any]:
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return cast("dict[str, Any]", found) if isinstance(found, dict) else {}


def _write(file: Path, data: dict[str, Any]) -> bool:
    """Write a small JSON file whole, readable by its owner alone; False if that cannot be."""
    beside = file.with_name(f".{file.name}.{new_id()}")
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
            opened.write(json.dumps(data))  # `dump` is many times as slow
            opened.flush()
            os.fsync(opened.fileno())
        beside.replace(file)
    except (OSError, ValueError, TypeError):
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        return False
    return True
