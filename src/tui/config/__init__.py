"""Where things lie, what a workspace's settings say, who works, what a session leaves behind."""

from __future__ import annotations

from tui.config.analyst import ANALYST, analyst_name
from tui.config.places import Places, find_workspace, places
from tui.config.settings import load_settings
from tui.config.state import (
    State,
    arrivals_file,
    load_state,
    rescue_file,
    rescue_files,
    state_file,
)

__all__ = [
    "ANALYST",
    "Places",
    "State",
    "analyst_name",
    "arrivals_file",
    "find_workspace",
    "load_settings",
    "load_state",
    "places",
    "rescue_file",
    "rescue_files",
    "state_file",
]
