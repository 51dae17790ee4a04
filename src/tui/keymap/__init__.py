"""Keys to actions: a trie per mode, and remapping by a TOML file. Pure, no Textual."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from tui.actions import ACTIONS, Action, key_label, mode
from tui.keymap import remapping
from tui.keymap.names import is_hangul, is_printable, key_name, parse_keys
from tui.keymap.trie import (
    HANGUL_MESSAGE,
    Hangul,
    Node,
    Nothing,
    Offer,
    Result,
    Run,
    Wait,
    free,
    offers,
    reached,
    sequences,
)

__all__ = [
    "HANGUL_MESSAGE",
    "Hangul",
    "Keymap",
    "Nothing",
    "Offer",
    "Result",
    "Run",
    "Wait",
    "is_hangul",
    "is_printable",
    "key_name",
    "parse_keys",
]


class Keymap:
    """What each key does in each mode. Immutable; tries are built when a mode is first used."""

    def __init__(self, keys: Mapping[str, Mapping[str, tuple[str, ...]]] | None = None) -> None:
        """`keys` maps mode, then action id, to notations that stand in place of the default."""
        self._changed = {name: dict(entry) for name, entry in (keys or {}).items()}
        self._tries: dict[str, Node] = {}
        self._modes: dict[str, Mapping[str, Action]] = {}

    @classmethod
    def default(cls) -> Keymap:
        """The keys as the registry gives them."""
        return cls()

    @classmethod
    def load(cls, path: Path) -> tuple[Keymap, tuple[str, ...]]:
        """The keymap of a TOML file, and a sentence for each entry that could not be taken.

        Such an entry keeps its default keys; a file that cannot be read leaves all defaults.
        """
        import tomllib  # few have a keymap of their own

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
        entries = list(remapping.read_entries(table, name, problems))
        while True:
            keymap = cls(remapping.by_mode(entries))
            clash = next(keymap._clashes(), None)
            if clash is None:
                return keymap, tuple(problems)
            refused = remapping.to_refuse(entries, clash)
            entries.remove(refused)
            problems.append(remapping.clash_sentence(name, refused, clash))

    def keys_of(self, action_id: str, mode_name: str) -> tuple[str, ...]:
        """Notations of the keys of an action in a mode; empty if it does not work there."""
        found = self._by_id(mode_name).get(action_id)
        return found.keys if found else ()

    def label_of(self, action_id: str, mode_name: str) -> str:
        """The first key of an action in a mode as people write it, or the empty string."""
        keys = self.keys_of(action_id, mode_name)
        return key_label(keys[0]) if keys else ""

    def actions_in(self, mode_name: str) -> tuple[Action, ...]:
        """The actions of a mode with the keys they have in this map."""
        return tuple(self._by_id(mode_name).values())

    def _by_id(self, mode_name: str) -> Mapping[str, Action]:
        """The actions of a mode by id; asked a dozen times for each key, so put together once."""
        found = self._modes.get(mode_name)
        if found is None:
            changed = self._changed.get(mode_name, {})
            found = self._modes[mode_name] = {
                action.id: replace(action, keys=changed[action.id])
                if action.id in changed
                else action
                for action in ACTIONS
                if mode_name in action.modes
            }
        return found

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
                return free(node.action, tuple(typed), tuple(keys[index + 1 :]), key)
        following = node.next.get(key)
        if following is not None:
            return reached(following, (*typed, key))
        if is_hangul(key) and not mode(mode_name).takes_text:
            return Hangul()
        return Nothing(bool(typed))

    def waiting(self, mode_name: str, keys: Sequence[str]) -> Wait:
        """The Wait that stands after `keys`; of no keys, all that the mode begins with."""
        node = self._trie(mode_name)
        for key in keys:
            node = node.next[key]
        return Wait(tuple(keys), offers(node))

    def _trie(self, mode_name: str) -> Node:
        if mode_name not in self._tries:
            root = Node()
            for action in self.actions_in(mode_name):
                for keys, argument in sequences(action):
                    node = root
                    for key in keys:
                        node = node.next.setdefault(key, Node())
                    node.action, node.argument = action, argument
            self._tries[mode_name] = root
        return self._tries[mode_name]

    def _clashes(self) -> Iterator[remapping.Clash]:
        for name in self._changed:
            yield from remapping.clashes(name, self.actions_in(name))
