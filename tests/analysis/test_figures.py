"""Figures beside each other: which are comparable, and which cannot both be true."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import find_quantities
from tui.analysis.figures import Figure, comparable, figure_of
from tui.model.records import Quantity
from tui.model.spans import Extent

NUMBERS = st.integers(-10_000, 10_000_000) | st.floats(-1e9, 1e9, allow_nan=False)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    low, high = draw(st.none() | NUMBERS), draw(st.none() | NUMBERS)
    if low is not None and (high is None or draw(st.booleans())):
        high = draw(st.sampled_from((low, None)))
    if low is not None and high is not None and low > high:
        low, high = high, low
    same = low == high
    return Quantity(
        draw(st.sampled_from(("", "3,000", "5bn", "3천"))),
        lower=low,
        upper=high,
        lower_inclusive=same or draw(st.booleans()),
        upper_inclusive=same or draw(st.booleans()),
        hedge=draw(st.sampled_from(("", "about"))),
    )


def holds(quantity: Quantity, number: float) -> bool:
    low = -math.inf if quantity.lower is None else quantity.lower
    high = math.inf if quantity.upper is None else quantity.upper
    above = number >= low if quantity.lower_inclusive else number > low
    below = number <= high if quantity.upper_inclusive else number < high
    return above and below


@given(quantities(), quantities())
def test_what_can_both_be_true_never_contradicts(one: Quantity, other: Quantity) -> None:
    first, second = figure_of(one), figure_of(other)
    if first is None or second is None:
        return
    ends = [q for x in (one, other) for q in (x.lower, x.upper) if q is not None]
    middles = [(a + b) / 2 for a in ends for b in ends]
    tried = [*ends, *middles, min(ends) - 1, max(ends) + 1]
    if any(holds(one, number) and holds(other, number) for number in tried):
        assert not first.contradicts(second)
    assert first.contradicts(second) == second.contradicts(first)
    assert comparable(first, second) == comparable(second, first)
    assert not first.contradicts(first)


def figure(sentence: str, at: int = 0) -> Figure:
    found = figure_of(find_quantities(sentence, Extent(0, len(sentence)))[at])
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("one", "other", "contradicts"),
    [
        ("They lost 3,000 men", "They lost 2,000 men", True),
        ("They lost more than 3,000 men", "They lost 4,000 men", False),
        ("They lost more than 3,000 men", "They lost 2,000 men", True),
        ("They lost more than 3,000 men", "They lost 3,000 men", False),
        ("They lost about 4,000 men", "They lost 4,300 men", False),
        ("They lost about 4,000 men", "They lost about 3,000 men", True),
        ("They lost 3,000 men", "They lost 3,400 men", True),
        ("They lost 4,000 men", "They lost 3,980 men", False),
        ("They lost up to 200 men", "They lost at least 200 men", False),
        ("They lost fewer than 200 men", "They lost at least 200 men", True),
        ("They lost 200 to 300 men", "They lost 250 men", False),
        ("They lost 200 to 300 men", "They lost 310 men", True),
        ("It costs £5bn", "It costs £5.2bn", False),
        ("It costs £5bn", "It costs £5.8bn", True),
        ("Prices rose by 2.3%", "Prices rose by 2.4%", True),
        ("Two men were killed", "Three men were killed", True),
        ("Dozens of men were killed", "Eleven men were killed", True),
        ("사상자가 3000명이 넘는다", "사상자가 2000명이다", True),
        ("사상자가 3000명이 넘는다", "사상자가 4000여 명이다", False),
        ("사상자가 약 3천 명이다", "사상자가 3200명이다", False),
    ],
)
def test_words_leave_a_figure_some_room(one: str, other: str, contradicts: bool) -> None:
    assert figure(one).contradicts(figure(other)) is contradicts


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("300 soldiers were killed", "about 400 were killed", True),
        ("300 soldiers were killed", "400 troops were killed", True),
        ("300 soldiers were killed", "400 civilians were killed", False),
        ("300 soldiers were killed", "400 soldiers were wounded", False),
        ("300 soldiers were sent", "another 400 soldiers were sent", False),
        ("sales of $300m", "sales of £300m", False),
        ("sales of $300m", "sales of 300 tonnes", False),
        ("Prices rose by 3%", "Prices fell by 2%", False),
        ("Rates rose to 3%", "Rates rose by 2%", False),
        ("Sales rose 3% in January", "Sales rose 5% in 2024", False),
        ("It earned $30m", "It earned more than $20m a year", False),
        ("It earned $30m", "It expects to earn $40m", False),
        ("It earned $30m", "It earned less, down from $40m", False),
        ("300명이 숨졌다", "400명이 다쳤다", False),
        ("300명이 숨졌다", "200명이 사망했다", True),
    ],
)
def test_only_figures_of_one_kind_are_comparable(one: str, other: str, same: bool) -> None:
    first, second = figure(one), figure(other)
    assert (comparable(first, second) and not first.former and not second.former) is same


def test_what_is_the_same_in_another_currency_is_no_second_figure() -> None:
    sentence = "The bank paid 160m euros ($208m; £111m) in bonuses."
    assert [figure(sentence, at).former for at in range(3)] == [False, True, True]


def test_a_quantity_without_a_number_is_no_figure() -> None:
    assert figure_of(Quantity("many", unit="men")) is None
