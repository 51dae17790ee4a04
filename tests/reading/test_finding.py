from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reading.test_motions import WIRE, read

from tui.model.articles import Article, Outline
from tui.model.spans import Extent
from tui.reading import finding


@pytest.fixture(scope="module")
def story() -> tuple[Article, Outline]:
    return read(WIRE)


def words(story: tuple[Article, Outline], query: str) -> list[str]:
    article, stops = story
    return [e.of(article.text) for e in finding.find_all(article.text, stops, query)]


def test_find_is_literal_and_minds_case_only_for_a_capital(
    story: tuple[Article, Outline],
) -> None:
    assert words(story, "more") == ["More"]
    assert words(story, "More") == ["More"]
    assert words(story, "MORE") == []
    assert words(story, "t.") == ["t."]
    assert words(story, ".*") == []
    assert words(story, "seen") == ["SEEN"]
    assert words(story, "news") == []  # only in the header
    assert words(story, "  ") == []


def test_a_blank_in_a_query_matches_a_break_and_a_straight_quote_a_curly_one(
    story: tuple[Article, Outline],
) -> None:
    article, stops = story
    (broken,) = finding.find_all(article.text, stops, "diminish very")
    assert broken.of(article.text) == "diminish\n\nvery"
    (quoted,) = finding.find_all(article.text, stops, '"troops')
    assert quoted.of(article.text) == "“TROOPS"


def test_the_next_and_the_previous_hit_go_round() -> None:
    hits = [Extent(3, 5), Extent(9, 11)]
    assert [finding.next_hit(hits, at) for at in (0, 3, 8, 9, 20)] == [0, 1, 1, 0, 0]
    assert [finding.previous_hit(hits, at) for at in (0, 3, 8, 9, 20)] == [1, 1, 0, 0, 1]
    assert finding.next_hit([], 0) is finding.previous_hit([], 0) is None


def test_between_slashes_stands_a_regular_expression(story: tuple[Article, Outline]) -> None:
    assert words(story, r"/\d,\d+ \w+/") == ["3,000 men"]
    assert words(story, "/more|given/") == ["More", "Given"]
    assert words(story, "/MORE|Given/") == ["Given"]
    assert words(story, r"/^given\S*/") == ["Given"]  # a capital in an escape is no capital
    assert words(story, "/x*/") == []  # nothing is no place
    assert words(story, "Park/ Harbor") == ["Park/ Harbor"]
    assert words(story, "/ Harbor") == ["/ Harbor"]  # words: no slash ends it
    assert words(story, "/") == ["/"]


@pytest.mark.parametrize("wrong", ["/(/", "/[/", "/a{2,1}/", "/*/", "/(?P<>a)/", r"/\p{Nope}/"])
def test_what_is_no_regular_expression_is_refused_with_the_reason(
    story: tuple[Article, Outline], wrong: str
) -> None:
    with pytest.raises(finding.QueryError, match="is no regular expression: "):
        words(story, wrong)


CATASTROPHES = ["/(a+)+$/", "/(a|a?)+$/"]


@pytest.mark.parametrize("pattern", CATASTROPHES)
def test_an_expression_that_would_take_for_ever_is_given_up(pattern: str) -> None:
    article, stops = read("Title\n\n" + "a" * 30_000 + "!\n")
    start = time.process_time()
    with pytest.raises(finding.QueryError, match=r"takes longer than 0\.3 s: make it"):
        finding.find_all(article.text, stops, pattern)
    assert time.process_time() - start < 1


@pytest.mark.parametrize(
    "pattern",
    ["/" + "(" * 499 + ")" * 499 + "/", "/" + "a" * 1001 + "/", "/a{99999999999}/"],
    ids=["nested", "long", "many"],
)
def test_an_expression_too_large_to_be_meant_is_refused(pattern: str) -> None:
    article, stops = read("Title\n\naaa.\n")
    with pytest.raises(finding.QueryError):
        finding.find_all(article.text, stops, pattern)


@given(
    st.lists(st.sampled_from(["said ", "Said ", "went ", "sa", "\n\n", "북한 "]), max_size=400),
    st.integers(0, 2000),
    st.integers(1, 30),
    st.sampled_from(["said", "sa", "북한", "/s.i?/"]),
)
def test_of_very_many_places_those_around_the_caret_are_found(
    parts: list[str], around: int, most: int, query: str
) -> None:
    article, stops = read("Title\n\n" + "".join(parts) + "\n")
    everything = list(finding.find_all(article.text, stops, query, most=10**6))
    found = finding.find_all(article.text, stops, query, around, most)
    assert found.complete == (len(everything) <= most)
    assert set(found) <= set(everything)
    for choose in (finding.next_hit, finding.previous_hit):
        one, other = choose(everything, around), choose(found, around)
        assert (one is None) == (other is None)
        if one is None or other is None:
            continue
        behind = everything[one].start > around
        if behind == (choose is finding.next_hit):  # it does not go round
            assert found[other] == everything[one]


def test_a_place_between_paragraphs_is_none_however_many_there_are() -> None:
    article, stops = read("Title\n\n" + "One. Two.\n\n" * 300)
    found = finding.find_all(article.text, stops, r"/\s+/")
    assert len(found) == 300
    assert {extent.of(article.text) for extent in found} == {" "}
    assert not finding.find_all(article.text, stops, r"/\n+/")


def test_an_expression_is_stopped_where_it_has_found_enough_for_its_time() -> None:
    article, stops = read("Title\n\nab. " + "a" * 30_000 + "!\n")
    found = finding.find_all(article.text, stops, "/ab|(a|a?)+$/")
    assert not found.complete
    assert [extent.of(article.text) for extent in found] == ["ab"]
