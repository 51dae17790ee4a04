"""Claims and words in few bytes: they come back as they were, and damage is told."""

from __future__ import annotations

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.recording import EXTRA, TEXT, claims, few, spans

from tui.model.ids import new_id
from tui.model.records import Highlight
from tui.model.views import STATUSES, Status
from tui.store.index.kinds import Held
from tui.store.index.packing import (
    Beside,
    packed,
    packed_claim,
    packed_words,
    unpacked,
    unpacked_claim,
    unpacked_words,
)

IDS = st.builds(new_id) | st.sampled_from(["", "claim 1", "한국", "x" * 26, "y" * 16])
REVISIONS = st.sampled_from(["", "ab" * 32, "cd" * 32, "odd"])
CLAIMS = claims(id=IDS, article=IDS, created=TEXT, by=TEXT, rev=st.integers(0, 9), extra=EXTRA)
STATUS = st.builds(Status, st.sampled_from(STATUSES), flagged=st.booleans(), by=TEXT, time=TEXT)


@st.composite
def helds(draw: st.DrawFn) -> Held:
    claim = draw(CLAIMS)
    marked = Highlight(id=draw(IDS), spans=draw(few(spans())), tags=draw(few(TEXT)))
    named = st.just(marked.id) | IDS
    claim = replace(claim, highlight=draw(named), revision=draw(REVISIONS), note=draw(TEXT))
    return Held(claim, marked, draw(STATUS))


@given(helds(), IDS, REVISIONS, TEXT, TEXT)
def test_a_claim_comes_back_as_it_was(
    held: Held, article: str, revision: str, created: str, words: str
) -> None:
    here = held.claim.article, held.claim.revision
    for beside in (
        Beside(held.claim.id, article, revision, created, words),
        Beside(held.claim.id, *here, held.claim.created, held.claim.statement),
    ):
        assert unpacked_claim(packed_claim(held, beside), beside) == held


@given(IDS, TEXT)
def test_ids_and_words_come_back_as_they_were(record: str, words: str) -> None:
    assert unpacked(packed(record)) == record
    assert unpacked_words(packed_words(words)) == words


def test_what_is_damaged_is_told_as_sqlite_tells_it() -> None:
    beside = Beside("01JMG1WY0BYDACHZVAGYW6F46V", "a" * 16, "", "", "")
    with pytest.raises(sqlite3.DatabaseError, match="damaged"):
        unpacked_words(b"\xff\xff")
    with pytest.raises(sqlite3.DatabaseError, match="damaged"):
        unpacked_claim(b"\xff\xff", beside)
    with pytest.raises(sqlite3.DatabaseError, match="damaged"):
        unpacked_claim(packed_words("no claim"), beside)
