from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import iter_graphemes

from tui.articles import outline, read_article
from tui.model.articles import Article, Outline
from tui.reading import motions

WIRE = """\
date 2025-02-05 [News Today] “TROOPS NOT SEEN”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 News Today

[LEAD]

The service doesn't know. More than 3,000 men were lost.

[REPORT]

국가정보원은 병력이 줄었다고 밝혔다.


Jo Park/ Harbor Institute

Given the war situation, it is plain that the forces deployed would diminish

very quickly. It's 👩‍👩‍👧‍👦 clear.
"""

FAMILY = "👩‍👩‍👧‍👦"


def read(text: str) -> tuple[Article, Outline]:
    article = read_article(text.encode(), "story.txt")
    return article, outline(article)


@pytest.fixture(scope="module")
def story() -> tuple[Article, Outline]:
    return read(WIRE)


def walk(step: Callable[[int], int], offset: int, limit: int = 200) -> list[int]:
    """Every offset that repeating a motion visits, until it stays."""
    found = [offset]
    while len(found) < limit and (following := step(found[-1])) != found[-1]:
        found.append(following)
    return found


def test_sentences_headline_and_captions_are_stops(story: tuple[Article, Outline]) -> None:
    article, stops = story
    visited = walk(lambda at: motions.next_sentence(stops, at), motions.first_stop(stops))
    assert [article.text[at : at + 7] for at in visited] == [
        "“TROOPS",
        "The ser",
        "More th",
        "국가정보원은 ",
        "Jo Park",
        "Given t",
        "It's 👩‍",
    ]
    back = walk(lambda at: motions.previous_sentence(stops, at), visited[-1])
    assert back == visited[::-1]


def test_a_count_goes_as_far_as_there_are_sentences(story: tuple[Article, Outline]) -> None:
    _, stops = story
    first, last = motions.first_stop(stops), motions.last_stop(stops)
    assert motions.next_sentence(stops, first, 99) == last
    assert motions.previous_sentence(stops, last, 99) == first
    assert motions.next_sentence(stops, first, 2) == stops.sentences[2].start


def test_previous_sentence_from_the_middle_is_the_one_before(
    story: tuple[Article, Outline],
) -> None:
    _, stops = story
    inside = stops.sentences[2].start + 5
    assert motions.previous_sentence(stops, inside) == stops.sentences[1].start


def test_characters_pass_over_what_is_no_text(story: tuple[Article, Outline]) -> None:
    article, stops = story
    first = motions.first_stop(stops)
    visited = walk(lambda at: motions.next_character(article.text, stops, at), first, 500)
    read_there = "".join(article.text[at] for at in visited)
    assert read_there.startswith("“TROOPS NOT SEEN”The service doesn't")
    assert "News Today" not in read_there
    assert "LEAD" not in read_there
    assert "diminish\nvery" in read_there  # one stop for a break, however long
    back = walk(lambda at: motions.previous_character(article.text, stops, at), visited[-1], 500)
    assert back == visited[::-1]


def test_a_family_is_one_character(story: tuple[Article, Outline]) -> None:
    article, stops = story
    at = article.text.index(FAMILY)
    assert motions.next_character(article.text, stops, at) == at + len(FAMILY)
    assert motions.previous_character(article.text, stops, at + len(FAMILY)) == at


def test_words_keep_apostrophes_and_figures_whole(story: tuple[Article, Outline]) -> None:
    article, stops = story
    text = article.text
    start = text.index("The service")
    visited = walk(lambda at: motions.next_word(text, stops, at), start)
    found = [text[at : motions.word_end_at(text, at)] for at in visited]
    assert found[:9] == [
        "The",
        "service",
        "doesn't",
        "know",
        "More",
        "than",
        "3,000",
        "men",
        "were",
    ]
    assert found[10:13] == ["국가정보원은", "병력이", "줄었다고"]
    assert "quickly" in found
    back = walk(lambda at: motions.previous_word(text, stops, at), visited[-1])
    assert back[: len(visited)] == visited[::-1]


def test_word_end_is_the_last_grapheme_of_this_word_then_of_the_next(
    story: tuple[Article, Outline],
) -> None:
    article, stops = story
    text = article.text
    start = text.index("service")
    end = motions.word_end(text, stops, start)
    assert text[start : end + 1] == "service"
    following = motions.word_end(text, stops, end)
    assert text[: following + 1].endswith("doesn't")


