"""One registry of actions: the trie, the status line, `?`, the palette and the docs read it."""

from __future__ import annotations

from tui.actions.commands import COMMANDS, command, command_names
from tui.actions.kinds import GROUPS, MODES, Action, Choice, Command, Mode, mode
from tui.actions.listing import key_label, keys_json, keys_label, keys_markdown
from tui.actions.table import ACTIONS

__all__ = [
    "ACTIONS",
    "COMMANDS",
    "GROUPS",
    "MODES",
    "Action",
    "Choice",
    "Command",
    "Mode",
    "action",
    "actions_in",
    "command",
    "command_names",
    "key_label",
    "keys_json",
    "keys_label",
    "keys_markdown",
    "mode",
]

_BY_ID = {found.id: found for found in ACTIONS}


def action(action_id: str) -> Action:
    """The action with this id; raises KeyError if there is none."""
    return _BY_ID[action_id]


def actions_in(mode_name: str) -> tuple[Action, ...]:
    """The actions that work in a mode, in the order of the table."""
    return tuple(found for found in ACTIONS if mode_name in found.modes)
