"""Where a page comes from: its address, that of an archived copy, and when it was saved.

Asked in turn: the canonical link, Open Graph, JSON-LD, and what browsers and SingleFile write at
the top of a page that they save. Copies at web.archive.org and archive.today have the original
address in their own.
"""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from tui.articles.layout import Layout
from tui.articles.readers.page_declared import Declared, one_line

_TOP = 40_000  # code points of the source in which saving programs sign
_SAVED = re.compile(r"<!--\s*saved from url=\(\d+\)(?P<url>\S+)\s*-->", re.IGNORECASE)
_SINGLE = re.compile(
    r"<!--\s*Page saved with SingleFile\s*url:\s*(?P<url>\S+)\s*saved date:\s*(?P<date>[^\n]+)"
)
_JS_DATE = re.compile(r"\w{3} (\w{3} \d{2} \d{4} [\d:]{8}) GMT([+-]\d{4})")
_WAYBACK = re.compile(r"https?://web\.archive\.org/web/\d{4,14}[a-z_]{0,4}/(?P<url>https?:/.*)")
_ARCHIVE = re.compile(
    r"https?://(?:www\.)?archive\.(?:today|ph|is|li|vn|md|fo)/(?P<url>.*)", re.IGNORECASE
)
_WITHIN = re.compile(r"(?:^|/)(https?:/{1,2}.*)")


def take_addresses(page: Declared, source: str, layout: Layout) -> None:
    """Sets `url` and `archive_url`, and `retrieved` where a program that saved the page says it.

    `source` is the page as text.
    """
    top = source[:_TOP]
    single = _SINGLE.search(top)
    saved = single or _SAVED.search(top)
    base = html.unescape(saved["url"]) if saved else ""
    if single:
        layout.retrieved = _js_date(single["date"])
    links = {str(link.get("rel")).lower(): link.get("href") for link in page.tree.iter("link")}
    main = page.article.get("mainEntityOfPage")
    main = cast("dict[str, Any]", main).get("@id") if isinstance(main, dict) else main
    given = [links.get("canonical"), *page.metas.get("og:url", ()), main, page.article.get("url")]
    given += [base, links.get("bookmark"), *page.metas.get("twitter:url", ())]
    for value in given:
        address = _absolute(value, base)
        original, archived = _unarchived(address)
        layout.take("url", original)
        layout.take("archive_url", archived)


def _absolute(value: object, base: str) -> str:
    """An address of the web with a path of its own or a query, made absolute; else empty."""
    address = one_line(value)
    if not address:
        return ""
    try:
        parts = urlsplit(urljoin(base, address))
    except ValueError:
        return ""
    is_page = parts.scheme in ("http", "https") and "." in parts.netloc
    return parts.geturl() if is_page and (parts.path.strip("/") or parts.query) else ""


def _unarchived(address: str) -> tuple[str, str]:
    """The original address in that of an archived copy, and that of the copy (or empty)."""
    archived = _WAYBACK.match(address) or _ARCHIVE.match(address)
    if not archived:
        return address, ""
    within = _WITHIN.search(archived["url"])
    original = re.sub(r"^(https?:)/{1,2}", r"\1//", within[1]) if within else ""
    return original, address


def _js_date(text: str) -> str:
    """ISO 8601 of a date as JavaScript prints it, `Tue Nov 19 2019 10:00:00 GMT+0100 (...)`."""
    match = _JS_DATE.match(text.strip())
    if not match:
        return ""
    try:
        moment = datetime.strptime(f"{match[1]} {match[2]}", "%b %d %Y %H:%M:%S %z")
    except ValueError:
        return ""
    return moment.isoformat()
