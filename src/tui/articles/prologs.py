"""What stands before the root element of XML: its declaration, comments, the document type."""

from __future__ import annotations

import re

from msgspec import Struct

_SPACE = re.compile(r"[\s\ufeff]*")
_DOCTYPE = re.compile(r"<!DOCTYPE\b", re.IGNORECASE)
_QUOTED_OR_END = re.compile(r"""["'\[>]""")
_SUBSET_END = re.compile(r"\]\s*>")
_ROOT = re.compile(r"<(?:[\w.-]{1,80}:)?([A-Za-z_][\w.-]{0,80})")


class Prolog(Struct, frozen=True):
    """Where the root element begins, its local name, and the range of the document type."""

    root: int
    name: str = ""
    doctype: tuple[int, int] = (0, 0)


def prolog_of(text: str) -> Prolog:
    """The prolog of a document in XML or HTML; no name if no element is found behind it."""
    at = _after_space(text, 0)
    doctype = (0, 0)
    while text.startswith(("<?", "<!"), at):
        begin = at
        if text.startswith("<!--", at):
            at = _behind(text, "-->", at + 4)
        elif text.startswith("<?", at):
            at = _behind(text, ">", at)
        elif _DOCTYPE.match(text, at):
            at = _doctype_end(text, at)
            doctype = (begin, at)
        else:
            at = _behind(text, ">", at)
        at = _after_space(text, at)
    root = _ROOT.match(text, at)
    return Prolog(at, root[1] if root else "", doctype)


def _after_space(text: str, at: int) -> int:
    found = _SPACE.match(text, at)
    return found.end() if found else at


def _behind(text: str, mark: str, at: int) -> int:
    found = text.find(mark, at)
    return len(text) if found < 0 else found + len(mark)


def _doctype_end(text: str, at: int) -> int:
    """Where a document type ends, with its internal subset."""
    while True:
        found = _QUOTED_OR_END.search(text, at)
        if found is None:
            return len(text)
        if found[0] == ">":
            return found.end()
        if found[0] == "[":
            end = _SUBSET_END.search(text, found.end())
            return end.end() if end else len(text)
        at = _behind(text, found[0], found.end())
