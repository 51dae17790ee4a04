"""PDF documents with a text layer: one article, its paragraphs made from the lines of its pages."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence
from typing import Any

from tui.articles.composing import compose
from tui.articles.decoding import UnreadableError
from tui.articles.documents import Document, Passed, Reading, Step
from tui.articles.extras import library
from tui.articles.heading import read_ending, read_heading
from tui.articles.layout import Layout
from tui.articles.readers.pdf_lines import (
    TITLE_SIZE,
    Line,
    LineMaker,
    body_size,
    paragraphs_of,
    without_heads_and_feet,
)

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
# Letters that type sets as one sign; a search for `official` is to find them.
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
)
_DATE = re.compile(
    r"D:(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?(?:(Z)|([+-])(\d{2})'?(\d{2})?)?)?"
)
_NO_TITLE = re.compile(
    r"untitled|제목 ?없음|microsoft (?:word|powerpoint)"
    r"|.*\.(?:docx?|hwpx?|indd|qxd|pdf|tmp|html?)$",
    re.IGNORECASE,
)
_NO_NAME = (
    *("user", "admin", "administrator", "anonymous", "owner", "unknown", "author", "root"),
    "microsoft",
)
_TITLE_LINES = 4  # the largest lines of the first page, if they are no more
_LONGEST = 300  # code points of a title

_OCR = "make a text layer with a text recognition program and open the result"
_AGAIN = "save or print it as PDF again and open that"


def read(document: Document) -> Iterator[Reading | Passed | Step]:
    """The one article of a PDF, and each page of it that could not be read; a step a page.

    Raises UnreadableError for a damaged or encrypted document, and for one without a text layer.
    """
    reader = _opened(document.data)
    lines: list[Line] = []
    for number, (found, whole) in enumerate(_pages(reader), 1):
        lines.extend(found)
        yield Step()
        if not whole:
            rest = "its rest was left out" if found else "was left out"
            yield Passed(f"page {number}", f"is damaged and {rest}")
    lines = without_heads_and_feet(lines)
    if not lines:
        raise UnreadableError("has no text layer, its pages are pictures", _OCR)
    layout = Layout()
    info = _info(reader)
    title = _title(info.get("/Title", ""), lines)
    layout.title = " ".join(line.words for line in title) or _sane(info.get("/Title", ""))
    _take_info(info, layout)
    text = compose(layout, paragraphs_of([line for line in lines if line not in title]))
    body = read_heading(
        text, layout.headline.end if layout.headline else 0, layout, zone=document.timezone
    )
    read_ending(text, body, layout, zone=document.timezone)
    layout.publish(_iso(info.get("/CreationDate", "")))
    yield Reading(text, layout)


def _opened(data: bytes) -> Any:
    """A reader (pypdf) of the document, decrypted if it has no password to open it."""
    pypdf = library("pypdf", "pdf")
    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        locked = reader.is_encrypted and not reader.decrypt("")
    except pypdf.errors.DependencyError as error:
        mend = "open it in a PDF viewer and print it into a new PDF"
        raise UnreadableError("is encrypted in a way that pypdf cannot undo", mend) from error
    except Exception as error:  # a damaged document fails in any way
        raise UnreadableError("is a damaged PDF document", _AGAIN) from error
    if locked:
        raise UnreadableError("is encrypted with a password", "save it without one and open that")
    return reader


def _pages(reader: Any) -> Iterator[tuple[list[Line], bool]]:
    """The lines of each page in turn, and whether they are all that it has."""
    try:
        count = len(reader.pages)
    except Exception as error:  # the tree of the pages is damaged
        raise UnreadableError("is a damaged PDF document", _AGAIN) from error
    for number in range(count):
        maker = LineMaker(number)
        whole = True
        try:
            reader.pages[number].extract_text(visitor_text=maker.piece)
        except MemoryError:
            raise
        except Exception:  # this page only
            whole = False
        maker.close()
        for line in maker.lines:
            line.text = _FORBIDDEN.sub("", line.text).translate(_LIGATURES)
        yield [line for line in maker.lines if line.words], whole


def _info(reader: Any) -> dict[str, str]:
    """The document's information dictionary, as far as it holds text."""
    try:
        found: Any = reader.metadata
        values = {str(key): found.get(key) for key in found or ()}
        return {key: _FORBIDDEN.sub("", str(value)) for key, value in values.items() if value}
    except Exception:  # the rest of the document is there all the same
        return {}


def _sane(title: str) -> str:
    """A title from the information dictionary, or empty if a program made it up."""
    title = " ".join(title.split())
    return "" if len(title) > _LONGEST or _NO_TITLE.match(title) else title


def _title(given: str, lines: Sequence[Line]) -> list[Line]:
    """The lines at the top of the first page that are the title: as given, else the largest."""
    first = [line for line in lines if line.page == lines[0].page][:20]
    wanted = _letters(_sane(given))
    for start in range(len(first)):
        for stop in range(start + 1, min(start + _TITLE_LINES, len(first)) + 1):
            if wanted and _letters("".join(line.words for line in first[start:stop])) == wanted:
                return first[start:stop]
    largest = max(line.size for line in first)
    if wanted or largest < TITLE_SIZE * body_size(lines):
        return []
    start = next(n for n, line in enumerate(first) if line.size == largest)
    stop = start
    while stop < len(first) and first[stop].size == largest:
        stop += 1
    above = sum(len(line.words) for line in first[:start])
    return first[start:stop] if stop - start <= _TITLE_LINES and above <= _LONGEST else []


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _take_info(info: dict[str, str], layout: Layout) -> None:
    """Sets byline and times of change from the information dictionary."""
    author = " ".join(info.get("/Author", "").split())
    if author and author.strip("()").lower() not in _NO_NAME and len(author) <= _LONGEST:
        layout.take("byline", author)
    changed = _iso(info.get("/ModDate", ""))
    if changed and changed != _iso(info.get("/CreationDate", "")):
        layout.take("modified", changed)


def _iso(date: str) -> str:
    """ISO 8601 of a date of ISO 32000-1, 7.9.4 (`D:20240506101500+09'00'`); else empty."""
    match = _DATE.match(date)
    if not match:
        return ""
    year, month, day, hour, minute, second, utc, sign, hours, minutes = match.groups()
    if not ("1985" <= year <= "2200" and "01" <= month <= "12" and "01" <= day <= "31"):
        return ""
    if hour is None or hour > "23" or minute > "59" or (second or "00") > "59":
        return f"{year}-{month}-{day}"
    offset = "+00:00" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    return f"{year}-{month}-{day}T{hour}:{minute}:{second or '00'}{offset}"
