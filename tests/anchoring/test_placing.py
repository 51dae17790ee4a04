from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from tui.anchoring import Found, Passage, Placer, place, place_claim, place_span
from tui.anchoring.placing import LONGEST
from tui.model.articles import Article
from tui.model.ids import sha256
from tui.model.records import Claim, Highlight, Hop, Phrase, Quantity, When
from tui.model.spans import Extent, select
from tui.model.views import SOUGHT

NEWS = """NORTH KOREAN TROOPS LEAVE THE FRONT

Seoul said on Monday that the soldiers had not been seen in combat since mid-January.
The ministry in Kyiv said that more than 3,000 of them had been killed or wounded.

Seoul said nothing on Tuesday. The Joint Chiefs of Staff expect more than 3,000 to follow.
"""


def article(text: str) -> Article:
    return Article(id="a", text=text, revision=sha256(text))


def mark(text: str, *quotes: str, nth: int = 0) -> Highlight:
    spans = []
    for quote in quotes:
        start = -1
        for _ in range(nth + 1):
            start = text.index(quote, start + 1)
        spans.append(select(text, start, start + len(quote)))
    return Highlight(id="h", article="a", revision=sha256(text), spans=tuple(spans))


def quotes_of(placed, text: str) -> list[str]:
    return [extent.of(text) for extent in placed.extents]


def test_on_its_own_revision_a_highlight_is_exact_even_where_words_repeat():
    text = "ha ha ha ha"
    highlight = Highlight(revision=sha256(text), spans=(select(text, 3, 5),))
    placed = place(highlight, article(text))
    assert (placed.extents, placed.fit) == ((Extent(3, 5),), "exact")


def test_a_record_whose_offsets_do_not_hold_its_words_is_not_exact_on_its_own_revision():
    highlight = mark(NEWS, "the soldiers had not been seen in combat")
    span = highlight.spans[0]
    wrong = replace(highlight, spans=(replace(span, start=span.start + 4, end=span.end + 4),))
    placed = place(wrong, article(NEWS))
    assert placed.fit == "moved"
    assert quotes_of(placed, NEWS) == [span.exact]


def test_negative_offsets_of_a_foreign_record_are_not_taken_from_the_end():
    span = replace(select(NEWS, len(NEWS) - 8, len(NEWS) - 1), start=-8, end=-1)
    placed = place(Highlight(revision=sha256(NEWS), spans=(span,)), article(NEWS))
    assert placed.fit != "exact"
    assert all(extent.start >= 0 for extent in placed.extents)


def test_words_that_stayed_where_they_were_in_a_new_revision_are_exact():
    placed = place(mark(NEWS, "Seoul said on Monday"), article(NEWS + "Correction: none.\n"))
    assert placed.fit == "exact"


def test_a_sentence_put_in_before_moves_the_highlight_with_its_words():
    new = "UPDATED " + NEWS
    placed = place(mark(NEWS, "more than 3,000", nth=1), article(new))
    assert placed.fit == "moved"
    assert placed.extents == (Extent(new.rindex("more than 3,000"), new.rindex(" to follow")),)


def test_a_long_quote_that_stands_once_is_found_though_its_neighbours_are_gone():
    quote = "the soldiers had not been seen in combat since mid-January"
    new = f"Rewritten: {quote}, others said."
    placed = place(mark(NEWS, quote), article(new))
    assert (placed.fit, quotes_of(placed, new)) == ("moved", [quote])


def test_a_short_quote_that_stands_once_but_in_other_company_is_an_orphan():
    placed = place(mark(NEWS, "Kyiv"), article("A chicken Kyiv recipe for long winter evenings.\n"))
    assert (placed.fit, placed.extents) == ("orphan", ())


def test_where_the_marked_words_are_gone_the_same_words_elsewhere_are_not_taken_for_them():
    new = NEWS.replace("Seoul said on Monday that", "It was reported that")
    placed = place(mark(NEWS, "Seoul said"), article(new))
    assert placed.fit == "orphan"


def test_words_edited_by_one_letter_are_changed_even_where_the_old_text_is_lost():
    new = NEWS.replace("had not been seen", "have not been seen")
    placed = place(mark(NEWS, "the soldiers had not been seen in combat"), article(new))
    assert placed.fit == "changed"
    assert quotes_of(placed, new) == ["the soldiers have not been seen in combat"]
    assert 0.6 < placed.score < 1


def test_two_places_with_the_same_context_are_not_told_apart():
    line = "A line that stands in the article more than once, word for word, as it does here.\n"
    old = line * 5
    highlight = mark(old, "stands in the article more than once", nth=2)
    assert place(highlight, article("New.\n" + old)).fit == "orphan"


def test_an_edit_beside_the_marked_copy_does_not_hand_it_to_the_other_copy():
    passage = "Officials in the capital told reporters that the talks had ended early this week."
    old = f"{passage}\n\nSomething else stands between the two of them, at length.\n\n{passage}\n"
    highlight = mark(old, "the talks had ended")
    new = old.replace("early this week", "late that week", 1)
    placed = place(highlight, article(new))
    assert placed.fit == "orphan" or placed.extents[0].start == highlight.spans[0].start


