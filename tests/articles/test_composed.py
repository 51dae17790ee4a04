"""A text whose Hangul is taken apart (NFD) is read as the same text in syllables (NFC)."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.analysis import Suggestions, draft_claim, proposed_claim, suggest
from tui.articles import outline, read_article
from tui.model.articles import Article, Outline, is_taken_apart
from tui.model.composed import Composed
from tui.model.sources import Registry
from tui.model.spans import Extent, Span
from tui.samples import sample_articles

WIRE = """date 2025-02-05 [나루일보] “북한군 전투 이탈”

입력 2025-02-05 15:53:10 수정 2025-02-05 16:17:32 나루일보
[LEAD]
국정원은 북한군 3천여 명이 지난달 중순부터 전투에 참여하지 않는 것으로 보인다고 5일 밝혔다.
"다시 투입될 수 있다"고 우크라이나 국방부가 말했다. 사상자는 4000명을 넘었다.

김민수/ 국방연구원
병력 교대를 위한 것으로 본다.
"""


def both(text: str) -> tuple[tuple[Article, Outline], tuple[Article, Outline]]:
    """An article composed and taken apart, each with its outline."""
    found = [
        read_article(unicodedata.normalize(form, text).encode(), "a.txt") for form in ("NFC", "NFD")
    ]
    assert [is_taken_apart(article.text) for article in found] == [False, True]
    return (found[0], outline(found[0])), (found[1], outline(found[1]))


def same(words: str) -> str:
    return unicodedata.normalize("NFC", words)


def test_head_marks_and_outline_are_those_of_the_composed_text_at_their_own_places() -> None:
    (whole, stops), (apart, own) = both(WIRE)
    assert apart.text == unicodedata.normalize("NFD", WIRE), "the text itself stays as it is"
    facts = ("title", "outlet", "published", "modified", "language", "reader")
    assert [getattr(apart, f) for f in facts] == [getattr(whole, f) for f in facts]
    assert whole.published == "2025-02-05T15:53:10+09:00"
    assert whole.headline
    assert apart.headline
    assert same(apart.headline.of(apart.text)) == whole.headline.of(whole.text)
    assert [same(e.of(apart.text)) for e in apart.header] == [
        e.of(whole.text) for e in whole.header
    ]
    (caption,), (mine,) = whole.captions, apart.captions
    assert mine.name == caption.name
    assert same(mine.block.of(apart.text)) == caption.block.of(whole.text)
    assert [s.label for s in apart.sections] == [s.label for s in whole.sections]
    assert [(same(s.extent.of(apart.text)), s.kind) for s in own.sentences] == [
        (s.extent.of(whole.text), s.kind) for s in stops.sentences
    ]
    assert [same(e.of(apart.text)) for e in own.paragraphs] == [
        e.of(whole.text) for e in stops.paragraphs
    ]


def readings(found: Suggestions) -> list[object]:
    """All that is proposed but the places."""
    return [
        (
            [same(span.exact) for span in each.spans],
            [
                (hop.source.text, hop.kind, hop.cue.text if hop.cue else "", hop.affiliation)
                for hop in each.chain
            ],
            (each.when.edtf, each.when.text) if each.when else None,
            [(q.lower, q.upper, q.unit, q.text) for q in each.quantities],
            each.modality,
            each.rank,
        )
        for each in found.proposals
    ]


@pytest.mark.parametrize(
    "text",
    [WIRE, *(path.read_text(encoding="utf-8") for path in sorted(sample_articles().glob("*.txt")))],
)
def test_the_same_is_proposed_with_spans_in_the_offsets_of_the_text_itself(text: str) -> None:
    (whole, stops), (apart, own) = both(text if not text.isascii() else f"{text}\n\n가나다")
    found, mine = suggest(whole, stops, Registry()), suggest(apart, own, Registry())
    assert found.proposals
    assert [proposed_claim(apart, each).statement for each in mine.proposals] == [
        proposed_claim(whole, each).statement for each in found.proposals
    ]
    assert readings(mine) == readings(found)
    assert len({each.id for each in mine.proposals}) == len(mine.proposals)
    spans = [span for each in mine.proposals for span in each.spans]
    spans += [hop.source.span for p in mine.proposals for hop in p.chain if hop.source.span]
    spans += [dated.when.span for dated in mine.dates if dated.when.span]
    assert all(span.exact == span.extent.of(apart.text) for span in spans)


def test_a_claim_is_drafted_alike() -> None:
    (whole, stops), (apart, own) = both(WIRE)
    sentence, mine = stops.sentences[1].extent, own.sentences[1].extent
    claim = draft_claim(whole, stops, [sentence], Registry())
    drafted = draft_claim(apart, own, [mine], Registry())
    assert drafted.statement == claim.statement
    assert [hop.source.text for hop in drafted.chain] == [hop.source.text for hop in claim.chain]
    span = drafted.chain[-1].source.span
    assert isinstance(span, Span)
    assert same(span.exact) == "국정원"
    assert span.extent.of(apart.text) == span.exact


MIXED = st.text(
    st.sampled_from("가한국 a\n\u1100\u1161\u11a8\u1175\u1112\u1112\u11ab힣é"), max_size=40
)


@given(MIXED, st.data())
def test_offsets_go_to_the_copy_and_back(text: str, data: st.DataObject) -> None:
    copy = Composed(text)
    assert unicodedata.normalize("NFD", copy.text) == unicodedata.normalize("NFD", text)
    start = data.draw(st.integers(0, len(copy.text)))
    end = data.draw(st.integers(start, len(copy.text)))
    own = copy.own((start, end))
    assert 0 <= own.start <= own.end <= len(text)
    assert Composed(own.of(text)).text == Extent(start, end).of(copy.text)
    if start < end:
        assert copy.there(own) == (start, end)


@given(MIXED, st.data())
def test_a_range_of_the_text_becomes_one_that_holds_all_of_its_words(
    text: str, data: st.DataObject
) -> None:
    copy = Composed(text)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    there = copy.there((start, end))
    assert 0 <= there.start <= there.end <= len(copy.text)
    back = copy.own(there)
    if start < end:
        assert back.start <= start
        assert end <= back.end
