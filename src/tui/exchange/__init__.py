"""Carry annotations out and back in: JSON Lines (native), CSV, Markdown."""

from __future__ import annotations

from tui.exchange.bundles import ArticleBundle, Bundle
from tui.exchange.files import ExportError, write_whole
from tui.exchange.formats import (
    FORMATS,
    SCHEMA,
    Format,
    export_text,
    format_names,
    format_of,
    get_format,
    read_jsonl,
)
from tui.exchange.incoming import Incoming, Refused, Text

__all__ = [
    "FORMATS",
    "SCHEMA",
    "ArticleBundle",
    "Bundle",
    "ExportError",
    "Format",
    "Incoming",
    "Refused",
    "Text",
    "export_text",
    "format_names",
    "format_of",
    "get_format",
    "read_jsonl",
    "write_whole",
]
