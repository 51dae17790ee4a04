"""What Textual leaves to us about the terminal: odd input, signals, a guard on all output."""

from __future__ import annotations

from tui.terminal.driver import Terminal
from tui.terminal.fault import FAULT, explain
from tui.terminal.guard import Guard
from tui.terminal.leaving import attributes_now, leaving_on_signals, restore, say

__all__ = [
    "FAULT",
    "Guard",
    "Terminal",
    "attributes_now",
    "explain",
    "leaving_on_signals",
    "restore",
    "say",
]
