"""Quotes found again by their words and context alone, up to the numbers that are named."""

from __future__ import annotations

import pytest

from tui.anchoring import place_span
from tui.anchoring.quotes import LONG, MANY, MARGIN, find_quote
from tui.anchoring.searching import LONGEST, PASSAGE, search
from tui.anchoring.tokens import folded, tokens
from tui.model.spans import Extent, Span

BEFORE, AFTER = "abcdefghijklmnop", "qrstuvwxyzABCDEF"  # 16 code points each


def span(exact: str, start: int = 100, prefix: str = BEFORE, suffix: str = AFTER) -> Span:
    return Span(start, start + len(exact), exact, prefix, suffix)


def test_a_long_quote_that_stands_once_needs_no_context_and_a_short_one_does():
    for exact, found in (("x" * LONG, 3), ("x" * (LONG - 1), None)):
        assert find_quote(span(exact), f"...{exact}...") == found
    assert find_quote(span(""), "...") is None
    assert find_quote(span("not there"), "...") is None


@pytest.mark.parametrize(("kept", "found"), [(16, True), (15, False)])
def test_half_of_the_context_is_enough_for_a_short_quote(kept, found):
    """16 of 32 code points; counted outward from the quote, both sides together."""
    for before in range(max(0, kept - 16), min(16, kept) + 1):
        text = f"---{BEFORE[16 - before :]}said{AFTER[: kept - before]}---"
        wanted = text.index("said") if found else None
        assert find_quote(span("said"), text) == wanted


def test_context_that_stands_near_but_not_next_to_the_quote_does_not_count():
    assert find_quote(span("said"), f"{BEFORE}-said-{AFTER}") is None


def test_where_there_is_little_context_a_margin_of_it_is_needed():
    short = span("said", prefix="ab", suffix="cdefg")  # less than MARGIN: never enough
    assert find_quote(short, "...absaidcdefg...") is None
    enough = span("said", prefix="ab", suffix="cdefgh")
    assert len(enough.prefix + enough.suffix) == MARGIN
    assert find_quote(enough, "...absaidcdefgh...") == 5
    assert find_quote(enough, "...absaidcdefg-...") is None


@pytest.mark.parametrize(("other", "found"), [(8, True), (16, True), (17, False)])
def test_of_two_places_the_one_with_more_context_by_a_margin_is_meant(other, found):
    best = f"{BEFORE}said{AFTER[:8]}"  # 24 of 32, which is the whole but for a margin
    text = f"..{BEFORE[-min(16, other) :]}said{AFTER[: max(0, other - 16)]}--{best}.."
    assert find_quote(span("said"), text) == (text.rindex("said") if found else None)


def test_without_nearly_the_whole_context_no_other_place_may_do():
    best = f"-{BEFORE[-12:]}said{AFTER[:11]}-"  # 23 of 32
    text = f"--{BEFORE[-15:]}said--{best}"  # the other one has 15: not enough for itself
    assert find_quote(span("said"), text) == text.rindex("said")
    text = f"--{BEFORE[-16:]}said--{best}"  # 16: enough, so they are not told apart
    assert find_quote(span("said"), text) is None


def test_the_whole_context_tells_unless_it_stands_twice_or_the_old_place_does_too():
    whole = f"{BEFORE}said{AFTER}"
    assert find_quote(span("said"), f"..{whole}..said..") == 18
    assert find_quote(span("said"), f"..{whole}..{whole}..") is None
    rival = f"{whole}{'.' * 48}{BEFORE}said----"  # at its old offset, with half of its context
    assert rival.index("said", 60) == 100
    assert find_quote(span("said"), rival) is None
    assert find_quote(span("said", start=99), rival) == 16
    twice = f"{whole}..{whole}"
    assert find_quote(span("said", start=16), twice) == 16  # nothing stood before it then, or now
    assert find_quote(span("said", start=17), twice) is None


def test_a_word_that_stands_too_often_is_told_by_its_whole_context_only():
    near = f"{BEFORE}said-"
    assert find_quote(span("said"), "said." * (MANY - 2) + near) is not None
    assert find_quote(span("said"), "said." * (MANY - 1) + near) is None
    assert find_quote(span("said"), "said." * MANY + f"{BEFORE}said{AFTER}") is not None


def test_places_that_overlap_are_two():
    assert place_span(Span(9, 12, "aaa", "", ""), "-aaaa-").fit == "orphan"


NEWS = "The ministry in Kyiv said on Monday that more than 3,000 of them had been killed. "
OTHER = "Profits rose in the last quarter, and the head of the company was pleased with that. "


def test_a_changed_quote_is_searched_for_in_texts_and_passages_up_to_a_size():
    start = NEWS.index("more than")
    quote = NEWS[start : NEWS.index(" had been")]
    old = Span(
        start,
        start + len(quote),
        quote,
        NEWS[start - 32 : start],
        " had been killed. Profits rose i",
    )
    text = (NEWS + OTHER).replace("3,000", "3,100")
    place = search(old, text)
    assert place is not None
    assert place.extent.of(text) == "more than 3,100 of them"
    assert 0.6 <= place.score < 1
    filler = "\n" + "0123456789" * (LONGEST // 10)
    assert search(old, text + filler[: LONGEST - len(text)]) is not None
    assert search(old, text + filler[: LONGEST - len(text) + 1]) is None
    assert search(old, text + text) is None, "two places are alike"
    assert search(Span(0, 3, " \n ", "a" * 32, "b" * 32), text) is None
    long = Span(
        0, PASSAGE + 1, NEWS * (PASSAGE // len(NEWS)) + "x" * (PASSAGE % len(NEWS) + 1), "", ""
    )
    assert len(long.exact) == PASSAGE + 1
    assert search(long, long.exact + ".") is None


def test_letters_are_folded_one_for_one():
    odd = "İSTANBUL “Said” – ‘it’ ǅ ẞ ﬁ"
    assert len(folded(odd)) == len(odd)
    assert folded("“A”–‘B’") == folded("\"a\"-'b'")
    assert folded("PLAIN") == "plain"


def test_tokens_are_words_and_marks_parted_where_sentences_end():
    table: dict[str, int] = {}
    found = tokens("He said so. Did he?\n\nYes", table)
    pieces = [found.text[a:b] for a, b in zip(found.starts, found.ends, strict=True)]
    assert "".join(pieces).replace(" ", "") == "Hesaidso.Didhe?Yes"
    assert found.words[0] == found.words[pieces.index("he")]
    sentences = [
        [found.text[found.starts[t] : found.ends[t]] for t in range(a, b)]
        for a, b in zip(found.cuts, found.cuts[1:], strict=False)
    ]
    assert [words[0] for words in sentences] == ["He", "Did", "Yes"]
    assert found.within(*Extent(3, 7)) == (1, 2)
    assert found.within(2, 3) == (1, 1)
    assert found.borders(0) == (0, found.cuts[1])
    assert found.segment(found.cuts[1]) == 1
    assert found.letters(0, 2) == len("Hesaid")
