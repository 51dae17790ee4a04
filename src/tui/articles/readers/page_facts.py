"""What a page says about its article: title, outlet, byline, addresses, times, language.

Asked in turn: JSON-LD of schema.org, Open Graph and the meta elements in use, what is marked in
the page itself (microdata, `<time>`, Korean `입력` lines), and what programs that save pages
write at the top.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast
from urllib.parse import urljoin, urlsplit

from tui.articles.layout import Layout
from tui.articles.markup import Block
from tui.articles.times import SEOUL, find_moment

_LONGEST = 500  # code points of a field
_LD_LIMIT = 2_000_000  # code points of one JSON-LD script
_TOP = 40_000  # code points of the source in which saving programs sign
_ARTICLES = re.compile(r"(?:Article|BlogPosting|Report|NewsStory|LiveBlog)\w*$")
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
_UNTIL_DATE = r"(?:\s?(?:일시|일|시간))?\s{0,2}[:|]?\s{0,3}(?=\d{4}[-.년/ ])"
_ENTERED = re.compile(rf"(?:입력|등록|승인|게재|작성|발행|송고){_UNTIL_DATE}")
_CHANGED = re.compile(rf"(?:수정|업데이트){_UNTIL_DATE}")
_PARTING = re.compile(r"\s+(?:[|\-–—<·•«:]|::|//)\s+")
_BY = re.compile(r"(?:by|von|par|por|글|글쓴이)[\s:]+(?=\S)", re.IGNORECASE)
_NAMES_END = re.compile(
    r"\s(?:[@|•·/(]|(?:published|updated|posted|print)\b)|\d{1,2}:\d{2}", re.IGNORECASE
)
# The line that a Korean reporter signs with, as a block of its own.
_SIGNED = re.compile(
    r"(?P<name>[가-힣]{2,4}\s?(?:선임기자|전문기자|기자|특파원))(?:\s*[=(]?\s*[\w.+-]+@[\w.-]+\)?)?$"
)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_TAG = re.compile(r"<[^<>]{0,200}>")
_FIRST_YEAR = "1600"  # no news is older; zero dates are
_DATED = re.compile(r"/((?:19|20)\d{2})[/-]?(\d{1,2})[/-]?(\d{1,2})/")
_CUT = ("...", "…")

_METAS = {
    "title": ("og:title", "twitter:title", "dc.title", "dcterms.title", "sailthru.title"),
    "outlet": (
        "og:site_name",
        "dc.publisher",
        "dcterms.publisher",
        "publisher",
        "article:publisher",
        "application-name",
        "al:android:app_name",
    ),
    "byline": (
        "author",
        "article:author",
        "og:article:author",
        "dable:author",
        "byl",
        "dc.creator",
        "dcterms.creator",
        "sailthru.author",
        "parsely-author",
    ),
    "published": (
        "article:published_time",
        "og:article:published_time",
        "og:published_time",
        "datepublished",
        "parsely-pub-date",
        "sailthru.date",
        "dc.date.issued",
        "dcterms.issued",
        "dcterms.created",
        "dc.date",
        "pubdate",
        "publishdate",
        "publish-date",
        "publication_date",
        "article.published",
        "date",
    ),
    "modified": (
        "article:modified_time",
        "og:article:modified_time",
        "og:updated_time",
        "datemodified",
        "dcterms.modified",
        "lastmod",
        "last-modified",
        "article.updated",
    ),
}


def read_facts(tree: Any, shown: Sequence[Block], source: str, zone: str) -> tuple[Layout, str]:
    """The facts of a page, and the code of its language as declared, or the empty string.

    `shown` are the blocks of the page, `source` is the page as text; `zone` is for times that
    name none, else Seoul on a Korean page.
    """
    layout = Layout()
    metas = _metas(tree)
    article = _linked_data(tree)
    language = _language(tree, metas, article)
    zone = zone or (SEOUL if language == "ko" else "")
    layout.outlet = _outlet(metas, article)
    layout.title = _title(tree, metas, article, shown, layout.outlet)
    layout.byline = _byline(tree, metas, article, shown)
    _addresses(tree, metas, article, source, layout)
    _times(tree, metas, article, layout, zone)
    _entered(shown, layout)
    if not layout.published:
        _shown_date(shown, layout, zone)
    return layout, language


def one_line(value: object) -> str:
    """A value from a page as one line of at most 500 code points; empty if it is no text."""
    if not isinstance(value, str):
        return ""
    text = _TAG.sub("", html.unescape(value)) if "&" in value or "<" in value else value
    text = _CONTROLS.sub(" ", text)
    return " ".join(text.split())[:_LONGEST]


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta elements by their name in small letters."""
    found: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        name = name or meta.get("http-equiv") or ""
        content = one_line(meta.get("content"))
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _first(metas: Mapping[str, list[str]], field: str) -> Iterator[str]:
    for name in _METAS[field]:
        yield from metas.get(name, ())


