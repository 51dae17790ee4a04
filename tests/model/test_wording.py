from __future__ import annotations

import pytest

from tui.model.records import Hop, Phrase, Quantity, When
from tui.model.wording import (
    counted,
    format_attribution,
    format_chain,
    format_date,
    format_edtf,
    format_list,
    format_number,
    format_quantity,
    format_sources,
    format_when,
)


def hop(source: str, cue: str = "", said: str = "") -> Hop:
    return Hop(
        Phrase(source),
        cue=Phrase(cue) if cue else None,
        said=When(edtf=said) if said else None,
    )


def test_a_chain_is_one_line_outermost_first():
    chain = [hop("KBS", "reported"), hop("NYT", "reported"), hop("unnamed\nofficials", "said")]
    assert format_chain(chain) == "KBS/reported > NYT/reported > unnamed officials/said"
    assert format_chain([hop("KBS")]) == "KBS"
    assert format_chain([]) == ""


def test_a_source_with_a_sign_of_the_chain_in_it_is_quoted():
    assert format_chain([hop("AFP/Getty", 'a "b" \\')]) == '"AFP/Getty"/"a \\"b\\" \\\\"'
    assert format_chain([hop("", "said")]) == '""/said'


@pytest.mark.parametrize(
    ("quantity", "words"),
    [
        (Quantity(lower=3000, lower_inclusive=False), "> 3,000"),
        (Quantity(lower=3000), "≥ 3,000"),
        (Quantity(upper=5000, upper_inclusive=False, unit="soldiers"), "< 5,000 soldiers"),
        (Quantity(upper=5000), "≤ 5,000"),
        (Quantity(lower=11000, upper=11000, hedge="about", unit="soldiers"), "≈ 11,000 soldiers"),
        (Quantity(lower=2, upper=3, measure="killed", basis="total"), "2 to 3 (killed, total)"),
        (Quantity(lower=2, upper=3, upper_inclusive=False), "≥ 2, < 3"),
        (Quantity(lower=2.5, upper=2.5, unit="percent"), "2.5%"),
        (Quantity(text="a\nhandful"), "a handful"),
        (Quantity(lower=0, upper=0, unit="dead", measure="dead"), "0 dead"),
    ],
)
def test_a_quantity_reads_as_understood(quantity, words):
    assert format_quantity(quantity) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1234567, "1,234,567"),
        (3000.0, "3,000"),
        (0.5, "0.5"),
        (-1200, "-1,200"),
        (1e300, "1e+300"),
        (10.0, "10"),
    ],
)
def test_a_number_has_its_thousands_parted(number, words):
    assert format_number(number) == words


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("2025", "2025"),
        ("2025-01", "January 2025"),
        ("2025-02-05", "5 February 2025"),
        ("2025-02-05T15:53:10+09:00", "5 February 2025, 15:53 +09:00"),
        ("2025-02-05T15:53:10Z", "5 February 2025, 15:53 UTC"),
        ("2025-01-15~", "about 15 January 2025"),
        ("2025-01?", "January 2025 (uncertain)"),
        ("2025-01-11/..", "from 11 January 2025 on"),
        ("../2025-01", "until January 2025"),
        ("2025-01/2025-02", "January 2025 to February 2025"),
        ("2024-21", "spring 2024"),
        ("2024-34", "the second quarter of 2024"),
        ("202X", "the 2020s"),
        ("2025-13", "2025-13"),
        ("[2025,2026]", "[2025,2026]"),
        ("", ""),
    ],
)
def test_edtf_is_read_in_words_and_what_is_beyond_them_kept(edtf, words):
    assert format_edtf(edtf) == words


def test_a_date_that_is_none_is_given_back():
    assert format_date("yesterday") == "yesterday"
    assert format_date("") == ""


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (
            When("since mid-January", edtf="2025-01-11~/..", qualifier="since"),
            "since mid-January 2025",
        ),
        (When("mid-January 2025", edtf="2025-01-11~/2025-01-20~"), "mid-January 2025"),
        (When("on 5 February", edtf="2025-02-05"), "on 5 February 2025"),
        (When("Feb. 5", edtf="2025-02-05"), "Feb. 5, 2025"),
        (When("in January", edtf="2025-01?"), "in January 2025 (uncertain)"),
        (When("Wednesday", edtf="2025-02-05"), "5 February 2025 (“Wednesday”)"),
        (When("last November", edtf="2024-11"), "November 2024 (“last November”)"),
        (When("this week", edtf="2025-02-03/2025-02-09"), "3 to 9 February 2025 (“this week”)"),
        (
            When("late last month", edtf="2025-01-21~/2025-01-31~", qualifier="approximate"),
            "late January 2025 (“late last month”)",
        ),
        (When("early 2024", edtf="2024-01~/2024-04~", qualifier="approximate"), "early 2024"),
        (
            When("before January", edtf="../2024-12-31", qualifier="before"),
            "until 31 December 2024 (“before January”)",
        ),
        (When("in March", edtf="2025-01"), "January 2025 (“in March”)"),
        (When("5 March", edtf="2025-03-06"), "6 March 2025 (“5 March”)"),
        (When("5 February 2025", edtf="2025-02-05"), "5 February 2025"),
        (When("2025-02", edtf="2025-02"), "February 2025"),
        (When("two\nweeks ago"), "“two weeks ago”, not resolved"),
        (When("before May", edtf="2025-05", qualifier="before"), "before May 2025"),
        (When("", edtf="2025-05", qualifier="approximate"), "about May 2025"),
        (When(), ""),
    ],
)
def test_a_time_reads_as_understood_with_its_words(when, words):
    assert format_when(when) == words


def test_bounds_that_an_analyst_typed_are_kept():
    typed = When("2025-01-11~/..", edtf="2025-01-11~/..", qualifier="approximate", rule="typed")
    assert format_when(typed) == "from about 11 January 2025 on"


def test_sources_read_innermost_first_without_the_articles_own_outlet():
    chain = [hop("KBS"), hop("NYT", "reported"), hop("unnamed officials", "said")]
    assert format_sources(chain, "kbs") == "unnamed officials said · via NYT"
    assert format_sources(chain, "News") == "unnamed officials said · via NYT · via KBS"
    assert format_sources([hop("KBS"), hop("", "expected to")], "KBS") == (
        "no source named (expected to)"
    )
    assert format_sources([hop("KBS")], "KBS") == ""
    assert format_sources([hop("")], "KBS") == ""
    assert format_sources([]) == ""


def test_an_attribution_names_the_original_source_first_and_who_passed_it_on_after():
    chain = [
        hop("News Today", "reported", "2025-02-05"),
        hop("the Times", "reported"),
        hop("NIS", "said", "2025-02-04"),
    ]
    assert format_attribution(chain) == (
        "NIS said, 4 February 2025; via the Times and News Today (5 February 2025)"
    )
    assert format_attribution([hop("Seoul", "according to")]) == "according to Seoul"
    assert format_attribution([hop("", "said")]) == "no source named (“said”)"
    assert format_attribution([]) == ""


def test_lists_and_counts_are_english():
    assert [format_list(w) for w in ([], ["a"], ["a", "b"], ["a", "b", "c"])] == [
        "",
        "a",
        "a and b",
        "a, b and c",
    ]
    assert [counted(n, "claim") for n in (0, 1, 1204)] == ["0 claims", "1 claim", "1,204 claims"]
    assert counted(2, "entry", "entries") == "2 entries"
