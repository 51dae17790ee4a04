"""How bytes look in each of the encodings that texts come in, for a person to choose from."""

from __future__ import annotations

import re

from msgspec import Struct

from tui.articles.decoding import UnreadableError, decode

# Encodings and what they are for, in the order in which they are offered.
ENCODINGS = {
    "utf-8": "all languages",
    "cp949": "Korean (EUC-KR)",
    "cp932": "Japanese (Shift-JIS)",
    "euc_jp": "Japanese (EUC-JP)",
    "gb18030": "Chinese, simplified (GB2312, GBK)",
    "big5hkscs": "Chinese, traditional (Big5)",
    "cp1252": "Western Europe (Latin-1)",
    "cp1250": "Central Europe",
    "cp1251": "Cyrillic (Windows)",
    "koi8-r": "Cyrillic (KOI8)",
    "cp1253": "Greek",
    "cp1254": "Turkish",
    "cp1255": "Hebrew",
    "cp1256": "Arabic",
    "cp1257": "Baltic",
    "cp874": "Thai",
    "utf-16-le": "all languages, two bytes",
    "utf-16-be": "all languages, two bytes",
}
_SAMPLE = 20_000  # bytes behind the first that is not ASCII
_LINE = 100  # code points of it that are shown
_FAR, _BEFORE = 40, 10  # code points before what is not ASCII: too many, and as many as are shown
_HIGH = re.compile(rb"[\x80-\xff\x00]")


class Sight(Struct, frozen=True):
    """One encoding: what it is for, a line read in it, how many bytes near it do not fit it."""

    encoding: str
    languages: str
    line: str
    replaced: int


def sights(data: bytes) -> tuple[Sight, ...]:
    """The first line with something beyond ASCII, in each encoding; what fits best comes first."""
    sample = _sample(data)
    found: list[Sight] = []
    for encoding, languages in ENCODINGS.items():
        try:
            decoded = decode(sample, encoding)
        except UnreadableError:
            continue
        found.append(Sight(encoding, languages, _line(decoded.text), decoded.replaced))
    return tuple(sorted(found, key=lambda sight: sight.replaced))


def _sample(data: bytes) -> bytes:
    """Bytes around the first that ASCII has not, from the beginning of its line."""
    high = _HIGH.search(data)
    at = high.start() if high else 0
    begin = data.rfind(b"\n", max(0, at - 400), at) + 1 or max(0, at - 400)
    begin -= begin % 4  # a unit of UTF-16 or UTF-32 stays whole
    return data[begin : begin + _SAMPLE]


def _line(text: str) -> str:
    """The first line with something beyond ASCII, or the first with anything.

    A long one, such as a page in one line, begins a little before what it is looked at for.
    """
    lines = [line.strip() for line in text[:2000].split("\n")]
    telling = (line for line in lines if line and not line.isascii())
    line = next(telling, next(filter(None, lines), ""))
    first = next((at for at, sign in enumerate(line) if not sign.isascii()), 0)
    return (line if first < _FAR else f"…{line[first - _BEFORE :]}")[:_LINE]
