"""What is no text: pictures, programs, archives and the like, told by their first bytes."""

from __future__ import annotations

import re

_SAMPLE = 1 << 16  # bytes looked at to tell text from something else
_CONTROL_SHARE = 0.02  # more control characters than that and it is no text
_CONTROLS = bytes(c for c in range(0x20) if c not in b"\b\t\n\v\f\r\x1b") + b"\x7f"

_MAGIC = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"8BPS\x00", "a Photoshop picture"),
    (b"%PDF-", "a PDF document"),
    (b"%!PS-Adobe", "a PostScript document"),
    (b"{\\rtf", "a rich text (RTF) document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office or HWP document"),
    (b"HWP Document File", "an HWP document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"(\xb5/\xfd", "a Zstandard archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"\xce\xfa\xed\xfe", "a program"),
    (b"\xcf\xfa\xed\xfe", "a program"),
    (b"\xfe\xed\xfa\xce", "a program"),
    (b"\xfe\xed\xfa\xcf", "a program"),
    (b"\x00asm", "a program"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"fLaC", "a FLAC recording"),
    (b"ID3", "an MP3 recording"),
    (b"\xff\xfb", "an MP3 recording"),
    (b"\x1aE\xdf\xa3", "a Matroska or WebM video"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"OTTO\x00", "a font"),
)
# These letters may also begin a text; only with control characters behind them are they meant.
_MAGIC_IF_BINARY = (
    (b"BM", "a BMP picture"),
    (b"MZ", "a program"),
    (b"PAR1", "a Parquet table"),
)
_WORDLIKE_MAGIC = (b"BZh", b"ID3", b"OggS", b"fLaC", b"wOFF", b"wOF2", b"\xff\xfb", b"HWP Document")
_RIFF = {b"WEBP": "a WebP picture", b"WAVE": "a WAV recording", b"AVI ": "an AVI video"}
_HEIF = (b"heic", b"heix", b"hevc", b"mif1", b"msf1", b"heim", b"heis")
_AVIF = (b"avif", b"avis")
# Names inside a ZIP archive that tell what it is; the first that is there counts.
_INSIDE = (
    (b"word/", "a Word document (DOCX)"),
    (b"xl/", "an Excel table (XLSX)"),
    (b"ppt/", "a PowerPoint presentation (PPTX)"),
    (b"application/vnd.oasis.opendocument.text", "an OpenDocument text (ODT)"),
    (b"application/vnd.oasis.opendocument.spreadsheet", "an OpenDocument table (ODS)"),
    (b"application/vnd.oasis.opendocument.presentation", "an OpenDocument presentation (ODP)"),
    (b"application/hwp+zip", "an HWPX document"),
    (b"application/epub+zip", "an EPUB book"),
    (b"META-INF/MANIFEST.MF", "a Java archive"),
    (b"AndroidManifest.xml", "an Android program"),
)
UNKNOWN = "binary data"
_PYC = re.compile(rb"..\r\n[\x00-\x03]\x00\x00\x00", re.DOTALL)


def kind_of(data: bytes) -> str:
    """What some bytes are if they are no text, such as "a PNG picture"; empty if they may be text.

    "binary data" is what is none of the known kinds and has too many control characters.
    """
    for magic, what in _MAGIC:
        if data.startswith(magic) and (not magic.startswith(_WORDLIKE_MAGIC) or is_binary(data)):
            return what
    if data.startswith(b"PK\x03\x04"):
        return _zipped(data)
    if not is_binary(data):
        return ""
    return _binary(data)


def is_binary(data: bytes) -> bool:
    """Whether there are more control characters among the bytes than in any text."""
    sample = data[:_SAMPLE]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls > len(sample) * _CONTROL_SHARE


def _binary(data: bytes) -> str:
    for magic, what in _MAGIC_IF_BINARY:
        if data.startswith(magic):
            return what
    if data.startswith(b"RIFF"):
        return _RIFF.get(data[8:12], "a RIFF picture or recording")
    if data[4:8] == b"ftyp":
        brand = data[8:12]
        if brand in _HEIF:
            return "a HEIF picture"
        return "an AVIF picture" if brand in _AVIF else "a video"
    if data.startswith(b"\xca\xfe\xba\xbe"):  # Java classes: version 45 and up; else few programs
        return "a Java class" if int.from_bytes(data[4:8]) >= 45 else "a program"
    if _PYC.match(data):
        return "a compiled Python module"
    if data[257:262] == b"ustar":
        return "a tar archive"
    return UNKNOWN


def _zipped(data: bytes) -> str:
    """What a ZIP archive holds, by the names at its beginning and in the directory at its end."""
    ends = data[:_SAMPLE] + data[-_SAMPLE:]
    return next((what for name, what in _INSIDE if name in ends), "a ZIP archive")
