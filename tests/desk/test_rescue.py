"""What could not be saved when the program ended: kept aside, and back at the next start."""

from __future__ import annotations

import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import claim, mark

from tui.desk import Desk, DeskError
from tui.model.sources import Source


@contextmanager
def full_disk() -> Iterator[None]:
    """While this lasts nothing can be written: a limit of the size of files is a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def start(root: Path, tmp_path: Path) -> Iterator[Callable[[], Desk]]:
    """Opens desks that are not saved at the end."""
    desks: list[Desk] = []

    def opener() -> Desk:
        desk = Desk.open((), root=root, analyst="kim", locks=tmp_path / "locks")
        desk.scan()
        desks.append(desk)
        return desk

    yield opener
    for desk in desks:
        desk.abandon()


@pytest.fixture
def ended(start: Callable[[], Desk], tmp_path: Path) -> tuple[Desk, Path]:
    """A desk with a saved claim and then work that could not be saved; where that is to be kept."""
    desk = start()
    claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    mark(desk, "plain.txt", "The troops are gone.")
    desk.flush()
    with full_disk():
        work(desk)
    return desk, tmp_path / "state" / "one.jsonl"


def work(desk: Desk) -> None:
    """An edit, a new claim with a new tag, a deletion and a source, none of which can be saved."""
    row = next(r for r in desk.claims() if r.claim.statement == "11,000 soldiers")
    desk.save_claim(replace(row.claim, statement="about 11,000"))
    desk.grade(row.claim.id, "B", "2")
    claim(desk, "losses.txt", "lost 4,000 men", "", "losses/own count")
    article = desk.find("plain.txt")
    desk.remove(desk.annotations(article).highlights[0].record.id)
    desk.remember_source(Source("Harbor Wire", affiliation="Harbor"))
    with pytest.raises(DeskError):
        desk.flush()


def seen(desk: Desk) -> list[object]:
    """What is there, as an analyst sees it."""
    entries = [desk.annotations(e.id) for e in desk.entries()]
    return [
        [(p.record.id, p.record.tags, p.extents) for n in entries for p in n.highlights],
        [(r.claim.id, r.claim.created, r.claim.statement, r.grade) for r in desk.claims()],
        sorted(t.path for t in desk.codebook.tags),
        desk.sources,
    ]


def test_what_was_not_saved_comes_back_as_one_step_and_the_file_goes_when_it_is_saved(
    ended: tuple[Desk, Path], open_desk: Opener
) -> None:
    desk, path = ended
    wanted = seen(desk)
    desk.rescue(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"The troops lost 4,000 men" in path.read_bytes(), "the text of a new revision"
    again = open_desk()
    before = seen(again)
    assert before != wanted
    assert "annotations not saved on 20" in again.take_rescued([path])
    assert seen(again) == wanted
    again.flush()
    assert not path.exists()
    again.close()
    third = open_desk()
    assert seen(third) == wanted
    third.undo([third.find("losses.txt")])
    assert seen(third)[:2] == before[:2]


def test_a_rescue_that_is_brought_in_twice_changes_nothing_the_second_time(
    ended: tuple[Desk, Path], open_desk: Opener
) -> None:
    desk, path = ended
    desk.rescue(path)
    kept = path.read_bytes()
    again = open_desk()
    again.take_rescued([path])
    row = next(r for r in again.claims() if r.claim.statement == "about 11,000")
    again.save_claim(replace(row.claim, statement="later"))
    again.flush()
    wanted = seen(again)
    path.write_bytes(kept)  # as if the program had ended before the file could go
    third = open_desk()
    assert third.take_rescued([path]) == ""
    assert seen(third) == wanted
    third.flush()
    assert not path.exists()


def test_what_was_saved_after_all_and_edited_since_is_left_as_it_is(
    ended: tuple[Desk, Path], open_desk: Opener
) -> None:
    desk, path = ended
    desk.rescue(path)
    desk.flush()
    row = next(r for r in desk.claims() if r.claim.statement == "about 11,000")
    desk.save_claim(replace(row.claim, statement="later"))
    desk.flush()
    wanted = seen(desk)
    again = open_desk()
    assert again.take_rescued([path]) == ""
    assert seen(again) == wanted


def test_an_edit_made_elsewhere_meanwhile_is_kept_beside_the_one_brought_back(
    ended: tuple[Desk, Path], open_desk: Opener
) -> None:
    desk, path = ended
    desk.rescue(path)
    desk.abandon()
    other = open_desk()
    row = next(r for r in other.claims() if r.claim.statement == "11,000 soldiers")
    other.save_claim(replace(row.claim, note="seen by me"))
    other.flush()
    other.take_rescued([path])
    found = next(r.claim for r in other.claims() if r.claim.id == row.claim.id)
    assert (found.statement, found.note) == ("about 11,000", "seen by me")


def test_a_disk_that_is_still_full_at_the_next_start_loses_nothing(
    ended: tuple[Desk, Path], open_desk: Opener, start: Callable[[], Desk]
) -> None:
    desk, path = ended
    wanted = seen(desk)
    desk.rescue(path)
    desk.abandon()
    again = start()
    with full_disk():
        again.take_rescued([path])
        with pytest.raises(DeskError):
            again.flush()
    assert path.exists()
    second = path.with_name("two.jsonl")
    again.rescue(second)
    again.abandon()
    assert not path.exists(), "all of it is in the second one"
    third = open_desk()
    third.take_rescued([second])
    assert seen(third) == wanted


def test_a_rescue_file_is_read_by_import_as_well(
    ended: tuple[Desk, Path], open_desk: Opener
) -> None:
    desk, path = ended
    wanted = seen(desk)
    desk.rescue(path)
    desk.abandon()
    again = open_desk()
    done = again.import_(path)
    assert done.refused == ()
    assert seen(again)[:2] == wanted[:2]


@pytest.mark.parametrize("content", ["{no", json.dumps({"type": "tag", "path": "a"}), ""])
def test_a_rescue_file_that_cannot_be_read_is_named_and_left(
    desk: Desk, tmp_path: Path, content: str
) -> None:
    path = tmp_path / "odd.jsonl"
    path.write_text(content)
    assert desk.take_rescued([path]) == ""
    assert any("odd.jsonl" in trouble for trouble in desk.troubles)
    desk.flush()
    assert path.read_text() == content


def test_a_place_that_cannot_be_written_either_is_said(
    ended: tuple[Desk, Path], tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(DeskError, match="a file is in the place of a folder") as failure:
        ended[0].rescue(tmp_path / "file" / "one.jsonl")
    assert failure.value.code == 3
