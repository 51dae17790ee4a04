from __future__ import annotations

import os
import socket
import sys
from pathlib import Path

import pytest

from tui.articles import find_files, still_files
from tui.articles.links import Bounds

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


LINKED = "outside what was opened"


def linked(top: Path, *names: str) -> Path:
    """A folder of news with an article of its own, beside one with files of other kinds."""
    make(top, *(f"outside/{name}" for name in names), "news/a.txt")
    return top / "news"


@posix
def test_a_link_out_of_what_was_opened_is_passed_over_with_its_mend(tmp_path: Path) -> None:
    news = linked(tmp_path, "key.txt")
    secret = tmp_path / "outside" / "key.txt"
    (news / "z.txt").symlink_to(secret)
    paths, troubles = found(news)
    assert [Path(p).name for p in paths] == ["a.txt"]
    (said,) = troubles
    assert said == (
        f"{news}/z.txt is passed over: it links to {secret}, outside what was opened: open that "
        "as well, or write [reading] follow_links = true into pressmark.toml"
    )
    assert [Path(p).name for p in found(news, secret)[0]] == ["a.txt", "z.txt"]


@posix
def test_folders_and_links_to_links_lead_out_no_more_than_files_do(tmp_path: Path) -> None:
    news = linked(tmp_path, "in/b.txt", "c.txt")
    (news / "all").symlink_to(tmp_path / "outside")
    (news / "near").symlink_to(tmp_path / "outside-too")
    (tmp_path / "outside-too").symlink_to(tmp_path / "outside")
    (tmp_path / "newsletter").mkdir()  # no part of `news`, though its name begins so
    (news / "other").symlink_to(tmp_path / "newsletter")
    paths, troubles = found(news)
    assert [Path(p).name for p in paths] == ["a.txt"]
    assert len(troubles) == 1
    assert "news/all, with near and other beside it, is passed over" in troubles[0]
    for number in range(9):
        (news / f"b{number}").symlink_to(tmp_path / "outside")
    assert "all, with b0, b1, b2 and 8 more beside it, is passed" in found(news)[1][0]
    assert LINKED not in "".join(found(news, tmp_path)[1])


@posix
def test_links_that_stay_inside_go_on_working_and_so_does_a_link_that_is_opened_by_name(
    tmp_path: Path,
) -> None:
    news = linked(tmp_path, "key.txt")
    make(news, "2024/old.md", "2025/new.md")
    (news / "0-latest").symlink_to(news / "2025")
    (tmp_path / "link.txt").symlink_to(tmp_path / "outside" / "key.txt")
    (tmp_path / "door").symlink_to(news)
    assert found(tmp_path / "link.txt") == ([f"{tmp_path}/link.txt"], [])
    paths, troubles = found(tmp_path / "door")
    assert [Path(p).name for p in paths] == ["new.md", "old.md", "a.txt"]
    assert not troubles


@posix
def test_links_lead_anywhere_where_the_settings_say_so(tmp_path: Path) -> None:
    news = linked(tmp_path, "key.txt")
    (news / "z.txt").symlink_to(tmp_path / "outside" / "key.txt")
    troubles: list[str] = []
    bounds = Bounds([news], follow=True)
    assert [p.name for p in find_files([news], troubles, bounds)] == ["a.txt", "z.txt"]
    assert [p.name for p in still_files([news / "z.txt"], [news], bounds)] == ["z.txt"]
    assert not list(still_files([news / "z.txt"], [news]))
    assert not troubles


@posix
def test_a_link_that_tells_nothing_by_its_name_is_not_spoken_of(tmp_path: Path) -> None:
    news = linked(tmp_path, "program", "picture.jpg")
    for name in ("program", "picture.jpg"):
        (news / name).symlink_to(tmp_path / "outside" / name)
    assert found(news)[1] == []
