"""Revisions of an article: which text is one, how they differ, and what becomes of annotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import LOSSES, NIS, claim, mark, marked_before, spot

from tui.anchoring import placing
from tui.desk import Desk, DeskError
from tui.model.records import Claim, Highlight, Phrase, Quantity
from tui.model.spans import select

LATER = NIS.replace("수정 2025-02-05 16:17:32", "수정 2025-02-05 19:40:00")
MORE = LATER.replace("more than 3,000 men", "more than 4,000 men")


def quoted(desk: Desk, article: str) -> list[str]:
    return [p.record.spans[0].exact for p in desk.annotations(article).highlights]


# which text is a revision of which article


def test_a_changed_file_is_a_new_revision_of_the_same_article_also_after_a_restart(
    root: Path, open_desk: Opener
) -> None:
    article = marked_before(open_desk)
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk = open_desk()
    assert desk.find("nis.txt") == article
    assert len(desk.entries()) == 3
    assert desk.article(article).text == MORE
    assert [version.today for version in desk.versions(article)] == [False, True]


def test_a_text_that_was_marked_is_there_to_compare_before_it_is_saved(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    desk.hold(60)
    mark(desk, "nis.txt", "more than 3,000 men")
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk.poll()
    article = desk.find("nis.txt")
    assert desk.article(article).text == MORE
    assert desk.pending
    assert all(version.kept for version in desk.versions(article))
    desk.release()


@pytest.mark.parametrize("annotated", [True, False])
def test_a_story_that_was_saved_again_under_another_name_is_a_revision_of_it(
    annotated: bool, root: Path, open_desk: Opener
) -> None:
    (root / "again.txt").write_text(MORE, encoding="utf-8")
    if annotated:
        (root / "again.txt").rename(root.parent / "again.txt")
        desk = open_desk()
        mark(desk, "nis.txt", "Kursk")
        desk.close()
        (root.parent / "again.txt").rename(root / "again.txt")
    for _ in range(2):
        desk = open_desk()
        assert desk.find("again.txt") == desk.find("nis.txt")
        assert len(desk.entries()) == 3
        article = desk.article(desk.find("nis.txt"))
        assert article.text == MORE, "the text changed last is today's"
        assert article.path == "again.txt"
        assert desk.entry(article.id).highlights == int(annotated)
        older, today = desk.versions(article.id)
        assert (older.kept, older.modified < today.modified) == (True, True)
        desk.close()


@pytest.mark.parametrize(
    "other",
    [
        NIS.replace("FIGHTING", "MOVING").replace("16:17:32", "19:40:00"),
        LATER.replace("News Today", "Day News"),
        LATER.replace("15:53:10", "15:54:10"),
        NIS.replace("3,000", "4,000"),
        LATER[: LATER.index("[LEAD]")] + "Rain is expected tomorrow, then wind from the sea.\n",
    ],
    ids=["title", "outlet", "published", "modified", "words"],
)
def test_what_has_other_words_title_outlet_or_time_is_another_article(
    other: str, root: Path, open_desk: Opener
) -> None:
    (root / "other.txt").write_text(other, encoding="utf-8")
    desk = open_desk()
    assert desk.find("other.txt") != desk.find("nis.txt")
    assert len(desk.entries()) == 4


def test_a_file_that_changed_and_then_moved_is_still_known_by_its_text(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    article = desk.find("losses.txt")
    mark(desk, "losses.txt", "Kyiv denied")
    (root / "losses.txt").write_text(LOSSES.replace("4,000", "5,000"), encoding="utf-8")
    desk.poll()
    assert "5,000" in desk.article(article).text
    (root / "losses.txt").rename(root / "moved.txt")
    assert desk.find(str(root / "moved.txt")) == article
    assert desk.entry(article).highlights == 1


# annotations whose words changed


def counted_claim(desk: Desk) -> Claim:
    """A claim on the number of the men lost, reviewed."""
    made = claim(desk, "nis.txt", "The troops lost more than 3,000 men")
    text = desk.article(made.article).text
    start = text.index("more than 3,000 men")
    spans = [
        select(text, start, start + 19),
        select(text, text.index("Kursk"), text.index("Kursk") + 5),
    ]
    full = replace(
        made,
        quantities=(Quantity("more than 3,000 men", spans[0], lower=3000),),
        place=Phrase("Kursk", spans[1]),
        about=Phrase("the troops"),
    )
    desk.save_claim(full)
    desk.review(made.id, "accept")
    return made


def test_accepting_takes_todays_words_for_the_highlight_and_its_claims_in_one_step(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    made = counted_claim(desk)
    article = made.article
    desk.close()
    (root / "nis.txt").write_text(MORE.replace("LEAD]", "LEAD]\n\n"), encoding="utf-8")
    desk = open_desk()
    notes = desk.annotations(article)
    (placed,) = notes.highlights
    assert placed.fit == "changed"
    assert notes.status(notes.all_claims()[0]).name == "accepted"
    text = desk.article(article)

    step = desk.accept(placed.record.id)
    assert step is not None
    notes = desk.annotations(article)
    (placed,) = notes.highlights
    assert (placed.fit, placed.record.revision) == ("exact", text.revision)
    assert placed.record.spans[0].exact == "The troops lost more than 4,000 men"
    (after,) = notes.all_claims()
    (quantity,) = after.quantities
    assert quantity.span is not None
    assert quantity.span.exact == "more than 4,000 men"
    assert (quantity.text, quantity.lower) == ("more than 3,000 men", 3000), "as it was understood"
    assert after.statement == made.statement
    assert after.place is not None
    assert after.place.span is not None
    assert after.place.span.extent.of(text.text) == "Kursk"
    assert after.about == Phrase("the troops")
    assert after.revision == text.revision
    status = notes.status(after)
    assert (status.name, status.stale) == ("draft", True)

    desk.undo([article])
    notes = desk.annotations(article)
    assert notes.highlights[0].fit == "changed"
    assert notes.status(notes.all_claims()[0]).name == "accepted"


def test_a_part_whose_words_are_gone_keeps_them_and_loses_its_place(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    made = counted_claim(desk)
    desk.close()
    (root / "nis.txt").write_text(
        MORE.replace("About 11,000 soldiers were sent to Kursk. ", ""), encoding="utf-8"
    )
    desk = open_desk()
    (placed,) = desk.annotations(made.article).highlights
    desk.accept(placed.record.id)
    (after,) = desk.annotations(made.article).all_claims()
    assert after.place == Phrase("Kursk")


def test_moving_a_changed_highlight_carries_its_claims_and_moving_an_exact_one_does_not(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    made = counted_claim(desk)
    article = made.article
    (placed,) = desk.annotations(article).highlights
    desk.respan(placed.record.id, [spot(desk, article, "troops lost more than 3,000 men")])
    notes = desk.annotations(article)
    assert notes.status(notes.all_claims()[0]).name == "accepted"
    desk.close()
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk = open_desk()
    desk.respan(placed.record.id, [spot(desk, article, "more than 4,000 men")])
    notes = desk.annotations(article)
    assert notes.highlights[0].fit == "exact"
    assert notes.status(notes.all_claims()[0]).name == "draft"


def test_an_orphan_is_kept_cannot_be_accepted_and_can_be_placed_anew(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    kept = mark(desk, "nis.txt", "They are expected to regroup.", "military")
    desk.close()
    (root / "nis.txt").write_text(
        LATER.replace(" They are expected to regroup.", ""), encoding="utf-8"
    )
    desk = open_desk()
    (placed,) = desk.annotations(article).highlights
    assert (placed.fit, placed.extents) == ("orphan", ())
    with pytest.raises(DeskError, match="not in today's text"):
        desk.accept(kept)
    desk.respan(kept, [spot(desk, article, "not in combat")])
    (placed,) = desk.annotations(article).highlights
    assert (placed.fit, placed.record.id, placed.record.tags) == ("exact", kept, ("military",))


def test_accepting_what_a_colleague_marked_makes_a_copy_of_ones_own(
    root: Path, open_desk: Opener
) -> None:
    lee = open_desk("lee")
    theirs = mark(lee, "nis.txt", "lost more than 3,000 men", "military")
    lee.close()
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk = open_desk()
    article = desk.find("nis.txt")
    step = desk.accept(theirs)
    assert step is not None
    (placed,) = desk.annotations(article).highlights
    assert (placed.record.by, placed.record.re, placed.fit) == ("kim", theirs, "exact")
    assert quoted(desk, article) == ["lost more than 4,000 men"]


# how two revisions differ


def test_differences_say_what_was_removed_and_added_with_the_highlights_in_both(
    root: Path, open_desk: Opener
) -> None:
    desk = open_desk()
    article = desk.find("nis.txt")
    kept = mark(desk, "nis.txt", "lost more than 3,000 men")
    gone = mark(desk, "nis.txt", "They are expected to regroup.")
    desk.close()
    changed = MORE.replace(" They are expected to regroup.", "")
    (root / "nis.txt").write_text(changed, encoding="utf-8")
    desk = open_desk()
    old, new = desk.versions(article)
    found = desk.differences(article, old.sha256, new.sha256)
    assert found is not None
    assert (found.old.text, found.new.text) == (NIS, changed)
    removed = [run.old.of(NIS) for run in found.runs if run.kind == "removed"]
    added = [run.new.of(changed) for run in found.runs if run.kind == "added"]
    assert "3,000" in removed
    assert "4,000" in added
    places = {noted.record.id: noted for noted in found.highlights}
    assert [e.of(NIS) for e in places[kept].old] == ["lost more than 3,000 men"]
    assert [e.of(changed) for e in places[kept].new] == ["lost more than 4,000 men"]
    assert [e.of(NIS) for e in places[gone].old] == ["They are expected to regroup."]
    assert places[gone].new == ()
    assert all(isinstance(noted.record, Highlight) for noted in found.highlights)


def test_texts_that_are_too_long_are_not_compared(
    root: Path, open_desk: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = marked_before(open_desk)
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk = open_desk()
    old, new = desk.versions(article)
    monkeypatch.setattr(placing, "LONGEST", len(NIS) - 1)
    with pytest.raises(DeskError, match="too long to be compared"):
        desk.differences(article, old.sha256, new.sha256)


def test_a_revision_that_was_not_kept_is_said_in_a_sentence(root: Path, open_desk: Opener) -> None:
    article = marked_before(open_desk)
    for text in (root / "annotations" / "revisions").glob("*.txt"):
        text.unlink()
    (root / "nis.txt").write_text(MORE, encoding="utf-8")
    desk = open_desk()
    old, new = desk.versions(article)
    assert (old.kept, new.kept) == (False, True)
    with pytest.raises(DeskError, match="was not kept"):
        desk.differences(article, old.sha256, new.sha256)
