"""What a page says about its article: title, outlet, byline, addresses, times, language.

Asked in turn: JSON-LD of schema.org, Open Graph and the meta elements in use, what is marked in
the page itself (microdata, `<time>`, Korean `입력` lines), and what programs that save pages
write at the top.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from tui.articles.layout import Layout
from tui.articles.markup import Block
from tui.articles.readers.page_addresses import take_addresses
from tui.articles.readers.page_declared import (
    Declared,
    declared_in,
    is_address,
    letters_of,
    names_in,
    one_line,
)
from tui.articles.readers.page_times import take_times
from tui.articles.times import SEOUL, find_moment

_LONGEST = 500  # code points of a title
_PARTING = re.compile(r"\s+(?:[|\-–—<·•«:]|::|//)\s+")
_BY = re.compile(r"(?:by|von|par|por|글|글쓴이)[\s:]+(?=\S)", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\s(?:[@|•·/(]|(?:published|updated|posted|print)\b)|\d{1,2}:\d{2}", re.IGNORECASE
)
# The line that a Korean reporter signs with, as a block of its own.
_SIGNED = re.compile(
    r"(?P<name>[가-힣]{2,4}\s?(?:선임기자|전문기자|기자|특파원))(?:\s*[=(]?\s*[\w.+-]+@[\w.-]+\)?)?$"
)
_CUT = ("...", "…")


def read_facts(tree: Any, shown: Sequence[Block], source: str, zone: str) -> tuple[Layout, str]:
    """The facts of a page, and the code of its language as declared, or the empty string.

    `shown` are the blocks of the page, `source` is the page as text; `zone` is for times that
    name none, else Seoul on a Korean page.
    """
    layout = Layout()
    page = declared_in(tree, shown)
    language = _language(page)
    zone = zone or (SEOUL if language == "ko" else "")
    layout.outlet = _outlet(page)
    layout.title = _title(page, layout.outlet)
    layout.byline = _byline(page)
    take_addresses(page, source, layout)
    take_times(page, layout, zone)
    return layout, language


def _language(page: Declared) -> str:
    root = page.tree.getroottree().getroot()
    declared = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    declared += [root.get("xml:lang"), one_line(page.article.get("inLanguage"))]
    declared += [*page.metas.get("content-language", ()), *page.metas.get("og:locale", ())]
    for value in declared:
        match = re.match(r"([A-Za-z]{2,3})(?:[-_,;\s]|$)", (value or "").strip())
        if match:
            return match[1].lower()
    return ""


def _outlet(page: Declared) -> str:
    given = [*names_in(page.article.get("publisher")), *page.given("outlet")]
    return next((name for name in given if not is_address(name)), "")


def _title(page: Declared, outlet: str) -> str:
    """The title: as the page shows it, if a heading is what the page declares, else as declared."""
    declared = [one_line(page.article.get("headline")), one_line(page.article.get("name"))]
    declared += list(page.given("title"))
    page_title = _without_site(one_line(page.tree.xpath("string(//title)")))
    declared = [title for title in [*declared, page_title] if title]
    heads = [b for b in page.shown if b.kind == "heading" and len(b.text) <= _LONGEST]
    heads.sort(key=lambda b: b.element.tag)  # first those of the first rank
    for heading in dict.fromkeys(one_line(b.text) for b in heads):
        if letters_of(heading) != letters_of(outlet) and any(
            _same_title(heading, title) for title in declared
        ):
            return heading
    named = [_without_outlet(title, outlet) for title in declared]
    for title in [*(t for t in named if not t.endswith(_CUT)), *named]:
        if title.casefold() != outlet.casefold():
            return title
    return one_line(heads[0].text) if heads else ""


def _same_title(heading: str, title: str) -> bool:
    """Whether a declared title is the heading, cut short or with a name behind it."""
    one, other = letters_of(heading), letters_of(title)
    if len(one) < 8 or len(other) < 8:
        return bool(one) and one == other
    return other.startswith(one) or one.startswith(other) or (len(one) > 20 and one in other)


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the name of the outlet, or of its sections, behind it."""
    parts = _PARTING.split(title)
    if len(parts) < 2:
        return title
    seps = _PARTING.findall(title)
    if outlet and letters_of(parts[-1]) == letters_of(outlet):
        return title[: title.rfind(seps[-1])].strip()
    longest = max(parts, key=len)
    lasting = len(parts[0]) == len(longest) and all(len(part) <= 30 for part in parts[1:])
    return parts[0].strip() if lasting and len(parts[0]) >= 20 and "<" in seps[0] else title


def _without_site(title: str) -> str:
    """The title of a page without the few words behind its last dash or bar: the site's name."""
    parts = [*_PARTING.finditer(title)]
    last = title[parts[-1].end() :] if parts else ""
    named = parts and parts[-1].start() >= 10 and len(last) <= 25 and len(last.split()) <= 3
    return title[: parts[-1].start()] if named else title


def _byline(page: Declared) -> str:
    names = names_in(page.article.get("author"))
    if not names:
        listed = page.given("byline")
        names = list(dict.fromkeys(name for name in listed if not is_address(name)))[:1]
    if not names:
        marked = page.tree.xpath(
            "//*[@itemprop='author' or @rel='author' or contains(@class, 'byline')"
            " or contains(@class, 'author-name') or contains(@class, 'reporter')]"
        )
        texts = (_only_names(one_line(" ".join(e.itertext()))) for e in marked[:20])
        names = [text for text in texts if 2 <= len(text) <= 80][:1]
    if not names:
        signed = (_SIGNED.match(block.text) for block in page.shown if len(block.text) <= 80)
        names = [match["name"] for match in signed if match][:1]
    return ", ".join(_BY.sub("", name, count=1) if _BY.match(name) else name for name in names)


def _only_names(text: str) -> str:
    """The beginning of a line below a title, up to its date or whatever else follows the names."""
    text = _BY.sub("", text, count=1)
    match = _NAMES_END.search(text)
    text = text[: match.start()] if match else text
    moment = find_moment(text)
    return (text[: moment.start] if moment else text).strip(" ,;|")
