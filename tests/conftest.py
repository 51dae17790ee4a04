"""How the suite keeps within its time, and what the fault trials say at its end."""

from __future__ import annotations

import contextlib
import gc
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from textual import screen

# Frames a second that Textual draws by itself, in this process: a test draws when it looks (Robot).
# Not by its variable, which is looked at when a plugin of pytest imports Textual, before this file.
pytest.MonkeyPatch().setattr(screen, "UPDATE_PERIOD", 1 / 4)

# The suite has three minutes on two cores: a quarter of hypothesis's own number of examples, unless
# more are asked for.
settings.register_profile(
    "suite", max_examples=int(os.environ.get("PRESSMARK_EXAMPLES", "25")), deadline=None
)
settings.load_profile("suite")


IN_MEMORY, ROOM = Path("/dev/shm"), 1 << 30


def pytest_configure(config: pytest.Config) -> None:
    """Keep the folders of the tests in memory, where there is room: each save waits for a disk.

    Not whether a disk is waited for is tested by that, but with the system calls themselves.
    """
    with contextlib.suppress(OSError):
        room = os.access(IN_MEMORY, os.W_OK) and shutil.disk_usage(IN_MEMORY).free > ROOM
        if room and config.option.basetemp is None:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(IN_MEMORY))


def pytest_collection_finish() -> None:
    """Look no more through what was imported and collected, and seldom through the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


@pytest.fixture(scope="session")
def _hostile_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from tests.app.hostile import hostile_workspace

    top = tmp_path_factory.mktemp("hostile")
    return hostile_workspace(top / "news", top / "locks")


@pytest.fixture
def hostile(_hostile_once: Path, tmp_path: Path) -> Path:
    """A workspace in which everything that can be written means harm, as one's own."""
    from tests.app.hostile import copied

    return copied(_hostile_once, tmp_path / "hostile")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.getreports(kind)]
    done = [value for r in reports for name, value in r.user_properties if name == "trials"]
    if not done:
        return
    terminalreporter.section("fault trials")
    terminalreporter.line("done: " + "; ".join(map(str, done)))
    skipped = {str(r.longrepr[2]) for r in terminalreporter.getreports("skipped")}
    words = sorted(word for word in skipped if "not done" in word)
    for word in words or ["nothing was left out"]:
        terminalreporter.line(word.removeprefix("Skipped: "))
