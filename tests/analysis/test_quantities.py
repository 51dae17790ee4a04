from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import find_quantities, format_quantity, parse_quantity
from tui.model.records import Quantity
from tui.model.spans import Extent


def found(text: str) -> list[Quantity]:
    return find_quantities(text, Extent(0, len(text)))


def bounds(quantity: Quantity) -> tuple[object, ...]:
    return (
        quantity.lower,
        quantity.lower_inclusive,
        quantity.upper,
        quantity.upper_inclusive,
    )


@pytest.mark.parametrize(
    ("text", "words", "low_high", "unit"),
    [
        ("more than 3,000 North Korean casualties", "more than 3,000 North Korean casualties",
         (3000, False, None, True), "casualties"),
        ("At least 25 trains", "At least 25 trains", (25, True, None, True), "trains"),
        ("no more than 200 have come back", "no more than 200", (None, True, 200, True), ""),
        ("fewer than twelve men", "fewer than twelve men", (None, True, 12, False), "men"),
        ("up to twelve men each", "up to twelve men", (None, True, 12, True), "men"),
        ("groups of ten to fifteen men", "ten to fifteen men", (10, True, 15, True), "men"),
        ("between 900 and 1,100 were dead", "between 900 and 1,100", (900, True, 1100, True), ""),
        ("between 1.2 and 1.6 million people", "between 1.2 and 1.6 million people",
         (1_200_000, True, 1_600_000, True), "people"),
        ("it costs 75p to park", "75p", (75, True, 75, True), "pence"),
        ("dozens of soldiers", "dozens of soldiers", (24, True, None, True), "soldiers"),
        ("several hundred died", "several hundred", (200, True, 1000, False), ""),
        ("a rise of 3.5%", "3.5%", (3.5, True, 3.5, True), "%"),
        ("it cost $3.5 billion", "$3.5 billion", (3.5e9, True, 3.5e9, True), "dollars"),
        ("half a million people", "half a million people", (500000, True, 500000, True), "people"),
        ("10 or more ships", "10 or more ships", (10, True, None, True), "ships"),
        ("3000명이 넘는 사상자", "3000명이 넘는", (3000, False, None, True), "명"),
        ("2만 명 이상의 병력", "2만 명 이상", (20000, True, None, True), "명"),
        ("북한군 1만1000명", "1만1000명", (11000, True, 11000, True), "명"),
    ],
)  # fmt: skip
def test_comparatives_bound_a_number(
    text: str, words: str, low_high: tuple[object, ...], unit: str
) -> None:
    (quantity,) = found(text)
    assert quantity.text == words
    assert bounds(quantity) == low_high
    assert quantity.unit == unit
    assert quantity.span is not None
    assert quantity.span.exact == words


def test_a_hedge_keeps_the_number_and_is_kept() -> None:
    (quantity,) = found("About 11,000 North Korean soldiers were deployed to Kursk.")
    assert bounds(quantity) == (11000, True, 11000, True)
    assert (quantity.hedge, quantity.unit, quantity.measure) == ("about", "soldiers", "deployed")


def test_the_korean_particle_for_somewhat_more_bounds_from_below() -> None:
    for text in ("3천여 명", "3000여 명"):
        (quantity,) = found(text)
        assert bounds(quantity) == (3000, True, None, True)
        assert quantity.hedge == "여"


@pytest.mark.parametrize(
    ("text", "measure", "basis"),
    [
        ("over 20,000 more North Korean troops were to be sent", "deployed", "additional"),
        (
            "The NIS estimated that more than 3,000 casualties have occurred so far",
            "casualties",
            "total",
        ),
        ("4,000 soldiers have been killed or wounded", "casualties", ""),
        ("roughly 1,000 had been killed by then", "killed", ""),
        ("it wounded 30 people", "wounded", ""),
        ("5,000 people a day", "", "rate"),
        ("a total of 40 tents", "", "total"),
        ("북한군 3000명이 전사했다", "killed", ""),
    ],
)
def test_what_happened_and_what_it_counts_from(text: str, measure: str, basis: str) -> None:
    (quantity,) = found(text)
    assert (quantity.measure, quantity.basis) == (measure, basis)


