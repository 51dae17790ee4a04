"""Which files are which articles, read bit by bit, with little kept in memory."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import LOSSES, NIS, mark, marked_before, spot

from tui.desk import Changed, Desk, DeskError, Event, library, opened
from tui.model.settings import Settings


def unread(root: Path, tmp_path: Path, *paths: Path, events: list[Event] | None = None) -> Desk:
    """A desk of kim's that has read nothing yet."""
    notify = events.append if events is not None else None
    return Desk.open(paths, root=root, analyst="kim", locks=tmp_path / "locks", notify=notify)


def test_entries_come_by_published_time_and_the_undated_last(desk: Desk) -> None:
    assert [e.path for e in desk.entries()] == ["nis.txt", "losses.txt", "plain.txt"]
    entry = desk.entries()[0]
    assert entry.title == "TROOPS NO LONGER SEEN FIGHTING"
    assert entry.published.startswith("2025-02-05T15:53:10")
    assert entry.new


def test_scanning_stops_when_its_time_is_over_and_goes_on_later(root: Path, tmp_path: Path) -> None:
    desk = unread(root, tmp_path)
    seen = [len(desk.entries())]
    while desk.scan(0):
        seen.append(len(desk.entries()))
    assert seen[0] == 0
    assert 1 in seen
    assert len(desk.entries()) == 3
    assert desk.scan(0) is False
    desk.close()


def test_a_named_file_is_readable_before_anything_was_scanned(root: Path, tmp_path: Path) -> None:
    desk = unread(root, tmp_path)
    article = desk.find(str(root / "losses.txt"))
    assert desk.article(article).text == LOSSES
    assert [e.id for e in desk.entries()] == [article]
    desk.close()


