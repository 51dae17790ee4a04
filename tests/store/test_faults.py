"""Real processes that are killed, run out of room, or meet each other.

The numbers come from the environment; those marked `faults` are the full ones.
"""

from __future__ import annotations

import json
import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.forks import FORKS
from tests.store.saving import printing
from tinydb import TinyDB

from tui.store import StoreError, open_store

SAVING = Path(__file__).with_name("saving.py")
ARTICLE = "abcdefghij234567"


def number(name: str, default: int) -> int:
    return int(os.environ.get(name, default))


def saving(*args: object) -> subprocess.Popen[bytes]:
    command = [sys.executable, str(SAVING), *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def said_by(process: subprocess.Popen[bytes]) -> list[dict[str, Any]]:
    """All whole lines that a process printed; waits for its end."""
    output, _ = process.communicate(timeout=600)
    return parsed(output)


def parsed(output: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.split(b"\n")[:-1]]


def saved_in(lines: list[dict[str, Any]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        if "fresh" in line:
            found = {}
        found |= line.get("saved", {})
    return found


def wrong_in(lines: list[dict[str, Any]]) -> list[str]:
    return [line["wrong"] for line in lines if "wrong" in line]


def assert_all_there(folder: Path, saved: dict[str, int]) -> None:
    store = open_store(folder / "annotations", "kim", locks=folder / "locks")
    shelf = store.of_article(ARTICLE)
    assert (shelf.troubles, shelf.altered) == ((), frozenset())
    found = {record.id: record.rev for record in shelf.records}
    assert {name: rev for name, rev in saved.items() if found.get(name, 0) < rev} == {}
    for path in (folder / "annotations").rglob("*.json"):
        with TinyDB(path, encoding="utf-8", access_mode="r") as db:
            assert {doc["id"]: doc["rev"] for doc in db} == found


def kills(folder: Path, count: int) -> None:
    for trial in range(count):
        # Every third time from nothing, so that the first writes are hit too.
        place = folder / (f"fresh{trial}" if trial % 3 == 0 else "grown")
        place.mkdir(exist_ok=True)
        said, says = FORKS.Pipe(duplex=False)
        process = FORKS.Process(target=printing, args=(says, "highlights", place))
        process.start()
        says.close()
        with open(said.fileno(), "rb", closefd=False) as output:
            if trial % 3:
                select.select([output], [], [], 60)
                time.sleep(random.uniform(0, 0.05))
            else:
                while not (place / "annotations").exists() and process.is_alive():
                    pass
                time.sleep(random.uniform(0, 0.01))
            process.kill()
            known.setdefault(place, {}).update(saved_in(parsed(output.read())))
        process.join()
        assert process.exitcode == -9
        assert_all_there(place, known[place])
    last = saving("highlights", folder / "grown", 1)
    known[folder / "grown"] |= saved_in(said_by(last))
    assert_all_there(folder / "grown", known[folder / "grown"])
    assert list((folder / "grown").rglob("*.tmp")) == []


known: dict[Path, dict[str, int]] = {}


def test_a_process_killed_at_any_point_loses_nothing_acknowledged(tmp_path):
    kills(tmp_path, min(number("PRESSMARK_KILLS", 30), 30))


@pytest.mark.faults
def test_500_kills_lose_nothing_acknowledged(tmp_path, record_property):
    count = number("PRESSMARK_KILLS", 500)
    kills(tmp_path, count)
    record_property("trials", f"{count} kills")


def full(folder: Path, mode: str, trials: int) -> None:
    process = saving(mode, folder, trials, random.randrange(1, 1 << 30))
    lines = said_by(process)
    assert wrong_in(lines) == []
    assert process.returncode == 0
    sentences = [line["full"] for line in lines if "full" in line]
    assert len(sentences) == trials
    wanted = "free some space" if mode == "full-disk" else "grow beyond the file size allowed"
    assert all(wanted in sentence and ".json" in sentence for sentence in sentences)
    assert_all_there(folder, saved_in(lines))


def test_no_room_for_a_larger_file_loses_nothing_acknowledged(tmp_path):
    full(tmp_path, "full", min(number("PRESSMARK_FULL_DISKS", 30), 30))


@pytest.mark.faults
def test_no_room_300_times_loses_nothing_acknowledged(tmp_path, record_property):
    count = number("PRESSMARK_FULL_DISKS", 300)
    full(tmp_path, "full", count)
    record_property("trials", f"{count} files without room to grow")


@contextmanager
def small_disk(folder: Path) -> Generator[None]:
    """A file system of one megabyte, where this machine lets us have one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "pressmark-test", str(folder)]
    try:
        made = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("not done: full disks on a small tmpfs (1 test): there is no mount command")
    if made.returncode:
        pytest.skip(
            "not done: full disks on a small tmpfs (1 test): this machine does not let it be "
            f"mounted: {made.stderr.strip()}"
        )
    try:
        yield
    finally:
        subprocess.run(["umount", str(folder)], check=True)


@pytest.mark.faults
def test_a_really_full_disk_loses_nothing_acknowledged(tmp_path, record_property):
    count = number("PRESSMARK_FULL_DISKS", 300)
    with small_disk(tmp_path / "disk"):
        full(tmp_path / "disk", "full-disk", count)
    record_property("trials", f"{count} full disks")


@pytest.mark.faults
def test_a_workspace_on_a_read_only_disk_can_be_read(tmp_path):
    disk = tmp_path / "disk"
    with small_disk(disk):
        saved = saved_in(said_by(saving("highlights", disk, 3)))
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        assert_all_there(disk, {})
        store = open_store(disk / "annotations", "kim", locks=tmp_path / "locks")
        [record, *_] = store.of_article(ARTICLE).records
        assert record.id in saved
        with pytest.raises(StoreError, match="read-only"):
            store.receive([replace(record, rev=99)])


def two_writers(folder: Path, count: int) -> None:
    processes = [saving("highlights", folder, count) for _ in range(2)]
    lines = [said_by(process) for process in processes]
    assert [process.returncode for process in processes] == [0, 0]
    saved = saved_in(lines[0]) | saved_in(lines[1])
    assert_all_there(folder, saved)
    store = open_store(folder / "annotations", "kim", locks=folder / "locks")
    assert len(store.of_article(ARTICLE).records) == len(saved)
    assert len(store.history(ARTICLE)) == 2 * count


def test_two_processes_of_one_analyst_lose_none_of_each_other_s_steps(tmp_path):
    two_writers(tmp_path, min(number("PRESSMARK_WRITES", 100), 100))


@pytest.mark.faults
def test_two_processes_with_500_steps_each_lose_none(tmp_path, record_property):
    count = number("PRESSMARK_WRITES", 500)
    two_writers(tmp_path, count)
    record_property("trials", f"2 x {count} writes of two processes")


def test_each_system_call_may_fail_once(tmp_path):
    process = saving("calls", tmp_path / "workspace")
    lines = said_by(process)
    assert wrong_in(lines) == []
    assert lines[-1] == {"done": True}
    trials = [line["trial"] for line in lines if "trial" in line]
    for call in ("open", "write", "fsync", "close", "replace", "mkdir", "flock"):
        for how in ("5", "28", "None"):
            assert f"save_with {call} {how}" in trials
