"""What the processes of `tests.forks` have imported, as a start of the program would."""

from __future__ import annotations

import os
from importlib import import_module
from pkgutil import walk_packages

import tui.cli.running
import tui.cli.starting
import tui.screens
import tui.widgets

os.environ.setdefault("TEXTUAL_FPS", tui.cli.starting.FRAMES)  # before Textual is imported
import tui.app

for _package in (tui.screens, tui.widgets):
    for _module in walk_packages(_package.__path__, f"{_package.__name__}."):
        import_module(_module.name)
