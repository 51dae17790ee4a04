"""Bytes to articles: files, decoding, readers, paragraphs and sentences. No screen, no store."""

from tui.articles.decoding import Decoded, UnreadableError, decode
from tui.articles.finding import NAME_SUFFIXES, find_files
from tui.articles.outlines import outline
from tui.articles.reading import READER_VERSION, READERS, read_article
from tui.articles.sentences import sentences

__all__ = [
    "NAME_SUFFIXES",
    "READERS",
    "READER_VERSION",
    "Decoded",
    "UnreadableError",
    "decode",
    "find_files",
    "outline",
    "read_article",
    "sentences",
]
