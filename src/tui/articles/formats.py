"""The formats of documents by name: what each is, and the module that reads it."""

from __future__ import annotations

from msgspec import Struct


class Format(Struct, frozen=True):
    """A format of documents and the module that reads it.

    `extra` is what to install for it (`pressmark[html]`), or empty. `many`: one file may hold
    many articles. `apart`: it is parsed in a child process, with limits. `version` counts up
    whenever the reader makes another text of the same bytes, since offsets do not survive that.
    """

    name: str
    module: str
    suffixes: tuple[str, ...]
    version: str = "1"
    extra: str = ""
    many: bool = False
    apart: bool = True


FORMATS = {
    each.name: each
    for each in (
        Format("plain", "tui.articles.readers.texts", (".txt", ".text"), apart=False),
        Format("wire", "tui.articles.readers.texts", (), apart=False),
        Format("markdown", "tui.articles.readers.texts", (".md", ".markdown"), apart=False),
        Format("html", "tui.articles.readers.html", (".html", ".htm", ".xhtml"), extra="html"),
        Format("pdf", "tui.articles.readers.pdf", (".pdf",), extra="pdf"),
        Format("epub", "tui.articles.readers.epub", (".epub",), extra="epub", many=True),
        Format("feed", "tui.articles.readers.feed", (".rss", ".atom"), extra="feed", many=True),
        Format("json", "tui.articles.readers.json_dump", (".json", ".jsonl", ".ndjson"), many=True),
        Format("mhtml", "tui.articles.readers.mhtml", (".mhtml", ".mht"), extra="html"),
        Format("mail", "tui.articles.readers.mail", (".eml",)),
        Format("mbox", "tui.articles.readers.mail", (".mbox",), many=True),
        Format("warc", "tui.articles.readers.warc", (".warc", ".warc.gz"), extra="warc", many=True),
        Format("nitf", "tui.articles.readers.news_xml", (".nitf",), extra="xml"),
        Format("newsml", "tui.articles.readers.news_xml", (".newsml",), extra="xml", many=True),
        Format("ninjs", "tui.articles.readers.ninjs", (".ninjs",)),
    )
}
SUFFIXES = {suffix: each.name for each in FORMATS.values() for suffix in each.suffixes}
