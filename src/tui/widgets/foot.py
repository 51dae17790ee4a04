"""What lies over the last rows of the desk for a while, so that nothing under it has to move."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical

from tui.keymap import Keymap, Wait
from tui.widgets.echo_area import EchoArea
from tui.widgets.picker import Picker
from tui.widgets.prompt import Prompt


class Foot(Vertical):
    """Picker, prompt and echo area, over the desk and above the status line."""

    DEFAULT_CSS = """
    Foot { dock: bottom; layer: foot; width: 1fr; height: auto; margin-bottom: 1; }
    Foot.low { margin-bottom: 0; }
    """

    def __init__(self, keymap: Keymap, outside: Callable[[str], str | None]) -> None:
        super().__init__(id="foot")
        self.picker, self.prompt, self.echo = Picker(), Prompt(), EchoArea()
        self.picker.keymap = self.prompt.keymap = keymap
        self.prompt.outside = outside

    def compose(self) -> ComposeResult:
        """Its parts."""
        yield self.picker
        yield self.prompt
        yield self.echo

    @property
    def reach(self) -> int:
        """How many rows of the desk it lies over; of a picker, the most that it may take."""
        return self.picker.reach + self.prompt.asking + len(self.echo.lines)

    def say(self, sentence: str, waiting: Wait | None = None, standing: str = "") -> None:
        """Show a sentence, what is standing below it, or the choices of a waiting prefix."""
        self.echo.say(sentence, waiting, standing)

    def hear(self, event: events.Key) -> None:
        """Pass a key on to the field that is open, if it has lost the focus.

        Textual takes it from a field that is hidden a moment later: by then the next may have it.
        """
        field = self.picker.field if self.picker.offering else self.prompt.field
        if self.screen.focused is not field:
            event.stop()
            event.prevent_default()
            self.screen.set_focus(field, scroll_visible=False)
            field.post_message(events.Key(event.key, event.character))

    def fit(self) -> None:
        """Take the size that the screen has now."""
        self.set_class(self.screen.size.height < 2, "low")  # no room beside the status line
        self.echo.fit()
        self.picker.fit()