def test_all_pieces_of_a_discontinuous_highlight_must_be_found():
    highlight = mark(NEWS, "the soldiers had not been seen", "since mid-January")
    whole = place(highlight, article("New first line.\n" + NEWS))
    assert whole.fit == "moved"
    assert len(whole.extents) == 2
    cut = NEWS.replace(" since mid-January", " for weeks")
    assert place(highlight, article(cut)).fit == "orphan"


def test_pieces_found_in_another_order_are_an_orphan():
    first = "The ministry in Kyiv said that it had counted them."
    second = "The Joint Chiefs of Staff expect that more will follow."
    highlight = mark(f"{first} {second}", first, second)
    assert place(highlight, article(f"{second} {first}")).fit == "orphan"


def test_one_moved_piece_makes_the_highlight_moved():
    highlight = mark(NEWS, "NORTH KOREAN TROOPS LEAVE", "The Joint Chiefs of Staff expect")
    new = NEWS.replace("in Kyiv", "in the city of Kyiv")
    assert place(highlight, article(new)).fit == "moved"


def test_a_highlight_without_spans_is_an_orphan():
    assert place(Highlight(revision=sha256(NEWS)), article(NEWS)).fit == "orphan"


def test_each_span_of_a_claim_has_a_place_and_a_fit_of_its_own():
    def words(quote: str) -> Phrase:
        return Phrase(quote, mark(NEWS, quote).spans[0])

    claim = Claim(
        revision=sha256(NEWS),
        chain=(
            Hop(Phrase("News Today")),
            Hop(words("Seoul"), cue=words("said"), said=When("Monday", words("Monday").span)),
        ),
        when=When("since mid-January", words("since mid-January").span),
        quantities=(Quantity("more than 3,000", words("more than 3,000").span),),
        hedge=words("expect"),
    )
    today = {spot.part: spot for spot in place_claim(claim, article(NEWS))}
    assert {spot.fit for spot in today.values()} == {"exact"}
    assert list(today) == [
        "chain.1.source",
        "chain.1.cue",
        "chain.1.said",
        "when",
        "quantities.0",
        "hedge",
    ]
    new = NEWS.replace("since mid-January", "for several weeks")
    later = {spot.part: spot for spot in place_claim(claim, article(new))}
    assert later["when"] == ("when", None, "orphan", 0.0)
    assert later["chain.1.source"].fit == "exact"
    assert later["hedge"].extent is not None
    assert later["hedge"].extent.of(new) == "expect"


def test_a_passage_common_in_a_huge_text_is_answered_at_once():
    text = "e" * 2_000_000
    extent, fit, _ = place_span(select("x" * 40 + "e" + "y" * 40, 40, 41), text)
    assert (extent, fit) == (None, "orphan")


WORDS = st.sampled_from(
    [
        "Seoul",
        "Kyiv",
        "said",
        "that",
        "more",
        "than",
        "3,000",
        "troops",
        "on",
        "Monday.",
        "서울",
        "\n\n",
    ]
)
SENTENCES = st.lists(WORDS, min_size=30, max_size=160).map(" ".join)


@settings(deadline=None)
@given(data=st.data(), text=SENTENCES)
def test_after_edits_elsewhere_a_quote_is_found_at_its_place_or_nowhere(data, text):
    """Edits that leave 40 code points on both sides alone: the context tells every copy apart
    but those whose surroundings are the same to that width."""
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, min(len(text), start + 60)))
    span = select(text, start, end)
    keep_from, keep_to = max(0, start - 40), min(len(text), end + 40)
    before = data.draw(edited(text[:keep_from]))
    after = data.draw(edited(text[keep_to:]))
    new = before + text[keep_from:keep_to] + after
    right = Extent(start + len(before) - keep_from, end + len(before) - keep_from)
    passage = span.prefix + span.exact + span.suffix
    assume(occurrences(new, passage) == 1)
    extent, fit, _ = place_span(span, new)
    assert extent in (right, None)
    assert (fit == "exact") == (extent == span.extent)
    if len(span.prefix) == len(span.suffix) == 32 and right == span.extent:
        assert fit == "exact"


@settings(deadline=None)
@given(data=st.data(), text=SENTENCES, new=SENTENCES)
def test_what_is_exact_or_moved_in_any_other_text_has_the_very_words(data, text, new):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = select(text, start, end)
    extent, fit, _ = place_span(span, new)
    if extent is None:
        assert fit == "orphan"
    elif fit == "changed":
        assert extent.of(new) != span.exact
    else:
        assert extent.of(new) == span.exact
        assert fit == ("exact" if extent == span.extent else "moved")


def occurrences(text: str, words: str) -> int:
    return sum(text.startswith(words, i) for i in range(len(text)))


