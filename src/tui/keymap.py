"""Keys to actions: a trie per mode, key notation, and remapping by a TOML file. Pure.

Notation: characters typed one after the other are written together (`gg`, `;s`); a named key is a
word (`enter`, `escape`, `space`, `tab`, `up`) or has modifiers (`ctrl+d`, `shift+tab`); blanks part
keys where that is needed (`g enter`, `u p`).
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from tui.actions import ACTIONS, MODES, Action, key_label, mode

LEAVE = "app.leave"
# What leads out of every mode, whatever a keymap says.
SAFE_KEYS = {"app.leave": ("q", "escape"), "text.leave": ("escape",)}
HANGUL_MESSAGE = "한/영"

_EDITING_KEYS = ("enter", "escape", "tab", "space", "backspace", "delete", "insert", "pause")
_MOVING_KEYS = ("up", "down", "left", "right", "home", "end", "pageup", "pagedown", "menu")
NAMED_KEYS = frozenset((*_EDITING_KEYS, *_MOVING_KEYS, *(f"f{n}" for n in range(1, 25))))
_ALIASES = {
    "return": "enter",
    "esc": "escape",
    "pgup": "pageup",
    "pgdn": "pagedown",
    "del": "delete",
    "ctrl+m": "enter",
    "ctrl+i": "tab",
    "ctrl+left_square_bracket": "escape",
    "ctrl+[": "escape",
    "backtab": "shift+tab",
}
# Names that the terminal layer uses and that are not those of Unicode.
_CHARACTERS = {
    "slash": "/",
    "backslash": "\\",
    "at": "@",
    "minus": "-",
    "hyphen_minus": "-",
    "plus": "+",
    "underscore": "_",
    "less_than_sign": "<",
    "greater_than_sign": ">",
}
_MODIFIERS = ("ctrl", "alt", "shift", "super", "hyper", "meta")
_HANGUL = ((0x1100, 0x11FF), (0x3131, 0x318E), (0xA960, 0xA97F), (0xAC00, 0xD7FB), (0xFFA1, 0xFFDC))


class Run(NamedTuple):
    """The keys are an action; `argument` is its choice or free characters."""

    action: str
    argument: str = ""


class Offer(NamedTuple):
    """One key that may come next: how it is written, what it runs, in a few words."""

    key: str
    action: str
    label: str


class Wait(NamedTuple):
    """More keys are needed. `keys` are those so far, `choices` what may follow.

    `hint` says in words what free characters are waited for, where there is nothing to choose.
    """

    keys: tuple[str, ...]
    choices: tuple[Offer, ...] = ()
    hint: str = ""


class Nothing(NamedTuple):
    """The keys lead nowhere; `cancelled` if a waiting prefix was given up by the last one."""

    cancelled: bool = False


class Hangul(NamedTuple):
    """A Hangul letter outside a text field: the input method is on. Nothing runs."""

    message: str = HANGUL_MESSAGE


Result = Run | Wait | Nothing | Hangul


@dataclass(slots=True)
class _Node:
    action: Action | None = None
    argument: str = ""
    next: dict[str, _Node] = field(default_factory=dict[str, "_Node"])


def key_name(key: str, character: str | None = None) -> str:
    """A key as the terminal layer names it, as this module does: `quotation_mark` is `"`.

    `character` is what the key types, if that is known. Printable keys are their character;
    others keep a lower-case name, with `ctrl+`, `alt+`, `shift+` in front.
    """
    if character and len(character) == 1 and character.isprintable() and character != " ":
        head = key.rpartition("+")[0]
        if not head or head == "shift":
            return character
    return _key_name(key)


@lru_cache(maxsize=512)
def _key_name(key: str) -> str:
    if len(key) == 1:
        return "space" if key == " " else key
    if key.lower() in _ALIASES:
        return _ALIASES[key.lower()]
    head, plus, last = key.rpartition("+")
    if plus and not last:  # "ctrl++"
        head, last = head.removesuffix("+"), "+"
    if head:
        base = _key_name(last)
        if head == "shift" and len(base) == 1:
            return base.upper()
        found = f"{head.lower()}+{base.lower() if base.isascii() else base}"
        return _ALIASES.get(found, found)
    lower = key.lower()
    return lower if lower in NAMED_KEYS else _character(lower) or key


def _character(name: str) -> str:
    if name in _CHARACTERS:
        return _CHARACTERS[name]
    try:
        found = unicodedata.lookup(name.replace("_", " ").upper())
    except KeyError:
        return ""
    return found if found.isprintable() and len(found) == 1 else ""


def is_printable(key: str) -> bool:
    """Whether a normalised key types a character, so that a text field takes it."""
    return len(key) == 1 or key == "space"


def is_hangul(key: str) -> bool:
    """Whether a normalised key is a Hangul letter or syllable."""
    return len(key) == 1 and any(low <= ord(key) <= high for low, high in _HANGUL)


def parse_keys(notation: str) -> tuple[str, ...]:
    """The keys of a notation such as `gg`, `ctrl+d`, `g enter`; of the empty string, none.

    Raises ValueError, with a sentence, for a name that is no key.
    """
    return tuple(key for part in notation.split() for key in _parsed(part))


def _parsed(part: str) -> Iterator[str]:
    lower = part.lower()
    name = _ALIASES.get(lower, lower)
    if name in NAMED_KEYS or name in _ALIASES.values():
        yield name
        return
    head, plus, last = part.rpartition("+")
    if plus and not last:
        head, last = head.removesuffix("+"), "+"
    modifiers = head.lower().split("+") if head else []
    if modifiers and all(modifier in _MODIFIERS for modifier in modifiers):
        if len(last) > 1 and last.lower() not in NAMED_KEYS:
            raise ValueError(f"{part!r} is no key: {last!r} is unknown")
        yield _key_name(part)
        return
    for character in part:
        if not character.isprintable():
            raise ValueError(f"{part!r} is no key: it has a character that no key types")
        yield character


class Keymap:
    """What each key does in each mode. Immutable; tries are built when a mode is first used."""

    def __init__(self, keys: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> None:
        """`keys` maps mode, then action id, to notations that stand in place of the default."""
        self._changed = {name: dict(entry) for name, entry in (keys or {}).items()}
        self._tries: dict[str, _Node] = {}

    @classmethod
    def default(cls) -> Keymap:
        """The keys as the registry gives them."""
        return cls()

    @classmethod
    def load(cls, path: Path) -> tuple[Keymap, tuple[str, ...]]:
        """The keymap of a TOML file, and a sentence for each entry that could not be taken.

        Such an entry keeps its default keys; a file that cannot be read leaves all defaults.
        """
        try:
            data = tomllib.loads(path.read_bytes().decode("utf-8"))
        except OSError as error:
            return cls(), (f"{path}: cannot be read ({error.strerror}); the usual keys hold",)
        except UnicodeDecodeError as error:
            return cls(), (f"{path}: byte {error.start} is not UTF-8; the usual keys hold",)
        except tomllib.TOMLDecodeError as error:
            return cls(), (f"{path}: no TOML: {error}; the usual keys hold",)
        return cls.from_data(data.get("keys", {}), str(path))

    @classmethod
    def from_data(cls, table: Any, name: str) -> tuple[Keymap, tuple[str, ...]]:
        """The keymap of a `[keys]` table; `name` is said in the problems."""
        problems: list[str] = []
        entries = list(_entries(table, name, problems))
        while True:
            keymap = cls(_by_mode(entries))
            clash = next(keymap._clashes(), None)
            if clash is None:
                return keymap, tuple(problems)
            refused = _to_refuse(entries, clash)
            entries.remove(refused)
            problems.append(_clash_sentence(name, refused, clash))

    def keys_of(self, action_id: str, mode_name: str) -> tuple[str, ...]:
        """Notations of the keys of an action in a mode; empty if it does not work there."""
        found = next((a for a in self.actions_in(mode_name) if a.id == action_id), None)
        return found.keys if found else ()

    def label_of(self, action_id: str, mode_name: str) -> str:
        """The first key of an action in a mode as people write it, or the empty string."""
        keys = self.keys_of(action_id, mode_name)
        return key_label(keys[0]) if keys else ""

    def actions_in(self, mode_name: str) -> tuple[Action, ...]:
        """The actions of a mode with the keys they have in this map."""
        changed = self._changed.get(mode_name, {})
        return tuple(
            replace(action, keys=changed[action.id]) if action.id in changed else action
            for action in ACTIONS
            if mode_name in action.modes
        )

    def actions(self) -> tuple[Action, ...]:
        """All actions with the keys of this map, split where they differ from mode to mode."""
        found: list[Action] = []
        for action in ACTIONS:
            by_keys: dict[tuple[str, ...], list[str]] = {}
            for name in action.modes:
                keys = self._changed.get(name, {}).get(action.id, action.keys)
                by_keys.setdefault(keys, []).append(name)
            found += [replace(action, keys=k, modes=tuple(m)) for k, m in by_keys.items()]
        return tuple(found)

    def feed(self, mode_name: str, keys: Sequence[str], key: str) -> Result:
        """What `key` does after the waiting `keys` (empty, or those of the last Wait).

        Keys may be named as the terminal layer does. In a mode that takes text, a printable key
        that begins nothing is for the field: Nothing.
        """
        key = key_name(key)
        node = self._trie(mode_name)
        typed: list[str] = []
        for index, waiting in enumerate(keys):
            if waiting not in node.next:
                return Nothing(cancelled=True)
            node = node.next[waiting]
            typed.append(waiting)
            if node.action is not None and node.action.takes:
                return _free(node.action, tuple(typed), tuple(keys[index + 1 :]), key)
        following = node.next.get(key)
        if following is not None:
            return _reached(following, (*typed, key))
        if is_hangul(key) and not mode(mode_name).takes_text:
            return Hangul()
        return Nothing(bool(typed))

    def waiting(self, mode_name: str, keys: Sequence[str]) -> Wait:
        """The Wait that stands after `keys`; of no keys, all that the mode begins with."""
        node = self._trie(mode_name)
        for key in keys:
            node = node.next[key]
        return Wait(tuple(keys), _offers(node))

    def _trie(self, mode_name: str) -> _Node:
        if mode_name not in self._tries:
            root = _Node()
            for action in self.actions_in(mode_name):
                for keys, argument in _sequences(action):
                    node = root
                    for key in keys:
                        node = node.next.setdefault(key, _Node())
                    node.action, node.argument = action, argument
            self._tries[mode_name] = root
        return self._tries[mode_name]

    def _clashes(self) -> Iterator[_Clash]:
        for name in self._changed:
            yield from _clashes(name, self.actions_in(name))


def _free(action: Action, typed: tuple[str, ...], given: tuple[str, ...], key: str) -> Result:
    if not is_printable(key):
        return Nothing(cancelled=True)
    given = (*given, key)
    argument = "".join(" " if k == "space" else k for k in given)
    if len(given) == action.takes:
        return Run(action.id, argument)
    return Wait((*typed, *given), hint=f"{action.summary}: {argument}…")


def _reached(node: _Node, keys: tuple[str, ...]) -> Result:
    if node.action is None:
        return Wait(keys, _offers(node))
    if node.action.takes:
        return Wait(keys, hint=node.action.summary)
    return Run(node.action.id, node.argument)


def _offers(node: _Node, before: str = "") -> tuple[Offer, ...]:
    """What may follow; choices of one action that stand among others are one offer (`1–9`)."""
    alone = len({id(n.action) for n in node.next.values()}) == 1
    found: list[Offer] = []
    gathered: set[str] = set()
    for key, following in node.next.items():
        shown, action = before + key_label(key), following.action
        if action is None:
            found += _offers(following, shown)
        elif not action.choices:
            found.append(Offer(shown, action.id, action.label))
        elif alone:
            choice = next(c.label for c in action.choices if c.key == following.argument)
            found.append(Offer(shown, action.id, choice))
        elif action.id not in gathered:
            gathered.add(action.id)
            keys = f"{shown}–{action.choices[-1].key}"
            found.append(Offer(keys, action.id, action.label))
    return tuple(found)


def _sequences(action: Action) -> Iterator[tuple[tuple[str, ...], str]]:
    for notation in action.keys:
        keys = parse_keys(notation)
        if not action.choices:
            yield keys, ""
        for choice in action.choices:
            yield (*keys, choice.key), choice.key


class _Entry(NamedTuple):
    """One line of a keymap file: an action's keys in some modes."""

    action: str
    modes: tuple[str, ...]
    keys: tuple[str, ...]


