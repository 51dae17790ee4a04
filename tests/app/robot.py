"""A user for tests: types keys at a real application on a real workspace, and looks at it."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from tui.app import PressmarkApp
from tui.config import load_settings, load_state
from tui.desk import Desk, Event
from tui.keymap import Keymap
from tui.model.records import Claim, Highlight
from tui.samples import sample_articles
from tui.widgets.status_line import StatusLine

SPECIAL = {
    " ": "space",
    "<enter>": "enter",
    "<esc>": "escape",
    "<tab>": "tab",
    "<s-tab>": "shift+tab",
    "<down>": "down",
    "<up>": "up",
    "<bs>": "backspace",
}


def samples_in(folder: Path) -> Path:
    """A workspace with a copy of the sample articles."""
    for path in sample_articles().glob("*.txt"):
        shutil.copy(path, folder / path.name)
    return folder


class Robot:
    """Presses keys as a person would, and knows where to look."""

    def __init__(self, app: PressmarkApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def screen(self):
        return self.app.reading

    @property
    def place(self):
        return self.app.reading.place

    @property
    def desk(self) -> Desk:
        return self.app.desk

    async def keys(self, *words: str) -> None:
        """Press keys: `<enter>` and the like are one key, any other word is typed as it is."""
        for word in words:
            for key in (SPECIAL[word],) if word in SPECIAL else word:
                await self.pilot.press(SPECIAL.get(key, key))
        await self.settle()

    async def settle(self) -> None:
        """Wait until everything said so far has been heard and painted."""
        await self.pilot.pause()
        await self.pilot.pause()

    async def saved(self) -> None:
        """Wait until everything is on the disk."""
        self.desk.flush()
        await self.settle()

    async def scanned(self) -> None:
        """Wait until all files were read."""
        while self.screen.scanning:
            await self.pilot.pause()
        await self.settle()

    def text(self) -> str:
        """What the caret's sentence says."""
        stop = self.place.sentence
        return " ".join(stop.extent.of(self.place.article.text).split()) if stop else ""

    def status(self) -> str:
        """The lines at the foot of the screen."""
        line = self.screen.query_one(StatusLine)
        rows = line.lines(line.size.width, line.size.height)
        return "\n".join("".join(piece.text for piece in row) for row in rows)

    def shown(self) -> str:
        """The whole screen as text."""
        strips = self.screen._compositor.render_strips()
        return "\n".join(strip.text.rstrip() for strip in strips)

    def highlights(self) -> list[Highlight]:
        """Live highlights of the open article, in text order."""
        return [p.record for p in self.desk.annotations(self.place.article.id).highlights]

    def claims(self) -> list[Claim]:
        """Live claims of the open article, in text order."""
        return list(self.desk.annotations(self.place.article.id).all_claims())

    def claim_status(self, index: int = 0) -> str:
        """The status of a claim of the open article."""
        notes = self.desk.annotations(self.place.article.id)
        return notes.status(self.claims()[index]).name


@asynccontextmanager
async def reader(
    root: Path,
    *,
    size: tuple[int, int] = (120, 40),
    analyst: str = "kim",
    paths: tuple[Path, ...] = (),
    keymap: Keymap | None = None,
    tour: bool = False,
) -> AsyncIterator[Robot]:
    """The application on a workspace, with a robot at the keyboard."""
    apps: list[PressmarkApp] = []

    def notify(event: Event) -> None:
        for app in apps:
            app.heard(event)

    desk = Desk.open(
        paths or (root,),
        root=root,
        analyst=analyst,
        locks=root.parent / "locks",
        settings=load_settings(root),
        notify=notify,
    )
    app = PressmarkApp(desk, keymap or Keymap.default(), load_state(root), tour=tour)
    apps.append(app)
    try:
        async with app.run_test(size=size) as pilot:
            robot = Robot(app, pilot)
            await robot.scanned()
            yield robot
            assert app.guard.stopped == 0, "text went around visible()"
    finally:
        apps.clear()
        desk.close()
