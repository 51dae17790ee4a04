"""Which encoding bytes are in that do not say so and are not UTF-8.

UTF-16 and UTF-32 are told by the letters they give, Korean by its syllables; for all else chardet
weighs letters and pairs, and what it finds must look like a text in that script. Western Europe is
preferred where little speaks against it: a single accent tells one encoding hardly from another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_SAMPLE = 48_000  # bytes that are looked at, however long the text is
_WINDOW = 16_000
_WESTERN = "cp1252"
# How much is made of what speaks for an encoding: news is more often in some than in others.
_WEIGHTS = {"cp1252": 1.25, "cp1254": 0.8, "cp1257": 0.8}
_ODD = 0.4  # the same where the letters would stand in words as they never do

_WIDE = ("cp949", "cp932", "euc_jis_2004", "gb18030", "big5hkscs", "johab")
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257")
_OTHER = ("cp1251", "koi8-r", "cp1253", "cp1255", "cp1256", "cp874")
# Registers of the same letters that more programs know, where the text fits them.
_PLAINER = {"euc_jis_2004": "euc_jp"}

_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]{3,}")
# A sign between two letters, or a small letter before a capital one.
_ODDITY = re.compile(
    "[^\\W\\d_][\u00a1-\u00b6\u00b8-\u00bf][^\\W\\d_]|[ąćčďęěłľńňřśšťůźżž](?=[A-Z])"
)
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]+")
# Hangul of KS X 1001, which nearly all of a Korean text is written with, as CP949 bytes.
_HANGUL_PAIR = re.compile(rb"[\xb0-\xc8][\xa1-\xfe]")
# Dots, dashes and quotes beside ASCII, as CP949 and GB2312 write them; no Western word has these.
_PRINT = re.compile(rb"(?<![\x80-\xff])(?:\xa1[\xa4\xa6\xaa\xae-\xb1])+")
_SYLLABLES = "이다의에는을가고하도지한은로어사기인시대서를정으나들아자해리일부수있했과"
_FILLER = b"\xa4\xd4"  # EUC-KR writes a syllable that it has no code for after this
_ESCAPED = ((b"\x1b$)C", "iso2022_kr"), (b"\x1b$", "iso2022_jp"), (b"\x1b$", "iso2022_jp_2"))

_UNITS = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_LETTERS = 2_000  # code points that are enough to judge by
_EVERYDAY = re.compile(
    "[ -~\n\u0430-\u044f\u3001\u3002\u3041-\u3096\u30a1-\u30fc\uff0c\uff1a"
    f"{_SYLLABLES}"
    "的一是在不了有和人这中大为上个国我以要他时来用们到说這個為國來時們說會日年月]"
)
_COMMON = re.compile(
    "[ -~\n\r\t\u00a0-\u024f\u0370-\u052f\u05d0-\u05ea\u0600-\u06ff\u0e00-\u0e5b\u2010-\u2027"
    "\u2030-\u203b\u20ac\u2100-\u218b\u2190-\u2193\u2460-\u2473\u25a0-\u26ff\u3000-\u301f"
    "\u3041-\u30ff\u3131-\u318e\u3200-\u33ff\u4e00-\u9fff"
    "\u1100-\u11ff\uac00-\ud7a3\uff01-\uff60]"
)


def guess_units(data: bytes) -> str:
    """UTF-16 or UTF-32, little or big end first, if the bytes are that without a mark; else empty.

    They must give letters of scripts in use, some of them among the commonest.
    """
    for encoding in _UNITS:
        size = 4 if "32" in encoding else 2
        if len(data) >= 2 * size and len(data) % size == 0 and _is_written_in(data, encoding):
            return encoding
    return ""


def _is_written_in(data: bytes, encoding: str) -> bool:
    text = data[: 4 * _LETTERS].decode(encoding, "replace")[:_LETTERS]
    common = len(_COMMON.findall(text))
    everyday = len(_EVERYDAY.findall(text))
    return common >= 0.98 * len(text) and everyday >= 0.05 * len(text)


def guess_escaped(data: bytes) -> str:
    """ISO 2022 if the bytes, ASCII with escapes, are in one of its encodings; else empty."""
    for mark, encoding in _ESCAPED:
        if mark in data:
            try:
                data.decode(encoding)
            except UnicodeDecodeError:
                continue
            return encoding
    return ""


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are not valid UTF-8. Only a sample is looked at."""
    sample = _sample(data)
    if _is_damaged_utf8(sample):
        return "utf-8"
    if _is_korean(sample):
        return "euc_kr" if _FILLER in sample and _fits(sample, "euc_kr") else "cp949"
    return _by_letters(sample)


