"""The registry: a source is found under each of its names, however they are written."""

from __future__ import annotations

import unicodedata

import pytest

from tui.model.sources import Registry, Reliability, Source, folded, union

NIS = Source(
    "National Intelligence Service",
    ("NIS", "국가정보원", "spy agency"),
    reliability=(Reliability("C", "2025-02-10"), Reliability("B", "2024-01-01")),
)
NYT = Source("The New York Times", ("NYT",))
REGISTRY = Registry((NIS, NYT))


@pytest.mark.parametrize(
    "name", ["nis", "the National  Intelligence\nService", "the spy agency", "국가정보원"]
)
def test_a_source_is_found_by_any_of_its_names(name: str) -> None:
    assert REGISTRY.find(name) == NIS
    assert REGISTRY.find(unicodedata.normalize("NFD", name)) == NIS


def test_an_article_before_a_name_is_dropped_and_a_name_that_is_only_one_is_not() -> None:
    assert folded("The New York Times") == folded("New York  times")
    assert folded("The") == "the"
    assert REGISTRY.find("the") is None


@pytest.mark.parametrize(
    ("day", "letter"),
    [("2023-12-31", ""), ("2024-01-01", "B"), ("2025-02-09", "B"), ("2025-02-10", "C")],
)
def test_a_letter_holds_from_its_day_on(day: str, letter: str) -> None:
    assert NIS.reliability_on(day) == letter


def test_a_source_of_the_same_name_is_replaced_where_it_stood() -> None:
    newer = Source("national intelligence service", role="spy agency")
    assert REGISTRY.with_source(newer) == Registry((newer, NYT))
    assert REGISTRY.with_source(Source("KBS")) == Registry((NIS, NYT, Source("KBS")))


def test_completion_offers_names_that_begin_so_before_those_with_such_a_word() -> None:
    registry = Registry((Source("Fort Yorke"), *REGISTRY.sources, Source("York Institute")))
    assert registry.completions("york") == ("York Institute", "Fort Yorke", "The New York Times")
    assert registry.completions("n")[:3] == ("National Intelligence Service", "NIS",
                                             "The New York Times")  # fmt: skip


def test_of_two_registries_the_earlier_wins_for_a_name() -> None:
    other = Registry((Source("new york times", role="newspaper"), Source("KBS")))
    assert union([REGISTRY, other]) == Registry((NIS, NYT, Source("KBS")))
