"""A bar on standard error that says how far a long command is; on a terminal only."""

from __future__ import annotations

import sys
import time

from tui.cli.output import on_terminal

_WIDTH = 24  # cells of the bar
_PAUSE = 0.1  # seconds between two pictures of it


class Progress:
    """How many of how many things are done. Leaving the `with` block takes the bar away."""

    def __init__(self, total: int, what: str) -> None:
        self._total = total
        self._what = what
        self._shown = 0.0
        self._drawn = False
        self._on = total > 0 and sys.stderr is not None and on_terminal(sys.stderr)

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._drawn:
            self._write("\r\x1b[K")

    def show(self, done: int) -> None:
        """Draw the bar anew, unless that was just done."""
        now = time.monotonic()
        if not self._on or (now - self._shown < _PAUSE and done < self._total):
            return
        self._shown, self._drawn = now, True
        full = _WIDTH * done // self._total
        bar = "#" * full + "-" * (_WIDTH - full)
        self._write(f"\r[{bar}] {done:,} of {self._total:,} {self._what}\x1b[K")

    def _write(self, drawn: str) -> None:
        try:
            sys.stderr.write(drawn)
            sys.stderr.flush()
        except (OSError, ValueError):
            self._on = False
