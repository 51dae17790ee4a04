from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import socket
import subprocess
from pathlib import Path

import pytest

from tui.store import StoreError
from tui.store.locks import held


def count_up(folder: str, times: int, flock: bool) -> None:
    """Adds to a number in a file, which goes wrong without a lock."""
    if not flock:
        fcntl.flock = no_such_lock
    number = Path(folder) / "number"
    for _ in range(times):
        with held(Path(folder) / "locks", "one"):
            number.write_text(str(int(number.read_text()) + 1))


def no_such_lock(handle: int, how: int) -> None:
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


@pytest.mark.parametrize("flock", [True, False], ids=["flock", "without flock"])
def test_one_process_at_a_time_is_inside(tmp_path, flock):
    (tmp_path / "number").write_text("0")
    start = multiprocessing.get_context("spawn")
    processes = [start.Process(target=count_up, args=(str(tmp_path), 40, flock)) for _ in range(2)]
    for process in processes:
        process.start()
    for process in processes:
        process.join(60)
        assert process.exitcode == 0
    assert (tmp_path / "number").read_text() == "80"


@pytest.mark.parametrize("flock", [True, False], ids=["flock", "without flock"])
def test_waiting_ends_with_a_sentence(tmp_path, monkeypatch, flock):
    if not flock:
        monkeypatch.setattr(fcntl, "flock", no_such_lock)
    with held(tmp_path, "one"):
        again = held(tmp_path, "one", patience=0.05)
        with pytest.raises(StoreError, match="another Pressmark of yours"), again:
            pass
        with held(tmp_path, "two", patience=0.05):
            pass
    with held(tmp_path, "one", patience=0.05):
        pass


def test_what_a_dead_process_left_does_not_lock_out(tmp_path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", no_such_lock)
    ended = subprocess.Popen(["true"])
    ended.wait()
    owner = {"pid": ended.pid, "host": socket.gethostname()}
    (tmp_path / "one.held").write_text(json.dumps(owner))
    with held(tmp_path, "one", patience=0.2):
        pass
    assert not (tmp_path / "one.held").exists()


def test_a_lock_file_taken_away_meanwhile_is_made_anew(tmp_path, monkeypatch):
    path = tmp_path / "one.lock"
    real = fcntl.flock

    def cleaned(handle: int, how: int) -> None:
        real(handle, how)
        if not (tmp_path / "cleaned").exists():
            (tmp_path / "cleaned").touch()
            path.unlink()

    monkeypatch.setattr(fcntl, "flock", cleaned)
    with held(tmp_path, "one", patience=1):
        monkeypatch.setattr(fcntl, "flock", real)
        # Had it kept the lock on the file that is gone, a second one would get in.
        with pytest.raises(StoreError), held(tmp_path, "one", patience=0.05):
            pass


def test_a_folder_of_locks_that_cannot_be_made_has_a_substitute(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    (tmp_path / "file").write_text("")
    with held(tmp_path / "file" / "locks", "one"):
        assert [path.name for path in tmp_path.glob("pressmark-locks-*/*")] == ["one.lock"]


def test_an_error_inside_is_not_taken_for_one_of_the_lock(tmp_path):
    with pytest.raises(OSError, match="mine"), held(tmp_path, "one"):
        raise OSError("mine")
