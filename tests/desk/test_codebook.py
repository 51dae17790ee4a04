"""The codebook through the desk: one's own file, renames by reading, undo, adoption."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import mark

from tui.desk import Changed, Desk, DeskError, Event
from tui.model.codebook import Tag
from tui.model.filters import Filter
from tui.model.records import Hop, Phrase
from tui.model.sources import Source


def own_file(root: Path, analyst: str = "kim") -> Path:
    return root / "annotations" / analyst / "codebook.toml"


def test_a_starter_codebook_is_there_and_is_not_written_by_itself(desk: Desk, root: Path) -> None:
    assert desk.codebook.at_slot(1)
    mark(desk, "nis.txt", "Kursk", "military")
    desk.flush()
    assert not own_file(root).exists()


def test_a_new_tag_goes_into_ones_own_codebook(open_desk: Opener, root: Path) -> None:
    desk = open_desk()
    mark(desk, "nis.txt", "Kursk", " places / russia ")
    assert desk.new_tag("places/russia") == desk.codebook.get("places/russia")
    desk.close()
    assert "places/russia" in own_file(root).read_text()
    again = open_desk()
    assert again.codebook.get("places/russia")
    assert again.codebook.get("military"), "the starter tags are still there"
    with pytest.raises(DeskError):
        again.new_tag("a,b")


def test_a_rename_rewrites_no_annotation_and_is_undone_in_one(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    mark(desk, "nis.txt", "Kursk", "military")
    mark(desk, "losses.txt", "January", "military/operations")
    desk.flush()
    shards = {p: p.read_bytes() for p in root.glob("annotations/kim/??/*.json")}
    assert desk.tag_counts() == {"military": 1, "military/operations": 1}
    desk.change_codebook(desk.codebook.moved("military", "forces"), "rename")
    assert desk.tag_counts() == {"forces": 1, "forces/operations": 1}
    mark(desk, "nis.txt", "Kursk", "forces")
    desk.flush()
    assert {p: p.read_bytes() for p in root.glob("annotations/kim/??/*.json")} == shards
    assert desk.undo_codebook() == "rename"
    assert desk.tag_counts() == {"military": 1, "military/operations": 1}
    assert desk.redo_codebook() == "rename"
    with pytest.raises(DeskError, match="nothing to redo"):
        desk.redo_codebook()
    desk.close()
    again = open_desk()
    assert again.codebook.resolve("military/operations") == "forces/operations"
    assert again.entry(again.find("nis.txt")).highlights == 1


def test_a_renamed_tag_is_toggled_and_found_under_both_names(desk: Desk) -> None:
    first = mark(desk, "nis.txt", "Kursk", "military")
    desk.change_codebook(desk.codebook.moved("military", "forces"), "rename")
    assert desk.bundle(Filter(tag="military")).articles
    assert desk.bundle(Filter(tag="forces")).articles
    desk.tag([first], "forces")
    article = desk.find("nis.txt")
    assert desk.annotations(article).highlights[0].record.tags == ()


def test_merging_tags_counts_each_highlight_once(desk: Desk) -> None:
    mark(desk, "nis.txt", "Kursk", "military", "casualties")
    desk.change_codebook(desk.codebook.moved("casualties", "military"), "merge")
    assert desk.tag_counts() == {"military": 1}


def test_slots_colours_and_descriptions_are_kept(open_desk: Opener) -> None:
    desk = open_desk()
    tag = replace(desk.codebook.tags[0], slot=9, colour="cyan", description="what it is")
    desk.change_codebook(desk.codebook.with_tag(tag), "slot")
    desk.close()
    again = open_desk()
    assert again.codebook.at_slot(9) == tag
    assert again.change_codebook(again.codebook, "nothing") is False


def test_the_shared_codebook_is_changed_only_by_adopting(open_desk: Opener, root: Path) -> None:
    shared = root / "annotations" / "codebook.toml"
    shared.parent.mkdir()
    shared.write_text('# ours\n[[tags]]\npath = "theatre"\nslot = 1\n')
    desk = open_desk()
    assert [t.path for t in desk.codebook.tags] == ["theatre"]
    desk.new_tag("drones")
    desk.change_codebook(desk.codebook.moved("theatre", "front"), "rename")
    desk.flush()
    assert shared.read_text() == '# ours\n[[tags]]\npath = "theatre"\nslot = 1\n'
    assert "codebook.toml" in desk.adopt_codebook()
    assert "# ours" in shared.read_text()
    assert 'path = "front"' in shared.read_text()
    lee = open_desk("lee")
    assert {t.path for t in lee.codebook.tags} == {"front", "drones"}
    assert lee.codebook.resolve("theatre") == "front"


def test_a_shared_tag_is_not_taken_away_by_one_analyst(open_desk: Opener, root: Path) -> None:
    shared = root / "annotations" / "codebook.toml"
    shared.parent.mkdir()
    shared.write_text('[[tags]]\npath = "theatre"\n')
    desk = open_desk()
    with pytest.raises(DeskError, match="of others"):
        desk.change_codebook(desk.codebook.without("theatre"), "delete")
    desk.new_tag("mine")
    desk.change_codebook(desk.codebook.without("mine"), "delete")
    assert [t.path for t in desk.codebook.tags] == ["theatre"]


def test_a_codebook_changed_by_hand_is_noticed(open_desk: Opener, root: Path) -> None:
    events: list[Event] = []
    desk = open_desk("kim", events=events)
    desk.new_tag("first")
    desk.flush()
    desk.poll()
    with own_file(root).open("a") as file:
        file.write('\n[[tags]]\npath = "by hand"\n')
    desk.poll()
    assert desk.codebook.get("by hand") == Tag("by hand")
    desk.close()
    assert [e.origin for e in events if isinstance(e, Changed)] == ["codebook", "codebook"]


def test_two_desks_of_one_analyst_keep_each_other_s_tags_and_sources(
    open_desk: Opener, root: Path
) -> None:
    first, second = open_desk(), open_desk()
    for number, desk in enumerate((first, second, first, second)):
        desk.new_tag(f"tag {number}")
        desk.remember_source(Source(f"source {number}"))
        desk.flush()
    again = open_desk()
    wanted = range(4)
    assert all(again.codebook.get(f"tag {number}") for number in wanted)
    assert all(again.sources.find(f"source {number}") for number in wanted)
    second.poll()
    first.poll()
    first.change_codebook(first.codebook.without("tag 1"), "delete")
    first.flush()
    assert open_desk().codebook.get("tag 1") is None


def test_what_could_not_be_read_at_first_is_not_lost_when_it_can_be_read_again(
    open_desk: Opener, root: Path
) -> None:
    before = open_desk()
    before.new_tag("mine")
    before.remember_source(Source("KBS"))
    before.close()
    files = [own_file(root), own_file(root).with_name("sources.json")]
    aside = [file.rename(file.with_suffix(".aside")) for file in files]
    for file in files:
        file.mkdir()  # as good as a disk that reports an error
    desk = open_desk()
    assert len([t for t in desk.troubles if "could not be read" in t]) == 2
    for file, there in zip(files, aside, strict=True):
        file.rmdir()
        there.rename(file)
    desk.new_tag("more")
    desk.remember_source(Source("NYT"))
    desk.flush()
    again = open_desk()
    assert all(again.codebook.get(tag) for tag in ("mine", "more"))
    assert all(again.sources.find(name) for name in ("KBS", "NYT"))


def test_an_unreadable_codebook_is_named_and_never_overwritten(
    open_desk: Opener, root: Path
) -> None:
    own_file(root).parent.mkdir(parents=True)
    own_file(root).write_text("[[tags\n")
    desk = open_desk()
    assert any("codebook.toml" in trouble for trouble in desk.troubles)
    desk.new_tag("more")
    with pytest.raises(DeskError) as failure:
        desk.flush()
    assert failure.value.code == 3
    assert own_file(root).read_text() == "[[tags\n"
    own_file(root).unlink()
    desk.flush()


def test_sources_are_remembered_once_and_completed(open_desk: Opener) -> None:
    desk = open_desk()
    desk.meet_source(Hop(Phrase("the NIS"), "named"))
    desk.meet_source(Hop(Phrase("NIS"), "named"))
    desk.meet_source(Hop(Phrase("US officials"), "anonymous"))
    assert [s.name for s in desk.sources.sources] == ["the NIS"]
    desk.remember_source(Source("the NIS", aliases=("National Intelligence Service",)))
    desk.close()
    again = open_desk()
    assert again.sources.completions("nat") == ("National Intelligence Service",)
    assert open_desk("lee").sources.find("nis")


def test_changes_of_tags_are_taken_back_and_done_again_after_a_restart(open_desk: Opener) -> None:
    desk = open_desk()
    start = desk.codebook
    book = start.moved("military", "forces").moved("casualties", "forces")
    desk.change_codebook(book, "merge")
    desk.new_tag("drones/naval")
    desk.change_codebook(
        desk.codebook.with_tag(Tag("drones/naval", 5, "cyan", "boats")), "colour and slot"
    )
    last = desk.codebook
    desk.close()
    again = open_desk()
    assert [again.undo_codebook() for _ in range(3)] == [
        "colour and slot",
        "new tag drones/naval",
        "merge",
    ]
    assert again.codebook == start
    with pytest.raises(DeskError, match="nothing to undo"):
        again.undo_codebook()
    again.close()
    third = open_desk()
    assert third.redo_codebook() == "merge"
    assert (third.redo_codebook(), third.redo_codebook())[1] == "colour and slot"
    assert third.codebook == last


def test_a_change_of_tags_that_was_changed_again_by_hand_is_not_taken_back(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    desk.new_tag("drones")
    desk.close()
    text = own_file(root).read_text()
    own_file(root).write_text(text.replace('"drones"', '"drones"\ndescription = "by hand"'))
    again = open_desk()
    with pytest.raises(DeskError, match="cannot undo “new tag drones”"):
        again.undo_codebook()
    assert again.codebook.get("drones")


@pytest.mark.parametrize("undo", [False, True])
def test_an_end_between_history_and_codebook_is_harmless(
    open_desk: Opener, root: Path, undo: bool
) -> None:
    desk = open_desk()
    desk.new_tag("drones")
    if undo:
        desk.flush()
    else:
        desk.new_tag("boats")
        desk.undo_codebook()
        desk.redo_codebook()
        desk.flush()
        desk.undo_codebook()
        desk.flush()
    before = own_file(root).read_bytes()
    if undo:
        desk.undo_codebook()
    else:
        desk.redo_codebook()
    after = desk.codebook
    desk.close()
    own_file(root).write_bytes(before)  # as if only the history had got to the disk
    again = open_desk()
    assert again.codebook.get("boats") is None
    if undo:
        assert again.undo_codebook() == "new tag drones"
    else:
        assert again.redo_codebook() == "new tag boats"
    assert again.codebook == after


def test_a_history_of_tags_that_cannot_be_read_is_named_and_set_aside(
    open_desk: Opener, root: Path
) -> None:
    desk = open_desk()
    desk.new_tag("drones")
    desk.close()
    history = own_file(root).with_name("codebook.history.json")
    history.write_text("{no")
    again = open_desk()
    assert any("codebook.history.json" in trouble for trouble in again.troubles)
    again.new_tag("boats")
    again.flush()
    assert again.undo_codebook() == "new tag boats"
    assert [p.read_text() for p in history.parent.glob("*.damaged")] == ["{no"]
