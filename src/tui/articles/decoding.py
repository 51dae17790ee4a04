"""Bytes to canonical text: decoded, byte-order mark dropped, CRLF and CR to LF, nothing else."""

from __future__ import annotations

import codecs

from msgspec import Struct

from tui.articles.binary import UNKNOWN, kind_of

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SAVE_AS_TEXT = "save its text as .txt and open that"
_UNPACK = "unpack it and open what is in it"
_NAME_ENCODING = "if it is text all the same, name its encoding with --encoding"


class UnreadableError(ValueError):
    """Bytes that are no article; `str()` is one sentence with the file, the place and the mend.

    `lasting`: the same bytes will be refused again, by the same reader with the same limits.
    """

    def __init__(self, what: str, mend: str, path: str = "", *, lasting: bool = True) -> None:
        super().__init__(f"{path or 'this file'} {what}: {mend}")
        self.what = what
        self.mend = mend
        self.lasting = lasting

    def named(self, path: str) -> UnreadableError:
        """The same error with the name of the file in its sentence."""
        return UnreadableError(self.what, self.mend, path, lasting=self.lasting)


class Decoded(Struct, frozen=True):
    """A canonical text, the encoding it was read with, and how many bytes could not be read.

    `whole` says that the text in UTF-8 is these very bytes, which need not be made again then.
    `basis` is what the encoding was known by: `named` by the caller, `mark`, `valid` (UTF-8),
    `declared` by the document; empty if it was guessed.
    """

    text: str
    encoding: str
    replaced: int = 0
    whole: bool = False
    basis: str = ""


def decode(data: bytes, encoding: str = "") -> Decoded:
    """The canonical text of some bytes.

    A byte-order mark decides; then UTF-8 if the bytes are that; else it is guessed, see
    `guessing`. `encoding` overrides all of this but the mark of the same encoding. Bytes that fit
    no character become U+FFFD and are counted in `replaced`.

    Raises UnreadableError for pictures, programs and the like, and for an unknown `encoding`.
    """
    if encoding:
        return _decode_as(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _finished(data[len(mark) :], name, "mark")
    what = kind_of(data)
    if what and what != UNKNOWN:
        mend = _UNPACK if what.endswith("archive") else _SAVE_AS_TEXT
        raise UnreadableError(f"is {what}, not text", mend)
    # Before what is no text is refused: ISO-2022-KR has a control character at each word.
    if b"\x1b$" in data and data.isascii() and (escaped := _escaped(data)):
        return _finished(data, escaped)
    if not what:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            whole = b"\r" not in data
            text = text if whole else _canonical(text)
            return Decoded(text, "utf-8", whole=whole, basis="valid")
    # Most texts are UTF-8 and need none of this.
    from tui.articles.guessing import guess, guess_units

    units = guess_units(data)
    if what and not units:
        raise UnreadableError(f"is {what}, not text", _NAME_ENCODING)
    return _finished(data, units or guess(data))


def _escaped(data: bytes) -> str:
    from tui.articles.guessing import guess_escaped

    return guess_escaped(data)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    try:
        name = codecs.lookup(encoding).name
        b"".decode(name)
    except (LookupError, ValueError) as error:
        mend = "name one such as utf-8, cp949 or windows-1252"
        raise UnreadableError(f"cannot be read: there is no encoding {encoding!r}", mend) from error
    family = {"utf-16": "utf-16-le", "utf-32": "utf-32-le", "utf-8-sig": "utf-8"}
    wanted = family.get(name, name)
    for mark, marked in _MARKS:
        if data.startswith(mark) and (marked == wanted or marked.startswith(f"{name}-")):
            return _finished(data[len(mark) :], marked, "mark")
    return _finished(data, wanted, "named")


def _finished(data: bytes, encoding: str, basis: str = "") -> Decoded:
    text, replaced = _decoded(data, encoding)
    return Decoded(_canonical(text), encoding, replaced, basis=basis)


def _decoded(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, and how many bytes were replaced."""
    try:
        return data.decode(encoding), 0
    except UnicodeError:
        pass
    try:
        text = data.decode(encoding, "replace")
    except (UnicodeError, LookupError) as error:
        mend = "name another with --encoding"
        raise UnreadableError(f"cannot be read as {encoding}", mend) from error
    return text, _count_replaced(data, text, encoding)


def _count_replaced(data: bytes, text: str, encoding: str) -> int:
    """How many bytes became U+FFFD: all but those of the other characters, or one for each."""
    try:
        own = "\ufffd".encode(encoding)  # it may also stand in the text itself
        whole = data.count(own) if encoding.startswith("utf") or encoding == "gb18030" else 0
        kept = text.replace("\ufffd", "").encode(encoding)
        return max(1, len(data) - len(kept) - whole * len(own))
    except UnicodeError:
        return max(1, text.count("\ufffd"))


def _canonical(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
