"""Identifiers: ULIDs for records and steps, analysts' folder names, article ids."""

from __future__ import annotations

import base64
import hashlib
import os
import re
import threading
import time
import unicodedata

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {c: i for i, c in enumerate(CROCKFORD)}
_PAIRS = [a + b for a in CROCKFORD for b in CROCKFORD]  # by ten bits: half as many to join
_SHIFTS = tuple(range(120, -1, -10))
_RANDOM_BITS = 80
_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A fresh ULID (26 characters, Crockford base32), greater than every one this process made.

    48 bits of milliseconds since 1970, then 80 random ones, as the ULID specification says;
    within one millisecond the last one plus one.
    """
    global _last  # one counter a process: ids sort in the order of making
    with _lock:
        now = time.time_ns() // 1_000_000
        fresh = now << _RANDOM_BITS | int.from_bytes(os.urandom(_RANDOM_BITS // 8))
        _last = fresh if fresh >> _RANDOM_BITS > _last >> _RANDOM_BITS else _last + 1
        return id_of_number(_last)


def id_of_number(number: int) -> str:
    """The 26 characters of a ULID given as an integer below 2**128."""
    return "".join([_PAIRS[number >> shift & 1023] for shift in _SHIFTS])


def number_of_id(ulid: str) -> int:
    """The integer of a ULID; raises ValueError if it is not one."""
    if len(ulid) != 26 or ulid[0] > "7":
        raise ValueError(f"{ulid!r} is not a ULID")
    number = 0
    for letter in ulid:
        if letter not in _VALUES:
            raise ValueError(f"{ulid!r} is not a ULID")
        number = number << 5 | _VALUES[letter]
    return number


def sha256(data: bytes | str) -> str:
    """Hexadecimal SHA-256 of bytes, or of a text's UTF-8 (lone surrogates kept apart)."""
    if isinstance(data, str):
        data = data.encode("utf-8", "surrogatepass")
    return hashlib.sha256(data).hexdigest()


def article_id(identity: str) -> str:
    """16 lower-case base32 characters of SHA-256 over a guid, a URL or a canonical text."""
    return article_id_of_text(sha256(identity))


def article_id_of_text(revision: str) -> str:
    """The article id over a text whose hexadecimal SHA-256 is known."""
    return base64.b32encode(bytes.fromhex(revision[:20])).decode("ascii").lower()


def is_article_id(text: str) -> bool:
    """Whether a text may be the id of an article: 2 to 64 ASCII letters and digits, so no path."""
    return re.fullmatch(r"[A-Za-z0-9]{2,64}", text) is not None


def folder_of(analyst: str) -> str:
    """The folder name of an analyst: `[a-z0-9][a-z0-9_-]{0,31}`.

    A name that is not one already is folded to ASCII and 6 hex digits of its hash are added, so
    that two names never share a folder.
    """
    if re.fullmatch(r"[a-z0-9][a-z0-9_-]{0,31}", analyst):
        return analyst
    plain = unicodedata.normalize("NFKD", analyst).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:25].rstrip("-") or "analyst"
    return f"{plain}-{sha256(unicodedata.normalize('NFC', analyst))[:6]}"
