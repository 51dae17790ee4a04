"""Identifiers: in order, reversible, and never the same for two analysts."""

from __future__ import annotations

import re
import unicodedata
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.model.ids import (
    article_id,
    folder_of,
    id_of_number,
    new_id,
    number_of_id,
    sha256,
)

FOLDER = re.compile(r"[a-z0-9][a-z0-9_-]{0,31}")


def test_ids_made_by_several_threads_at_once_are_all_different_and_each_threads_are_in_order() -> (
    None
):
    made: list[list[str]] = [[] for _ in range(4)]

    def make(into: list[str]) -> None:
        into.extend(new_id() for _ in range(500))

    threads = [Thread(target=make, args=(into,)) for into in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({ulid for into in made for ulid in into}) == 2000
    assert all(into == sorted(into) for into in made)


def test_an_id_holds_the_millisecond_in_which_it_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.model.ids._last", 0)
    monkeypatch.setattr("time.time_ns", lambda: 1_738_767_190_123_456_789)
    assert number_of_id(new_id()) >> 80 == 1_738_767_190_123


def test_ids_keep_their_order_when_the_clock_is_set_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.model.ids._last", 0)
    first = new_id()
    monkeypatch.setattr("time.time_ns", lambda: 1_000_000_000)
    assert new_id() > first


@given(st.integers(0, 2**128 - 1), st.integers(0, 2**128 - 1))
def test_an_id_is_its_number_and_sorts_like_it(one: int, other: int) -> None:
    assert number_of_id(id_of_number(one)) == one
    assert (id_of_number(one) < id_of_number(other)) == (one < other)


def test_the_greatest_id_is_the_one_of_the_specification() -> None:
    assert id_of_number(2**128 - 1) == "7ZZZZZZZZZZZZZZZZZZZZZZZZZ"


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "7ZZZZZZZZZZZZZZZZZZZZZZZZ",
        "8ZZZZZZZZZZZZZZZZZZZZZZZZZ",
        "01JKB3V8ZZ0000000000000O0I",
        "01jkb3v8zz0000000000000000",
    ],
    ids=["nothing", "too short", "too great", "letters that are no digits", "small letters"],
)
def test_what_is_no_ulid_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="is not a ULID"):
        number_of_id(wrong)


@given(st.text(), st.text())
def test_an_article_id_is_sixteen_characters_of_base32_and_follows_from_the_identity(
    one: str, other: str
) -> None:
    assert re.fullmatch("[a-z2-7]{16}", article_id(one))
    assert (article_id(one) == article_id(other)) == (one == other)


def test_a_text_and_its_utf8_have_the_same_hash_and_a_lone_surrogate_has_one_too() -> None:
    assert sha256("조선 — news") == sha256("조선 — news".encode())
    assert sha256("\ud800") != sha256("\ufffd")


@given(st.text(max_size=60))
def test_the_folder_of_an_analyst_is_a_safe_file_name(name: str) -> None:
    assert FOLDER.fullmatch(folder_of(name))
    assert folder_of(folder_of(name)) == folder_of(name)


NAMES = st.text("aA-_ éÉ김", max_size=6)


@given(NAMES, NAMES)
def test_two_analysts_never_share_a_folder(one: str, other: str) -> None:
    assert (folder_of(one) == folder_of(other)) == (one == other)


def test_a_name_is_the_same_however_its_accents_are_encoded() -> None:
    composed, parted = (unicodedata.normalize(form, "김 José") for form in ("NFC", "NFD"))
    assert composed != parted
    assert folder_of(composed) == folder_of(parted)
    assert folder_of(composed).startswith("jose-")
