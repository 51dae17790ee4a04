"""Links proposed between two statements of made-up stories, English and Korean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.analysis.telling import linked, on, told

from tui.analysis.accounts import Account
from tui.analysis.proposed_links import ProposedLink
from tui.model.sources import Registry, Source

NIS = "National Intelligence Service"
COUNT = "North Korean troops in Kursk have suffered more than 3,000 casualties"
REGISTRY = Registry((Source(NIS, ("NIS", "국정원", "국가정보원")),))


def reasons(link: ProposedLink | None) -> str:
    assert link is not None
    return "; ".join(link.reasons)


def kind(one: Account, other: Account) -> str:
    link = linked(one, other)
    return link.kind if link is not None else ""


# repeats


def test_the_same_words_of_one_source_in_two_outlets_repeat_each_other() -> None:
    first = told(COUNT, day="2025-02-05", outlet="News Today")
    later = told(f"{COUNT} so far", "the NIS", day="2025-02-06", outlet="Harbor Wire")
    link = linked(first, replace(later, origin=first.origin))
    assert link is not None
    assert (link.kind, link.from_.id, link.to.id) == ("repeats", later.id, first.id)
    assert (link.from_.outlet, link.to.quote) == ("Harbor Wire", COUNT)
    assert reasons(link).startswith(f"same source: {NIS}; word for word the same")


def test_the_same_figure_of_one_source_in_other_words_is_repeated() -> None:
    one = told("The troops in Kursk had more than 3,000 casualties", day="2025-02-05")
    other = told("It put casualties in Kursk at more than 3,000 of the troops", day="2025-02-09")
    link = linked(one, other)
    assert link is not None
    assert link.kind == "repeats"
    assert "the same figure: > 3,000" in reasons(link)


def test_what_is_the_same_source_is_said_where_it_is_read_off_initials() -> None:
    link = linked(told(COUNT, "NIS"), told(COUNT, NIS, day="2025-02-08"))
    assert "NIS, read as the initials of National Intelligence Service" in reasons(link)
    assert linked(told(COUNT, "CIA"), told(COUNT, NIS)) is None


def test_a_name_of_the_registry_is_its_source_whatever_it_is_called_in_the_text() -> None:
    one = told(COUNT, "국정원", registry=REGISTRY)
    other = told(COUNT, "NIS", registry=REGISTRY, day="2025-02-09")
    assert f"same source: {NIS}" in reasons(linked(one, other))


@pytest.mark.parametrize(
    ("source", "sort"),
    [
        ("US officials", "anonymous"),
        ("two Western officials", "anonymous"),
        ("analysts", "collective"),
        ("the agency", "role"),
        ("a report", "document"),
        ("", "none"),
    ],
)
def test_those_who_are_not_named_are_never_one(source: str, sort: str) -> None:
    link = linked(told(COUNT, source, sort), told(COUNT, source, sort, day="2025-02-08"))
    assert "same source" not in reasons(link)
    assert "only the words tell" in reasons(link)
    other_words = told("The force lost more than 3,000 as casualties in Kursk", source, sort)
    assert kind(told(COUNT, source, sort), other_words) == ""
    later = told(COUNT.replace("3,000", "4,000"), source, sort, day="2025-02-08")
    assert "same source" not in reasons(linked(told(COUNT, source, sort), later) or link)


def test_a_registered_official_without_a_name_is_nobody_either() -> None:
    registry = Registry(
        (Source("a US official", kind="anonymous"), Source("the service", kind="role"))
    )
    for source in ("a US official", "the service"):
        one, other = (told(COUNT, source, "named", registry=registry) for _ in range(2))
        assert "same source" not in reasons(linked(one, other))


def test_others_in_the_same_words_are_not_taken_for_one_source() -> None:
    assert linked(told(COUNT, "Juniper Research"), told(COUNT, "Forrester")) is None


def test_a_statement_without_figures_is_repeated_in_much_the_same_words() -> None:
    one = told("The commander withdrew his battalion from the village before dawn")
    other = told(
        "Before dawn his battalion was withdrawn: the commander left the village", day="2025-02-07"
    )
    assert kind(one, other) == ""
    other = told(
        "Before dawn the commander withdrew his whole battalion from that village", day="2025-02-07"
    )
    assert "words in common" in reasons(linked(one, other))


def test_a_denial_is_no_repetition() -> None:
    assert linked(told(COUNT), told(COUNT, modality="denied")) is None


# contradicts


def test_figures_that_cannot_both_be_true_contradict_each_other() -> None:
    one = told("At least 300 soldiers were killed at Harrow bridge", "Kyiv")
    other = told("Only 120 soldiers were killed at Harrow bridge", "Moscow", day="2025-02-05")
    link = linked(one, other)
    assert link is not None
    assert link.kind == "contradicts"
    assert "≥ 300 soldiers (killed) against 120 soldiers (killed)" in reasons(link) or (
        "120 soldiers (killed) against ≥ 300 soldiers (killed)" in reasons(link)
    )
    assert "both killed" in reasons(link)
    assert "source: not told whether it is the same" in reasons(link)
    assert "time: not told" in reasons(link)


def test_a_lower_figure_later_contradicts_the_one_before() -> None:
    one = told("The attack on Harrow bridge killed 300 soldiers", "Kyiv", day="2025-02-05")
    other = told("The attack on Harrow bridge killed 120 soldiers", "Moscow", day="2025-02-08")
    assert kind(one, other) == "contradicts"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("more than 3,000 soldiers were killed in Kursk", "4,000 soldiers were killed in Kursk"),
        ("300 soldiers were killed in Kursk", "120 soldiers were wounded in Kursk"),
        ("300 soldiers were killed in Kursk", "120 civilians were killed in Kursk"),
        ("300 soldiers were killed in Kursk", "120 soldiers were killed in Bakhmut near Donetsk"),
        ("11,000 soldiers were sent to Kursk", "another 3,000 soldiers were sent to Kursk"),
        ("German prices rose by 3% on the year", "French prices rose by 2% on the year"),
        ("Prices in Harrow rose by 3%", "Prices in Harrow fell by 2%"),
        (
            "A poll gave Harrow Labour 40% of the votes",
            "A poll gave Harrow Labour 36% of the votes",
        ),
    ],
)
def test_what_is_not_about_the_same_does_not_contradict(one: str, other: str) -> None:
    assert kind(told(one, "Kyiv"), told(other, "Moscow")) == ""


def test_figures_of_other_times_do_not_contradict() -> None:
    words = "300 soldiers were killed at Harrow bridge", "120 soldiers were killed at Harrow bridge"
    times = on("2025-01-01", "2025-01-31"), on("2025-02-01", "2025-02-28"), on("2025-01-15")
    january, february, middle = times
    one = told(words[0], "Kyiv", when=january)
    assert kind(one, told(words[1], "Moscow", when=february)) == ""
    assert "times overlap" in reasons(linked(one, told(words[1], "Moscow", when=middle)))
    assert "time: told of one only" in reasons(linked(one, told(words[1], "Moscow")))
    assert kind(told(words[0], "Kyiv", day="2024-02-01"), told(words[1], "Moscow")) == ""
    named = told(words[0] + " in March", "Kyiv"), told(words[1] + " in May", "Moscow")
    assert kind(*named) == ""


def test_what_an_analyst_says_it_is_about_decides() -> None:
    words = "about 300 soldiers were killed", "about 120 soldiers were killed"
    bridge = told(words[0], "Kyiv", about="the Harrow bridge")
    assert (
        kind(bridge, told(words[1], "Moscow", about="the raid on Harrow bridge")) == "contradicts"
    )
    assert kind(bridge, told(words[1], "Moscow", about="the village of Wells")) == ""
    here = told(words[0], "Kyiv", place="Kursk")
    assert kind(here, told(words[1], "Moscow", place="Bakhmut")) == ""


def test_what_is_only_possible_contradicts_nothing() -> None:
    one = told("300 soldiers were killed at Harrow bridge", "Kyiv")
    other = told("120 soldiers were killed at Harrow bridge", "Moscow", modality="possible")
    assert kind(one, other) == ""


def test_within_one_article_only_contradictions_are_told() -> None:
    one = told(COUNT, article="story")
    assert linked(one, told(COUNT, article="story")) is None
    other = told(COUNT.replace("more than 3,000", "about 900"), "Moscow", article="story")
    assert kind(one, other) == "contradicts"


def test_another_figure_in_the_same_words_contradicts() -> None:
    words = "The music market is set to be worth $1.8 billion (£94 million) by 2009 in Britain"
    one, other = told(words, "Juniper"), told(words.replace("94", "9.4"), "Jupiter")
    assert "94,000,000 pounds against 9,400,000 pounds" in reasons(linked(one, other)) or (
        "9,400,000 pounds against 94,000,000 pounds" in reasons(linked(one, other))
    )
    assert kind(one, other) == "contradicts"


def test_a_figure_that_both_tell_is_not_held_against_another() -> None:
    one = told("Of 4,000 casualties in Kursk about 1,000 soldiers were killed", "Kyiv")
    other = told("In Kursk about 1,000 soldiers were killed and 4,000 were casualties", "Moscow")
    assert kind(one, other) != "contradicts"


# updates and supports


def test_a_later_figure_of_the_same_source_updates_the_earlier_one() -> None:
    first = told(COUNT, day="2025-02-05")
    later = told("North Korean troops in Kursk have now 4,000 casualties", day="2025-02-19")
    link = linked(first, later)
    assert link is not None
    assert (link.kind, link.from_.id, link.to.id) == ("updates", later.id, first.id)
    assert f"same source: {NIS}" in reasons(link)
    assert "4,000 casualties against > 3,000 casualties" in reasons(link)
    assert "published 14 days later" in reasons(link)


def test_a_count_that_grows_is_updated_by_whoever_tells_it() -> None:
    one = told("The flood in Harrow has killed 120 people", "police", "role", day="2025-02-05")
    other = told(
        "The flood in Harrow has killed 150 people", "doctors", "collective", day="2025-02-06"
    )
    assert kind(one, other) == "updates"
    assert "a count that grows" in reasons(linked(one, other))
    prices = (
        told("The flood in Harrow has cost £120m so far", "police", "role", day="2025-02-05"),
        told(
            "The flood in Harrow has cost £150m so far", "doctors", "collective", day="2025-02-06"
        ),
    )
    assert kind(*prices) == "contradicts"


def test_the_same_figure_of_another_named_source_supports() -> None:
    one = told("The flood in Harrow killed 120 people", "Claire Ostrander")
    other = told(
        "In Harrow 120 people were killed by the flood", "Tomas Brandvik", day="2025-02-07"
    )
    assert kind(one, other) == "supports"
    for source in ("Ms Ostrander", "a spokesman for Claire Ostrander", "Seoul"):
        nobody = told("In Harrow 120 people were killed by the flood", source)
        assert kind(one, nobody) != "supports"


# Korean


def test_korean_statements_are_compared_by_syllables() -> None:
    words = "쿠르스크에 파병된 북한군 사상자가 3000명이 넘는 것으로 추산된다"
    one = told(words, "국가정보원", day="2025-02-05", outlet="나루일보")
    same = told(f"현재까지 {words}", "국가정보원", day="2025-02-07", outlet="압록신문")
    assert kind(one, same) == "repeats"
    fewer = told("쿠르스크에 파병된 북한군 사상자는 2000명이다", "합동참모본부", day="2025-02-07")
    assert kind(one, fewer) == "contradicts"
    more = told("쿠르스크의 북한군 사상자가 4000명이라고", "국가정보원", day="2025-02-20")
    assert kind(one, more) == "updates"


def test_across_languages_one_source_and_one_figure_are_a_repetition() -> None:
    korean = told("사상자가 3000명이 넘는 것으로 추산된다", "국정원", registry=REGISTRY)
    english = told(COUNT, "NIS", registry=REGISTRY, day="2025-02-09")
    assert kind(korean, english) == "repeats"
    assert kind(told("사상자가 3000명이 넘는다", "합동참모본부"), english) == ""


# all


@given(
    st.lists(st.sampled_from(COUNT.split()), min_size=1, max_size=10).map(" ".join),
    st.lists(st.sampled_from([*COUNT.split(), "2,000", "another"]), max_size=10).map(" ".join),
    st.sampled_from(("named", "anonymous", "collective")),
    st.sampled_from(("2025-02-05", "2025-02-06", "")),
)
def test_a_link_is_the_same_from_both_ends_and_says_why(
    one: str, other: str, sort: str, day: str
) -> None:
    link = linked(told(one, "X Y", sort), told(other or "nothing", "X Y", sort, day=day))
    if link is not None:
        assert link.reasons
        assert 0 < link.score <= 1
        assert sort == "named" or "same source" not in reasons(link)
        assert link.kind != "supports"


def test_an_id_tells_kind_and_ends_and_nothing_else() -> None:
    one, other = told(COUNT, name="a"), told(COUNT, name="b", day="2025-02-08")
    link, again = linked(one, other), linked(replace(one, title="another title"), other)
    assert link is not None
    assert again is not None
    assert link.id == again.id
    assert len(link.id) == 16
