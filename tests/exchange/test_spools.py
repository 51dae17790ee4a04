"""Pieces of a text are read back as they were, in any order, and what they refer to is named."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.exchange.spools import Spool, reference, resolved

TEXTS = st.text(st.characters(), max_size=20)  # lone surrogates too


@given(st.lists(TEXTS, max_size=6), st.randoms())
def test_pieces_come_back_as_they_were_in_any_order(pieces, chance):
    with Spool() as spool:
        places = [(spool.put(piece), piece) for piece in pieces]
        assert list(spool) == pieces
        chance.shuffle(places)
        assert all(spool.at(place) == piece for place, piece in places)


@given(TEXTS, TEXTS, TEXTS.map(lambda text: text.replace("\0", "")))
def test_a_reference_becomes_the_name_of_its_record_whatever_its_id(one, other, between):
    piece = f"{reference(one)}{between}{reference(other)}"
    assert resolved(piece, lambda name: f"<{name}>") == f"<{one}>{between}<{other}>"
