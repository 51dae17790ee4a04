"""The keys that work here, as a list."""

from __future__ import annotations

from collections.abc import Sequence

from tui.actions import GROUPS, Action, key_label
from tui.widgets.cells import one_line, wrapped
from tui.widgets.rows import Line, Piece, RowList

KEYS = 11  # cells of the column of keys


class KeyList(RowList):
    """Actions by group. Row ids are action ids, kind `action`; a heading's kind is `group`."""

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._actions: dict[str, Action] = {}

    def show(self, actions: Sequence[Action], title: str, *, first: str = "") -> None:
        """Show the actions of a mode; `title` says which one, `first` is a group to begin with."""
        self._actions = {action.id: action for action in actions}
        keys: list[tuple[str, str]] = []
        for group in sorted(GROUPS, key=lambda name: name != first):
            inside = [action.id for action in actions if action.group == group and action.keys]
            if inside:
                keys += [(group, "group"), *((name, "action") for name in inside)]
        self.set_heading((Piece(f" keys {title}", "strong"), Piece(" · q", "dim")))
        self.set_rows(keys, self._row)
        self.first()

    def _row(self, index: int, width: int) -> Sequence[Line]:
        name, kind = self._keys[index]
        if kind == "group":
            return ((), (Piece(name, "accent"),))
        action = self._actions[name]
        keys = " ".join(_written(action, notation) for notation in action.keys[:2])
        words = wrapped(one_line(action.summary), max(8, width - KEYS - 1), 3) or [""]
        first = (Piece(f"{keys:<{KEYS}}", "key"), Piece(words[0]))
        return [first, *((Piece(" " * KEYS), Piece(line)) for line in words[1:])]


def _written(action: Action, notation: str) -> str:
    """How a key of the action is written: with the range of its choices, if it has some."""
    if not action.choices:
        return key_label(notation) + "·" * action.takes
    first, last = action.choices[0].key, action.choices[-1].key
    return f"{key_label(notation) if notation else ''}{first}-{last}"
