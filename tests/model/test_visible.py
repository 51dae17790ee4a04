"""Nothing that reaches a terminal acts on it, and every offset stays where it was."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.visible import HIDDEN, MARKS_IN_A_ROW, is_visible, visible

ODD = st.characters() | st.sampled_from(
    "\0\x07\b\t\n\x1b\x7f\x85\x9b\xad\u0301\u034f\u061c\u200b\u200d\u200e\u202e\u2028\u2065"
    "\u2066\u3164\ufe0f\ufeff\ufff9\ud800\udcff\U000e0041"
)
# Unicode's Default_Ignorable_Code_Point, but for the joiners and selectors that emoji need.
IGNORABLE = [
    (0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5),
    (0x180B, 0x180F), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F),
    (0x3164, 0x3164), (0xFE00, 0xFE0D), (0xFEFF, 0xFEFF), (0xFFA0, 0xFFA0), (0xFFF0, 0xFFFB),
    (0x1BCA0, 0x1BCA3), (0x1D173, 0x1D17A), (0xE0000, 0xE0FFF),
]  # fmt: skip


@given(st.text(ODD))
def test_what_is_visible_is_as_long_as_the_text_and_stays_as_it_is(text: str) -> None:
    shown = visible(text)
    assert len(shown) == len(text)
    assert visible(shown) == shown
    assert is_visible(shown)
    assert is_visible(text) == (shown == text)


@given(st.text(ODD))
def test_no_control_no_surrogate_and_no_line_separator_is_left(text: str) -> None:
    kinds = {unicodedata.category(char) for char in visible(text)}
    assert not kinds & {"Cc", "Cs", "Zl", "Zp"}


def test_no_code_point_that_unicode_calls_ignorable_is_left() -> None:
    left = [
        f"U+{code:04X}"
        for first, last in IGNORABLE
        for code in range(first, last + 1)
        if visible(chr(code)) == chr(code)
    ]
    assert left == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred\x07", "␛[31mred␇"),
        ("a\tb\r\n", "a␉b␍␊"),
        ("del\x7f", "del␡"),
        ("\x9b2J", "\ufffd2J"),
        ("\udcff.txt", "\ufffd.txt"),
        ("a\u202egpj.exe", f"a{HIDDEN}gpj.exe"),
        ("\ufeffno\u200bbreak", f"{HIDDEN}no{HIDDEN}break"),
    ],
)
def test_what_would_act_on_the_terminal_is_shown(text: str, shown: str) -> None:
    assert visible(text) == shown


@pytest.mark.parametrize(
    "text",
    ["한국어 뉴스", "日本語", "👨‍👩‍👧‍👦 🇰🇷 ❤️", "می‌خواهم", "naïve cafe\u0301", "مرحبا", "“—”…"],
)
def test_the_scripts_of_the_world_are_left_alone(text: str) -> None:
    assert visible(text) == text


def test_a_tower_of_combining_marks_ends_after_the_eighth() -> None:
    tower = "a" + "\u0301" * 12 + "b" + "\u0301"
    shown = visible(tower)
    assert shown == "a" + "\u0301" * MARKS_IN_A_ROW + HIDDEN * 4 + "b\u0301"


def test_only_combining_marks_count_and_a_text_may_begin_with_them() -> None:
    eight, mark = "\u0301" * MARKS_IN_A_ROW, "\u0301"
    assert visible(eight) == eight
    assert visible(eight + mark) == eight + HIDDEN
    assert visible(mark * 4 + "\u20dd" * 4 + mark) == mark * 4 + "\u20dd" * 4 + HIDDEN  # circles
    letters = "가" * 20 + "e\u0301" + "한" * 20
    assert visible(letters) == letters
    assert visible(f"{eight}a{eight}") == f"{eight}a{eight}"


def test_each_kind_of_odd_code_point_has_its_picture() -> None:
    for code in range(0x20):
        assert visible(chr(code)) == chr(0x2400 + code)
    assert [visible(c) for c in " ~\x7f\xa0"] == [" ", "~", "\u2421", "\xa0"]
    for code in (0x80, 0x81, 0x9E, 0x9F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF):
        assert visible(chr(code)) == "\ufffd"
    for code in (0xA0, 0xA1, 0xD7FF, 0xE000, 0x200C, 0x200D, 0xFE0E, 0xFE0F, 0xFFFC, 0xFFFD):
        assert visible(chr(code)) == chr(code)
    for code in (0x1160, 0x2028, 0x2029, 0x2800, 0x3164, 0xFE00, 0xFFF0, 0xFFF8, 0xE0000, 0xE0FFF):
        assert visible(chr(code)) == HIDDEN
    for char in "\u180a\u1810\ufe10\uffee\ufff9\U000dffff\U000e1000":
        assert visible(char) in (char, HIDDEN)
        assert (visible(char) == HIDDEN) == (unicodedata.category(char) == "Cf")


@given(st.text(ODD))
def test_what_is_to_be_kept_is_kept(text: str) -> None:
    shown = visible(text, keep="\n\t")
    assert [i for i, c in enumerate(shown) if c in "\n\t"] == [
        i for i, c in enumerate(text) if c in "\n\t"
    ]
    assert "\x1b" not in shown
