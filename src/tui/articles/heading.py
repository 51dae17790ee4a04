"""The head of an ordinary text: headline, labelled lines, byline, dates; labelled lines at its end.

A date counts only where a head or a dateline has it: alone on a line near the top, behind a label
such as `Published` or `입력`, or in the dateline of the first paragraph.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from tui.articles.blocks import is_joined, wrapping_of
from tui.articles.layout import Layout, unquoted
from tui.articles.marks import section_mark
from tui.articles.sentences import split_paragraph
from tui.articles.times import SEOUL, find_moment
from tui.model.spans import Extent

_LINE = re.compile(r"\S(?:[^\n]*\S)?")
_HEAD_LINES = 14  # lines looked at from the top
_END_LINES = 5  # and from the bottom
_LONGEST = 200  # code points of a line of the head
_PASSED_OVER = 3  # lines of text that a line of the head may follow, such as a deck

_LABELS = {
    "published": "입력|기사입력|등록|게재|승인|송고|작성|발행|published|first published|posted|date"
    "|dateline|publication date|pubdate|created|issued|게재일|작성일|발행일|등록일",
    "modified": "수정|최종수정|최종 수정|업데이트|수정일|updated|last updated|modified"
    "|last modified|revised|edited",
    "retrieved": "retrieved|accessed|archived on|saved",
    "title": "title|headline|제목",
    "byline": "author|authors|byline|by|reporter|written by|기자|글",
    "outlet": "outlet|publisher|newspaper|publication|agency|source|출처|언론사|매체|제공",
    "url": "url|link|original|source|permalink|web|출처|원문|링크|주소|원문 링크",
    "archive_url": "archive|archived|archive url|archived at",
}
_TIMED = ("published", "modified", "retrieved")
_FIELDS: dict[str, tuple[str, ...]] = {}
for _field, _names in _LABELS.items():
    for _name in _names.split("|"):
        _FIELDS[_name] = (*_FIELDS.get(_name, ()), _field)

_TIME_NAMES = sorted((n for f in _TIMED for n in _LABELS[f].split("|")), key=len, reverse=True)
_TIME_LABEL = re.compile(
    rf"(?:[\[(<]\s?)?(?P<label>{'|'.join(_TIME_NAMES)})(?:\s(?:on|at))?\s{{0,3}}[:：]?[\])>]?\s{{0,3}}",
    re.IGNORECASE,
)
_OTHER_LABELS = frozenset(_FIELDS) - frozenset(_TIME_NAMES)
_COLON = re.compile("[:：]")
_FIGURE = re.compile(r"\d")
_URL = re.compile(r"https?://\S+$")
_ARCHIVES = ("web.archive.org/", "archive.org/", "archive.ph/", "archive.is/", "archive.today/")
_BETWEEN = re.compile(r"[\s|·•∙,/–—-]+")
# Compiled at the first use, by the cache of `re`: Hangul ranges take milliseconds.
_NAME = r"[A-Z][\w.'’-]*(?:\s(?:[A-Z][\w.'’-]*|de|da|van|von|der|den|bin|al|el|la|le)){0,5}"
_BYLINE = (
    rf"(?:By|BY|by)\s+(?P<name>(?:{_NAME},\s){{0,4}}{_NAME},?\s(?:and|&)\s{_NAME}|{_NAME})"
    r"(?P<rest>.*)$"
)
_KOREAN_BYLINE = (
    r"(?P<name>[가-힣]{2,4}\s?(?:선임기자|전문기자|기자|특파원|통신원|앵커|논설위원))"
    r"(?:\s*\(?[\w.+-]+@[\w.-]+\)?)?$"
)
_DATELINE = (
    r"[A-Z][A-Za-z.,'’ -]{1,60}?[,\s]\s?(?P<date>[A-Z][a-z]{2,8}\.?\s\d{1,2},\s\d{4})"
    r"\s?(?:\((?P<agency>[\w /&.-]{2,30})\))?\s?(?:--|[–—-])\s"
)
_AGENCY_DATELINE = (
    r"[A-Z][A-Za-z.,'’0-9 -]{1,60}?\s\((?P<agency>AP|UPI|Reuters|REUTERS|AFP|Yonhap|Xinhua|TASS"
    r"|Kyodo|Interfax|dpa|DPA|ANSA|EFE|PA)\)\s?(?:--|[–—-])\s"
)
_KOREAN_DATELINE = (
    r"[(\[](?P<place>[가-힣·]{1,12})=(?P<agency>[가-힣A-Za-z0-9]{2,12})[)\]]"
    r"\s*(?P<byline>[가-힣]{2,4}\s?(?:선임기자|전문기자|기자|특파원|통신원))?"
)


class Found(NamedTuple):
    """A field and its value in a line of the head."""

    field: str
    value: str


def read_heading(text: str, start: int, layout: Layout, *, zone: str = "") -> int:
    """Reads the head of `text[start:]` into a layout; returns where the body begins."""
    body = start
    passed = 0
    lines = _LINE.finditer(text, start)
    for _, match in zip(range(_HEAD_LINES), lines, strict=False):
        begin, end = match.span()
        if end - begin > _LONGEST:
            _read_dateline(text[begin : begin + 200], layout, zone)
            break
        line = text[begin:end]
        if section_mark(line):
            break
        headed = layout.headline is not None
        found = (
            None
            if passed and not _stands_apart(text, begin, end)
            else read_line(line, zone=zone, headed=headed)
        )
        if found is not None:
            _take(layout, found, text, Extent(begin, end))
            body = body if passed else end
        elif _read_bare_date(line, layout, zone):
            layout.head(begin, end)
            body = body if passed else end
        elif layout.headline is None and not passed and _is_headline(text, begin, end):
            layout.headline = Extent(begin, end)
            layout.take("title", unquoted(line))
            body = end
        else:
            passed += 1
            if passed == 1:
                _read_dateline(line, layout, zone)
            if passed > _PASSED_OVER:
                break
    return body


def read_ending(text: str, start: int, layout: Layout, *, zone: str = "") -> None:
    """Reads labelled lines among the last ones of `text[start:]` into a layout."""
    end = len(text)
    for _ in range(_END_LINES):
        end = _trimmed(text, start, end)
        begin = max(text.rfind("\n", start, end) + 1, start)
        if end <= start or end - begin > _LONGEST:
            return
        line = text[begin:end]
        inner = begin + len(line) - len(line.lstrip())
        if not any(inner < e.end and e.start < end for e in (*layout.header, *_headline(layout))):
            found = read_line(line.strip(), zone=zone, headed=False)
            if found and found[0].field != "title":
                _take(layout, found, text, Extent(inner, end))
        end = begin - 1 if begin > start else start


def _trimmed(text: str, start: int, end: int) -> int:
    """The end of `text[start:end]` without the white space there; no long text is copied."""
    while end > start and text[end - 1].isspace():
        low = max(start, end - _LONGEST)
        end = low + len(text[low:end].rstrip())
    return end


def _headline(layout: Layout) -> tuple[Extent, ...]:
    return (layout.headline,) if layout.headline else ()


def _take(layout: Layout, found: list[Found], text: str, line: Extent) -> None:
    """Enters what a line of the head says; a labelled title is the headline, its label is head."""
    for name, value in found:
        if name == "published":
            layout.publish(value)
        elif name == "title" and layout.headline is None:
            begin = text.rindex(value, line.start, line.end)
            layout.headline = Extent(begin, line.end)
            layout.take("title", unquoted(value))
            line = Extent(line.start, begin)
        else:
            layout.take(name, value)
    layout.head(line.start, line.start + len(text[line.start : line.end].rstrip()))


def read_line(line: str, *, zone: str = "", headed: bool = True) -> list[Found] | None:
    """The fields that a line of a head says, or None if it is no such line.

    `headed`: a headline came before, so that `By ...` is a byline.
    """
    line = line.strip("*_ ")
    if _URL.match(line):
        return [_link(line)]
    colon = _COLON.search(line)
    if colon:
        label, value = line[: colon.start()].rstrip().lower(), line[colon.end() :].lstrip()
        if value and label in _OTHER_LABELS:
            return _labelled(label, value)
    if _FIGURE.search(line):
        times = _timed_line(line, zone, headed)
        if times is not None:
            return times
    byline = _byline(line) if headed else None
    return [byline] if byline else None


def _link(url: str) -> Found:
    return Found("archive_url" if any(a in url for a in _ARCHIVES) else "url", url)


def _labelled(label: str, value: str) -> list[Found] | None:
    fields = _FIELDS[label]
    if _URL.match(value):
        link = _link(value)
        return [link] if link.field in fields or "url" in fields else [Found("url", value)]
    fields = tuple(f for f in fields if f not in ("url", "archive_url"))
    if not fields or len(value) > 120 or (fields[0] != "title" and value.endswith(".")):
        return None
    return [Found(fields[0], value.strip())]


def _byline(line: str) -> Found | None:
    match = re.match(_BYLINE, line) if line[:2].lower() == "by" else None
    if match:
        rest = match["rest"].strip()
        aside = not rest or rest.startswith((*",|·•(–—-/", "in ", "for ", "at "))
        if aside and len(rest) <= 40 and not line.endswith((".", "?", "!", ":")):
            return Found("byline", match["name"].rstrip(" ,"))
    if line.isascii():
        return None
    match = re.match(_KOREAN_BYLINE, line)
    return Found("byline", match["name"]) if match else None


def _timed_line(line: str, zone: str, headed: bool) -> list[Found] | None:
    """A line of labelled times, with perhaps a byline or the outlet's name; None if it is not."""
    found: list[Found] = []
    rest: list[str] = []
    at = 0
    labelled = False
    for match in _TIME_LABEL.finditer(line):
        if match.start() < at:
            continue
        label = match["label"].lower()
        korean = "가" <= label[0] <= "힣"
        moment = find_moment(line, match.end(), zone=SEOUL if korean else zone)
        if moment is None or moment.start > match.end():
            continue
        before = line[at : match.start()].rstrip()
        if before and not korean and before[-1] not in "|·•∙,/–—-":
            continue
        found.append(Found(_FIELDS[label][0], moment.iso))
        rest.append(line[at : match.start()])
        at = moment.end
        labelled = True
    if not labelled:
        return _dated_byline(line, zone) if headed else None
    rest.append(line[at:])
    for piece in rest:
        for part in re.split(r"\s*[|·•∙]\s*|\s{3,}", piece):
            extra = _extra(part)
            if extra is None:
                return None
            found.extend(extra)
    return found


