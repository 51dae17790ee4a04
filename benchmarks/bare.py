"""Lines of a file from a strip cache on Textual's line API, and nothing else.

    python benchmarks/bare.py FILE

`j` and `k` scroll by a line, `d` by a page. It is what keys are measured beside.
"""

from __future__ import annotations

import sys
from pathlib import Path

from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.events import Key
from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.strip import Strip


class Lines(ScrollView, can_focus=True):
    """As many lines as there are, drawn when they are seen."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines
        self.strips: dict[int, Strip] = {}

    def on_mount(self) -> None:
        self.virtual_size = Size(max(map(len, self.lines), default=0), len(self.lines))

    def render_line(self, y: int) -> Strip:
        number = self.scroll_offset.y + y
        strip = self.strips.get(number)
        if strip is None:
            words = self.lines[number] if number < len(self.lines) else ""
            strip = self.strips[number] = Strip([Segment(words, self.rich_style)])
        return strip


class Bare(App[None]):
    """The lines, and keys to scroll them."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__()
        self.lines = lines

    def compose(self) -> ComposeResult:
        yield Lines(self.lines)

    def on_key(self, event: Key) -> None:
        view = self.query_one(Lines)
        step = {"j": 1, "w": 1, "k": -1, "d": view.size.height - 1}.get(event.key)
        if step:
            view.scroll_to(y=view.scroll_y + step, animate=False)


if __name__ == "__main__":
    Bare(Path(sys.argv[1]).read_text(encoding="utf-8").split("\n")).run()
