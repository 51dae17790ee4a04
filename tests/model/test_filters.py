from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.model.articles import Article
from tui.model.codebook import Codebook, Tag
from tui.model.filters import KEYS, Filter, parse_filter
from tui.model.records import Assessment, Claim, Highlight, Hop, Phrase, Quantity, Review, When
from tui.model.sources import Registry, Source
from tui.model.spans import Extent, select
from tui.model.views import Annotations, Placed

TEXT = "The NIS said that more than 3,000 soldiers had been killed in 쿠르스크 since mid-January."
ARTICLE = Article(id="abcdefgh", text=TEXT, revision="r", path="news/one.txt")
HIGHLIGHT = Highlight(
    id="h",
    by="Kim",
    created="2025-02-05T23:30:00Z",
    modified="2025-02-05T23:30:00Z",
    spans=(select(TEXT, 18, TEXT.index(" since")),),
    tags=("army/losses",),
    note="Look again",
)
CLAIM = Claim(
    id="c",
    rev=1,
    highlight="h",
    by="Lee",
    created="2025-02-06T08:00:00Z",
    modified="2025-02-09T08:00:00Z",
    statement="More than 3,000 were killed.",
    chain=(
        Hop(Phrase("News Today"), kind="named"),
        Hop(Phrase("the NIS"), kind="named", reliability="B"),
    ),
    when=When("since mid-January", edtf="2025-01-11/..", earliest="2025-01-11"),
    quantities=(Quantity("more than 3,000"),),
    modality="estimated",
    credibility="2",
    assessment=Assessment("contested"),
    fields={"desk": "Far East", "lead": True, "size": 3, "themes": ["war", "losses"]},
)
CODEBOOK = Codebook((Tag("military", was=("army",)), Tag("military/losses"), Tag("diplomacy")))
SOURCES = Registry((Source("National Intelligence Service", ("NIS", "국정원")),))


def meant(words: str, claim: Claim | None = CLAIM, *reviews: Review, **changes: Any) -> bool:
    highlight = replace(HIGHLIGHT, **changes)
    placed = Placed(highlight, (Extent(18, 54),))
    claims = {"h": (claim,)} if claim is not None else {}
    notes = Annotations("abcdefgh", (placed,), claims, reviews)
    return parse_filter(words).matches(claim, placed, notes.status, ARTICLE, CODEBOOK, SOURCES)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "tag:military",
        "tag:military/losses",
        "tag:army",
        "tag:diplomacy,military",
        "status:draft",
        "assessment:contested,refuted",
        "source:NIS",
        'source:"national  intelligence service"',
        "source:국정원",
        'source:"News Today"',
        "by:lee",
        "after:2025-02-06",
        "after:2025-02-09",
        "before:2025-02-07",
        "after:2025-02 before:2025-03",
        "when:2025-02",
        "when:2025-01",
        "when:../2025-01-11",
        "when:2030/",
        "modality:estimated",
        "grade:B2",
        "grade:b",
        "grade:2,1",
        "grade:A1,B2",
        "article:abc",
        "article:news/one.txt",
        'desk="far east"',
        "lead=yes",
        "size=3",
        "themes=losses",
        "3,000 KILLED",
        '"were killed" again',
        "wounded OR (kill* NOT captured)",
        "쿠르스크",
        "tag:military status:draft by:Lee source:NIS after:2025-02-05 before: lead=yes more",
    ],
)
def test_a_claim_is_meant_by(words):
    assert meant(words)


@pytest.mark.parametrize(
    "words",
    [
        "tag:losses",
        "tag:diplomacy",
        "tag:military/loss",
        "tag:none",
        "status:accepted",
        "status:flagged",
        "assessment:unchecked",
        "source:Times",
        "source:News",
        "by:kim",
        "after:2025-02-10",
        "before:2025-02-06",
        "after:2025-02-07 before:2025-02-09",
        "when:2024",
        "when:/2025-01-10",
        "modality:reported",
        "grade:A",
        "grade:none",
        "grade:B3",
        "article:bcd",
        "desk=far",
        "lead=no",
        "colour=red",
        "wounded",
        '"killed were"',
        "killed NOT soldiers",
        "tag:military status:accepted",
    ],
)
def test_a_claim_is_not_meant_by(words):
    assert not meant(words)


