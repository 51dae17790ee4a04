"""Section marks such as `[LEAD]`, and speakers' captions, in the body of an article."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from tui.articles.blocks import paragraphs, wrapping_of
from tui.articles.layout import Layout
from tui.model.articles import Caption, Section

_OPENINGS = ("[", "◀", "<")
# Which letters a label may have is not said here: classes with Hangul take milliseconds to compile.
_MARK = re.compile(
    r"(?:\[([^\[\]\n]{1,31})\]|◀([^▶\n]{1,32})▶|<([^<>\n]{1,13})>)(?=[ \t]*(?:\n|\Z))"
)
_IN_LABEL = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 &/'’-")
_LONGEST_CAPTION = 120
_WORD = r"[A-Z][\w.'-]*"
_NAME = rf"{_WORD}(?: (?:{_WORD}|[a-z]{{2,3}}(?= [A-Z]))){{1,4}}"
_PLACE = r" ?/ {1,3}(?P<place>[^/\n]+)$"
# A blank before the slash as well only where the name is plainly one: `A / B` joins many things.
# Both are compiled at their first use, by the cache of `re`.
_CAPTION = rf"(?P<name>{_NAME}(?= ?/ )|{_WORD}(?=/ )){_PLACE}"
_KOREAN_CAPTION = rf"(?P<name>[가-힣]{{2,5}}(?: [가-힣]{{1,8}}){{0,2}}(?= ?/ )){_PLACE}"


class _CaptionLine(NamedTuple):
    """A caption and where it stands."""

    start: int
    end: int
    name: str
    place: str


def section_mark(line: str) -> str:
    """The label of a line that is a section mark, or the empty string."""
    match = _MARK.match(line) if line[:1] in _OPENINGS else None
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
    if not any(opening in text for opening in _OPENINGS):
        return
    for match in _MARK.finditer(text, start):
        line = text.rfind("\n", max(0, match.start() - 8), match.start()) + 1
        alone = (line or match.start() <= 8) and not text[line : match.start()].strip()
        label = _label(match) if alone else ""
        if label:
            yield label, match.start(), match.end()


def _label(match: re.Match[str]) -> str:
    """The label in a pair of brackets, or the empty string for what is none."""
    square, pointed, angled = match.groups("")
    if pointed:
        return "" if "◀" in pointed else pointed.strip()
    if angled:
        sound = _is_hangul(angled[0]) and all(c == " " or _is_hangul(c) for c in angled)
        return angled.strip() if sound else ""
    first = square[0]
    sound = ("A" <= first <= "Z" or _is_hangul(first)) and all(
        c in _IN_LABEL or _is_hangul(c) for c in square
    )
    return square.strip() if sound else ""


def _is_hangul(character: str) -> bool:
    return "가" <= character <= "힣"


def _captions(text: str, start: int, layout: Layout) -> None:
    lines = list(_caption_lines(text, start))
    if not lines:
        return
    how = wrapping_of(text)
    barriers = sorted([extent.start for extent in layout.header] + [line.start for line in lines])
    for line in lines:
        at = bisect_right(barriers, line.start)
        stop = barriers[at] if at < len(barriers) else len(text)
        block = next(paragraphs(text, line.end, stop, how), None)
        if block:
            layout.captions.append(Caption(*line, block))


def _caption_lines(text: str, start: int) -> Iterator[_CaptionLine]:
    """Lines with the form of a caption below a blank line, a section mark or the head."""
    at = text.find("/", start)
    while at >= 0:
        begin = text.rfind("\n", 0, at) + 1
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        if begin >= start and end - begin <= _LONGEST_CAPTION and text.find("/ ", at, end) >= 0:
            line = text[begin:end]
            offset = begin + len(line) - len(line.lstrip())
            found = _caption(line.strip())
            if found and _stands_apart(text, begin):
                yield _CaptionLine(offset, offset + len(line.strip()), *found)
        at = text.find("/", end)


def _caption(line: str) -> tuple[str, str] | None:
    """The name and the place that a line gives if it has the form of a caption."""
    levelled = line.replace("’", "'")
    match = re.match(_KOREAN_CAPTION if _is_hangul(line[0]) else _CAPTION, levelled)
    if match is None:
        return None
    place = line[match.start("place") :]
    if not ("A" <= place[0] <= "Z" or _is_hangul(place[0])):
        return None
    if len(place) > 1 and place[-1] in ".!?…:;,":
        return None
    return line[: match.end("name")], place


def _stands_apart(text: str, begin: int) -> bool:
    """Whether the line before the one at `begin` is blank or a section mark."""
    before = text.rfind("\n", 0, max(0, begin - 1)) + 1
    line = text[before : max(0, begin - 1)].strip()
    return not line or bool(section_mark(line))
