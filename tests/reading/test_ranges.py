from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.articles import outline, read_article
from tui.model.articles import Outline
from tui.model.spans import Extent
from tui.reading import ranges


def read(text: str) -> tuple[str, Outline]:
    article = read_article(text.encode(), "story.txt")
    return article.text, outline(article)


def clause_at(text: str, words: str) -> str:
    text, stops = read(text)
    found = ranges.clause(text, stops, text.index(words))
    assert found is not None
    return " ".join(found.of(text).split())


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        (
            "He said that over 20,000 more troops were to be sent.",
            "over",
            "over 20,000 more troops were to be sent.",
        ),
        ("He said that over 20,000 more troops came.", "said", "He said"),
        ("They lost men, but officials deny it.", "officials", "officials deny it."),
        ("They lost men, but officials deny it.", "lost", "They lost men"),
        ("Losses reached 3,000 men in all.", "men", "Losses reached 3,000 men in all."),
        ("Russia and China met.", "China", "Russia and China met."),
        ("They met and they agreed.", "agreed", "they agreed."),
        ("It was large — very large indeed — he said.", "very", "very large indeed"),
        ("The force (some 900 men) left.", "some", "some 900 men"),
        ("However, it is so far unclear.", "However", "However, it is so far unclear."),
        ('She said that "after months, they left."', "after", "after months"),
        ('She said that "they left for good."', "left", '"they left for good."'),
        ("병력이 줄었다고 국가정보원이 밝혔다.", "병력", "병력이 줄었다고"),
        ("병력이 줄었지만 전투는 계속된다.", "전투", "전투는 계속된다."),
        (
            "Losses would grow\nvery quickly, so it goes on.",
            "very",
            "Losses would grow very quickly",
        ),
    ],
)
def test_the_clause_around_the_caret(text: str, at: str, expected: str) -> None:
    assert clause_at(text, at) == expected


def test_s_grows_from_clause_to_sentence_to_paragraph_and_back() -> None:
    text, stops = read("It rained. He said that troops left, and we saw them. It stopped.")
    at = text.index("troops")
    seen: list[str] = []
    selected: Extent | None = None
    for _ in range(4):
        selected = ranges.grow(text, stops, at, selected)
        assert selected is not None
        seen.append(selected.of(text))
    assert seen == [
        "troops left",
        "He said that troops left, and we saw them.",
        text,
        text,
    ]
    selected = ranges.shrink(text, stops, at, selected)
    assert selected is not None
    assert selected.of(text) == seen[1]
    selected = ranges.shrink(text, stops, at, selected)
    assert selected is not None
    assert selected.of(text) == seen[0]
    assert ranges.shrink(text, stops, at, selected) is None


def test_a_selection_by_hand_grows_to_what_holds_it() -> None:
    text, stops = read("One is here. Two is there. Three is gone.")
    across = Extent(text.index("here"), text.index("Two") + 3)
    grown = ranges.grow(text, stops, across.start, across)
    assert grown == Extent(0, len(text))


def quote_at(text: str, words: str) -> str | None:
    text, stops = read(text)
    found = ranges.quotation(text, stops, text.index(words))
    return found.of(text) if found else None


@pytest.mark.parametrize(
    ("text", "at", "expected"),
    [
        ('He said "they have left" today.', "left", "they have left"),
        ('He said "they have left" today.', '"they', "they have left"),
        ("He said “they have left” today.", "left", "they have left"),
        ("그는 「병력이 줄었다」고 했다.", "병력", "병력이 줄었다"),
        ("그는 『병력이 줄었다』고 했다.", "병력", "병력이 줄었다"),
        ("“I heard ‘go now’ twice,” she said.", "go", "go now"),
        ("“I heard ‘go now’ twice,” she said.", "twice", "I heard ‘go now’ twice,"),
        ("“They haven’t left,” he said.", "left", "They haven’t left,"),
        ("He said 'it is done' and left.", "done", "it is done"),
        ("„So ist es“, sagte er.", "ist", "So ist es"),
        ('"One," he said, "and two."', "two", "and two."),
        ('"One," he said, "and two."', "said", None),
        ("No quotation here.", "here", None),
        ("An inch is 5\" and it's fine.", "fine", None),
        ("It broke off: ” and went on.", "went", None),
        ("“We go on, he said.", "go", "We go on, he said."),
    ],
)
def test_the_quotation_around_the_caret(text: str, at: str, expected: str | None) -> None:
    assert quote_at(text, at) == expected


def test_the_key_again_takes_the_next_quotation_around() -> None:
    text, stops = read("“I heard ‘go now’ twice,” she said.")
    at = text.index("go")
    inner = ranges.quotation(text, stops, at)
    outer = ranges.quotation(text, stops, at, inner)
    assert outer is not None
    assert outer.of(text) == "I heard ‘go now’ twice,"
    assert ranges.quotation(text, stops, at, outer) is None


def test_the_word_under_the_caret_or_the_next_one() -> None:
    text, stops = read("Troops (3,000) left.")
    assert ranges.word_at(text, stops, 2) == Extent(0, 6)
    assert ranges.word_at(text, stops, 7) == Extent(8, 13)
    assert ranges.word_at(text, stops, len(text)) is None


def test_nothing_is_selected_where_there_is_no_text() -> None:
    text, stops = read("")
    assert ranges.grow(text, stops, 0, None) is None
    assert ranges.quotation(text, stops, 0) is None
    assert ranges.word_at(text, stops, 0) is None


PIECES = [
    "a ",
    "but ",
    "and he ",
    ", ",
    '"',
    "“",
    "”",
    "'",
    "‘",
    "’",
    ". ",
    "「",
    "」",
    "한",
    "(",
    ")",
    "\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.integers(0, 200))
def test_any_range_lies_in_the_text_and_grows(text: str, offset: int) -> None:
    text, stops = read(text)
    offset = min(offset, len(text))
    found = ranges.rungs(text, stops, offset)
    for smaller, larger in pairwise(found):
        assert larger.start <= smaller.start < smaller.end <= larger.end
    quote = ranges.quotation(text, stops, offset)
    assert quote is None or 0 < quote.start < quote.end <= len(text)
