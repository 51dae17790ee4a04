"""Files written whole or not at all, read in one state, never through a link."""

from __future__ import annotations

import errno
import os
import socket
import threading
import time

import pytest

from tui.model.ids import sha256
from tui.store import StoreError
from tui.store.durable import (
    is_leftover,
    make_folder,
    read_whole,
    sentence,
    set_aside,
    signature,
    sweep,
    write_whole,
)


def test_what_was_written_is_there_with_its_signature_and_nothing_else(tmp_path):
    path = tmp_path / "a" / "b" / "file"
    for data in (b"first", b"", b"x" * 3_000_000):
        found = write_whole(path, data)
        assert read_whole(path) == (data, found)
        assert signature(path.stat()) == found
        assert found.size == len(data)
    assert list(path.parent.iterdir()) == [path]


def test_who_may_read_a_file_is_as_asked(tmp_path):
    old = os.umask(0o027)
    try:
        write_whole(tmp_path / "ours", b"")
        write_whole(tmp_path / "mine", b"", mode=0o600)
    finally:
        os.umask(old)
    assert (tmp_path / "ours").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "mine").stat().st_mode & 0o777 == 0o600


def test_a_file_and_its_folder_are_flushed_and_the_file_before_it_is_put_there(
    tmp_path, monkeypatch
):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    flushed: list[tuple[bool, bytes]] = []
    really = os.fsync

    def noting(handle: int) -> None:
        really(handle)
        folder = os.path.samestat(os.fstat(handle), tmp_path.stat())
        flushed.append((folder, path.read_bytes()))

    monkeypatch.setattr(os, "fsync", noting)
    write_whole(path, b"new")
    assert flushed == [(False, b"old"), (True, b"new")]


def test_each_new_folder_is_made_known_to_the_one_above_it(tmp_path, monkeypatch):
    flushed: list[int] = []
    really = os.fsync

    def noting(handle: int) -> None:
        really(handle)
        flushed.append(os.fstat(handle).st_ino)

    monkeypatch.setattr(os, "fsync", noting)
    make_folder(tmp_path / "a" / "b")
    assert flushed == [tmp_path.stat().st_ino, (tmp_path / "a").stat().st_ino]
    make_folder(tmp_path / "a" / "b")  # as when another process was first
    assert (tmp_path / "a" / "b").is_dir()


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_what_cannot_be_written_leaves_the_old_file_and_no_other(tmp_path, monkeypatch, call):
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def failing(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, call, failing)
    wanted = f"{path} could not be written: the disk is full; free some space"
    with pytest.raises(StoreError) as failure:
        write_whole(path, b"new")
    assert str(failure.value) == wanted
    monkeypatch.undo()
    assert [p.read_bytes() for p in tmp_path.iterdir()] == [b"old"]


def test_a_write_that_takes_only_a_part_goes_on_with_the_rest(tmp_path, monkeypatch):
    really = os.write
    monkeypatch.setattr(os, "write", lambda handle, data: really(handle, bytes(data[:3])))
    write_whole(tmp_path / "file", b"more than three bytes")
    assert (tmp_path / "file").read_bytes() == b"more than three bytes"