def test_an_article_is_found_by_path_by_id_and_by_the_beginning_of_an_id(
    desk: Desk, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = desk.find("nis.txt")
    assert desk.find(article) == article
    assert desk.find(article[:6]) == article
    assert desk.find(str(root / "nis.txt")) == article
    monkeypatch.chdir(root)
    assert desk.find("./nis.txt") == article


@pytest.mark.parametrize("reference", ["", "none.txt", "0000000000000000"])
def test_what_is_not_there_is_said_with_code_1(desk: Desk, reference: str) -> None:
    with pytest.raises(DeskError) as refusal:
        desk.find(reference)
    assert refusal.value.code == 1
    assert len(str(refusal.value).splitlines()) == 1


def test_a_beginning_that_fits_two_ids_is_refused(root: Path, open_desk: Opener) -> None:
    for number in range(33):  # more than there are letters in ids
        (root / f"more-{number}.txt").write_text(f"Story {number}\n\nWords.\n")
    desk = open_desk()
    ids = [e.id for e in desk.entries()]
    shared = next(c for c in "abcdefghijklmnopqrstuvwxyz234567" if sum(i[0] == c for i in ids) > 1)
    with pytest.raises(DeskError, match="ids"):
        desk.find(shared)


def test_a_path_that_does_not_exist_is_refused_when_opening(root: Path, tmp_path: Path) -> None:
    with pytest.raises(DeskError, match="does not exist") as refusal:
        unread(root, tmp_path, root / "nowhere")
    assert refusal.value.code == 2


def test_a_file_that_is_no_text_is_passed_over_with_a_sentence(
    root: Path, open_desk: Opener
) -> None:
    (root / "photo.txt").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x00" * 20)
    desk = open_desk()
    assert len(desk.entries()) == 3
    assert any("photo.txt" in trouble for trouble in desk.troubles)
    with pytest.raises(DeskError, match="photo"):
        desk.find("photo.txt")


def test_an_annotated_article_whose_file_is_gone_is_named(root: Path, open_desk: Opener) -> None:
    article = marked_before(open_desk)
    (root / "nis.txt").unlink()
    desk = open_desk()
    (said,) = (trouble for trouble in desk.troubles if "nis.txt" in trouble)
    assert "no file here holds this article, which has 1 highlight" in said
    assert article in said


def test_one_text_at_two_paths_is_one_article(root: Path, open_desk: Opener) -> None:
    (root / "copy.txt").write_text(NIS, encoding="utf-8")
    desk = open_desk()
    assert len(desk.entries()) == 3
    assert desk.find("copy.txt") == desk.find("nis.txt")
    mark(desk, "copy.txt", "Kursk")
    record = desk.annotations(desk.find("nis.txt")).records[0]
    assert sorted(p.path for p in record.paths) == ["copy.txt", "nis.txt"]


def test_a_file_that_was_renamed_is_the_same_article(root: Path, open_desk: Opener) -> None:
    article = marked_before(open_desk)
    (root / "sub").mkdir()
    (root / "nis.txt").rename(root / "sub" / "later.txt")
    desk = open_desk()
    assert desk.find("sub/later.txt") == article
    assert desk.entry(article).highlights == 1
    mark(desk, "sub/later.txt", "3,000 men")
    record = desk.annotations(article).records[0]
    assert [p.path for p in record.paths] == ["nis.txt", "sub/later.txt"]


def test_marks_follow_their_words_by_the_text_they_were_made_on(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    changed = NIS.replace("soldiers", "troops").replace("expected to regroup", "set to regroup")
    record = mark(desk, "nis.txt", "About 11,000 soldiers")
    desk.close()
    (root / "nis.txt").write_text(changed, encoding="utf-8")
    desk = open_desk()
    article = desk.find("nis.txt")
    placed = desk.annotations(article).highlight(record)
    assert placed is not None
    assert placed.fit == "changed"
    assert placed.extents == (spot(desk, article, "About 11,000 troops"),)
    assert 0 < placed.score < 1


def test_a_changed_file_of_the_same_title_is_a_new_revision(root: Path, open_desk: Opener) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    kept = mark(desk, "nis.txt", "About 11,000 soldiers")
    lost = mark(desk, "nis.txt", "They are expected to regroup.")
    desk.close()
    changed = (
        NIS.replace("They are expected to regroup.", "")
        .replace("About", "By its count, about")
        .replace("about 11,000", "About 11,000")
    )
    (root / "nis.txt").write_text(changed, encoding="utf-8")
    desk = open_desk()
    assert desk.find("nis.txt") == article
    placed = {p.record.id: p for p in desk.annotations(article).highlights}
    assert placed[kept].fit == "moved"
    assert placed[kept].extents == (spot(desk, article, "About 11,000 soldiers"),)
    assert (placed[lost].fit, placed[lost].extents) == ("orphan", ())
    mark(desk, "nis.txt", "Kursk")
    record = desk.annotations(article).records[0]
    assert len(record.revisions) == 2


def test_another_article_under_a_known_path_is_another_article(
    root: Path, open_desk: Opener
) -> None:
    article = marked_before(open_desk)
    (root / "nis.txt").write_text(
        "A different story\n\nNothing of the old one.\n", encoding="utf-8"
    )
    desk = open_desk()
    assert desk.find("nis.txt") != article
    assert desk.entry(article).highlights == 1, "the old one is still there"
    assert desk.article(article).text == NIS, "with its text, from the kept revisions"
    assert [e.id for e, _ in desk.all_annotations()] == [article]


def test_a_file_that_changes_while_it_is_open_is_read_again(root: Path, tmp_path: Path) -> None:
    events: list[Event] = []
    desk = unread(root, tmp_path, events=events)
    desk.scan()
    article = desk.find("nis.txt")
    mark(desk, "nis.txt", "Kursk")
    desk.flush()
    changed = NIS.replace("[LEAD]", "[LEAD]\nA new first sentence.")
    (root / "nis.txt").write_text(changed, encoding="utf-8")
    desk.poll()
    assert desk.article(article).text == changed
    assert desk.annotations(article).highlights[0].fit == "moved"
    desk.close()
    assert any(isinstance(e, Changed) and e.origin == "file" for e in events)


def test_an_unmarked_file_that_changes_while_it_is_open_keeps_its_id(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    article = desk.find("plain.txt")
    assert desk.article(article).text.startswith("Nothing")
    (root / "plain.txt").write_text("Rewritten from the first word on.", encoding="utf-8")
    desk.poll()
    assert desk.article(article).text == "Rewritten from the first word on."
    assert desk.find("plain.txt") == article
    mark(desk, "plain.txt", "first word")
    desk.close()
    again = open_desk()
    assert again.find("plain.txt") == article
    assert again.entry(article).highlights == 1


def test_another_story_in_an_open_marked_file_does_not_take_its_marks(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    mark(desk, "nis.txt", "Kursk")
    desk.flush()
    (root / "nis.txt").write_text("Another headline\n\nAnother story.\n", encoding="utf-8")
    desk.poll()
    assert desk.article(article).text == NIS, "the marked text, as it was kept"
    assert [p.fit for p in desk.annotations(article).highlights] == ["exact"]
    assert desk.find("nis.txt") != article
    assert {e.title for e in desk.entries()} >= {"Another headline"}


def test_a_file_that_is_gone_leaves_its_marks(root: Path, open_desk: Opener) -> None:
    article = marked_before(open_desk)
    desk = open_desk()
    (root / "nis.txt").unlink()
    assert desk.article(article).text == NIS
    assert [p.fit for p in desk.annotations(article).highlights] == ["exact"]
    unmarked = desk.find("plain.txt")
    (root / "plain.txt").unlink()
    with pytest.raises(DeskError, match="not to be had"):
        desk.article(unmarked)


def test_the_list_is_the_same_object_until_something_changes(desk: Desk) -> None:
    entries = desk.entries()
    assert desk.entries() is entries
    mark(desk, "losses.txt", "January", "military")
    later = desk.entries()
    assert [e.highlights for e in later] == [0, 1, 0]
    assert later[0] is entries[0]
    desk.undo()
    assert [e.highlights for e in desk.entries()] == [0, 0, 0]


def test_two_ids_of_one_text_are_joined_and_the_smaller_one_wins(
    root: Path, open_desk: Opener
) -> None:
    # Lee saw another version first, under another id; then both came to have the same text.
    other = NIS.replace("Kursk", "the Kursk region")
    (root / "nis.txt").write_text(other, encoding="utf-8")
    lee = open_desk("lee")
    theirs = lee.find("nis.txt")
    mark(lee, "nis.txt", "more than 3,000 men")
    lee.close()
    (root / "nis.txt").write_text(NIS, encoding="utf-8")
    lee = open_desk("lee")
    assert lee.find("nis.txt") == theirs
    mark(lee, "nis.txt", "mid-January")
    lee.close()
    (root / "annotations" / "lee").rename(root / "lee-away")
    kim = open_desk("kim")
    mine = kim.find("nis.txt")
    assert mine != theirs
    mark(kim, "nis.txt", "Kursk")
    kim.close()
    (root / "lee-away").rename(root / "annotations" / "lee")
    kim = open_desk("kim")
    assert kim.find(mine) == kim.find(theirs) == min(mine, theirs)
    assert kim.entry(mine).highlights == 3
    mark(kim, "nis.txt", "Wednesday")
    kim.close()
    again = open_desk("kim")
    assert again.entry(theirs).highlights == 4


def test_an_article_is_new_until_it_is_seen_or_annotated(desk: Desk, open_desk: Opener) -> None:
    nis, losses = desk.find("nis.txt"), desk.find("losses.txt")
    assert desk.entry(nis).new
    desk.visit(nis)
    assert not desk.entry(nis).new
    desk.mark_done(losses, True)
    desk.close()
    again = open_desk()
    assert not again.entry(losses).new
    assert again.entry(losses).done


def test_only_a_few_texts_stay_in_memory(root: Path) -> None:
    for number in range(60):
        (root / f"more-{number:02}.txt").write_text(f"Story {number}\n\nWords of {number}.\n")
    shelf = library.Library(root, [root], "", Settings(), [])
    while (file := shelf.next_file()) is not None:
        gathered = shelf.read(file)
        assert gathered is not None, "a plain text is read at once"
        (article,) = gathered.articles
        shelf.texts.keep(shelf.place(article, gathered))
    assert len(shelf.ids()) == 63
    assert sum(shelf.texts.get(a) is not None for a in shelf.ids()) == opened.KEPT_TEXTS
    assert all(not f.article.text for a in shelf.ids() for f in shelf.files(a))


def test_hidden_files_and_annotations_are_no_articles(root: Path, open_desk: Opener) -> None:
    desk = open_desk()
    mark(desk, "nis.txt", "Kursk")
    desk.export("md", output=desk.export_path("md"))
    desk.close()
    (root / ".hidden.txt").write_text("no")
    assert len(open_desk().entries()) == 3
