"""How a text field draws what was typed or pasted into it."""

from __future__ import annotations

from rich.highlighter import Highlighter
from rich.text import Text

from tui.model.visible import visible


class VisibleText(Highlighter):
    """Draws each code point as `visible()` has it; the value itself stays as it was typed."""

    def highlight(self, text: Text) -> None:
        """Replace what must not be drawn, one for one."""
        text.plain = visible(text.plain)