def test_two_threads_that_write_one_file_do_not_meet_in_a_temporary_one(tmp_path):
    path = tmp_path / "file"
    there = threading.Barrier(2)

    def write(data: bytes) -> None:
        there.wait()
        for _ in range(30):
            write_whole(path, data)

    threads = [threading.Thread(target=write, args=(bytes([n]) * 50_000,)) for n in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    data = path.read_bytes()
    assert len(data) == 50_000
    assert data in (b"\0" * 50_000, b"\1" * 50_000)
    assert list(tmp_path.iterdir()) == [path]


def test_a_dangling_link_in_the_place_of_a_folder_is_said_so(tmp_path):
    (tmp_path / "folder").symlink_to(tmp_path / "nowhere")
    with pytest.raises(StoreError, match="a file is in the place of a folder; move it away"):
        write_whole(tmp_path / "folder" / "file", b"")


def test_a_link_in_the_place_of_a_temporary_file_is_not_written_through(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "here")
    victim = tmp_path / "victim"
    victim.write_bytes(b"precious")
    writer = f"{sha256('here')[:6]}-{os.getpid()}-{threading.get_ident()}"
    (tmp_path / f".file.{writer}.tmp").symlink_to(victim)
    with pytest.raises(StoreError, match="links are not followed"):
        write_whole(tmp_path / "file", b"new")
    assert victim.read_bytes() == b"precious"
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_a_machine_without_a_name_can_save(tmp_path, monkeypatch):
    def nameless() -> str:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(socket, "gethostname", nameless)
    write_whole(tmp_path / "file", b"new")
    assert (tmp_path / "file").read_bytes() == b"new"


def test_reading_gives_none_where_there_is_no_file_and_follows_no_link(tmp_path):
    (tmp_path / "file").write_bytes(b"x")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    assert read_whole(tmp_path / "none") is None
    assert read_whole(tmp_path / "file" / "none") is None
    with pytest.raises(OSError, match="symbolic links") as failure:
        read_whole(tmp_path / "link")
    assert "links are not followed" in sentence("read", tmp_path / "link", failure.value)


def writing_while_read(monkeypatch, path, times: int) -> list[int]:
    """Have something write to a file in place whenever it is read, so many times."""
    really = os.read
    done: list[int] = []

    def meanwhile(handle: int, size: int) -> bytes:
        data = really(handle, size)
        first = data and os.lseek(handle, 0, os.SEEK_CUR) == len(data)
        if first and len(done) < times:
            done.append(len(data))
            path.write_bytes(b"new " * len(done) + b"." * 10)
        return data

    monkeypatch.setattr(os, "read", meanwhile)
    return done


def test_a_file_that_is_written_while_it_is_read_is_read_again(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    writing_while_read(monkeypatch, path, 2)
    assert read_whole(path) == (b"new new ..........", signature(path.stat()))


def test_a_file_that_never_stands_still_is_read_as_it_was_seen_last(tmp_path, monkeypatch):
    path = tmp_path / "file"
    path.write_bytes(b"old")
    done = writing_while_read(monkeypatch, path, 1000)
    found = read_whole(path)
    assert found is not None
    assert found[0].startswith(b"new " * 4 + b"...")
    assert len(done) == 5


def test_what_is_set_aside_lies_beside_the_file_under_its_own_hash(tmp_path):
    path = tmp_path / "shard.json"
    places = [set_aside(path, data) for data in (b"one", b"two", b"one")]
    assert places[0] == places[2]
    assert places[0].name == f"shard.{sha256(b'one')[:12]}.damaged"
    assert [place.read_bytes() for place in places] == [b"one", b"two", b"one"]


def test_only_temporary_files_of_a_file_are_its_leftovers():
    assert is_leftover(".a.json.host-1-2.tmp", "a.json")
    assert not is_leftover(".ab.json.host-1-2.tmp", "a.json")
    assert not is_leftover("a.json.host-1-2.tmp", "a.json")
    assert not is_leftover(".a.json.host-1-2.bak", "a.json")


def test_leftovers_go_those_of_another_machine_after_a_day(tmp_path, monkeypatch):
    monkeypatch.setattr(socket, "gethostname", lambda: "here")
    own = tmp_path / f".file.{sha256('here')[:6]}-1-2.tmp"
    fresh, old = tmp_path / ".file.abcdef-1-2.tmp", tmp_path / ".file.abcdef-3-4.tmp"
    for path, hours in ((own, 0), (fresh, 23), (old, 25)):
        path.touch()
        then = time.time() - hours * 3600
        os.utime(path, (then, then))
    for path in (own, fresh, old, tmp_path / "gone"):
        sweep(path)
    assert list(tmp_path.iterdir()) == [fresh]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.EDQUOT, "your quota is used up; free some space"),
        (errno.EACCES, "no permission; make the file and its folder yours to write"),
        (errno.EROFS, "the disk is read-only; open a copy of the workspace on another one"),
        (errno.EBUSY, "device or resource busy"),
        (None, "success"),
    ],
)
def test_an_error_becomes_one_sentence_with_the_mend(number, words):
    error = OSError(number, "x") if number is not None else OSError("x")
    assert sentence("read", "a/b", error) == f"a/b could not be read: {words}"