@pytest.mark.parametrize(
    "text",
    [
        "in 2024 and on 5 February",
        "2nd, 3rd waves and the third one",
        "for about two weeks",
        "a 27-year-old man",
        "No. 5, Article 5, version 2.0.1, COVID-19, an F-16, a Boeing 737",
        "they won 3-2, then 51-49",
        "at 15:53 and 6am",
        "One of the officials",
        "one in 10 men",
        "지난 5일 오전 9시",
    ],
)
def test_dates_ordinals_scores_and_names_are_no_quantities(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("> 3,000 soldiers", "> 3,000 soldiers"),
        (">= 5", "≥ 5"),
        ("3000-4000", "3,000 to 4,000"),
        ("about 11000 troops", "≈ 11,000 troops"),
        ("at least five ships", "≥ 5 ships"),
        ("3.5 percent", "3.5%"),
        ("$3bn", "3,000,000,000 dollars"),
        ("20,000 more troops (deployed)", "20,000 troops (deployed, additional)"),
        ("3천여 명", "≥ 3,000 명"),
        ("dozens of tents", "≥ 24 tents"),
        ("a great many", "a great many"),
    ],
)
def test_a_typed_line_is_understood(typed: str, shown: str) -> None:
    assert format_quantity(parse_quantity(typed)) == shown


units = st.sampled_from(["", "soldiers", "troops", "%", "km", "명"])
numbers = st.integers(0, 10**9) | st.integers(1, 10**6).map(lambda n: n / 4)


@given(
    st.sampled_from(["exact", "about", "above", "below", "range"]),
    numbers, numbers, st.booleans(), units,
    st.sampled_from(["", "killed", "deployed"]), st.sampled_from(["", "total", "additional"]),
)  # fmt: skip
def test_what_a_line_can_carry_comes_back_from_it(
    form: str, one: float, other: float, inclusive: bool, unit: str, measure: str, basis: str
) -> None:
    low, high = sorted((one, other))
    if form == "range" and low == high:
        high += 1
    quantity = {
        "exact": Quantity(lower=low, upper=low),
        "about": Quantity(lower=low, upper=low, hedge="about"),
        "above": Quantity(lower=low, lower_inclusive=inclusive),
        "below": Quantity(upper=low, upper_inclusive=inclusive),
        "range": Quantity(lower=low, upper=high),
    }[form]
    shown = format_quantity(
        Quantity(
            "", None, quantity.lower, quantity.upper, quantity.lower_inclusive,
            quantity.upper_inclusive, unit, measure, basis, quantity.hedge,
        )
    )  # fmt: skip
    back = parse_quantity(shown)
    assert bounds(back) == bounds(quantity)
    assert (back.unit, back.measure, back.basis, back.hedge) == (
        unit, measure, basis, quantity.hedge,
    )  # fmt: skip


@given(st.text(max_size=60))
def test_any_typed_line_is_a_quantity_that_keeps_its_words(line: str) -> None:
    assert parse_quantity(line).text == " ".join(line.split())


@given(
    st.text(alphabet=list("0123456789,.- %$만천여명 more than about people killed"), max_size=60)
)
def test_whatever_the_text_the_spans_are_true_and_apart(text: str) -> None:
    end = 0
    for quantity in found(text):
        assert quantity.span is not None
        assert quantity.span.start >= end
        assert text[quantity.span.start : quantity.span.end] == quantity.span.exact
        end = quantity.span.end


def test_what_happened_stands_behind_an_aside() -> None:
    (quantity,) = found("Some 300 people, mostly sailors, were killed in the port.")
    assert quantity.measure == "killed"


def test_of_a_part_and_its_whole_each_has_its_own_measure() -> None:
    text = "They put the casualties at 4,000. Between 900 and 1,100 of the 4,000 were dead."
    whole, part, again = found(text)
    assert (whole.measure, part.measure, again.measure) == ("casualties", "killed", "casualties")
    (_, alone) = found("Between 900 and 1,100 of the 4,000 were dead.")
    assert alone.measure == ""


def test_a_number_taken_up_again_and_again_is_read_in_linear_time() -> None:
    start = time.process_time()
    found("the 4,000 of the 4,000 " * 4000)
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    "text", ["Shares of FTSE 100 companies", "Ex-No 10 aides left", "its 2006 winter congress"]
)
def test_a_number_that_names_is_no_quantity(text: str) -> None:
    assert found(text) == []
