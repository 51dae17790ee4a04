"""Memory first, then the disk: what is unsaved is shown, kept, tried again, never lost."""

from __future__ import annotations

import resource
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import mark, spot

from tui.desk import Changed, DeskError, Event, Saved, SaveFailed
from tui.model.spans import Extent


def wait_for(events: list[Event], test: Callable[[Event], bool]) -> Event:
    """The first event that passes the test; fails after ten seconds."""
    heard = threading.Event()
    for _ in range(1000):
        for event in list(events):
            if test(event):
                return event
        heard.wait(0.01)
    raise AssertionError(f"not among {events}")


def block(root: Path) -> Path:
    """Put a file where the annotations should go."""
    path = root / "annotations"
    path.write_text("in the way")
    return path


def test_a_change_is_shown_at_once_and_is_unsaved_until_it_is_on_the_disk(
    open_desk: Opener, root: Path
) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    barrier = block(root)
    article = desk.find("nis.txt")
    step = desk.highlight(article, [spot(desk, article, "Kursk")], ["military"])
    assert step is not None
    shown = desk.annotations(article)
    assert [p.record.tags for p in shown.highlights] == [("military",)]
    assert shown.highlights[0].record.id in shown.unsaved
    assert desk.pending == 1
    wait_for(events, lambda e: isinstance(e, SaveFailed))
    barrier.unlink()
    desk.flush()
    assert desk.annotations(article).unsaved == frozenset()
    saved = wait_for(events, lambda e: isinstance(e, Saved))
    assert isinstance(saved, Saved)
    assert (saved.step, saved.articles) == (step.id, (article,))
    assert any(isinstance(e, Changed) and e.origin == "own" for e in events)


def test_a_failed_save_is_kept_named_and_tried_again(open_desk: Opener, root: Path) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    barrier = block(root)
    mark(desk, "nis.txt", "Kursk", "military")
    with pytest.raises(DeskError, match="1 change is not saved") as failure:
        desk.flush()
    assert failure.value.code == 3
    assert "annotations" in desk.failed
    assert desk.pending == 1
    mark(desk, "losses.txt", "January", "military")
    with pytest.raises(DeskError, match="2 changes are not saved"):
        desk.flush(timeout=10)
    barrier.unlink()
    desk.retry()
    desk.flush()
    assert (desk.failed, desk.pending) == ("", 0)
    desk.close()
    again = open_desk()
    assert [e.highlights for e in again.entries()] == [1, 1, 0]


def test_the_next_change_tries_a_failed_save_again(open_desk: Opener, root: Path) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    barrier = block(root)
    mark(desk, "nis.txt", "Kursk")
    wait_for(events, lambda e: isinstance(e, SaveFailed))
    barrier.unlink()
    mark(desk, "losses.txt", "January")
    wait_for(events, lambda e: isinstance(e, Saved) and e.pending == 0)
    assert desk.pending == 0


def test_steps_are_saved_in_the_order_they_were_made(open_desk: Opener) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    made: list[str] = []
    first = mark(desk, "nis.txt", "Kursk")
    for number in range(20):
        step = desk.note(first, f"note {number}")
        assert step is not None
        made.append(step.id)
    desk.flush()
    wait_for(events, lambda e: isinstance(e, Saved) and e.step == made[-1])
    saved = [e.step for e in events if isinstance(e, Saved)]
    assert saved[-20:] == made
    desk.close()
    again = open_desk()
    assert again.annotations(again.find("nis.txt")).highlights[0].record.note == "note 19"


def test_closing_saves_what_is_left_and_says_so_if_it_cannot(open_desk: Opener, root: Path) -> None:
    desk = open_desk()
    barrier = block(root)
    mark(desk, "nis.txt", "Kursk")
    with pytest.raises(DeskError) as failure:
        desk.close()
    assert failure.value.code == 3
    barrier.unlink()
    desk.close()


