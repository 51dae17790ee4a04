from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from wcwidth import iter_graphemes

from tui.model.visible import visible
from tui.widgets import wrapping
from tui.widgets.wrapping import GAP, Passage, drawn_text

FAMILY = "👩‍👩‍👧‍👦"
NASTY = [
    *"abz 09.,-—/'’“”()…\t\n\u00a0\u3000",
    *"한국어가힣ㅋ각漢字、。「」かなーッ",
    FAMILY,
    "👍🏽",
    "🇰🇷",
    "🇰",
    "❤️",
    "☎︎",
    "1️⃣",
    "e\u0301",
    "a" + "\u0301" * 12,
    "क्षि",
    "\u1100\u1161\u11a8",
    "\u200d",
    "\ufe0f",
    "\u0301",
    "\u200b",
    "\u202e",
    "\u200f",
    "\ufeff",
    "\x1b[31m",
    "\x00",
    "\x07",
    "\x7f",
    "\x85",
    "\u2028",
    "\x0c",
    "\ud800",
    "🏴\U000e0067\U000e0062\U000e007f",
    "ක්\u200dර",
    *"กรุงเทพฯน้ำที่",
    *"العربيةّ",
    *"שלוֹם",
    "🏳️\u200d🌈",
    "👨\u200d👩",
    "नमस्ते",
    "க்ஷ",
]
texts = st.lists(st.sampled_from(NASTY), max_size=60).map("".join) | st.text(max_size=60)
widths = st.integers(1, 80)


def rows_of(passage: Passage) -> list[tuple[int, int]]:
    return [passage.row(index) for index in range(len(passage))]


def words_of(passage: Passage, index: int) -> str:
    start = passage.row(index)[0]
    return "".join(passage.pictures(index, (start, passage.body_end(index))))


@given(texts, widths)
def test_rows_cover_the_text_in_order_and_without_a_gap(text: str, width: int) -> None:
    passage = Passage(7, text, width)
    rows = rows_of(passage)
    assert rows[0][0] == 7
    assert rows[-1][1] == 7 + len(text)
    assert all(before[1] == after[0] for before, after in pairwise(rows))
    assert all(start < end for start, end in rows) or not text


@given(texts, st.integers(2, 80))
@example("a\u200db c", 4)
@example("x" + "\u0301" * 100, 10)
@example("\u3000\u0e33", 2)
@example("a" + "\u0e33" * 6, 4)
def test_what_is_drawn_of_a_row_fits_its_cells(text: str, width: int) -> None:
    passage = Passage(0, text, width)
    for index in range(len(passage)):
        assert cell_len(words_of(passage, index)) <= width


@given(texts, st.integers(2, 80))
def test_nothing_that_acts_on_a_terminal_is_drawn(text: str, width: int) -> None:
    passage = Passage(0, text, width)
    for index in range(len(passage)):
        words = words_of(passage, index)
        assert visible(words) == words
        assert "\n" not in words


@given(texts, st.integers(20, 80))
def test_no_row_ends_inside_a_grapheme(text: str, width: int) -> None:
    passage = Passage(0, text, width)
    edges, at = {0}, 0
    for cluster in iter_graphemes(text):
        at += len(cluster)
        edges.add(at)
    assert all(start in edges for start, _ in rows_of(passage))


@given(texts, st.integers(2, 80))
def test_an_offset_leads_to_a_cell_and_back(text: str, width: int) -> None:
    passage = Passage(3, text, width)
    for index in range(len(passage)):
        for atom in passage.atoms(index):
            if not atom.cells:
                continue
            assert passage.cell_of(atom.start) == (index, atom.cell)
            for cell in range(atom.cell, atom.cell + atom.cells):
                assert passage.offset_at(index, cell) == atom.start


@given(texts, st.integers(2, 80), st.data())
def test_pieces_of_a_row_are_drawn_as_wide_as_the_whole(
    text: str, width: int, data: st.DataObject
) -> None:
    passage = Passage(0, text, width)
    index = data.draw(st.integers(0, len(passage) - 1))
    start, end = passage.row(index)[0], passage.body_end(index)
    low, high = sorted(data.draw(st.tuples(st.integers(start, end), st.integers(start, end))))
    low, high = passage.snapped(index, low, high)
    if low >= high:
        return
    cuts = sorted({start, low, high, end})
    parts = passage.pictures(index, cuts)
    assert "".join(parts) == words_of(passage, index)
    cells = {atom.start: atom.cell for atom in passage.atoms(index)}
    assert cell_len("".join(parts[: cuts.index(low)])) == cells[low]


