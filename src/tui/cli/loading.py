"""The commands, each in a module that is imported when it is meant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    import click

COMPLETE = "_PRESSMARK_COMPLETE"  # set by the shell's completion script
_MODULES = {"": "reader", "list": "listing", "show": "showing", "export": "exporting"}
_MODULES |= {"import": "importing", "add": "adding", "suggest": "suggesting", "search": "searching"}


def load(name: str) -> click.Command:
    """The command of this name (the empty one opens the reader), its module imported now."""
    module = f"tui.cli.{_MODULES.get(name, name)}"
    __import__(module)  # importlib would have to be imported first
    return cast("click.Command", sys.modules[module].command)
