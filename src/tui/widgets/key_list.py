"""The keys that work here, as a list."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from rich.cells import cell_len

from tui.actions import GROUPS, Action, key_label
from tui.widgets.cells import one_line, wrapped
from tui.widgets.pieces import Line, Piece
from tui.widgets.rows import RowList

NARROW = 11  # cells of the column of keys where the longest have no room
# What is done most comes first; motions are known by hand sooner than looked up.
ORDER = ("marking", "claims", "review", "reading", "codebook", "everywhere", "text fields")


class KeyList(RowList):
    """Actions by group. Row ids are action ids, kind `action`; a heading's kind is `group`.

    The cursor passes over headings.
    """

    PASSIVE = frozenset(("group",))

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, classes=classes)
        self._actions: dict[str, Action] = {}
        self._longest = 0

    def show(self, actions: Sequence[Action], title: str, *, first: str = "") -> None:
        """Show the actions of a mode; `title` says which one, `first` is a group to begin with.

        Motions come after what is done with them all the same.
        """
        self._actions = {action.id: action for action in actions}
        keys: list[tuple[str, str]] = []
        places = {group: place for place, group in enumerate(ORDER)}
        if first and first != "reading":
            places[first] = -1
        for group in sorted(GROUPS, key=lambda name: places.get(name, len(places))):
            inside = [action.id for action in actions if action.group == group and action.keys]
            if inside:
                keys += [(group, "group"), *((name, "action") for name in inside)]
        named = [name for name, kind in keys if kind == "action"]
        self._longest = max((cell_len(_keys(self._actions[name])) for name in named), default=0)
        self.set_heading((Piece(f" keys {title}", "strong"), Piece(" · q", "dim")))
        self.set_rows(keys, self._row)
        self.first()

    def _row(self, index: int, width: int) -> Sequence[Line]:
        name, kind = self._keys[index]
        if kind == "group":
            return ((), (Piece(name, "accent"),))
        action = self._actions[name]
        column = self._longest + 1
        if column * 2 > width:
            column = min(NARROW, max(2, width // 2))
        keys = wrapped(_keys(action), column - 1, 3)
        words = wrapped(one_line(action.summary), max(8, width - column), 4)
        return [
            (Piece(f"{key}{' ' * (column - cell_len(key))}", "key"), Piece(text))
            for key, text in zip_longest(keys, words, fillvalue="")
        ]


def _keys(action: Action) -> str:
    """The first keys of an action as people write them."""
    return "  ".join(_written(action, notation) for notation in action.keys[:2])


def _written(action: Action, notation: str) -> str:
    """How a key of the action is written: with the range of its choices, if it has some."""
    if not action.choices:
        return key_label(notation) + "·" * action.takes
    first, last = action.choices[0].key, action.choices[-1].key
    return f"{key_label(notation) if notation else ''}{first}-{last}"
