from __future__ import annotations

import subprocess
import sys
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import edtf_bounds, find_times, resolve_when
from tui.model.spans import Extent

ANCHOR = "2025-02-05"  # a Wednesday


def found(text: str, anchor: str = ANCHOR) -> list[tuple[str, str]]:
    return [(w.text, w.edtf) for w in find_times(text, Extent(0, len(text)), anchor)]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("last November", "2024-11"),
        ("since mid-January", "2025-01-11~/.."),
        ("early December", "2024-12-01~/2024-12-10~"),
        ("late January", "2025-01-21~/2025-01-31~"),
        ("Wednesday", "2025-02-05"),
        ("Thursday", "2025-01-30"),
        ("last Wednesday", "2025-01-29"),
        ("next Tuesday", "2025-02-11"),
        ("on 5 February", "2025-02-05"),
        ("6 February", "2024-02-06"),
        ("Feb. 5, 2024", "2024-02-05"),
        ("yesterday", "2025-02-04"),
        ("tonight", "2025-02-05"),
        ("the day before yesterday", "2025-02-03"),
        ("for the past two weeks", "2025-01-22~/2025-02-05"),
        ("earlier this month", "2025-02-01/2025-02-05"),
        ("in 2024", "2024"),
        ("the 1990s", "199X"),
        ("the 19th century", "18XX"),
        ("last week", "2025-01-27/2025-02-02"),
        ("last weekend", "2025-02-01/2025-02-02"),
        ("last month", "2025-01"),
        ("two years ago", "2023"),
        ("three months ago", "2024-11"),
        ("four days ago", "2025-02-01"),
        ("about two weeks ago", "2025-01-22~"),
        ("the third quarter", "2024-35"),
        ("Q1 2024", "2024-33"),
        ("last summer", "2024-22"),
        ("this winter", "2024-24"),
        ("last winter", "2023-24"),
        ("between 3 and 5 May 2024", "2024-05-03/2024-05-05"),
        ("from 2019 to 2021", "2019/2021"),
        ("from May to July 2024", "2024-05/2024-07"),
        ("by the end of March 2024", "../2024-03"),
        ("before 2024", "../2023-12-31"),
        ("after Monday", "2025-02-04/.."),
        ("9 a.m. Tuesday", "2025-02-04T09:00"),
        ("Tuesday at 3:30 pm", "2025-02-04T15:30"),
        ("10:30 GMT on 5 May 2024", "2024-05-05T10:30Z"),
        ("Friday, Jan. 31", "2025-01-31"),
        ("5일", "2025-02-05"),
        ("11일", "2025-01-11"),
        ("지난해 11월", "2024-11"),
        ("지난달", "2025-01"),
        ("지난달 말", "2025-01-21~/2025-01-31~"),
        ("다음 달 초", "2025-03-01~/2025-03-10~"),
        ("어제", "2025-02-04"),
        ("올해", "2025"),
        ("올겨울", "2024-24"),
        ("1월 중순부터", "2025-01-11~/.."),
        ("지난주 금요일", "2025-01-31"),
        ("오는 15일", "2025-02-15"),
        ("2019년부터 2021년까지", "2019/2021"),
        ("5일 오전 9시", "2025-02-05T09:00"),
        ("1990년대", "199X"),
    ],
)
def test_expressions_are_resolved_against_the_anchor(words: str, edtf: str) -> None:
    when = resolve_when(words, ANCHOR)
    assert when.edtf == edtf
    assert (when.earliest, when.latest) == edtf_bounds(edtf)
    assert when.rule
    assert when.text == words


def test_an_open_interval_has_a_beginning_and_no_end() -> None:
    when = resolve_when("since mid-January", ANCHOR)
    assert (when.earliest, when.latest) == ("2025-01-11", "")
    assert (when.qualifier, when.anchor) == ("since", ANCHOR)


@pytest.mark.parametrize("words", ["last November", "Wednesday", "어제", "5일", "two years ago"])
def test_without_an_anchor_a_relative_time_stays_unresolved(words: str) -> None:
    when = resolve_when(words, "")
    assert (when.edtf, when.earliest, when.latest, when.anchor) == ("", "", "", "")
    assert when.text == words
    assert "not known" in when.rule


def test_an_absolute_time_needs_no_anchor() -> None:
    when = resolve_when("5 May 2019", "")
    assert (when.edtf, when.anchor) == ("2019-05-05", "")


@pytest.mark.parametrize("words", ["two weeks", "about two weeks", "for ten days", "2주 동안"])
def test_a_duration_has_no_place_on_the_calendar(words: str) -> None:
    when = resolve_when(words, ANCHOR)
    assert when.edtf == ""
    assert when.rule.startswith("duration")


@pytest.mark.parametrize("words", ["soonish", "", "the troops", "31 February 2024", "99일"])
def test_what_is_not_understood_keeps_its_words(words: str) -> None:
    when = resolve_when(words, ANCHOR)
    assert (when.text, when.edtf) == (words, "")
    assert when.rule


def test_day_and_month_that_could_be_swapped_are_not_guessed() -> None:
    assert resolve_when("03/04/2025", ANCHOR).edtf == ""
    assert resolve_when("13/04/2025", ANCHOR).edtf == "2025-04-13"


