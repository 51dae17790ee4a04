"""Documents made by the tests themselves, byte by byte: PDF files and EPUB books."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence

Placed = tuple[float, float, float, str]  # from the left, from the foot, size, words

CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)


def pdf(
    pages: Sequence[Sequence[Placed]],
    info: Mapping[str, str] | None = None,
    signs: Mapping[str, str] | None = None,
) -> bytes:
    """A PDF with one piece of text after the other on each page, set in Helvetica.

    `signs` says what the letters of the font are for a reader (`/ToUnicode`), if not themselves.
    """
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(pages)))
    entries = "".join(f"/{key} ({value})" for key, value in (info or {}).items())
    fonts = "/Resources<</Font<</F1 3 0 R>>>>"
    meant = f"/ToUnicode {len(pages) * 2 + 4} 0 R" if signs else ""
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {len(pages)}/MediaBox[0 0 595 842]{fonts}>>",
        f"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding{meant}>>",
    ]
    for number, page in enumerate(pages):
        drawn = "".join(
            f"BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n" for x, y, size, words in page
        )
        objects += [
            f"<</Type/Page/Parent 2 0 R/Contents {5 + 2 * number} 0 R>>",
            f"<</Length {len(drawn)}>>stream\n{drawn}endstream",
        ]
    if signs:
        table = _to_unicode(signs)
        objects.append(f"<</Length {len(table)}>>stream\n{table}\nendstream")
    objects.append(f"<<{entries}>>")
    made = b"%PDF-1.4\n"
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(made))
        made += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    start = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    made += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R>>"
    return made + f"trailer{trailer}\nstartxref\n{start}\n%%EOF\n".encode()


def _to_unicode(signs: Mapping[str, str]) -> str:
    pairs = "\n".join(
        f"<{ord(sign):02x}> <{meant.encode('utf-16-be').hex()}>" for sign, meant in signs.items()
    )
    codes = "1 begincodespacerange <00> <ff> endcodespacerange"
    return f"begincmap {codes}\n{len(signs)} beginbfchar\n{pairs}\nendbfchar endcmap"


def column(lines: Sequence[str], x: float = 70, top: float = 700, size: float = 10) -> list[Placed]:
    """Lines one below the other; an empty one leaves a gap."""
    placed = [(x, top - 1.2 * size * n, size, words) for n, words in enumerate(lines)]
    return [each for each in placed if each[3]]


def epub(facts: str, chapters: Mapping[str, str | bytes], *, container: str = CONTAINER) -> bytes:
    """A book with Dublin Core `facts` and a chapter a name, in that order."""
    items = "".join(
        f'<item id="c{n}" href="{name}" media-type="application/xhtml+xml"/>'
        for n, name in enumerate(chapters)
    )
    refs = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">{facts}</metadata>'
        f"<manifest>{items}</manifest><spine>{refs}</spine></package>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip", zipfile.ZIP_STORED)
        archive.writestr("META-INF/container.xml", container)
        archive.writestr("OPS/book.opf", package)
        for name, words in chapters.items():
            archive.writestr(f"OPS/{name}", words)
    return made.getvalue()