def _linked_data(tree: Any) -> Mapping[str, Any]:
    """The first description of an article in the JSON-LD of a page, or an empty one."""
    for script in tree.iter("script"):
        kind, text = script.get("type") or "", script.text or ""
        if "ld+json" not in kind.lower() or len(text) > _LD_LIMIT:
            continue
        text = text.strip().removeprefix("<!--").removesuffix("-->").strip().rstrip(";")
        try:
            for node in _nodes(json.loads(text, strict=False)):
                if any(_ARTICLES.search(str(kind)) for kind in _listed(node.get("@type"))):
                    return node
        except (ValueError, RecursionError):
            continue
    return {}


def _nodes(data: Any, level: int = 0) -> Iterator[Mapping[str, Any]]:
    """The objects of some JSON-LD that may be an article, outer ones first."""
    if level > 4:
        return
    if isinstance(data, list):
        for each in cast("list[Any]", data)[:200]:
            yield from _nodes(each, level + 1)
    elif isinstance(data, dict):
        node = cast("dict[str, Any]", data)
        yield node
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _nodes(node.get(key), level + 1)


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return cast("list[Any]", value) if isinstance(value, list) else [value]


def _names(value: Any) -> list[str]:
    """The names in a value of JSON-LD: a text, an object with a name, or a list of them."""
    found: list[str] = []
    for each in _listed(value)[:20]:
        if isinstance(each, dict):
            found.extend(_names(cast("dict[str, Any]", each).get("name")))
        else:
            found.append(one_line(each))
    return [name for name in dict.fromkeys(found) if name and not _is_address(name)]


