"""Shingles of texts, their samples, and near duplicates found by them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.analysis.resembling import Resembling
from tui.analysis.shingles import likeness, shingles, sketch

ENGLISH = "The agency said that about forty ships had left the harbour before the storm began."
KOREAN = "국가정보원은 1월 중순 이후 북한군이 전투에 참여한 정황이 포착되지 않았다고 밝혔다."
WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=60).map(" ".join)


def many(count: int, start: int = 0) -> str:
    return " ".join(f"word{number}" for number in range(start, start + count))


@given(st.text(max_size=80))
def test_a_text_is_wholly_like_itself_whatever_its_case_blanks_and_marks(text: str) -> None:
    own = shingles(text)
    alike = likeness(own, shingles(f"  {text} "))
    assert alike.resemblance == alike.containment == (1.0 if own else 0.0)


def test_case_punctuation_and_composition_make_no_difference() -> None:
    assert shingles(ENGLISH) == shingles(ENGLISH.upper().replace(" ", " … "))
    decomposed = "\u1112\u1161\u11ab\u1100\u116e\u11a8\u110b\u1165"  # 한국어
    assert shingles(f"{decomposed}로 쓴 기사입니다") == shingles("한국어로 쓴 기사입니다")


def test_korean_is_compared_by_syllables_whatever_the_blanks() -> None:
    assert shingles(KOREAN) == shingles(KOREAN.replace(" ", ""))
    changed = KOREAN.replace("1월 중순", "1월 말")
    assert 0.5 < likeness(shingles(KOREAN), shingles(changed)).resemblance < 1


@given(WORDS, WORDS)
def test_likeness_is_the_same_in_both_ways_and_at_most_one(one: str, other: str) -> None:
    first, second = shingles(one), shingles(other)
    alike = likeness(first, second)
    assert alike == likeness(second, first)
    assert 0 <= alike.resemblance <= alike.containment <= 1


@given(st.integers(0, 3000), st.integers(0, 3000))
def test_a_sample_tells_about_how_much_two_texts_share(length: int, begin: int) -> None:
    one, other = shingles(many(1500)), shingles(many(length, begin))
    share = len(one & other)
    guess = sketch(one).shared(sketch(other))
    # One in sixteen is sampled: that is six times the standard deviation.
    assert abs(guess - share) <= 24 * max(share, 64) ** 0.5
    assert len(sketch(one).hashes) < 2 * 128


def test_a_short_text_is_sampled_whole() -> None:
    few = shingles(ENGLISH)
    assert set(sketch(few).hashes) == few
    assert sketch(shingles("two words")).hashes == ()


def index(*texts: str) -> Resembling:
    return Resembling((f"text {at}", sketch(shingles(text))) for at, text in enumerate(texts))


def test_near_duplicates_are_found_the_likest_first() -> None:
    story = many(400)
    found = index(
        story, many(60) + " " + many(300, 5000), f"{story} and a line more", many(400, 9000), story
    )
    assert found.near("text 0") == ["text 2", "text 4"]
    assert found.near("text 3") == []
    assert found.near("nothing") == []


def test_the_beginning_of_a_story_is_found_in_the_longer_one() -> None:
    found = index(many(3000), many(120))
    assert found.near("text 1") == ["text 0"]
    assert found.near("text 0") == ["text 1"]


def test_texts_without_a_shingle_are_like_nothing() -> None:
    found = index("", "two words", "", "two words")
    assert [found.near(f"text {at}") for at in range(4)] == [[], [], [], []]


def test_what_very_many_texts_share_is_not_followed_to_all_of_them() -> None:
    foot = many(80)
    found = index(*(f"{foot} end{number}" for number in range(2000)), *([foot] * 2000))
    assert 0 < len(found.near("text 1500")) <= 50
    assert 0 < len(found.near("text 3999")) <= 50
