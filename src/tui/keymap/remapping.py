"""A keymap of one's own: its entries, what is wrong with them, and which ones can be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct

from tui.actions import ACTIONS, MODES, Action, key_label, mode
from tui.keymap.names import is_printable, parse_keys
from tui.keymap.trie import sequences

# What leads out of every mode, whatever a keymap says.
SAFE_KEYS = {"app.leave": ("q", "escape"), "text.leave": ("escape",)}


class Entry(Struct, frozen=True):
    """One line of a keymap file: an action's keys in some modes."""

    action: str
    modes: tuple[str, ...]
    keys: tuple[str, ...]


class Clash(Struct, frozen=True):
    """Two actions of one mode that cannot both have their keys."""

    mode: str
    first: str
    second: str
    keys: tuple[str, ...]  # of the shorter one
    longer: tuple[str, ...]


def clashes(mode_name: str, actions: Iterable[Action]) -> Iterator[Clash]:
    """Same keys, or keys of one that begin those of another."""
    takes_text = mode(mode_name).takes_text
    taken: dict[tuple[str, ...], str] = {}
    for action in actions:
        for keys, _ in sequences(action):
            if takes_text and is_printable(keys[0]):
                yield Clash(mode_name, action.id, "", keys, keys)
            elif keys in taken and taken[keys] != action.id:
                yield Clash(mode_name, taken[keys], action.id, keys, keys)
            else:
                taken[keys] = action.id
    for keys, action_id in taken.items():
        for size in range(1, len(keys)):
            if keys[:size] in taken:
                yield Clash(mode_name, taken[keys[:size]], action_id, keys[:size], keys)


def to_refuse(entries: Sequence[Entry], clash: Clash) -> Entry:
    """The later one of the entries that brought the clash about."""
    return next(
        entry
        for entry in reversed(entries)
        if entry.action in (clash.first, clash.second) and clash.mode in entry.modes
    )


def clash_sentence(name: str, refused: Entry, clash: Clash) -> str:
    """What is wrong with an entry, and how to mend it."""
    keys = _written(clash.keys)
    if not clash.second:
        return (
            f'{name}: "{refused.action}" cannot have {keys} while text is typed '
            f"({clash.mode}): give it a Ctrl or function key"
        )
    other = clash.second if refused.action == clash.first else clash.first
    if other in SAFE_KEYS or refused.action == other:
        mend = "give it another one; this key always leads out"
    else:
        mend = f'give one of them another key, or "{other}" = []'
    if clash.keys == clash.longer:
        return f'{name}: "{refused.action}" and "{other}" both want {keys} ({clash.mode}): {mend}'
    longer = _written(clash.longer)
    return (
        f'{name}: "{refused.action}": {keys} of "{clash.first}" would never wait for {longer} '
        f'of "{clash.second}" ({clash.mode}): {mend}'
    )


def _written(keys: tuple[str, ...]) -> str:
    joined = "" if all(len(key) == 1 for key in keys) else " "
    return f"`{joined.join(key_label(key) for key in keys)}`"


def by_mode(entries: Iterable[Entry]) -> dict[str, dict[str, tuple[str, ...]]]:
    """The keys by mode and action id; an entry for one mode alone wins over one for all."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in sorted(entries, key=lambda e: len(e.modes), reverse=True):
        for name in entry.modes:
            found.setdefault(name, {})[entry.action] = entry.keys
    return found


def read_entries(table: Any, name: str, problems: list[str]) -> Iterator[Entry]:
    """The entries of a `[keys]` table that can be taken by themselves."""
    if not isinstance(table, dict):
        problems.append(f"{name}: keys is no table: begin it with a line [keys]")
        return
    by_id = {action.id: action for action in ACTIONS}
    names = {found.name for found in MODES}
    for path, value in _flattened(table):
        full = ".".join(path)
        if full in by_id:
            action, modes = by_id[full], by_id[full].modes
        elif path[0] in names and ".".join(path[1:]) in by_id:
            action, modes = by_id[".".join(path[1:])], (path[0],)
        else:
            problems.append(f'{name}: no action "{full}": `pressmark keys` lists their names')
            continue
        if modes[0] not in action.modes:
            where = ", ".join(action.modes)
            problems.append(f'{name}: "{action.id}" does not work in {modes[0]}, only in {where}')
            continue
        keys = _notations(action, value, name, problems)
        if keys is not None:
            yield Entry(action.id, modes, keys)


def _flattened(table: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Paths and values; an unquoted `mark.highlight` is a table in a table in TOML."""
    for key, value in table.items():
        if isinstance(value, dict):
            for path, inner in _flattened(value):
                yield (*key.split("."), *path), inner
        else:
            yield tuple(key.split(".")), value


def _notations(
    action: Action, value: Any, name: str, problems: list[str]
) -> tuple[str, ...] | None:
    listed = [value] if isinstance(value, str) else value
    if not isinstance(listed, list) or not all(isinstance(key, str) for key in listed):
        problems.append(f'{name}: "{action.id}" needs a list of keys, such as ["m", "ctrl+d"]')
        return None
    for notation in listed:
        try:
            keys = parse_keys(notation)
        except ValueError as error:
            problems.append(f'{name}: "{action.id}": {error}')
            return None
        if not keys and not action.choices:
            problems.append(f'{name}: "{action.id}" has an empty key: write [] for no key')
            return None
    safe = SAFE_KEYS.get(action.id, ())
    return tuple(dict.fromkeys((*listed, *safe)))
