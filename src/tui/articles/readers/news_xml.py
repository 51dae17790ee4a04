"""News in XML as agencies send it: NITF, and NewsML-G2 items, alone or in a message.

Read without DTD, entities and network. The elements are those of the IPTC's specifications; names
are compared without their namespace, which senders leave out or get wrong.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tui.articles.composing import closed_up, compose
from tui.articles.decoding import Decoded, UnreadableError
from tui.articles.documents import Document, Passed, Reading
from tui.articles.extras import library
from tui.articles.layout import Layout
from tui.articles.prologs import prolog_of
from tui.articles.readers.declared import xml_text
from tui.articles.readers.fragments import blocks_of, blocks_of_markup, blocks_of_plain
from tui.articles.readers.metadata import (
    NO_TEXT,
    Names,
    global_name,
    iso_time,
    language_code,
    names_of,
)

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_ITEMS = ("newsitem", "packageitem", "conceptitem", "knowledgeitem", "planningitem")
_NO_XML = "is no XML that can be read"
_MEND = "save its text as .txt and open that"


def read(document: Document) -> Iterator[Reading | Passed]:
    """The articles of a document; items without a text, such as pictures, are passed over.

    Raises UnreadableError for XML of any other kind, and if there is no text at all.
    """
    decoded = xml_text(document)
    name = prolog_of(decoded.text).name
    if name.lower() not in ("nitf", "newsmessage", *_ITEMS):
        what = f"is XML with the root <{name}>, which is no format of news" if name else _NO_XML
        raise UnreadableError(what, _MEND)
    root, damage = _parsed(decoded.text)
    if _name(root) == "nitf":
        found = _nitf(root, decoded, document)
        if found is None:
            raise UnreadableError(f"{NO_TEXT} that can be read", _MEND)
        yield found
    else:
        items = [root] if _name(root) in _ITEMS else [e for e in root.iter() if _name(e) in _ITEMS]
        yield from _items(items, decoded, document)
    if damage:
        yield Passed(damage, "is damaged there: what follows may be missing")


def _parsed(text: str) -> tuple[Any, str]:
    """The root element, and the place of the first damage, empty if there is none."""
    etree = library("lxml.etree", "xml")
    parser = etree.XMLParser(
        encoding="utf-8",
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise UnreadableError(_NO_XML, _MEND) from error
    if root is None:
        raise UnreadableError(_NO_XML, _MEND)
    first = next((e for e in parser.error_log if e.level >= etree.ErrorLevels.ERROR), None)
    return root, f"line {first.line}" if first is not None else ""


def _items(items: list[Any], decoded: Decoded, document: Document) -> Iterator[Reading | Passed]:
    news = [item for item in items if _name(item) == "newsitem"]
    if not news:
        what = "only refers to other items" if items else "holds no news item"
        raise UnreadableError(what, "open the items themselves")
    names = Names()
    for item in news:
        guid, key = _item_names(item)
        names.note(guid, key, _item_title(item))
    yield from names.settle(
        _item(item, decoded, document, f"item {n}") for n, item in enumerate(news, 1)
    )


# NITF


def _nitf(root: Any, decoded: Decoded, document: Document) -> Reading | None:
    """The article of a document in NITF 3; None if it has no text."""
    head, body = _first(root, "head"), _first(root, "body")
    facts, publication = _first(head, "docdata"), _first(head, "pubdata")
    published = _norm(facts, "date.issue", document) or _norm(facts, "date.release", document)
    published = published or _norm(body, "story.date", document)
    published = published or iso_time(_get(publication, "date.publication"), document.timezone)
    headline = _first(_first(body, "body.head"), "hedline")
    modified = iso_time(_get(_last(head, "revision-history"), "norm"), document.timezone)
    layout = Layout(
        title=_words(_first(headline, "hl1")) or _words(headline) or _words(_first(head, "title")),
        outlet=_get(publication, "name") or _words(_first(body, "distributor")),
        byline=_byline(_first(body, "byline")),
        url=_get(publication, "ex-ref"),
        published=published,
        modified=modified if modified != published else "",
    )
    name = _first(facts, "doc-id")
    content = _first(body, "body.content")
    deck = _words(_first(headline, "hl2"))
    blocks = _blocks(content if content is not None else body)
    language = _get(root, _LANGUAGE) or _get(body, _LANGUAGE)
    found = _reading(layout, [deck, *blocks], language, decoded)
    found.guid = global_name(_get(name, "id-string"), _get(name, "regsrc") or layout.outlet)
    return found if blocks else None


def _norm(element: Any, name: str, document: Document) -> str:
    """The time of an element in the attribute `norm`, ISO 8601 in its basic form."""
    return iso_time(_get(_first(element, name), "norm"), document.timezone)


def _byline(element: Any) -> str:
    """The names in a byline, or its words without `By`."""
    if element is None:
        return ""
    people = [_words(e) for e in element.iter() if _name(e) == "person"]
    return names_of(", ".join(filter(None, people)) or _words(element))


# NewsML-G2


def _item_names(item: Any) -> tuple[str, str]:
    given = _get(item, "guid")
    guid = global_name(given, _provider(item))
    return guid, guid or given


def _item_title(item: Any) -> str:
    meta = _first(item, "contentMeta")
    return _words(_first(meta, "headline")) or _words(_first(_first(item, "itemMeta"), "title"))


def _provider(item: Any) -> str:
    provider = _first(_first(item, "itemMeta"), "provider")
    name = _words(_first(provider, "name")) if provider is not None else ""
    return name or _get(provider, "literal") or _get(provider, "qcode").rpartition(":")[2]


def _item(item: Any, decoded: Decoded, document: Document, label: str) -> Reading | Passed:
    """The article of a news item."""
    meta, content = _first(item, "itemMeta"), _first(item, "contentMeta")
    guid, key = _item_names(item)

    def time(element: Any, name: str) -> str:
        return iso_time(_words(_first(element, name)), document.timezone)

    published = time(content, "contentCreated") or time(meta, "firstCreated")
    version = time(content, "contentModified") or time(meta, "versionCreated")
    layout = Layout(
        title=_item_title(item),
        outlet=_provider(item) or _words(_first(content, "creditline")),
        byline=_byline(_first(content, "by")),
        url=guid if guid.startswith(("http://", "https://")) else "",
        published=published or version,
        modified=version if published and version != published else "",
    )
    blocks, inner = _content(_first(item, "contentSet"), decoded, document)
    if not blocks:
        kind = _get(_first(meta, "itemClass"), "qcode").rpartition(":")[2]
        return Passed(
            key or label, f"{NO_TEXT}, only {kind}" if kind and kind != "text" else NO_TEXT
        )
    if inner is not None:
        for name in ("title", "byline", "outlet", "published"):
            layout.take(name, getattr(inner, name))
    language = _get(_first(content, "language"), "tag") or _get(item, _LANGUAGE)
    found = _reading(layout, blocks, language, decoded)
    found.guid, found.entry = guid, key
    return found


def _content(held: Any, decoded: Decoded, document: Document) -> tuple[list[str], Layout | None]:
    """The blocks of the first content that has words, and what NITF in it says of itself."""
    for content in held if held is not None else ():
        name = _name(content)
        if name == "inlinexml":
            nitf = next((e for e in content.iter() if _name(e) == "nitf"), None)
            inner = _nitf(nitf, decoded, document) if nitf is not None else None
            if inner is not None:
                text, title = inner.text, inner.layout.headline
                return blocks_of_plain(text[title.end if title else 0 :]), inner.layout
            blocks = _blocks(content)
        elif name == "inlinedata":
            plain = _get(content, "contenttype") == "text/plain"
            text = "".join(content.itertext())
            blocks = blocks_of_plain(text) if plain else blocks_of(text)
        else:
            continue
        if blocks:
            return blocks, None
    return [], None


# elements


def _reading(layout: Layout, blocks: list[str], language: str, decoded: Decoded) -> Reading:
    text = compose(layout, blocks)
    return Reading(
        text,
        layout,
        language=language_code(language),
        encoding=decoded.encoding,
        basis=decoded.basis,
        replaced=min(decoded.replaced, text.count("\ufffd")),
    )


def _name(element: Any) -> str:
    """The local name of an element in small letters."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _first(element: Any, name: str) -> Any:
    """The first element of this name within another one, None if there is none."""
    if element is None:
        return None
    wanted = name.lower()
    return next((e for e in element.iter() if e is not element and _name(e) == wanted), None)


def _last(element: Any, name: str) -> Any:
    """The last element of this name within another one, None if there is none."""
    found = [e for e in element.iter() if _name(e) == name] if element is not None else []
    return found[-1] if found else None


def _get(element: Any, attribute: str) -> str:
    return " ".join((element.get(attribute) or "").split()) if element is not None else ""


def _words(element: Any) -> str:
    """The words of an element in one line."""
    return closed_up("".join(element.itertext())).replace("\n", " ") if element is not None else ""


def _blocks(element: Any) -> list[str]:
    """The blocks of an element that holds NITF or XHTML."""
    if element is None:
        return []
    etree = library("lxml.etree", "xml")
    return blocks_of_markup(etree.tostring(element, encoding="unicode", with_tail=False))
