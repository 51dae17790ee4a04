"""Every system call of a save made to fail by strace, once and for ever."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

# What a save cannot do without: if strace saw none of these, nothing was tried.
WANTED = {"openat", "write", "fsync", "rename", "mkdir", "flock", "close", "newfstatat"}


def tracing(folder: Path, every: int) -> list[dict[str, Any]]:
    if shutil.which("strace") is None:
        pytest.skip("not done: system calls made to fail: there is no strace command")
    line = [sys.executable, "-m", "tests.store.tracing", str(folder), str(every)]
    done = subprocess.run(line, capture_output=True, timeout=900, check=False)
    found = [json.loads(text) for text in done.stdout.splitlines()]
    for entry in found:
        if "refused" in entry:
            pytest.skip(f"not done: system calls made to fail: {entry['refused']}")
    assert [entry["wrong"] for entry in found if "wrong" in entry] == [], done.stderr.decode()
    assert found[-1] == {"done": True}, done.stderr.decode()
    return found


def trials(found: list[dict[str, Any]]) -> list[tuple[str, int]]:
    return [(entry["trial"], entry["code"]) for entry in found if "trial" in entry]


def test_some_system_calls_fail_or_kill_and_nothing_is_lost(tmp_path, record_property):
    done = trials(tracing(tmp_path, 40))
    record_property("trials", f"{len(done)} system calls made to fail by strace")
    assert len(done) >= 20


@pytest.mark.faults
def test_every_system_call_fails_once_and_for_ever_and_nothing_is_lost(tmp_path, record_property):
    found = tracing(tmp_path, 1)
    done = trials(found)
    record_property("trials", f"{len(done)} system calls made to fail by strace")
    for entry in found:
        if entry.get("case") == "a_step":
            assert set(entry["calls"]) >= WANTED
    # The faults did arrive: most saves were refused, each kill killed.
    codes = [code for trial, code in done if "KILL" not in trial]
    assert codes.count(3) > len(codes) // 2
    killed = [code for trial, code in done if "KILL" in trial]
    assert killed.count(-9) >= len(killed) * 0.99
