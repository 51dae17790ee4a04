"""From the paths of the command line to the open reader."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui.cli.failing import Failure
from tui.cli.output import on_terminal
from tui.cli.page import COMMANDS

if TYPE_CHECKING:
    from pathlib import Path

# Frames a second at most. Textual's own 60 let an answer right behind another frame wait for up
# to two of their intervals, 33 ms; a frame is painted only when there is something to paint.
FRAMES = "500"


def start(
    paths: Sequence[Path],
    *,
    workspace: Path | None = None,
    analyst: str = "",
    encoding: str = "",
    tour: bool = False,
) -> int:
    """Open the reader on paths, or on the whole workspace; returns the exit code.

    What is empty or None is found out. Raises Failure, with a sentence, where it cannot be.
    """
    _check_paths(paths)
    _check_terminal()
    gc.disable()  # until the first paint: what is made before it stays
    try:
        return _read(paths, workspace, analyst, encoding, tour)
    finally:
        gc.enable()


def _read(
    paths: Sequence[Path], workspace: Path | None, analyst: str, encoding: str, tour: bool
) -> int:
    from tui.cli.opening import keymap_path, workspace_of
    from tui.config import analyst_name, places

    if tour:
        from tui.samples import sample_articles

        opened: Sequence[Path] = (sample_articles(),)
        root = places().state / "tour"
        root.mkdir(parents=True, exist_ok=True)
    else:
        opened, root = paths, workspace_of(paths, workspace)
    os.environ.setdefault("TEXTUAL_FPS", FRAMES)  # looked at when Textual is imported
    from tui.app import run

    return run(
        opened,
        root=root,
        analyst=analyst_name(analyst),
        encoding=encoding,
        tour=tour,
        keymap_path=keymap_path(),
    )


def _check_paths(paths: Sequence[Path]) -> None:
    """Say which PATH is not there, and which command may have been meant."""
    for path in paths:
        if os.path.lexists(path):
            continue
        from difflib import get_close_matches

        meant = get_close_matches(str(path), COMMANDS, n=1, cutoff=0.7) if len(paths) < 3 else []
        mend = (
            f"did you mean pressmark {meant[0]}?"
            if meant and path == paths[0]
            else "check the name, or where you are"
        )
        raise Failure(f"{path} does not exist: {mend}")


def _check_terminal() -> None:
    """The reader needs a terminal on all three: keys come in on one, the screen goes out on two."""
    streams = {"input": sys.stdin, "output": sys.stdout, "error": sys.stderr}
    for name, stream in streams.items():
        if stream is None:
            raise Failure(f"the reader needs a terminal, and standard {name} is closed")
    for name, stream in streams.items():
        if not on_terminal(stream):
            raise Failure(
                f"the reader needs a terminal, and standard {name} is none; "
                "pressmark list, show and export work without"
            )
    kind = os.environ.get("TERM", "")
    if kind in ("", "dumb"):
        what = "is not set" if not kind else f"is {kind}"
        raise Failure(f"the reader needs a terminal that can place text, and TERM {what}")
