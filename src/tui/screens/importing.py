"""What `:import` does: it says what a file would bring, and takes it in a moment at a time."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.handling import Hands

if TYPE_CHECKING:
    from tui.desk.bringing import Plan

STOPPED = "stopped: nothing was taken in"


class ImportHands(Hands):
    """Imports in the reader."""

    def offer(self, path: Path, fmt: str, *, restore: bool = False) -> None:
        """Say what a file would bring; Tab has what was deleted here come back with it, or not."""
        self.screen.working.begin(
            self.screen.desk.planning(path, fmt, restore=restore),
            lambda plan: self._confirm(path, fmt, restore, plan),
            STOPPED,
        )

    def _confirm(self, path: Path, fmt: str, restore: bool, plan: Plan) -> None:
        screen = self.screen
        preview = plan.told(path, dry_run=True)
        other = ""
        if preview.deleted or preview.restored:
            other = " (Tab: leave them deleted)" if restore else " (Tab: bring them back)"
        screen.asking.confirm(
            f"import {path.name}: {preview.words}{other}",
            lambda: screen.working.begin(
                screen.desk.carrying_out(plan),
                lambda _done: screen.say(plan.told(path, dry_run=False).words),
                "",
            ),
            widen=(lambda: self.offer(path, fmt, restore=not restore)) if other else None,
        )
