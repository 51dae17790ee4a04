"""Claims kept in few bytes: what comes out is what went in, in any order, and is found again."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from tui.model.ids import new_id
from tui.model.records import Claim
from tui.model.rows import Picked, Row, Rows, articles_of, ids_of, numbers, picked, places_of
from tui.model.told import Gist, Moment, Position, Told
from tui.model.views import STATUSES, Status

_DAY = Moment(2025, 2, 5, 0)
_IDS = st.builds(new_id) | st.sampled_from(["한국어", "claim 1", "x" * 26, "가" * 26, ""])
_PLACES = st.none() | st.just(Position(_DAY, _DAY))
_GISTS = st.builds(
    Gist,
    id=_IDS,
    place=_PLACES,
    article=st.sampled_from(["a", "b", "다"]),
    published=st.sampled_from(["", "2025-02-05"]),
    path=st.text(max_size=3),
    status=st.builds(Status, st.sampled_from(STATUSES), flagged=st.booleans()),
    grade=st.sampled_from(["", "B2"]),
    tags=st.sampled_from([(), ("war",), ("war", "war/east")]),
    at=st.integers(0, 10**10),
    source=st.sampled_from(["", "NIS"]),
    nameless=st.booleans(),
    said=st.sampled_from(["", "2025-02"]),
    changed=st.floats(0, 4e9),
    timed=st.booleans(),
    counts=st.booleans(),
)
_TOLD = st.builds(lambda name, article: Told(Claim(id=name), None, article), _IDS, st.just("a"))
_ROWS = st.lists(_GISTS | _TOLD, max_size=20)


def kept(rows: Sequence[Row]) -> Rows:
    found = Rows()
    for start in range(0, len(rows), 3):
        found.extend(rows[start : start + 3])
    return found


@given(_ROWS)
def test_what_comes_out_is_what_went_in(rows: list[Row]) -> None:
    found = kept(rows)
    assert list(found) == rows
    assert list(found[1:-1]) == rows[1:-1]
    assert [found[-1 - place] for place in range(len(rows))] == rows[::-1]
    whole = [row for row in rows if isinstance(row, Told)]
    assert [id(row) for row in found if isinstance(row, Told)] == [id(row) for row in whole]


@given(_ROWS, st.randoms(use_true_random=False))
def test_an_order_of_an_order_is_one_and_claims_are_found_in_it(
    rows: list[Row], chance: Random
) -> None:
    first, second = list(range(len(rows))), list(range(len(rows) // 2))
    chance.shuffle(first)
    chance.shuffle(second)
    for base in (kept(rows), rows):
        found = picked(picked(base, numbers(first)), numbers(second))
        wanted = [rows[first[place]] for place in second]
        assert list(found) == wanted
        assert found.of is base
        assert list(ids_of(found)) == [row.id for row in wanted]
        assert list(articles_of(found)) == [row.article for row in wanted]
        parts = [found, Picked[Row]((*wanted, *wanted))]
        for name in {row.id for row in rows}:
            there = [place for place, row in enumerate(wanted) if row.id == name]
            doubled = sorted(there + [len(wanted) + place for place in there])
            assert sorted(places_of(parts, name)) == [
                *((0, place) for place in there),
                *((1, place) for place in doubled),
            ]
        assert list(places_of(parts, "nobody")) == []


def test_an_id_is_not_found_across_two_others() -> None:
    one, other = new_id(), new_id()
    rows = kept([_told(one), _told(other)])
    assert list(rows.places(other)) == [1]
    assert list(rows.places(one[13:] + other[:13])) == []


def test_more_may_come_behind() -> None:
    rows, some = Rows(), Picked[Row](())
    rows.extend([_told("a"), _told("b")])
    some = rows[1:]
    rows.extend([_told("c")])
    some.add([2])
    assert list(ids_of(some)) == ["b", "c"]


def _told(name: str) -> Told:
    return Told(Claim(id=name))