def _extra(part: str) -> list[Found] | None:
    """What stands beside the times of a line: nothing, a byline, an outlet; None if it is text."""
    part = _BETWEEN.sub(" ", part, count=1).strip(" ,()[]") if part else ""
    if not part:
        return []
    byline = _byline(part)
    if byline:
        return [byline]
    if len(part) <= 40 and not part.endswith((".", "?", "!", ":")) and len(part.split()) <= 5:
        return [Found("outlet", part)] if part[0].isupper() or "가" <= part[0] <= "힣" else None
    return None


def _dated_byline(line: str, zone: str) -> list[Found] | None:
    """`By Name, 5 February 2025`, or the same with the date first."""
    moment = find_moment(line, zone=zone)
    if moment is None:
        return None
    rest = f"{line[: moment.start]} {line[moment.end :]}".strip(" |·•,–—-\t")
    byline = _byline(rest) if rest else None
    return [Found("published", moment.iso), byline] if byline else None


def _read_bare_date(line: str, layout: Layout, zone: str) -> bool:
    """Whether a line is a date and nothing else, as near the top datelines are."""
    if len(line) > 60 or _FIGURE.search(line) is None:
        return False
    moment = find_moment(line, zone=zone)
    if moment is None or (line[: moment.start] + line[moment.end :]).strip(" ().,|·*_-–—"):
        return False
    layout.publish(moment.iso)
    return True


