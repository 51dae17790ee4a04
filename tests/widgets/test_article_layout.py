from __future__ import annotations

import random

import pytest

from tui.articles import outline, refined
from tui.model.articles import Article
from tui.model.spans import Extent
from tui.widgets.article_layout import Layout


def text_of(kind: str) -> str:
    chance = random.Random(9)
    words = ["troops", "병력이", "were", "3,000", "seen", "near", "the", "region", "and", "left"]
    found: list[str] = []
    for _ in range(700):
        sentences = (" ".join(chance.choices(words, k=12)).capitalize() for _ in range(4))
        paragraph = ". ".join(sentences) + "."
        wrapped = paragraph.replace(" near", "\nnear") if kind == "wrapped" else paragraph
        found.append(wrapped)
    return (" " if kind == "a single line" else "\n\n").join(found)


def drawn(layout: Layout) -> list[str]:
    """All rows, as text."""
    text = layout.article.text
    return [layout.extent_of(line).of(text) for line in layout.lines(layout.first, 10**9)]


@pytest.mark.parametrize("kind", ["paragraphs", "wrapped"])
def test_paragraphs_that_were_not_looked_for_yet_are_laid_out_like_all_others(kind: str) -> None:
    article = Article("a", text_of(kind), "r")
    rough, whole = outline(article, 5_000), outline(article, len(article.text))
    assert rough.rough > 10
    late, early = Layout(article, rough), Layout(article, whole)
    assert drawn(late) == drawn(early)
    for offset in range(0, len(article.text), 997):
        for layout in (late, early):
            line = layout.line_of(offset)
            assert layout.extent_of(line).start <= offset or not article.text[offset].strip()
            assert layout.line_of(layout.extent_of(line).start) == line
        assert late.extent_of(late.line_of(offset)) == early.extent_of(early.line_of(offset))
        assert late.cell_of(offset)[1] == early.cell_of(offset)[1]
        down = {each.extent_of(each.moved(each.line_of(offset), 7)) for each in (late, early)}
        assert len(down) == 1


@pytest.mark.parametrize("kind", ["paragraphs", "wrapped", "a single line"])
def test_a_row_is_found_again_when_more_of_the_outline_is_known(kind: str) -> None:
    article = Article("a", text_of(kind), "r")
    rough = outline(article, 5_000)
    middle = len(article.text) // 2
    finer = refined(article, rough, Extent(middle, middle + 30_000))
    before, after = Layout(article, rough), Layout(article, finer)
    for step in range(300):
        line = before.moved(before.line_of(middle), step)
        there = after.line_at(before.place_of(line))
        one, other = before.extent_of(line), after.extent_of(there)
        assert (
            one == other if kind != "a single line" else one.start - 80 < other.start < one.end + 80
        )
        assert (before.text_of(line) is None) == (after.text_of(there) is None)


def test_only_blocks_that_are_looked_at_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    import tui.widgets.article_layout as module

    made: list[int] = []

    class Counted(module.Passage):
        def __init__(self, start: int, text: str, width: int) -> None:
            made.append(len(text))
            super().__init__(start, text, width)

    monkeypatch.setattr(module, "Passage", Counted)
    article = Article("a", text_of("paragraphs") * 20, "r")
    layout = Layout(article, outline(article))
    assert not made
    list(layout.lines(layout.line_of(len(article.text) // 2), 40))
    assert sum(made) < 40_000
