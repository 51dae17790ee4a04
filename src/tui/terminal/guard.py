"""The last gate before the terminal."""

from __future__ import annotations

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from tui.model.visible import visible


class Guard(LineFilter):
    """No control or invisible code point gets out, whatever drew it.

    Text of the model has been through `visible()` where it became a row, so there is nothing left
    to stop; `stopped` counts what there was all the same.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stopped = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:  # noqa: ARG002
        """The segments with everything replaced that must not be drawn."""
        found: list[Segment] = []
        for segment in segments:
            text, style, control = segment
            if control is None and not (text.isascii() and text.isprintable()):
                shown = visible(text)
                if shown != text:
                    self.stopped += 1
                    segment = Segment(shown, style, control)  # noqa: PLW2901
            found.append(segment)
        return found