def _stands_apart(text: str, begin: int, end: int) -> bool:
    """Whether a line has a blank one before and behind it."""
    before = text[max(0, begin - 40) : begin].count("\n")
    behind = _LINE.search(text, end)
    return before > 1 and (behind is None or text.count("\n", end, behind.start()) > 1)


def _read_dateline(line: str, layout: Layout, zone: str) -> None:
    """The dateline that a first paragraph begins with; it stays text."""
    if line[:1] in "([":
        korean = re.match(_KOREAN_DATELINE, line)
        if korean:
            layout.take("outlet", korean["agency"])
            layout.take("byline", korean["byline"] or "")
        return
    if any(dash in line for dash in "-–—"):
        match = re.match(_DATELINE, line)
        if match:
            moment = find_moment(match["date"], zone=zone)
            if moment:
                layout.publish(moment.iso)
        match = match or re.match(_AGENCY_DATELINE, line)
        if match:
            layout.take("outlet", match["agency"] or "")


def _is_headline(text: str, begin: int, end: int) -> bool:
    """Whether the first line of a text is its headline: short, one or two sentences, set apart."""
    if end - begin > 160 or text[end - 1] in ",:":
        return False
    following = _LINE.search(text, end)
    if following is None:
        return False
    if len(split_paragraph(text, begin, end)) > (2 if end - begin <= 130 else 1):
        return False
    if text.count("\n", end, following.start()) > 1:
        return True
    how = wrapping_of(text)
    return not is_joined(text, (begin, end), following.span(), True, how)
