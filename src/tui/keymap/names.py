"""Names of keys: what the terminal layer calls them, what a keymap file writes, what we keep.

Notation: characters typed one after the other are written together (`gg`, `;s`); a named key is a
word (`enter`, `escape`, `space`, `tab`, `up`) or has modifiers (`ctrl+d`, `shift+tab`); blanks part
keys where that is needed (`g enter`, `u p`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

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
