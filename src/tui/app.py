"""The Textual application: opens the desk, shows the reading screen, leaves cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.types import AnimationLevel

from tui.config import State, load_settings, load_state, places, rescue_file, rescue_files
from tui.desk import Changed, Desk, DeskError, Event
from tui.keymap import Keymap
from tui.screens.reading import ReadingScreen
from tui.terminal import (
    FAULT,
    Guard,
    Terminal,
    attributes_now,
    explain,
    leaving_on_signals,
    restore,
    say,
)
from tui.widgets.looks import DEFAULT_THEME, Look, register_themes
from tui.widgets.own_look import LookError, read_look
from tui.widgets.punctual import Punctual

SAVING = 5.0  # seconds that saving may take when the program has to go

TURN = 0.001  # seconds that saving may keep the interface waiting (Python: 0.005)
KEY_ACTS = 10.0  # seconds after which the next key is passed on whatever the last one does


class PressmarkApp(Punctual, App[int]):
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
        self.fault: Exception | None = None
        self._acted = asyncio.Event()  # the newest key was
        register_themes(self, *looks)
        theme = str(state.layout.get("theme", DEFAULT_THEME))
        self._begin_with(theme if theme in self.available_themes else DEFAULT_THEME)
        self.reading = ReadingScreen(desk, keymap, state, tour=tour)

    def _begin_with(self, theme: str) -> None:
        """Set the theme before there is anything to repaint.

        Assigning `theme` does the same and then has the whole style sheet parsed a second time.
        """
        self.set_reactive(App.theme, theme)
        dark = self.current_theme.dark
        self.set_class(dark, "-dark-mode", update=False)
        self.set_class(not dark, "-light-mode", update=False)
        self.set_class(True, f"-theme-{theme}", update=False)
        self._refresh_truecolor_filter(self.ansi_theme)
        self.stylesheet.set_variables(self.get_css_variables())

    def get_default_screen(self) -> ReadingScreen:
        """The one screen there is."""
        return self.reading

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, then the guard: nothing else stands before the terminal."""
        return [*super().get_line_filters(), self.guard]

    def heard(self, event: Event) -> None:
        """Pass on what the desk says; called from its writer thread too.

        Not what was changed here: of a step over thousands of articles that would be as many
        messages, and keys would stand behind them.
        """
        own = isinstance(event, Changed) and event.origin == "own"
        if self.is_running and not own:
            self.reading.post_message(ReadingScreen.Heard(event))

    def post_display_hook(self) -> None:
        """Say that a frame is out; `call_after_refresh` may come before the panes ask for one."""
        self.reading.painted()

    def save(self) -> None:
        """Put everything on the disk: annotations, place, a half-filled form.

        Raises DeskError if annotations cannot be saved; it says where they were kept instead.
        """
        reading = self.reading
        ways = (reading.forms.cut_short, reading.forms.keep, reading.out.remember_place)
        for keep in (*ways, reading.working.stop):
            with contextlib.suppress(Exception):  # annotations come first, whatever else fails
                keep()
        try:
            self.desk.flush(timeout=SAVING)
        except DeskError as error:
            raise _kept(self.desk, error) from error

    async def on_event(self, event: events.Event) -> None:
        """Pass on an event; a key only when the one before it has been acted on.

        Else a key that opens a field and the letters typed behind it may part ways.
        """
        target = self.focused or self.screen if self._screen_stack else self
        await super().on_event(event)
        if isinstance(event, events.Key) and target is not self:
            self._acted.clear()
            if self.fault is None and target.call_later(self._acted.set):
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._acted.wait(), KEY_ACTS)

    async def action_quit(self) -> None:
        """Leave as `q` does."""
        self.reading.out.leave()

    def action_help_quit(self) -> None:
        """Say how to leave; nothing is interrupted."""
        self.reading.say("q leaves; everything is saved")
        self.reading.sync()

    # a fault of ours

    def _handle_exception(self, error: Exception) -> None:
        """Leave on a fault; what Textual would print holds words of the article."""
        self._return_code = FAULT
        if self._exception is None:
            self._exception = self.fault = error  # a test raises it again
            self._exception_event.set()
            self._acted.set()
        self._close_messages_no_wait()

    def _print_error_renderables(self) -> None:
        """Nothing here: `run` says it when the terminal is as it was."""


def _kept(desk: Desk, error: DeskError) -> DeskError:
    """What to say of changes that were not saved, once they are kept for the next start."""
    path = rescue_file(desk.root, desk.analyst)
    try:
        desk.rescue(path)
    except DeskError as failure:
        return DeskError(f"{error}; they could not be kept elsewhere either: {failure}", 3)
    return DeskError(f"{error}; kept in {path}, the next start here brings it back", 3)


def _driver() -> type[Driver] | None:
    """Our driver in a terminal; the one that the environment asks for otherwise (tests)."""
    return None if os.environ.get("TEXTUAL_DRIVER") else Terminal


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
        cache=places().cache,
        notify=notify,
    )
    looks, faults = _own_looks(places().config / "theme.toml")
    app = PressmarkApp(desk, keymap, load_state(root, analyst), tour=tour, looks=looks)
    rescued = desk.take_rescued(rescue_files(root, analyst))
    app.reading.message = "; ".join(filter(None, (rescued, *problems, *faults, *desk.troubles[:1])))
    apps.append(app)
    sys.setswitchinterval(TURN)
    with leaving_on_signals(app.save):
        try:
            return _run(app)
        finally:
            apps.clear()
            _close(desk)


def _close(desk: Desk) -> None:
    """Save what is left and let go. Raises DeskError, which says where it was kept instead."""
    try:
        desk.close()
    except DeskError as error:
        kept = _kept(desk, error)
        desk.abandon()
        raise kept from error


def _run(app: PressmarkApp) -> int:
    """Run the application and put the terminal back, whatever happens; returns the exit code."""
    attributes = attributes_now()
    try:
        code = app.run()
    except Exception as error:
        app.fault = app.fault or error
        code = FAULT
    if app.fault is None:
        return app.return_code or code or 0
    restore(attributes)
    with contextlib.suppress(DeskError):  # said when the desk is closed
        app.save()
    say(explain(app.fault))
    return FAULT
