"""What is derived from records: the status of a claim, its grade, and what stands where."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.model.records import ArticleRecord, Claim, Highlight, Hop, Link, Phrase, Review
from tui.model.spans import Extent
from tui.model.views import (
    Annotations,
    Placed,
    gathered,
    grade_of,
    grade_warnings,
    graded_hop,
    status_of,
    wording_warnings,
)

CLAIM = Claim(id="c1", highlight="h1", by="kim", rev=2)


def review(by: str, decision: str, minute: int, **fields: Any) -> Review:
    modified = f"2025-02-05T10:{minute:02}:00Z"
    newest = Review(
        id=f"r{minute}", claim="c1", claim_rev=2, by=by, decision=decision, modified=modified
    )
    return replace(newest, **fields)


def status(*reviews: Review) -> str:
    return status_of(CLAIM, reviews).name


# Status


def test_a_claim_that_nobody_reviewed_is_a_draft() -> None:
    assert status_of(CLAIM, ()).name == "draft"
    assert status(review("lee", "accept", 1, claim="another")) == "draft"


def test_the_newest_decision_of_a_reviewer_counts_whatever_the_order_they_are_read_in() -> None:
    first, second = review("lee", "accept", 1), review("lee", "reject", 2, reason="wrong span")
    for reviews in ((first, second), (second, first)):
        found = status_of(CLAIM, reviews)
        assert (found.name, found.by, found.reason) == ("rejected", "lee", "wrong span")
        assert found.time == second.modified


def test_reviewers_who_differ_make_it_disputed_until_one_of_them_comes_round() -> None:
    accepted, rejected = review("lee", "accept", 1), review("park", "reject", 2)
    assert status(accepted, rejected) == "disputed"
    assert status(accepted, rejected, review("park", "accept", 3)) == "accepted"
    assert status(accepted, rejected, review("park", "none", 3)) == "accepted"


def test_a_decision_taken_back_makes_it_a_draft_again() -> None:
    assert status(review("lee", "accept", 1), review("lee", "none", 2)) == "draft"


def test_a_flag_without_a_decision_leaves_the_decision_of_another_in_force() -> None:
    found = status_of(CLAIM, (review("lee", "accept", 1), review("park", "none", 2, flag=True)))
    assert (found.name, found.flagged, found.by) == ("accepted", True, "lee")


def test_a_flag_alone_leaves_it_a_draft() -> None:
    found = status_of(CLAIM, (review("park", "none", 2, flag=True),))
    assert (found.name, found.flagged, found.stale) == ("draft", True, False)


def test_a_claim_edited_after_its_review_is_a_draft_and_says_so() -> None:
    old = review("lee", "accept", 1, claim_rev=1)
    assert status_of(CLAIM, (old,)).name == "draft"
    assert status_of(CLAIM, (old,)).stale
    flagged = status_of(CLAIM, (old, review("park", "none", 2, flag=True)))
    assert (flagged.name, flagged.stale) == ("draft", True)


def test_a_late_review_of_an_older_version_does_not_undo_one_of_the_version_of_today() -> None:
    assert (
        status(review("lee", "accept", 1), review("park", "reject", 9, claim_rev=1)) == "accepted"
    )


def test_a_deleted_review_never_was() -> None:
    assert status(replace(review("lee", "accept", 1), deleted=True)) == "draft"


def test_a_claim_accepted_by_its_author_alone_is_self_reviewed() -> None:
    own, other = review("kim", "accept", 2), review("lee", "accept", 1)
    assert status_of(CLAIM, (own,)).self_reviewed
    assert not status_of(CLAIM, (own, other)).self_reviewed
    assert not status_of(CLAIM, (review("kim", "none", 2),)).self_reviewed


@given(st.permutations([review(by, d, m) for m, (by, d) in enumerate(
    [("lee", "accept"), ("park", "reject"), ("kim", "none"), ("lee", "reject"), ("kim", "accept")]
)]))  # fmt: skip
def test_the_status_does_not_depend_on_the_order_of_the_reviews(reviews: list[Review]) -> None:
    assert status_of(CLAIM, reviews) == status_of(CLAIM, sorted(reviews, key=lambda r: r.id))


# Grades


def hop(name: str, kind: str = "named", letter: str = "") -> Hop:
    return Hop(Phrase(name), kind, reliability=letter)


@pytest.mark.parametrize(
    ("chain", "graded"),
    [
        ((), None),
        ((hop("KBS", "document"), hop("NIS"), hop("officials", "anonymous")), 1),
        ((hop("KBS", "document"), hop("NIS"), hop("lawmakers", "collective")), 1),
        ((hop("KBS"), hop("")), 0),
        ((hop("officials", "anonymous"), hop("soldiers", "collective")), 1),
    ],
)
def test_the_letter_is_the_innermost_named_hops_else_the_innermost_ones(
    chain: tuple[Hop, ...], graded: int | None
) -> None:
    assert graded_hop(chain) == graded


@pytest.mark.parametrize(
    ("letter", "digit", "grade"), [("B", "2", "B2"), ("B", "", "B-"), ("", "2", "-2"), ("", "", "")]
)
def test_a_grade_shows_which_half_is_missing(letter: str, digit: str, grade: str) -> None:
    claim = replace(CLAIM, chain=(hop("KBS"), hop("NIS", letter=letter)), credibility=digit)
    assert grade_of(claim) == grade


def test_a_worse_hop_and_one_that_cannot_be_judged_are_said() -> None:
    chain = (hop("Blog", letter="F"), hop("Agency", letter="D"), hop("NIS", letter="B"))
    assert grade_warnings(replace(CLAIM, chain=chain), ()) == (
        "Blog in the chain is F: cannot be judged",
        "Agency in the chain is D, worse than B",
    )
    # F is no letter to compare with: beside it nothing is better or worse.
    judged_by_nothing = (hop("Agency", letter="D"), hop("NIS", letter="F"))
    assert grade_warnings(replace(CLAIM, chain=judged_by_nothing), ()) == ()


def test_confirmed_needs_a_claim_that_supports_it() -> None:
    claim = replace(CLAIM, credibility="1")
    (warning,) = grade_warnings(claim, (Link(from_="c1", to="c2", kind="repeats"),))
    assert "no supports link" in warning
    assert grade_warnings(claim, (Link(from_="c2", to="c1", kind="supports"),)) == ()
    withdrawn = Link(from_="c2", to="c1", kind="supports", deleted=True)
    assert grade_warnings(claim, (withdrawn,)) == (warning,)


# Annotations of an article


def placed(record_id: str, *extents: tuple[int, int], by: str = "kim", re: str = "") -> Placed:
    record = Highlight(id=record_id, by=by, re=re)
    return Placed(record, tuple(Extent(*e) for e in extents), "exact" if extents else "orphan")


def gather(places: list[Placed], *others: Any, own: str = "kim") -> Annotations:
    return gathered("a1", [*(p.record for p in places), *others], places, own)


def ids(found: Annotations) -> list[str]:
    return [p.record.id for p in found.highlights]


def test_highlights_stand_in_text_order_the_wider_one_first_and_orphans_last() -> None:
    places = [placed("lost"), placed("late", (9, 12)), placed("in", (3, 5)), placed("out", (3, 8))]
    assert ids(gather(places)) == ["out", "in", "late", "lost"]


def test_what_is_marked_at_a_place_shares_a_code_point_with_it() -> None:
    found = gather([placed("a", (0, 3), (6, 8)), placed("b", (3, 6)), placed("lost")])
    assert [p.record.id for p in found.at(Extent(5, 7))] == ["a", "b"]
    assert [p.record.id for p in found.at(Extent(3, 4))] == ["b"]
    assert found.at(Extent(8, 20)) == ()


def test_claims_come_in_the_order_of_their_highlights_and_the_deleted_ones_not_at_all() -> None:
    claims = [
        Claim(id="c1", highlight="late"),
        Claim(id="c3", highlight="early"),
        Claim(id="c2", highlight="early"),
        Claim(id="c4", highlight="early", deleted=True),
    ]
    found = gather([placed("late", (9, 12)), placed("early", (0, 3))], *claims)
    assert [c.id for c in found.all_claims()] == ["c2", "c3", "c1"]
    assert found.claim("c3") == claims[1]
    assert found.claim("c4") is None
    assert found.highlight("late") == placed("late", (9, 12))


def test_reviews_and_links_of_a_claim_are_found_from_it() -> None:
    link = Link(id="l1", from_="c2", to="c1", kind="repeats")
    found = gather([placed("h1", (0, 3))], CLAIM, review("lee", "accept", 1), link)
    assert found.status(CLAIM).name == "accepted"
    assert found.links_of("c1") == found.links_of("c2") == (link,)
    assert found.links_of("c3") == ()


def test_ones_own_copy_of_anothers_record_stands_in_its_place() -> None:
    theirs, mine = placed("h1", (0, 3), by="lee"), placed("h2", (0, 4), re="h1")
    claims = (Claim(id="c1", highlight="h1", by="lee"), Claim(id="c2", by="kim", re="c1"))
    own_claim = replace(claims[1], highlight="h1")
    kims = gather([theirs, mine], claims[0], own_claim)
    assert ids(kims) == ["h2"]
    assert [c.id for c in kims.all_claims()] == ["c2"]
    lees = gather([theirs, mine], claims[0], own_claim, own="lee")
    assert sorted(ids(lees)) == ["h1", "h2"]
    assert lees.claims["h1"] == (claims[0], own_claim)


def test_ones_own_word_on_the_article_comes_first() -> None:
    heads = [ArticleRecord(id=by, by=by) for by in ("lee", "ahn", "kim")]
    assert [head.by for head in gather([], *heads).records] == ["kim", "ahn", "lee"]


@pytest.mark.parametrize(
    ("modality", "hedge", "warnings"),
    [
        ("asserted", "may", ("asserted, but “may” says less",)),
        ("possible", "will\ncertainly", ("possible, but “will certainly” says more",)),
        ("asserted", "certainly", ()),
        ("possible", "may", ()),
        ("reported", "reportedly", ()),
        ("reported", "confirmed", ()),
        ("", "may", ()),
        ("asserted", "", ()),
    ],
)
def test_a_modality_that_the_hedge_contradicts_is_warned_of(modality, hedge, warnings):
    claim = Claim(modality=modality, hedge=Phrase(hedge) if hedge else None)
    assert wording_warnings(claim) == warnings


EXTENTS = st.builds(lambda a, n: Extent(a, a + n), st.integers(0, 20), st.integers(1, 9))
HIGHLIGHTS = st.dictionaries(st.sampled_from("abcdefgh"), EXTENTS)


@given(HIGHLIGHTS, st.lists(st.tuples(st.sampled_from("abcdefgh"), EXTENTS), max_size=4))
def test_highlights_put_in_one_by_one_are_those_gathered(
    before: dict[str, Extent], fresh: list[tuple[str, Extent]]
) -> None:
    placed = {name: Placed(Highlight(id=name), (extent,)) for name, extent in before.items()}
    notes = first = gathered("a", (), placed.values())
    for name, extent in fresh:
        placed[name] = Placed(Highlight(id=name), (extent,))
        notes = notes.but(placed[name])
    assert notes == gathered("a", (), placed.values())
    for number, found in enumerate(notes.highlights):
        assert notes.highlight(found.record.id) is found
        assert notes.index_of(found) == number
        there = notes.on(found.extents)
        assert there is not None
        assert there.extents == found.extents
    assert notes.highlight("another") is None
    moved = {name for name, extent in fresh if before.get(name) != placed[name].extents[0]}
    assert moved <= notes.changed_since(first) <= {name for name, _ in fresh}
    waiting = notes.waiting(frozenset("a"))
    assert waiting.changed_since(notes) == {"a"}
    assert waiting.highlight("a") is notes.highlight("a")
