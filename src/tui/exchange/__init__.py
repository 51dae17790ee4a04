"""Carry annotations out and back in, one module a format, in a table (`formats`)."""

from __future__ import annotations

from tui.exchange.about import About
from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.exporting import export_pieces, export_text, is_text, write_out, writing_out
from tui.exchange.files import ExchangeError, write_whole
from tui.exchange.formats import (
    FORMATS,
    SCHEMA,
    about_format,
    all_formats,
    format_names,
    format_of,
    get_format,
)
from tui.exchange.importing import read_in
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
    "write_out",
    "write_whole",
    "writing_out",
]
