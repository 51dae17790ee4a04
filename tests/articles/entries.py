"""What stands in a document, for the tests of formats."""

from __future__ import annotations

from typing import Any

from tui.articles import Document, UnreadableError, read_document
from tui.articles.documents import Passed
from tui.model.articles import Article


def entries(data: bytes | str, path: str = "dump", **known: Any) -> list[Article | Passed]:
    """Everything that a document yields, in its order."""
    raw = data.encode() if isinstance(data, str) else data
    return list(read_document(Document(raw, path, **known)))


def articles(data: bytes | str, path: str = "dump", **known: Any) -> list[Article]:
    """The articles of a document in which nothing is passed over."""
    found = entries(data, path, **known)
    assert not [each for each in found if isinstance(each, Passed)]
    return [each for each in found if isinstance(each, Article)]


def article(data: bytes | str, path: str = "dump", **known: Any) -> Article:
    """The one article of a document."""
    (found,) = articles(data, path, **known)
    return found


def refusal(data: bytes | str, path: str = "dump", **known: Any) -> str:
    """The sentence with which a document is refused."""
    try:
        found = entries(data, path, **known)
    except UnreadableError as error:
        return str(error)
    raise AssertionError(f"read: {found}")
