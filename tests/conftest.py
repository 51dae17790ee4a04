"""What the fault trials say at the end: how many were done, and what the machine did not allow."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

# The suite has three minutes on two cores: half of hypothesis's own number of examples, unless
# more are asked for.
settings.register_profile("suite", max_examples=int(os.environ.get("PRESSMARK_EXAMPLES", "40")))
settings.load_profile("suite")


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
