"""What is said and kept when the program itself is at fault; no words of an article."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from tui.config import places
from tui.model.visible import visible
from tui.version import VERSION

FAULT = 70  # the exit code, as in sysexits.h


def explain(error: BaseException) -> str:
    """Three lines about a fault of ours; a report that only its owner can read is written."""
    path = _report(error)
    where = f"A report is in {visible(str(path))}" if path else "No report could be written"
    return (
        "Pressmark stopped: this is a fault of the program, not of your work.\n"
        "What was marked is saved; a claim that was open will be open again.\n"
        f"{where}: it names places in the program and no words of an article.\n"
    )


def _report(error: BaseException) -> Path | None:
    """Write where in the program it failed; messages are left out, they may quote an article."""
    lines = [f"Pressmark {VERSION}, Python {sys.version.split()[0]}\n", f"{type(error).__name__}\n"]
    frames = traceback.extract_tb(error.__traceback__)
    lines += [f"{frame.filename}:{frame.lineno} {frame.name}\n" for frame in frames]
    try:
        folder = places().state
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / "crash.txt"
        path.unlink(missing_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.writelines(lines)
    except OSError:
        return None
    return path
