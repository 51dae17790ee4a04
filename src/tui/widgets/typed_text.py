"""A text field of ours: how it draws what was typed or pasted, and its editing keys in turn."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.widgets import Input

from tui.model.visible import visible


class VisibleText(Highlighter):
    """Draws each code point as `visible()` has it; the value itself stays as it was typed."""

    def highlight(self, text: Text) -> None:
        """Replace what must not be drawn, one for one."""
        text.plain = visible(text.plain)


class TypedField(Input):
    """A field of one line in which keys act in the order in which they were typed.

    Textual has an editing key such as Backspace climb to the application, behind the letters that
    wait there by then, and acts on it after them.
    """

    BINDINGS = []

    def __init__(self, classes: str) -> None:
        super().__init__(
            compact=True, select_on_focus=False, highlighter=VisibleText(), classes=classes
        )

    async def _on_key(self, event: events.Key) -> None:
        found = self._bindings.key_to_bindings.get(event.key, ())
        for binding in found:
            event.stop()
            event.prevent_default()
            await self.run_action(binding.action)
        if not found:
            await super()._on_key(event)
