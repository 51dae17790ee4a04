"""What comes in from a terminal: whole pieces, however it was cut; nothing odd becomes a key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual import events

from tui.terminal.driver import Keys
from tui.terminal.typed import LONGEST, PASTE_BEGIN, PASTE_END, Piece, Typed

BITS = st.sampled_from(
    [
        "j",
        "1",
        "한",
        "\r",
        "\x1b",
        "\x1b[A",
        "\x1b[1;5C",
        "\x1b[<0;3;4M",
        "\x1b[?2026;2$y",
        "\x1bOP",
        "\x1b]11;rgb:0/0/0\x07",
        "\x1bP>|term\x1b\\",
        PASTE_BEGIN,
        PASTE_END,
        "\x1b[20",
        "\x00",
        "\x9b",
        "\ufffd",
    ]
)


def joined(pieces: list[Piece]) -> list[Piece]:
    """The pieces with keys that follow each other as one."""
    found: list[Piece] = []
    for piece in pieces:
        if found and piece.kind == found[-1].kind == "keys":
            found[-1] = Piece("keys", found[-1].text + piece.text)
        else:
            found.append(piece)
    return found


@given(st.lists(BITS, max_size=12).map("".join), st.lists(st.integers(1, 5), max_size=40))
def test_it_does_not_matter_where_the_stream_is_cut(text: str, sizes: list[int]) -> None:
    whole, cut = Typed(), Typed()
    expected = joined(list(whole.feed(text)))
    found: list[Piece] = []
    rest = text
    for size in sizes:
        found += cut.feed(rest[:size])
        rest = rest[size:]
    found += cut.feed(rest)
    assert joined(found) == expected
    assert cut.waiting == whole.waiting


@given(st.text(alphabet="j1;\x1b[]~M\r\n\x03\x00", max_size=60))
def test_nothing_in_a_paste_is_a_key(pasted: str) -> None:
    typed = Typed()
    pieces = list(typed.feed(PASTE_BEGIN + pasted.replace(PASTE_END, "") + PASTE_END + "k"))
    assert pieces == [Piece("paste", pasted), Piece("keys", "k")]
    assert not typed.waiting


@pytest.mark.parametrize(
    "odd",
    [
        "\x1b[99;99q",
        "\x1b[?1;2;4c",
        "\x1b[1 1q",
        "\x1b[999999999999u",
        "\x1b[1114112;1u",
        "\x1b[" + "9" * 400 + "~",
        "\x1b]11;rgb:1111/2222/3333\x1b\\",
        "\x1b]52;c;cXF4MQ==\x07",
        "\x1bP1$r0 q\x1b\\",
        "\x1b_Gi=1;OK\x1b\\",
        "\x1bO~",
        "\x1b[\x9d",
        "\x9b1~".replace("1~", ""),
        "\ufffd\ufffd",
    ],
)
def test_what_nobody_knows_is_no_key_and_the_key_behind_it_is(odd: str) -> None:
    typed, keys = Typed(), Keys()
    found = [event for piece in typed.feed(odd + "k") for event in keys.of(piece)]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["k"]


@pytest.mark.parametrize("begun", ["\x1b[", "\x1b[1;2", "\x1b]0;title", "\x1bP", "\x1bO"])
def test_a_sequence_that_is_broken_off_is_dropped_after_a_while(begun: str) -> None:
    typed = Typed()
    assert list(typed.feed(begun)) == []
    assert list(typed.silence(0.5)) == []
    assert list(typed.silence(1.5)) == []
    assert list(typed.feed("j")) == [Piece("keys", "j")]


def test_a_string_without_an_end_does_not_swallow_the_keyboard() -> None:
    typed = Typed()
    list(typed.feed("\x1b]" + "x" * LONGEST))
    assert list(typed.feed("j")) == [Piece("keys", "j")]


def test_a_paste_without_an_end_ends_with_silence() -> None:
    typed = Typed()
    assert list(typed.feed(PASTE_BEGIN + "jjq\x1b")) == []
    assert list(typed.silence(1.0)) == []
    assert list(typed.silence(2.5)) == [Piece("paste", "jjq\x1b")]
    assert list(typed.feed("j")) == [Piece("keys", "j")]


def test_a_lone_escape_is_a_key_after_a_moment() -> None:
    typed = Typed()
    assert list(typed.feed("\x1b")) == []
    assert list(typed.silence(0.05)) == []
    assert list(typed.silence(0.15)) == [Piece("escape", "\x1b")]


def test_escape_and_quickly_another_key_are_both() -> None:
    typed, keys = Typed(), Keys()
    found = [event for piece in typed.feed("\x1bj") for event in keys.of(piece)]
    assert [event.key for event in found if isinstance(event, events.Key)] == ["escape", "j"]


@pytest.mark.parametrize(
    ("sequence", "key"),
    [
        ("\x1b[A", "up"),
        ("\x1b[1;5C", "ctrl+right"),
        ("\x1bOP", "f1"),
        ("\x1b[[A", "f1"),
        ("\x1b[3~", "delete"),
        ("\x1b[Z", "shift+tab"),
        ("\x1b[27u", "escape"),
    ],
)
def test_keys_that_come_as_sequences_are_known(sequence: str, key: str) -> None:
    typed, keys = Typed(), Keys()
    found = [event for piece in typed.feed(sequence) for event in keys.of(piece)]
    assert [event.key for event in found if isinstance(event, events.Key)] == [key]


def test_the_mouse_is_known_after_something_odd_too() -> None:
    typed, keys = Typed(), Keys()
    text = "\x1b[99;99q\x1b[<0;3;4M\x1b[<0;3;4m\x1b[<64;3;4M"
    found = [event for piece in typed.feed(text) for event in keys.of(piece)]
    kinds = [type(event) for event in found]
    assert kinds == [events.MouseDown, events.MouseUp, events.MouseScrollUp]
