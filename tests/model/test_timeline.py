"""Claims by the time they are about: one order however they come, nothing lost, nothing guessed."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import edtf_bounds
from tui.model.records import Claim, Hop, Phrase, When
from tui.model.timeline import FEW, MANY, UNRESOLVED, Period, timeline
from tui.model.told import Told, position_of


def when(edtf: str) -> When:
    earliest, latest = edtf_bounds(edtf) if edtf else ("", "")
    return When(edtf, edtf=edtf, earliest=earliest, latest=latest)


def told(edtf: str | None, number: int = 0, said: str = "", published: str = "2025-02-05") -> Told:
    """A claim with this time (None: without one), the number its id."""
    time = None if edtf is None else when(edtf)
    chain = (Hop(Phrase("KBS")), Hop(Phrase("NIS"), said=when(said) if said else None))
    claim = Claim(id=f"{number:04}", when=time, chain=chain)
    return Told(claim, position_of(time), "article", published=published)


def order(periods: tuple[Period, ...]) -> list[str]:
    return [row.claim.when.edtf if row.claim.when else "" for p in periods for row in p.rows]


def headings(periods: tuple[Period, ...]) -> list[str]:
    return [period.name for period in periods]


DAYS = st.dates().map(lambda day: day.isoformat())
EDTF = st.one_of(
    DAYS,
    DAYS.map(lambda day: day[:7]),
    DAYS.map(lambda day: day[:4]),
    DAYS.map(lambda day: f"{day[:3]}X"),
    DAYS.map(lambda day: f"{day}/.."),
    DAYS.map(lambda day: f"../{day}"),
    DAYS.map(lambda day: f"{day}T15:53:00+09:00"),
    st.tuples(DAYS, DAYS).map(lambda ends: "/".join(sorted(ends))),
    st.sampled_from(["-0044-03", "2025-21", "2025-33", "2024-12-31T23:30:00-05:00"]),
)
CLAIMS = st.lists(st.one_of(st.none(), st.just(""), EDTF), max_size=60).map(
    lambda times: [told(time, number) for number, time in enumerate(times)]
)


@given(CLAIMS, st.randoms())
def test_the_order_is_the_same_however_the_claims_come(rows: list[Told], chance) -> None:
    shuffled = rows.copy()
    chance.shuffle(shuffled)
    assert timeline(shuffled) == timeline(rows)


@given(CLAIMS)
def test_nothing_is_lost_and_nothing_stands_twice(rows: list[Told]) -> None:
    found = [row.claim.id for period in timeline(rows) for row in period.rows]
    assert sorted(found) == sorted(row.claim.id for row in rows)


@given(CLAIMS)
def test_the_periods_go_forward_and_each_stands_once(rows: list[Told]) -> None:
    periods = timeline(rows)
    dated = [period for period in periods if period.iso]
    assert len({period.iso for period in periods}) == len(periods)
    assert all(period.rows for period in periods)
    for one, other in pairwise([row for period in dated for row in period.rows]):
        assert one.place is not None
        assert other.place is not None
        assert one.place.start <= other.place.start
    for period in dated:
        for row in period.rows:
            assert row.claim.when is not None
            begin = row.claim.when.earliest or row.claim.when.latest
            assert begin.startswith(period.iso)


@given(CLAIMS)
def test_only_what_was_not_resolved_stands_under_the_last_heading(rows: list[Told]) -> None:
    periods = timeline(rows)
    unresolved = [p for p in periods if not p.iso]
    assert unresolved in ([], list(periods[-1:]))
    found = {row.claim.id for period in unresolved for row in period.rows}
    assert found == {r.claim.id for r in rows if not (r.claim.when and r.claim.when.edtf)}


def test_a_time_stands_where_it_begins_the_longest_first_and_open_ends_at_the_end_they_have():
    rows = ["2025-01-11/..", "../2025-01-11", "2025-01-11", "2025-01", "2025", "2025-01-01", None]
    rows += ["2025-01-11T09:00:00Z", "2024", "2025-01-11/2025-02-03"]
    found = timeline([told(edtf, number) for number, edtf in enumerate(rows)])
    assert order(found) == [
        "2024", "2025", "2025-01", "2025-01-01", "2025-01-11/..", "2025-01-11/2025-02-03",
        "2025-01-11", "2025-01-11T09:00:00Z", "../2025-01-11", "",
    ]  # fmt: skip
    assert headings(found) == ["2024", "2025", UNRESOLVED]


def test_times_of_one_day_are_in_the_order_of_the_world_and_not_of_its_clocks():
    early, late = "2025-02-05T15:53:00+09:00", "2025-02-05T09:00:00Z"
    assert order(timeline([told(late, 1), told(early, 2)])) == [early, late]


def test_of_one_time_what_was_said_earlier_comes_first():
    rows = [told("2025-01", 1, said="2025-02-07"), told("2025-01", 2, said="2025-02-03")]
    rows += [told("2025-01", 3, published="2025-02-04")]
    (period,) = timeline(rows)
    assert [row.claim.id for row in period.rows] == ["0002", "0003", "0001"]


def test_a_few_claims_of_a_year_stand_together_and_many_of_a_month_by_days():
    few = [told(f"2025-{month:02}-03", month) for month in range(1, FEW + 1)]
    assert headings(timeline(few)) == ["2025"]
    more = [*few, told("2025-12-24", 99)]
    assert headings(timeline(more))[:2] == ["January 2025", "February 2025"]
    many = [told(f"2025-02-{day:02}", day) for day in range(1, MANY + 2)]
    by_days = timeline([*many, told("2025-02", 98), told("2025", 99)])
    assert headings(by_days)[:3] == ["2025", "February 2025", "1 February 2025"]
    assert len(by_days) == MANY + 3


def test_a_single_month_is_named_even_for_one_claim():
    assert headings(timeline([told("2025-01-11")])) == ["January 2025"]
    assert headings(timeline([told("2025")])) == ["2025"]


@pytest.mark.parametrize("iso", ["tomorrow", "2025-13-01", "2025-02-40", "２０２５-01-01", "25"])
def test_bounds_that_are_no_dates_are_not_guessed_at(iso: str):
    assert position_of(When("then", edtf="2025", earliest=iso, latest=iso)) is None


def test_a_bound_that_is_cut_short_means_all_of_it():
    place = position_of(When("then", edtf="2025-02", earliest="2025-02", latest="2025"))
    assert place is not None
    assert place.start[:3] == (2025, 2, 1)
    assert place.end[:3] == (2025, 12, 31)


def test_an_outlet_in_its_own_voice_said_it_when_it_was_published():
    outlet = Claim(chain=(Hop(Phrase("KBS"), said=when("2025-02-05")),))
    assert Told(outlet).said == ""
    assert told("2025", said="2025-02-03").said == "2025-02-03"