def test_typed_edtf_is_taken_as_it_is() -> None:
    when = resolve_when("2025-01-11~/..", "")
    assert (when.edtf, when.rule, when.qualifier) == ("2025-01-11~/..", "typed", "approximate")
    assert resolve_when("199x", "").edtf == "199X"


def test_a_coarse_anchor_resolves_only_what_it_can() -> None:
    assert resolve_when("last year", "2025-02").edtf == "2024"
    assert resolve_when("last November", "2025-02").edtf == "2024-11"
    assert resolve_when("yesterday", "2025-02").edtf == ""


def test_an_anchor_of_the_same_month_looks_a_year_back_for_last() -> None:
    assert resolve_when("last November", "2024-11-15").edtf == "2023-11"
    assert resolve_when("November", "2024-11-15").edtf == "2024-11"


@pytest.mark.parametrize(
    "text",
    [
        "About 11,000 soldiers were sent.",
        "They could send 2nd, 3rd waves of troops.",
        "No. 5 and version 2.0.1 of COVID-19; they won 3-2.",
        "Theresa May said the plan may fail.",
        "April Jones said so, and June Smith agreed.",
        "They march on, and the sun will fall.",
        "The Sunday Times printed it after the Good Friday agreement.",
        "in 2000 cases, 1,999 men and 2024 soldiers",
        "a Boeing 737 on page 2019 for $2024",
        "News Today reported it.",
        "a fall in prices near the spring",
    ],
)
def test_stray_numbers_and_names_are_no_times(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize(
    ("text", "times"),
    [
        (
            "About 11,000 soldiers sent last November have not been seen since mid-January.",
            [("last November", "2024-11"), ("since mid-January", "2025-01-11~/..")],
        ),
        ("He will arrive on Friday.", [("Friday", "2025-02-07")]),
        ("He said on Friday that he will go.", [("Friday", "2025-01-31")]),
        ("They might arrive as early as mid-March.", [("mid-March", "2025-03-11~/2025-03-20~")]),
        ("It takes until April at the earliest.", [("until April", "../2025-04")]),
        ("Congress met on March 12.", [("March 12", "2024-03-12?")]),
        ("An editorial on Thursday, Feb. 6", [("Thursday, Feb. 6", "2025-02-06")]),
        ("She may leave in May.", [("May", "2025-05")]),
        (
            "국정원은 지난 5일 1월 중순 이후",
            [("지난 5일", "2025-02-05"), ("1월 중순 이후", "2025-01-11~/..")],
        ),
    ],
)
def test_times_in_a_sentence(text: str, times: list[tuple[str, str]]) -> None:
    assert found(text) == times


def test_a_year_that_is_in_doubt_says_so() -> None:
    (when,) = find_times("Congress met on March 12.", Extent(0, 25), ANCHOR)
    assert when.qualifier == "uncertain"
    assert "ahead" in when.rule


def test_only_the_asked_range_is_searched_and_offsets_are_of_the_whole_text() -> None:
    text = "Yesterday it rained. It stopped in 2024. In 2025 it began."
    (when,) = find_times(text, Extent(21, 40), ANCHOR)
    assert when.span is not None
    assert (when.span.start, when.span.end, when.span.exact) == (35, 39, "2024")


@given(st.text(alphabet=list("astno 0123456789-.,/월일년 MayFriday lastnext"), max_size=60))
def test_whatever_the_text_the_spans_are_true_and_apart(text: str) -> None:
    end = 0
    for when in find_times(text, Extent(0, len(text)), ANCHOR):
        assert when.span is not None
        assert when.span.start >= end
        assert text[when.span.start : when.span.end] == when.span.exact
        assert bool(when.edtf) == bool(when.earliest or when.latest)
        end = when.span.end


@given(st.sampled_from(["Monday", "Sunday", "March", "5 May", "5일", "3월"]), st.dates())
def test_a_bare_name_is_never_put_into_the_future(words: str, anchor: object) -> None:
    when = resolve_when(words, str(anchor))
    assert when.earliest <= str(anchor)


@pytest.mark.parametrize(
    "unit", ["a", "1", " ", "said ", "the early ", "last ", "1,", "한", "one "]
)
def test_a_huge_line_is_read_in_time_that_grows_with_it(unit: str) -> None:
    text = unit * (200_000 // len(unit))
    start = time.process_time()
    find_times(text, Extent(0, len(text)), ANCHOR)
    assert time.process_time() - start < 5


def test_dateutil_is_imported_with_the_first_relative_time_only() -> None:
    code = (
        "import sys; import tui.analysis as a; assert 'dateutil' not in sys.modules;"
        "a.resolve_when('2024', ''); assert 'dateutil' not in sys.modules;"
        "a.resolve_when('yesterday', '2025-02-05'); assert 'dateutil' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_season_may_stand_behind_its_year() -> None:
    assert found("their 2006 winter congress") == [("2006 winter", "2006-24")]


def test_a_full_stop_is_no_part_of_a_date() -> None:
    assert found("It closes on 16 March.") == [("16 March", "2024-03-16?")]
    assert found("It closed on 16 Dec. 2024.") == [("16 Dec. 2024", "2024-12-16")]


def test_a_weekday_and_its_date_are_one_time_even_without_an_anchor() -> None:
    (when,) = find_times("It closes on Saturday 12 April at noon.", Extent(0, 39), "")
    assert when.text.startswith("Saturday 12 April")
    assert when.edtf == ""
