"""Claims in orders and under headings: nothing is lost, and what is alike keeps its order."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Sequence
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import edtf_bounds
from tui.model.ordering import (
    GROUPS,
    NO_LETTER,
    NO_SOURCE,
    NO_TAG,
    SORTS,
    Group,
    grouped,
    headings,
    ordered,
    ordering,
    reordered,
    reordering,
)
from tui.model.records import Claim, When
from tui.model.steps import through
from tui.model.told import Told, position_of
from tui.model.views import STATUSES, Status

TAGS = ("military", "military/casualties", "Diplomacy", "북한")
GRADES = ("", "A1", "B2", "B-", "-3", "E5", "F6", "F2", "A6")
TIMES = ("", "2024", "2025-01", "2025-01-15/..", "2025-02-05")


def told(number: int, **other: object) -> Told:
    edtf = str(other.pop("edtf", ""))
    earliest, latest = edtf_bounds(edtf) if edtf else ("", "")
    when = When(edtf, edtf=edtf, earliest=earliest, latest=latest) if edtf else None
    modified = str(other.pop("modified", ""))
    claim = Claim(id=f"claim {number:04}", when=when, modified=modified)
    return Told(claim, position_of(when), **other)  # pyright: ignore[reportArgumentType]


@st.composite
def many(draw: st.DrawFn) -> list[Told]:
    """Claims that are alike in many ways."""
    count = draw(st.integers(0, 25))
    return [
        told(
            number,
            edtf=draw(st.sampled_from(TIMES)),
            modified=draw(st.sampled_from(("2025-01-01T00:00:00Z", "2025-01-02T00:00:00Z"))),
            article=draw(st.sampled_from(("a", "b"))),
            published=draw(st.sampled_from(("", "2025-02-05T10:00:00+09:00", "2025-02-05T02:00Z"))),
            at=draw(st.integers(0, 2)),
            source=draw(st.sampled_from(("", "NIS", "the NIS", "Kyiv", "two officials"))),
            nameless=draw(st.booleans()),
            grade=draw(st.sampled_from(GRADES)),
            status=Status(draw(st.sampled_from(STATUSES)), flagged=draw(st.booleans())),
            tags=tuple(draw(st.sets(st.sampled_from(TAGS)))),
        )
        for number in range(count)
    ]


def names(rows: Sequence[Told]) -> list[str]:
    return [row.claim.id for row in rows]


@given(many(), st.sampled_from(SORTS), st.randoms(use_true_random=False))
def test_nothing_is_lost_and_the_order_is_the_same_however_they_came(
    rows: list[Told], by: str, chance: Random
) -> None:
    found = ordered(rows, by)
    assert Counter(names(found)) == Counter(names(rows))
    shuffled = rows[:]
    chance.shuffle(shuffled)
    assert names(ordered(shuffled, by)) == names(found)
    assert names(reordered(ordered(rows), by)) == names(found)
    base = through(ordering(shuffled, at_once=3))  # bit by bit it is the same
    assert names(through(reordering(base, by, at_once=2))) == names(found)


@given(many(), st.sampled_from([sort for sort in SORTS if sort != "article"]))
def test_what_is_alike_stays_in_the_order_of_articles(rows: list[Told], by: str) -> None:
    base = {name: index for index, name in enumerate(names(ordered(rows)))}
    found = ordered(rows, by)
    alike = {
        "time": lambda row: row.place,
        "source": lambda row: (row.source or "~").removeprefix("the "),
        "grade": lambda row: row.grade or "--",
        "status": lambda row: (row.status.name, row.status.flagged),
        "changed": lambda row: row.claim.modified,
    }[by]
    for one, other in itertools.pairwise(found):
        if alike(one) == alike(other):
            assert base[one.claim.id] < base[other.claim.id]
    runs = [
        alike(row)
        for index, row in enumerate(found)
        if not index or alike(row) != alike(found[index - 1])
    ]
    assert len(runs) == len(set(runs)), "what is alike stands together"


@given(many(), st.sampled_from(SORTS), st.sampled_from(GROUPS))
def test_headings_hold_every_claim_in_its_order(rows: list[Told], sort: str, by: str) -> None:
    found = ordered(rows, sort)
    groups = grouped(found, by)
    assert all(group.rows for group in groups)
    assert len({group.key for group in groups}) == len(groups)
    times = Counter(name for group in groups for name in names(group.rows))
    for row in rows:
        assert times[row.claim.id] == (max(1, len(row.tags)) if by == "tag" else 1)
    place = {name: index for index, name in enumerate(names(found))}
    for group in groups:
        inside = [place[name] for name in names(group.rows)]
        assert inside == sorted(inside)


def headed(groups: tuple[Group[Told], ...]) -> list[tuple[str, int]]:
    return [(group.name, len(group.rows)) for group in groups]


def test_grades_are_put_together_and_f_and_6_stand_apart() -> None:
    rows = [told(n, grade=grade) for n, grade in enumerate(GRADES)]
    assert [row.grade for row in ordered(rows, "grade")] == [
        "A1", "A6", "B2", "B-", "E5", "F2", "F6", "-3", "",
    ]  # fmt: skip
    assert headings("grade", "") == "grade"
    assert headings("grade", "tag") == "tag"
    assert headings("time", "") == ""
    assert headed(grouped(rows, "grade")) == [
        ("A, completely reliable source", 2),
        ("B, usually reliable source", 2),
        ("E, unreliable source", 1),
        ("F, reliability of the source cannot be judged", 2),
        (NO_LETTER, 2),
    ]


def test_a_source_has_one_heading_by_any_spelling_and_the_nameless_are_not_one() -> None:
    rows = [
        told(1, source="NIS"),
        told(2, source="the NIS"),
        told(3, source="two officials", nameless=True),
        told(4),
    ]
    assert headed(grouped(rows, "source")) == [
        ("NIS", 2),
        ("two officials, may be several", 1),
        (NO_SOURCE, 1),
    ]


def test_tags_and_statuses_as_headings() -> None:
    rows = [
        told(1, tags=("military", "Diplomacy"), status=Status("accepted")),
        told(2, status=Status("disputed")),
        told(3, tags=("military",)),
    ]
    assert headed(grouped(rows, "tag")) == [("Diplomacy", 1), ("military", 2), (NO_TAG, 1)]
    assert headed(grouped(rows, "status")) == [("draft", 1), ("disputed", 1), ("accepted", 1)]


def test_what_was_reviewed_last_counts_as_changed_then() -> None:
    old = told(1, modified="2025-01-01", status=Status("accepted", time="2025-03-01"))
    new = told(2, modified="2025-02-01")
    assert names(ordered([new, old], "changed")) == names([old, new])


def test_articles_stand_in_the_order_of_the_list_and_claims_in_that_of_the_text() -> None:
    rows = [
        told(1, published="2025-02-05T10:00:00+09:00", path="a.txt", at=9),
        told(2, published="2025-02-05T10:00:00+09:00", path="a.txt", at=1),
        told(3, published="2025-02-05T00:30:00Z", path="b.txt"),
        told(4, path="c.txt"),
    ]
    assert names(ordered(rows)) == ["claim 0003", "claim 0002", "claim 0001", "claim 0004"]


@pytest.mark.parametrize("call", [lambda: ordered([], "size"), lambda: grouped([], "size")])
def test_another_order_is_refused(call) -> None:
    with pytest.raises(KeyError):
        call()
