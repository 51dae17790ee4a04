from __future__ import annotations

import random
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.articles import outline, read_article, refined
from tui.articles.outlines import CAREFUL
from tui.model.articles import ROUGH, Article, Outline
from tui.model.spans import Extent

LINES = (
    "The ministry said on Monday that 3,000 troops had left the region, and that others may stay.",
    "A short line",
    "which goes on in small letters and so belongs to the line before it, wherever that ended,",
    "Mr. Smith, 62, asked: “Who knows?” Nobody did. It was 5 p.m. No. 7 was last.",
    "국가정보원은 병력이 크게 줄었다고 밝혔다. 그러나 앞으로 다시 늘어날 수 있다며",
    "전투에서 빠진 것으로 보인다고 설명했다.",
    "- an item of a list",
    "1. The first of several. 2. The second one.",
    "[SECTION]",
    "Jo Park/ Harbor Institute",
    "",
    "   ",
)


def article_of(text: str) -> Article:
    return read_article(b"\xef\xbb\xbf" + text.encode(), "a.txt")


def prose(sentences: int) -> str:
    chance = random.Random(3)
    words = (
        "the",
        "service",
        "said",
        "that",
        "troops",
        "were",
        "seen",
        "near",
        "Dr.",
        "Kim",
        "now",
    )
    counts = (chance.randint(4, 25) for _ in range(sentences))
    return " ".join(" ".join(chance.choices(words, k=n)).capitalize() + "." for n in counts)


def whole(article: Article) -> Outline:
    """Its outline with every sentence found at once."""
    return outline(article, len(article.text))


@settings(deadline=None)
@given(
    st.lists(st.tuples(st.sampled_from(LINES), st.integers(1, 40)), min_size=20, max_size=80),
    st.integers(0, 30_000),
    st.randoms(use_true_random=False),
)
def test_what_is_found_when_it_is_looked_at_is_what_is_found_at_once(
    lines: list[tuple[str, int]], careful: int, chance: random.Random
) -> None:
    article = article_of("\n".join(line for line, count in lines for _ in range(count)))
    found = outline(article, careful)
    while found.rough:
        at = chance.randrange(len(article.text))
        before = found
        found = refined(article, found, Extent(at, at + chance.randrange(1, 9_000)))
        assert found.rough <= before.rough
        rough = next((s for s in found.sentences if s.kind == ROUGH), None)
        if rough is not None and chance.random() < 0.5:
            found = refined(article, found, rough.extent)
    assert found == whole(article)


@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=8), st.integers(1, 900))
def test_rough_stops_cover_what_they_stand_for_in_order(lines: list[str], count: int) -> None:
    article = article_of("\n".join(lines * count))
    found = outline(article, 0)
    covered = [i for s in found.sentences for i in s.extent]
    assert covered == sorted(covered)
    at = 0
    for stop in (*found.sentences, Extent(len(article.text), len(article.text))):
        between = Extent(at, stop.start)
        head = [e for e in article.header if e.meets(between)]
        gone = "".join(e.of(article.text) for e in head)
        assert "".join(between.of(article.text).split()) == "".join(gone.split())
        at = stop.end
    assert found.rough == sum(s.kind == ROUGH for s in found.sentences)


def test_of_a_huge_article_only_the_begin_is_cut_before_it_is_shown() -> None:
    article = article_of("\n\n".join([prose(6)] * 6_000))
    assert len(article.text) > 20 * CAREFUL
    found = outline(article)
    cut = [stop for stop in found.sentences if stop.kind != ROUGH]
    assert max(stop.end for stop in cut) < CAREFUL + 20_000
    assert max(stop.end - stop.start for stop in found.sentences) < 20_000
    near = refined(article, found, Extent(1_000_000, 1_000_100))
    fresh = [stop for stop in near.sentences if stop.kind != ROUGH][len(cut) :]
    assert all(970_000 < stop.start < 1_030_000 for stop in fresh)
    assert any(stop.start <= 1_000_000 < stop.end for stop in fresh)
    assert refined(article, near, Extent(1_000_000, 1_000_100)) is near


@pytest.mark.parametrize("careful", [0, 50_000])
def test_a_line_of_megabytes_stays_one_paragraph_and_is_cut_where_sentences_end(
    careful: int,
) -> None:
    article = Article("a", prose(20_000), "r")
    found = outline(article, careful)
    assert len(found.paragraphs) == (2 if careful else 1)
    assert max(s.end - s.start for s in found.sentences) <= 12_000
    ends = [stop.end for stop in whole(article).sentences]
    pieces = [s.end for s in found.sentences if s.kind == ROUGH]
    assert all(ends[bisect_left(ends, end)] == end for end in pieces)
