from __future__ import annotations

import time
from pathlib import Path

import pytest

from tui.analysis import draft_claim, format_quantity
from tui.articles import outline, read_article
from tui.model.articles import Article, Outline
from tui.model.records import Assessment, Claim
from tui.model.sources import Registry, Source
from tui.model.spans import Extent

SEEDS = Path(__file__).parents[2] / "seeds"
REGISTRY = Registry((Source("National Intelligence Service", ("NIS",)),))
HEAD = " date 2025-02-05 [News Today] “HEADLINE”\n\n입력 2025-02-05 15:53:10 News Today\n\n\n"


def article_of(body: str) -> tuple[Article, Outline]:
    article = read_article((HEAD + body).encode(), "made.txt")
    return article, outline(article)


def claim_of(body: str, part: str = "") -> Claim:
    article, laid_out = article_of(body)
    extent = laid_out.sentences[-1].extent
    if part:
        start = article.text.index(part)
        extent = Extent(start, start + len(part))
    return draft_claim(article, laid_out, [extent], REGISTRY)


def test_a_claim_is_filled_in_and_nothing_is_judged() -> None:
    claim = claim_of(
        "The NIS told lawmakers on Monday that more than 3,000 had died\nsince mid-January."
    )
    assert claim.statement.endswith("more than 3,000 had died since mid-January.")
    assert [h.source.text for h in claim.chain] == ["News Today", "National Intelligence Service"]
    assert claim.chain[1].said is not None
    assert claim.chain[1].said.edtf == "2025-02-03"
    assert claim.when is not None
    assert (claim.when.text, claim.when.edtf) == ("since mid-January", "2025-01-11~/..")
    assert [format_quantity(q) for q in claim.quantities] == ["> 3,000 (killed)"]
    assert (claim.modality, claim.origin) == ("asserted", "cues")
    assert (claim.id, claim.by, claim.rev, claim.credibility) == ("", "", 0, "")
    assert claim.assessment == Assessment()
    assert claim.place is None
    assert claim.about is None


def test_a_day_of_saying_without_an_anchor_is_no_time_that_the_claim_is_about() -> None:
    article = read_article(
        b"Sales\n\nThe NIS said on Friday that 8% were sold last month.\n", "a.txt"
    )
    laid_out = outline(article)
    claim = draft_claim(article, laid_out, [laid_out.sentences[-1].extent], REGISTRY)
    assert [h.source.text for h in claim.chain] == ["", "National Intelligence Service"]
    said, when = claim.chain[-1].said, claim.when
    assert said is not None
    assert (said.text, said.edtf) == ("Friday", "")
    assert when is not None
    assert (when.text, when.edtf) == ("last month", "")


def test_inside_a_quotation_a_time_counts_from_when_it_was_said() -> None:
    claim = claim_of("“They left yesterday,” the official said on Monday.")
    assert claim.when is not None
    assert (claim.when.edtf, claim.when.anchor) == ("2025-02-02", "2025-02-03")


def test_inside_a_quotation_of_unknown_day_a_time_stays_unresolved() -> None:
    claim = claim_of("“They left yesterday,” the official said.")
    assert claim.when is not None
    assert (claim.when.text, claim.when.edtf, claim.when.anchor) == ("yesterday", "", "")
    assert "not known" in claim.when.rule


def test_inside_a_quotation_a_date_in_full_needs_no_day() -> None:
    claim = claim_of("“They left on 5 May 2024,” the official said.")
    assert claim.when is not None
    assert claim.when.edtf == "2024-05-05"


@pytest.mark.parametrize(
    "sentence",
    [
        'The New York Times reported that they "have not been seen for about two weeks."',
        "The union wants six months of leave.",
        "The committee meets every week.",
    ],
)
def test_a_duration_without_a_place_on_the_calendar_is_no_when(sentence: str) -> None:
    assert claim_of(sentence).when is None


def test_a_captions_name_is_no_part_of_the_statement() -> None:
    body = "It rained.\n\n\nYang Uk/ Asan Institute\n\nThe North could send more\n\nof its troops."
    article, laid_out = article_of(body)
    start = article.text.index("Yang Uk")
    claim = draft_claim(article, laid_out, [Extent(start, len(article.text))], REGISTRY)
    assert claim.statement == "The North could send more of its troops."
    assert claim.chain[-1].source.text == "Yang Uk"
    assert (claim.modality, claim.hedge.text if claim.hedge else "") == ("possible", "could")


def test_pieces_are_joined_in_text_order() -> None:
    article, laid_out = article_of("The NIS said that they left, and that they may return.")
    text = article.text
    pieces = [
        Extent(text.index(words), text.index(words) + len(words))
        for words in ("they may return", "they left")
    ]
    claim = draft_claim(article, laid_out, pieces, REGISTRY)
    assert claim.statement == "they left … they may return"
    assert claim.modality == "possible"
    assert claim.chain[-1].source.text == "National Intelligence Service"


def test_a_source_is_not_counted_as_a_quantity() -> None:
    claim = claim_of("Two Western officials have put the losses at about 4,000.")
    assert [format_quantity(q) for q in claim.quantities] == ["≈ 4,000 (casualties)"]


def test_no_text_is_no_claim() -> None:
    article, laid_out = article_of("It rained.")
    with pytest.raises(ValueError, match="character"):
        draft_claim(article, laid_out, [], REGISTRY)


def seeds() -> list[Article]:
    paths = sorted(SEEDS.glob("*.txt"))
    return [read_article(path.read_bytes(), path.name) for path in paths]


def test_of_the_samples_no_unquoted_time_is_put_behind_its_article_without_a_word_of_it() -> None:
    for article in seeds():
        laid_out = outline(article)
        last = (article.modified or article.published)[:10]
        for sentence in laid_out.sentences:
            when = draft_claim(article, laid_out, [sentence.extent], REGISTRY).when
            if when is not None and when.earliest > last:
                assert "ahead" in when.rule or "next" in when.rule or "this year" in when.rule


def test_every_span_of_a_draft_is_true_to_the_text() -> None:
    for article in seeds():
        laid_out = outline(article)
        for sentence in laid_out.sentences:
            claim = draft_claim(article, laid_out, [sentence.extent], REGISTRY)
            phrases = [p for h in claim.chain for p in (h.source, h.cue, h.said)]
            for part in (*phrases, claim.when, claim.hedge, *claim.quantities):
                if part is not None and part.span is not None:
                    span = part.span
                    assert article.text[span.start : span.end] == span.exact


def test_all_sentences_of_an_article_are_drafted_at_once() -> None:
    article = max(seeds(), key=lambda a: len(a.text))
    laid_out = outline(article)
    start = time.process_time()
    for sentence in laid_out.sentences:
        draft_claim(article, laid_out, [sentence.extent], REGISTRY)
    # Some 15 ms here; the room is for slow and busy machines.
    assert time.process_time() - start < 0.5
