"""Power lost at any moment of a saving process, on a disk that remembers all writes and flushes."""

from __future__ import annotations

import os
import random
import sys
from pathlib import Path

import pytest
from tests.store.disk import Disk, NotAllowed, Said, Write, mounted
from tests.store.working import Promised

SIZE = 24 << 20
LEAST = 50  # annotations that have to be acknowledged


def used_disk(folder: Path, seconds: float, *how: str) -> Disk:
    """A disk on which a process has saved for a time."""
    if sys.platform != "linux":
        pytest.skip("not done: power losses: they need Linux")
    if os.geteuid():
        pytest.skip("not done: power losses: only root can mount a disk")

    def command(top: Path) -> list[str]:
        return [sys.executable, "-m", "tests.store.working", str(top), *how]

    try:
        disk = Disk(folder, SIZE)
        disk.use(command, seconds, LEAST)
    except NotAllowed as reason:
        pytest.skip(f"not done: power losses: {reason}")
    return disk


def losses(disk: Disk, folder: Path, count: int) -> tuple[list[list[str]], int]:
    """What was broken after each of so many power losses, and how much had been acknowledged."""
    moments = sorted(random.choices(range(1, len(disk.log) + 1), k=count))
    promised, done, image, place = Promised(), 0, folder / "crash.img", folder / "place"
    place.mkdir()
    found: list[list[str]] = []
    for moment, data in disk.crashes(moments):
        for entry in disk.log[done:moment]:
            if isinstance(entry, Said):
                promised.take(entry.line)
        done = moment
        image.write_bytes(data)
        with mounted(image, place) as top:
            found.append(promised.broken(top))
    return found, len(promised.records)


def hold(tmp_path: Path, seconds: float, count: int) -> str:
    disk = used_disk(tmp_path, seconds)
    assert sum(isinstance(entry, Said) for entry in disk.log) >= LEAST
    assert sum(isinstance(entry, Write) for entry in disk.log) > 200
    found, acknowledged = losses(disk, tmp_path, count)
    assert [broken for broken in found if broken] == []
    return f"{count} power losses among {acknowledged} acknowledged annotations"


def test_power_lost_at_any_moment_loses_nothing_acknowledged(tmp_path, record_property):
    record_property("trials", hold(tmp_path, 1.5, 12))


@pytest.mark.faults
def test_power_lost_300_times_loses_nothing_acknowledged(tmp_path, record_property):
    count = int(os.environ.get("PRESSMARK_POWER_LOSSES", "300"))
    record_property("trials", hold(tmp_path, 12, count))


@pytest.mark.faults
def test_these_power_losses_find_a_program_that_leaves_out_fsync(tmp_path):
    disk = used_disk(tmp_path, 4, "careless")
    found, _ = losses(disk, tmp_path, 30)
    assert sum(map(bool, found)) >= 5