@given(texts, st.integers(2, 80), st.data())
def test_a_highlight_covers_its_code_points_and_whole_graphemes_alone(
    text: str, width: int, data: st.DataObject
) -> None:
    passage = Passage(0, text, width)
    start, end = sorted(data.draw(st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))))
    edges = {0}
    for cluster in iter_graphemes(drawn_text(text)):
        edges.add(max(edges) + len(cluster))
    for index in range(len(passage)):
        low, high = passage.snapped(index, start, end)
        first, last = passage.row(index)[0], passage.body_end(index)
        if max(start, first) >= min(end, last):
            continue
        assert low <= max(start, first) < min(end, last) <= high, "all of it is covered"
        assert first <= low, "and nothing of another row"
        for edge in (low, high):
            assert edge in edges or edge == last, "no grapheme is cut"


@given(texts)
def test_the_drawn_text_is_as_long_as_the_canonical(text: str) -> None:
    assert len(drawn_text(text)) == len(text)


def test_every_simple_code_point_is_a_grapheme_of_the_cells_it_is_taken_for() -> None:
    simple = [chr(c) for c in range(0x20, 0x10000) if wrapping._is_simple(chr(c))]
    simple.remove("\n") if "\n" in simple else None
    assert len(simple) > 40_000
    together = "".join(simple)
    assert list(iter_graphemes(together)) == simple
    assert list(iter_graphemes(together[::-1])) == simple[::-1]
    assert cell_len(together) == sum(cell_len(char) for char in simple)
    assert all(cell_len(char) == (2 if wrapping._wide().uneven(char) else 1) for char in simple)


def lines(text: str, width: int) -> list[str]:
    passage = Passage(0, text, width)
    return [words_of(passage, index) for index in range(len(passage))]


def test_hard_wrapped_text_reflows() -> None:
    text = "One line that was\nbroken by hand,\n   and   then some."
    assert lines(text, 40) == ["One line that was broken by hand, and", "then some."]


def test_a_sentence_broken_over_blank_lines_is_closed_up() -> None:
    assert lines("would diminish\n\n\n\nvery quickly", 40) == ["would diminish very quickly"]


def test_broken_chinese_is_joined_without_a_blank_and_korean_with_one() -> None:
    assert lines("漢字\n漢字", 40) == ["漢字漢字"]
    assert lines("북한군이\n배치됐다", 40) == ["북한군이 배치됐다"]


def test_korean_breaks_at_blanks_and_only_a_long_word_inside() -> None:
    assert lines("국가정보원은 러시아에 파병된", 20) == ["국가정보원은", "러시아에 파병된"]
    assert lines("가나다라마바사", 6) == ["가나다", "라마바", "사"]


def test_chinese_breaks_anywhere_but_not_before_closing_or_behind_opening_marks() -> None:
    assert lines("漢字漢字。漢字", 8) == ["漢字漢", "字。漢字"]
    assert lines("漢字漢「字」", 8) == ["漢字漢", "「字」"]


@pytest.mark.parametrize(
    ("text", "width", "expected"),
    [
        ("the Russia-Ukraine war", 14, ["the Russia-", "Ukraine war"]),
        ("minus -5 and 2024-25", 8, ["minus -5", "and", "2024-25"]),
        ("either/or", 8, ["either/", "or"]),
        ("word—word", 6, ["word—", "word"]),
    ],
)
def test_hyphens_slashes_and_dashes_between_letters_may_end_a_row(
    text: str, width: int, expected: list[str]
) -> None:
    assert lines(text, width) == expected


def test_a_tab_goes_to_the_next_stop_of_its_row() -> None:
    assert lines("ab\tc\td", 40) == ["ab      c       d"]
    passage = Passage(0, "ab\tc", 40)
    assert passage.cell_of(3) == (0, 8)
    assert passage.offset_at(0, 5) == 2


def test_a_family_is_one_step_of_two_cells() -> None:
    passage = Passage(0, f"a{FAMILY}b", 10)
    assert [(atom.cell, atom.cells) for atom in passage.atoms(0)] == [(0, 1), (1, 2), (3, 1)]
    assert passage.snapped(0, 3, 4) == (1, 1 + len(FAMILY))


def test_a_hidden_direction_mark_is_shown_as_a_box() -> None:
    assert lines("abc\u202edef", 20) == ["abc\u25afdef"]
    assert GAP not in lines("a\n\nb", 20)[0]


@settings(deadline=None, max_examples=5)
@given(st.sampled_from(["word ", "국가정보원은 ", "x", "é\u0301 ", FAMILY]))
def test_a_chunk_is_wrapped_in_milliseconds(unit: str) -> None:
    text = (unit * 4096)[:4096]
    begun = time.process_time()
    Passage(0, text, 76)
    assert time.process_time() - begun < 0.1