def test_the_first_annotation_keeps_the_text_and_describes_the_article(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    assert not (root / "annotations").exists()
    mark(desk, "nis.txt", "Kursk")
    desk.flush()
    article = desk.article(desk.find("nis.txt"))
    record = desk.annotations(article.id).records[0]
    assert record.title == article.title
    assert [p.path for p in record.paths] == ["nis.txt"]
    assert [r.sha256 for r in record.revisions] == [article.revision]
    kept = root / "annotations" / "revisions" / f"{article.revision}.txt"
    assert kept.read_text(encoding="utf-8") == article.text


def test_two_desks_of_one_analyst_keep_each_others_changes(open_desk: Opener) -> None:
    one, two = open_desk(), open_desk()
    article = one.find("nis.txt")
    first = mark(one, "nis.txt", "Kursk", "military")
    one.flush()
    two.poll()
    mark(two, "nis.txt", "3,000 men", "casualties")
    two.tag([first], "diplomacy")
    one.note(first, "look")  # made from the record before the tag
    two.flush()
    one.flush()
    for desk in (one, two):
        desk.poll()
        shown = {p.record.id: p.record for p in desk.annotations(article).highlights}
        assert len(shown) == 2
        assert (shown[first].tags, shown[first].note) == (("military", "diplomacy"), "look")
        assert len(desk.annotations(article).records) == 1


def test_two_desks_that_never_look_at_each_other_lose_nothing(open_desk: Opener) -> None:
    desks = [open_desk(), open_desk()]
    article = desks[0].find("nis.txt")
    length = len(desks[0].article(article).text)
    for start in range(0, min(length - 2, 100), 2):
        for desk, offset in zip(desks, (start, start + 1), strict=True):
            desk.highlight(article, [Extent(offset, offset + 2)], ["military"])
            desk.mark_done(article, offset % 3 == 0)
    for desk in desks:
        desk.flush()
    seen = open_desk().annotations(article)
    assert len(seen.highlights) == 100
    assert len(seen.records) == 1


def test_a_merged_change_that_could_not_be_written_is_shown_and_saved_later(
    open_desk: Opener, root: Path
) -> None:
    one, two = open_desk(), open_desk()
    article = one.find("nis.txt")
    first = mark(one, "nis.txt", "Kursk", "military")
    one.flush()
    two.poll()
    two.tag([first], "diplomacy")
    two.flush()
    limit = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, limit[1]))
    try:
        one.note(first, "look")  # made from the record before the tag
        with pytest.raises(DeskError, match="file size allowed"):
            one.flush()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    one.flush()
    for desk in (one, open_desk()):
        [found] = desk.annotations(article).highlights
        assert (found.record.tags, found.record.note) == (("military", "diplomacy"), "look")
    one.undo()
    one.flush()
    [found] = open_desk().annotations(article).highlights
    assert (found.record.tags, found.record.note) == (("military", "diplomacy"), "")


def test_a_record_that_is_newer_in_a_second_copy_can_be_edited(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    first = mark(desk, article, "Kursk", "military")
    desk.flush()
    [shard] = (root / "annotations" / "kim").glob(f"*/{article}.json")
    older = shard.read_bytes()
    desk.note(first, "as of today")
    desk.close()
    shard.replace(shard.with_name(f"{article}.sync-conflict-20250301-093000-ABCDEF.json"))
    shard.write_bytes(older)
    again = open_desk()
    again.tag([first], "diplomacy")
    again.close()
    [found] = open_desk().annotations(article).highlights
    assert (found.record.tags, found.record.note) == (("military", "diplomacy"), "as of today")


def test_an_edit_wins_over_a_delete_in_another_desk(open_desk: Opener) -> None:
    one, two = open_desk(), open_desk()
    article = one.find("nis.txt")
    first = mark(one, "nis.txt", "Kursk", "military")
    one.flush()
    two.poll()
    two.remove(first)
    two.flush()
    one.note(first, "still of use")
    one.flush()
    two.poll()
    assert [p.record.note for p in two.annotations(article).highlights] == ["still of use"]


def test_a_change_by_another_process_arrives_as_an_event(open_desk: Opener) -> None:
    events: list[Event] = []
    one, two = open_desk("kim", events=events), open_desk("lee")
    article = one.find("nis.txt")
    one.annotations(article)
    theirs = mark(two, "nis.txt", "Kursk", "military")
    two.flush()
    one.poll()
    event = wait_for(events, lambda e: isinstance(e, Changed))
    assert isinstance(event, Changed)
    assert (event.article, event.origin) == (article, "other")
    assert theirs in event.ids
    assert one.annotations(article).highlights[0].record.by == "lee"
    assert one.entry(article).highlights == 1
    events.clear()
    one.poll()
    one.close()
    assert not events


def test_own_saves_are_no_news_to_oneself(open_desk: Opener) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    mark(desk, "nis.txt", "Kursk", "military")
    desk.flush()
    desk.poll()
    desk.poll()
    desk.close()
    assert {e.origin for e in events if isinstance(e, Changed)} == {"own"}


def test_a_listener_that_fails_does_not_keep_anything_from_being_saved(
    root: Path, tmp_path: Path, open_desk: Opener
) -> None:
    from tui.desk import Desk

    def broken(_event: Event) -> None:
        raise RuntimeError("the screen is gone")

    desk = Desk.open((), root=root, analyst="kim", locks=tmp_path / "locks", notify=broken)
    mark(desk, "nis.txt", "Kursk")
    desk.close()
    assert open_desk().entry(desk.find("nis.txt")).highlights == 1


def test_what_is_held_is_saved_when_it_is_released_or_after_its_time(
    open_desk: Opener,
) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    article = desk.find("nis.txt")
    desk.hold(60)
    mark(desk, article, "Kursk")
    assert desk.pending == 1
    desk.release()
    wait_for(events, lambda e: isinstance(e, Saved))
    events.clear()
    desk.hold(0.01)
    mark(desk, article, "troops")
    wait_for(events, lambda e: isinstance(e, Saved))
    events.clear()
    desk.hold(60)
    mark(desk, article, "the")
    desk.release(0.01)
    wait_for(events, lambda e: isinstance(e, Saved))


def test_a_flush_does_not_wait_for_what_is_held(open_desk: Opener) -> None:
    desk = open_desk()
    desk.hold(60)
    mark(desk, desk.find("nis.txt"), "Kursk")
    desk.flush(timeout=10)
    assert desk.pending == 0
