from __future__ import annotations

import errno
import fcntl
import json
import multiprocessing
import os
import re
import socket
import subprocess
import time
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


LIVING = {"pid": os.getpid(), "host": socket.gethostname()}


@pytest.mark.parametrize(
    ("owner", "age", "taken"),
    [
        ({}, 3600, False),
        ({"pid": 1, "host": "another machine"}, 30, False),
        ({"pid": 1, "host": "another machine"}, 65, True),
        ({"pid": "one"}, 30, False),
        ({"pid": "one"}, 65, True),
        ({"pid": 0}, 30, False),
        ({"pid": 10**30}, 0, True),
        ("", 30, False),  # made a moment ago, or cut short by a loss of power
        ("", 65, True),
        ('{"pid": 1', 65, True),
        ("[1]", 65, True),
    ],
)
def test_a_lock_file_counts_while_its_owner_may_live(tmp_path, monkeypatch, owner, age, taken):
    monkeypatch.setattr(fcntl, "flock", no_such_lock)
    path = tmp_path / "one.held"
    owner = owner if isinstance(owner, str) else json.dumps(LIVING | owner)
    path.write_text(owner)
    made = time.time() - age
    os.utime(path, (made, made))
    lock = held(tmp_path, "one", patience=0.01)
    if taken:
        with lock:
            assert json.loads(path.read_text()) == LIVING
        assert not path.exists()
    else:
        with pytest.raises(StoreError, match="another Pressmark of yours"), lock:
            pass
        assert path.read_text() == owner


def test_a_lock_file_of_another_user_s_process_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", no_such_lock)

    def not_ours(process: int, signal: int) -> None:
        raise PermissionError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "kill", not_ours)
    (tmp_path / "one.held").write_text(json.dumps(LIVING))
    with pytest.raises(StoreError), held(tmp_path, "one", patience=0.01):
        pass


def test_a_lock_file_that_cannot_be_read_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(fcntl, "flock", no_such_lock)
    (tmp_path / "one.held").mkdir()
    with pytest.raises(StoreError, match=r"one\.held"), held(tmp_path, "one", patience=0.01):
        pass


@pytest.mark.parametrize("replaced", [False, True], ids=["taken away", "replaced"])
def test_a_lock_file_taken_away_meanwhile_is_made_anew(tmp_path, monkeypatch, replaced):
    path = tmp_path / "one.lock"
    real = fcntl.flock

    def cleaned(handle: int, how: int) -> None:
        real(handle, how)
        if not (tmp_path / "cleaned").exists():
            (tmp_path / "cleaned").touch()
            path.unlink()
            if replaced:
                path.touch()

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


def test_a_folder_of_locks_that_is_not_ours_to_write_has_a_substitute(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    mine = tmp_path / "locks"
    really = os.access
    monkeypatch.setattr(os, "access", lambda path, how: path != mine and really(path, how))
    with held(mine, "one"):
        [lock] = tmp_path.glob("pressmark-locks-*/*")
        assert lock.name == "one.lock"
        assert lock.parent.stat().st_mode & 0o777 == 0o700
        assert lock.stat().st_mode & 0o777 == 0o600


def test_without_any_folder_for_locks_it_is_said_which_one_is_wanted(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "file"))
    locks = tmp_path / "file" / "locks"
    wanted = f"{locks} could not be written: a file is in the place of a folder"
    with pytest.raises(StoreError, match=re.escape(wanted)), held(locks, "one"):
        pass


@pytest.mark.parametrize("call", ["open", "mkdir"])
def test_an_error_that_may_be_gone_next_time_chooses_no_other_folder(tmp_path, monkeypatch, call):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "spare"))

    def failing(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, call, failing)
    wanted = "could not be locked: the disk reports an error"
    with pytest.raises(StoreError, match=wanted), held(tmp_path / "locks", "one"):
        pass
    monkeypatch.undo()
    assert list(tmp_path.iterdir()) == []


def test_a_lock_that_fails_otherwise_is_said_so_and_leaves_no_file_open(tmp_path, monkeypatch):
    handles: list[int] = []

    def failing(handle: int, how: int) -> None:
        handles.append(handle)
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(fcntl, "flock", failing)
    with pytest.raises(StoreError, match="could not be locked"), held(tmp_path, "one"):
        pass
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handles[0])


def test_an_error_inside_is_not_taken_for_one_of_the_lock(tmp_path):
    with pytest.raises(OSError, match="mine"), held(tmp_path, "one"):
        raise OSError("mine")
