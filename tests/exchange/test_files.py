from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.exchange import (
    Bundle,
    ExchangeError,
    export_text,
    format_of,
    write_whole,
)


def test_a_text_is_written_with_its_line_ends(tmp_path):
    path = tmp_path / "out.csv"
    write_whole(path, "a\r\nb\n한국")
    assert path.read_bytes() == "a\r\nb\n한국".encode()
    assert [p.name for p in tmp_path.iterdir()] == ["out.csv"]


def test_an_old_file_is_replaced_and_keeps_its_mode(tmp_path):
    path = tmp_path / "out.md"
    path.write_text("old")
    path.chmod(0o640)
    write_whole(path, "new")
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path):
    before = os.umask(0o027)
    try:
        write_whole(tmp_path / "out.md", "new")
    finally:
        os.umask(before)
    assert (tmp_path / "out.md").stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_stays_one(tmp_path):
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old")
    link.symlink_to(target)
    write_whole(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_where_a_write_fails_the_old_file_stays_and_nothing_else(tmp_path, monkeypatch, call):
    path = tmp_path / "out.md"
    path.write_text("old")

    def fail(*args, **kwargs):
        raise OSError(28, "No space left on device")

    if call == "write":
        monkeypatch.setattr(os, "fdopen", fail)
    elif call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(ExchangeError, match=r"out\.md was not written: no space left on device"):
        write_whole(path, "new")
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.md"]


def test_a_full_folder_for_temporary_files_is_named_with_the_mend(tmp_path, monkeypatch):
    aside = tmp_path / "aside"
    aside.mkdir()

    def fail(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(tempfile, "tempdir", str(aside))
    monkeypatch.setattr(os, "fsync", fail)
    free = {str(aside): 0, str(tmp_path.resolve()): 10**9}
    monkeypatch.setattr(shutil, "disk_usage", lambda place: SimpleNamespace(free=free[str(place)]))
    with pytest.raises(ExchangeError, match=f"in {aside}, .* another folder in TMPDIR"):
        write_whole(tmp_path / "out.md", "new")


@pytest.mark.parametrize(
    ("name", "reason"),
    [("", "is a folder"), ("none/out.md", "there is no folder"), ("file/out.md", "not written")],
)
def test_a_path_that_cannot_be_written_gets_one_sentence(tmp_path, name, reason):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ExchangeError, match=reason):
        write_whole(tmp_path / name, "new")


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_whole(pipe, "through")
        assert os.read(reader, 100) == b"through"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_file_name_says_which_format_it_is():
    names = ["a.jsonl", "a.NDJSON", "a.csv", "a.md", "a.doccano.jsonl", "a.txt"]
    found = [format_of(Path(name)) for name in names]
    assert found == ["jsonl", "jsonl", "csv", "md", "doccano", ""]


def test_a_format_that_there_is_not_gets_one_sentence():
    with pytest.raises(ExchangeError, match="no format 'pdf': there are jsonl, csv, "):
        export_text(Bundle("w"), "pdf")
