"""Many claims at once: one step, one undo, across articles, analysts and restarts."""

from __future__ import annotations

import pytest
from tests.desk.conftest import Opener
from tests.desk.marking import claim

from tui.desk import Desk, DeskError
from tui.model.records import Claim, Hop, Phrase
from tui.model.steps import through

PLACES = (
    ("nis.txt", "The intelligence service reports that the troops are not in combat."),
    ("nis.txt", "They are expected to regroup."),
    ("losses.txt", "The troops lost 4,000 men, officials said."),
)


@pytest.fixture
def claims(desk: Desk) -> list[str]:
    """Ids of three claims in two articles."""
    return [claim(desk, name, words).id for name, words in PLACES]


def told(desk: Desk) -> dict[str, tuple[str, str, tuple[str, ...]]]:
    """Status, grade and tags of every claim as it is shown."""
    rows = [row for part in desk.told() for row in part]
    return {row.claim.id: (row.status.name, row.grade, row.tags) for row in rows}


def test_a_decision_on_many_is_one_step_that_undo_takes_back(desk: Desk, claims: list[str]) -> None:
    before = told(desk)
    step = desk.review_all(claims, "accept")
    assert step is not None
    assert step.label == "accept 3 claims"
    assert len(step.articles) == 2
    assert {name: row[0] for name, row in told(desk).items()} == dict.fromkeys(claims, "accepted")
    assert desk.review_all(claims, "accept") is None
    desk.undo([desk.find("nis.txt")])
    assert told(desk) == before
    desk.redo([desk.find("losses.txt")])
    assert {row[0] for row in told(desk).values()} == {"accepted"}


@pytest.mark.parametrize("name", ["nis.txt", "losses.txt"])
def test_it_is_taken_back_whole_after_a_restart(
    open_desk: Opener, desk: Desk, claims: list[str], name: str
) -> None:
    before = told(desk)
    desk.review_all(claims, "reject", "duplicate")
    desk.grade_all(claims, "b", "2")
    desk.tag_claims(claims, "military")
    desk.close()
    again = open_desk()
    after = told(again)
    assert {row[1:] for row in after.values()} == {("B2", ("military",))}
    labels = [again.undo([again.find(name)]).label for _ in range(3)]
    assert labels == ["put military on 3 highlights", "grade 3 claims B2", "reject 3 claims"]
    assert told(again) == before
    again.close()
    assert told(open_desk()) == before


def test_a_grade_that_all_have_is_taken_off_and_else_given_to_all(
    desk: Desk, claims: list[str]
) -> None:
    desk.grade(claims[0], "B")
    desk.grade_all(claims, "B")
    assert {row[1] for row in told(desk).values()} == {"B-"}
    desk.grade_all(claims, "B", "2")
    assert {row[1] for row in told(desk).values()} == {"B2"}
    step = desk.grade_all(claims, "B", "2")
    assert step is not None
    assert step.label == "take B2 off 3 claims"
    assert {row[1] for row in told(desk).values()} == {""}
    with pytest.raises(DeskError, match="no reliability 'X'"):
        desk.grade_all(claims, "X")


def test_a_letter_without_a_source_to_hold_it_changes_nothing(
    desk: Desk, claims: list[str]
) -> None:
    bare = Claim(article=desk.find("plain.txt"), statement="The troops are gone.")
    start = desk.article(bare.article).text.index("The troops")
    step = desk.save_claim(bare, [(start, start + 20)])  # pyright: ignore[reportArgumentType]
    assert step is not None
    nameless = next(c.after.id for c in step.changes if isinstance(c.after, Claim))
    with pytest.raises(DeskError, match="1 of 4 claims name no source to hold the letter"):
        desk.grade_all([*claims, nameless], "B")
    assert {row[1] for row in told(desk).values()} == {""}
    desk.grade_all([*claims, nameless], digit="3")
    assert {row[1] for row in told(desk).values()} == {"-3"}


def test_a_tag_goes_on_the_highlights_and_off_where_all_have_it(
    desk: Desk, claims: list[str]
) -> None:
    desk.tag_claims(claims[:1], "military")
    desk.tag_claims(claims, "military")
    assert {row[2] for row in told(desk).values()} == {("military",)}
    desk.tag_claims(claims, "military")
    assert {row[2] for row in told(desk).values()} == {()}


