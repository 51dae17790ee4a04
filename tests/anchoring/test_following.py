"""Highlights on a newer revision, with the older one's text at hand."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.anchoring import Alignment, Placer, place, place_span
from tui.model.articles import Article
from tui.model.ids import sha256
from tui.model.records import Claim, Highlight, Phrase
from tui.model.spans import Extent, select

NEWS = """Troops leave the front

Seoul said on Monday that the soldiers had not been seen in combat since mid-January. \
The ministry in Kyiv said that more than 3,000 of them had been killed or wounded.

Profit at Ford rose 5% to $3bn in the last quarter, helped by sales in Europe. \
Analysts had expected less. "We are pleased," said the head of the company.
"""


def found(quote: str, new: str, old: str = NEWS):
    start = old.index(quote)
    return place_span(select(old, start, start + len(quote)), new, Alignment(old, new))


def words(quote: str, new: str, old: str = NEWS) -> str:
    extent = found(quote, new, old).extent
    assert extent is not None
    return extent.of(new)


def test_a_sentence_that_was_taken_out_is_an_orphan():
    gone = "The ministry in Kyiv said that more than 3,000 of them had been killed or wounded."
    assert found(gone, NEWS.replace(gone, "")).fit == "orphan"
    assert found("killed or wounded", NEWS.replace(gone, "")).fit == "orphan"


def test_a_sentence_about_another_subject_is_not_taken_for_one_that_is_gone():
    gone = "Profit at Ford rose 5% to $3bn in the last quarter, helped by sales in Europe."
    alike = "Profit at Renault rose 7% to $2bn in the last quarter, helped by sales in Asia."
    assert found(gone, NEWS.replace(gone, alike)).fit == "orphan"
    assert found("helped by sales", NEWS.replace(gone, alike)).fit == "orphan"


def test_a_sentence_like_the_marked_one_that_was_there_before_keeps_its_own_place():
    old = NEWS + "Profit at Renault rose 5% to $3bn in the last quarter, helped by sales in Asia.\n"
    quote = "Profit at Ford rose 5% to $3bn in the last quarter, helped by sales in Europe."
    assert found(quote, old.replace(quote, ""), old).fit == "orphan"


def test_a_corrected_figure_is_changed_and_stands_where_the_new_figure_is():
    new = "Breaking. " + NEWS.replace("more than 3,000", "about 3,100")
    assert found("more than 3,000 of them had been killed", new).fit == "changed"
    assert words("more than 3,000 of them had been killed", new) == (
        "about 3,100 of them had been killed"
    )


def test_words_written_anew_across_the_edge_of_a_quote_leave_it_without_a_place():
    new = NEWS.replace("not been seen in combat", "vanished from every front")
    assert found("said on Monday that the soldiers had not been seen", new).fit == "orphan"
    assert words("said on Monday that the soldiers had not been seen in combat", new) == (
        "said on Monday that the soldiers had vanished from every front"
    )
    assert words("that the soldiers had", new) == "that the soldiers had"


def test_words_that_came_in_beside_a_quote_do_not_belong_to_it():
    new = NEWS.replace("Analysts had", "In London and in New York analysts had")
    assert words("Analysts had expected less", new) == "analysts had expected less"


@pytest.mark.parametrize(
    ("before", "after"),
    [('"We are pleased,"', "“We are pleased,”"), ("mid-January", "mid–January")],
)
def test_what_is_only_set_otherwise_is_changed_with_a_full_score(before, after):
    place = found(before, NEWS.replace(before, after))
    assert (place.fit, place.score) == ("changed", 1.0)
    assert words(before, NEWS.replace(before, after)) == after


def test_lines_that_are_broken_otherwise_are_changed_and_found_whole():
    new = NEWS.replace("had not been seen in", "had not\nbeen  seen in")
    assert words("had not been seen in combat", new) == "had not\nbeen  seen in combat"
    assert found("had not been seen in combat", new).fit == "changed"


def test_a_sentence_that_was_put_elsewhere_has_moved_with_its_words():
    sentence = "Analysts had expected less."
    new = f"{sentence} " + NEWS.replace(sentence, "")
    place = found(sentence, new)
    assert (place.extent, place.fit) == (Extent(0, len(sentence)), "moved")


def test_of_words_that_stand_twice_those_are_found_that_were_marked():
    old = "He said no. They went home in the rain at night. He said no. Nobody knows why he did."
    start = old.rindex("said")
    new = "First. " + old
    place = place_span(select(old, start, start + 4), new, Alignment(old, new))
    assert place.extent == Extent(start + 7, start + 11)


def test_a_sentence_that_was_parted_in_two_is_found_whole():
    new = NEWS.replace(" in the last quarter, helped", ". It was helped")
    assert words("Profit at Ford rose 5% to $3bn", new) == "Profit at Ford rose 5% to $3bn"
    assert words("helped by sales in Europe", new) == "helped by sales in Europe"


def test_composed_and_decomposed_letters_are_one_word_but_not_the_same_text():
    old = "회담은 서울에서 열렸다. Le café était fermé."
    new = "회담은 서울에서 열렸다. Le cafe\u0301 e\u0301tait ferme\u0301."
    place = found("Le café était fermé.", new, old)
    assert (place.fit, place.score) == ("changed", 1.0)
    assert words("Le café était fermé.", new, old) == new[14:]


def test_korean_with_another_particle_is_changed():
    old = "정부는 오늘 새로운 대책을 발표했다. 회의는 내일 열린다."
    new = "속보다. 정부가 오늘 새로운 대책을 발표했다고 밝혔다. 회의는 내일 열린다."
    assert words("정부는 오늘 새로운 대책을 발표했다", new, old) == (
        "정부가 오늘 새로운 대책을 발표했다고 밝혔다"
    ) or words("정부는 오늘 새로운 대책을 발표했다", new, old).startswith(
        "정부가 오늘 새로운 대책을"
    )


def test_the_old_text_is_asked_for_once_and_only_when_it_differs():
    asked: list[str] = []

    def text_of(revision: str) -> str | None:
        asked.append(revision)
        return NEWS

    def mark(quote: str) -> Highlight:
        start = NEWS.index(quote)
        span = select(NEWS, start, start + len(quote))
        return Highlight(revision=sha256(NEWS), spans=(span,))

    today = Article(id="a", text=NEWS, revision=sha256(NEWS))
    assert Placer(today, text_of).highlight(mark("Kyiv")).fit == "exact"
    assert asked == []
    new = NEWS.replace("Kyiv", "Lviv")
    placer = Placer(Article(id="a", text=new, revision=sha256(new)), text_of)
    assert [placer.highlight(mark(q)).fit for q in ("Seoul", "Analysts")] == ["exact", "exact"]
    claim = Claim(revision=sha256(NEWS), hedge=Phrase("had", mark("expected").spans[0]))
    assert placer.claim(claim)[0].fit == "exact"
    assert asked == [sha256(NEWS)]


def test_an_old_text_that_does_not_hold_the_quote_is_not_followed():
    start = NEWS.index("Analysts")
    highlight = Highlight(
        revision=sha256(NEWS), spans=(select(NEWS, start, start + len("Analysts had expected")),)
    )
    new = "Seoul. " + NEWS
    today = Article(id="a", text=new, revision=sha256(new))
    placed = place(highlight, today, lambda _: "Something else altogether, and no part of it.")
    assert placed.extents == (Extent(start + 7, start + 7 + 21),)


WORDS = [
    *("Seoul", "said", "that", "the", "troops", "left.", "Kyiv", "did", "not", "a", "a", "3,000"),
    *("서울은", "밝혔다.", "👩\u200d👩\u200d👧", "e\u0301t\u00e9", "\u2028", "“so”", "'so'", "..."),
    *("--", "\ud800", "\n\n", "\n"),
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)


@settings(deadline=None)
@given(old=TEXTS, new=TEXTS, data=st.data())
def test_a_place_lies_in_the_text_and_only_the_very_same_words_are_exact_or_moved(old, new, data):
    if not old:
        return
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    span = select(old, start, end)
    for alignment in (Alignment(old, new), None):
        place = place_span(span, new, alignment)
        assert place == place_span(span, new, alignment)
        if place.extent is None:
            assert (place.fit, place.score) == ("orphan", 0.0)
            continue
        assert 0 <= place.extent.start < place.extent.end <= len(new)
        assert 0 < place.score <= 1
        if place.extent.of(new) != span.exact:
            assert place.fit == "changed"
        else:
            assert place.fit == ("exact" if place.extent == span.extent else "moved")


@settings(deadline=None)
@given(text=TEXTS, data=st.data())
def test_on_the_same_text_and_behind_new_sentences_everything_is_where_it_was(text, data):
    if not text.strip():
        return
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = select(text, start, end)
    if not span.exact.strip():
        return
    assert place_span(span, text, Alignment(text, text))[:2] == (Extent(start, end), "exact")
    first = Extent(start, min(len(text), end))
    inner = Extent(start, max(start + 1, (start + end) // 2))
    outer = place_span(select(text, *first), text, Alignment(text, text)).extent
    nested = place_span(select(text, *inner), text, Alignment(text, text)).extent
    assert nested is None or outer is None or nested.meets(outer)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 250_000, "a " * 249_000),
        (". " * 60_000, ". " * 58_001),
        ("a" * 1_000_000, "a" * 999_999 + "b"),
        ("x y. " * 40_000, "y x. " * 40_000),
        (
            "".join(f"Word {n} is here. " for n in range(20_000)),
            "".join(f"Ward {n * 7} was there. " for n in range(20_000)),
        ),
        ("\n\n" * 200_000, "\n" * 100_000),
    ],
    ids=["words", "marks", "one word", "swapped", "all sentences changed", "blank"],
)
def test_long_and_monotonous_texts_take_bounded_time(old, new):
    begin = time.process_time()
    alignment = Alignment(old, new)
    for start in range(0, 1000, 100):
        place_span(select(old, start, start + 50), new, alignment)
    assert time.process_time() - begin < 10


def test_texts_of_millions_of_letters_are_not_compared_but_their_quotes_are_found():
    old = "Seoul said nothing at all about the troops. " + "x" * 4_000_000
    new = "First. " + old
    highlight = Highlight(revision=sha256(old), spans=(select(old, 0, 42),))
    begin = time.process_time()
    placed = place(highlight, Article(id="a", text=new, revision=sha256(new)), lambda _: old)
    assert (placed.extents, placed.fit) == ((Extent(7, 49),), "moved")
    assert time.process_time() - begin < 1