def _language(tree: Any, metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> str:
    root = tree.getroottree().getroot()
    declared = [root.get("lang"), root.get("{http://www.w3.org/XML/1998/namespace}lang")]
    declared += [root.get("xml:lang"), one_line(article.get("inLanguage"))]
    declared += [*metas.get("content-language", ()), *metas.get("og:locale", ())]
    for value in declared:
        match = re.match(r"([A-Za-z]{2,3})(?:[-_,;\s]|$)", (value or "").strip())
        if match:
            return match[1].lower()
    return ""


def _outlet(metas: Mapping[str, list[str]], article: Mapping[str, Any]) -> str:
    given = [*_names(article.get("publisher")), *_first(metas, "outlet")]
    return next((name for name in given if not _is_address(name)), "")


def _title(
    tree: Any,
    metas: Mapping[str, list[str]],
    article: Mapping[str, Any],
    shown: Iterable[Block],
    outlet: str,
) -> str:
    """The title: as the page shows it, if a heading is what the page declares, else as declared."""
    declared = [one_line(article.get("headline")), one_line(article.get("name"))]
    declared += list(_first(metas, "title"))
    page_title = _without_site(one_line(tree.xpath("string(//title)")))
    declared = [title for title in [*declared, page_title] if title]
    heads = [b for b in shown if b.kind == "heading" and len(b.text) <= _LONGEST]
    heads.sort(key=lambda b: b.element.tag)  # first those of the first rank
    for heading in dict.fromkeys(one_line(b.text) for b in heads):
        if _letters(heading) != _letters(outlet) and any(
            _same_title(heading, title) for title in declared
        ):
            return heading
    named = [_without_outlet(title, outlet) for title in declared]
    for title in [*(t for t in named if not t.endswith(_CUT)), *named]:
        if title.casefold() != outlet.casefold():
            return title
    return one_line(heads[0].text) if heads else ""


def _letters(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


def _same_title(heading: str, title: str) -> bool:
    """Whether a declared title is the heading, cut short or with a name behind it."""
    one, other = _letters(heading), _letters(title)
    if len(one) < 8 or len(other) < 8:
        return bool(one) and one == other
    return other.startswith(one) or one.startswith(other) or (len(one) > 20 and one in other)


def _without_outlet(title: str, outlet: str) -> str:
    """A title without the name of the outlet, or of its sections, behind it."""
    parts = _PARTING.split(title)
    if len(parts) < 2:
        return title
    seps = _PARTING.findall(title)
    if outlet and _letters(parts[-1]) == _letters(outlet):
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


def _byline(
    tree: Any,
    metas: Mapping[str, list[str]],
    article: Mapping[str, Any],
    shown: Sequence[Block],
) -> str:
    names = _names(article.get("author"))
    if not names:
        listed = _first(metas, "byline")
        names = list(dict.fromkeys(name for name in listed if not _is_address(name)))[:1]
    if not names:
        marked = tree.xpath(
            "//*[@itemprop='author' or @rel='author' or contains(@class, 'byline')"
            " or contains(@class, 'author-name') or contains(@class, 'reporter')]"
        )
        texts = (_only_names(one_line(" ".join(e.itertext()))) for e in marked[:20])
        names = [text for text in texts if 2 <= len(text) <= 80][:1]
    if not names:
        signed = (_SIGNED.match(block.text) for block in shown if len(block.text) <= 80)
        names = [match["name"] for match in signed if match][:1]
    return ", ".join(_BY.sub("", name, count=1) if _BY.match(name) else name for name in names)


def _only_names(text: str) -> str:
    """The beginning of a line below a title, up to its date or whatever else follows the names."""
    text = _BY.sub("", text, count=1)
    match = _NAMES_END.search(text)
    text = text[: match.start()] if match else text
    moment = find_moment(text)
    return (text[: moment.start] if moment else text).strip(" ,;|")


def _is_address(text: str) -> bool:
    return text.lower().startswith(("http://", "https://", "//", "www.", "@"))


def _addresses(
    tree: Any,
    metas: Mapping[str, list[str]],
    article: Mapping[str, Any],
    source: str,
    layout: Layout,
) -> None:
    """Sets `url` and `archive_url`, and `retrieved` where a program that saved the page says it."""
    top = source[:_TOP]
    single = _SINGLE.search(top)
    saved = single or _SAVED.search(top)
    base = html.unescape(saved["url"]) if saved else ""
    if single:
        layout.retrieved = _js_date(single["date"])
    links = {str(link.get("rel")).lower(): link.get("href") for link in tree.iter("link")}
    page = article.get("mainEntityOfPage")
    page = cast("dict[str, Any]", page).get("@id") if isinstance(page, dict) else page
    given = [links.get("canonical"), *metas.get("og:url", ()), page, article.get("url"), base]
    given += [links.get("bookmark"), *metas.get("twitter:url", ())]
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


def _times(
    tree: Any,
    metas: Mapping[str, list[str]],
    article: Mapping[str, Any],
    layout: Layout,
    zone: str,
) -> None:
    """Sets `published` and `modified` from what is declared for machines."""
    marked = tree.xpath("//time[@pubdate or @itemprop='datePublished']/@datetime")
    times = tree.xpath("//article//time/@datetime | //header//time/@datetime") or tree.xpath(
        "//time/@datetime"
    )
    published = [article.get("datePublished"), *_first(metas, "published")]
    published += [*marked[:5], article.get("dateCreated"), *times[:1]]
    changed = [article.get("dateModified"), *_first(metas, "modified")]
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


def _entered(shown: Iterable[Block], layout: Layout) -> None:
    """Takes the times of a Korean page, `입력 2024.11.06. 오후 6:02`, which are Seoul time."""
    for block in shown:
        text = block.text[:300]
        for pattern, name in ((_ENTERED, "published"), (_CHANGED, "modified")):
            match = pattern.search(text)
            moment = find_moment(text, match.end(), zone=SEOUL) if match else None
            if match and moment and moment.start == match.end():
                layout.publish(moment.iso) if name == "published" else layout.take(name, moment.iso)


def _shown_date(shown: Sequence[Block], layout: Layout, zone: str) -> None:
    """Takes a date from a short line near the title, else from the address of the page."""
    title = _letters(layout.title)
    at = next((n for n, block in enumerate(shown) if title and _letters(block.text) == title), -1)
    for block in shown[at + 1 : at + 9] if at >= 0 else ():
        moment = find_moment(block.text, zone=zone) if len(block.text) <= 100 else None
        if moment and moment.iso >= _FIRST_YEAR:
            layout.publish(moment.iso)
            return
    dated = _DATED.search(layout.url)
    moment = find_moment("-".join(dated.groups())) if dated else None
    if moment:
        layout.publish(moment.iso)
