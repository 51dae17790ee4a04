"""Figures over time: what is put into one series, and bounds as bars on one scale."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.figures import ABOVE, BELOW, FROM, POINT, TO, Point, Scale, scale_of, series_of
from tui.model.records import Claim, Phrase, Quantity
from tui.model.told import Told


def told(*quantities: Quantity, about: str = "") -> Told:
    return Told(Claim(quantities=quantities, about=Phrase(about) if about else None))


def men(lower: float | None, upper: float | None = None, basis: str = "") -> Quantity:
    return Quantity("men", lower=lower, upper=upper, unit="men", measure="killed", basis=basis)


def points(*quantities: Quantity) -> list[Point]:
    return [Point(told(), quantity) for quantity in quantities]


def test_what_compares_is_a_series_and_the_longest_comes_first():
    rows = [
        told(men(3000), Quantity("9%", lower=9, upper=9, unit="percent")),
        told(men(100, basis="additional")),
        told(men(4000, 5000), Quantity("8%", lower=8, upper=8, unit="%")),
        told(men(3500), about="the Storm Corps"),
        told(Quantity("MEN", lower=6, unit="Men", measure="Killed"), about="the  storm corps"),
        told(Quantity("Men", lower=7000, unit="Men", measure="killed")),
    ]
    found = series_of(rows)
    assert [(each.name, [p.quantity.lower for p in each.points]) for each in found] == [
        ("killed · men", [3000, 4000, 7000]),
        ("%", [9, 8]),
        ("the Storm Corps · killed · men", [3500, 6]),
        ("killed · men · additional", [100]),
    ]


NUMBERS = st.none() | st.integers() | st.floats()
QUANTITIES = st.builds(
    Quantity,
    text=st.text(max_size=5),
    lower=NUMBERS,
    upper=NUMBERS,
    unit=st.sampled_from(["", "men", "Men", "%"]),
    measure=st.sampled_from(["", "killed"]),
)


@given(st.lists(st.lists(QUANTITIES, max_size=3).map(lambda found: told(*found)), max_size=12))
def test_no_quantity_is_lost(rows: list[Told]):
    there = [quantity for row in rows for quantity in row.claim.quantities]
    found = [point.quantity for series in series_of(rows) for point in series.points]
    assert sorted(map(id, found)) == sorted(map(id, there))


def is_number(found: int | float | None) -> bool:
    return isinstance(found, int) or (found is not None and math.isfinite(found))


@given(st.lists(QUANTITIES, min_size=1, max_size=6), st.integers(1, 60))
def test_a_bar_has_room_and_says_which_side_is_open(quantities: list[Quantity], cells: int):
    there = points(*quantities)
    scale = scale_of(there)
    for quantity in quantities:
        bar = scale.bar(quantity, max(cells, 8))
        assert len(bar) <= max(cells, 8)
        known = [n for n in (quantity.lower, quantity.upper) if is_number(n)]
        assert bool(bar) == bool(known)
        assert (BELOW in bar, ABOVE in bar).count(True) == (len(known) == 1)


def test_bars_of_one_scale():
    rows = points(men(3000), men(None, 5000), men(2000, 10_000), men(6000, 6000), men(None, None))
    scale = scale_of(rows)
    assert scale == Scale(0, 10_000, below=True, above=True)
    bars = [scale.bar(point.quantity, 27) for point in rows]
    assert bars[0] == f"{'':9}{FROM}{'━' * 16}{ABOVE}"
    assert bars[1] == f"{BELOW}{'━' * 12}{TO}"
    assert bars[2] == f"{'':7}{FROM}{'━' * 15}{TO}"
    assert bars[3] == f"{'':15}{POINT}"
    assert bars[4] == ""
    assert scale.axis(27) == "   0              10,000"


def test_the_numbers_of_a_scale_stand_under_their_bars():
    rows = points(men(500, 500), men(4000, 4000))
    scale, cells = scale_of(rows), 20
    assert scale.bar(rows[1].quantity, cells) == " " * 19 + POINT
    assert scale.axis(cells) == "0" + " " * 14 + "4,000"
    below_zero = scale_of(points(men(-50, -50), men(50, 50)))
    assert below_zero.axis(cells) == "-50               50"


@pytest.mark.parametrize("number", [0, 10**400, 1e308, float("inf"), float("nan"), -(10**400)])
def test_numbers_of_any_size_are_drawn_or_left_out(number: float):
    rows = points(men(number, number), men(1, 3))
    scale = scale_of(rows)
    assert len(scale.bar(rows[0].quantity, 20)) <= 20
    assert scale.bar(rows[1].quantity, 20).strip()


def test_a_figure_without_bounds_says_its_words():
    (point,) = points(Quantity("a  good\nmany"))
    assert point.words == "a good many"
    assert points(men(3000))[0].words == "≥ 3,000"
