"""Bytes to articles: files, decoding, readers, paragraphs and sentences. No screen, no store."""

from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.documents import Document, Passed
from tui.articles.finding import (
    NAME_SUFFIXES,
    find_files,
    met_files,
    still_files,
)
from tui.articles.formats import FORMATS
from tui.articles.outlines import outline
from tui.articles.reading import read_article, read_document
from tui.articles.sentences import sentences
from tui.articles.stretches import refined

__all__ = [
    "FORMATS",
    "NAME_SUFFIXES",
    "Decoded",
    "Document",
    "Passed",
    "UnreadableError",
    "decode",
    "find_files",
    "met_files",
    "outline",
    "read_article",
    "read_document",
    "refined",
    "sentences",
    "still_files",
]
