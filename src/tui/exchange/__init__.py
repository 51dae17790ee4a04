"""Carry annotations out and back in, one module a format, in a table (`formats`)."""

from __future__ import annotations

from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.files import ExchangeError, write_whole
from tui.exchange.formats import (
    FORMATS,
    SCHEMA,
    About,
    about_format,
    all_formats,
    export_pieces,
    export_text,
    format_names,
    format_of,
    get_format,
    is_text,
    read_in,
    read_jsonl,
    write_out,
    writing_out,
)
from tui.exchange.incoming import Document, Incoming, Refused, Text

__all__ = [
    "FORMATS",
    "SCHEMA",
    "About",
    "ArticleBundle",
    "Bundle",
    "Document",
    "ExchangeError",
    "Incoming",
    "Refused",
    "Text",
    "about_format",
    "all_formats",
    "export_pieces",
    "export_text",
    "format_names",
    "format_of",
    "get_format",
    "is_text",
    "read_in",
    "read_jsonl",
    "write_out",
    "write_whole",
    "writing_out",
]