class _Clash(NamedTuple):
    """Two actions of one mode that cannot both have their keys."""

    mode: str
    first: str
    second: str
    keys: tuple[str, ...]  # of the shorter one
    longer: tuple[str, ...]


def _clashes(mode_name: str, actions: Iterable[Action]) -> Iterator[_Clash]:
    """Same keys, or keys of one that begin those of another."""
    takes_text = mode(mode_name).takes_text
    taken: dict[tuple[str, ...], str] = {}
    for action in actions:
        for keys, _ in _sequences(action):
            if takes_text and is_printable(keys[0]):
                yield _Clash(mode_name, action.id, "", keys, keys)
            elif keys in taken and taken[keys] != action.id:
                yield _Clash(mode_name, taken[keys], action.id, keys, keys)
            else:
                taken[keys] = action.id
    for keys, action_id in taken.items():
        for size in range(1, len(keys)):
            if keys[:size] in taken:
                yield _Clash(mode_name, taken[keys[:size]], action_id, keys[:size], keys)


def _to_refuse(entries: Sequence[_Entry], clash: _Clash) -> _Entry:
    """The later one of the entries that brought the clash about."""
    return next(
        entry
        for entry in reversed(entries)
        if entry.action in (clash.first, clash.second) and clash.mode in entry.modes
    )


def _clash_sentence(name: str, refused: _Entry, clash: _Clash) -> str:
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


def _by_mode(entries: Iterable[_Entry]) -> dict[str, dict[str, tuple[str, ...]]]:
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for entry in sorted(entries, key=lambda e: len(e.modes), reverse=True):
        for name in entry.modes:
            found.setdefault(name, {})[entry.action] = entry.keys
    return found


def _entries(table: Any, name: str, problems: list[str]) -> Iterator[_Entry]:
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
            yield _Entry(action.id, modes, keys)


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
