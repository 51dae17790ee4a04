"""The least application of Textual there is: what the start of the reader is measured beside."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static

WORDS = "Hello, world"


class Hello(App[None]):
    def compose(self) -> ComposeResult:
        yield Static(WORDS)


if __name__ == "__main__":
    Hello().run()