def _sample(data: bytes) -> bytes:
    """Up to _SAMPLE bytes: stretches from the first byte beyond ASCII, a third, two thirds on."""
    if len(data) <= _SAMPLE:
        return data
    found: list[bytes] = []
    at = 0
    for start in (0, len(data) // 3, 2 * len(data) // 3):
        high = _HIGH.search(data, max(at, start))
        if high is None:
            continue
        begin = max(at, start, high.start() - _WINDOW // 8)
        line = data.find(b"\n", begin, high.start())
        begin = begin if line < 0 else line + 1
        stretch = data[begin : begin + _WINDOW]
        end = stretch.rfind(b"\n")
        at = begin + len(stretch)
        found.append(stretch if end < _WINDOW // 2 else stretch[: end + 1])
    return b"".join(found) or data[:_SAMPLE]


def _is_damaged_utf8(sample: bytes) -> bool:
    """Whether characters of UTF-8 outweigh the bytes that fit none.

    Where every other byte is beyond ASCII some of them look like UTF-8 by chance.
    """
    text = sample.decode("utf-8", "replace")
    kept = text.replace("\ufffd", "")
    whole = sample.count(b"\xef\xbf\xbd")
    lost = len(sample) - len(kept.encode()) - 3 * whole
    beyond = len(kept) - len(kept.encode("ascii", "ignore"))
    dense = 5 * len(_HIGH.findall(sample)) > len(sample)
    return beyond > 0 and beyond >= (2 * lost if dense else lost)


def _is_korean(sample: bytes) -> bool:
    """Whether most bytes beyond ASCII are pairs of a common Hangul syllable.

    The quotes of a text in English count for nothing, unless there is nothing else.
    """
    words = _PRINT.sub(b"", sample)
    high = len(_HIGH.findall(words))
    if not high:
        return True
    hangul = 2 * len(_HANGUL_PAIR.findall(words))
    if hangul <= 0.7 * high:
        return False
    text = sample.decode("cp949", "replace")
    usual = sum(map(text.count, _SYLLABLES))
    return text.count("\ufffd") * 20 <= high and usual * 12 >= hangul > 0


def _by_letters(sample: bytes) -> str:
    """The encoding that chardet gives most for, of those that the text looks like."""
    found: dict[str, float] = {}
    for piece in _pieces(sample):
        for encoding, confidence in _weighed(piece):
            found[encoding] = found.get(encoding, 0.0) + confidence
    likely = {e: c * _weight(sample, e) for e, c in found.items() if _looks_right(sample, e)}
    best = max(likely, key=lambda encoding: likely[encoding], default=_WESTERN)
    plainer = _PLAINER.get(best, "")
    return plainer if plainer and _fits(sample, plainer) else best


def _fits(sample: bytes, encoding: str) -> bool:
    return "\ufffd" not in sample.decode(encoding, "replace")


def _pieces(sample: bytes) -> Iterator[bytes]:
    """The sample whole, and in parts if it is long enough: a bad byte spoils only its part."""
    yield sample
    size = max(120, len(sample) // 8)
    at = 0
    while len(sample) > size and at < len(sample):
        end = max(sample.find(b"\n", at + size), sample.find(b" ", at + size)) + 1 or at + size
        end = min(end, at + 2 * size)
        if _HIGH.search(sample, at, end):  # what is plain ASCII would speak for the West
            yield sample[at:end]
        at = end


def _weighed(piece: bytes) -> list[tuple[str, float]]:
    import chardet  # takes 50 ms, and most texts are UTF-8

    found = chardet.detect_all(
        piece,
        ignore_threshold=True,
        compat_names=False,
        include_encodings=(*_WIDE, *_LATIN, *_OTHER),
    )
    return [(each["encoding"], each["confidence"]) for each in found if each["encoding"]]


def _weight(sample: bytes, encoding: str) -> float:
    odd = encoding in _LATIN and _ODDITY.search(sample.decode(encoding, "replace"))
    return _WEIGHTS.get(encoding, 1.0) * (_ODD if odd else 1.0)


def _looks_right(sample: bytes, encoding: str) -> bool:
    """Whether the letters of another script stand together, as they do in words."""
    if encoding in _OTHER:
        high = len(_HIGH.findall(sample))
        together = sum(len(run) for run in _HIGH_RUN.findall(sample))
        return 2 * together >= high
    if encoding in _WIDE:
        runs = _BEYOND_ASCII.findall(sample.decode(encoding, "replace"))
        beyond = sum(map(len, runs))
        return 2 * sum(len(run) for run in runs if len(run) > 1) >= beyond
    return encoding in _LATIN