def test_flags_are_set_on_all_or_taken_off_all(desk: Desk, claims: list[str]) -> None:
    def flagged() -> list[bool]:
        return [row.status.flagged for part in desk.told() for row in part]

    desk.review_all(claims[:1], "accept")
    desk.review_all(claims[:1], "none", flag=True)
    assert flagged().count(True) == 1
    assert through(desk.flagging(claims)).label == "flag 3 claims"  # pyright: ignore[reportOptionalMemberAccess]
    assert all(flagged())
    assert told(desk)[claims[0]][0] == "accepted", "a flag leaves the decision"
    assert through(desk.flagging(claims)).label == "unflag 3 claims"  # pyright: ignore[reportOptionalMemberAccess]
    assert not any(flagged())


def test_what_is_left_before_its_end_or_changed_meanwhile_is_not_done(
    desk: Desk, claims: list[str]
) -> None:
    before = told(desk)
    left = desk.grading(claims, "B")
    assert [next(left).of for _ in range(3)] == [3, 3, 3]
    left.close()
    assert told(desk) == before
    deciding = desk.reviewing(claims, "accept")
    while next(deciding).done < len(claims):
        pass
    desk.review(claims[0], "reject")
    with pytest.raises(DeskError, match="changed meanwhile"):
        through(deciding)
    assert [row[0] for row in told(desk).values()].count("accepted") == 0


def test_what_others_wrote_is_reviewed_and_copied_and_their_shards_stay(
    open_desk: Opener, desk: Desk, claims: list[str]
) -> None:
    desk.flush()
    theirs = {path: path.read_bytes() for path in desk.own_folder.rglob("*.json")}
    lee = open_desk("lee")
    lee.review_all(claims, "accept")
    lee.tag_claims(claims, "diplomacy")
    lee.tag_claims(claims, "military", True)
    lee.grade_all(claims, "C", "3")
    lee.flush()
    assert {path: path.read_bytes() for path in desk.own_folder.rglob("*.json")} == theirs
    rows = told(lee)
    assert len(rows) == 3
    assert not rows.keys() & set(claims), "copies stand in the place of the others' claims"
    assert {row[1:] for row in rows.values()} == {("C3", ("diplomacy", "military"))}
    for _ in range(4):
        lee.undo()
    assert told(lee).keys() == set(claims)
    assert set(told(lee).values()) == {("draft", "", ())}


def test_what_is_gone_meanwhile_is_said_and_nothing_is_done(desk: Desk, claims: list[str]) -> None:
    desk.remove(claims[1])
    before = told(desk)
    with pytest.raises(DeskError, match="has been deleted"):
        desk.review_all(claims, "accept")
    assert told(desk) == before


def test_the_newest_step_is_found_among_many_articles(desk: Desk, claims: list[str]) -> None:
    articles = [desk.find(name) for name in ("nis.txt", "losses.txt", "plain.txt")]
    desk.review_all(claims[2:], "accept")
    desk.review_all(claims[:1], "reject")
    assert desk.undo(articles).label.startswith("reject")
    assert desk.undo(articles).label.startswith("accept")
    assert desk.redo(articles).label.startswith("accept")
    assert desk.redo(articles).label.startswith("reject")
    assert desk.undo(articles[1:]).label.startswith("accept")


def test_sources_are_told_by_the_name_they_are_known_under(desk: Desk) -> None:
    def said(name: str, kind: str) -> str:
        hop = Hop(Phrase(name), kind)
        step = desk.save_claim(
            Claim(article=desk.find("nis.txt"), statement=name, chain=(Hop(Phrase("")), hop)),
            [next(iter(desk.outline(desk.find("nis.txt")).sentences)).extent],
        )
        assert step is not None
        return next(c.after.id for c in step.changes if isinstance(c.after, Claim))

    desk.describe_source("NIS", {"alias": "the spy agency"})
    ids = {
        said("the spy agency", "named"): ("NIS", False),
        said("Kyiv", "named"): ("Kyiv", False),
        said("two officials", "anonymous"): ("two officials", True),
        said("the agency", "named"): ("the agency", True),
    }
    rows = [row for part in desk.told() for row in part]
    assert {row.claim.id: (row.source, row.nameless) for row in rows} == ids
