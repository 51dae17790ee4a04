from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tui.articles import find_files

posix = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX files")


def make(top: Path, *names: str) -> None:
    for name in names:
        path = top / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)


def found(*paths: Path) -> tuple[list[str], list[str]]:
    troubles: list[str] = []
    return [p.as_posix() for p in find_files(paths, troubles)], troubles


def test_a_folder_gives_its_articles_to_the_bottom_in_the_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "b.txt", "a/z.md", "a/y/x.TXT", "c.text", "d.jpg", "e")
    names = [Path(p).relative_to(tmp_path).as_posix() for p in found(tmp_path)[0]]
    assert names == ["a/y/x.TXT", "a/z.md", "b.txt", "c.text"]


def test_office_documents_and_archives_are_found_so_that_they_can_be_named(tmp_path: Path) -> None:
    make(tmp_path, "a.docx", "page.html.gz", "b.HWP", "d.jpg", "style.css")
    assert [Path(p).name for p in found(tmp_path)[0]] == ["a.docx", "b.HWP", "page.html.gz"]


def test_hidden_files_and_annotations_are_left_out_at_every_depth(tmp_path: Path) -> None:
    make(tmp_path, ".h.txt", ".git/a.txt", "annotations/a.txt", "in/annotations/b.txt", "in/c.txt")
    assert found(tmp_path) == ([f"{tmp_path.as_posix()}/in/c.txt"], [])


def test_an_annotations_folder_given_by_name_is_passed_over_with_a_sentence(tmp_path: Path) -> None:
    make(tmp_path, "annotations/a.txt", "b.txt", "pressmark.toml")
    paths, troubles = found(*sorted(tmp_path.iterdir()))
    assert [Path(p).name for p in paths] == ["b.txt"]
    assert "annotations" in troubles[0]


def test_a_file_given_by_name_is_taken_whatever_it_is_called(tmp_path: Path) -> None:
    make(tmp_path, "notes", "wire.log", ".hidden")
    paths, _ = found(tmp_path / "notes", tmp_path / "wire.log", tmp_path / ".hidden")
    assert len(paths) == 3


def test_a_file_reached_twice_comes_once(tmp_path: Path) -> None:
    make(tmp_path, "a.txt", "b.txt")
    paths, _ = found(tmp_path / "b.txt", tmp_path, tmp_path)
    assert [Path(p).name for p in paths] == ["b.txt", "a.txt"]


def test_a_path_that_does_not_exist_is_an_error_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"nowhere does not exist: "):
        find_files([tmp_path, tmp_path / "nowhere"], [])


@posix
def test_pipes_sockets_and_devices_are_passed_over_with_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a.txt")
    os.mkfifo(tmp_path / "pipe.txt")
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    with socket.socket(socket.AF_UNIX) as plug:
        plug.bind("plug.txt")
        (tmp_path / "null.txt").symlink_to("/dev/null")
        paths, troubles = found(tmp_path)
    assert [Path(p).name for p in paths] == ["a.txt"]
    assert [s.split(": ")[1] for s in troubles] == [
        "it is a device, not a file",
        "it is a pipe, not a file",
        "it is a socket, not a file",
    ]


@posix
def test_loops_of_links_end_and_broken_links_are_named(tmp_path: Path) -> None:
    make(tmp_path, "in/a.txt")
    (tmp_path / "in" / "up").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nothing.txt")
    paths, troubles = found(tmp_path)
    assert [Path(p).name for p in paths] == ["a.txt"]
    assert len(troubles) == 3
    assert any("links back" in s and "/in/up" in s for s in troubles)
    assert any("gone.txt" in s for s in troubles)


@posix
def test_a_folder_that_cannot_be_opened_is_named_and_the_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path, "a/x.txt", "locked/y.txt", "z.txt")
    real = os.scandir

    def refusing(path: Path) -> object:  # permissions do not stop a superuser
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refusing)
    paths, troubles = found(tmp_path)
    assert [Path(p).name for p in paths] == ["x.txt", "z.txt"]
    assert len(troubles) == 1
    assert "locked" in troubles[0]
    assert "permission denied" in troubles[0]