@st.composite
def edited(draw, text: str) -> str:
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        cut = draw(st.integers(0, 20))
        text = text[:at] + draw(st.text("Seoul said that ", max_size=12)) + text[at + cut :]
    return text


@pytest.mark.parametrize("quote", ["[red]", "\u2028", "\ud800", "👩‍👩‍👧", "a\u0301"])
def test_odd_code_points_are_found_as_they_are(quote):
    old = f"Some words stand before the odd thing {quote} and some words stand after it."
    new = "More. " + old
    placed = place(mark(old, quote), article(new))
    assert (placed.fit, quotes_of(placed, new)) == ("moved", [quote])


def test_what_is_known_is_taken_and_the_rest_is_sought_and_missing():
    new = "UPDATED " + NEWS
    known, unknown = mark(NEWS, "Seoul said on Monday"), mark(NEWS, "The ministry in Kyiv")
    passages = [Passage.of(each.spans[0], each.revision) for each in (known, unknown)]
    place_of = Found(Extent(2, 9), "changed", 0.75)
    placer = Placer(article(new), {known.revision: NEWS}.get, {passages[0]: place_of})
    placed = placer.highlight(known)
    assert (placed.extents, placed.fit, placed.score) == ((Extent(2, 9),), "changed", 0.75)
    assert not placer.missing
    sought = placer.highlight(unknown)
    assert (sought.extents, sought.fit, sought.score) == ((), SOUGHT, 0.0)
    assert list(placer.missing) == [passages[1]]
    both = replace(known, spans=(*known.spans, *unknown.spans))
    assert placer.highlight(both).fit == SOUGHT
    own = mark(new, "UPDATED")
    assert placer.highlight(own).fit == "exact"
    assert list(placer.missing) == [passages[1]], "what stands on its own text is not asked for"


def test_an_orphan_has_nothing_in_common_and_a_changed_one_the_share_of_its_worst_span():
    new = NEWS.replace("3,000 of them", "4,000 of them")
    orphan = Placer(article(new)).highlight(mark("Nothing of this is there.", "Nothing of this"))
    assert (orphan.extents, orphan.fit, orphan.score) == ((), "orphan", 0.0)
    marked = mark(NEWS, "Seoul said on Monday", "more than 3,000 of them had been killed")
    placed = Placer(article(new), {sha256(NEWS): NEWS}.get).highlight(marked)
    assert placed.fit == "changed"
    assert 0.5 < placed.score < 1.0
    assert quotes_of(placed, new) == [
        "Seoul said on Monday",
        "more than 4,000 of them had been killed",
    ]


def test_texts_that_are_too_long_or_lost_are_not_compared():
    asked: list[str] = []

    def text_of(revision: str) -> str | None:
        asked.append(revision)
        return NEWS if revision == sha256(NEWS) else None

    placer = Placer(article("UPDATED " + NEWS), text_of)
    assert placer.alignment(sha256(NEWS)) is not None
    assert placer.alignment(sha256(NEWS)) is placer.alignment(sha256(NEWS))
    assert len(asked) == 1, "a text is asked for once"
    assert placer.alignment("lost") is None
    assert placer.alignment("lost") is None
    assert len(asked) == 2
    assert Placer(article("x" * (LONGEST + 1)), text_of).alignment(sha256(NEWS)) is None
    assert Placer(article(""), text_of).alignment(sha256(NEWS)) is None
    assert Placer(article(NEWS), text_of).alignment(sha256(NEWS)) is None, "it is today's"


def test_pieces_may_touch_and_overlap_only_where_they_did():
    apart = mark(NEWS, "Seoul said", "on Monday")
    spans = [Passage.of(span, apart.revision) for span in apart.spans]

    def placed(first: Extent, second: Extent) -> str:
        known = {spans[0]: Found(first, "moved", 1.0), spans[1]: Found(second, "moved", 1.0)}
        return Placer(article("UPDATED " + NEWS), None, known).highlight(apart).fit

    assert placed(Extent(10, 20), Extent(21, 30)) == "moved"
    assert placed(Extent(10, 20), Extent(20, 30)) == "moved"
    assert placed(Extent(10, 20), Extent(19, 30)) == "orphan"
    assert placed(Extent(10, 20), Extent(10, 20)) == "orphan"
    assert placed(Extent(21, 30), Extent(10, 20)) == "orphan"
    over = replace(apart, spans=(select(NEWS, 0, 10), select(NEWS, 5, 15)))
    places = {
        Passage.of(span, over.revision): Found(Extent(at, at + 10), "moved", 1.0)
        for span, at in zip(over.spans, (40, 45), strict=True)
    }
    assert Placer(article("UPDATED " + NEWS), None, places).highlight(over).fit == "moved"
    same = {passage: Found(Extent(40, 50), "moved", 1.0) for passage in places}
    assert Placer(article("UPDATED " + NEWS), None, same).highlight(over).fit == "moved"
