"""`pressmark formats`: which files are read as articles, what is exported and imported."""

from __future__ import annotations

from typing import Any

import click

from tui.cli.options import SETTINGS, json_option
from tui.cli.output import note, put, put_json

_SUMMARIES = {
    "plain": "any text",
    "wire": "wire copy: date line, times, section marks, captions; found by its layout",
    "markdown": "Markdown, with or without a head of fields",
    "html": "saved pages",
    "pdf": "PDF with a text layer",
    "epub": "books, a chapter an article",
    "feed": "RSS and Atom, an entry an article",
    "json": "JSON and JSON Lines dumps; [json] in pressmark.toml names their fields",
    "mail": "messages",
    "mbox": "mailboxes, a message an article",
    "mhtml": "pages saved as one file",
    "warc": "web archives, a page an article",
    "nitf": "NITF news items",
    "newsml": "NewsML-G2 items, packages and messages",
    "ninjs": "ninjs news items",
}


@click.command(context_settings=SETTINGS)
@json_option("Print JSON: name, kind, suffixes, reads, writes, unit, lost, origin, summary.")
def command(as_json: bool) -> None:
    """Print what can be read as an article, exported and imported, plug-ins included."""
    found = [*_article_formats(), *_exchange_formats()]
    if as_json:
        put_json(found)
        return
    from tui.cli.typography import Column, table

    columns = (
        Column("format"),
        Column("files"),
        Column("read", spare=True),
        Column("written", spare=True),
        Column("offsets", spare=True, dim=True),
        Column("from", spare=True, dim=True),
        Column("what it is", flexible=True),
    )
    rows = [
        (
            entry["name"],
            " ".join(entry["suffixes"]),
            {"article": "as articles", "annotations": "by import"}[entry["kind"]]
            if entry["reads"]
            else "",
            "by export" if entry["writes"] else "",
            entry["unit"],
            entry["origin"],
            f"{entry['summary']}; not kept: {entry['lost']}" if entry["lost"] else entry["summary"],
        )
        for entry in found
    ]
    put(table(columns, rows))


def _article_formats() -> list[dict[str, Any]]:
    from tui.articles import FORMATS
    from tui.articles.plugins import plugins

    plain = FORMATS["plain"].suffixes
    ours = [_entry(n, "article", list(f.suffixes or plain), reads=True) for n, f in FORMATS.items()]
    theirs = [_entry(n, "article", list(f.suffixes), reads=True) for n, f in plugins().items()]
    return [*ours, *(entry | {"origin": "plug-in"} for entry in theirs)]


def _exchange_formats() -> list[dict[str, Any]]:
    from tui.exchange import FORMATS, ExchangeError, about_format, format_names

    found: list[dict[str, Any]] = []
    for name in format_names():
        try:
            about = about_format(name)
        except ExchangeError as error:
            note(str(error))
            continue
        entry = _entry(
            name, "annotations", list(about.suffixes), reads=about.reads, writes=about.writes
        )
        origin = "" if name in FORMATS else "plug-in"
        entry |= {"unit": about.unit, "lost": about.lost, "summary": about.summary}
        found.append(entry | {"origin": origin})
    return found


def _entry(
    name: str, kind: str, suffixes: list[str], *, reads: bool, writes: bool = False
) -> dict[str, Any]:
    return {
        "name": name,
        "kind": kind,
        "suffixes": suffixes,
        "reads": reads,
        "writes": writes,
        "unit": "",
        "lost": "",
        "origin": "",
        "summary": _SUMMARIES.get(name, ""),
    }