def test_a_highlight_without_a_claim_is_meant_by_what_it_has():
    assert meant("", None)
    assert meant("tag:military by:kim look after:2025-02-05 before:2025-02-06", None)
    assert not meant("after:2025-02-06", None)
    assert meant("tag:none", None, tags=())


@pytest.mark.parametrize(
    "words",
    ["status:draft", "source:NIS", "grade:none", "when:2025", "lead=yes", "modality:denied"],
)
def test_what_only_claims_have_no_bare_highlight_matches(words):
    assert parse_filter(words).needs_claim
    assert not meant(words, None)


def test_status_follows_the_reviews():
    review = Review(id="r", claim="c", claim_rev=1, decision="accept", by="Kim", flag=True)
    assert meant("status:accepted", CLAIM, review)
    assert meant("status:rejected,accepted", CLAIM, review)
    assert meant("status:flagged", CLAIM, review)
    assert not meant("status:self-reviewed", CLAIM, review)
    assert meant("status:self-reviewed", CLAIM, replace(review, by="Lee"))
    edited = replace(CLAIM, rev=2)
    assert meant("status:draft", edited, review)
    assert meant("status:stale", edited, review)


def test_an_ungraded_half_does_not_fit_a_letter_or_a_digit():
    half = replace(CLAIM, credibility="")
    assert meant("grade:B", half)
    assert meant("grade:B-", half)
    assert not meant("grade:2", half)
    none = replace(half, chain=())
    assert meant("grade:none", none)
    assert not meant("grade:B", none)


def test_a_time_that_was_not_resolved_meets_no_range():
    assert not meant("when:1900/2100", replace(CLAIM, when=When("last spring")))
    assert not meant("when:1900/2100", replace(CLAIM, when=None))


def test_decomposed_hangul_finds_composed_hangul():
    assert meant("\u110f\u116e\u1105\u1173\u1109\u1173\u110f\u1173")


def test_a_line_is_read_while_it_is_typed():
    assert parse_filter("tag: status: desk= ") == Filter()
    assert parse_filter('source:"Joint Ch') == Filter(source="Joint Ch")
    assert not parse_filter("  ")
    assert parse_filter("x")


def test_clock_times_addresses_and_quoted_colons_are_words():
    typed = parse_filter('15:53 https://x.example/a "foo:bar"')
    assert typed == Filter(text='15:53 https://x.example/a "foo:bar"')


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("colour:red", "no filter 'colour': there are tag, status"),
        ("status:done", "no status 'done': there are draft, accepted, rejected"),
        ("modality:sure", "no modality 'sure'"),
        ("assessment:true", "no assessment 'true'"),
        ("grade:Z", "no grade 'Z'"),
        ("after:yesterday", "after:yesterday is no time"),
        ("before:5", "before:5 is no time"),
        ("when:soon", "when:soon is no time"),
        ("when:2025/2026/2027", "is no time"),
        ("tag:a//b", "is no tag"),
        ("kyiv OR tag:a", "a filter holds for the whole query"),
        ("(kyiv", "a parenthesis is opened and not closed"),
    ],
)
def test_a_key_or_value_that_there_is_not_gets_one_sentence(words, reason):
    with pytest.raises(ValueError, match=re.escape(reason)) as caught:
        parse_filter(words)
    assert "\n" not in str(caught.value)


@given(st.text(max_size=30))
def test_any_line_is_read_or_refused_with_a_sentence(words):
    try:
        typed = parse_filter(words)
    except ValueError:
        return
    meant(words)
    assert bool(typed.describe()) == bool(typed)


def test_a_filter_says_what_it_asks_for():
    words = parse_filter('tag:a,b status:draft by:Kim source:"The, Times" article:x desk=Asia kyiv')
    assert words.describe() == (
        "tag a or b, status draft, source The, Times, by Kim, article x, desk Asia,"
        " with the words kyiv"
    )


def test_every_key_is_there_for_completion():
    for key in KEYS:
        assert parse_filter(f"{key}:") == Filter()
