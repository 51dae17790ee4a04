"""Ids and claims in the few bytes that they take in the index."""

from __future__ import annotations

import json
import sqlite3
import zlib

from msgspec import Struct, msgpack
from msgspec.structs import replace

from tui.model.codec import from_json, to_json
from tui.model.ids import id_of_number, number_of_id
from tui.model.records import PROPOSED, Claim, Highlight, Hop, Phrase, Quantity, When
from tui.model.spans import Span
from tui.model.views import Status
from tui.store.index.kinds import Held


class Beside(Struct, frozen=True):
    """What stands beside a packed claim anyway: it takes no room in it."""

    record: str
    article: str  # the id in use
    revision: str
    created: str
    words: str


class _Packed(Struct, frozen=True, array_like=True):
    """A claim without its id; also without the article and the revision, if they stand beside it.

    The id of its highlight is in `highlight` alone, unless the two say another one.
    """

    article: bool
    revision: bool
    highlight: bytes
    held: Held


_encode = msgpack.Encoder().encode
_decode = msgpack.Decoder(_Packed).decode
_ODD = bytes(17)  # what an id begins with that is no ULID
_DAMAGED = ValueError, TypeError, zlib.error
_RAW = -zlib.MAX_WBITS  # neither head nor sum: SQLite's pages have none either


def _usual() -> bytes:
    """What packed claims have in common, a plain one at the end: it takes no room in them."""
    span = Span(1000, 1100, " ", " ", " ")
    phrase, said = Phrase(" ", span), Phrase("said")
    when = When(" ", span, "2025-01", "2025-01", "2025-01", "approximate", "2025-01", "typed")
    quantity = Quantity(" ", span, 1000, 1000, True, False, "people", "killed", "total", "about")
    hop = Hop(phrase, "role", Phrase("said", span), when, "B", True, "spokesman", "government")
    outlet = Hop(Phrase(" "), "document")
    plain = Claim(
        rev=1,
        by=" ",
        created="2025",
        modified="2025",
        statement=" ",
        chain=(outlet, Hop(Phrase(" "), "named", said)),
        when=When(edtf="2025", earliest="2025", latest="2025", rule="typed"),
        quantities=(Quantity(" ", None, 1000, 1000, unit="people", measure="killed"),),
        modality="reported",
        credibility="2",
    )
    full = replace(
        plain,
        origin=PROPOSED,
        chain=(replace(outlet, reliability="B"), hop),
        when=when,
        quantities=(quantity,),
        place=phrase,
        about=phrase,
        hedge=phrase,
    )
    marked = Highlight(spans=(Span(1000, 1100, " "),), tags=(" ",))
    usual = (
        Held(full, marked, Status("accepted", by=" ", time="2025", self_reviewed=True)),
        Held(plain, marked, Status("draft")),
    )
    return b"".join(_encode(_Packed(True, True, bytes(16), held)) for held in usual)


_USUAL = _usual()


def packed(record: str) -> bytes:
    """The id of a record in 16 bytes; one that is no ULID takes more."""
    try:
        return number_of_id(record).to_bytes(16)
    except ValueError:
        return _ODD + record.encode("utf-8", "surrogatepass")


def unpacked(record: bytes) -> str:
    """The id of a record from its bytes in the index."""
    if len(record) == 16:
        return id_of_number(int.from_bytes(record))
    return record.removeprefix(_ODD).decode("utf-8", "surrogatepass")


def packed_words(words: str) -> bytes:
    """Words in about four fifths of their bytes."""
    return _deflated(words.encode("utf-8", "surrogatepass"))


def unpacked_words(data: bytes) -> str:
    """Words from their bytes; raises sqlite3.DatabaseError if they are none."""
    try:
        return zlib.decompress(data, _RAW).decode("utf-8", "surrogatepass")
    except _DAMAGED as error:
        raise _as_sqlite_says(error) from error


def packed_claim(held: Held, beside: Beside) -> bytes:
    """A claim in few bytes, less what stands beside it."""
    claim, marked = held.claim, held.highlight
    article, revision = claim.article == beside.article, claim.revision == beside.revision
    highlight = packed(marked.id) if marked.id == claim.highlight else b""
    beside_it = {"id": True, "article": article, "revision": revision, "highlight": bool(highlight)}
    left = replace(claim, **{name: "" for name, there in beside_it.items() if there})
    marked = replace(marked, id="") if highlight else marked
    rest = _Packed(article, revision, highlight, Held(left, marked, held.status))
    try:
        data = _encode(rest)
    except (UnicodeEncodeError, OverflowError):  # half a surrogate pair, a number beyond 64 bits
        data = json.dumps([to_json(part) for part in (claim, held.highlight, held.status)]).encode()
    return _deflated(data, _known(beside))


def unpacked_claim(data: bytes, beside: Beside) -> Held:
    """A claim from its bytes, and what it was packed beside.

    Raises sqlite3.DatabaseError if they are none.
    """
    unpacking = zlib.decompressobj(_RAW, zdict=_known(beside))
    try:
        plain = unpacking.decompress(data) + unpacking.flush()
        if plain.startswith(b"["):
            claim, marked, status = json.loads(plain)
            found = from_json(Claim, claim), from_json(Highlight, marked), from_json(Status, status)
            return Held(*found)
        rest = _decode(plain)
    except _DAMAGED as error:
        raise _as_sqlite_says(error) from error
    claim, marked, left = rest.held.claim, rest.held.highlight, {"id": beside.record}
    if rest.article:
        left["article"] = beside.article
    if rest.revision:
        left["revision"] = beside.revision
    if rest.highlight:
        left["highlight"] = unpacked(rest.highlight)
        marked = replace(marked, id=left["highlight"])
    return Held(replace(claim, **left), marked, rest.held.status)


def _known(beside: Beside) -> bytes:
    return _USUAL + f"{beside.created}{beside.words}".encode("utf-8", "surrogatepass")


def _deflated(data: bytes, known: bytes = b"") -> bytes:
    packing = zlib.compressobj(wbits=_RAW, zdict=known) if known else zlib.compressobj(wbits=_RAW)
    return packing.compress(data) + packing.flush()


def _as_sqlite_says(error: Exception) -> sqlite3.DatabaseError:
    """What SQLite raises of a damaged file, for damaged bytes."""
    return sqlite3.DatabaseError(f"damaged: {error}")
