"""When an article was published and changed: as declared, as shown, as its address tells.

A Korean page says it in a line such as `입력 2024.11.06. 오후 6:02`, which is Seoul time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime

from tui.articles.layout import Layout
from tui.articles.markup import Block
from tui.articles.readers.page_declared import Declared, letters_of, one_line
from tui.articles.times import SEOUL, find_moment

_UNTIL_DATE = r"(?:\s?(?:일시|일|시간))?\s{0,2}[:|]?\s{0,3}(?=\d{4}[-.년/ ])"
_ENTERED = re.compile(rf"(?:입력|등록|승인|게재|작성|발행|송고){_UNTIL_DATE}")
_CHANGED = re.compile(rf"(?:수정|업데이트){_UNTIL_DATE}")
_FIRST_YEAR = "1600"  # no news is older; zero dates are
_DATED = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{1,2})[/-]?(\d{1,2})/")


def take_times(page: Declared, layout: Layout, zone: str) -> None:
    """Sets `published` and `modified`; `zone` is for times that name none."""
    _take_declared(page, layout, zone)
    _take_entered(page.shown, layout)
    if not layout.published:
        _take_shown(page.shown, layout, zone)


def _take_declared(page: Declared, layout: Layout, zone: str) -> None:
    tree, article = page.tree, page.article
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    times = tree.xpath("//article//time/@datetime | //header//time/@datetime") or tree.xpath(
        "//time/@datetime"
    )
    published = [article.get("datePublished"), *page.given("published")]
    published += [*marked[:5], article.get("dateCreated"), *times[:1]]
    changed = [article.get("dateModified"), *page.given("modified")]
    changed += tree.xpath("//time[@itemprop='dateModified']/@datetime")[:5]
    for value in published:
        layout.publish(moment_of(value, zone))
    for value in changed:
        layout.take("modified", moment_of(value, zone))


def moment_of(value: object, zone: str) -> str:
    """ISO 8601 of a value that begins with a date, or is a count of seconds; else empty."""
    text = one_line(value)
    if re.fullmatch(r"1\d{9}(?:\d{3})?", text):
        return datetime.fromtimestamp(int(text[:10]), UTC).isoformat()
    compact = re.fullmatch(r"(\d{4})(\d{2})(\d{2})(?:T?(\d{2})(\d{2})(\d{2})?)?", text)
    if compact:
        year, month, day, hour, minute, second = compact.groups()
        clock = f"T{hour}:{minute}:{second or '00'}" if hour else ""
        text = f"{year}-{month}-{day}{clock}"
    moment = find_moment(text[:100], zone=zone)
    return moment.iso if moment and moment.start <= 12 and moment.iso >= _FIRST_YEAR else ""


def _take_entered(shown: Iterable[Block], layout: Layout) -> None:
    """Takes the times of a Korean page, `입력 2024.11.06. 오후 6:02`, which are Seoul time."""
    for block in shown:
        text = block.text[:300]
        for pattern, name in ((_ENTERED, "published"), (_CHANGED, "modified")):
            match = pattern.search(text)
            moment = find_moment(text, match.end(), zone=SEOUL) if match else None
            if match and moment and moment.start == match.end():
                layout.publish(moment.iso) if name == "published" else layout.take(name, moment.iso)


def _take_shown(shown: Sequence[Block], layout: Layout, zone: str) -> None:
    """Takes a date from a short line near the title, else from the address of the page."""
    title = letters_of(layout.title)
    at = next((n for n, block in enumerate(shown) if title and letters_of(block.text) == title), -1)
    for block in shown[at + 1 : at + 9] if at >= 0 else ():
        moment = find_moment(block.text, zone=zone) if len(block.text) <= 100 else None
        if moment and moment.iso >= _FIRST_YEAR:
            layout.publish(moment.iso)
            return
    dated = _DATED.search(layout.url)
    moment = find_moment("-".join(dated.groups())) if dated else None
    if moment:
        layout.publish(moment.iso)
