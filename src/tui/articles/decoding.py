"""Bytes to canonical text: decoded, byte-order mark dropped, CRLF and CR to LF, nothing else."""

from __future__ import annotations

import codecs
import re
import threading

from msgspec import Struct

_SAMPLE = 1 << 16  # bytes looked at to tell text from something else
_CONTROL_SHARE = 0.02  # more control characters than that and it is no text
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\b\t\n\v\f\r\x1b") + b"\x7f"

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "a ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"\x7fELF", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xfe\xed\xfa\xcf", "a program"),
    (b"\xca\xfe\xba\xbe", "a program"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"ID3", "an MP3 recording"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
)
# These letters may also begin a text; only with control characters behind them are they meant.
_MAGIC_IF_BINARY = (
    (b"BM", "a BMP picture"),
    (b"MZ", "a program"),
    (b"RIFF", "a RIFF picture or recording"),
)
_WORDLIKE_MAGIC = (b"BZh", b"ID3", b"OggS", b"fLaC", b"wOFF", b"wOF2")

_SAVE_AS_TEXT = "save its text as .txt and open that"
_NAME_ENCODING = "if it is text all the same, name its encoding with --encoding"


class UnreadableError(ValueError):
    """Bytes that are no article; `str()` is one sentence with the file, the place and the mend."""

    def __init__(self, what: str, mend: str, path: str = "") -> None:
        super().__init__(f"{path or 'this file'} {what}: {mend}")
        self.what = what
        self.mend = mend

    def named(self, path: str) -> UnreadableError:
        """The same error with the name of the file in its sentence."""
        return UnreadableError(self.what, self.mend, path)


class Decoded(Struct, frozen=True):
    """A canonical text, the encoding it was read with, and how many bytes could not be read."""

    text: str
    encoding: str
    replaced: int = 0


def decode(data: bytes, encoding: str = "") -> Decoded:
    """The canonical text of some bytes.

    A byte-order mark decides; then UTF-8 if the bytes are that, or nearly; then CP949 if it gives
    Korean; else Windows-1252. `encoding` overrides all of this but the mark of the same encoding.
    Bytes that fit no character become U+FFFD and are counted in `replaced`.

    Raises UnreadableError for pictures, programs and the like, and for an unknown `encoding`.
    """
    if encoding:
        return _decode_as(data, encoding)
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _finished(data[len(mark) :], name)
    _refuse_binary(data)
    try:
        return Decoded(_canonical(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _guessed(data)


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
            return _finished(data[len(mark) :], marked)
    return _finished(data, wanted)


def _refuse_binary(data: bytes) -> None:
    for magic, what in _MAGIC:
        if data.startswith(magic) and (magic not in _WORDLIKE_MAGIC or _is_binary(data)):
            raise UnreadableError(f"is {what}, not text", _SAVE_AS_TEXT)
    if _is_binary(data):
        for magic, what in _MAGIC_IF_BINARY:
            if data.startswith(magic):
                raise UnreadableError(f"is {what}, not text", _SAVE_AS_TEXT)
        if data[4:8] == b"ftyp":
            raise UnreadableError("is a video or HEIF picture, not text", _SAVE_AS_TEXT)
        raise UnreadableError("is binary data, not text", _NAME_ENCODING)


def _is_binary(data: bytes) -> bool:
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * _CONTROL_SHARE


def _guessed(data: bytes) -> Decoded:
    """Bytes that are not valid UTF-8: damaged UTF-8, CP949 or Windows-1252."""
    text, replaced = _decoded(data, "utf-8")
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    if beyond_ascii - text.count("\ufffd") > replaced:
        return Decoded(_canonical(text), "utf-8", replaced)
    korean, lost = _decoded(data, "cp949")
    if _is_korean(data, korean, lost):
        return Decoded(_canonical(korean), "cp949", lost)
    return _finished(data, "cp1252")


# Hangul of KS X 1001, which nearly all of a Korean text is written with, as CP949 bytes.
_HANGUL_PAIR = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
_HIGH = re.compile(rb"[\x80-\xff]")


def _is_korean(data: bytes, text: str, lost: int) -> bool:
    """Whether most bytes beyond ASCII are pairs of a common Hangul syllable."""
    sample = data[:_SAMPLE]
    high = len(_HIGH.findall(sample))
    hangul = 2 * len(_HANGUL_PAIR.findall(sample))
    return hangul > 0.7 * high and lost * 20 <= high and not text.isascii()


def _finished(data: bytes, encoding: str) -> Decoded:
    text, replaced = _decoded(data, encoding)
    return Decoded(_canonical(text), encoding, replaced)


_tally = threading.local()


def _count_and_replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    _tally.replaced += error.end - error.start
    return "\ufffd", error.end


codecs.register_error("pressmark.replace", _count_and_replace)


def _decoded(data: bytes, encoding: str) -> tuple[str, int]:
    """The text, and how many bytes were replaced."""
    _tally.replaced = 0
    try:
        text = data.decode(encoding, "pressmark.replace")
    except (UnicodeError, LookupError) as error:
        mend = "name another with --encoding"
        raise UnreadableError(f"cannot be read as {encoding}", mend) from error
    return text, _tally.replaced


def _canonical(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
