"""Section marks such as `[LEAD]`, and speakers' captions, in the body of an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest

from tui.articles.blocks import paragraphs, wrapping_of
from tui.articles.layout import Layout
from tui.model.articles import Caption, Section

# Compiled at the first use, by the cache of `re`: Hangul ranges take milliseconds.
_MARK = (
    r"(?:\[(?P<a>[A-Z가-힣][A-Z가-힣0-9 &/'’-]{0,30})\]|◀ ?(?P<b>[^◀▶\n]{1,30}?) ?▶"
    r"|<(?P<c>[가-힣][가-힣 ]{0,12})>)(?=[ \t]*(?:\n|\Z))"
)
_OPENINGS, _CLOSINGS = ("[", "◀", "<"), ("]", "▶", ">")
_closing_line = re.compile(r"[\]▶>][ \t]*(?:\n|\Z)").search
_LONGEST_CAPTION = 120
_WORD = r"[A-Z][\w.'’-]*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|[a-z]{{2,3}}(?= [A-Z]))){{1,4}}"
# A blank before the slash as well only where the name is plainly one: `A / B` joins many things.
_CAPTION = (
    rf"(?P<name>(?:{_NAME}|[가-힣]{{2,5}}(?: [가-힣]{{1,8}}){{0,2}})(?= ?/ )|{_WORD}(?=/ ))"
    r" ?/ {1,3}"
    r"(?P<place>[A-Z가-힣](?:[^/\n]*[^/\n.!?…:;,])?)$"
)


def section_mark(line: str) -> str:
    """The label of a line that is a section mark, or the empty string."""
    enclosed = line[:1] in _OPENINGS and line[-1:] in _CLOSINGS
    match = re.match(_MARK, line) if enclosed else None
    return _label(match) if match and match.end() == len(line) else ""


def mark_body(text: str, start: int, layout: Layout) -> None:
    """Enters the section marks and captions of `text[start:]` into a layout."""
    marks = list(_marks(text, start))
    for (label, begin, end), following in zip_longest(marks, marks[1:]):
        layout.head(begin, end)
        stop = following[1] if following else len(text)
        body = text[end:stop]
        inner = end + len(body) - len(body.lstrip())
        layout.sections.append(Section(label, inner, max(inner, end + len(body.rstrip()))))
    if "/" in text:
        _captions(text, start, layout)


def _marks(text: str, start: int) -> Iterator[tuple[str, int, int]]:
    if not any(opening in text for opening in _OPENINGS) or _closing_line(text, start) is None:
        return
    for match in re.compile(_MARK).finditer(text, start):
        line = text.rfind("\n", max(0, match.start() - 8), match.start()) + 1
        if (line or match.start() <= 8) and not text[line : match.start()].strip():
            yield _label(match), match.start(), match.end()


def _label(match: re.Match[str]) -> str:
    return (match["a"] or match["b"] or match["c"]).strip()


def _captions(text: str, start: int, layout: Layout) -> None:
    lines = list(_caption_lines(text, start))
    if not lines:
        return
    how = wrapping_of(text)
    barriers = sorted([extent.start for extent in layout.header] + [begin for begin, _, _ in lines])
    for begin, end, match in lines:
        at = bisect_right(barriers, begin)
        stop = barriers[at] if at < len(barriers) else len(text)
        block = next(paragraphs(text, end, stop, how), None)
        if block:
            name, place = match["name"].strip(), match["place"].strip()
            layout.captions.append(Caption(begin, end, name, place, block))


def _caption_lines(text: str, start: int) -> Iterator[tuple[int, int, re.Match[str]]]:
    """Lines with the form of a caption below a blank line, a section mark or the head."""
    at = text.find("/", start)
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if begin >= start and end - begin <= _LONGEST_CAPTION:
            line = text[begin:end]
            offset = begin + len(line) - len(line.lstrip())
            match = re.match(_CAPTION, line.strip()) if "/ " in line else None
            if match and _stands_apart(text, begin):
                yield offset, offset + len(line.strip()), match
        at = text.find("/", end)


def _stands_apart(text: str, begin: int) -> bool:
    """Whether the line before the one at `begin` is blank or a section mark."""
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    line = text[before : max(0, begin - 1)].strip()
    return not line or bool(section_mark(line))
