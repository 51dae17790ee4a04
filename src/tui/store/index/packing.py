"""Ids and claims in the few bytes that they take in the index."""

from __future__ import annotations

import zlib

from msgspec import msgpack

from tui.model.ids import id_of_number, number_of_id
from tui.model.records import Claim, Highlight, Hop, Phrase, Quantity, When
from tui.model.spans import Span
from tui.model.views import Status
from tui.store.index.kinds import Held

_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(Held).decode
_SPAN = Span(0, 0, "")
_HOP = Hop(Phrase("", _SPAN), "named", Phrase("said"), reliability="B")
_WHEN = When("", _SPAN, edtf="2025", earliest="2025", latest="2025")
_CLAIM = Claim(chain=(_HOP,), when=_WHEN, quantities=(Quantity("", _SPAN),), modality="reported")
# What nearly every packed claim has in common: it takes no room in them.
_USUAL = _encode(Held(_CLAIM, Highlight(spans=(_SPAN,)), Status("accepted")))


def packed(record: str) -> bytes:
    """The id of a record in 16 bytes; one that is no ULID as it is."""
    try:
        return number_of_id(record).to_bytes(16)
    except ValueError:
        return record.encode("utf-8", "backslashreplace")


def unpacked(record: bytes) -> str:
    """The id of a record from its bytes in the index."""
    return id_of_number(int.from_bytes(record)) if len(record) == 16 else record.decode()


def packed_claim(held: Held, beside: str) -> bytes:
    """A claim in few bytes, less what its row has `beside` it anyway: when it was, its words."""
    packing = zlib.compressobj(1, zdict=_USUAL + beside.encode())
    return packing.compress(_encode(held)) + packing.flush()


def unpacked_claim(data: bytes, beside: str) -> Held:
    """A claim from its bytes, and what it was packed beside.

    Raises ValueError or zlib.error if they are none.
    """
    unpacking = zlib.decompressobj(zdict=_USUAL + beside.encode())
    return _decode(unpacking.decompress(data) + unpacking.flush())
