"""Two analysts at one workspace: nobody edits what is another's, everybody sees it."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.desk.conftest import Opener
from tests.desk.marking import claim, mark

from tui.desk import Desk, DeskError


@pytest.fixture
def theirs(open_desk: Opener) -> Desk:
    """Lee's desk."""
    return open_desk("lee")


def test_tagging_anothers_highlight_makes_a_copy_that_stands_in_its_place(
    desk: Desk, theirs: Desk
) -> None:
    original = mark(theirs, "nis.txt", "Kursk", "military")
    theirs.flush()
    desk.poll()
    article = desk.find("nis.txt")
    desk.tag([original], "diplomacy")
    (placed,) = desk.annotations(article).highlights
    assert (placed.record.by, placed.record.re) == ("kim", original)
    assert placed.record.tags == ("military", "diplomacy")
    desk.flush()
    theirs.poll()
    by_lee = {p.record.by: p.record.tags for p in theirs.annotations(article).highlights}
    assert by_lee == {"lee": ("military",), "kim": ("military", "diplomacy")}
    desk.undo([article])
    (placed,) = desk.annotations(article).highlights
    assert (placed.record.id, placed.record.tags) == (original, ("military",))


def test_claims_on_a_copied_highlight_come_along(desk: Desk, theirs: Desk) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    theirs.flush()
    desk.poll()
    desk.tag([made.highlight], "military", on=True)
    notes = desk.annotations(made.article)
    (placed,) = notes.highlights
    assert placed.record.by == "kim"
    assert [c.id for c in notes.claims[placed.record.id]] == [made.id]
    mine = claim(desk, "nis.txt", "11,000 soldiers", "my reading")
    assert {c.id for c in desk.annotations(made.article).all_claims()} == {made.id, mine.id}


def test_editing_anothers_claim_makes_a_draft_of_ones_own(desk: Desk, theirs: Desk) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    theirs.review(made.id, "accept")
    theirs.flush()
    desk.poll()
    desk.grade(made.id, "C")
    notes = desk.annotations(made.article)
    (copy,) = notes.all_claims()
    assert (copy.by, copy.re, copy.rev) == ("kim", made.id, 1)
    assert notes.status(copy).name == "draft"
    assert [row.claim.id for row in desk.claims()] == [copy.id]
    desk.flush()
    theirs.poll()
    original = theirs.annotations(made.article).claim(made.id)
    assert original == made
    desk.remove(copy.id)
    assert [c.id for c in desk.annotations(made.article).all_claims()] == [made.id]


def test_links_and_reviews_of_anothers_claim_lie_in_ones_own_shard(
    desk: Desk, theirs: Desk
) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    theirs.flush()
    desk.poll()
    mine = claim(desk, "losses.txt", "4,000 men")
    desk.review(made.id, "reject", "wrong source")
    desk.link(made.id, mine.id, "contradicts")
    desk.flush()
    theirs.poll()
    notes = theirs.annotations(made.article)
    (shown,) = notes.all_claims()
    status = notes.status(shown)
    assert (status.name, status.by, status.self_reviewed) == ("rejected", "kim", False)
    assert [(k.by, k.to) for k in notes.links] == [("kim", mine.id)]
    assert shown.rev == 1
    theirs.review(made.id, "accept")
    assert theirs.annotations(made.article).status(shown).name == "disputed"


def test_links_follow_ones_own_copy(desk: Desk, theirs: Desk) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    other = claim(theirs, "nis.txt", "3,000 men")
    theirs.link(made.id, other.id, "supports")
    theirs.flush()
    desk.poll()
    desk.grade(made.id, "C")
    notes = desk.annotations(made.article)
    copy = next(c for c in notes.all_claims() if c.re)
    assert [(k.from_, k.to) for k in notes.links] == [(copy.id, other.id)]


def test_what_is_anothers_cannot_be_deleted(desk: Desk, theirs: Desk) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    theirs.flush()
    desk.poll()
    for record in (made.id, made.highlight):
        with pytest.raises(DeskError, match="lee's") as refusal:
            desk.remove(record)
        assert refusal.value.code == 1
    assert desk.annotations(made.article).all_claims()


def test_a_highlight_deleted_by_its_author_stays_under_anothers_claim(
    desk: Desk, theirs: Desk
) -> None:
    original = mark(theirs, "nis.txt", "11,000 soldiers", "military")
    theirs.flush()
    desk.poll()
    mine = claim(desk, "nis.txt", "11,000 soldiers", "", "military")
    assert mine.highlight == original
    desk.flush()
    theirs.poll()
    theirs.remove(original)
    theirs.flush()
    desk.poll()
    notes = desk.annotations(mine.article)
    (placed,) = notes.highlights
    assert (placed.record.id, placed.record.tags) == (original, ())
    assert [c.id for c in notes.all_claims()] == [mine.id]


def test_undo_takes_back_only_ones_own_steps(desk: Desk, theirs: Desk) -> None:
    mark(desk, "nis.txt", "Kursk")
    desk.flush()
    theirs.poll()
    mark(theirs, "nis.txt", "3,000 men")
    theirs.flush()
    desk.poll()
    article = desk.find("nis.txt")
    desk.undo([article])
    assert [p.record.by for p in desk.annotations(article).highlights] == ["lee"]
    with pytest.raises(DeskError, match="nothing to undo"):
        desk.undo([article])


def test_done_and_grades_of_an_article_are_each_analysts_own(desk: Desk, theirs: Desk) -> None:
    article = desk.find("nis.txt")
    theirs.mark_done(article, True)
    theirs.flush()
    desk.poll()
    assert not desk.entry(article).done
    assert desk.entry(article).new
    desk.mark_done(article, True)
    assert [r.by for r in desk.annotations(article).records] == ["kim", "lee"]


def test_the_statement_of_anothers_claim_is_edited_by_saving_it(desk: Desk, theirs: Desk) -> None:
    made = claim(theirs, "nis.txt", "11,000 soldiers")
    theirs.flush()
    desk.poll()
    desk.save_claim(replace(made, statement="about 11,000"), tags=("military",))
    notes = desk.annotations(made.article)
    (copy,) = notes.all_claims()
    (placed,) = notes.highlights
    assert (copy.statement, copy.re) == ("about 11,000", made.id)
    assert (placed.record.tags, placed.record.re) == (("military",), made.highlight)
    assert desk.save_claim(replace(copy, statement="nearly 11,000")) is not None
    assert [c.statement for c in desk.annotations(made.article).all_claims()] == ["nearly 11,000"]
