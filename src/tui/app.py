"""The Textual application: opens the desk, shows the reading screen, leaves cleanly."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.types import AnimationLevel

from tui.config import State, load_settings, load_state, places
from tui.desk import Desk, Event
from tui.keymap import Keymap
from tui.screens.reading import ReadingScreen
from tui.terminal import Guard, Terminal, leave_on_signals
from tui.widgets.looks import DEFAULT_THEME, Look, register_themes
from tui.widgets.own_look import LookError, read_look


class PressmarkApp(App[int]):
    """Wiring: one desk, one screen, themes, and a guard on everything that is drawn."""

    TITLE = "Pressmark"
    BINDINGS: ClassVar[list[BindingType]] = []
    ENABLE_COMMAND_PALETTE = False
    AUTO_FOCUS = None
    CSS = """
    Screen { background: $background; color: $foreground; }
    """

    def __init__(
        self,
        desk: Desk,
        keymap: Keymap,
        state: State,
        *,
        tour: bool = False,
        looks: Sequence[Look] = (),
    ) -> None:
        self.guard = Guard()
        super().__init__(driver_class=_driver())
        self.animation_level: AnimationLevel = "none"
        self.desk = desk
        self.crash_report: Path | None = None
        register_themes(self, *looks)
        theme = str(state.layout.get("theme", DEFAULT_THEME))
        self.theme = theme if theme in self.available_themes else DEFAULT_THEME
        self.reading = ReadingScreen(desk, keymap, state, tour=tour)

    def get_default_screen(self) -> ReadingScreen:
        """The one screen there is."""
        return self.reading

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, then the guard: nothing else stands before the terminal."""
        return [*super().get_line_filters(), self.guard]

    def heard(self, event: Event) -> None:
        """Pass on what the desk says; called from its writer thread too."""
        if self.is_running:
            self.reading.post_message(ReadingScreen.Heard(event))

    def on_mount(self) -> None:
        """Let the two signals that end a terminal save first."""
        driver = self._driver
        if isinstance(driver, Terminal):
            leave_on_signals(self.save, driver.attributes)

    def save(self) -> None:
        """Put everything on the disk: annotations, place, a half-filled form."""
        self.reading.keep_draft()
        self.reading.remember_place()
        self.desk.flush(timeout=5)

    def _fatal_error(self) -> None:
        """Leave on a fault of ours: three lines, no text of an article, a report for its owner."""
        self.crash_report = _report(sys.exc_info()[1] or self._exception)
        where = f"A report is in {self.crash_report}" if self.crash_report else "No report"
        self._exit_renderables.append(
            Text(
                "Pressmark stopped: this is a fault of the program, not of your work.\n"
                "What was marked is saved; a claim that was open is opened again.\n"
                f"{where}: it names places in the program and no words of an article."
            )
        )
        self._close_messages_no_wait()


def _driver() -> type[Driver] | None:
    """Our driver in a terminal; the one that the environment asks for otherwise (tests)."""
    return None if os.environ.get("TEXTUAL_DRIVER") else Terminal


def _report(error: BaseException | None) -> Path | None:
    """Write where in the program it failed; messages are left out, they may quote an article."""
    lines = [f"{type(error).__name__}\n"]
    if error is not None:
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"{frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames]
    try:
        folder = places().state
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "crash.txt"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path


def _own_looks(path: Path) -> tuple[list[Look], list[str]]:
    """The analyst's own theme, if there is one, and a sentence if it cannot be used."""
    try:
        look = read_look(path)
    except LookError as error:
        return [], [str(error)]
    return [look] if look is not None else [], []


def run(
    paths: Sequence[Path],
    *,
    root: Path,
    analyst: str,
    encoding: str = "",
    tour: bool = False,
    keymap_path: Path | None = None,
) -> int:
    """Open the reader on paths in a workspace until the analyst leaves; returns the exit code.

    Raises DeskError, with a sentence and a code, if there is nothing to open.
    """
    keymap, problems = Keymap.load(keymap_path) if keymap_path else (Keymap.default(), ())
    apps: list[PressmarkApp] = []

    def notify(event: Event) -> None:
        for app in apps:
            app.heard(event)

    desk = Desk.open(
        paths,
        root=root,
        analyst=analyst,
        locks=places().locks,
        settings=load_settings(root),
        encoding=encoding,
        notify=notify,
    )
    try:
        looks, faults = _own_looks(places().config / "theme.toml")
        app = PressmarkApp(desk, keymap, load_state(root, analyst), tour=tour, looks=looks)
        app.reading.message = " ".join((*problems, *faults, *desk.troubles[:1]))
        apps.append(app)
        code = app.run()
        return app.return_code or code or 0
    finally:
        apps.clear()
        desk.close()