def test_previous_word_from_inside_is_its_begin(story: tuple[Article, Outline]) -> None:
    article, stops = story
    start = article.text.index("service")
    assert motions.previous_word(article.text, stops, start + 4) == start


def test_han_and_kana_are_words_apart() -> None:
    text = "漢字かなカナ abc"
    found = [text[w.start : w.end] for w in motions.words(text, 0, len(text))]
    assert found == ["漢字", "かなカナ", "abc"]


def test_a_decomposed_accent_belongs_to_its_word() -> None:
    text = "re\u0301sume\u0301 now"
    assert motions.word_end_at(text, 0) == 8


@pytest.mark.parametrize(
    ("letters", "word"), [("mo", "More"), ("lo", "lost"), ("병력", "병력이"), ("ve", "very")]
)
def test_two_letters_find_the_next_word_that_begins_so(
    story: tuple[Article, Outline], letters: str, word: str
) -> None:
    article, stops = story
    found = motions.find_word(article.text, stops, motions.first_stop(stops), letters)
    assert found == article.text.index(word)


def test_letters_inside_a_word_or_in_the_header_are_not_found(
    story: tuple[Article, Outline],
) -> None:
    article, stops = story
    first = motions.first_stop(stops)
    assert motions.find_word(article.text, stops, first, "er") is None
    assert motions.find_word(article.text, stops, first, "re") is None  # [REPORT] is a mark


def test_paragraph_motions_go_to_their_begins(story: tuple[Article, Outline]) -> None:
    article, stops = story
    start = article.text.index("More than")
    down = motions.next_paragraph(stops, start)
    assert article.text[down:].startswith("국가정보원은")
    assert motions.previous_paragraph(stops, start) == article.text.index("The service")
    last = motions.last_stop(stops)
    assert motions.next_paragraph(stops, last) == last


def test_an_article_without_text_leaves_the_caret_where_it_is() -> None:
    stops = Outline((), ())
    assert motions.next_sentence(stops, 0) == 0
    assert motions.next_paragraph(stops, 0) == 0
    assert motions.last_stop(stops) == 0
    assert motions.next_word("", stops, 0) == 0
    assert motions.previous_word("", stops, 0) == 0
    assert motions.next_character("", stops, 0) == 0


TEXTS = st.text(
    st.sampled_from([*"ab. \n'", "한", "\u0301", "\u200d", "👩", "🇰", "漢", "\u1100", "\u1161"]),
    max_size=60,
)
STEPS: list[Callable[[str, Outline, int], int]] = [
    motions.next_character,
    motions.previous_character,
    motions.next_word,
    motions.previous_word,
    motions.word_end,
]


@given(TEXTS, st.integers(0, 60))
def test_graphemes_from_an_offset_are_those_of_the_whole_text(text: str, offset: int) -> None:
    edges, at = [0], 0
    for cluster in iter_graphemes(text):
        at += len(cluster)
        edges.append(at)
    offset = min(offset, len(text))
    start = max(e for e in edges if e <= offset)
    assert motions.next_grapheme(text, start) == min([e for e in edges if e > start] or [at])
    assert motions.previous_grapheme(text, start) == max([e for e in edges if e < start] or [0])


@given(TEXTS, st.sampled_from(STEPS))
def test_every_motion_stays_in_the_text_and_comes_to_an_end(
    text: str, step: Callable[[str, Outline, int], int]
) -> None:
    article, stops = read(text)
    offset = motions.first_stop(stops)
    forward = step in (motions.next_character, motions.next_word, motions.word_end)
    offset = offset if forward else motions.last_stop(stops)
    for _ in range(len(text) + 2):
        following = step(article.text, stops, offset)
        assert 0 <= following <= len(article.text)
        assert following >= offset if forward else following <= offset
        if following == offset:
            return
        offset = following
    raise AssertionError("the motion never came to an end")


def test_a_word_is_found_at_once_in_a_sentence_of_a_million_letters() -> None:
    text = "word " * 200_000
    article, stops = read(text)
    middle = len(text) // 2
    assert motions.previous_word(article.text, stops, middle) == middle - 5
    assert motions.next_word(article.text, stops, middle) == middle + 5
